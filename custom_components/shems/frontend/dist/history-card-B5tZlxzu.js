import{D as e,F as t,I as n,N as r,O as i,T as a,j as o,t as s}from"./decorate-BzqmqkeY.js";import{f as c,i as l,o as u}from"./feed-CxZS6nj2.js";import{t as d}from"./home-card-CP6EDBzA.js";import{t as f}from"./style-CP6jKjb0.js";var p=720,m=180,h=16,g=8,_=72,v=.1,y=.005,b=({cost:e,expected:t,happened:n})=>e===null||t===null||n===null?null:e+t-n,x=(e,n,i,a)=>{let s=e.flatMap(e=>[e.cost??0,e.saving??0,b(e)??0]),c=Math.max(v,...s),l=Math.min(0,...s),u=e=>h+m*(c-e)/(c-l),d=Math.min(_,p/e.length),f=Math.ceil(e.length/g),x=(e,n,r,i)=>{if(e===null||Math.abs(e)<y)return o;let[a,s]=[u(Math.max(0,e)),u(Math.min(0,e))];return t`<rect class=${n} x=${r} y=${a} width=${i} height=${Math.max(1,s-a)}></rect>`};return r`<svg class="bars" viewBox="0 0 ${p} ${212}" role="img" aria-label=${n}>
    ${e.map((e,n)=>{let r=n*d,a=b(e);return t`${x(e.cost,`cost`,r+d*.1,d*.5)}
        ${x(e.saving,`saving`,r+d*.62,d*.28)}
        ${a===null?o:t`<line class="planned" x1=${r} x2=${r+d*.7}
                y1=${u(a)} y2=${u(a)}></line>`}
        ${n%f===0?t`<text class=${n===0?`first`:``} x=${n===0?0:r+d*.35} y=${209}>${i(e.start)}</text>`:o}`})}
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
`,k=class extends d{constructor(...e){super(...e),this.step=`day`,this.asked=``,this.ask=()=>{let{hass:e,config:t,step:n}=this;if(!e||!t)return;let r=JSON.stringify([t.entry_id,n]);this.asked=r,this.connection=e.connection;let i=t.entry_id?{entry_id:t.entry_id}:{};e.callWS({type:`shems/history`,...i,step:n}).then(e=>{r===this.asked&&(this.history=e,this.error=void 0)}).catch(e=>{r===this.asked&&(this.error=l(e))})},this.choose=e=>{this.step=e.target.value,this.ask()}}connectedCallback(){super.connectedCallback(),this.timer=setInterval(this.ask,T)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.timer)}currency(){return this.history?.currency??``}follow(e,t){(JSON.stringify([t.entry_id,this.step])!==this.asked||e.connection!==this.connection||this.isBack(e))&&this.ask()}render(){return this.frame(this.body(),this.hass?.connected===!1)}body(){let{config:e,format:t,localize:n,history:i,error:a}=this;return!e||!t?c(n):i?r`
      <header>
        <h2>${e.title||n(`history.title`)}</h2>
        <select name="step" aria-label=${n(`report.period`)} @change=${this.choose}>
          ${S.map(e=>r`<option value=${e} ?selected=${e===this.step}>
                ${n(`history.step.${e}`)}
              </option>`)}
        </select>
      </header>
      ${i.rows.length===0?r`<p class="quiet">${n(`report.nothing`)}</p>`:this.rows(i,t)}
      ${this.scores(i,t)}
    `:a?u(a,this.ask,n):c(n)}date(e,t){let{hass:n}=this,r=t===`day`?{day:`numeric`,month:`numeric`}:{month:`short`,year:`2-digit`},i=n.config.time_zone;return new Date(e*1e3).toLocaleDateString(n.locale.language,{...r,timeZone:i})}rows({rows:e,step:t},n){let{localize:i}=this,a=e=>e===null?`–`:n.money(e),o=t=>n.money(e.reduce((e,n)=>e+(n[t]??0),0)),s=i(`history.aria`,{cost:o(`cost`),saving:o(`saving`)}),c=e=>r`<td>${a(e.cost)}</td>
        <td>${a(e.saving)}</td>
        <td>${a(e.expected)}</td>
        <td>${a(e.happened)}</td>`;return r`
      <div class="legend" aria-hidden="true">
        <span class="key cost">${i(`report.figure.cost`)}</span>
        <span class="key saving">${i(`report.figure.saving`)}</span>
        <span class="key planned">${i(`history.planned`)}</span>
      </div>
      ${x(e,s,e=>this.date(e,t),n.money)}
      <details>
        <summary>${i(`table.open`)}</summary>
        <div class="scroll" tabindex="0" role="region" aria-label=${i(`history.title`)}>
          <table>
            <thead>
              <tr>
                <th scope="col">${i(`history.step.${t}`)}</th>
                <th scope="col">${i(`report.figure.cost`)}</th>
                <th scope="col">${i(`report.figure.saving`)}</th>
                <th scope="col">${i(`history.planned`)}</th>
                <th scope="col">${i(`history.became`)}</th>
              </tr>
            </thead>
            <tbody>
              ${[...e].reverse().map(e=>r`<tr><th scope="row">${this.date(e.start,t)}</th>${c(e)}</tr>`)}
            </tbody>
          </table>
        </div>
      </details>
    `}scores({scores:e},t){let{localize:n}=this,i=C.flatMap(t=>{let n=e[t];return n?[{name:t,score:n}]:[]});return i.length===0?o:r`<h3>${n(`history.accuracy`)}</h3>
      ${i.map(({name:e,score:n})=>r`<p>${this.score(e,n,t)}</p>`)}`}score(e,t,n){let{localize:r}=this,{mae:i,coverage_80:a,days:o,skill:s}=t,c=e===`price`?n.price(i):e===`temperature`?`${n.number(i,1)} °C`:n.power(i),l=r(`history.score`,{quantity:r(D[e]),error:c,coverage:n.percent(a),days:n.number(o,0)});if(s===null||Math.abs(s)<E)return l;let u=n.percent(Math.abs(s));return`${l} (${r(s>0?`source.better`:`source.worse`,{percent:u})})`}};w=k,w.styles=[e,a,f,O],s([i()],k.prototype,`step`,void 0),s([i()],k.prototype,`history`,void 0),s([i()],k.prototype,`error`,void 0);export{k as ShemsHistoryCard};