import{I as e,K as t,L as n,R as r,U as i,V as a,t as o}from"./decorate-CPDTJUh0.js";import{t as s}from"./live-card-iG52TTk3.js";import{t as c}from"./style-C8lNcurK.js";var l,u=`shems-alerts-card`,d=[`fuse`,`freezer_off`,`outage_reserve`,`grid_outage`],f=t`
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
`,p=class extends s{static getStubConfig(){return{type:`custom:${u}`}}constructor(){super(`shems/alerts/subscribe`),this.refused=``}getCardSize(){return 2+(this.feed.message?.alerts.length??0)}currency(){return``}content(e,t){let{localize:n}=this,r=e.alerts.filter(e=>!e.acknowledged).length;return i`
      <header>
        <h2>${this.config?.title||n(`alerts.title`)}</h2>
        ${e.may_acknowledge&&r>1?i`<button class="plain" @click=${()=>this.acknowledge()}>
                ${n(`alerts.acknowledge_all`)}
              </button>`:a}
      </header>
      ${e.alerts.length===0?i`<p class="quiet">${n(`alerts.none`)}</p>`:i`<ul class="alerts">
              ${e.alerts.map(n=>this.alert(n,e,t))}
            </ul>`}
      ${this.refused?i`<p class="quiet" role="alert">${this.refused}</p>`:a}
    `}alert(e,t,n){let{localize:r}=this,o=e.acknowledged?`calm`:d.includes(e.code)?`bad`:`warn`,s=Date.parse(e.raised)/1e3;return i`<li class=${o}>
      <div>
        <h3>${e.title}</h3>
        <p>${e.message}</p>
        <p class="quiet">
          ${r(`alerts.since`,{time:n.dayTime(s,Date.now()/1e3)})}
          ${e.acknowledged?r(`alerts.acknowledged`):a}
          ${e.muted?r(`alerts.muted`):a}
        </p>
      </div>
      ${t.may_acknowledge&&!e.acknowledged?i`<button
              class="plain"
              aria-label=${r(`alerts.acknowledge_one`,{title:e.title})}
              @click=${()=>this.acknowledge(e.alert)}
            >
              ${r(`alerts.acknowledge`)}
            </button>`:a}
    </li>`}async acknowledge(e){let{hass:t,feed:n}=this;if(t&&n.message){this.refused=``;try{await t.callWS({type:`call_service`,domain:`shems`,service:`acknowledge_alert`,service_data:{config_entry_id:n.message.entry_id,...e===void 0?{}:{alert:[e]}}})}catch(e){this.refused=String(e.message??e)}}}};l=p,l.styles=[n,e,c,f],o([r()],p.prototype,`refused`,void 0);export{p as ShemsAlertsCard};