import{D as e,N as t,O as n,T as r,j as i,t as a}from"./decorate-BzqmqkeY.js";import{t as o}from"./live-card-6B5nvfx8.js";import{m as s}from"./feed-CxZS6nj2.js";import{t as c}from"./refusal-BE6R5US0.js";import{t as l}from"./words-localize-wrOfoJDi.js";import{t as u}from"./style-CP6jKjb0.js";var d=12,f=(e,t)=>({middle:e.median===null?`∞`:t(e.median),ends:`${e.low===null?`∞`:t(e.low)} – ${e.high===null?`∞`:t(e.high)}`}),p=(e,n,r,i=``)=>t`
  <div class="figure ${i}">
    <dt>${e}</dt>
    <dd>${n} <small>${r}</small></dd>
  </div>
`,m=(e,{localize:t,format:n})=>{let r=e.payback_years;if(!r)return i;if(r.median===null)return p(t(`what_if.payback`),t(`what_if.payback.never`),``);let{middle:a,ends:o}=f(r,e=>n.number(e,1));return p(t(`what_if.payback`),t(`what_if.years`,{years:a}),o)},h=(e,n,r,a)=>n?.median==null||r?.median==null?i:t`<tr>
        <th scope="row">${e}</th>
        <td>${a(n.median)}</td>
        <td>${a(r.median)}</td>
      </tr>`,g=({code:e,args:t},{localize:n,format:r})=>{let i=`assumption.${e}`;if(!l(i))return n(`assumption.unknown`,{code:e.replaceAll(`_`,` `)});let a=Object.entries(t).map(([e,t])=>[e,typeof t==`number`?r.number(t,+!Number.isInteger(t)):t]);return n(i,Object.fromEntries(a))},_=(e,n,r)=>{let i=e.months.map(e=>e??0),a=Math.max(...i.map(Math.abs),.01),o=new Intl.DateTimeFormat(document.documentElement.lang||`en`,{month:`narrow`,timeZone:`UTC`});return t`
    <div class="months" role="img" aria-label=${r}>
      ${i.slice(0,d).map((e,r)=>t`
          <div title=${n.money(e)}>
            <i
              class=${e<0?`bad`:`good`}
              style="height:${Math.round(40*Math.abs(e)/a)}px"
            ></i>
            <span>${o.format(Date.UTC(2026,r,15))}</span>
          </div>
        `)}
    </div>
  `},v=(e,n)=>{let{localize:r,format:i}=n,a=f(e.saving,i.money),o=(e.saving.median??0)>=0,{before:s,after:c}=e;return t`
    <dl class="figures">
      ${p(r(`what_if.saving`),a.middle,a.ends,o?`gain`:``)}
      ${m(e,n)}
    </dl>
    <p class="quiet">${r(`what_if.interval`)}</p>
    ${_(e,i,r(`what_if.months`))}
    <table>
      <thead>
        <tr>
          <th></th>
          <th scope="col">${r(`what_if.before`)}</th>
          <th scope="col">${r(`what_if.after`)}</th>
        </tr>
      </thead>
      <tbody>
        ${h(r(`what_if.cost`),s.cost,c.cost,i.money)}
        ${h(r(`what_if.bought`),s.bought_kwh,c.bought_kwh,i.energy)}
        ${h(r(`what_if.sold`),s.sold_kwh,c.sold_kwh,i.energy)}
        ${h(r(`what_if.self_sufficiency`),s.self_sufficiency,c.self_sufficiency,i.percent)}
        ${h(r(`what_if.carbon`),s.carbon_kg,c.carbon_kg,e=>`${i.number(e,0)} kg`)}
      </tbody>
    </table>
    <details>
      <summary>${r(`what_if.assumptions`)}</summary>
      <ul>
        ${e.assumptions.map(e=>t`<li>${g(e,n)}</li>`)}
      </ul>
    </details>
  `},y=(e,t,[n,r,i],a)=>({kind:`range`,name:e,low:n,high:r,step:i,usual:a,unit:t}),b=e=>({...e}),x=[`mon`,`tue`,`wed`,`thu`,`fri`,`sat`,`sun`],S=e=>`${String(e%24).padStart(2,`0`)}:00`,C=[{name:`battery`,bought:!0,fields:[y(`battery_kwh`,`kWh`,[1,40,1],10),y(`battery_kw`,`kW`,[.5,20,.5],5)],asked:b},{name:`solar`,bought:!0,fields:[y(`solar_kw`,`kW`,[.5,30,.5],5),y(`solar_tilt`,`°`,[0,90,5],35),y(`solar_azimuth`,`°`,[0,355,5],180)],asked:b},{name:`contract`,bought:!1,fields:[{kind:`choice`,name:`contract`,options:[`fixed`,`dynamic`],usual:`fixed`},y(`buy_price`,`price`,[0,1,.005],.3),y(`sell_price`,`price`,[-.2,.5,.005],.08),y(`peak_price`,`money`,[0,20,.5],0)],asked:b},{name:`car`,bought:!1,fields:[y(`days`,`days`,[1,7,1],5),y(`leave`,`clock`,[0,23,1],8),y(`back`,`clock`,[0,23,1],18),y(`energy_kwh`,`kWh`,[1,60,1],8),y(`charger_kw`,`kW`,[1.5,22,.5],11),y(`fuel_cost`,`price`,[0,1,.01],0)],asked:({days:e,leave:t,back:n,energy_kwh:r,...i})=>({...i,trips:[{leave:S(Number(t)),back:S(Number(n)),energy_kwh:Number(r),weekdays:x.slice(0,Number(e))}]})},{name:`heat_pump`,bought:!0,fields:[y(`heat_kwh`,`kWh`,[1e3,4e4,500],12e3),{kind:`choice`,name:`replaces`,options:[`fuel`,`direct`],usual:`fuel`},y(`fuel_price`,`price`,[0,.5,.005],.12)],asked:b},{name:`insulation`,bought:!0,fields:[y(`insulation`,`%`,[5,60,5],20)],asked:b},{name:`setpoint`,bought:!1,fields:[y(`setpoint`,`K`,[-3,3,.5],-1)],asked:b},{name:`without_shems`,bought:!1,fields:[],asked:()=>({without_shems:!0})},{name:`community`,bought:!1,fields:[y(`community_price`,`price`,[0,.5,.005],.15),y(`community_sells`,`%`,[0,100,5],50),y(`community_buys`,`%`,[0,100,5],30)],asked:b}],w=e=>Object.fromEntries(e.fields.map(e=>[e.name,e.usual])),T,E=[`reading`,`playing`],D=Object.fromEntries(C.map(e=>[e.name,e])),O=(e,t,n)=>{if(e.unit===`price`)return n.price(t);if(e.unit===`money`)return n.money(t);if(e.unit===`clock`)return`${t}:00`;let r=n.number(t,+!Number.isInteger(t));return e.unit===`days`?r:`${r} ${e.unit}`},k=class extends o{constructor(){super(`shems/what_if/subscribe`),this.kind=C[0],this.entered=w(C[0]),this.price=null,this.refused=``,this.choose=e=>{this.kind=D[e.target.value]??this.kind,this.entered=w(this.kind)},this.enterPrice=e=>{let{value:t}=e.target;this.price=t===``||Number.isNaN(Number(t))?null:Number(t)},this.ask=async e=>{e.preventDefault();let{kind:t,entered:n,price:r}=this,i=t.bought&&r!==null?{price:r}:{};await this.send({type:`shems/what_if/begin`,question:{...t.asked(n),...i}})},this.cancel=()=>this.send({type:`shems/what_if/cancel`})}currency(){return this.feed.message?.currency??``}content(e,n){let{localize:r}=this,a=E.includes(e.stage);return t`
      <header><h2>${this.config?.title||r(`what_if.title`)}</h2></header>
      ${e.may_ask?this.form(a,n):i} ${this.outcome(e,n)}
    `}form(e,n){let{localize:r,kind:a}=this;return t`
      <form @submit=${this.ask}>
        <label>
          ${r(`what_if.question`)}
          <select name="question" @change=${this.choose} ?disabled=${e}>
            ${C.map(({name:e})=>t`<option value=${e} ?selected=${e===a.name}>
                  ${r(`what_if.question.${e}`)}
                </option>`)}
          </select>
        </label>
        ${a.fields.map(t=>this.field(t,e,n))}
        ${a.bought?t`<label>
                ${r(`what_if.price`)} (${n.currencySymbol})
                <input
                  type="number"
                  name="price"
                  min="0"
                  step="any"
                  placeholder="–"
                  .value=${this.price===null?``:String(this.price)}
                  @input=${this.enterPrice}
                  ?disabled=${e}
                />
              </label>`:i}
        <div class="actions">
          ${e?t`<button type="button" class="plain" @click=${this.cancel}>
                    ${r(`what_if.cancel`)}
                  </button>
                  ${this.progress()}`:t`<button type="submit">${r(`what_if.ask`)}</button>`}
        </div>
      </form>
    `}progress(){let{localize:e}=this,{stage:n,progress:r}=this.feed.message;return t`<progress
        max="1"
        .value=${r}
        aria-label=${e(`what_if.progress`)}
      ></progress>
      <span class="quiet" role="status">
        ${n===`reading`?e(`what_if.reading`):e(`what_if.playing`,{percent:Math.round(100*r)})}
      </span>`}field(e,n,r){let{localize:i}=this,a=this.entered[e.name]??e.usual,o=t=>this.enter(e,t);return e.kind===`choice`?t`<label>
        ${i(`what_if.field.${e.name}`)}
        <select name=${e.name} @change=${o} ?disabled=${n}>
          ${e.options.map(e=>t`<option value=${e} ?selected=${e===a}>
                ${i(`what_if.option.${e}`)}
              </option>`)}
        </select>
      </label>`:t`<label>
      ${i(`what_if.field.${e.name}`)}
      <output>${O(e,Number(a),r)}</output>
      <input
        type="range"
        name=${e.name}
        min=${e.low}
        max=${e.high}
        step=${e.step}
        style="--at:${100*(Number(a)-e.low)/(e.high-e.low)}%"
        .value=${String(a)}
        @input=${o}
        ?disabled=${n}
      />
    </label>`}outcome(e,n){let{localize:r}=this,a={localize:r,format:n};return this.refused?t`<p class="quiet" role="alert">${this.refused}</p>`:e.stage===`failed`?t`<div class="notice bad" role="alert">
        <p>${s(`problem`,e.problem,r,n,Date.now()/1e3)}</p>
      </div>`:e.stage===`cancelled`?t`<p class="quiet" role="status">${r(`what_if.cancelled`)}</p>`:e.answer?t`<section aria-live="polite">${v(e.answer,a)}</section>`:i}enter(e,t){let{value:n}=t.target,r=e.kind===`choice`?n:Number(n);this.entered={...this.entered,[e.name]:r}}async send(e){this.refused=``;let t=this.config?.entry_id?{entry_id:this.config.entry_id}:{};try{await this.hass?.callWS({...e,...t})}catch(e){this.refused=c(e,this.localize)}}};T=k,T.styles=[e,r,u],a([n()],k.prototype,`kind`,void 0),a([n()],k.prototype,`entered`,void 0),a([n()],k.prototype,`price`,void 0),a([n()],k.prototype,`refused`,void 0);export{k as ShemsWhatIfCard};