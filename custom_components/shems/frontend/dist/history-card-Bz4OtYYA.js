import{B as e,G as t,J as n,L as r,U as i,o as a,p as o,q as s,s as c,t as l,z as u}from"./decorate-CIz8RjeU.js";import{t as d}from"./home-card-CUz7EWwP.js";import{t as f}from"./style-CTTVC_Ly.js";var p=720,m=180,h=16,g=8,_=72,v=.1,y=.005,b=({cost:e,expected:t,happened:n})=>e===null||t===null||n===null?null:e+t-n,x=(e,n,r,a)=>{let o=e.flatMap(e=>[e.cost??0,e.saving??0,b(e)??0]),c=Math.max(v,...o),l=Math.min(0,...o),u=e=>h+m*(c-e)/(c-l),d=Math.min(_,p/e.length),f=Math.ceil(e.length/g),x=(e,t,n,r)=>{if(e===null||Math.abs(e)<y)return i;let[a,o]=[u(Math.max(0,e)),u(Math.min(0,e))];return s`<rect class=${t} x=${n} y=${a} width=${r} height=${Math.max(1,o-a)}></rect>`};return t`<svg class="bars" viewBox="0 0 ${p} ${212}" role="img" aria-label=${n}>
    ${e.map((e,t)=>{let n=t*d,a=b(e);return s`${x(e.cost,`cost`,n+d*.1,d*.5)}
        ${x(e.saving,`saving`,n+d*.62,d*.28)}
        ${a===null?i:s`<line class="planned" x1=${n} x2=${n+d*.7}
                y1=${u(a)} y2=${u(a)}></line>`}
        ${t%f===0?s`<text class=${t===0?`first`:``} x=${t===0?0:n+d*.35} y=${209}>${r(e.start)}</text>`:i}`})}
    <text class="first" x="0" y="11">${a(c)}</text>
    <line class="zero" x1="0" x2=${p} y1=${u(0)} y2=${u(0)}></line>
  </svg>`},S=[`day`,`month`],C=[`load`,`solar`,`price`,`temperature`],w,T=3e5,E=.005,D={load:`series.load`,solar:`series.solar`,price:`panel.price`,temperature:`history.temperature`},O=n`
  svg.bars {
    display: block;
    width: 100%;
    height: auto;
    direction: ltr;
  }
  rect.cost,
  .key.cost::before {
    fill: var(--shems-import);
    background: var(--shems-import);
  }
  rect.saving,
  .key.saving::before {
    fill: var(--success-color, #43a047);
    background: var(--success-color, #43a047);
  }
  line.planned {
    stroke: var(--primary-text-color);
    stroke-width: 2;
  }
  line.zero {
    stroke: var(--shems-zero-line);
  }
  text {
    text-anchor: middle;
    font-size: 11px;
    fill: var(--secondary-text-color);
  }
  text.first {
    text-anchor: start;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    font-size: 12px;
    line-height: 16px;
    color: var(--secondary-text-color);
  }
  .key::before {
    content: "";
    display: inline-block;
    width: 10px;
    height: 10px;
    margin-inline-end: 6px;
    border-radius: 2px;
  }
  .key.planned::before {
    height: 2px;
    vertical-align: 4px;
    background: var(--primary-text-color);
  }
  h3 {
    margin: 8px 0 0;
    font-size: 14px;
    line-height: 20px;
    font-weight: 500;
  }
  p {
    margin: 0;
    font-size: 14px;
    line-height: 20px;
  }
`,k=class extends d{constructor(...e){super(...e),this.step=`day`,this.asked=``,this.ask=()=>{let{hass:e,config:t,step:n}=this;if(!e||!t)return;let r=JSON.stringify([t.entry_id,n]);this.asked=r,this.connection=e.connection;let i=t.entry_id?{entry_id:t.entry_id}:{};e.callWS({type:`shems/history`,...i,step:n}).then(e=>{r===this.asked&&(this.history=e,this.error=void 0)}).catch(e=>{r===this.asked&&(this.error=a(e))})},this.choose=e=>{this.step=e.target.value,this.ask()}}connectedCallback(){super.connectedCallback(),this.timer=setInterval(this.ask,T)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.timer)}currency(){return this.history?.currency??``}follow(e,t){(JSON.stringify([t.entry_id,this.step])!==this.asked||e.connection!==this.connection||this.isBack(e))&&this.ask()}render(){return this.frame(this.body(),this.hass?.connected===!1)}body(){let{config:e,format:n,localize:r,history:i,error:a}=this;return!e||!n?o(r):i?t`
      <header>
        <h2>${e.title||r(`history.title`)}</h2>
        <select name="step" aria-label=${r(`report.period`)} @change=${this.choose}>
          ${S.map(e=>t`<option value=${e} ?selected=${e===this.step}>
                ${r(`history.step.${e}`)}
              </option>`)}
        </select>
      </header>
      ${i.rows.length===0?t`<p class="quiet">${r(`report.nothing`)}</p>`:this.rows(i,n)}
      ${this.scores(i,n)}
    `:a?c(a,this.ask,r):o(r)}date(e,t){let{hass:n}=this,r=t===`day`?{day:`numeric`,month:`numeric`}:{month:`short`,year:`2-digit`},i=n.config.time_zone;return new Date(e*1e3).toLocaleDateString(n.locale.language,{...r,timeZone:i})}rows({rows:e,step:n},r){let{localize:i}=this,a=e=>e===null?`–`:r.money(e),o=t=>r.money(e.reduce((e,n)=>e+(n[t]??0),0)),s=i(`history.aria`,{cost:o(`cost`),saving:o(`saving`)}),c=e=>t`<td>${a(e.cost)}</td>
        <td>${a(e.saving)}</td>
        <td>${a(e.expected)}</td>
        <td>${a(e.happened)}</td>`;return t`
      <div class="legend" aria-hidden="true">
        <span class="key cost">${i(`report.figure.cost`)}</span>
        <span class="key saving">${i(`report.figure.saving`)}</span>
        <span class="key planned">${i(`history.planned`)}</span>
      </div>
      ${x(e,s,e=>this.date(e,n),r.money)}
      <details>
        <summary>${i(`table.open`)}</summary>
        <div class="scroll" tabindex="0" role="region" aria-label=${i(`history.title`)}>
          <table>
            <thead>
              <tr>
                <th scope="col">${i(`history.step.${n}`)}</th>
                <th scope="col">${i(`report.figure.cost`)}</th>
                <th scope="col">${i(`report.figure.saving`)}</th>
                <th scope="col">${i(`history.planned`)}</th>
                <th scope="col">${i(`history.became`)}</th>
              </tr>
            </thead>
            <tbody>
              ${[...e].reverse().map(e=>t`<tr><th scope="row">${this.date(e.start,n)}</th>${c(e)}</tr>`)}
            </tbody>
          </table>
        </div>
      </details>
    `}scores({scores:e},n){let{localize:r}=this,a=C.flatMap(t=>{let n=e[t];return n?[{name:t,score:n}]:[]});return a.length===0?i:t`<h3>${r(`history.accuracy`)}</h3>
      ${a.map(({name:e,score:r})=>t`<p>${this.score(e,r,n)}</p>`)}`}score(e,t,n){let{localize:r}=this,{mae:i,coverage_80:a,days:o,skill:s}=t,c=e===`price`?n.price(i):e===`temperature`?`${n.number(i,1)} °C`:n.power(i),l=r(`history.score`,{quantity:r(D[e]),error:c,coverage:n.percent(a),days:n.number(o,0)});if(s===null||Math.abs(s)<E)return l;let u=n.percent(Math.abs(s));return`${l} (${r(s>0?`source.better`:`source.worse`,{percent:u})})`}};w=k,w.styles=[u,r,f,O],l([e()],k.prototype,`step`,void 0),l([e()],k.prototype,`history`,void 0),l([e()],k.prototype,`error`,void 0);export{k as ShemsHistoryCard};