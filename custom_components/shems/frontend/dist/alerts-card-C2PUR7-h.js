import{D as e,I as t,N as n,O as r,T as i,j as a,t as o}from"./decorate-BzqmqkeY.js";import{t as s}from"./live-card-6B5nvfx8.js";import{t as c}from"./refusal-BE6R5US0.js";import{t as l}from"./style-CP6jKjb0.js";var u,d=[`fuse`,`freezer_off`,`outage_reserve`,`grid_outage`],f=t`
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
`,p=class extends s{constructor(){super(`shems/alerts/subscribe`),this.refused=``}currency(){return``}content(e,t){let{localize:r}=this,i=e.alerts.filter(e=>!e.acknowledged).length;return n`
      <header>
        <h2>${this.config?.title||r(`alerts.title`)}</h2>
        ${e.may_acknowledge&&i>1?n`<button class="plain" @click=${()=>this.acknowledge()}>
                ${r(`alerts.acknowledge_all`)}
              </button>`:a}
      </header>
      ${e.alerts.length===0?n`<p class="quiet">${r(`alerts.none`)}</p>`:n`<ul class="alerts">
              ${e.alerts.map(n=>this.alert(n,e,t))}
            </ul>`}
      ${this.refused?n`<p class="quiet" role="alert">${this.refused}</p>`:a}
    `}alert(e,t,r){let{localize:i}=this,o=e.acknowledged?`calm`:d.includes(e.code)?`bad`:`warn`,s=Date.parse(e.raised)/1e3;return n`<li class=${o}>
      <div>
        <h3>${e.title}</h3>
        <p>${e.message}</p>
        <p class="quiet">
          ${i(`alerts.since`,{time:r.dayTime(s,Date.now()/1e3)})}
          ${e.acknowledged?i(`alerts.acknowledged`):a}
          ${e.muted?i(`alerts.muted`):a}
        </p>
      </div>
      ${t.may_acknowledge&&!e.acknowledged?n`<button
              class="plain"
              aria-label=${i(`alerts.acknowledge_one`,{title:e.title})}
              @click=${()=>this.acknowledge(e.alert)}
            >
              ${i(`alerts.acknowledge`)}
            </button>`:a}
    </li>`}async acknowledge(e){let{hass:t,feed:n}=this;if(t&&n.message){this.refused=``;try{await t.callWS({type:`call_service`,domain:`shems`,service:`acknowledge_alert`,service_data:{config_entry_id:n.message.entry_id,...e===void 0?{}:{alert:[e]}}})}catch(e){this.refused=c(e,this.localize)}}}};u=p,u.styles=[e,i,l,f],o([r()],p.prototype,`refused`,void 0);export{p as ShemsAlertsCard};