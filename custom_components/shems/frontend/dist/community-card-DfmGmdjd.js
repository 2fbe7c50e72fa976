import{B as e,J as t,K as n,O as r,R as i,V as a,W as o,Y as s,t as c,x as l}from"./decorate-DrtAILJA.js";import{t as u}from"./live-card-rS1osgjI.js";import{t as d}from"./style-bLaJ5Byd.js";var f=480,p=120,m=6,h=3,g=.1,_=(e,t)=>{let n=new Map;return e.need_kwh.forEach((r,i)=>{let a=e.start+i*e.step_s;if(a+e.step_s<=t)return;let o=a-a%3600,s=n.get(o)??{start:o,need:0,surplus:0};s.need+=r,s.surplus+=e.surplus_kwh[i]??0,n.set(o,s)}),[...n.values()]},v=(e,r,{localize:i,format:a})=>{let s=_(e,r),[c]=s;if(!c)return o;let l=Math.max(g,...s.flatMap(e=>[e.need,e.surplus])),u=p/2,d=e=>56*e/l,v=f/s.length,y=Math.min(2,v/4),b=(e,n,r,i)=>t`<rect class=${i} x=${e*v+y/2} width=${v-y}
      y=${r?u-d(n):u} height=${d(n)}></rect>`,x=i(`community.outlook.aria`,{start:a.dayTime(c.start,r),hours:s.length,surplus:a.energy(s.reduce((e,t)=>e+t.surplus,0)),need:a.energy(s.reduce((e,t)=>e+t.need,0))});return n`
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
      ${s.map(({start:e,need:n,surplus:i},o)=>{let s=Math.min(n,i),c=`${a.dayTime(e,r)}: +${a.energy(i)}, −${a.energy(n)}`;return t`<g><title>${c}</title>
          ${b(o,i,!0,`surplus`)}${b(o,n,!1,`need`)}
          ${b(o,s,!0,`shared up`)}${b(o,s,!1,`shared down`)}</g>`})}
      <line x1="0" x2=${f} y1=${u} y2=${u}></line>
    </svg>
    <div class="hours" aria-hidden="true">
      ${s.map(({start:e},t)=>a.clock(e).hour%m===0&&t<=s.length-h?n`<span style="left:${100*t/s.length}%">${a.fullHour(e)}</span>`:o)}
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
            ${s.map(({start:e,need:t,surplus:i})=>n`<tr>
                  <th scope="row">${a.dayTime(e,r)}</th>
                  <td>${a.energy(i)}</td>
                  <td>${a.energy(t)}</td>
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
`,x,S=`/config/integrations/dashboard/add?domain=shems`,C={measuring:`calm`,provisional:`warn`,final:`good`,void:`bad`},w=class extends u{constructor(){super(`shems/community/subscribe`),this.span=`month`}currency(){return this.feed.message?.currency??``}failed(e,t){let{localize:i}=this;return e.code===`not_found`?n`
      <div class="state" role="status">
        ${l(r)}
        <h3>${i(`community.empty.title`)}</h3>
        <p>${i(`community.empty.text`)}</p>
        <div class="actions"><a href=${S}>${i(`community.empty.add`)}</a></div>
      </div>
    `:super.failed(e,t)}content(e,t){let{config:r,localize:i,feed:a}=this,s=e.connection===`connected`;return n`
      <header>
        <h2>${r?.title||e.name||i(`community.title`)}</h2>
        ${a.offline?o:n`<span class="chip ${s?`good`:`bad`}" role="status">
                ${i(`community.connection.${e.connection}`)}
              </span>`}
      </header>
      ${this.status(e,t)} ${this.shared(e,t)}
      ${this.outlook(e,t)} ${this.prices(e,t)}
      <p class="quiet">
        ${i(e.binding?`community.honest`:`community.advisory`)}
      </p>
    `}status({slot:e,online:t,members:r},i){let{localize:a}=this;return n`<div class="row">
      ${e?n`<span class="chip ${C[e.state]??`calm`}">
              ${a(`community.slot`,{start:i.time(e.start),end:i.time(e.end),state:a(`community.slot.${e.state}`)})}
            </span>`:o}
      <span class="chip calm">
        ${t===null?a(`community.members`,{members:r}):a(`community.online`,{online:t,members:r})}
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
    `}figures(e,t){let{localize:r}=this,{saving:i,bought_kwh:a,sold_kwh:s,provisional:c,final:l}=e;return n`
      <dl class="figures">
        <div class="figure ${(i??0)>0?`gain`:``}">
          <dt>${r(`community.saved`)}</dt>
          <dd>${i===null?`–`:t.money(i)}</dd>
        </div>
        <div class="figure">
          <dt>${r(`community.bought`)}</dt>
          <dd>${t.energy(a)}</dd>
        </div>
        <div class="figure">
          <dt>${r(`community.sold`)}</dt>
          <dd>${t.energy(s)}</dd>
        </div>
      </dl>
      <p class="quiet">
        ${r(`community.compared`)}
        ${r(`community.counted`,{provisional:c,final:l})}
        ${e.void>0?r(`community.void`,{count:e.void}):o}
      </p>
    `}outlook({outlook:e,now:t},r){let{localize:i}=this,a=e?v(e,t,{localize:i,format:r}):o;return n`<section>
      <h3>${i(`community.outlook`)}</h3>
      ${a===o?n`<p class="quiet">${i(`community.outlook.none`)}</p>`:a}
      ${e?.stale?n`<p class="quiet">
              ${i(`community.outlook.stale`,{time:r.dayTime(e.issued,t)})}
            </p>`:o}
    </section>`}prices({prices:e},t){let{localize:r}=this,{community:i,fee:a}=e;if(i===null)return o;let s=[[`community.price.buying`,a===null?null:i+a],[`community.price.import`,e.import],[`community.price.selling`,i],[`community.price.export`,e.export]];return n`<section>
      <h3>${r(`community.price`)}</h3>
      <dl class="prices">
        ${s.map(([e,i])=>n`<dt>${r(e)}</dt><dd>${i===null?`–`:t.price(i)}</dd>`)}
      </dl>
    </section>`}};x=w,x.styles=[e,i,d,b],c([a()],w.prototype,`span`,void 0);export{w as ShemsCommunityCard};