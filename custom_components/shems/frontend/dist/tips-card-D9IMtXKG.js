import{H as e,L as t,R as n,W as r,q as i,t as a,z as o}from"./decorate-BfmZ39m_.js";import{t as s}from"./live-card-BwaBcYFx.js";import{t as c}from"./words-localize-BRELbkC_.js";import{t as l}from"./refusal-CYZYLkhE.js";import{t as u}from"./style-Cm2mpoyT.js";var d=i`
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
`,f,p=/\{(\w+)\}/g,m={minutes:`good`,habit:`calm`,errand:`warn`},h={done:`done`,snooze:`snoozed`,dismiss:`dismissed`,reopen:`open`},g=async e=>(await e.callWS({type:`frontend/get_translations`,language:e.language,category:`common`,integration:[`shems`]})).resources,_=class extends s{constructor(){super(`shems/tips/subscribe`),this.texts={},this.refused=``,this.said=null,this.language=``}currency(){return this.feed.message?.currency??``}willUpdate(e){super.willUpdate(e);let{hass:t}=this;t&&t.language!==this.language&&(this.language=t.language,g(t).then(e=>this.texts=e,()=>this.language=``))}content(t,n){let{localize:i}=this,a=t.tips.map(e=>e.tip===this.said?.tip?{...e,state:this.said.state}:e),o=a.filter(e=>e.state===`open`),s=a.filter(e=>e.state!==`open`);return r`
      <header><h2>${this.config?.title||i(`tips.title`)}</h2></header>
      ${this.status(t,o.length)}
      ${this.refused?r`<p role="alert" class="quiet">${this.refused}</p>`:e}
      ${o.map(e=>this.tip(e,t,n))}
      ${s.length>0?r`<details>
              <summary>${i(`tips.others`,{count:String(s.length)})}</summary>
              ${s.map(e=>this.tip(e,t,n))}
            </details>`:e}
    `}status(t,n){let{localize:i}=this,a=`problem.${t.problem?.code}`,o=t.searching?`tips.searching`:t.problem?c(a)?a:`problem.tips_failed`:t.searched===null?`tips.never`:n===0?`tips.none`:``;return r`
      ${o?r`<p class="quiet">${i(o,t.problem?.args)}</p>`:e}
      ${t.may_say&&!t.searching?r`<div class="actions">
              <button class="plain" @click=${()=>this.say(`search`)}>
                ${i(`tips.search`)}
              </button>
            </div>`:e}
    `}tip(t,n,i){let{localize:a}=this,{low:o,median:s,high:c}=t.value,l=e=>r`<button class="plain" @click=${()=>this.say(e,t.tip)}>
        ${a(`tips.${e}`)}
      </button>`;return r`<article>
      <header>
        <h3>${this.text(t,`title`,i)}</h3>
        <span class="worth">${a(`tips.worth`,{value:i.money(s)})}</span>
      </header>
      <p>${this.text(t,`text`,i)}</p>
      <p>${this.text(t,`how`,i)}</p>
      <p class="quiet">
        ${a(`tips.interval`,{low:i.money(o),high:i.money(c),confidence:i.percent(t.confidence)})}
      </p>
      <div class="actions">
        <span class="chip ${m[t.effort]}">${a(`tips.effort.${t.effort}`)}</span>
        ${n.may_say?t.state===`open`?r`${l(`done`)}${l(`snooze`)}${l(`dismiss`)}`:l(`reopen`):e}
      </div>
    </article>`}text(e,t,n){let r=this.texts[`component.shems.common.tip_${e.code}_${t}`];return r===void 0?t===`title`?e.code.replaceAll(`_`,` `):``:r.replace(p,(t,r)=>this.written(e,r,t,n))}written(e,t,n,r){let i=e.args[t];return t===`since`&&e.since!==null?new Date(e.since*1e3).toLocaleDateString(this.hass?.locale.language):typeof i==`number`?r.brief(i):i??n}async say(e,t){let{hass:n,feed:r}=this;if(!n||!r.message)return;let i=h[e];this.refused=``,this.said=t&&i?{tip:t,state:i}:null;try{await n.callWS({type:`call_service`,domain:`shems`,service:`tip`,service_data:{config_entry_id:r.message.entry_id,do:e,...t?{tip:t}:{}}})}catch(e){this.refused=l(e,this.localize)}this.said=null}};f=_,f.styles=[n,t,u,d],a([o()],_.prototype,`texts`,void 0),a([o()],_.prototype,`refused`,void 0),a([o()],_.prototype,`said`,void 0);export{_ as ShemsTipsCard};