import{D as e,N as t,O as n,T as r,t as i}from"./decorate-BzqmqkeY.js";import{f as a,i as o,o as s}from"./feed-CxZS6nj2.js";import{t as c}from"./home-card-CP6EDBzA.js";import{t as l}from"./style-CP6jKjb0.js";var u=[`cost`,`saving`,`bought_kwh`,`sold_kwh`,`income`,`load_kwh`,`solar_kwh`,`self_consumption`,`self_sufficiency`,`carbon_kg`],d=[`day`,`week`,`month`,`year`],f,p=.99,m=.1,h=.005,g=3e5,_=(e,t,n)=>t===null?`–`:e===`cost`||e===`income`||e===`saving`?n.money(t):e.startsWith(`self_`)?n.percent(t):e===`carbon_kg`?`${n.number(t,1)} kg`:n.energy(t),v=class extends c{constructor(...e){super(...e),this.period=`day`,this.asked=``,this.ask=()=>{let{hass:e,config:t,period:n}=this;if(!e||!t)return;let r=JSON.stringify([t.entry_id,n]);this.asked=r,this.connection=e.connection;let i=t.entry_id?{config_entry_id:t.entry_id}:{};e.callWS({type:`call_service`,domain:`shems`,service:`report`,service_data:{...i,period:n},return_response:!0}).then(({response:e})=>{r===this.asked&&(this.report=e,this.error=void 0)}).catch(e=>{r===this.asked&&(this.error=o(e))})},this.choose=e=>{this.period=e.target.value,this.report=void 0,this.ask()}}connectedCallback(){super.connectedCallback(),this.timer=setInterval(()=>this.ask(),g)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.timer)}currency(){return this.report?.currency??``}follow(e,t){(JSON.stringify([t.entry_id,this.period])!==this.asked||e.connection!==this.connection||this.isBack(e))&&this.ask()}render(){return this.frame(this.body(),this.hass?.connected===!1)}body(){let{config:e,format:n,localize:r,report:i,error:o}=this;return!e||!n?a(r):o&&!i?s(o,this.ask,r):t`
      <header>
        <h2>${e.title||r(`report.title`)}</h2>
        <select name="period" aria-label=${r(`report.period`)} @change=${this.choose}>
          ${d.map(e=>t`<option value=${e} ?selected=${e===this.period}>
                ${r(`report.period.${e}`)}
              </option>`)}
        </select>
      </header>
      ${i?this.table(i,n):a(r)}
    `}table(e,n){let{localize:r}=this,{figures:i,before:a}=e,o=u.filter(e=>i[e]!==null||a.figures[e]!==null);return o.length===0?t`<p class="quiet">${r(`report.nothing`)}</p>`:t`
      <table>
        <thead>
          <tr>
            <th scope="col"></th>
            <th scope="col">${r(`report.now`)}</th>
            <th scope="col">${r(`report.before`)}</th>
          </tr>
        </thead>
        <tbody>
          ${o.map(e=>t`<tr>
                <th scope="row">${r(`report.figure.${e}`)}</th>
                <td>${_(e,i[e],n)}</td>
                <td class="quiet">${_(e,a.figures[e],n)}</td>
              </tr>`)}
        </tbody>
      </table>
      ${this.notes(e,n).map(e=>t`<p class="quiet">${e}</p>`)}
    `}notes(e,t){let{localize:n}=this,{coverage:r,below_zero:i,weather:a,plan:o}=e,s=[];return r<p&&s.push(n(`report.coverage`,{share:t.percent(r)})),i.kept_kwh>=m&&s.push(n(`report.below_zero`,{energy:t.energy(i.kept_kwh),money:t.money(i.kept_value)})),a&&a.change!==null&&s.push(this.inLikeWeather(a.change,t)),o&&s.push(n(`report.plan`,{expected:t.money(o.expected.cost),happened:t.money(o.happened.cost),days:o.days})),s}inLikeWeather(e,t){let n=Math.abs(e),r=n<h?`same`:e<0?`less`:`more`;return this.localize(`report.weather.${r}`,{change:t.percent(n)})}};f=v,f.styles=[e,r,l],i([n()],v.prototype,`period`,void 0),i([n()],v.prototype,`report`,void 0),i([n()],v.prototype,`error`,void 0);export{v as ShemsReportCard};