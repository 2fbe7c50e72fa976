import{D as e,G as t,I as n,K as r,L as i,P as a,U as o,V as s,j as c}from"./decorate-CPDTJUh0.js";import{t as l}from"./repeat-DD3CDFsN.js";import{t as u}from"./kinds-CWTt2hnq.js";import{t as d}from"./live-card-iG52TTk3.js";var f=200,p=104,m=48,h=52,g=5,_=10,v=.01,y=[.5,2,5],b=e=>e===null||Math.abs(e)<v?0:1+y.filter(t=>Math.abs(e)>=t).length,x=(e,t)=>e===1?f:h+t*296/(e-1),S=({power_kw:e})=>e===null?null:-e,C=e=>{let t=e.devices.filter(({kind:e})=>e===`battery`),n=e.devices.filter(({kind:e,power_kw:t})=>e!==`battery`&&e!==`solar`&&t!==null).slice(0,_),r=e.has_solar?p:0,i=Math.max(1,t.length),a={x:f,y:m+r+(i-1)*p/2},o=[{id:`grid`,kind:`grid`,x:h,y:a.y,kw:e.grid_kw}];e.has_solar&&o.push({id:`solar`,kind:`solar`,x:f,y:m,kw:e.solar_kw}),t.forEach((e,t)=>o.push({id:e.id,kind:`battery`,device:e,x:348,y:m+r+t*p,kw:S(e)}));let s=m+r+i*p,c=Math.ceil(n.length/g),l=c===0?0:Math.ceil(n.length/c);return n.forEach((e,t)=>{let r=Math.floor(t/l),i=Math.min(l,n.length-r*l);o.push({id:e.id,kind:`device`,device:e,x:x(i,t-r*l),y:s+r*p,kw:S(e)})}),{home:a,nodes:o,height:s+c*p-m+8}},w=r`
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
`,T,E=26,D=32,O=24,k=13,A={solar:c,grid:a},j=e=>e.length>k?`${e.slice(0,12)}…`:e,M=(e,t,n)=>{let r=2*Math.PI*Math.min(.9999,Math.max(0,n)),i=[e+E*Math.sin(r),t-E*Math.cos(r)];return`M${e} ${t-E}A${E} ${E} 0 ${+(r>Math.PI)} 1 ${i.join(` `)}`},N=class extends d{constructor(){super(`shems/live/subscribe`,{shared:!0})}currency(){return this.feed.message?.currency??``}content(t,n){let{config:r,localize:i,feed:a}=this,c=this.turned(C(t)),{home:u,nodes:d,height:f}=c;return o`
      <header>
        <h2>${r?.title||i(`section.now`)}</h2>
        ${a.offline?o`<span class="chip bad" role="status">${i(`status.offline`)}</span>`:s}
      </header>
      <svg
        class="flow"
        viewBox="0 0 ${400} ${f}"
        role="img"
        aria-label=${this.spoken(t,n)}
      >
        ${l(d,e=>`line ${e.id}`,e=>this.line(e,c))}
        ${l(d,e=>e.id,e=>this.node(e,t,n))}
        <g class="home">
          <circle class="disc" cx=${u.x} cy=${u.y} r=${D}></circle>
          ${this.glyph(e,u.x,u.y-8)}
          <text class="value" x=${u.x} y=${u.y+18}>
            ${t.load_kw===null?`–`:n.power(t.load_kw)}
          </text>
        </g>
      </svg>
    `}turned(e){return getComputedStyle(this).direction===`rtl`?{...e,nodes:e.nodes.map(e=>({...e,x:400-e.x}))}:e}classes({kind:e,kw:t}){let n=b(t);return`${e} ${n===0?`still`:`pace-${n}`} ${(t??0)<0?`away`:``}`}line(e,{home:n}){let r=(e.y+n.y)/2,i=Math.abs(e.y-n.y)<1?`M${e.x} ${e.y}H${n.x}`:e.kind===`battery`?`M${e.x} ${e.y}C${(e.x+n.x)/2} ${e.y} ${(e.x+n.x)/2} ${n.y} ${n.x} ${n.y}`:`M${e.x} ${e.y}C${e.x} ${r} ${n.x} ${r} ${n.x} ${n.y}`,a=(e.kw??0)<0,o={x:(e.x+n.x)/2,y:(e.y+n.y)/2},c=Math.atan2(n.y-e.y,n.x-e.x)*180/Math.PI;return b(e.kw)===0&&e.kind===`device`?t``:t`<g class=${this.classes(e)}>
      <path class="track" d=${i}></path>
      ${b(e.kw)>0?t`<path class="dots" d=${i}></path>
              <path class="arrow" d="M-6 -6L6 0L-6 6Z"
                transform="translate(${o.x} ${o.y}) rotate(${a?c+180:c})"></path>`:s}
    </g>`}glyph(e,n,r){let i=O/24;return t`<path class="glyph" d=${e}
      transform="translate(${n-O/2} ${r-O/2}) scale(${i})"></path>`}node(e,n,r){let{x:i,y:a,kw:o,kind:c,device:l}=e,d=l?.level??null,f=(o??0)<0?n.export_price:n.import_price,p=c===`grid`?f===null?this.localize(`flow.grid`):r.price(f):l?j(l.name):this.localize(`series.solar`);return t`<g class=${this.classes(e)}>
      <circle class="disc" cx=${i} cy=${a} r=${E}></circle>
      ${d===null?s:t`<path class="level" d=${M(i,a,d)}></path>`}
      ${this.glyph(A[c]??u(l?.kind??``),i,a-(d===null?0:6))}
      ${d===null?s:t`<text class="small" x=${i} y=${a+18}>${r.percent(d)}</text>`}
      <text class="value" x=${i} y=${a+E+15}>
        ${o===null?`–`:r.power(Math.abs(o))}
      </text>
      <text class="small" x=${i} y=${a+E+29}>
        ${p}${l?t`<title>${l.name}</title>`:s}
      </text>
    </g>`}spoken(e,t){let{localize:n}=this,{grid_kw:r,solar_kw:i,load_kw:a}=e,o=[],s=(e,r,i=``)=>{o.push(n(e,{power:t.power(Math.abs(r)),name:i}))};a!==null&&s(`flow.home`,a),r!==null&&s(r<0?`flow.selling`:`flow.buying`,r),e.has_solar&&i!==null&&s(`flow.solar`,i);for(let{name:n,kind:r,power_kw:i,level:a}of e.devices)i===null||r!==`battery`&&b(i)===0||(s(i<0?`flow.giving`:`flow.taking`,i,n),a!==null&&o.push(t.percent(a)));return o.join(`, `)}};T=N,T.styles=[i,n,w];export{N as ShemsFlowCard};