import{B as e,D as t,G as n,J as r,L as i,U as a,b as o,q as s,t as c,z as l}from"./decorate-CIz8RjeU.js";import{t as u}from"./live-card-CtnzhVIf.js";import{t as d}from"./style-CTTVC_Ly.js";var f=480,p=120,m=6,h=3,g=.1,_=(e,t)=>{let n=new Map;return e.need_kwh.forEach((r,i)=>{let a=e.start+i*e.step_s;if(a+e.step_s<=t)return;let o=a-a%3600,s=n.get(o)??{start:o,need:0,surplus:0};s.need+=r,s.surplus+=e.surplus_kwh[i]??0,n.set(o,s)}),[...n.values()]},v=(e,t,{localize:r,format:i})=>{let o=_(e,t),[c]=o;if(!c)return a;let l=Math.max(g,...o.flatMap(e=>[e.need,e.surplus])),u=p/2,d=e=>56*e/l,v=f/o.length,y=Math.min(2,v/4),b=(e,t,n,r)=>s`<rect class=${r} x=${e*v+y/2} width=${v-y}
      y=${n?u-d(t):u} height=${d(t)}></rect>`,x=r(`community.outlook.aria`,{start:i.dayTime(c.start,t),hours:o.length,surplus:i.energy(o.reduce((e,t)=>e+t.surplus,0)),need:i.energy(o.reduce((e,t)=>e+t.need,0))});return n`
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
      ${o.map(({start:e,need:n,surplus:r},a)=>{let o=Math.min(n,r),c=`${i.dayTime(e,t)}: +${i.energy(r)}, −${i.energy(n)}`;return s`<g><title>${c}</title>
          ${b(a,r,!0,`surplus`)}${b(a,n,!1,`need`)}
          ${b(a,o,!0,`shared up`)}${b(a,o,!1,`shared down`)}</g>`})}
      <line x1="0" x2=${f} y1=${u} y2=${u}></line>
    </svg>
    <div class="hours" aria-hidden="true">
      ${o.map(({start:e},t)=>i.clock(e).hour%m===0&&t<=o.length-h?n`<span style="left:${100*t/o.length}%">${i.fullHour(e)}</span>`:a)}
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
            ${o.map(({start:e,need:r,surplus:a})=>n`<tr>
                  <th scope="row">${i.dayTime(e,t)}</th>
                  <td>${i.energy(a)}</td>
                  <td>${i.energy(r)}</td>
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
`,x,S=`/config/integrations/dashboard/add?domain=shems`,C={measuring:`calm`,provisional:`warn`,final:`good`,void:`bad`},w=class extends u{constructor(){super(`shems/community/subscribe`),this.span=`month`}currency(){return this.feed.message?.currency??``}failed(e,r){let{localize:i}=this;return e.code===`not_found`?n`
      <div class="state" role="status">
        ${o(t)}
        <h3>${i(`community.empty.title`)}</h3>
        <p>${i(`community.empty.text`)}</p>
        <div class="actions"><a href=${S}>${i(`community.empty.add`)}</a></div>
      </div>
    `:super.failed(e,r)}content(e,t){let{config:r,localize:i,feed:o}=this,s=e.connection===`connected`;return n`
      <header>
        <h2>${r?.title||e.name||i(`community.title`)}</h2>
        ${o.offline?a:n`<span class="chip ${s?`good`:`bad`}" role="status">
                ${i(`community.connection.${e.connection}`)}
              </span>`}
      </header>
      ${this.status(e,t)} ${this.shared(e,t)}
      ${this.outlook(e,t)} ${this.prices(e,t)}
      <p class="quiet">
        ${i(e.binding?`community.honest`:`community.advisory`)}
      </p>
    `}status({slot:e,online:t,members:r},i){let{localize:o}=this;return n`<div class="row">
      ${e?n`<span class="chip ${C[e.state]??`calm`}">
              ${o(`community.slot`,{start:i.time(e.start),end:i.time(e.end),state:o(`community.slot.${e.state}`)})}
            </span>`:a}
      <span class="chip calm">
        ${t===null?o(`community.members`,{members:r}):o(`community.online`,{online:t,members:r})}
      </span>
    </div>`}shared({spans:e},t){let{localize:r}=this,i=e[this.span];return n`
      <form @submit=${e=>e.preventDefault()}>
        <label>
          ${r(`savings.span`)}
          <select
            @change=${e=>{this.span=e.target.value}}
          >
            ${y.map(e=>n`<option value=${e} ?selected=${e===this.span}>
                  ${r(`savings.span.${e}`)}
                </option>`)}
          </select>
        </label>
      </form>
      ${i?this.figures(i,t):n`<p class="quiet">${r(`community.nothing`)}</p>`}
    `}figures(e,t){let{localize:r}=this,{saving:i,bought_kwh:o,sold_kwh:s,provisional:c,final:l}=e;return n`
      <dl class="figures">
        <div class="figure ${(i??0)>0?`gain`:``}">
          <dt>${r(`community.saved`)}</dt>
          <dd>${i===null?`–`:t.money(i)}</dd>
        </div>
        <div class="figure">
          <dt>${r(`community.bought`)}</dt>
          <dd>${t.energy(o)}</dd>
        </div>
        <div class="figure">
          <dt>${r(`community.sold`)}</dt>
          <dd>${t.energy(s)}</dd>
        </div>
      </dl>
      <p class="quiet">
        ${r(`community.compared`)}
        ${r(`community.counted`,{provisional:c,final:l})}
        ${e.void>0?r(`community.void`,{count:e.void}):a}
      </p>
    `}outlook({outlook:e,now:t},r){let{localize:i}=this,o=e?v(e,t,{localize:i,format:r}):a;return n`<section>
      <h3>${i(`community.outlook`)}</h3>
      ${o===a?n`<p class="quiet">${i(`community.outlook.none`)}</p>`:o}
      ${e?.stale?n`<p class="quiet">
              ${i(`community.outlook.stale`,{time:r.dayTime(e.issued,t)})}
            </p>`:a}
    </section>`}prices({prices:e},t){let{localize:r}=this,{community:i,fee:o}=e;if(i===null)return a;let s=[[`community.price.buying`,o===null?null:i+o],[`community.price.import`,e.import],[`community.price.selling`,i],[`community.price.export`,e.export]];return n`<section>
      <h3>${r(`community.price`)}</h3>
      <dl class="prices">
        ${s.map(([e,i])=>n`<dt>${r(e)}</dt><dd>${i===null?`–`:t.price(i)}</dd>`)}
      </dl>
    </section>`}};x=w,x.styles=[l,i,d,b],c([e()],w.prototype,`span`,void 0);export{w as ShemsCommunityCard};