import{I as e,K as t,L as n,R as r,U as i,V as a,t as o}from"./decorate-CPDTJUh0.js";import{t as s}from"./live-card-iG52TTk3.js";import{t as c}from"./words-localize-Mft0f5QC.js";import{t as l}from"./style-C8lNcurK.js";var u=t`
  article {
    display: grid;
    gap: 8px;
    padding: 12px 0;
    border-block-start: 1px solid var(--divider-color, #ccc);
  }
  article header {
    display: flex;
    align-items: baseline;
    justify-content: space-between;
    gap: 12px;
  }
  article h3 {
    margin: 0;
    font-size: 16px;
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  article p {
    margin: 0;
    font-size: 14px;
    line-height: 20px;
  }
  .worth {
    font-variant-numeric: tabular-nums;
    font-weight: 500;
    white-space: nowrap;
  }
`,d,f=`shems-tips-card`,p=/\{(\w+)\}/g,m={minutes:`good`,habit:`calm`,errand:`warn`},h=async e=>(await e.callWS({type:`frontend/get_translations`,language:e.language,category:`common`,integration:[`shems`]})).resources,g=class extends s{static getStubConfig(){return{type:`custom:${f}`}}constructor(){super(`shems/tips/subscribe`),this.texts={},this.refused=``,this.language=``}getCardSize(){return 6}currency(){return this.feed.message?.currency??``}willUpdate(e){super.willUpdate(e);let{hass:t}=this;t&&t.language!==this.language&&(this.language=t.language,h(t).then(e=>this.texts=e,()=>this.language=``))}content(e,t){let{localize:n}=this,r=e.tips.filter(e=>e.state===`open`),o=e.tips.filter(e=>e.state!==`open`);return i`
      <header><h2>${this.config?.title||n(`tips.title`)}</h2></header>
      ${this.status(e,r.length)}
      ${this.refused?i`<p role="alert" class="quiet">${this.refused}</p>`:a}
      ${r.map(n=>this.tip(n,e,t))}
      ${o.length>0?i`<details>
              <summary>${n(`tips.others`,{count:String(o.length)})}</summary>
              ${o.map(n=>this.tip(n,e,t))}
            </details>`:a}
    `}status(e,t){let{localize:n}=this,r=`problem.${e.problem?.code}`,o=e.searching?`tips.searching`:e.problem?c(r)?r:`problem.tips_failed`:e.searched===null?`tips.never`:t===0?`tips.none`:``;return i`
      ${o?i`<p class="quiet">${n(o,e.problem?.args)}</p>`:a}
      ${e.may_say&&!e.searching?i`<div class="actions">
              <button class="plain" @click=${()=>this.say(`search`)}>
                ${n(`tips.search`)}
              </button>
            </div>`:a}
    `}tip(e,t,n){let{localize:r}=this,{low:o,median:s,high:c}=e.value,l=t=>i`<button class="plain" @click=${()=>this.say(t,e.tip)}>
        ${r(`tips.${t}`)}
      </button>`;return i`<article>
      <header>
        <h3>${this.said(e,`title`,n)}</h3>
        <span class="worth">${r(`tips.worth`,{value:n.money(s)})}</span>
      </header>
      <p>${this.said(e,`text`,n)}</p>
      <p>${this.said(e,`how`,n)}</p>
      <p class="quiet">
        ${r(`tips.interval`,{low:n.money(o),high:n.money(c),confidence:n.percent(e.confidence)})}
      </p>
      <div class="actions">
        <span class="chip ${m[e.effort]}">${r(`tips.effort.${e.effort}`)}</span>
        ${t.may_say?e.state===`open`?i`${l(`done`)}${l(`snooze`)}${l(`dismiss`)}`:l(`reopen`):a}
      </div>
    </article>`}said(e,t,n){let r=this.texts[`component.shems.common.tip_${e.code}_${t}`];return r===void 0?t===`title`?e.code.replaceAll(`_`,` `):``:r.replace(p,(t,r)=>this.written(e,r,t,n))}written(e,t,n,r){let i=e.args[t];return t===`since`&&e.since!==null?new Date(e.since*1e3).toLocaleDateString(this.hass?.locale.language):typeof i==`number`?r.number(i,Number.isInteger(i)?0:2):i??n}async say(e,t){let{hass:n,feed:r}=this;if(n&&r.message){this.refused=``;try{await n.callWS({type:`call_service`,domain:`shems`,service:`tip`,service_data:{config_entry_id:r.message.entry_id,do:e,...t?{tip:t}:{}}})}catch(e){this.refused=e.message??String(e)}}}};d=g,d.styles=[n,e,l,u],o([r()],g.prototype,`texts`,void 0),o([r()],g.prototype,`refused`,void 0);export{g as ShemsTipsCard};