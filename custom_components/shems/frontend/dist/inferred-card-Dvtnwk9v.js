import{H as e,L as t,R as n,W as r,q as i}from"./decorate-BfmZ39m_.js";import{t as a}from"./live-card-BwaBcYFx.js";import{t as o}from"./words-localize-BRELbkC_.js";import{t as s}from"./style-Cm2mpoyT.js";var c,l={trusted:`good`,effective:`warn`,rejected:`bad`,prior:`calm`},u=i`
  .subjects {
    columns: 320px;
    column-gap: 32px;
  }
  .subjects section {
    break-inside: avoid;
    margin-block-end: 24px;
  }
  .subjects h3 {
    margin: 0;
    font-size: 15px;
    font-weight: 500;
  }
  td {
    white-space: nowrap;
  }
`,d=new Set([`morning_h`,`evening_h`,`charging_h`]),f=new Set([`limit`,`air_share`,`round_trip`,`away`]),p=({name:e,unit:t},n,r)=>d.has(e)?r.timeOfDay(n):f.has(e)?r.percent(n):t===`kW`?r.power(n):r.brief(n),m=({name:e,unit:t})=>t!==``&&t!==`kW`&&!d.has(e)&&!f.has(e),h=class extends a{constructor(){super(`shems/inferred/subscribe`)}currency(){return``}content(e,t){let{localize:n}=this;return r`
      <header><h2>${this.config?.title||n(`inferred.title`)}</h2></header>
      ${e.subjects.length===0?r`<p class="quiet">${n(`inferred.none`)}</p>`:r`<div class="subjects">
              ${e.subjects.map(e=>this.subject(e,t))}
            </div>`}
    `}subject(t,n){let{localize:i}=this,a=this.said(`inferred.block`,t.block);return r`
      <section>
        <header>
          <h3>${t.name?`${a}: ${t.name}`:a}</h3>
          <span class="chip ${l[t.verdict]}">
            ${i(`inferred.verdict.${t.verdict}`)}
          </span>
        </header>
        <p class="quiet">
          ${i(`inferred.verdict.${t.verdict}.help`,{days:n.number(t.days,0)})}
        </p>
        ${t.alarms.length>0?r`<ul class="quiet">
                ${t.alarms.map(e=>r`<li>${this.said(`inferred.alarm`,e)}</li>`)}
              </ul>`:e}
        ${t.verdict===`rejected`?e:this.parameters(t,n)}
      </section>
    `}parameters({verdict:e,parameters:t},n){let i=r`<table>
      <tbody>
        ${t.map(e=>this.parameter(e,n))}
      </tbody>
    </table>`;return e===`prior`?r`<details>
      <summary>${this.localize(`table.open`)}</summary>
      ${i}
    </details>`:i}parameter(t,n){let{localize:i}=this,a=e=>p(t,e,n),{name:o,mean:s,low:c,high:l,entered:u}=t;return r`<tr>
      <th scope="row">
        ${this.said(`inferred.parameter`,o)}
        ${u?r`<span class="quiet">${i(`inferred.entered`)}</span>`:e}
      </th>
      <td>${a(s)}${m(t)?` ${t.unit}`:e}</td>
      <td class="quiet">${a(c)} – ${a(l)}</td>
    </tr>`}said(e,t){let n=`${e}.${t}`;return o(n)?this.localize(n):t.replaceAll(`_`,` `)}};c=h,c.styles=[n,t,s,u];export{h as ShemsInferredCard};