import{I as e,L as t,R as n,U as r,V as i,m as a,t as o}from"./decorate-CPDTJUh0.js";import{t as s}from"./live-card-iG52TTk3.js";import{t as c}from"./words-localize-Mft0f5QC.js";import{t as l}from"./style-C8lNcurK.js";var u=12,d=(e,t)=>({middle:e.median===null?`∞`:t(e.median),ends:`${e.low===null?`∞`:t(e.low)} – ${e.high===null?`∞`:t(e.high)}`}),f=(e,t,n,i=``)=>r`
  <div class="figure ${i}">
    <dt>${e}</dt>
    <dd>${t} <small>${n}</small></dd>
  </div>
`,p=(e,{localize:t,format:n})=>{let r=e.payback_years;if(!r)return i;if(r.median===null)return f(t(`what_if.payback`),t(`what_if.payback.never`),``);let{middle:a,ends:o}=d(r,e=>n.number(e,1));return f(t(`what_if.payback`),t(`what_if.years`,{years:a}),o)},m=(e,t,n,a)=>t?.median==null||n?.median==null?i:r`<tr>
        <th scope="row">${e}</th>
        <td>${a(t.median)}</td>
        <td>${a(n.median)}</td>
      </tr>`,h=({code:e,args:t},{localize:n,format:r})=>{let i=`assumption.${e}`;if(!c(i))return n(`assumption.unknown`,{code:e.replaceAll(`_`,` `)});let a=Object.entries(t).map(([e,t])=>[e,typeof t==`number`?r.number(t,+!Number.isInteger(t)):t]);return n(i,Object.fromEntries(a))},g=(e,t,n)=>{let i=e.months.map(e=>e??0),a=Math.max(...i.map(Math.abs),.01),o=new Intl.DateTimeFormat(document.documentElement.lang||`en`,{month:`narrow`,timeZone:`UTC`});return r`
    <div class="months" role="img" aria-label=${n}>
      ${i.slice(0,u).map((e,n)=>r`
          <div title=${t.money(e)}>
            <i
              class=${e<0?`bad`:`good`}
              style="height:${Math.round(40*Math.abs(e)/a)}px"
            ></i>
            <span>${o.format(Date.UTC(2026,n,15))}</span>
          </div>
        `)}
    </div>
  `},_=(e,t)=>{let{localize:n,format:i}=t,a=d(e.saving,i.money),o=(e.saving.median??0)>=0,{before:s,after:c}=e;return r`
    <dl class="figures">
      ${f(n(`what_if.saving`),a.middle,a.ends,o?`gain`:``)}
      ${p(e,t)}
    </dl>
    <p class="quiet">${n(`what_if.interval`)}</p>
    ${g(e,i,n(`what_if.months`))}
    <table>
      <thead>
        <tr>
          <th></th>
          <th scope="col">${n(`what_if.before`)}</th>
          <th scope="col">${n(`what_if.after`)}</th>
        </tr>
      </thead>
      <tbody>
        ${m(n(`what_if.cost`),s.cost,c.cost,i.money)}
        ${m(n(`what_if.bought`),s.bought_kwh,c.bought_kwh,i.energy)}
        ${m(n(`what_if.sold`),s.sold_kwh,c.sold_kwh,i.energy)}
        ${m(n(`what_if.self_sufficiency`),s.self_sufficiency,c.self_sufficiency,i.percent)}
        ${m(n(`what_if.carbon`),s.carbon_kg,c.carbon_kg,e=>`${i.number(e,0)} kg`)}
      </tbody>
    </table>
    <details>
      <summary>${n(`what_if.assumptions`)}</summary>
      <ul>
        ${e.assumptions.map(e=>r`<li>${h(e,t)}</li>`)}
      </ul>
    </details>
  `},v=(e,t,[n,r,i],a)=>({kind:`range`,name:e,low:n,high:r,step:i,usual:a,unit:t}),y=e=>({...e}),b=[`mon`,`tue`,`wed`,`thu`,`fri`,`sat`,`sun`],x=e=>`${String(e%24).padStart(2,`0`)}:00`,S=[{name:`battery`,bought:!0,fields:[v(`battery_kwh`,`kWh`,[1,40,1],10),v(`battery_kw`,`kW`,[.5,20,.5],5)],asked:y},{name:`solar`,bought:!0,fields:[v(`solar_kw`,`kW`,[.5,30,.5],5),v(`solar_tilt`,`°`,[0,90,5],35),v(`solar_azimuth`,`°`,[0,355,5],180)],asked:y},{name:`contract`,bought:!1,fields:[{kind:`choice`,name:`contract`,options:[`fixed`,`dynamic`],usual:`fixed`},v(`buy_price`,`price`,[0,1,.005],.3),v(`sell_price`,`price`,[-.2,.5,.005],.08),v(`peak_price`,`money`,[0,20,.5],0)],asked:y},{name:`car`,bought:!1,fields:[v(`days`,`days`,[1,7,1],5),v(`leave`,`clock`,[0,23,1],8),v(`back`,`clock`,[0,23,1],18),v(`energy_kwh`,`kWh`,[1,60,1],8),v(`charger_kw`,`kW`,[1.5,22,.5],11),v(`fuel_cost`,`price`,[0,1,.01],0)],asked:({days:e,leave:t,back:n,energy_kwh:r,...i})=>({...i,trips:[{leave:x(Number(t)),back:x(Number(n)),energy_kwh:Number(r),weekdays:b.slice(0,Number(e))}]})},{name:`heat_pump`,bought:!0,fields:[v(`heat_kwh`,`kWh`,[1e3,4e4,500],12e3),{kind:`choice`,name:`replaces`,options:[`fuel`,`direct`],usual:`fuel`},v(`fuel_price`,`price`,[0,.5,.005],.12)],asked:y},{name:`insulation`,bought:!0,fields:[v(`insulation`,`%`,[5,60,5],20)],asked:y},{name:`setpoint`,bought:!1,fields:[v(`setpoint`,`K`,[-3,3,.5],-1)],asked:y},{name:`without_shems`,bought:!1,fields:[],asked:()=>({without_shems:!0})},{name:`community`,bought:!1,fields:[v(`community_price`,`price`,[0,.5,.005],.15),v(`community_sells`,`%`,[0,100,5],50),v(`community_buys`,`%`,[0,100,5],30)],asked:y}],C=e=>Object.fromEntries(e.fields.map(e=>[e.name,e.usual])),w,T=`shems-what-if-card`,E=[`reading`,`playing`],D=Object.fromEntries(S.map(e=>[e.name,e])),O=(e,t,n)=>{if(e.unit===`price`)return n.price(t);if(e.unit===`money`)return n.money(t);if(e.unit===`clock`)return`${t}:00`;let r=n.number(t,+!Number.isInteger(t));return e.unit===`days`?r:`${r} ${e.unit}`},k=class extends s{static getStubConfig(){return{type:`custom:${T}`}}constructor(){super(`shems/what_if/subscribe`),this.kind=S[0],this.entered=C(S[0]),this.price=null,this.refused=``,this.choose=e=>{this.kind=D[e.target.value]??this.kind,this.entered=C(this.kind)},this.enterPrice=e=>{let{value:t}=e.target;this.price=t===``||Number.isNaN(Number(t))?null:Number(t)},this.ask=async e=>{e.preventDefault();let{kind:t,entered:n,price:r}=this,i=t.bought&&r!==null?{price:r}:{};await this.send({type:`shems/what_if/begin`,question:{...t.asked(n),...i}})},this.cancel=()=>this.send({type:`shems/what_if/cancel`})}getCardSize(){return 8}currency(){return this.feed.message?.currency??``}content(e,t){let{localize:n}=this,a=E.includes(e.stage);return r`
      <header><h2>${this.config?.title||n(`what_if.title`)}</h2></header>
      ${e.may_ask?this.form(a,t):i} ${this.outcome(e,t)}
    `}form(e,t){let{localize:n,kind:a}=this;return r`
      <form @submit=${this.ask}>
        <label>
          ${n(`what_if.question`)}
          <select name="question" @change=${this.choose} ?disabled=${e}>
            ${S.map(({name:e})=>r`<option value=${e} ?selected=${e===a.name}>
                  ${n(`what_if.question.${e}`)}
                </option>`)}
          </select>
        </label>
        ${a.fields.map(n=>this.field(n,e,t))}
        ${a.bought?r`<label>
                ${n(`what_if.price`)} (${t.currencySymbol})
                <input
                  type="number"
                  name="price"
                  min="0"
                  step="any"
                  .value=${this.price===null?``:String(this.price)}
                  @input=${this.enterPrice}
                  ?disabled=${e}
                />
              </label>`:i}
        <div class="actions">
          ${e?r`<button type="button" class="plain" @click=${this.cancel}>
                    ${n(`what_if.cancel`)}
                  </button>
                  ${this.progress()}`:r`<button type="submit">${n(`what_if.ask`)}</button>`}
        </div>
      </form>
    `}progress(){let{localize:e}=this,{stage:t,progress:n}=this.feed.message;return r`<progress
        max="1"
        .value=${n}
        aria-label=${e(`what_if.progress`)}
      ></progress>
      <span class="quiet" role="status">
        ${t===`reading`?e(`what_if.reading`):e(`what_if.playing`,{percent:Math.round(100*n)})}
      </span>`}field(e,t,n){let{localize:i}=this,a=this.entered[e.name]??e.usual,o=t=>this.enter(e,t);return e.kind===`choice`?r`<label>
        ${i(`what_if.field.${e.name}`)}
        <select name=${e.name} @change=${o} ?disabled=${t}>
          ${e.options.map(e=>r`<option value=${e} ?selected=${e===a}>
                ${i(`what_if.option.${e}`)}
              </option>`)}
        </select>
      </label>`:r`<label>
      ${i(`what_if.field.${e.name}`)}
      <output>${O(e,Number(a),n)}</output>
      <input
        type="range"
        name=${e.name}
        min=${e.low}
        max=${e.high}
        step=${e.step}
        .value=${String(a)}
        @input=${o}
        ?disabled=${t}
      />
    </label>`}outcome(e,t){let{localize:n}=this,o={localize:n,format:t};return this.refused?r`<p class="quiet" role="alert">${this.refused}</p>`:e.stage===`failed`?r`<div class="notice bad" role="alert">
        <p>${a(`problem`,e.problem,n,t,Date.now()/1e3)}</p>
      </div>`:e.stage===`cancelled`?r`<p class="quiet" role="status">${n(`what_if.cancelled`)}</p>`:e.answer?r`<section aria-live="polite">${_(e.answer,o)}</section>`:i}enter(e,t){let{value:n}=t.target,r=e.kind===`choice`?n:Number(n);this.entered={...this.entered,[e.name]:r}}async send(e){this.refused=``;let t=this.config?.entry_id?{entry_id:this.config.entry_id}:{};try{await this.hass?.callWS({...e,...t})}catch(e){let{message:t}=e??{};this.refused=t??String(e)}}};w=k,w.styles=[t,e,l],o([n()],k.prototype,`kind`,void 0),o([n()],k.prototype,`entered`,void 0),o([n()],k.prototype,`price`,void 0),o([n()],k.prototype,`refused`,void 0);export{k as ShemsWhatIfCard};