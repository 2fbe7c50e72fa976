import{D as e,I as t,N as n,O as r,T as i,j as a,t as o}from"./decorate-BzqmqkeY.js";import{t as s}from"./live-card-6B5nvfx8.js";import{t as c}from"./style-CP6jKjb0.js";var l=[`day`,`month`,`year`,`total`],u=[`shifting`,`self_use`,`export`,`peak`],d,f=.005,p=.1,m=t`
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
`,h=class extends s{constructor(){super(`shems/savings/subscribe`),this.span=`month`}currency(){return this.feed.message?.currency??``}content(e,t){let{config:r,localize:i}=this,a=e.spans[this.span];return n`
      <header>
        <h2>${r?.title||i(`savings.title`)}</h2>
        <select
          aria-label=${i(`savings.span`)}
          @change=${e=>{this.span=e.target.value}}
        >
          ${l.map(e=>n`<option value=${e} ?selected=${e===this.span}>
                ${i(`savings.span.${e}`)}
              </option>`)}
        </select>
      </header>
      ${a?this.saved(a,e.names,t):n`<p class="quiet">${i(`savings.none`)}</p>`}
    `}saved(e,t,r){let{localize:i}=this,o=Object.entries(e.by_device).filter(([,e])=>Math.abs(e)>=f).sort(([,e],[,t])=>t-e).map(([e,n])=>[t[e]??i(`savings.home`),n]),s=u.filter(t=>Math.abs(e.by_cause[t]??0)>=f).map(t=>[i(`savings.cause.${t}`),e.by_cause[t]??0]),c=[[i(`savings.cost`),e.cost],[i(`savings.without`),e.without],[i(`savings.no_battery`),e.no_battery]],l=e.hours-e.left_out_hours>=p;return n`
      ${l?n`<p class="saved">${r.money(e.saving)}</p>
              ${this.rows(`savings.by_device`,o,r)}
              ${this.rows(`savings.by_cause`,s,r)}
              ${this.rows(`savings.bounds`,c,r)}`:n`<p>${i(`savings.not_compared`)}</p>`}
      <p class="quiet">
        ${i(`savings.compared`)} ${i(`savings.believed`)}
        ${e.left_out_hours>=p?i(`savings.left_out`,{hours:r.brief(e.left_out_hours),cost:r.money(e.left_out_cost)}):a}
        ${e.foreseen_hours>=p?i(`savings.foresight`,{missed:r.money(e.missed),days:r.number(e.foreseen_hours/24,0)}):a}
      </p>
    `}rows(e,t,r){return t.length===0?a:n`<h3>${this.localize(e)}</h3>
      <dl>
        ${t.map(([e,t])=>n`<dt>${e}</dt><dd>${r.money(t)}</dd>`)}
      </dl>`}};d=h,d.styles=[e,i,c,m],o([r()],h.prototype,`span`,void 0);export{h as ShemsSavingsCard};