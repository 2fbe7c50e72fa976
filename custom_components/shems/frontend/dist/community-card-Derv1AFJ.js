import{A as e,F as t,L as n,M as r,R as i,T as a,j as o,t as s,y as c,z as l}from"./decorate-DaL5ErBu.js";import{t as u}from"./live-card-CIfJJRqm.js";import{t as d}from"./style-SmXOdLvS.js";var f=480,p=120,m=6,h=.1,g=(e,t)=>{let n=new Map;return e.need_kwh.forEach((r,i)=>{let a=e.start+i*e.step_s;if(a+e.step_s<=t)return;let o=a-a%3600,s=n.get(o)??{start:o,need:0,surplus:0};s.need+=r,s.surplus+=e.surplus_kwh[i]??0,n.set(o,s)}),[...n.values()]},_=(e,r,{localize:a,format:o})=>{let s=g(e,r),[c]=s;if(!c)return t;let l=Math.max(h,...s.flatMap(e=>[e.need,e.surplus])),u=p/2,d=e=>56*e/l,_=f/s.length,v=Math.min(2,_/4),y=(e,t,n,r)=>i`<rect class=${r} x=${e*_+v/2} width=${_-v}
      y=${n?u-d(t):u} height=${d(t)}></rect>`,b=a(`community.outlook.aria`,{start:o.dayTime(c.start,r),hours:s.length,surplus:o.energy(s.reduce((e,t)=>e+t.surplus,0)),need:o.energy(s.reduce((e,t)=>e+t.need,0))});return n`
    <div class="legend" aria-hidden="true">
      <span class="surplus">${a(`community.surplus`)}</span>
      <span class="need">${a(`community.need`)}</span>
    </div>
    <svg class="outlook" viewBox="0 0 ${f} ${134}" role="img" aria-label=${b}>
      ${s.map(({need:e,surplus:t},n)=>{let r=Math.min(e,t);return i`${y(n,t,!0,`surplus`)}${y(n,e,!1,`need`)}
          ${y(n,r,!0,`shared up`)}${y(n,r,!1,`shared down`)}`})}
      <line x1="0" x2=${f} y1=${u} y2=${u}></line>
      ${s.map(({start:e},n)=>o.clock(e).hour%m===0?i`<text x=${n*_} y=${132}>${o.fullHour(e)}</text>`:t)}
    </svg>
    <details>
      <summary>${a(`table.open`)}</summary>
      <div class="scroll" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">${a(`table.time`)}</th>
              <th scope="col">${a(`community.surplus`)}</th>
              <th scope="col">${a(`community.need`)}</th>
            </tr>
          </thead>
          <tbody>
            ${s.map(({start:e,need:t,surplus:i})=>n`<tr>
                  <th scope="row">${o.dayTime(e,r)}</th>
                  <td>${o.energy(i)}</td>
                  <td>${o.energy(t)}</td>
                </tr>`)}
          </tbody>
        </table>
      </div>
    </details>
  `},v=[`day`,`month`,`total`],y=l`
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
    height: auto;
    direction: ltr;
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
  }
  .outlook text {
    font-size: 11px;
    fill: var(--shems-text);
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
`,b,x=`shems-community-card`,S=`/config/integrations/dashboard/add?domain=shems`,C={measuring:`calm`,provisional:`warn`,final:`good`,void:`bad`},w=class extends u{static getStubConfig(){return{type:`custom:${x}`}}constructor(){super(`shems/community/subscribe`),this.span=`month`}getCardSize(){return 8}currency(){return this.feed.message?.currency??``}failed(e,t){let{localize:r}=this;return e.code===`not_found`?n`
      <div class="state" role="status">
        ${c(a)}
        <h3>${r(`community.empty.title`)}</h3>
        <p>${r(`community.empty.text`)}</p>
        <div class="actions"><a href=${S}>${r(`community.empty.add`)}</a></div>
      </div>
    `:super.failed(e,t)}content(e,t){let{config:r,localize:i,feed:a}=this,o=a.offline||e.connection!==`connected`;return n`
      <header>
        <h2>${r?.title||e.name||i(`community.title`)}</h2>
        <span class="chip ${o?`bad`:`good`}" role="status">
          ${i(a.offline?`status.offline`:`community.connection.${e.connection}`)}
        </span>
      </header>
      ${this.status(e,t)} ${this.shared(e,t)}
      ${this.outlook(e,t)} ${this.prices(e,t)}
      <p class="quiet">
        ${i(e.binding?`community.honest`:`community.advisory`)}
      </p>
    `}status({slot:e,online:r,members:i},a){let{localize:o}=this;return n`<div class="row">
      ${e?n`<span class="chip ${C[e.state]??`calm`}">
              ${o(`community.slot`,{start:a.time(e.start),end:a.time(e.end),state:o(`community.slot.${e.state}`)})}
            </span>`:t}
      <span class="chip calm">
        ${r===null?o(`community.members`,{members:i}):o(`community.online`,{online:r,members:i})}
      </span>
    </div>`}shared({spans:e},t){let{localize:r}=this,i=e[this.span];return n`
      <form @submit=${e=>e.preventDefault()}>
        <label>
          ${r(`savings.span`)}
          <select
            @change=${e=>{this.span=e.target.value}}
          >
            ${v.map(e=>n`<option value=${e} ?selected=${e===this.span}>
                  ${r(`savings.span.${e}`)}
                </option>`)}
          </select>
        </label>
      </form>
      ${i?this.figures(i,t):n`<p class="quiet">${r(`community.nothing`)}</p>`}
    `}figures(e,r){let{localize:i}=this,{saving:a,bought_kwh:o,sold_kwh:s,provisional:c,final:l}=e;return n`
      <dl class="figures">
        <div class="figure ${(a??0)>0?`gain`:``}">
          <dt>${i(`community.saved`)}</dt>
          <dd>${a===null?`–`:r.money(a)}</dd>
        </div>
        <div class="figure">
          <dt>${i(`community.bought`)}</dt>
          <dd>${r.energy(o)}</dd>
        </div>
        <div class="figure">
          <dt>${i(`community.sold`)}</dt>
          <dd>${r.energy(s)}</dd>
        </div>
      </dl>
      <p class="quiet">
        ${i(`community.compared`)}
        ${i(`community.counted`,{provisional:c,final:l})}
        ${e.void>0?i(`community.void`,{count:e.void}):t}
      </p>
    `}outlook({outlook:e,now:r},i){let{localize:a}=this,o=e?_(e,r,{localize:a,format:i}):t;return n`<section>
      <h3>${a(`community.outlook`)}</h3>
      ${o===t?n`<p class="quiet">${a(`community.outlook.none`)}</p>`:o}
      ${e?.stale?n`<p class="quiet">
              ${a(`community.outlook.stale`,{time:i.dayTime(e.issued,r)})}
            </p>`:t}
    </section>`}prices({prices:e},r){let{localize:i}=this,{community:a,fee:o}=e;if(a===null)return t;let s=[[`community.price.buying`,o===null?null:a+o],[`community.price.import`,e.import],[`community.price.selling`,a],[`community.price.export`,e.export]];return n`<section>
      <h3>${i(`community.price`)}</h3>
      <dl class="prices">
        ${s.map(([e,t])=>n`<dt>${i(e)}</dt><dd>${t===null?`–`:r.price(t)}</dd>`)}
      </dl>
    </section>`}};b=w,b.styles=[o,e,d,y],s([r()],w.prototype,`span`,void 0);export{w as ShemsCommunityCard};