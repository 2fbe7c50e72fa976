import{I as e,L as t,U as n,V as r}from"./decorate-CPDTJUh0.js";import{t as i}from"./live-card-iG52TTk3.js";import{t as a}from"./words-localize-Mft0f5QC.js";import{t as o}from"./style-C8lNcurK.js";var s,c=`shems-inferred-card`,l={trusted:`good`,effective:`warn`,rejected:`bad`,prior:`calm`},u=e=>Math.abs(e)>=100?0:Math.abs(e)>=10?1:2,d=class extends i{static getStubConfig(){return{type:`custom:${c}`}}constructor(){super(`shems/inferred/subscribe`)}getCardSize(){return 6}currency(){return``}content(e,t){let{localize:r}=this;return n`
      <header><h2>${this.config?.title||r(`inferred.title`)}</h2></header>
      ${e.subjects.length===0?n`<p class="quiet">${r(`inferred.none`)}</p>`:e.subjects.map(e=>this.subject(e,t))}
    `}subject(e,t){let{localize:i}=this,a=this.said(`inferred.block`,e.block);return n`
      <section>
        <header>
          <h3>${e.name?`${a}: ${e.name}`:a}</h3>
          <span class="chip ${l[e.verdict]}">
            ${i(`inferred.verdict.${e.verdict}`)}
          </span>
        </header>
        <p class="quiet">
          ${i(`inferred.verdict.${e.verdict}.help`,{days:t.number(e.days,0)})}
        </p>
        ${e.alarms.length>0?n`<ul class="quiet">
                ${e.alarms.map(e=>n`<li>${this.said(`inferred.alarm`,e)}</li>`)}
              </ul>`:r}
        ${e.verdict===`rejected`?r:n`<table>
                <tbody>
                  ${e.parameters.map(e=>this.parameter(e,t))}
                </tbody>
              </table>`}
      </section>
    `}parameter(e,t){let{localize:i}=this,a=e=>t.number(e,u(e)),{name:o,unit:s,mean:c,low:l,high:d,entered:f}=e;return n`<tr>
      <th scope="row">
        ${this.said(`inferred.parameter`,o)}
        ${f?n`<span class="quiet">${i(`inferred.entered`)}</span>`:r}
      </th>
      <td>${a(c)} ${s}</td>
      <td class="quiet">${a(l)} – ${a(d)}</td>
    </tr>`}said(e,t){let n=`${e}.${t}`;return a(n)?this.localize(n):t.replaceAll(`_`,` `)}};s=d,s.styles=[t,e,o];export{d as ShemsInferredCard};