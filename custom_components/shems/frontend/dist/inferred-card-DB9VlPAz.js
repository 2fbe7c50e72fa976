import{G as e,J as t,L as n,U as r,z as i}from"./decorate-CIz8RjeU.js";import{t as a}from"./live-card-CtnzhVIf.js";import{t as o}from"./words-localize-B1IC91yv.js";import{t as s}from"./style-CTTVC_Ly.js";var c,l={trusted:`good`,effective:`warn`,rejected:`bad`,prior:`calm`},u=t`
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
`,d=new Set([`morning_h`,`evening_h`,`charging_h`]),f=new Set([`limit`,`air_share`,`round_trip`,`away`]),p=({name:e,unit:t},n,r)=>d.has(e)?r.timeOfDay(n):f.has(e)?r.percent(n):t===`kW`?r.power(n):r.brief(n),m=({name:e,unit:t})=>t!==``&&t!==`kW`&&!d.has(e)&&!f.has(e),h=class extends a{constructor(){super(`shems/inferred/subscribe`)}currency(){return``}content(t,n){let{localize:r}=this;return e`
      <header><h2>${this.config?.title||r(`inferred.title`)}</h2></header>
      ${t.subjects.length===0?e`<p class="quiet">${r(`inferred.none`)}</p>`:e`<div class="subjects">
              ${t.subjects.map(e=>this.subject(e,n))}
            </div>`}
    `}subject(t,n){let{localize:i}=this,a=this.said(`inferred.block`,t.block);return e`
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
        ${t.alarms.length>0?e`<ul class="quiet">
                ${t.alarms.map(t=>e`<li>${this.said(`inferred.alarm`,t)}</li>`)}
              </ul>`:r}
        ${t.verdict===`rejected`?r:this.parameters(t,n)}
      </section>
    `}parameters({verdict:t,parameters:n},r){let i=e`<table>
      <tbody>
        ${n.map(e=>this.parameter(e,r))}
      </tbody>
    </table>`;return t===`prior`?e`<details>
      <summary>${this.localize(`table.open`)}</summary>
      ${i}
    </details>`:i}parameter(t,n){let{localize:i}=this,a=e=>p(t,e,n),{name:o,mean:s,low:c,high:l,entered:u}=t;return e`<tr>
      <th scope="row">
        ${this.said(`inferred.parameter`,o)}
        ${u?e`<span class="quiet">${i(`inferred.entered`)}</span>`:r}
      </th>
      <td>${a(s)}${m(t)?` ${t.unit}`:r}</td>
      <td class="quiet">${a(c)} – ${a(l)}</td>
    </tr>`}said(e,t){let n=`${e}.${t}`;return o(n)?this.localize(n):t.replaceAll(`_`,` `)}};c=h,c.styles=[i,n,s,u];export{h as ShemsInferredCard};