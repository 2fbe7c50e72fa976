import{F as e,G as t,J as n,L as r,M as i,O as a,U as o,q as s,z as c}from"./decorate-CIz8RjeU.js";import{t as l}from"./repeat-sQPdKUh8.js";import{t as u}from"./kinds-yCv5DXIk.js";import{t as d}from"./live-card-CtnzhVIf.js";var f=200,p=104,m=48,h=52,g=20,_=5,v=10,y=.01,b=[.5,2,5],x=e=>e===null||Math.abs(e)<y?0:1+b.filter(t=>Math.abs(e)>=t).length,S=104,C=e=>e===1?296:Math.min(S,296/(e-1))-4,w=(e,t)=>e===1?f:h+t*296/(e-1),T=({power_kw:e})=>e===null?null:-e,E=e=>{let t=e.devices.filter(({kind:e})=>e===`battery`),n=e.devices.filter(({kind:e,power_kw:t})=>e!==`battery`&&e!==`solar`&&t!==null).slice(0,v),r=e.has_solar?p:0,i=Math.max(1,t.length),a={x:f,y:m+r+(i-1)*p/2},o=[{id:`grid`,kind:`grid`,x:h,y:a.y,room:S,kw:e.grid_kw}];e.has_solar&&o.push({id:`solar`,kind:`solar`,x:f,y:m,room:S,kw:e.solar_kw}),t.forEach((e,t)=>o.push({id:e.id,kind:`battery`,device:e,x:348,y:m+r+t*p,room:S,kw:T(e)}));let s=m+r+i*p,c=Math.ceil(n.length/_),l=c===0?0:Math.ceil(n.length/c);return n.forEach((e,t)=>{let r=Math.floor(t/l),i=Math.min(l,n.length-r*l);o.push({id:e.id,kind:`device`,device:e,x:w(i,t-r*l),y:s+r*p,room:C(i),kw:T(e)})}),{home:a,nodes:o,height:s+c*p-m+g}},D=n`
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
`,O,k=26,A=32,j=24,M=5.6,N={solar:i,grid:e},P=(e,t)=>{let n=Math.floor(t/M),r=e=>e.length>n?`${e.slice(0,n-1).trimEnd()}…`:e;if(e.length<=n)return[e];let i=e.lastIndexOf(` `,n);return i<1?[r(e)]:[e.slice(0,i),r(e.slice(i+1))]},F=(e,t,n)=>{let r=2*Math.PI*Math.min(.9999,Math.max(0,n)),i=[e+k*Math.sin(r),t-k*Math.cos(r)];return`M${e} ${t-k}A${k} ${k} 0 ${+(r>Math.PI)} 1 ${i.join(` `)}`},I=class extends d{constructor(){super(`shems/live/subscribe`,{shared:!0})}currency(){return this.feed.message?.currency??``}content(e,n){let{config:r,localize:i}=this,o=this.turned(E(e)),{home:s,nodes:c,height:u}=o;return t`
      <header>
        <h2>${r?.title||i(`section.now`)}</h2>
      </header>
      <svg
        class="flow"
        viewBox="0 0 ${400} ${u}"
        role="img"
        aria-label=${this.spoken(e,n)}
      >
        ${l(c,e=>`line ${e.id}`,e=>this.line(e,o))}
        ${l(c,e=>e.id,t=>this.node(t,e,n))}
        <g class="home">
          <circle class="disc" cx=${s.x} cy=${s.y} r=${A}></circle>
          ${this.glyph(a,s.x,s.y-8)}
          <text class="value" x=${s.x} y=${s.y+18}>
            ${e.load_kw===null?`–`:n.power(e.load_kw)}
          </text>
        </g>
      </svg>
    `}turned(e){return getComputedStyle(this).direction===`rtl`?{...e,nodes:e.nodes.map(e=>({...e,x:400-e.x}))}:e}classes({kind:e,kw:t}){let n=x(t);return`${e} ${n===0?`still`:`pace-${n}`} ${(t??0)<0?`away`:``}`}line(e,{home:t}){let n=(e.y+t.y)/2,r=Math.abs(e.y-t.y)<1?`M${e.x} ${e.y}H${t.x}`:e.kind===`battery`?`M${e.x} ${e.y}C${(e.x+t.x)/2} ${e.y} ${(e.x+t.x)/2} ${t.y} ${t.x} ${t.y}`:`M${e.x} ${e.y}C${e.x} ${n} ${t.x} ${n} ${t.x} ${t.y}`,i=(e.kw??0)<0,a={x:(e.x+t.x)/2,y:(e.y+t.y)/2},c=Math.atan2(t.y-e.y,t.x-e.x)*180/Math.PI;return x(e.kw)===0&&e.kind===`device`?s``:s`<g class=${this.classes(e)}>
      <path class="track" d=${r}></path>
      ${x(e.kw)>0?s`<path class="dots" d=${r}></path>
              <path class="arrow" d="M-6 -6L6 0L-6 6Z"
                transform="translate(${a.x} ${a.y}) rotate(${i?c+180:c})"></path>`:o}
    </g>`}glyph(e,t,n){let r=j/24;return s`<path class="glyph" d=${e}
      transform="translate(${t-j/2} ${n-j/2}) scale(${r})"></path>`}node(e,t,n){let{x:r,y:i,kw:a,kind:c,device:l,room:d}=e,f=l?.level??null,p=(a??0)<0?t.export_price:t.import_price,m=c===`grid`?p===null?this.localize(`flow.grid`):n.price(p):l?P(l.name,d):this.localize(`series.solar`),[h,g]=c===`solar`?[34,i-2]:[0,i+k+15];return s`<g class=${this.classes(e)}>
      <circle class="disc" cx=${r} cy=${i} r=${k}></circle>
      ${f===null?o:s`<path class="level" d=${F(r,i,f)}></path>`}
      ${this.glyph(N[c]??u(l?.kind??``),r,i-(f===null?0:6))}
      ${f===null?o:s`<text class="small" x=${r} y=${i+18}>${n.percent(f)}</text>`}
      <text class="value" x=${r+h} y=${g}>
        ${a===null?`–`:n.power(Math.abs(a))}
      </text>
      ${[m].flat().map((e,t)=>s`<text class="small" x=${r+h} y=${g+14+t*12}>
          ${e}${l?s`<title>${l.name}</title>`:o}
        </text>`)}
    </g>`}spoken(e,t){let{localize:n}=this,{grid_kw:r,solar_kw:i,load_kw:a}=e,o=[],s=(e,r,i=``)=>{o.push(n(e,{power:t.power(Math.abs(r)),name:i}))};a!==null&&s(`flow.home`,a),r!==null&&s(r<0?`flow.selling`:`flow.buying`,r),e.has_solar&&i!==null&&s(`flow.solar`,i);for(let{name:n,kind:r,power_kw:i,level:a}of e.devices)i===null||r!==`battery`&&x(i)===0||(s(i<0?`flow.giving`:`flow.taking`,i,n),a!==null&&o.push(t.percent(a)));return o.join(`, `)}};O=I,O.styles=[c,r,D];export{I as ShemsFlowCard};