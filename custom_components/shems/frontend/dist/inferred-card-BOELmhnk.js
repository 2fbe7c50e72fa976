import{H as e,L as t,R as n,W as r}from"./decorate-CxmPAGRY.js";import{t as i}from"./live-card-D7dBMyYx.js";import{t as a}from"./words-localize-DsMuy7WZ.js";import{t as o}from"./style-wzypP61B.js";var s,c=`shems-inferred-card`,l={trusted:`good`,effective:`warn`,rejected:`bad`,prior:`calm`},u=e=>Math.abs(e)>=100?0:Math.abs(e)>=10?1:2,d=class extends i{static getStubConfig(){return{type:`custom:${c}`}}constructor(){super(`shems/inferred/subscribe`)}getCardSize(){return 6}currency(){return``}content(e,t){let{localize:n}=this;return r`
      <header><h2>${this.config?.title||n(`inferred.title`)}</h2></header>
      ${e.subjects.length===0?r`<p class="quiet">${n(`inferred.none`)}</p>`:e.subjects.map(e=>this.subject(e,t))}
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
        ${t.verdict===`rejected`?e:r`<table>
                <tbody>
                  ${t.parameters.map(e=>this.parameter(e,n))}
                </tbody>
              </table>`}
      </section>
    `}parameter(t,n){let{localize:i}=this,a=e=>n.number(e,u(e)),{name:o,unit:s,mean:c,low:l,high:d,entered:f}=t;return r`<tr>
      <th scope="row">
        ${this.said(`inferred.parameter`,o)}
        ${f?r`<span class="quiet">${i(`inferred.entered`)}</span>`:e}
      </th>
      <td>${a(c)} ${s}</td>
      <td class="quiet">${a(l)} – ${a(d)}</td>
    </tr>`}said(e,t){let n=`${e}.${t}`;return a(n)?this.localize(n):t.replaceAll(`_`,` `)}};s=d,s.styles=[n,t,o];export{d as ShemsInferredCard};