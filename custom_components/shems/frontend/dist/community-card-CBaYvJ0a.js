import{D as e,H as t,K as n,L as r,R as i,W as a,b as o,q as s,t as c,z as l}from"./decorate-BfmZ39m_.js";import{t as u}from"./live-card-BwaBcYFx.js";import{t as d}from"./style-Cm2mpoyT.js";var f=480,p=120,m=6,h=3,g=.1,_=(e,t)=>{let n=new Map;return e.need_kwh.forEach((r,i)=>{let a=e.start+i*e.step_s;if(a+e.step_s<=t)return;let o=a-a%3600,s=n.get(o)??{start:o,need:0,surplus:0};s.need+=r,s.surplus+=e.surplus_kwh[i]??0,n.set(o,s)}),[...n.values()]},v=(e,r,{localize:i,format:o})=>{let s=_(e,r),[c]=s;if(!c)return t;let l=Math.max(g,...s.flatMap(e=>[e.need,e.surplus])),u=p/2,d=e=>56*e/l,v=f/s.length,y=Math.min(2,v/4),b=(e,t,r,i)=>n`<rect class=${i} x=${e*v+y/2} width=${v-y}
      y=${r?u-d(t):u} height=${d(t)}></rect>`,x=i(`community.outlook.aria`,{start:o.dayTime(c.start,r),hours:s.length,surplus:o.energy(s.reduce((e,t)=>e+t.surplus,0)),need:o.energy(s.reduce((e,t)=>e+t.need,0))});return a`
    <div class="legend" aria-hidden="true">
      <span class="surplus">${i(`community.surplus`)}</span>
      <span class="need">${i(`community.need`)}</span>
    </div>
    <svg
      class="outlook"
      viewBox="0 0 ${f} ${p}"
      preserveAspectRatio="none"
      role="img"
      aria-label=${x}
    >
      ${s.map(({start:e,need:t,surplus:i},a)=>{let s=Math.min(t,i),c=`${o.dayTime(e,r)}: +${o.energy(i)}, −${o.energy(t)}`;return n`<g><title>${c}</title>
          ${b(a,i,!0,`surplus`)}${b(a,t,!1,`need`)}
          ${b(a,s,!0,`shared up`)}${b(a,s,!1,`shared down`)}</g>`})}
      <line x1="0" x2=${f} y1=${u} y2=${u}></line>
    </svg>
    <div class="hours" aria-hidden="true">
      ${s.map(({start:e},n)=>o.clock(e).hour%m===0&&n<=s.length-h?a`<span style="left:${100*n/s.length}%">${o.fullHour(e)}</span>`:t)}
    </div>
    <details>
      <summary>${i(`table.open`)}</summary>
      <div class="scroll" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">${i(`table.time`)}</th>
              <th scope="col">${i(`community.surplus`)}</th>
              <th scope="col">${i(`community.need`)}</th>
            </tr>
          </thead>
          <tbody>
            ${s.map(({start:e,need:t,surplus:n})=>a`<tr>
                  <th scope="row">${o.dayTime(e,r)}</th>
                  <td>${o.energy(n)}</td>
                  <td>${o.energy(t)}</td>
                </tr>`)}
          </tbody>
        </table>
      </div>
    </details>
  `},y=[`day`,`month`,`total`],b=s`
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
`,x,S=`/config/integrations/dashboard/add?domain=shems`,C={measuring:`calm`,provisional:`warn`,final:`good`,void:`bad`},w=class extends u{constructor(){super(`shems/community/subscribe`),this.span=`month`}currency(){return this.feed.message?.currency??``}failed(t,n){let{localize:r}=this;return t.code===`not_found`?a`
      <div class="state" role="status">
        ${o(e)}
        <h3>${r(`community.empty.title`)}</h3>
        <p>${r(`community.empty.text`)}</p>
        <div class="actions"><a href=${S}>${r(`community.empty.add`)}</a></div>
      </div>
    `:super.failed(t,n)}content(e,n){let{config:r,localize:i,feed:o}=this,s=e.connection===`connected`;return a`
      <header>
        <h2>${r?.title||e.name||i(`community.title`)}</h2>
        ${o.offline?t:a`<span class="chip ${s?`good`:`bad`}" role="status">
                ${i(`community.connection.${e.connection}`)}
              </span>`}
      </header>
      ${this.status(e,n)} ${this.shared(e,n)}
      ${this.outlook(e,n)} ${this.prices(e,n)}
      <p class="quiet">
        ${i(e.binding?`community.honest`:`community.advisory`)}
      </p>
    `}status({slot:e,online:n,members:r},i){let{localize:o}=this;return a`<div class="row">
      ${e?a`<span class="chip ${C[e.state]??`calm`}">
              ${o(`community.slot`,{start:i.time(e.start),end:i.time(e.end),state:o(`community.slot.${e.state}`)})}
            </span>`:t}
      <span class="chip calm">
        ${n===null?o(`community.members`,{members:r}):o(`community.online`,{online:n,members:r})}
      </span>
    </div>`}shared({spans:e},t){let{localize:n}=this,r=e[this.span];return a`
      <form @submit=${e=>e.preventDefault()}>
        <label>
          ${n(`savings.span`)}
          <select
            @change=${e=>{this.span=e.target.value}}
          >
            ${y.map(e=>a`<option value=${e} ?selected=${e===this.span}>
                  ${n(`savings.span.${e}`)}
                </option>`)}
          </select>
        </label>
      </form>
      ${r?this.figures(r,t):a`<p class="quiet">${n(`community.nothing`)}</p>`}
    `}figures(e,n){let{localize:r}=this,{saving:i,bought_kwh:o,sold_kwh:s,provisional:c,final:l}=e;return a`
      <dl class="figures">
        <div class="figure ${(i??0)>0?`gain`:``}">
          <dt>${r(`community.saved`)}</dt>
          <dd>${i===null?`–`:n.money(i)}</dd>
        </div>
        <div class="figure">
          <dt>${r(`community.bought`)}</dt>
          <dd>${n.energy(o)}</dd>
        </div>
        <div class="figure">
          <dt>${r(`community.sold`)}</dt>
          <dd>${n.energy(s)}</dd>
        </div>
      </dl>
      <p class="quiet">
        ${r(`community.compared`)}
        ${r(`community.counted`,{provisional:c,final:l})}
        ${e.void>0?r(`community.void`,{count:e.void}):t}
      </p>
    `}outlook({outlook:e,now:n},r){let{localize:i}=this,o=e?v(e,n,{localize:i,format:r}):t;return a`<section>
      <h3>${i(`community.outlook`)}</h3>
      ${o===t?a`<p class="quiet">${i(`community.outlook.none`)}</p>`:o}
      ${e?.stale?a`<p class="quiet">
              ${i(`community.outlook.stale`,{time:r.dayTime(e.issued,n)})}
            </p>`:t}
    </section>`}prices({prices:e},n){let{localize:r}=this,{community:i,fee:o}=e;if(i===null)return t;let s=[[`community.price.buying`,o===null?null:i+o],[`community.price.import`,e.import],[`community.price.selling`,i],[`community.price.export`,e.export]];return a`<section>
      <h3>${r(`community.price`)}</h3>
      <dl class="prices">
        ${s.map(([e,t])=>a`<dt>${r(e)}</dt><dd>${t===null?`–`:n.price(t)}</dd>`)}
      </dl>
    </section>`}};x=w,x.styles=[i,r,d,b],c([l()],w.prototype,`span`,void 0);export{w as ShemsCommunityCard};