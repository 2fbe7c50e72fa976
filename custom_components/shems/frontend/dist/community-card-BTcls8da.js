import{D as e,F as t,I as n,N as r,O as i,T as a,d as o,j as s,o as c,t as l}from"./decorate-BzqmqkeY.js";import{t as u}from"./live-card-6B5nvfx8.js";import{t as d}from"./style-CP6jKjb0.js";var f=480,p=120,m=6,h=3,g=.1,_=(e,t)=>{let n=new Map;return e.need_kwh.forEach((r,i)=>{let a=e.start+i*e.step_s;if(a+e.step_s<=t)return;let o=a-a%3600,s=n.get(o)??{start:o,need:0,surplus:0};s.need+=r,s.surplus+=e.surplus_kwh[i]??0,n.set(o,s)}),[...n.values()]},v=(e,n,{localize:i,format:a})=>{let o=_(e,n),[c]=o;if(!c)return s;let l=Math.max(g,...o.flatMap(e=>[e.need,e.surplus])),u=p/2,d=e=>56*e/l,v=f/o.length,y=Math.min(2,v/4),b=(e,n,r,i)=>t`<rect class=${i} x=${e*v+y/2} width=${v-y}
      y=${r?u-d(n):u} height=${d(n)}></rect>`,x=i(`community.outlook.aria`,{start:a.dayTime(c.start,n),hours:o.length,surplus:a.energy(o.reduce((e,t)=>e+t.surplus,0)),need:a.energy(o.reduce((e,t)=>e+t.need,0))});return r`
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
      ${o.map(({start:e,need:r,surplus:i},o)=>{let s=Math.min(r,i),c=`${a.dayTime(e,n)}: +${a.energy(i)}, −${a.energy(r)}`;return t`<g><title>${c}</title>
          ${b(o,i,!0,`surplus`)}${b(o,r,!1,`need`)}
          ${b(o,s,!0,`shared up`)}${b(o,s,!1,`shared down`)}</g>`})}
      <line x1="0" x2=${f} y1=${u} y2=${u}></line>
    </svg>
    <div class="hours" aria-hidden="true">
      ${o.map(({start:e},t)=>a.clock(e).hour%m===0&&t<=o.length-h?r`<span style="left:${100*t/o.length}%">${a.fullHour(e)}</span>`:s)}
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
            ${o.map(({start:e,need:t,surplus:i})=>r`<tr>
                  <th scope="row">${a.dayTime(e,n)}</th>
                  <td>${a.energy(i)}</td>
                  <td>${a.energy(t)}</td>
                </tr>`)}
          </tbody>
        </table>
      </div>
    </details>
  `},y=[`day`,`month`,`total`],b=n`
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
`,x,S=`/config/integrations/dashboard/add?domain=shems`,C={measuring:`calm`,provisional:`warn`,final:`good`,void:`bad`},w=class extends u{constructor(){super(`shems/community/subscribe`),this.span=`month`}currency(){return this.feed.message?.currency??``}failed(e,t){let{localize:n}=this;return e.code===`not_found`?r`
      <div class="state" role="status">
        ${c(o)}
        <h3>${n(`community.empty.title`)}</h3>
        <p>${n(`community.empty.text`)}</p>
        <div class="actions"><a href=${S}>${n(`community.empty.add`)}</a></div>
      </div>
    `:super.failed(e,t)}content(e,t){let{config:n,localize:i,feed:a}=this,o=e.connection===`connected`;return r`
      <header>
        <h2>${n?.title||e.name||i(`community.title`)}</h2>
        ${a.offline?s:r`<span class="chip ${o?`good`:`bad`}" role="status">
                ${i(`community.connection.${e.connection}`)}
              </span>`}
      </header>
      ${this.status(e,t)} ${this.shared(e,t)}
      ${this.outlook(e,t)} ${this.prices(e,t)}
      <p class="quiet">
        ${i(e.binding?`community.honest`:`community.advisory`)}
      </p>
    `}status({slot:e,online:t,members:n},i){let{localize:a}=this;return r`<div class="row">
      ${e?r`<span class="chip ${C[e.state]??`calm`}">
              ${a(`community.slot`,{start:i.time(e.start),end:i.time(e.end),state:a(`community.slot.${e.state}`)})}
            </span>`:s}
      <span class="chip calm">
        ${t===null?a(`community.members`,{members:n}):a(`community.online`,{online:t,members:n})}
      </span>
    </div>`}shared({spans:e},t){let{localize:n}=this,i=e[this.span];return r`
      <form @submit=${e=>e.preventDefault()}>
        <label>
          ${n(`savings.span`)}
          <select
            @change=${e=>{this.span=e.target.value}}
          >
            ${y.map(e=>r`<option value=${e} ?selected=${e===this.span}>
                  ${n(`savings.span.${e}`)}
                </option>`)}
          </select>
        </label>
      </form>
      ${i?this.figures(i,t):r`<p class="quiet">${n(`community.nothing`)}</p>`}
    `}figures(e,t){let{localize:n}=this,{saving:i,bought_kwh:a,sold_kwh:o,provisional:c,final:l}=e,u=e.void>0?n(`community.void`,{count:e.void}):s;return c+l===0?r`<p class="quiet">${n(`community.unsettled`)} ${u}</p>`:r`
      <dl class="figures">
        <div class="figure ${(i??0)>0?`gain`:``}">
          <dt>${n(`community.saved`)}</dt>
          <dd>${i===null?`–`:t.money(i)}</dd>
        </div>
        <div class="figure">
          <dt>${n(`community.bought`)}</dt>
          <dd>${t.energy(a)}</dd>
        </div>
        <div class="figure">
          <dt>${n(`community.sold`)}</dt>
          <dd>${t.energy(o)}</dd>
        </div>
      </dl>
      <p class="quiet">
        ${n(`community.compared`)}
        ${n(`community.counted`,{provisional:c,final:l})}
        ${u}
      </p>
    `}outlook({outlook:e,now:t},n){let{localize:i}=this,a=e?v(e,t,{localize:i,format:n}):s;return r`<section>
      <h3>${i(`community.outlook`)}</h3>
      ${a===s?r`<p class="quiet">${i(`community.outlook.none`)}</p>`:a}
      ${e?.stale?r`<p class="quiet">
              ${i(`community.outlook.stale`,{time:n.dayTime(e.issued,t)})}
            </p>`:s}
    </section>`}prices({prices:e},t){let{localize:n}=this,{community:i,fee:a}=e;if(i===null)return s;let o=[[`community.price.buying`,a===null?null:i+a],[`community.price.import`,e.import],[`community.price.selling`,i],[`community.price.export`,e.export]];return r`<section>
      <h3>${n(`community.price`)}</h3>
      <dl class="prices">
        ${o.map(([e,i])=>r`<dt>${n(e)}</dt><dd>${i===null?`–`:t.price(i)}</dd>`)}
      </dl>
    </section>`}};x=w,x.styles=[e,a,d,b],l([i()],w.prototype,`span`,void 0);export{w as ShemsCommunityCard};