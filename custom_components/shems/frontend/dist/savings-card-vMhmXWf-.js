import{H as e,L as t,R as n,W as r,q as i,t as a,z as o}from"./decorate-BfmZ39m_.js";import{t as s}from"./live-card-BwaBcYFx.js";import{t as c}from"./style-Cm2mpoyT.js";var l=[`day`,`month`,`year`,`total`],u=[`shifting`,`self_use`,`export`,`peak`],d,f=.005,p=.1,m=i`
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
`,h=class extends s{constructor(){super(`shems/savings/subscribe`),this.span=`month`}currency(){return this.feed.message?.currency??``}content(e,t){let{config:n,localize:i}=this,a=e.spans[this.span];return r`
      <header>
        <h2>${n?.title||i(`savings.title`)}</h2>
        <select
          aria-label=${i(`savings.span`)}
          @change=${e=>{this.span=e.target.value}}
        >
          ${l.map(e=>r`<option value=${e} ?selected=${e===this.span}>
                ${i(`savings.span.${e}`)}
              </option>`)}
        </select>
      </header>
      ${a?this.saved(a,e.names,t):r`<p class="quiet">${i(`savings.none`)}</p>`}
    `}saved(t,n,i){let{localize:a}=this,o=Object.entries(t.by_device).filter(([,e])=>Math.abs(e)>=f).sort(([,e],[,t])=>t-e).map(([e,t])=>[n[e]??a(`savings.home`),t]),s=u.filter(e=>Math.abs(t.by_cause[e]??0)>=f).map(e=>[a(`savings.cause.${e}`),t.by_cause[e]??0]),c=[[a(`savings.cost`),t.cost],[a(`savings.without`),t.without],[a(`savings.no_battery`),t.no_battery]];return r`
      <p class="saved">${i.money(t.saving)}</p>
      ${this.rows(`savings.by_device`,o,i)}
      ${this.rows(`savings.by_cause`,s,i)}
      ${this.rows(`savings.bounds`,c,i)}
      <p class="quiet">
        ${a(`savings.compared`)} ${a(`savings.believed`)}
        ${t.left_out_hours>=p?a(`savings.left_out`,{hours:i.brief(t.left_out_hours)}):e}
        ${t.foreseen_hours>=p?a(`savings.foresight`,{missed:i.money(t.missed),days:i.number(t.foreseen_hours/24,0)}):e}
      </p>
    `}rows(t,n,i){return n.length===0?e:r`<h3>${this.localize(t)}</h3>
      <dl>
        ${n.map(([e,t])=>r`<dt>${e}</dt><dd>${i.money(t)}</dd>`)}
      </dl>`}};d=h,d.styles=[n,t,c,m],a([o()],h.prototype,`span`,void 0);export{h as ShemsSavingsCard};