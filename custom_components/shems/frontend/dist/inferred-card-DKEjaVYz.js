import{D as e,I as t,N as n,T as r,j as i}from"./decorate-BzqmqkeY.js";import{a}from"./feed-CxZS6nj2.js";import{t as o}from"./live-card-6B5nvfx8.js";import{t as s}from"./words-localize-wrOfoJDi.js";import{t as c}from"./style-CP6jKjb0.js";var l,u={trusted:`good`,effective:`warn`,rejected:`bad`,prior:`calm`},d=t`
  .subjects {
    columns: 320px;
    column-gap: 32px;
  }
  .subjects section {
    grid-template-columns: minmax(0, 1fr);
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
`,f=new Set([`morning_h`,`evening_h`,`charging_h`]),p=new Set([`limit`,`air_share`,`round_trip`,`away`]),m=({name:e,unit:t},n,r)=>f.has(e)?r.timeOfDay(n):p.has(e)?r.percent(n):t===`kW`?r.power(n):r.brief(n),h=({name:e,unit:t})=>t!==``&&t!==`kW`&&!f.has(e)&&!p.has(e),g=class extends o{constructor(){super(`shems/inferred/subscribe`)}currency(){return``}content(e,t){let{localize:r}=this;return n`
      <header><h2>${this.config?.title||r(`inferred.title`)}</h2></header>
      ${e.subjects.length===0?n`<p class="quiet">${r(`inferred.none`)}</p>`:n`<div class="subjects">
                ${e.subjects.map(e=>this.subject(e,t))}
              </div>
              <p class="quiet">
                ${r(`inferred.enter`)} <a href=${a}>${r(`action.open`)}</a>
              </p>`}
    `}subject(e,t){let{localize:r}=this,a=this.said(`inferred.block`,e.block);return n`
      <section>
        <header>
          <h3>${e.name?`${a}: ${e.name}`:a}</h3>
          <span class="chip ${u[e.verdict]}">
            ${r(`inferred.verdict.${e.verdict}`)}
          </span>
        </header>
        <p class="quiet">
          ${r(`inferred.verdict.${e.verdict}.help`,{days:t.number(e.days,0)})}
        </p>
        ${e.alarms.length>0?n`<ul class="quiet">
                ${e.alarms.map(e=>n`<li>${this.said(`inferred.alarm`,e)}</li>`)}
              </ul>`:i}
        ${e.verdict===`rejected`?i:this.parameters(e,t)}
      </section>
    `}parameters({verdict:e,parameters:t},r){let i=n`<table>
      <tbody>
        ${t.map(e=>this.parameter(e,r))}
      </tbody>
    </table>`;return e===`prior`?n`<details>
      <summary>${this.localize(`table.open`)}</summary>
      ${i}
    </details>`:i}parameter(e,t){let{localize:r}=this,a=n=>m(e,n,t),{name:o,mean:s,low:c,high:l,entered:u}=e;return n`<tr>
      <th scope="row">
        ${this.said(`inferred.parameter`,o)}
        ${u?n`<span class="quiet">${r(`inferred.entered`)}</span>`:i}
      </th>
      <td>${a(s)}${h(e)?` ${e.unit}`:i}</td>
      <td class="quiet">${a(c)} – ${a(l)}</td>
    </tr>`}said(e,t){let n=`${e}.${t}`;return s(n)?this.localize(n):t.replaceAll(`_`,` `)}};l=g,l.styles=[e,r,c,d];export{g as ShemsInferredCard};