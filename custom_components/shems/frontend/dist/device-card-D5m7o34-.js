import{A as e,D as t,I as n,N as r,O as i,T as a,i as o,j as s,k as c,o as l,r as u,t as d}from"./decorate-BzqmqkeY.js";import{t as f}from"./repeat-UQcNWd16.js";import{t as p}from"./live-card-6B5nvfx8.js";import{a as m,t as h}from"./words-localize-wrOfoJDi.js";import{n as g,r as _}from"./own-0_Y6pNY4.js";import{n as v,t as y}from"./kinds-BNQL2h7G.js";import{m as b}from"./feed-CxZS6nj2.js";import{t as x}from"./refusal-BE6R5US0.js";var S=15e3,C=new Set([`heating`,`water`]),w=(e,t)=>t===`charge`||t===`on`?`money`:t===`off`&&(C.has(e.kind)||e.kind===`vehicle`)?`comfort`:null,T=({mode:e,armed:t,override:n})=>({mode:e,armed:t,until:n?.until??null}),E=class{constructor(e){this.host=e,this.failed=null,this.asked=null,e.addController(this)}hostConnected(){}hostDisconnected(){this.forget()}shown(e){let t=T(e);if(!this.asked)return t;let n={...t,...this.asked};return n.mode!==t.mode||n.armed!==t.armed||n.until===null!=(t.until===null)?n:(this.forget(),t)}choose(e,t,n,r){if(r>0&&n!==`auto`){let i=Date.now()/1e3+r*3600,a={device_id:t.device_id,mode:n,duration:{hours:r}};return this.send(e,{mode:n,until:i},`shems`,`override`,a)}let i=_(e,t.device_id,`mode`),a={mode:n,until:null};return this.send(e,a,`select`,`select_option`,{entity_id:i,option:n})}release(e,t){return this.choose(e,t,`auto`,0)}allow(e,t){let n=_(e,t.device_id,`allow_control`);return this.send(e,{armed:!0},`switch`,`turn_on`,{entity_id:n})}async send(e,t,n,r,i){this.forget(),this.failed=null,this.asked=t,this.timer=setTimeout(()=>{this.forget(),this.host.requestUpdate()},S),this.host.requestUpdate();try{await e.callService(n,r,i)}catch(e){this.forget(),this.failed=e,this.host.requestUpdate()}}forget(){clearTimeout(this.timer),this.asked=null}},D=n`
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
`,O,k=`shems-device`,A=[0,1,3,8],j=class extends e{constructor(...e){super(...e),this.hours=0,this.asking=null,this.control=new E(this),this.move=e=>{let t=e.key===`ArrowLeft`||e.key===`ArrowUp`;if(!t&&e.key!==`ArrowRight`&&e.key!==`ArrowDown`)return;e.preventDefault();let n=[...this.renderRoot.querySelectorAll(`.modes button`)];n[(n.indexOf(e.target)+(t===!(getComputedStyle(this).direction===`rtl`&&/Left|Right/.exec(e.key))?-1:1)+n.length)%n.length]?.focus()},this.release=()=>void this.control.release(this.hass,this.device),this.allow=()=>void this.control.allow(this.hass,this.device)}shouldUpdate(e){return e.size!==1||!e.has(`hass`)}updated(e){if(!e.has(`asking`)||!this.asking&&!e.get(`asking`))return;let t=this.asking?`.confirm .no`:`.modes [aria-checked="true"], .modes button`;this.renderRoot.querySelector(t)?.focus()}render(){let{device:e,localize:t,format:n,message:i}=this,{reason:a}=e,o=this.control.shown(e);return r`<article aria-label=${e.name}>
      <div class="top">
        <span class="icon" style="--color:${u(e.doing??`hold`)}">
          ${l(y(e.kind))}
        </span>
        <div>
          <h3>${e.name}</h3>
          <div class="does">${this.does()}</div>
        </div>
        <div class="power">
          ${e.power_kw===null?s:n.power(Math.abs(e.power_kw))}
          ${e.level===null?s:r`<small>${n.percent(e.level)}</small>`}
        </div>
      </div>
      ${a?r`<p class="why">${b(v(a),a,t,n,i.now)}</p>`:s}
      ${o.mode===null?s:this.controls(o)}
    </article>`}does(){let{doing:e,modes:t}=this.device;return e===`run`||e===`rest`?this.localize(`device.${e}s`):e!==null&&h(o(e))?this.localize(o(e)):t.length===0?this.localize(`device.measured`):``}controls(e){let{device:t,localize:n,format:i,message:a}=this,o=t.device_id!==null,{failed:c}=this.control;return r`
      ${this.asking?this.question(this.asking):this.modes(e,o)}
      <div class="row">
        ${e.until===null?s:r`<span>
                  ${n(`device.until`,{time:i.dayTime(e.until,a.now)})}
                </span>
                <button class="plain" ?disabled=${!o} @click=${this.release}>
                  ${n(`device.release`)}
                </button>`}
        ${e.armed?this.durations(o):r`<span>${n(`device.allow.help`)}</span>
                <button class="plain" ?disabled=${!o} @click=${this.allow}>
                  ${n(`device.allow`)}
                </button>`}
      </div>
      ${o?s:r`<p class="why">${n(`device.forbidden`)}</p>`}
      ${c===null?s:r`<p class="failed" role="alert">
              ${n(`device.failed`,{message:x(c,n)})}
            </p>`}
    `}modes(e,t){let{device:n,localize:i}=this;return r`<div
      class="modes"
      data-count=${n.modes.length}
      role="radiogroup"
      aria-label=${i(`device.mode`,{name:n.name})}
      @keydown=${this.move}
    >
      ${n.modes.map(n=>{let a=n===e.mode;return r`<button
          role="radio"
          data-mode=${n}
          aria-checked=${String(a)}
          tabindex=${a?0:-1}
          ?disabled=${!t}
          @click=${()=>this.pick(n)}
        >
          ${i(`device.mode.${n}`)}
        </button>`})}
    </div>`}durations(e){let{localize:t}=this;return r`<label>
      ${t(`device.for`)}
      <select ?disabled=${!e} @change=${e=>{this.hours=Number(e.target.value)}}>
        ${A.map(e=>r`<option value=${e} ?selected=${e===this.hours}>
              ${t(e===0?`device.for.always`:`device.for.hours`,{hours:e})}
            </option>`)}
      </select>
    </label>`}question(e){let{device:t,localize:n,format:i,message:a}=this,{import_price:o}=a,s=n(`device.confirm.${w(t,e)??`money`}`,{price:o===null?`–`:i.price(o)}),c=t=>{this.asking=null,t&&this.choose(e)};return r`<div class="confirm" role="alertdialog" aria-label=${s} @keydown=${({key:e})=>{e===`Escape`&&c(!1)}}>
      <p>${n(`device.mode.${e}`)}: ${s}</p>
      <div class="row">
        <button @click=${()=>c(!0)}>${n(`device.confirm.yes`)}</button>
        <button class="no" @click=${()=>c(!1)}>${n(`device.confirm.no`)}</button>
      </div>
    </div>`}pick(e){e!==this.control.shown(this.device).mode&&(w(this.device,e)?this.asking=e:this.choose(e))}choose(e){this.control.choose(this.hass,this.device,e,this.hours)}};O=j,O.styles=[t,a,D],d([c({attribute:!1})],j.prototype,`hass`,void 0),d([c({attribute:!1})],j.prototype,`message`,void 0),d([c({attribute:!1})],j.prototype,`device`,void 0),d([c({attribute:!1})],j.prototype,`format`,void 0),d([c({attribute:!1})],j.prototype,`localize`,void 0),d([i()],j.prototype,`hours`,void 0),d([i()],j.prototype,`asking`,void 0);var M;customElements.get(`shems-device`)||customElements.define(k,j);var N=n`
  shems-device + shems-device {
    padding-top: 16px;
    border-top: 1px solid var(--divider-color, #ccc);
  }
  p {
    margin: 0;
    color: var(--secondary-text-color);
  }
`,P=class extends p{static getConfigForm(){let e=super.getConfigForm(),t={name:`device`,selector:{device:{integration:`shems`}}},n=m(document.documentElement.lang||`en`);return{...e,schema:[...e.schema,t],computeLabel:({name:e})=>n(`editor.${e}`)}}constructor(){super(`shems/live/subscribe`,{shared:!0})}setConfig(e){if(e.device&&typeof e.device!=`string`)throw Error(`device must be a text`);super.setConfig(e)}currency(){return this.feed.message?.currency??``}content(e,t){let{config:n,hass:i,localize:a}=this,o=this.chosen(e,i);return r`
      ${n?.title?r`<header><h2>${n.title}</h2></header>`:``}
      ${o.length===0?r`<p>${a(`device.none`)}</p>`:``}
      ${f(o,({id:e})=>e,n=>r`<shems-device
          .hass=${i}
          .message=${e}
          .device=${n}
          .format=${t}
          .localize=${a}
        ></shems-device>`)}
    `}chosen({devices:e,entry_id:t},n){let{device:r}=this.config??{};if(!r)return e;let i=g(n,r,t);return e.filter(({id:e})=>e===i)}};M=P,M.styles=[t,a,N];export{P as ShemsDeviceCard};