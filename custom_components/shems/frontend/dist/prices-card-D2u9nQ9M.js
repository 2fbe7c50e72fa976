import{D as e,F as t,I as n,N as r,T as i,j as a}from"./decorate-BzqmqkeY.js";import{f as o,o as s,r as c}from"./feed-CxZS6nj2.js";import{t as l}from"./home-card-CP6EDBzA.js";import{a as u}from"./words-localize-wrOfoJDi.js";import{r as d}from"./timeline-B8xZ-L6x.js";var f=3600,p=(e,t)=>{let n=Math.floor(e.now/f)*f,r=new Map;e.start.forEach((t,i)=>{let a=e.import_price[i],o=e.end[i]??t;if(!(a==null||o<=n))for(let n=t;n<o;n=Math.floor(n/f)*f+f){let t=Math.floor(n/f)*f,s=Math.min(o,t+f)-n,c=r.get(t)??{money:0,time:0,known:!0};c.money+=a*s,c.time+=s,c.known&&=e.price_known[i]??!0,r.set(t,c)}});let i=[...r].sort(([e],[t])=>e-t).filter(([e])=>e<n+t*f).map(([e,{money:t,time:n,known:r}])=>({start:e,price:t/n,known:r})),a=i.map(({price:e})=>e),[o,s]=[Math.min(...a),Math.max(...a)],c=s-o;return i.map(e=>({...e,rank:c>0?(e.price-o)/c:.5}))},m,h=240,g=58,_=50,v=.012,y={width:480,height:110,axis:16,hours:36},b=[0,6,12,18],x=1/3,S=2/3,C=[`ring`,`bars`],w=n`
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
`,T=({rank:e})=>e<x?`cheap`:e>S?`dear`:`middling`,E=(e,t)=>`hour ${T(e)} ${e.known?``:`guessed`} ${e.start<=t?`current`:``}`,D=(e,t)=>`${h/2+t*Math.sin(e)} ${h/2-t*Math.cos(e)}`,O=(e,t,n)=>`M${D(e,g)}L${D(e,n)}A${n} ${n} 0 0 1 ${D(t,n)}L${D(t,g)}A${g} ${g} 0 0 0 ${D(e,g)}Z`,k=class extends l{constructor(...e){super(...e),this.feed=new c(this,{shared:!0})}static getConfigForm(){let e=super.getConfigForm(),t=u(document.documentElement.lang||`en`),n={name:`shape`,default:`ring`,selector:{select:{options:C.map(e=>({value:e,label:t(`prices.${e}`)}))}}};return{...e,schema:[...e.schema,n]}}setConfig(e){let{shape:t}=e;if(t!==void 0&&!C.includes(t))throw Error(`shape must be one of ${C.join(`, `)}`);super.setConfig(e)}follow(e,t){this.feed.follow(e,t.entry_id||void 0)}currency(){return this.feed.message?.currency??``}render(){return this.frame(this.body(),this.feed.offline)}body(){let{config:e,format:t,localize:n}=this,{message:i,error:a,retry:c}=this.feed;if(!e||!t||!i&&!a)return o(n);if(!i)return s(a,c,n);let l=e.shape===`bars`,u=p(i,l?y.hours:24);return r`
      <header><h2>${e.title||n(`prices.title`)}</h2></header>
      ${u.length===0?r`<p class="quiet">${n(`prices.none`)}</p>`:r`${l?this.bars(u,i.now,t):this.ring(u,i,t)}
              ${this.extremes(u,i.now,t)}`}
    `}hint(e,n,r){return t`<title>${r.dayTime(e.start,n)} ${r.price(e.price)}</title>`}label(e,t,n){let r=e.map(e=>`${n.dayTime(e.start,t)} ${n.price(e.price)}`);return`${this.localize(`prices.title`)}: ${r.join(`, `)}`}ring(e,n,i){let{now:a}=n,o=n.import_price[d(n,a)]??null,s=e=>2*Math.PI*e/24;return r`<svg
      class="prices ring"
      viewBox="0 0 ${h} ${h}"
      role="img"
      aria-label=${this.label(e,a,i)}
    >
      ${e.map(e=>{let{hour:n}=i.clock(e.start),r=66+e.rank*_,o=O(s(n)+v,s(n+1)-v,r);return t`<path class=${E(e,a)} d=${o}>${this.hint(e,a,i)}</path>`})}
      ${b.map(e=>{let n=s(e);return t`<text
          x=${h/2+46*Math.sin(n)}
          y=${h/2-46*Math.cos(n)+4}>${e}</text>`})}
      <text class="now" x=${h/2} y=${124}>
        ${o===null?`–`:i.number(o,3)}
      </text>
      <text x=${h/2} y=${142}>${i.currencySymbol}/kWh</text>
    </svg>`}bars(e,n,i){let{width:o,height:s,axis:c}=y,l=o/e.length,u=Math.max(0,...e.map(({price:e})=>e)),d=u-Math.min(0,...e.map(({price:e})=>e))||1,f=e=>s*(u-e)/d;return r`<svg
      class="prices"
      viewBox="0 0 ${o} ${s+c}"
      role="img"
      aria-label=${this.label(e,n,i)}
    >
      ${e.map((e,r)=>{let[a,o]=[f(Math.max(0,e.price)),f(Math.min(0,e.price))];return t`<rect
          class=${E(e,n)}
          x=${r*l+1}
          y=${a}
          width=${Math.max(1,l-2)}
          height=${Math.max(1,o-a)}>${this.hint(e,n,i)}</rect>`})}
      <line class="zero" x1="0" x2=${o} y1=${f(0)} y2=${f(0)}></line>
      ${e.map((e,n)=>i.clock(e.start).hour%6==0?t`<text x=${(n+.5)*l} y=${s+c-3}>${i.fullHour(e.start)}</text>`:a)}
    </svg>`}extremes(e,t,n){let{localize:i}=this,o=[...e].sort((e,t)=>e.price-t.price),[s,c]=[o[0],o[o.length-1]],l=(e,a)=>r`<div>
        ${i(e,{time:n.dayTime(a.start,t),price:n.price(a.price)})}
      </div>`;return r`<div class="told">
        ${l(`prices.cheapest`,s)} ${l(`prices.dearest`,c)}
      </div>
      ${e.some(({known:e})=>!e)?r`<p class="quiet">${i(`prices.expected`)}</p>`:a}`}};m=k,m.styles=[e,i,w];export{k as ShemsPricesCard};