import{H as e,K as t,L as n,R as r,W as i,o as a,p as o,q as s,s as c,t as l,z as u}from"./decorate-BfmZ39m_.js";import{t as d}from"./home-card-DyBDRyBD.js";import{t as f}from"./style-Cm2mpoyT.js";var p=720,m=180,h=16,g=8,_=72,v=.1,y=.005,b=({cost:e,expected:t,happened:n})=>e===null||t===null||n===null?null:e+t-n,x=(n,r,a,o)=>{let s=n.flatMap(e=>[e.cost??0,e.saving??0,b(e)??0]),c=Math.max(v,...s),l=Math.min(0,...s),u=e=>h+m*(c-e)/(c-l),d=Math.min(_,p/n.length),f=Math.ceil(n.length/g),x=(n,r,i,a)=>{if(n===null||Math.abs(n)<y)return e;let[o,s]=[u(Math.max(0,n)),u(Math.min(0,n))];return t`<rect class=${r} x=${i} y=${o} width=${a} height=${Math.max(1,s-o)}></rect>`};return i`<svg class="bars" viewBox="0 0 ${p} ${212}" role="img" aria-label=${r}>
    ${n.map((n,r)=>{let i=r*d,o=b(n);return t`${x(n.cost,`cost`,i+d*.1,d*.5)}
        ${x(n.saving,`saving`,i+d*.62,d*.28)}
        ${o===null?e:t`<line class="planned" x1=${i} x2=${i+d*.7}
                y1=${u(o)} y2=${u(o)}></line>`}
        ${r%f===0?t`<text class=${r===0?`first`:``} x=${r===0?0:i+d*.35} y=${209}>${a(n.start)}</text>`:e}`})}
    <text class="first" x="0" y="11">${o(c)}</text>
    <line class="zero" x1="0" x2=${p} y1=${u(0)} y2=${u(0)}></line>
  </svg>`},S=[`day`,`month`],C=[`load`,`solar`,`price`,`temperature`],w,T=3e5,E=.005,D={load:`series.load`,solar:`series.solar`,price:`panel.price`,temperature:`history.temperature`},O=s`
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
`,k=class extends d{constructor(...e){super(...e),this.step=`day`,this.asked=``,this.ask=()=>{let{hass:e,config:t,step:n}=this;if(!e||!t)return;let r=JSON.stringify([t.entry_id,n]);this.asked=r,this.connection=e.connection;let i=t.entry_id?{entry_id:t.entry_id}:{};e.callWS({type:`shems/history`,...i,step:n}).then(e=>{r===this.asked&&(this.history=e,this.error=void 0)}).catch(e=>{r===this.asked&&(this.error=a(e))})},this.choose=e=>{this.step=e.target.value,this.ask()}}connectedCallback(){super.connectedCallback(),this.timer=setInterval(this.ask,T)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.timer)}currency(){return this.history?.currency??``}follow(e,t){(JSON.stringify([t.entry_id,this.step])!==this.asked||e.connection!==this.connection||this.isBack(e))&&this.ask()}render(){return this.frame(this.body(),this.hass?.connected===!1)}body(){let{config:e,format:t,localize:n,history:r,error:a}=this;return!e||!t?o(n):r?i`
      <header>
        <h2>${e.title||n(`history.title`)}</h2>
        <select name="step" aria-label=${n(`report.period`)} @change=${this.choose}>
          ${S.map(e=>i`<option value=${e} ?selected=${e===this.step}>
                ${n(`history.step.${e}`)}
              </option>`)}
        </select>
      </header>
      ${r.rows.length===0?i`<p class="quiet">${n(`report.nothing`)}</p>`:this.rows(r,t)}
      ${this.scores(r,t)}
    `:a?c(a,this.ask,n):o(n)}date(e,t){let{hass:n}=this,r=t===`day`?{day:`numeric`,month:`numeric`}:{month:`short`,year:`2-digit`},i=n.config.time_zone;return new Date(e*1e3).toLocaleDateString(n.locale.language,{...r,timeZone:i})}rows({rows:e,step:t},n){let{localize:r}=this,a=e=>e===null?`–`:n.money(e),o=t=>n.money(e.reduce((e,n)=>e+(n[t]??0),0)),s=r(`history.aria`,{cost:o(`cost`),saving:o(`saving`)}),c=e=>i`<td>${a(e.cost)}</td>
        <td>${a(e.saving)}</td>
        <td>${a(e.expected)}</td>
        <td>${a(e.happened)}</td>`;return i`
      <div class="legend" aria-hidden="true">
        <span class="key cost">${r(`report.figure.cost`)}</span>
        <span class="key saving">${r(`report.figure.saving`)}</span>
        <span class="key planned">${r(`history.planned`)}</span>
      </div>
      ${x(e,s,e=>this.date(e,t),n.money)}
      <details>
        <summary>${r(`table.open`)}</summary>
        <div class="scroll" tabindex="0" role="region" aria-label=${r(`history.title`)}>
          <table>
            <thead>
              <tr>
                <th scope="col">${r(`history.step.${t}`)}</th>
                <th scope="col">${r(`report.figure.cost`)}</th>
                <th scope="col">${r(`report.figure.saving`)}</th>
                <th scope="col">${r(`history.planned`)}</th>
                <th scope="col">${r(`history.became`)}</th>
              </tr>
            </thead>
            <tbody>
              ${[...e].reverse().map(e=>i`<tr><th scope="row">${this.date(e.start,t)}</th>${c(e)}</tr>`)}
            </tbody>
          </table>
        </div>
      </details>
    `}scores({scores:t},n){let{localize:r}=this,a=C.flatMap(e=>{let n=t[e];return n?[{name:e,score:n}]:[]});return a.length===0?e:i`<h3>${r(`history.accuracy`)}</h3>
      ${a.map(({name:e,score:t})=>i`<p>${this.score(e,t,n)}</p>`)}`}score(e,t,n){let{localize:r}=this,{mae:i,coverage_80:a,days:o,skill:s}=t,c=e===`price`?n.price(i):e===`temperature`?`${n.number(i,1)} °C`:n.power(i),l=r(`history.score`,{quantity:r(D[e]),error:c,coverage:n.percent(a),days:n.number(o,0)});if(s===null||Math.abs(s)<E)return l;let u=n.percent(Math.abs(s));return`${l} (${r(s>0?`source.better`:`source.worse`,{percent:u})})`}};w=k,w.styles=[r,n,f,O],l([u()],k.prototype,`step`,void 0),l([u()],k.prototype,`history`,void 0),l([u()],k.prototype,`error`,void 0);export{k as ShemsHistoryCard};