import{G as e,J as t,L as n,U as r,a as i,p as a,q as o,s,z as c}from"./decorate-CIz8RjeU.js";import{t as l}from"./home-card-CUz7EWwP.js";import{a as u}from"./words-localize-B1IC91yv.js";import{r as d}from"./timeline-B8xZ-L6x.js";var f=3600,p=(e,t)=>{let n=Math.floor(e.now/f)*f,r=new Map;e.start.forEach((t,i)=>{let a=e.import_price[i],o=e.end[i]??t;if(!(a==null||o<=n))for(let n=t;n<o;n=Math.floor(n/f)*f+f){let t=Math.floor(n/f)*f,s=Math.min(o,t+f)-n,c=r.get(t)??{money:0,time:0,known:!0};c.money+=a*s,c.time+=s,c.known&&=e.price_known[i]??!0,r.set(t,c)}});let i=[...r].sort(([e],[t])=>e-t).filter(([e])=>e<n+t*f).map(([e,{money:t,time:n,known:r}])=>({start:e,price:t/n,known:r})),a=i.map(({price:e})=>e),[o,s]=[Math.min(...a),Math.max(...a)],c=s-o;return i.map(e=>({...e,rank:c>0?(e.price-o)/c:.5}))},m,h=240,g=58,_=50,v=.012,y={width:480,height:110,axis:16,hours:36},b=[0,6,12,18],x=1/3,S=2/3,C=[`ring`,`bars`],w=t`
  svg.prices {
    display: block;
    width: 100%;
    height: auto;
    margin: 0 auto;
    direction: ltr;
  }
  svg.ring {
    max-width: 300px;
  }
  .hour {
    fill: var(--color);
  }
  .hour.guessed {
    fill-opacity: 0.45;
  }
  .hour.current {
    stroke: var(--primary-text-color);
    stroke-width: 2;
  }
  .cheap {
    --color: var(--success-color, #43a047);
  }
  .middling {
    --color: var(--warning-color, #ffa600);
  }
  .dear {
    --color: var(--error-color, #db4437);
  }
  text {
    text-anchor: middle;
    font-size: 11px;
    fill: var(--secondary-text-color);
  }
  text.now {
    font-size: 26px;
    fill: var(--primary-text-color);
    font-variant-numeric: tabular-nums;
  }
  .zero {
    stroke: var(--shems-zero-line);
  }
  .told {
    display: grid;
    gap: 4px;
    margin: 0;
    font-size: 14px;
    line-height: 20px;
    text-align: center;
  }
  .quiet {
    margin: 0;
    font-size: 12px;
    text-align: center;
    color: var(--secondary-text-color);
  }
`,T=({rank:e})=>e<x?`cheap`:e>S?`dear`:`middling`,E=(e,t)=>`hour ${T(e)} ${e.known?``:`guessed`} ${e.start<=t?`current`:``}`,D=(e,t)=>`${h/2+t*Math.sin(e)} ${h/2-t*Math.cos(e)}`,O=(e,t,n)=>`M${D(e,g)}L${D(e,n)}A${n} ${n} 0 0 1 ${D(t,n)}L${D(t,g)}A${g} ${g} 0 0 0 ${D(e,g)}Z`,k=class extends l{constructor(...e){super(...e),this.feed=new i(this,{shared:!0})}static getConfigForm(){let e=super.getConfigForm(),t=u(document.documentElement.lang||`en`),n={name:`shape`,default:`ring`,selector:{select:{options:C.map(e=>({value:e,label:t(`prices.${e}`)}))}}};return{...e,schema:[...e.schema,n]}}setConfig(e){let{shape:t}=e;if(t!==void 0&&!C.includes(t))throw Error(`shape must be one of ${C.join(`, `)}`);super.setConfig(e)}follow(e,t){this.feed.follow(e,t.entry_id||void 0)}currency(){return this.feed.message?.currency??``}render(){return this.frame(this.body(),this.feed.offline)}body(){let{config:t,format:n,localize:r}=this,{message:i,error:o,retry:c}=this.feed;if(!t||!n||!i&&!o)return a(r);if(!i)return s(o,c,r);let l=t.shape===`bars`,u=p(i,l?y.hours:24);return e`
      <header><h2>${t.title||r(`prices.title`)}</h2></header>
      ${u.length===0?e`<p class="quiet">${r(`prices.none`)}</p>`:e`${l?this.bars(u,i.now,n):this.ring(u,i,n)}
              ${this.extremes(u,i.now,n)}`}
    `}hint(e,t,n){return o`<title>${n.dayTime(e.start,t)} ${n.price(e.price)}</title>`}label(e,t,n){let r=e.map(e=>`${n.dayTime(e.start,t)} ${n.price(e.price)}`);return`${this.localize(`prices.title`)}: ${r.join(`, `)}`}ring(t,n,r){let{now:i}=n,a=n.import_price[d(n,i)]??null,s=e=>2*Math.PI*e/24;return e`<svg
      class="prices ring"
      viewBox="0 0 ${h} ${h}"
      role="img"
      aria-label=${this.label(t,i,r)}
    >
      ${t.map(e=>{let{hour:t}=r.clock(e.start),n=66+e.rank*_,a=O(s(t)+v,s(t+1)-v,n);return o`<path class=${E(e,i)} d=${a}>${this.hint(e,i,r)}</path>`})}
      ${b.map(e=>{let t=s(e);return o`<text
          x=${h/2+46*Math.sin(t)}
          y=${h/2-46*Math.cos(t)+4}>${e}</text>`})}
      <text class="now" x=${h/2} y=${124}>
        ${a===null?`–`:r.number(a,3)}
      </text>
      <text x=${h/2} y=${142}>${r.currencySymbol}/kWh</text>
    </svg>`}bars(t,n,i){let{width:a,height:s,axis:c}=y,l=a/t.length,u=Math.max(0,...t.map(({price:e})=>e)),d=u-Math.min(0,...t.map(({price:e})=>e))||1,f=e=>s*(u-e)/d;return e`<svg
      class="prices"
      viewBox="0 0 ${a} ${s+c}"
      role="img"
      aria-label=${this.label(t,n,i)}
    >
      ${t.map((e,t)=>{let[r,a]=[f(Math.max(0,e.price)),f(Math.min(0,e.price))];return o`<rect
          class=${E(e,n)}
          x=${t*l+1}
          y=${r}
          width=${Math.max(1,l-2)}
          height=${Math.max(1,a-r)}>${this.hint(e,n,i)}</rect>`})}
      <line class="zero" x1="0" x2=${a} y1=${f(0)} y2=${f(0)}></line>
      ${t.map((e,t)=>i.clock(e.start).hour%6==0?o`<text x=${(t+.5)*l} y=${s+c-3}>${i.fullHour(e.start)}</text>`:r)}
    </svg>`}extremes(t,n,i){let{localize:a}=this,o=[...t].sort((e,t)=>e.price-t.price),[s,c]=[o[0],o[o.length-1]],l=(t,r)=>e`<div>
        ${a(t,{time:i.dayTime(r.start,n),price:i.price(r.price)})}
      </div>`;return e`<div class="told">
        ${l(`prices.cheapest`,s)} ${l(`prices.dearest`,c)}
      </div>
      ${t.some(({known:e})=>!e)?e`<p class="quiet">${a(`prices.expected`)}</p>`:r}`}};m=k,m.styles=[c,n,w];export{k as ShemsPricesCard};