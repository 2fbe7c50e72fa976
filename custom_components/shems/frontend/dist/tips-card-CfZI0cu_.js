import{D as e,I as t,N as n,O as r,T as i,j as a,t as o}from"./decorate-BzqmqkeY.js";import{t as s}from"./live-card-6B5nvfx8.js";import{t as c}from"./words-localize-wrOfoJDi.js";import{t as l}from"./refusal-BE6R5US0.js";import{t as u}from"./style-CP6jKjb0.js";var d=t`
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
`,f,p=/\{(\w+)\}/g,m={minutes:`good`,habit:`calm`,errand:`warn`},h={done:`done`,snooze:`snoozed`,dismiss:`dismissed`,reopen:`open`},g=async e=>(await e.callWS({type:`frontend/get_translations`,language:e.language,category:`common`,integration:[`shems`]})).resources,_=class extends s{constructor(){super(`shems/tips/subscribe`),this.texts={},this.refused=``,this.said=null,this.language=``}currency(){return this.feed.message?.currency??``}willUpdate(e){super.willUpdate(e);let{hass:t}=this;t&&t.language!==this.language&&(this.language=t.language,g(t).then(e=>this.texts=e,()=>this.language=``))}content(e,t){let{localize:r}=this,i=e.tips.map(e=>e.tip===this.said?.tip?{...e,state:this.said.state}:e),o=i.filter(e=>e.state===`open`),s=i.filter(e=>e.state!==`open`);return n`
      <header><h2>${this.config?.title||r(`tips.title`)}</h2></header>
      ${this.status(e,o.length)}
      ${this.refused?n`<p role="alert" class="quiet">${this.refused}</p>`:a}
      ${o.map(n=>this.tip(n,e,t))}
      ${s.length>0?n`<details>
              <summary>${r(`tips.others`,{count:String(s.length)})}</summary>
              ${s.map(n=>this.tip(n,e,t))}
            </details>`:a}
    `}status(e,t){let{localize:r}=this,i=`problem.${e.problem?.code}`,o=e.searching?`tips.searching`:e.problem?c(i)?i:`problem.tips_failed`:e.searched===null?`tips.never`:t===0?`tips.none`:``;return n`
      ${o?n`<p class="quiet">${r(o,e.problem?.args)}</p>`:a}
      ${e.may_say&&!e.searching?n`<div class="actions">
              <button class="plain" @click=${()=>this.say(`search`)}>
                ${r(`tips.search`)}
              </button>
            </div>`:a}
    `}tip(e,t,r){let{localize:i}=this,{low:o,median:s,high:c}=e.value,l=t=>n`<button class="plain" @click=${()=>this.say(t,e.tip)}>
        ${i(`tips.${t}`)}
      </button>`;return n`<article>
      <header>
        <h3>${this.text(e,`title`,r)}</h3>
        <span class="worth">${i(`tips.worth`,{value:r.money(s)})}</span>
      </header>
      <p>${this.text(e,`text`,r)}</p>
      <p>${this.text(e,`how`,r)}</p>
      <p class="quiet">
        ${i(`tips.interval`,{low:r.money(o),high:r.money(c),confidence:r.percent(e.confidence)})}
      </p>
      <div class="actions">
        <span class="chip ${m[e.effort]}">${i(`tips.effort.${e.effort}`)}</span>
        ${t.may_say?e.state===`open`?n`${l(`done`)}${l(`snooze`)}${l(`dismiss`)}`:l(`reopen`):a}
      </div>
    </article>`}text(e,t,n){let r=this.texts[`component.shems.common.tip_${e.code}_${t}`];return r===void 0?t===`title`?e.code.replaceAll(`_`,` `):``:r.replace(p,(t,r)=>this.written(e,r,t,n))}written(e,t,n,r){let i=e.args[t];return t===`since`&&e.since!==null?new Date(e.since*1e3).toLocaleDateString(this.hass?.locale.language):typeof i==`number`?r.brief(i):i??n}async say(e,t){let{hass:n,feed:r}=this;if(!n||!r.message)return;let i=h[e];this.refused=``,this.said=t&&i?{tip:t,state:i}:null;try{await n.callWS({type:`call_service`,domain:`shems`,service:`tip`,service_data:{config_entry_id:r.message.entry_id,do:e,...t?{tip:t}:{}}})}catch(e){this.refused=l(e,this.localize)}this.said=null}};f=_,f.styles=[e,i,u,d],o([r()],_.prototype,`texts`,void 0),o([r()],_.prototype,`refused`,void 0),o([r()],_.prototype,`said`,void 0);export{_ as ShemsTipsCard};