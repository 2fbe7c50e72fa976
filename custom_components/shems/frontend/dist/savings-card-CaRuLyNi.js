import{H as e,L as t,R as n,W as r,q as i,t as a,z as o}from"./decorate-CxmPAGRY.js";import{t as s}from"./live-card-D7dBMyYx.js";import{t as c}from"./style-wzypP61B.js";var l=[`day`,`month`,`year`,`total`],u=[`shifting`,`self_use`,`export`,`peak`],d,f=`shems-savings-card`,p=.005,m=.1,h=i`
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
`,g=class extends s{static getStubConfig(){return{type:`custom:${f}`}}constructor(){super(`shems/savings/subscribe`),this.span=`month`}getCardSize(){return 7}currency(){return this.feed.message?.currency??``}content(e,t){let{config:n,localize:i}=this,a=e.spans[this.span];return r`
      <header><h2>${n?.title||i(`savings.title`)}</h2></header>
      <form @submit=${e=>e.preventDefault()}>
        <label>
          ${i(`savings.span`)}
          <select
            @change=${e=>{this.span=e.target.value}}
          >
            ${l.map(e=>r`<option value=${e} ?selected=${e===this.span}>
                  ${i(`savings.span.${e}`)}
                </option>`)}
          </select>
        </label>
      </form>
      ${a?this.saved(a,e.names,t):r`<p class="quiet">${i(`savings.none`)}</p>`}
    `}saved(t,n,i){let{localize:a}=this,o=Object.entries(t.by_device).filter(([,e])=>Math.abs(e)>=p).sort(([,e],[,t])=>t-e).map(([e,t])=>[n[e]??a(`savings.home`),t]),s=u.filter(e=>Math.abs(t.by_cause[e]??0)>=p).map(e=>[a(`savings.cause.${e}`),t.by_cause[e]??0]),c=[[a(`savings.cost`),t.cost],[a(`savings.without`),t.without],[a(`savings.no_battery`),t.no_battery]];return r`
      <p class="saved">${i.money(t.saving)}</p>
      ${this.rows(`savings.by_device`,o,i)}
      ${this.rows(`savings.by_cause`,s,i)}
      ${this.rows(`savings.bounds`,c,i)}
      <p class="quiet">
        ${a(`savings.compared`)} ${a(`savings.believed`)}
        ${t.left_out_hours>=m?a(`savings.left_out`,{hours:i.number(t.left_out_hours,1)}):e}
        ${t.foreseen_hours>=m?a(`savings.foresight`,{missed:i.money(t.missed),days:i.number(t.foreseen_hours/24,0)}):e}
      </p>
    `}rows(t,n,i){return n.length===0?e:r`<h3>${this.localize(t)}</h3>
      <dl>
        ${n.map(([e,t])=>r`<dt>${e}</dt><dd>${i.money(t)}</dd>`)}
      </dl>`}};d=g,d.styles=[n,t,c,h],a([o()],g.prototype,`span`,void 0);export{g as ShemsSavingsCard};