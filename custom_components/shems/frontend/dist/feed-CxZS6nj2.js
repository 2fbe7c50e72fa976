import{N as e,a as t,h as n,i as r,j as i,m as a,o,p as s,r as c}from"./decorate-BzqmqkeY.js";import{t as l}from"./words-localize-wrOfoJDi.js";var u=1200,d=.3,f={code:`idle`,args:{}},p=(e,t)=>e.mode===t.mode&&e.reason.code===t.reason.code,m=(e,t)=>{e.end=t.end,e.energy+=t.energy,e.soc=t.soc},h=(e,t,n)=>{let r=e.end[n]??e.now,i=Math.max(e.start[n]??e.now,e.now);return{battery:t,mode:t.mode[n]??`hold`,reason:t.reason[n]??f,start:i,end:r,energy:(t.power_kw[n]??0)*(r-i)/3600,soc:t.soc[n]??null}},g=(e,t)=>{let n=[];e.end.forEach((r,i)=>{if(r<=e.now)return;let a=h(e,t,i),o=n[n.length-1];o&&p(o,a)?m(o,a):n.push(a)});let r=[];for(let e of n){let t=r[r.length-1],n=e.end-e.start<u&&Math.abs(e.energy)<d;t&&(n||p(t,e))?m(t,e):r.push(e)}return r},_=(e,t)=>e.batteries.flatMap(t=>g(e,t)).sort((e,t)=>e.start-t.start).slice(0,t),v=(e,t)=>{let n=[];return e.start.forEach((r,i)=>{let a=t.mode[i]??`hold`,o=e.end[i]??r,s=n[n.length-1];s?.mode===a&&s.end===r?s.end=o:n.push({mode:a,start:r,end:o})}),n},ee=.01,te=.05,y=e=>Math.abs(e.energy)>=te,b=(e,t)=>{let n=null,r=()=>n!==null&&(n.start<=e.now||y(n));for(let[i,a]of e.end.entries()){if(a<=e.now)continue;let o=t.power_kw[i]??0;if(Math.abs(o)<=ee){if(r())break;n=null;continue}let s=Math.max(e.start[i]??e.now,e.now);n??={start:s,end:a,energy:0},n.end=a,n.energy+=o*(a-s)/3600}return r()?n:null},x=(e,t)=>{if(e===null||t===null)return null;let n=t-e;return{amount:n,share:t>.05&&n<=t?n/t:null}},S=(e,t)=>{let n=0,r=0;for(let i of e.batteries){let e=i.soc[t];if(e==null)return null;n+=e*i.capacity_kwh,r+=i.capacity_kwh}return r>0?n/r:null},C=e=>{let{soc:t}=e.past;for(let e=t.length-1;e>=0;--e){let n=t[e];if(n!=null)return n}return null},w=3600,ne=e=>({row:{start:e,importPrice:null,load:0,solar:0,grid:0,battery:0,soc:null,modes:[]},hours:0,money:0,priced:0}),re=(e,t,n,r)=>{let{row:i}=e,a=t.import_price[n];e.hours+=r,a!=null&&(e.money+=a*r,e.priced+=r),i.load+=(t.load_kw.p50[n]??0)*r,i.solar+=(t.solar_kw.p50[n]??0)*r,i.grid+=(t.grid_kw[n]??0)*r;for(let e of t.batteries)i.battery+=(e.power_kw[n]??0)*r;i.soc=S(t,n),i.modes=t.batteries.map(e=>e.mode[n]??`hold`)},ie=({row:e,hours:t,money:n,priced:r})=>({...e,importPrice:r>0?n/r:null,load:e.load/t,solar:e.solar/t,grid:e.grid/t,battery:e.battery/t}),ae=(e,t)=>{let n=new Map;return e.end.forEach((t,r)=>{let i=Math.max(e.start[r]??t,e.now);for(;i<t;){let a=Math.floor(i/w)*w,o=Math.min(t,a+w),s=n.get(a)??ne(a);n.set(a,s),re(s,e,r,(o-i)/w),i=o}}),[...n.values()].slice(0,t).map(ie)},oe=.005,se=e=>[`source.${e}`,`source.${e.split(`+`)[0]}`].find(l),ce=({source:e,learned_until:t,skill:n},r,i,a)=>{let o=se(e??``);if(o===void 0)return``;let s=[i(o,{time:t===null?`–`:a.dayTime(t,r)})];return n!==null&&n>oe?s.push(i(`source.better`,{percent:a.percent(n)})):n!==null&&n<-.005&&s.push(i(`source.worse`,{percent:a.percent(-n)})),s.join(`, `)},le=({provenance:e,now:t},n,r)=>[`load`,`solar`].flatMap(i=>{let a=ce(e[i],t,n,r);return a?[`${n(`series.${i}`)}: ${a}`]:[]}),T=/\{\w+\}/,E=new Set([`price`,`own_price`,`value`,`export_price`,`usual`,`later`]),D=new Set([`until`,`since`,`at`,`from`,`to`,`deadline`,`starts`,`ends`,`earliest`]),O=new Set([`gain`,`saves`]),k=(e,t,n,r)=>typeof t==`string`&&t!==``?t:typeof t!=`number`||!Number.isFinite(t)?null:O.has(e)?n.money(t):E.has(e)?n.price(t):D.has(e)?n.dayTime(t,r):e===`reserve`||e===`soc`?n.percent(t):e.endsWith(`_kw`)?n.power(t):e.endsWith(`_kwh`)?n.energy(t):n.number(t,Number.isInteger(t)?0:2),A=(e,t,n,r,i)=>{if(!l(e))return null;let a={};for(let[e,n]of Object.entries(t)){let t=k(e,n,r,i);t!==null&&(a[e]=t)}let o=n(e,a);return T.test(o)?null:o},j=(e,t)=>{let{cause:n,...r}=e,i=`override.${String(n)}`;return l(i)?{...r,cause:t(i)}:r},M=(e,t,n,r,i)=>{if(!t||typeof t.code!=`string`)return n(`${e}.unknown`,{code:`?`});let a=j(t.args??{},n),o=`${e}.${t.code}`;return A(o,a,n,r,i)??A(`${o}.short`,a,n,r,i)??n(`${e}.unknown`,{code:t.code.replaceAll(`_`,` `)})},N=({amount:e,unit:t},n)=>t===`kWh`?n.energy(e):`${n.number(e,1)} ${t}`,P=(e,t,n,r)=>{let i={amount:N(e,n)},a=e.at===null?NaN:Date.parse(e.at)/1e3;Number.isFinite(a)&&(i.at=a),e.nearest!==null&&(i.nearest=e.code.startsWith(`energy_`)?n.energy(e.nearest):`${n.number(e.nearest,1)} °C`);let o=`shortfall.${e.code}`;return A(`${o}.nearest`,i,t,n,r)??A(o,i,t,n,r)??A(`${o}.short`,i,t,n,r)??t(`shortfall.unknown`)},F=5,I=36,L=1200,R=`/config/integrations/integration/shems`,z={optimal:`good`,rule:`warn`,safe:`bad`,waiting:`calm`,off:`calm`},B=(t,n,r,{localize:a})=>e`
  <header>
    <h2>${n}</h2>
    ${t.dry_run?e`<span class="chip outlined warn" title=${a(`badge.dry_run.help`)}
            >${a(`badge.dry_run`)}</span
          >`:i}
    <span class="chip ${r?`bad`:z[t.status]??`calm`}" role="status">
      ${a(r?`status.offline`:`status.${t.status}`)}
    </span>
  </header>
`,V=(t,n,r,{localize:a,format:o})=>{if(!t)return i;let s=t.amount>-.005,c=s&&t.share!==null?e`<small>${o.percent(t.share)}</small>`:i;return e`
    <div class="figure ${s?`gain`:``}">
      <dt>${a(s?n:r)}</dt>
      <dd>${o.money(Math.abs(t.amount))} ${c}</dd>
    </div>
  `},H=(t,n)=>{let{localize:r,format:a}=n,{plan:o,without_battery:s,self_consumption:c}=t.cost,l=o!==null&&o<-.005,u=t.batteries.length>0?C(t):null,d=t.batteries.reduce((e,t)=>e+t.capacity_kwh,0);return o===null&&u===null?i:e`
    <dl class="figures">
      ${o===null?i:e`<div class="figure">
              <dt>${r(l?`kpi.cost.income`:`kpi.cost`)}</dt>
              <dd>${a.money(Math.abs(o))}</dd>
            </div>`}
      ${V(x(o,s),`kpi.saving`,`kpi.extra`,n)}
      ${V(x(o,c),`kpi.rule`,`kpi.rule.extra`,n)}
      ${u===null?i:e`<div class="figure">
              <dt>${r(`kpi.soc`)}</dt>
              <dd>${a.percent(u)} <small>${a.energy(u*d)}</small></dd>
            </div>`}
    </dl>
  `},U=(t,n,r)=>e`
  <div class="notice ${t}" role="alert">
    <p><strong>${n}.</strong> ${r}</p>
  </div>
`,W=3,ue=`solver_`,de=({stage:e})=>e!==`held`,fe=(e,t,{localize:n,format:r})=>{let{status:a,created:o,now:s,problem:c}=e;if(t)return U(`bad`,n(`status.offline`),n(`notice.offline`));if(l(`notice.${a}.title`)&&a!==`waiting`){let e=c?`${M(`problem`,c,n,r,s)} `:``;if(a===`safe`&&c?.code.startsWith(ue))return U(z[a],n(`status.${a}`),e);let t=e+n(`notice.${a}.text`);return U(z[a]??`calm`,n(`notice.${a}.title`),t)}if(o!==null&&s-o>L)return U(`warn`,n(`notice.stale.title`,{time:r.dayTime(o,s)}),n(`notice.stale.text`));let u=e.problems??[];if(a===`optimal`&&u.length>0){let e=u.slice(0,W).map(e=>M(`problem`,e,n,r,s)),t=n(`notice.problem.${u.some(de)?`without`:`held`}`);return U(`warn`,n(`notice.problem.title`),`${e.join(` `)} ${t}`)}return i},pe=(e,t)=>(e>0?`+`:``)+t.energy(e),me=(n,a,{localize:o,format:s})=>{let{now:l}=a,u=n.start<=l,d=u?`${o(`time.now`)}, ${o(`time.until`,{time:s.dayTime(n.end,l)})}`:o(`time.span`,{start:s.dayTime(n.start,l),end:s.dayTime(n.end,n.start)}),f=a.batteries.length>1,p=[Math.abs(n.energy)>=.05?pe(-n.energy,s):``,n.soc===null?``:s.percent(n.soc)].filter(Boolean).join(` → `);return e`
    <li class=${u?`current`:``}>
      <span class="icon" style="--color:${c(n.mode)}">${t(n.mode)}</span>
      <div>
        <div class="when"><span>${d}</span> <span>${p}</span></div>
        <div class="what">
          ${o(r(n.mode))}${f?` · ${n.battery.name}`:i}
        </div>
        <p class="why">${M(`reason`,n.reason,o,s,l)}</p>
      </div>
    </li>
  `},he=(t,n)=>{let r=_(t,F);return e`
    <section class="next">
      <h3>${n.localize(`next.title`)}</h3>
      ${t.batteries.length===0?e`<p class="why">${n.localize(`next.none`)}</p>`:e`<ol>
              ${r.map(e=>me(e,t,n))}
            </ol>`}
      ${t.batteries.flatMap(r=>r.shortfalls.map(a=>e`
            <p class="why short">
              ${t.batteries.length>1?`${r.name}: `:i}${P(a,n.localize,n.format,t.now)}
            </p>
          `))}
    </section>
  `},ge=(t,{localize:n,format:a})=>{let o=t.batteries.length>0;return e`
    <div class="scroll" tabindex="0">
      <table>
        <caption>
          ${n(`table.caption`)}
        </caption>
        <thead>
          <tr>
            <th scope="col">${n(`table.time`)}</th>
            <th scope="col">${n(`series.import`)}</th>
            <th scope="col">${n(`series.load`)}</th>
            <th scope="col">${n(`series.solar`)}</th>
            <th scope="col">${n(`series.grid`)}</th>
            ${o?e`<th scope="col">${n(`panel.battery`)}</th>
                    <th scope="col">${n(`table.soc`)}</th>
                    <th scope="col">${n(`table.mode`)}</th>`:i}
          </tr>
        </thead>
        <tbody>
          ${ae(t,I).map(s=>e`
              <tr>
                <th scope="row">${a.dayTime(s.start,t.now)}</th>
                <td>${s.importPrice===null?`–`:a.price(s.importPrice)}</td>
                <td>${a.power(s.load)}</td>
                <td>${a.power(s.solar)}</td>
                <td>${a.power(s.grid)}</td>
                ${o?e`<td>${a.power(s.battery)}</td>
                        <td>${s.soc===null?`–`:a.percent(s.soc)}</td>
                        <td>${s.modes.map(e=>n(r(e))).join(`, `)}</td>`:i}
              </tr>
            `)}
        </tbody>
      </table>
    </div>
  `},_e=(t,n,r,a)=>{let{localize:o,format:s}=a,{created:c,now:l,solve_ms:u}=t,d=[c===null?``:o(`footer.planned`,{time:s.dayTime(c,l)}),u===null?``:o(`footer.solved`,{duration:s.seconds(u/1e3)})].filter(Boolean);return e`
    <footer>
      <div class="made">
        <span>${d.join(`, `)}</span>
        ${le(t,o,s).map(t=>e`<span>${t}</span>`)}
      </div>
      <details .open=${n} @toggle=${r}>
        <summary>${o(`table.open`)}</summary>
        ${n?ge(t,a):i}
      </details>
    </footer>
  `},ve=(t,{localize:n,format:r})=>{let a=t.status===`optimal`?`waiting`:t.status,c=t.problem?e`<p>${M(`problem`,t.problem,n,r,t.now)}</p>`:i;return e`
    <div class="state" role="status">
      ${o(s)}
      <h3>${n(`notice.${a}.title`)}</h3>
      <p>${n(`notice.${a}.text`)}</p>
      ${c}
    </div>
  `},G={not_found:s,home_not_named:s,unknown_command:n,unauthorized:a},ye=(t,n,r)=>{let a=t.code in G?t.code:`other`;return e`
    <div class="state" role="alert">
      ${o(G[a]??`M11,15H13V17H11V15M11,7H13V13H11V7M12,2C6.47,2 2,6.5 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2M12,20A8,8 0 0,1 4,12A8,8 0 0,1 12,4A8,8 0 0,1 20,12A8,8 0 0,1 12,20Z`)}
      <h3>${r(`error.${a}.title`)}</h3>
      <p>${r(`error.${a}.text`,{message:t.message||t.code})}</p>
      <div class="actions">
        <button type="button" @click=${n}>${r(`action.retry`)}</button>
        ${a===`unauthorized`?i:e`<a href=${R}>${r(`action.open`)}</a>`}
      </div>
    </div>
  `},be=t=>e`
  <div class="skeleton" role="status" aria-label=${t(`error.loading`)}>
    <div style="height:28px;width:40%"></div>
    <div style="height:64px"></div>
    <div style="height:320px"></div>
  </div>
`,xe=e=>e?.ended===!0,K=new WeakMap,q=e=>{let t=K.get(e);if(!t){let n=new Map;t=n,K.set(e,n),e.addEventListener(`disconnected`,()=>n.clear())}return t},Se=(e,t)=>{let n=new Set,r={listeners:n,last:null,begun:e.subscribeMessage(e=>{let t=performance.now();r.last={message:e,at:t},[...n].forEach(n=>n(e,t))},t,{resubscribe:!1})};return r},Ce=async(e,t,n)=>{let r=q(e),i=JSON.stringify(n),a=t,o=r.get(i),s=o??Se(e,n);r.set(i,s);let c=()=>{s.listeners.delete(a),s.listeners.size>0||r.get(i)!==s||(r.delete(i),s.begun.then(e=>e()).catch(()=>void 0))};s.listeners.add(a);try{await s.begun}catch(e){throw c(),e}return o&&s.last&&a(s.last.message,s.last.at),c},J=`offline`,Y=[2,5,10,30,60],we=1,Te=60,X=3,Ee=1e3,Z=e=>{let{error:t=e}=e??{},{code:n,message:r}=t??{};return t===X||n===X?{code:J,message:J}:{code:String(n??`other`),message:String(r??t)}},Q=class{constructor(e,t,n={}){this.host=e,this.type=t,this.options=n,this.message=null,this.error=null,this.offline=!1,this.receivedAt=0,this.connection=null,this.unsubscribe=null,this.tries=0,this.attached=!1,this.generation=0,this.retry=()=>{this.error=null,this.tries=0,this.stop(),this.start(),this.host.requestUpdate()},this.onReady=()=>{this.offline=!1,this.retry()},this.onLost=()=>{this.offline=!0,this.generation+=1,this.unsubscribe=null,clearTimeout(this.timer),this.host.requestUpdate()},e.addController(this)}hostConnected(){this.attached=!0,this.listen(),this.start()}hostDisconnected(){this.attached=!1,this.stop(),this.connection?.removeEventListener(`ready`,this.onReady),this.connection?.removeEventListener(`disconnected`,this.onLost)}follow(e,t){(e.connection!==this.connection||t!==this.entryId)&&(this.stop(),this.connection?.removeEventListener(`ready`,this.onReady),this.connection?.removeEventListener(`disconnected`,this.onLost),t!==this.entryId&&(this.message=null),this.connection=e.connection,this.entryId=t,this.error=null,this.tries=0,this.attached&&(this.listen(),this.start()))}listen(){this.connection?.addEventListener(`ready`,this.onReady),this.connection?.addEventListener(`disconnected`,this.onLost)}stop(){this.generation+=1,clearTimeout(this.timer);let{unsubscribe:e}=this;this.unsubscribe=null,e&&$(e)}async start(){let{connection:e}=this;if(!e||!this.attached||this.unsubscribe)return;let t=++this.generation;try{let n=(e,n)=>{t===this.generation&&(xe(e)?this.again():this.receive(e,n))},r={type:this.type,...this.entryId?{entry_id:this.entryId}:{}},i=this.options.shared?await Ce(e,n,r):await e.subscribeMessage(n,r,{resubscribe:!1});t===this.generation?this.unsubscribe=i:$(i)}catch(e){t===this.generation&&this.fail(Z(e))}}again(){this.stop(),this.offline=!0,this.timer=setTimeout(()=>void this.start(),we*1e3),this.host.requestUpdate()}receive(e,t=performance.now()){this.receivedAt=t,this.message=e,this.offline=!1,this.error=null,this.tries=0,this.host.requestUpdate()}fail(e){this.error=e;let t=Y[Math.min(this.tries,Y.length-1)]??60;this.tries+=1,this.timer=setTimeout(()=>void this.start(),t*1e3),this.host.requestUpdate()}},De=class extends Q{constructor(e,t){super(e,`shems/plan/subscribe`,t),this.received=null,this.advance=()=>{if(!this.received||!this.message)return;let e=(performance.now()-this.receivedAt)/1e3;this.message={...this.received,now:this.received.now+e},this.host.requestUpdate()}}hostConnected(){this.clock=setInterval(this.advance,Te*1e3),super.hostConnected()}hostDisconnected(){clearInterval(this.clock),super.hostDisconnected()}receive(e,t){this.received=e,super.receive(e,t),t!==void 0&&performance.now()-t>Ee&&this.advance()}},$=e=>{Promise.resolve().then(e).catch(()=>void 0)};export{v as _,R as a,_e as c,fe as d,be as f,y as g,P as h,Z as i,B as l,M as m,J as n,ye as o,ve as p,De as r,H as s,Q as t,he as u,b as v};