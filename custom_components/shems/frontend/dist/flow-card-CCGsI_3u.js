import{C as e,D as t,F as n,I as r,N as i,T as a,f as o,j as s,y as c}from"./decorate-BzqmqkeY.js";import{t as l}from"./repeat-UQcNWd16.js";import{t as u}from"./kinds-BNQL2h7G.js";import{t as d}from"./live-card-6B5nvfx8.js";var f=200,p=104,m=48,h=52,g=20,_=5,v=10,y=.01,b=[.5,2,5],x=e=>e===null||Math.abs(e)<y?0:1+b.filter(t=>Math.abs(e)>=t).length,S=104,C=e=>e===1?296:Math.min(S,296/(e-1))-4,w=(e,t)=>e===1?f:h+t*296/(e-1),T=({power_kw:e})=>e===null?null:-e,E=e=>{let t=e.devices.filter(({kind:e})=>e===`battery`),n=e.devices.filter(({kind:e,power_kw:t})=>e!==`battery`&&e!==`solar`&&t!==null).slice(0,v),r=e.has_solar?p:0,i=Math.max(1,t.length),a={x:f,y:m+r+(i-1)*p/2},o=[{id:`grid`,kind:`grid`,x:h,y:a.y,room:S,kw:e.grid_kw}];e.has_solar&&o.push({id:`solar`,kind:`solar`,x:f,y:m,room:S,kw:e.solar_kw}),t.forEach((e,t)=>o.push({id:e.id,kind:`battery`,device:e,x:348,y:m+r+t*p,room:S,kw:T(e)}));let s=m+r+i*p,c=Math.ceil(n.length/_),l=c===0?0:Math.ceil(n.length/c);return n.forEach((e,t)=>{let r=Math.floor(t/l),i=Math.min(l,n.length-r*l);o.push({id:e.id,kind:`device`,device:e,x:w(i,t-r*l),y:s+r*p,room:C(i),kw:T(e)})}),{home:a,nodes:o,height:s+c*p-m+g}},D=r`
  svg.flow {
    display: block;
    width: 100%;
    max-width: 560px;
    height: auto;
    margin: 0 auto;
    direction: ltr;
  }
  .track,
  .dots {
    fill: none;
    stroke-linecap: round;
  }
  .track {
    stroke: color-mix(in srgb, var(--color) 28%, transparent);
    stroke-width: 2;
  }
  .still .track {
    stroke: var(--shems-grid-line);
  }
  .dots {
    stroke: var(--color);
    stroke-width: 5;
    stroke-dasharray: 0.1 22;
    animation: run 2.4s linear infinite;
  }
  .pace-2 .dots {
    animation-duration: 1.6s;
  }
  .pace-3 .dots {
    animation-duration: 1s;
  }
  .pace-4 .dots {
    animation-duration: 0.6s;
  }
  .away .dots {
    animation-direction: reverse;
  }
  @keyframes run {
    from {
      stroke-dashoffset: 44.2;
    }
    to {
      stroke-dashoffset: 0;
    }
  }
  .arrow {
    fill: var(--color);
    display: none;
  }
  @media (prefers-reduced-motion: reduce) {
    .dots {
      display: none;
    }
    .arrow {
      display: block;
    }
    .track {
      stroke: color-mix(in srgb, var(--color) 70%, transparent);
    }
  }
  .disc {
    fill: var(--card-background-color, #fff);
    stroke: var(--color);
    stroke-width: 2;
  }
  .still .disc {
    stroke: var(--shems-zero-line);
  }
  .level {
    fill: none;
    stroke: var(--color);
    stroke-width: 5;
    stroke-linecap: round;
  }
  .glyph {
    fill: var(--color);
  }
  .still .glyph {
    fill: var(--secondary-text-color);
  }
  text {
    text-anchor: middle;
    font-size: 12px;
    fill: var(--primary-text-color);
    font-variant-numeric: tabular-nums;
    paint-order: stroke;
    stroke: var(--card-background-color, #fff);
    stroke-width: 3px;
  }
  .solar text {
    text-anchor: start;
  }
  text.value {
    font-weight: 500;
  }
  text.small {
    font-size: 11px;
    fill: var(--secondary-text-color);
  }
  .solar {
    --color: var(--shems-solar);
  }
  .grid {
    --color: var(--shems-import);
  }
  .grid.away {
    --color: var(--shems-export);
  }
  .battery {
    --color: var(--shems-battery-1);
  }
  .device {
    --color: var(--shems-mode-hold);
  }
  .device:not(.still) {
    --color: var(--shems-mode-charge);
  }
  .home {
    --color: var(--primary-text-color);
  }
`,O,k=26,A=32,j=24,M=5.6,N={solar:c,grid:e},P=(e,t)=>{let n=Math.floor(t/M),r=e=>e.length>n?`${e.slice(0,n-1).trimEnd()}…`:e;if(e.length<=n)return[e];let i=e.lastIndexOf(` `,n);return i<1?[r(e)]:[e.slice(0,i),r(e.slice(i+1))]},F=(e,t,n)=>{let r=2*Math.PI*Math.min(.9999,Math.max(0,n)),i=[e+k*Math.sin(r),t-k*Math.cos(r)];return`M${e} ${t-k}A${k} ${k} 0 ${+(r>Math.PI)} 1 ${i.join(` `)}`},I=class extends d{constructor(){super(`shems/live/subscribe`,{shared:!0})}currency(){return this.feed.message?.currency??``}content(e,t){let{config:n,localize:r}=this,a=this.turned(E(e)),{home:s,nodes:c,height:u}=a;return i`
      <header>
        <h2>${n?.title||r(`section.now`)}</h2>
      </header>
      <svg
        class="flow"
        viewBox="0 0 ${400} ${u}"
        role="img"
        aria-label=${this.spoken(e,t)}
      >
        ${l(c,e=>`line ${e.id}`,e=>this.line(e,a))}
        ${l(c,e=>e.id,n=>this.node(n,e,t))}
        <g class="home">
          <circle class="disc" cx=${s.x} cy=${s.y} r=${A}></circle>
          ${this.glyph(o,s.x,s.y-8)}
          <text class="value" x=${s.x} y=${s.y+18}>
            ${e.load_kw===null?`–`:t.power(e.load_kw)}
          </text>
        </g>
      </svg>
    `}turned(e){return getComputedStyle(this).direction===`rtl`?{...e,nodes:e.nodes.map(e=>({...e,x:400-e.x}))}:e}classes({kind:e,kw:t}){let n=x(t);return`${e} ${n===0?`still`:`pace-${n}`} ${(t??0)<0?`away`:``}`}line(e,{home:t}){let r=(e.y+t.y)/2,i=Math.abs(e.y-t.y)<1?`M${e.x} ${e.y}H${t.x}`:e.kind===`battery`?`M${e.x} ${e.y}C${(e.x+t.x)/2} ${e.y} ${(e.x+t.x)/2} ${t.y} ${t.x} ${t.y}`:`M${e.x} ${e.y}C${e.x} ${r} ${t.x} ${r} ${t.x} ${t.y}`,a=(e.kw??0)<0,o={x:(e.x+t.x)/2,y:(e.y+t.y)/2},c=Math.atan2(t.y-e.y,t.x-e.x)*180/Math.PI;return x(e.kw)===0&&e.kind===`device`?n``:n`<g class=${this.classes(e)}>
      <path class="track" d=${i}></path>
      ${x(e.kw)>0?n`<path class="dots" d=${i}></path>
              <path class="arrow" d="M-6 -6L6 0L-6 6Z"
                transform="translate(${o.x} ${o.y}) rotate(${a?c+180:c})"></path>`:s}
    </g>`}glyph(e,t,r){let i=j/24;return n`<path class="glyph" d=${e}
      transform="translate(${t-j/2} ${r-j/2}) scale(${i})"></path>`}node(e,t,r){let{x:i,y:a,kw:o,kind:c,device:l,room:d}=e,f=l?.level??null,p=(o??0)<0?t.export_price:t.import_price,m=c===`grid`?p===null?this.localize(`flow.grid`):r.price(p):l?P(l.name,d):this.localize(`series.solar`),[h,g]=c===`solar`?[34,a-2]:[0,a+k+15];return n`<g class=${this.classes(e)}>
      <circle class="disc" cx=${i} cy=${a} r=${k}></circle>
      ${f===null?s:n`<path class="level" d=${F(i,a,f)}></path>`}
      ${this.glyph(N[c]??u(l?.kind??``),i,a-(f===null?0:6))}
      ${f===null?s:n`<text class="small" x=${i} y=${a+18}>${r.percent(f)}</text>`}
      <text class="value" x=${i+h} y=${g}>
        ${o===null?`–`:r.power(Math.abs(o))}
      </text>
      ${[m].flat().map((e,t)=>n`<text class="small" x=${i+h} y=${g+14+t*12}>
          ${e}${l?n`<title>${l.name}</title>`:s}
        </text>`)}
    </g>`}spoken(e,t){let{localize:n}=this,{grid_kw:r,solar_kw:i,load_kw:a}=e,o=[],s=(e,r,i=``)=>{o.push(n(e,{power:t.power(Math.abs(r)),name:i}))};a!==null&&s(`flow.home`,a),r!==null&&s(r<0?`flow.selling`:`flow.buying`,r),e.has_solar&&i!==null&&s(`flow.solar`,i);for(let{name:n,kind:r,power_kw:i,level:a}of e.devices)i===null||r!==`battery`&&x(i)===0||(s(i<0?`flow.giving`:`flow.taking`,i,n),a!==null&&o.push(t.percent(a)));return o.join(`, `)}};O=I,O.styles=[t,a,D];export{I as ShemsFlowCard};