import{B as e,G as t,H as n,J as r,L as i,U as a,V as o,_ as s,b as c,h as l,t as u,v as d,z as f}from"./decorate-CIz8RjeU.js";import{t as p}from"./repeat-sQPdKUh8.js";import{t as m}from"./live-card-CtnzhVIf.js";import{a as h,t as g}from"./words-localize-B1IC91yv.js";import{n as _,r as v}from"./own-DgBOUsJy.js";import{n as y,t as b}from"./kinds-yCv5DXIk.js";import{t as x}from"./refusal-CKj7BmgB.js";var S=15e3,C=new Set([`heating`,`water`]),w=(e,t)=>t===`charge`||t===`on`?`money`:t===`off`&&(C.has(e.kind)||e.kind===`vehicle`)?`comfort`:null,T=({mode:e,armed:t,override:n})=>({mode:e,armed:t,until:n?.until??null}),E=class{constructor(e){this.host=e,this.failed=null,this.asked=null,e.addController(this)}hostConnected(){}hostDisconnected(){this.forget()}shown(e){let t=T(e);if(!this.asked)return t;let n={...t,...this.asked};return n.mode!==t.mode||n.armed!==t.armed||n.until===null!=(t.until===null)?n:(this.forget(),t)}choose(e,t,n,r){if(r>0&&n!==`auto`){let i=Date.now()/1e3+r*3600,a={device_id:t.device_id,mode:n,duration:{hours:r}};return this.send(e,{mode:n,until:i},`shems`,`override`,a)}let i=v(e,t.device_id,`mode`),a={mode:n,until:null};return this.send(e,a,`select`,`select_option`,{entity_id:i,option:n})}release(e,t){return this.choose(e,t,`auto`,0)}allow(e,t){let n=v(e,t.device_id,`allow_control`);return this.send(e,{armed:!0},`switch`,`turn_on`,{entity_id:n})}async send(e,t,n,r,i){this.forget(),this.failed=null,this.asked=t,this.timer=setTimeout(()=>{this.forget(),this.host.requestUpdate()},S),this.host.requestUpdate();try{await e.callService(n,r,i)}catch(e){this.forget(),this.failed=e,this.host.requestUpdate()}}forget(){clearTimeout(this.timer),this.asked=null}},D=r`
  article {
    display: grid;
    gap: 8px;
  }
  article + article {
    padding-top: 16px;
    border-top: 1px solid var(--divider-color, #ccc);
  }
  .top {
    display: grid;
    grid-template-columns: 40px minmax(0, 1fr) auto;
    gap: 12px;
    align-items: center;
  }
  .top .icon {
    width: 40px;
    height: 40px;
  }
  .top h3 {
    margin: 0;
    font-size: 16px;
    line-height: 22px;
    font-weight: 500;
    overflow-wrap: anywhere;
  }
  .does {
    font-size: 13px;
    line-height: 18px;
    color: var(--secondary-text-color);
  }
  .power {
    text-align: end;
    font-size: 18px;
    line-height: 22px;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .power small {
    display: block;
    font-size: 13px;
    line-height: 18px;
    color: var(--secondary-text-color);
  }
  .modes {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
    padding: 4px;
    border-radius: 22px;
    background: var(--shems-soft);
  }
  button {
    font: inherit;
    font-size: 14px;
    font-weight: 500;
    min-height: 36px;
    padding: 0 14px;
    border: none;
    border-radius: 18px;
    cursor: pointer;
    color: var(--primary-text-color);
    background: none;
  }
  .modes button {
    flex: 1 1 auto;
    padding: 0 10px;
  }
  /* Where they do not stand in one row in every language, two and two look better than three and one. */
  @container (max-width: 400px) {
    .modes[data-count="4"] {
      display: grid;
      grid-template-columns: 1fr 1fr;
    }
  }
  .modes button[aria-checked="true"] {
    color: #fff;
    background: var(--shems-pressed);
  }
  button.plain,
  .confirm button {
    background: color-mix(in srgb, var(--primary-color) 14%, transparent);
  }
  button:disabled {
    cursor: default;
    opacity: 0.6;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px;
    font-size: 13px;
    line-height: 18px;
    color: var(--secondary-text-color);
  }
  .row label {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    margin-inline-start: auto;
  }
  select {
    font: inherit;
    min-height: 36px;
    padding: 0 8px;
    color: var(--primary-text-color);
    background: var(--card-background-color, #fff);
    border: 1px solid var(--divider-color, #ccc);
    border-radius: 8px;
  }
  .confirm {
    display: grid;
    gap: 8px;
    padding: 12px;
    border-radius: 12px;
    font-size: 14px;
    line-height: 20px;
    background: color-mix(in srgb, var(--warning-color, #ffa600) 14%, transparent);
  }
  .confirm p,
  .failed {
    margin: 0;
  }
  .failed {
    font-size: 13px;
    line-height: 18px;
    color: var(--error-color, #db4437);
  }
  :focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: 2px;
  }
`,O,k=`shems-device`,A=[0,1,3,8],j=class extends n{constructor(...e){super(...e),this.hours=0,this.asking=null,this.control=new E(this),this.move=e=>{let t=e.key===`ArrowLeft`||e.key===`ArrowUp`;if(!t&&e.key!==`ArrowRight`&&e.key!==`ArrowDown`)return;e.preventDefault();let n=[...this.renderRoot.querySelectorAll(`.modes button`)];n[(n.indexOf(e.target)+(t===!(getComputedStyle(this).direction===`rtl`&&/Left|Right/.exec(e.key))?-1:1)+n.length)%n.length]?.focus()},this.release=()=>void this.control.release(this.hass,this.device),this.allow=()=>void this.control.allow(this.hass,this.device)}shouldUpdate(e){return e.size!==1||!e.has(`hass`)}updated(e){if(!e.has(`asking`)||!this.asking&&!e.get(`asking`))return;let t=this.asking?`.confirm .no`:`.modes [aria-checked="true"], .modes button`;this.renderRoot.querySelector(t)?.focus()}render(){let{device:e,localize:n,format:r,message:i}=this,{reason:o}=e,u=this.control.shown(e);return t`<article aria-label=${e.name}>
      <div class="top">
        <span class="icon" style="--color:${s(e.doing??`hold`)}">
          ${c(b(e.kind))}
        </span>
        <div>
          <h3>${e.name}</h3>
          <div class="does">${this.does()}</div>
        </div>
        <div class="power">
          ${e.power_kw===null?a:r.power(Math.abs(e.power_kw))}
          ${e.level===null?a:t`<small>${r.percent(e.level)}</small>`}
        </div>
      </div>
      ${o?t`<p class="why">${l(y(o),o,n,r,i.now)}</p>`:a}
      ${u.mode===null?a:this.controls(u)}
    </article>`}does(){let{doing:e,modes:t}=this.device;return e===`run`||e===`rest`?this.localize(`device.${e}s`):e!==null&&g(d(e))?this.localize(d(e)):t.length===0?this.localize(`device.measured`):``}controls(e){let{device:n,localize:r,format:i,message:o}=this,s=n.device_id!==null,{failed:c}=this.control;return t`
      ${this.asking?this.question(this.asking):this.modes(e,s)}
      <div class="row">
        ${e.until===null?a:t`<span>
                  ${r(`device.until`,{time:i.dayTime(e.until,o.now)})}
                </span>
                <button class="plain" ?disabled=${!s} @click=${this.release}>
                  ${r(`device.release`)}
                </button>`}
        ${e.armed?this.durations(s):t`<span>${r(`device.allow.help`)}</span>
                <button class="plain" ?disabled=${!s} @click=${this.allow}>
                  ${r(`device.allow`)}
                </button>`}
      </div>
      ${s?a:t`<p class="why">${r(`device.forbidden`)}</p>`}
      ${c===null?a:t`<p class="failed" role="alert">
              ${r(`device.failed`,{message:x(c,r)})}
            </p>`}
    `}modes(e,n){let{device:r,localize:i}=this;return t`<div
      class="modes"
      data-count=${r.modes.length}
      role="radiogroup"
      aria-label=${i(`device.mode`,{name:r.name})}
      @keydown=${this.move}
    >
      ${r.modes.map(r=>{let a=r===e.mode;return t`<button
          role="radio"
          data-mode=${r}
          aria-checked=${String(a)}
          tabindex=${a?0:-1}
          ?disabled=${!n}
          @click=${()=>this.pick(r)}
        >
          ${i(`device.mode.${r}`)}
        </button>`})}
    </div>`}durations(e){let{localize:n}=this;return t`<label>
      ${n(`device.for`)}
      <select ?disabled=${!e} @change=${e=>{this.hours=Number(e.target.value)}}>
        ${A.map(e=>t`<option value=${e} ?selected=${e===this.hours}>
              ${n(e===0?`device.for.always`:`device.for.hours`,{hours:e})}
            </option>`)}
      </select>
    </label>`}question(e){let{device:n,localize:r,format:i,message:a}=this,{import_price:o}=a,s=r(`device.confirm.${w(n,e)??`money`}`,{price:o===null?`–`:i.price(o)}),c=t=>{this.asking=null,t&&this.choose(e)};return t`<div class="confirm" role="alertdialog" aria-label=${s} @keydown=${({key:e})=>{e===`Escape`&&c(!1)}}>
      <p>${r(`device.mode.${e}`)}: ${s}</p>
      <div class="row">
        <button @click=${()=>c(!0)}>${r(`device.confirm.yes`)}</button>
        <button class="no" @click=${()=>c(!1)}>${r(`device.confirm.no`)}</button>
      </div>
    </div>`}pick(e){e!==this.control.shown(this.device).mode&&(w(this.device,e)?this.asking=e:this.choose(e))}choose(e){this.control.choose(this.hass,this.device,e,this.hours)}};O=j,O.styles=[f,i,D],u([o({attribute:!1})],j.prototype,`hass`,void 0),u([o({attribute:!1})],j.prototype,`message`,void 0),u([o({attribute:!1})],j.prototype,`device`,void 0),u([o({attribute:!1})],j.prototype,`format`,void 0),u([o({attribute:!1})],j.prototype,`localize`,void 0),u([e()],j.prototype,`hours`,void 0),u([e()],j.prototype,`asking`,void 0);var M;customElements.get(`shems-device`)||customElements.define(k,j);var N=r`
  shems-device + shems-device {
    padding-top: 16px;
    border-top: 1px solid var(--divider-color, #ccc);
  }
  p {
    margin: 0;
    color: var(--secondary-text-color);
  }
`,P=class extends m{static getConfigForm(){let e=super.getConfigForm(),t={name:`device`,selector:{device:{integration:`shems`}}},n=h(document.documentElement.lang||`en`);return{...e,schema:[...e.schema,t],computeLabel:({name:e})=>n(`editor.${e}`)}}constructor(){super(`shems/live/subscribe`,{shared:!0})}setConfig(e){if(e.device&&typeof e.device!=`string`)throw Error(`device must be a text`);super.setConfig(e)}currency(){return this.feed.message?.currency??``}content(e,n){let{config:r,hass:i,localize:a}=this,o=this.chosen(e,i);return t`
      ${r?.title?t`<header><h2>${r.title}</h2></header>`:``}
      ${o.length===0?t`<p>${a(`device.none`)}</p>`:``}
      ${p(o,({id:e})=>e,r=>t`<shems-device
          .hass=${i}
          .message=${e}
          .device=${r}
          .format=${n}
          .localize=${a}
        ></shems-device>`)}
    `}chosen({devices:e,entry_id:t},n){let{device:r}=this.config??{};if(!r)return e;let i=_(n,r,t);return e.filter(({id:e})=>e===i)}};M=P,M.styles=[f,i,N];export{P as ShemsDeviceCard};