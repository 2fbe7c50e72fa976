import{H as e,L as t,R as n,W as r,h as i,t as a,z as o}from"./decorate-BfmZ39m_.js";import{t as s}from"./live-card-BwaBcYFx.js";import{t as c}from"./refusal-CYZYLkhE.js";import{t as l}from"./words-localize-BRELbkC_.js";import{t as u}from"./style-Cm2mpoyT.js";var d=12,f=(e,t)=>({middle:e.median===null?`∞`:t(e.median),ends:`${e.low===null?`∞`:t(e.low)} – ${e.high===null?`∞`:t(e.high)}`}),p=(e,t,n,i=``)=>r`
  <div class="figure ${i}">
    <dt>${e}</dt>
    <dd>${t} <small>${n}</small></dd>
  </div>
`,m=(t,{localize:n,format:r})=>{let i=t.payback_years;if(!i)return e;if(i.median===null)return p(n(`what_if.payback`),n(`what_if.payback.never`),``);let{middle:a,ends:o}=f(i,e=>r.number(e,1));return p(n(`what_if.payback`),n(`what_if.years`,{years:a}),o)},h=(t,n,i,a)=>n?.median==null||i?.median==null?e:r`<tr>
        <th scope="row">${t}</th>
        <td>${a(n.median)}</td>
        <td>${a(i.median)}</td>
      </tr>`,g=({code:e,args:t},{localize:n,format:r})=>{let i=`assumption.${e}`;if(!l(i))return n(`assumption.unknown`,{code:e.replaceAll(`_`,` `)});let a=Object.entries(t).map(([e,t])=>[e,typeof t==`number`?r.number(t,+!Number.isInteger(t)):t]);return n(i,Object.fromEntries(a))},_=(e,t,n)=>{let i=e.months.map(e=>e??0),a=Math.max(...i.map(Math.abs),.01),o=new Intl.DateTimeFormat(document.documentElement.lang||`en`,{month:`narrow`,timeZone:`UTC`});return r`
    <div class="months" role="img" aria-label=${n}>
      ${i.slice(0,d).map((e,n)=>r`
          <div title=${t.money(e)}>
            <i
              class=${e<0?`bad`:`good`}
              style="height:${Math.round(40*Math.abs(e)/a)}px"
            ></i>
            <span>${o.format(Date.UTC(2026,n,15))}</span>
          </div>
        `)}
    </div>
  `},v=(e,t)=>{let{localize:n,format:i}=t,a=f(e.saving,i.money),o=(e.saving.median??0)>=0,{before:s,after:c}=e;return r`
    <dl class="figures">
      ${p(n(`what_if.saving`),a.middle,a.ends,o?`gain`:``)}
      ${m(e,t)}
    </dl>
    <p class="quiet">${n(`what_if.interval`)}</p>
    ${_(e,i,n(`what_if.months`))}
    <table>
      <thead>
        <tr>
          <th></th>
          <th scope="col">${n(`what_if.before`)}</th>
          <th scope="col">${n(`what_if.after`)}</th>
        </tr>
      </thead>
      <tbody>
        ${h(n(`what_if.cost`),s.cost,c.cost,i.money)}
        ${h(n(`what_if.bought`),s.bought_kwh,c.bought_kwh,i.energy)}
        ${h(n(`what_if.sold`),s.sold_kwh,c.sold_kwh,i.energy)}
        ${h(n(`what_if.self_sufficiency`),s.self_sufficiency,c.self_sufficiency,i.percent)}
        ${h(n(`what_if.carbon`),s.carbon_kg,c.carbon_kg,e=>`${i.number(e,0)} kg`)}
      </tbody>
    </table>
    <details>
      <summary>${n(`what_if.assumptions`)}</summary>
      <ul>
        ${e.assumptions.map(e=>r`<li>${g(e,t)}</li>`)}
      </ul>
    </details>
  `},y=(e,t,[n,r,i],a)=>({kind:`range`,name:e,low:n,high:r,step:i,usual:a,unit:t}),b=e=>({...e}),x=[`mon`,`tue`,`wed`,`thu`,`fri`,`sat`,`sun`],S=e=>`${String(e%24).padStart(2,`0`)}:00`,C=[{name:`battery`,bought:!0,fields:[y(`battery_kwh`,`kWh`,[1,40,1],10),y(`battery_kw`,`kW`,[.5,20,.5],5)],asked:b},{name:`solar`,bought:!0,fields:[y(`solar_kw`,`kW`,[.5,30,.5],5),y(`solar_tilt`,`°`,[0,90,5],35),y(`solar_azimuth`,`°`,[0,355,5],180)],asked:b},{name:`contract`,bought:!1,fields:[{kind:`choice`,name:`contract`,options:[`fixed`,`dynamic`],usual:`fixed`},y(`buy_price`,`price`,[0,1,.005],.3),y(`sell_price`,`price`,[-.2,.5,.005],.08),y(`peak_price`,`money`,[0,20,.5],0)],asked:b},{name:`car`,bought:!1,fields:[y(`days`,`days`,[1,7,1],5),y(`leave`,`clock`,[0,23,1],8),y(`back`,`clock`,[0,23,1],18),y(`energy_kwh`,`kWh`,[1,60,1],8),y(`charger_kw`,`kW`,[1.5,22,.5],11),y(`fuel_cost`,`price`,[0,1,.01],0)],asked:({days:e,leave:t,back:n,energy_kwh:r,...i})=>({...i,trips:[{leave:S(Number(t)),back:S(Number(n)),energy_kwh:Number(r),weekdays:x.slice(0,Number(e))}]})},{name:`heat_pump`,bought:!0,fields:[y(`heat_kwh`,`kWh`,[1e3,4e4,500],12e3),{kind:`choice`,name:`replaces`,options:[`fuel`,`direct`],usual:`fuel`},y(`fuel_price`,`price`,[0,.5,.005],.12)],asked:b},{name:`insulation`,bought:!0,fields:[y(`insulation`,`%`,[5,60,5],20)],asked:b},{name:`setpoint`,bought:!1,fields:[y(`setpoint`,`K`,[-3,3,.5],-1)],asked:b},{name:`without_shems`,bought:!1,fields:[],asked:()=>({without_shems:!0})},{name:`community`,bought:!1,fields:[y(`community_price`,`price`,[0,.5,.005],.15),y(`community_sells`,`%`,[0,100,5],50),y(`community_buys`,`%`,[0,100,5],30)],asked:b}],w=e=>Object.fromEntries(e.fields.map(e=>[e.name,e.usual])),T,E=[`reading`,`playing`],D=Object.fromEntries(C.map(e=>[e.name,e])),O=(e,t,n)=>{if(e.unit===`price`)return n.price(t);if(e.unit===`money`)return n.money(t);if(e.unit===`clock`)return`${t}:00`;let r=n.number(t,+!Number.isInteger(t));return e.unit===`days`?r:`${r} ${e.unit}`},k=class extends s{constructor(){super(`shems/what_if/subscribe`),this.kind=C[0],this.entered=w(C[0]),this.price=null,this.refused=``,this.choose=e=>{this.kind=D[e.target.value]??this.kind,this.entered=w(this.kind)},this.enterPrice=e=>{let{value:t}=e.target;this.price=t===``||Number.isNaN(Number(t))?null:Number(t)},this.ask=async e=>{e.preventDefault();let{kind:t,entered:n,price:r}=this,i=t.bought&&r!==null?{price:r}:{};await this.send({type:`shems/what_if/begin`,question:{...t.asked(n),...i}})},this.cancel=()=>this.send({type:`shems/what_if/cancel`})}currency(){return this.feed.message?.currency??``}content(t,n){let{localize:i}=this,a=E.includes(t.stage);return r`
      <header><h2>${this.config?.title||i(`what_if.title`)}</h2></header>
      ${t.may_ask?this.form(a,n):e} ${this.outcome(t,n)}
    `}form(t,n){let{localize:i,kind:a}=this;return r`
      <form @submit=${this.ask}>
        <label>
          ${i(`what_if.question`)}
          <select name="question" @change=${this.choose} ?disabled=${t}>
            ${C.map(({name:e})=>r`<option value=${e} ?selected=${e===a.name}>
                  ${i(`what_if.question.${e}`)}
                </option>`)}
          </select>
        </label>
        ${a.fields.map(e=>this.field(e,t,n))}
        ${a.bought?r`<label>
                ${i(`what_if.price`)} (${n.currencySymbol})
                <input
                  type="number"
                  name="price"
                  min="0"
                  step="any"
                  placeholder="–"
                  .value=${this.price===null?``:String(this.price)}
                  @input=${this.enterPrice}
                  ?disabled=${t}
                />
              </label>`:e}
        <div class="actions">
          ${t?r`<button type="button" class="plain" @click=${this.cancel}>
                    ${i(`what_if.cancel`)}
                  </button>
                  ${this.progress()}`:r`<button type="submit">${i(`what_if.ask`)}</button>`}
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
        style="--at:${100*(Number(a)-e.low)/(e.high-e.low)}%"
        .value=${String(a)}
        @input=${o}
        ?disabled=${t}
      />
    </label>`}outcome(t,n){let{localize:a}=this,o={localize:a,format:n};return this.refused?r`<p class="quiet" role="alert">${this.refused}</p>`:t.stage===`failed`?r`<div class="notice bad" role="alert">
        <p>${i(`problem`,t.problem,a,n,Date.now()/1e3)}</p>
      </div>`:t.stage===`cancelled`?r`<p class="quiet" role="status">${a(`what_if.cancelled`)}</p>`:t.answer?r`<section aria-live="polite">${v(t.answer,o)}</section>`:e}enter(e,t){let{value:n}=t.target,r=e.kind===`choice`?n:Number(n);this.entered={...this.entered,[e.name]:r}}async send(e){this.refused=``;let t=this.config?.entry_id?{entry_id:this.config.entry_id}:{};try{await this.hass?.callWS({...e,...t})}catch(e){this.refused=c(e,this.localize)}}};T=k,T.styles=[n,t,u],a([o()],k.prototype,`kind`,void 0),a([o()],k.prototype,`entered`,void 0),a([o()],k.prototype,`price`,void 0),a([o()],k.prototype,`refused`,void 0);export{k as ShemsWhatIfCard};