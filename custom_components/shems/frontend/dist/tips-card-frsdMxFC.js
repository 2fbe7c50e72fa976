import{A as e,F as t,L as n,M as r,j as i,t as a,z as o}from"./decorate-DaL5ErBu.js";import{t as s}from"./live-card-CIfJJRqm.js";import{t as c}from"./words-localize-B8mZJvI5.js";import{t as l}from"./style-SmXOdLvS.js";var u=o`
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
`,d,f=`shems-tips-card`,p=/\{(\w+)\}/g,m={minutes:`good`,habit:`calm`,errand:`warn`},h=async e=>(await e.callWS({type:`frontend/get_translations`,language:e.language,category:`common`,integration:[`shems`]})).resources,g=class extends s{static getStubConfig(){return{type:`custom:${f}`}}constructor(){super(`shems/tips/subscribe`),this.texts={},this.refused=``,this.language=``}getCardSize(){return 6}currency(){return this.feed.message?.currency??``}willUpdate(e){super.willUpdate(e);let{hass:t}=this;t&&t.language!==this.language&&(this.language=t.language,h(t).then(e=>this.texts=e,()=>this.language=``))}content(e,r){let{localize:i}=this,a=e.tips.filter(e=>e.state===`open`),o=e.tips.filter(e=>e.state!==`open`);return n`
      <header><h2>${this.config?.title||i(`tips.title`)}</h2></header>
      ${this.status(e,a.length)}
      ${this.refused?n`<p role="alert" class="quiet">${this.refused}</p>`:t}
      ${a.map(t=>this.tip(t,e,r))}
      ${o.length>0?n`<details>
              <summary>${i(`tips.others`,{count:String(o.length)})}</summary>
              ${o.map(t=>this.tip(t,e,r))}
            </details>`:t}
    `}status(e,r){let{localize:i}=this,a=`problem.${e.problem?.code}`,o=e.searching?`tips.searching`:e.problem?c(a)?a:`problem.tips_failed`:e.searched===null?`tips.never`:r===0?`tips.none`:``;return n`
      ${o?n`<p class="quiet">${i(o,e.problem?.args)}</p>`:t}
      ${e.may_say&&!e.searching?n`<div class="actions">
              <button class="plain" @click=${()=>this.say(`search`)}>
                ${i(`tips.search`)}
              </button>
            </div>`:t}
    `}tip(e,r,i){let{localize:a}=this,{low:o,median:s,high:c}=e.value,l=t=>n`<button class="plain" @click=${()=>this.say(t,e.tip)}>
        ${a(`tips.${t}`)}
      </button>`;return n`<article>
      <header>
        <h3>${this.said(e,`title`,i)}</h3>
        <span class="worth">${a(`tips.worth`,{value:i.money(s)})}</span>
      </header>
      <p>${this.said(e,`text`,i)}</p>
      <p>${this.said(e,`how`,i)}</p>
      <p class="quiet">
        ${a(`tips.interval`,{low:i.money(o),high:i.money(c),confidence:i.percent(e.confidence)})}
      </p>
      <div class="actions">
        <span class="chip ${m[e.effort]}">${a(`tips.effort.${e.effort}`)}</span>
        ${r.may_say?e.state===`open`?n`${l(`done`)}${l(`snooze`)}${l(`dismiss`)}`:l(`reopen`):t}
      </div>
    </article>`}said(e,t,n){let r=this.texts[`component.shems.common.tip_${e.code}_${t}`];return r===void 0?t===`title`?e.code.replaceAll(`_`,` `):``:r.replace(p,(t,r)=>this.written(e,r,t,n))}written(e,t,n,r){let i=e.args[t];return t===`since`&&e.since!==null?new Date(e.since*1e3).toLocaleDateString(this.hass?.locale.language):typeof i==`number`?r.number(i,Number.isInteger(i)?0:2):String(i??n)}async say(e,t){let{hass:n,feed:r}=this;if(n&&r.message){this.refused=``;try{await n.callWS({type:`call_service`,domain:`shems`,service:`tip`,service_data:{config_entry_id:r.message.entry_id,do:e,...t?{tip:t}:{}}})}catch(e){this.refused=e.message??String(e)}}}};d=g,d.styles=[i,e,l,u],a([r()],g.prototype,`texts`,void 0),a([r()],g.prototype,`refused`,void 0);export{g as ShemsTipsCard};