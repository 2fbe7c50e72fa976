import{E as e,G as t,I as n,K as r,L as i,R as a,U as o,V as s,t as c,y as l}from"./decorate-CPDTJUh0.js";import{t as u}from"./live-card-iG52TTk3.js";import{t as d}from"./style-C8lNcurK.js";var f=480,p=120,m=6,h=3,g=.1,_=(e,t)=>{let n=new Map;return e.need_kwh.forEach((r,i)=>{let a=e.start+i*e.step_s;if(a+e.step_s<=t)return;let o=a-a%3600,s=n.get(o)??{start:o,need:0,surplus:0};s.need+=r,s.surplus+=e.surplus_kwh[i]??0,n.set(o,s)}),[...n.values()]},v=(e,n,{localize:r,format:i})=>{let a=_(e,n),[c]=a;if(!c)return s;let l=Math.max(g,...a.flatMap(e=>[e.need,e.surplus])),u=p/2,d=e=>56*e/l,v=f/a.length,y=Math.min(2,v/4),b=(e,n,r,i)=>t`<rect class=${i} x=${e*v+y/2} width=${v-y}
      y=${r?u-d(n):u} height=${d(n)}></rect>`,x=r(`community.outlook.aria`,{start:i.dayTime(c.start,n),hours:a.length,surplus:i.energy(a.reduce((e,t)=>e+t.surplus,0)),need:i.energy(a.reduce((e,t)=>e+t.need,0))});return o`
    <div class="legend" aria-hidden="true">
      <span class="surplus">${r(`community.surplus`)}</span>
      <span class="need">${r(`community.need`)}</span>
    </div>
    <svg
      class="outlook"
      viewBox="0 0 ${f} ${p}"
      preserveAspectRatio="none"
      role="img"
      aria-label=${x}
    >
      ${a.map(({start:e,need:r,surplus:a},o)=>{let s=Math.min(r,a),c=`${i.dayTime(e,n)}: +${i.energy(a)}, −${i.energy(r)}`;return t`<g><title>${c}</title>
          ${b(o,a,!0,`surplus`)}${b(o,r,!1,`need`)}
          ${b(o,s,!0,`shared up`)}${b(o,s,!1,`shared down`)}</g>`})}
      <line x1="0" x2=${f} y1=${u} y2=${u}></line>
    </svg>
    <div class="hours" aria-hidden="true">
      ${a.map(({start:e},t)=>i.clock(e).hour%m===0&&t<=a.length-h?o`<span style="left:${100*t/a.length}%">${i.fullHour(e)}</span>`:s)}
    </div>
    <details>
      <summary>${r(`table.open`)}</summary>
      <div class="scroll" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">${r(`table.time`)}</th>
              <th scope="col">${r(`community.surplus`)}</th>
              <th scope="col">${r(`community.need`)}</th>
            </tr>
          </thead>
          <tbody>
            ${a.map(({start:e,need:t,surplus:r})=>o`<tr>
                  <th scope="row">${i.dayTime(e,n)}</th>
                  <td>${i.energy(r)}</td>
                  <td>${i.energy(t)}</td>
                </tr>`)}
          </tbody>
        </table>
      </div>
    </details>
  `},y=[`day`,`month`,`total`],b=r`
  h3 {
    margin: 12px 0 4px;
    font-size: 14px;
    line-height: 20px;
    font-weight: 500;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    font-size: 12px;
    line-height: 16px;
    color: var(--secondary-text-color);
  }
  .legend span::before {
    content: "";
    display: inline-block;
    width: 10px;
    height: 10px;
    margin-inline-end: 6px;
    border-radius: 2px;
    background: var(--tone);
  }
  .surplus {
    --tone: var(--shems-solar);
  }
  .need {
    --tone: var(--shems-import);
  }
  svg.outlook {
    display: block;
    width: 100%;
    height: 120px;
  }
  .outlook rect {
    fill: color-mix(in srgb, var(--tone) 45%, transparent);
  }
  .outlook rect.shared {
    fill: var(--tone);
  }
  .outlook .up {
    --tone: var(--shems-solar);
  }
  .outlook .down {
    --tone: var(--shems-import);
  }
  .outlook line {
    stroke: var(--shems-zero-line);
    vector-effect: non-scaling-stroke;
  }
  .hours {
    position: relative;
    height: 16px;
    direction: ltr;
    font-size: 11px;
    line-height: 16px;
    color: var(--shems-text);
  }
  .hours span {
    position: absolute;
  }
  dl.prices {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 4px 12px;
    margin: 0;
    font-size: 14px;
    line-height: 20px;
  }
  .prices dd {
    margin: 0;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
`,x,S=`shems-community-card`,C=`/config/integrations/dashboard/add?domain=shems`,w={measuring:`calm`,provisional:`warn`,final:`good`,void:`bad`},T=class extends u{static getStubConfig(){return{type:`custom:${S}`}}constructor(){super(`shems/community/subscribe`),this.span=`month`}getCardSize(){return 8}currency(){return this.feed.message?.currency??``}failed(t,n){let{localize:r}=this;return t.code===`not_found`?o`
      <div class="state" role="status">
        ${l(e)}
        <h3>${r(`community.empty.title`)}</h3>
        <p>${r(`community.empty.text`)}</p>
        <div class="actions"><a href=${C}>${r(`community.empty.add`)}</a></div>
      </div>
    `:super.failed(t,n)}content(e,t){let{config:n,localize:r,feed:i}=this,a=i.offline||e.connection!==`connected`;return o`
      <header>
        <h2>${n?.title||e.name||r(`community.title`)}</h2>
        <span class="chip ${a?`bad`:`good`}" role="status">
          ${r(i.offline?`status.offline`:`community.connection.${e.connection}`)}
        </span>
      </header>
      ${this.status(e,t)} ${this.shared(e,t)}
      ${this.outlook(e,t)} ${this.prices(e,t)}
      <p class="quiet">
        ${r(e.binding?`community.honest`:`community.advisory`)}
      </p>
    `}status({slot:e,online:t,members:n},r){let{localize:i}=this;return o`<div class="row">
      ${e?o`<span class="chip ${w[e.state]??`calm`}">
              ${i(`community.slot`,{start:r.time(e.start),end:r.time(e.end),state:i(`community.slot.${e.state}`)})}
            </span>`:s}
      <span class="chip calm">
        ${t===null?i(`community.members`,{members:n}):i(`community.online`,{online:t,members:n})}
      </span>
    </div>`}shared({spans:e},t){let{localize:n}=this,r=e[this.span];return o`
      <form @submit=${e=>e.preventDefault()}>
        <label>
          ${n(`savings.span`)}
          <select
            @change=${e=>{this.span=e.target.value}}
          >
            ${y.map(e=>o`<option value=${e} ?selected=${e===this.span}>
                  ${n(`savings.span.${e}`)}
                </option>`)}
          </select>
        </label>
      </form>
      ${r?this.figures(r,t):o`<p class="quiet">${n(`community.nothing`)}</p>`}
    `}figures(e,t){let{localize:n}=this,{saving:r,bought_kwh:i,sold_kwh:a,provisional:c,final:l}=e;return o`
      <dl class="figures">
        <div class="figure ${(r??0)>0?`gain`:``}">
          <dt>${n(`community.saved`)}</dt>
          <dd>${r===null?`–`:t.money(r)}</dd>
        </div>
        <div class="figure">
          <dt>${n(`community.bought`)}</dt>
          <dd>${t.energy(i)}</dd>
        </div>
        <div class="figure">
          <dt>${n(`community.sold`)}</dt>
          <dd>${t.energy(a)}</dd>
        </div>
      </dl>
      <p class="quiet">
        ${n(`community.compared`)}
        ${n(`community.counted`,{provisional:c,final:l})}
        ${e.void>0?n(`community.void`,{count:e.void}):s}
      </p>
    `}outlook({outlook:e,now:t},n){let{localize:r}=this,i=e?v(e,t,{localize:r,format:n}):s;return o`<section>
      <h3>${r(`community.outlook`)}</h3>
      ${i===s?o`<p class="quiet">${r(`community.outlook.none`)}</p>`:i}
      ${e?.stale?o`<p class="quiet">
              ${r(`community.outlook.stale`,{time:n.dayTime(e.issued,t)})}
            </p>`:s}
    </section>`}prices({prices:e},t){let{localize:n}=this,{community:r,fee:i}=e;if(r===null)return s;let a=[[`community.price.buying`,i===null?null:r+i],[`community.price.import`,e.import],[`community.price.selling`,r],[`community.price.export`,e.export]];return o`<section>
      <h3>${n(`community.price`)}</h3>
      <dl class="prices">
        ${a.map(([e,r])=>o`<dt>${n(e)}</dt><dd>${r===null?`–`:t.price(r)}</dd>`)}
      </dl>
    </section>`}};x=T,x.styles=[i,n,d,b],c([a()],T.prototype,`span`,void 0);export{T as ShemsCommunityCard};