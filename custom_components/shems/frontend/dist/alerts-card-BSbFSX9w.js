import{B as e,K as t,R as n,V as r,W as i,Y as a,t as o}from"./decorate-DrtAILJA.js";import{t as s}from"./live-card-rS1osgjI.js";import{t as c}from"./refusal-CETCD4Eh.js";import{t as l}from"./style-bLaJ5Byd.js";var u,d=[`fuse`,`freezer_off`,`outage_reserve`,`grid_outage`],f=a`
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
`,p=class extends s{constructor(){super(`shems/alerts/subscribe`),this.refused=``}currency(){return``}content(e,n){let{localize:r}=this,a=e.alerts.filter(e=>!e.acknowledged).length;return t`
      <header>
        <h2>${this.config?.title||r(`alerts.title`)}</h2>
        ${e.may_acknowledge&&a>1?t`<button class="plain" @click=${()=>this.acknowledge()}>
                ${r(`alerts.acknowledge_all`)}
              </button>`:i}
      </header>
      ${e.alerts.length===0?t`<p class="quiet">${r(`alerts.none`)}</p>`:t`<ul class="alerts">
              ${e.alerts.map(t=>this.alert(t,e,n))}
            </ul>`}
      ${this.refused?t`<p class="quiet" role="alert">${this.refused}</p>`:i}
    `}alert(e,n,r){let{localize:a}=this,o=e.acknowledged?`calm`:d.includes(e.code)?`bad`:`warn`,s=Date.parse(e.raised)/1e3;return t`<li class=${o}>
      <div>
        <h3>${e.title}</h3>
        <p>${e.message}</p>
        <p class="quiet">
          ${a(`alerts.since`,{time:r.dayTime(s,Date.now()/1e3)})}
          ${e.acknowledged?a(`alerts.acknowledged`):i}
          ${e.muted?a(`alerts.muted`):i}
        </p>
      </div>
      ${n.may_acknowledge&&!e.acknowledged?t`<button
              class="plain"
              aria-label=${a(`alerts.acknowledge_one`,{title:e.title})}
              @click=${()=>this.acknowledge(e.alert)}
            >
              ${a(`alerts.acknowledge`)}
            </button>`:i}
    </li>`}async acknowledge(e){let{hass:t,feed:n}=this;if(t&&n.message){this.refused=``;try{await t.callWS({type:`call_service`,domain:`shems`,service:`acknowledge_alert`,service_data:{config_entry_id:n.message.entry_id,...e===void 0?{}:{alert:[e]}}})}catch(e){this.refused=c(e,this.localize)}}}};u=p,u.styles=[e,n,l,f],o([r()],p.prototype,`refused`,void 0);export{p as ShemsAlertsCard};