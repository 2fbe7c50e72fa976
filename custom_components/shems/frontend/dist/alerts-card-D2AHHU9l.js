import{H as e,L as t,R as n,W as r,q as i,t as a,z as o}from"./decorate-BfmZ39m_.js";import{t as s}from"./live-card-BwaBcYFx.js";import{t as c}from"./refusal-CYZYLkhE.js";import{t as l}from"./style-Cm2mpoyT.js";var u,d=[`fuse`,`freezer_off`,`outage_reserve`,`grid_outage`],f=i`
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
`,p=class extends s{constructor(){super(`shems/alerts/subscribe`),this.refused=``}currency(){return``}content(t,n){let{localize:i}=this,a=t.alerts.filter(e=>!e.acknowledged).length;return r`
      <header>
        <h2>${this.config?.title||i(`alerts.title`)}</h2>
        ${t.may_acknowledge&&a>1?r`<button class="plain" @click=${()=>this.acknowledge()}>
                ${i(`alerts.acknowledge_all`)}
              </button>`:e}
      </header>
      ${t.alerts.length===0?r`<p class="quiet">${i(`alerts.none`)}</p>`:r`<ul class="alerts">
              ${t.alerts.map(e=>this.alert(e,t,n))}
            </ul>`}
      ${this.refused?r`<p class="quiet" role="alert">${this.refused}</p>`:e}
    `}alert(t,n,i){let{localize:a}=this,o=t.acknowledged?`calm`:d.includes(t.code)?`bad`:`warn`,s=Date.parse(t.raised)/1e3;return r`<li class=${o}>
      <div>
        <h3>${t.title}</h3>
        <p>${t.message}</p>
        <p class="quiet">
          ${a(`alerts.since`,{time:i.dayTime(s,Date.now()/1e3)})}
          ${t.acknowledged?a(`alerts.acknowledged`):e}
          ${t.muted?a(`alerts.muted`):e}
        </p>
      </div>
      ${n.may_acknowledge&&!t.acknowledged?r`<button
              class="plain"
              aria-label=${a(`alerts.acknowledge_one`,{title:t.title})}
              @click=${()=>this.acknowledge(t.alert)}
            >
              ${a(`alerts.acknowledge`)}
            </button>`:e}
    </li>`}async acknowledge(e){let{hass:t,feed:n}=this;if(t&&n.message){this.refused=``;try{await t.callWS({type:`call_service`,domain:`shems`,service:`acknowledge_alert`,service_data:{config_entry_id:n.message.entry_id,...e===void 0?{}:{alert:[e]}}})}catch(e){this.refused=c(e,this.localize)}}}};u=p,u.styles=[n,t,l,f],a([o()],p.prototype,`refused`,void 0);export{p as ShemsAlertsCard};