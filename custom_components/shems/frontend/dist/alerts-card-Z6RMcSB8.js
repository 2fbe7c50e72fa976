import{A as e,F as t,L as n,M as r,j as i,t as a,z as o}from"./decorate-DaL5ErBu.js";import{t as s}from"./live-card-CIfJJRqm.js";import{t as c}from"./style-SmXOdLvS.js";var l,u=`shems-alerts-card`,d=[`fuse`,`freezer_off`,`outage_reserve`],f=o`
  .alerts {
    display: grid;
    gap: 12px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .alerts li {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 8px 12px;
    padding: 12px;
    border-radius: 12px;
    background: color-mix(in srgb, var(--tone) 12%, transparent);
    border-inline-start: 4px solid var(--tone);
  }
  .alerts div {
    flex: 1 1 220px;
    min-width: 0;
    font-size: 14px;
    line-height: 20px;
    overflow-wrap: anywhere;
  }
  .alerts h3 {
    margin: 0;
    font-size: 14px;
    line-height: 20px;
    font-weight: 500;
  }
  .alerts p {
    margin: 0;
  }
`,p=class extends s{static getStubConfig(){return{type:`custom:${u}`}}constructor(){super(`shems/alerts/subscribe`),this.refused=``}getCardSize(){return 2+(this.feed.message?.alerts.length??0)}currency(){return``}content(e,r){let{localize:i}=this,a=e.alerts.filter(e=>!e.acknowledged).length;return n`
      <header>
        <h2>${this.config?.title||i(`alerts.title`)}</h2>
        ${e.may_acknowledge&&a>1?n`<button class="plain" @click=${()=>this.acknowledge()}>
                ${i(`alerts.acknowledge_all`)}
              </button>`:t}
      </header>
      ${e.alerts.length===0?n`<p class="quiet">${i(`alerts.none`)}</p>`:n`<ul class="alerts">
              ${e.alerts.map(t=>this.alert(t,e,r))}
            </ul>`}
      ${this.refused?n`<p class="quiet" role="alert">${this.refused}</p>`:t}
    `}alert(e,r,i){let{localize:a}=this,o=e.acknowledged?`calm`:d.includes(e.code)?`bad`:`warn`,s=Date.parse(e.raised)/1e3;return n`<li class=${o}>
      <div>
        <h3>${e.title}</h3>
        <p>${e.message}</p>
        <p class="quiet">
          ${a(`alerts.since`,{time:i.dayTime(s,Date.now()/1e3)})}
          ${e.acknowledged?a(`alerts.acknowledged`):t}
          ${e.muted?a(`alerts.muted`):t}
        </p>
      </div>
      ${r.may_acknowledge&&!e.acknowledged?n`<button
              class="plain"
              aria-label=${a(`alerts.acknowledge_one`,{title:e.title})}
              @click=${()=>this.acknowledge(e.alert)}
            >
              ${a(`alerts.acknowledge`)}
            </button>`:t}
    </li>`}async acknowledge(e){let{hass:t,feed:n}=this;if(t&&n.message){this.refused=``;try{await t.callWS({type:`call_service`,domain:`shems`,service:`acknowledge_alert`,service_data:{config_entry_id:n.message.entry_id,...e===void 0?{}:{alert:[e]}}})}catch(e){this.refused=String(e.message??e)}}}};l=p,l.styles=[i,e,c,f],a([r()],p.prototype,`refused`,void 0);export{p as ShemsAlertsCard};