import{I as e,K as t,L as n,R as r,U as i,V as a,t as o}from"./decorate-CPDTJUh0.js";import{t as s}from"./live-card-iG52TTk3.js";import{t as c}from"./style-C8lNcurK.js";var l=[`day`,`month`,`year`,`total`],u=[`shifting`,`self_use`,`export`,`peak`],d,f=`shems-savings-card`,p=.005,m=.1,h=t`
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
`,g=class extends s{static getStubConfig(){return{type:`custom:${f}`}}constructor(){super(`shems/savings/subscribe`),this.span=`month`}getCardSize(){return 7}currency(){return this.feed.message?.currency??``}content(e,t){let{config:n,localize:r}=this,a=e.spans[this.span];return i`
      <header><h2>${n?.title||r(`savings.title`)}</h2></header>
      <form @submit=${e=>e.preventDefault()}>
        <label>
          ${r(`savings.span`)}
          <select
            @change=${e=>{this.span=e.target.value}}
          >
            ${l.map(e=>i`<option value=${e} ?selected=${e===this.span}>
                  ${r(`savings.span.${e}`)}
                </option>`)}
          </select>
        </label>
      </form>
      ${a?this.saved(a,e.names,t):i`<p class="quiet">${r(`savings.none`)}</p>`}
    `}saved(e,t,n){let{localize:r}=this,o=Object.entries(e.by_device).filter(([,e])=>Math.abs(e)>=p).sort(([,e],[,t])=>t-e).map(([e,n])=>[t[e]??r(`savings.home`),n]),s=u.filter(t=>Math.abs(e.by_cause[t]??0)>=p).map(t=>[r(`savings.cause.${t}`),e.by_cause[t]??0]),c=[[r(`savings.cost`),e.cost],[r(`savings.without`),e.without],[r(`savings.no_battery`),e.no_battery]];return i`
      <p class="saved">${n.money(e.saving)}</p>
      ${this.rows(`savings.by_device`,o,n)}
      ${this.rows(`savings.by_cause`,s,n)}
      ${this.rows(`savings.bounds`,c,n)}
      <p class="quiet">
        ${r(`savings.compared`)} ${r(`savings.believed`)}
        ${e.left_out_hours>=m?r(`savings.left_out`,{hours:n.number(e.left_out_hours,1)}):a}
        ${e.foreseen_hours>=m?r(`savings.foresight`,{missed:n.money(e.missed),days:n.number(e.foreseen_hours/24,0)}):a}
      </p>
    `}rows(e,t,n){return t.length===0?a:i`<h3>${this.localize(e)}</h3>
      <dl>
        ${t.map(([e,t])=>i`<dt>${e}</dt><dd>${n.money(t)}</dd>`)}
      </dl>`}};d=g,d.styles=[n,e,c,h],o([r()],g.prototype,`span`,void 0);export{g as ShemsSavingsCard};