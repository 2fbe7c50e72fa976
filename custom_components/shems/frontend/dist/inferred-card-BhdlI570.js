import{A as e,F as t,L as n,j as r}from"./decorate-DaL5ErBu.js";import{t as i}from"./live-card-CIfJJRqm.js";import{t as a}from"./words-localize-B8mZJvI5.js";import{t as o}from"./style-SmXOdLvS.js";var s,c=`shems-inferred-card`,l={trusted:`good`,effective:`warn`,rejected:`bad`,prior:`calm`},u=e=>Math.abs(e)>=100?0:Math.abs(e)>=10?1:2,d=class extends i{static getStubConfig(){return{type:`custom:${c}`}}constructor(){super(`shems/inferred/subscribe`)}getCardSize(){return 6}currency(){return``}content(e,t){let{localize:r}=this;return n`
      <header><h2>${this.config?.title||r(`inferred.title`)}</h2></header>
      ${e.subjects.length===0?n`<p class="quiet">${r(`inferred.none`)}</p>`:e.subjects.map(e=>this.subject(e,t))}
    `}subject(e,r){let{localize:i}=this,a=this.said(`inferred.block`,e.block);return n`
      <section>
        <header>
          <h3>${e.name?`${a}: ${e.name}`:a}</h3>
          <span class="chip ${l[e.verdict]}">
            ${i(`inferred.verdict.${e.verdict}`)}
          </span>
        </header>
        <p class="quiet">
          ${i(`inferred.verdict.${e.verdict}.help`,{days:r.number(e.days,0)})}
        </p>
        ${e.alarms.length>0?n`<ul class="quiet">
                ${e.alarms.map(e=>n`<li>${this.said(`inferred.alarm`,e)}</li>`)}
              </ul>`:t}
        ${e.verdict===`rejected`?t:n`<table>
                <tbody>
                  ${e.parameters.map(e=>this.parameter(e,r))}
                </tbody>
              </table>`}
      </section>
    `}parameter(e,r){let{localize:i}=this,a=e=>r.number(e,u(e)),{name:o,unit:s,mean:c,low:l,high:d,entered:f}=e;return n`<tr>
      <th scope="row">
        ${this.said(`inferred.parameter`,o)}
        ${f?n`<span class="quiet">${i(`inferred.entered`)}</span>`:t}
      </th>
      <td>${a(c)} ${s}</td>
      <td class="quiet">${a(l)} – ${a(d)}</td>
    </tr>`}said(e,t){let n=`${e}.${t}`;return a(n)?this.localize(n):t.replaceAll(`_`,` `)}};s=d,s.styles=[r,e,o];export{d as ShemsInferredCard};