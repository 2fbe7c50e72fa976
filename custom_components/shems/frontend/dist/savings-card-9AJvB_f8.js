import{A as e,F as t,L as n,M as r,j as i,t as a,z as o}from"./decorate-DaL5ErBu.js";import{t as s}from"./live-card-CIfJJRqm.js";import{t as c}from"./style-SmXOdLvS.js";var l=[`day`,`month`,`year`,`total`],u=[`shifting`,`self_use`,`export`,`peak`],d,f=`shems-savings-card`,p=.005,m=.1,h=o`
  .saved {
    margin: 0;
    font-size: 32px;
    line-height: 40px;
    font-variant-numeric: tabular-nums;
  }
  h3 {
    margin: 12px 0 4px;
    font-size: 14px;
    line-height: 20px;
    font-weight: 500;
  }
  dl {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 4px 12px;
    margin: 0;
    font-size: 14px;
    line-height: 20px;
  }
  dt {
    overflow-wrap: anywhere;
  }
  dd {
    margin: 0;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
`,g=class extends s{static getStubConfig(){return{type:`custom:${f}`}}constructor(){super(`shems/savings/subscribe`),this.span=`month`}getCardSize(){return 7}currency(){return this.feed.message?.currency??``}content(e,t){let{config:r,localize:i}=this,a=e.spans[this.span];return n`
      <header><h2>${r?.title||i(`savings.title`)}</h2></header>
      <form @submit=${e=>e.preventDefault()}>
        <label>
          ${i(`savings.span`)}
          <select
            @change=${e=>{this.span=e.target.value}}
          >
            ${l.map(e=>n`<option value=${e} ?selected=${e===this.span}>
                  ${i(`savings.span.${e}`)}
                </option>`)}
          </select>
        </label>
      </form>
      ${a?this.saved(a,e.names,t):n`<p class="quiet">${i(`savings.none`)}</p>`}
    `}saved(e,r,i){let{localize:a}=this,o=Object.entries(e.by_device).filter(([,e])=>Math.abs(e)>=p).sort(([,e],[,t])=>t-e).map(([e,t])=>[r[e]??a(`savings.home`),t]),s=u.filter(t=>Math.abs(e.by_cause[t]??0)>=p).map(t=>[a(`savings.cause.${t}`),e.by_cause[t]??0]),c=[[a(`savings.cost`),e.cost],[a(`savings.without`),e.without],[a(`savings.no_battery`),e.no_battery]];return n`
      <p class="saved">${i.money(e.saving)}</p>
      ${this.rows(`savings.by_device`,o,i)}
      ${this.rows(`savings.by_cause`,s,i)}
      ${this.rows(`savings.bounds`,c,i)}
      <p class="quiet">
        ${a(`savings.compared`)} ${a(`savings.believed`)}
        ${e.left_out_hours>=m?a(`savings.left_out`,{hours:i.number(e.left_out_hours,1)}):t}
        ${e.foreseen_hours>=m?a(`savings.foresight`,{missed:i.money(e.missed),days:i.number(e.foreseen_hours/24,0)}):t}
      </p>
    `}rows(e,r,i){return r.length===0?t:n`<h3>${this.localize(e)}</h3>
      <dl>
        ${r.map(([e,t])=>n`<dt>${e}</dt><dd>${i.money(t)}</dd>`)}
      </dl>`}};d=g,d.styles=[i,e,c,h],a([r()],g.prototype,`span`,void 0);export{g as ShemsSavingsCard};