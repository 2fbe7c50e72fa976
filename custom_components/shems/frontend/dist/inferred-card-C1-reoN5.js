import{B as e,K as t,R as n,W as r,Y as i,s as a}from"./decorate-DrtAILJA.js";import{t as o}from"./live-card-rS1osgjI.js";import{t as s}from"./words-localize-ChFSWFnp.js";import{t as c}from"./style-bLaJ5Byd.js";var l,u={trusted:`good`,effective:`warn`,rejected:`bad`,prior:`calm`},d=i`
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
`,f=new Set([`morning_h`,`evening_h`,`charging_h`]),p=new Set([`limit`,`air_share`,`round_trip`,`away`]),m=({name:e,unit:t},n,r)=>f.has(e)?r.timeOfDay(n):p.has(e)?r.percent(n):t===`kW`?r.power(n):r.brief(n),h=({name:e,unit:t})=>t!==``&&t!==`kW`&&!f.has(e)&&!p.has(e),g=class extends o{constructor(){super(`shems/inferred/subscribe`)}currency(){return``}content(e,n){let{localize:r}=this;return t`
      <header><h2>${this.config?.title||r(`inferred.title`)}</h2></header>
      ${e.subjects.length===0?t`<p class="quiet">${r(`inferred.none`)}</p>`:t`<div class="subjects">
                ${e.subjects.map(e=>this.subject(e,n))}
              </div>
              <p class="quiet">
                ${r(`inferred.enter`)} <a href=${a}>${r(`action.open`)}</a>
              </p>`}
    `}subject(e,n){let{localize:i}=this,a=this.said(`inferred.block`,e.block);return t`
      <section>
        <header>
          <h3>${e.name?`${a}: ${e.name}`:a}</h3>
          <span class="chip ${u[e.verdict]}">
            ${i(`inferred.verdict.${e.verdict}`)}
          </span>
        </header>
        <p class="quiet">
          ${i(`inferred.verdict.${e.verdict}.help`,{days:n.number(e.days,0)})}
        </p>
        ${e.alarms.length>0?t`<ul class="quiet">
                ${e.alarms.map(e=>t`<li>${this.said(`inferred.alarm`,e)}</li>`)}
              </ul>`:r}
        ${e.verdict===`rejected`?r:this.parameters(e,n)}
      </section>
    `}parameters({verdict:e,parameters:n},r){let i=t`<table>
      <tbody>
        ${n.map(e=>this.parameter(e,r))}
      </tbody>
    </table>`;return e===`prior`?t`<details>
      <summary>${this.localize(`table.open`)}</summary>
      ${i}
    </details>`:i}parameter(e,n){let{localize:i}=this,a=t=>m(e,t,n),{name:o,mean:s,low:c,high:l,entered:u}=e;return t`<tr>
      <th scope="row">
        ${this.said(`inferred.parameter`,o)}
        ${u?t`<span class="quiet">${i(`inferred.entered`)}</span>`:r}
      </th>
      <td>${a(s)}${h(e)?` ${e.unit}`:r}</td>
      <td class="quiet">${a(c)} – ${a(l)}</td>
    </tr>`}said(e,t){let n=`${e}.${t}`;return s(n)?this.localize(n):t.replaceAll(`_`,` `)}};l=g,l.styles=[e,n,c,d];export{g as ShemsInferredCard};