import{B as e,K as t,R as n,V as r,W as i,Y as a,t as o}from"./decorate-DrtAILJA.js";import{t as s}from"./live-card-rS1osgjI.js";import{t as c}from"./style-bLaJ5Byd.js";var l=[`day`,`month`,`year`,`total`],u=[`shifting`,`self_use`,`export`,`peak`],d,f=.005,p=.1,m=a`
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
`,h=class extends s{constructor(){super(`shems/savings/subscribe`),this.span=`month`}currency(){return this.feed.message?.currency??``}content(e,n){let{config:r,localize:i}=this,a=e.spans[this.span];return t`
      <header>
        <h2>${r?.title||i(`savings.title`)}</h2>
        <select
          aria-label=${i(`savings.span`)}
          @change=${e=>{this.span=e.target.value}}
        >
          ${l.map(e=>t`<option value=${e} ?selected=${e===this.span}>
                ${i(`savings.span.${e}`)}
              </option>`)}
        </select>
      </header>
      ${a?this.saved(a,e.names,n):t`<p class="quiet">${i(`savings.none`)}</p>`}
    `}saved(e,n,r){let{localize:a}=this,o=Object.entries(e.by_device).filter(([,e])=>Math.abs(e)>=f).sort(([,e],[,t])=>t-e).map(([e,t])=>[n[e]??a(`savings.home`),t]),s=u.filter(t=>Math.abs(e.by_cause[t]??0)>=f).map(t=>[a(`savings.cause.${t}`),e.by_cause[t]??0]),c=[[a(`savings.cost`),e.cost],[a(`savings.without`),e.without],[a(`savings.no_battery`),e.no_battery]];return t`
      <p class="saved">${r.money(e.saving)}</p>
      ${this.rows(`savings.by_device`,o,r)}
      ${this.rows(`savings.by_cause`,s,r)}
      ${this.rows(`savings.bounds`,c,r)}
      <p class="quiet">
        ${a(`savings.compared`)} ${a(`savings.believed`)}
        ${e.left_out_hours>=p?a(`savings.left_out`,{hours:r.brief(e.left_out_hours)}):i}
        ${e.foreseen_hours>=p?a(`savings.foresight`,{missed:r.money(e.missed),days:r.number(e.foreseen_hours/24,0)}):i}
      </p>
    `}rows(e,n,r){return n.length===0?i:t`<h3>${this.localize(e)}</h3>
      <dl>
        ${n.map(([e,n])=>t`<dt>${e}</dt><dd>${r.money(n)}</dd>`)}
      </dl>`}};d=h,d.styles=[e,n,c,m],o([r()],h.prototype,`span`,void 0);export{h as ShemsSavingsCard};