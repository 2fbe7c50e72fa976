import{B as e,H as t,I as n,K as r,L as i,R as a,S as o,U as s,V as c,_ as l,a as u,b as d,c as f,d as p,f as m,g as h,h as g,i as _,l as v,m as y,n as b,o as x,p as S,q as C,s as w,t as T,u as E,v as D,x as O,y as k,z as A}from"./decorate-IeDwuXiF.js";import{i as j,n as ee,r as te}from"./words-localize-CMRiGscC.js";import{a as ne,i as re,n as ie,r as ae,t as M}from"./kinds-DAK9_7Vn.js";var N=(e,t,n)=>(n.configurable=!0,n.enumerable=!0,Reflect.decorate&&typeof t!=`object`&&Object.defineProperty(e,t,n),n),P;function oe(e){return(t,n)=>N(t,n,{get(){return(this.renderRoot??(P??=document.createDocumentFragment())).querySelectorAll(e)}})}var F=e=>e.start.length>0&&e.end.length===e.start.length,I=e=>e.end[e.end.length-1]??e.now,se=ae(class extends re{constructor(e){if(super(e),e.type!==ne.ATTRIBUTE||e.name!==`class`||e.strings?.length>2)throw Error("`classMap()` can only be used in the `class` attribute and must be the only part in the attribute.")}render(e){return` `+Object.keys(e).filter(t=>e[t]).join(` `)+` `}update(e,[n]){if(this.st===void 0){this.st=new Set,e.strings!==void 0&&(this.nt=new Set(e.strings.join(` `).split(/\s/).filter(e=>e!==``)));for(let e in n)n[e]&&!this.nt?.has(e)&&this.st.add(e);return this.render(n)}let r=e.element.classList;for(let e of this.st)e in n||(r.remove(e),this.st.delete(e));for(let e in n){let t=!!n[e];t===this.st.has(e)||this.nt?.has(e)||(t?(r.add(e),this.st.add(e)):(r.remove(e),this.st.delete(e)))}return t}}),ce=`important`,le=` !`+ce,ue=ae(class extends re{constructor(e){if(super(e),e.type!==ne.ATTRIBUTE||e.name!==`style`||e.strings?.length>2)throw Error("The `styleMap` directive must be used in the `style` attribute and must be the only part in the attribute.")}render(e){return Object.keys(e).reduce((t,n)=>{let r=e[n];return r==null?t:t+`${n=n.includes(`-`)?n:n.replace(/(?:^(webkit|moz|ms|o)|)(?=[A-Z])/g,`-$&`).toLowerCase()}:${r};`},``)}update(e,[n]){let{style:r}=e.element;if(this.ft===void 0)return this.ft=new Set(Object.keys(n)),this.render(n);for(let e of this.ft)n[e]??(this.ft.delete(e),e.includes(`-`)?r.removeProperty(e):r[e]=null);for(let e in n){let t=n[e];if(t!=null){this.ft.add(e);let n=typeof t==`string`&&t.endsWith(le);e.includes(`-`)||n?r.setProperty(e,n?t.slice(0,-11):t,n?ce:``):r[e]=t}}return t}}),de=`.uplot,.uplot *,.uplot :before,.uplot :after{box-sizing:border-box}.uplot{width:min-content;font-family:system-ui,-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Noto Sans,Ubuntu,Cantarell,Helvetica Neue,Arial,sans-serif,Apple Color Emoji,Segoe UI Emoji,Segoe UI Symbol,Noto Color Emoji;line-height:1.5}.u-title{text-align:center;font-size:18px;font-weight:700}.u-wrap{-webkit-user-select:none;user-select:none;position:relative}.u-over,.u-under{position:absolute}.u-under{overflow:hidden}.uplot canvas{width:100%;height:100%;display:block;position:relative}.u-axis{position:absolute}.u-legend{text-align:center;margin:auto;font-size:14px}.u-inline{display:block}.u-inline *{display:inline-block}.u-inline tr{margin-right:16px}.u-legend th{font-weight:600}.u-legend th>*{vertical-align:middle;display:inline-block}.u-legend .u-marker{width:1em;height:1em;margin-right:4px;background-clip:padding-box!important}.u-inline.u-live th:after{content:":";vertical-align:middle}.u-inline:not(.u-live) .u-value{display:none}.u-series>*{padding:4px}.u-series th{cursor:pointer}.u-legend .u-off>*{opacity:.3}.u-select{pointer-events:none;background:#00000012;position:absolute}.u-cursor-x,.u-cursor-y{pointer-events:none;will-change:transform;position:absolute;top:0;left:0}.u-hz .u-cursor-x,.u-vt .u-cursor-y{border-right:1px dashed #607d8b;height:100%}.u-hz .u-cursor-y,.u-vt .u-cursor-x{border-bottom:1px dashed #607d8b;width:100%}.u-cursor-pt{pointer-events:none;will-change:transform;border:0 solid;border-radius:50%;position:absolute;top:0;left:0;background-clip:padding-box!important}.u-axis.u-off,.u-select.u-off,.u-cursor-x.u-off,.u-cursor-y.u-off,.u-cursor-pt.u-off{display:none}`,fe=1/6,pe=(e,t)=>{let n=0,r=e.start.length-1;for(;n<=r;){let i=n+r>>1;if(t<(e.start[i]??1/0))r=i-1;else if(t>=(e.end[i]??-1/0))n=i+1;else return i}return-1},me=(e,t)=>e[t]??null,he=(e,t,n)=>e.map(e=>{let r=pe(t,e);return r<0?null:me(n,r)}),ge=(e,t,n)=>{let r=t.start.map((e,n)=>(e+(t.end[n]??e))/2);return e.map(e=>{let i=pe(t,e);if(i<0)return null;let a=me(n,i);if(a===null)return null;let o=r[i]??e,s=e<o?i-1:i+1,c=me(n,s),l=r[s];return c===null||l===void 0?a:a+(c-a)*(e-o)/(l-o)})},_e=(e,t,n,r)=>e.map(e=>{let i=t.end.length-1,a=e===t.end[i]?i:pe(t,e);if(a<0)return null;let o=t.start[a]??e,s=t.end[a]??e,c=a===0?r:n[a-1]??null,l=me(n,a);return c===null||l===null?null:s===o?l:c+(l-c)*(e-o)/(s-o)}),ve=({devices:e})=>e.flatMap(({name:e,power_kw:t,state:n,capacity_kwh:r})=>r&&n&&t.length>0?[{name:e,capacity_kwh:r,reserve:0,power_kw:t.map(e=>e===null?null:-e),soc:n.map(e=>e===null?null:e/r)}]:[]),ye=(e,t)=>{let n=((t.end[0]??0)-(t.start[0]??0))/3600,r=(e.soc[0]??0)+(e.power_kw[0]??0)*n/e.capacity_kwh;return Math.min(1,Math.max(0,Number.isFinite(r)?r:0))},be=(e,t)=>{let n=0,r=0;for(let i of e){let e=i.value[t];e!=null&&(n+=e*i.capacity_kwh,r+=i.capacity_kwh)}return r>0?n/r:null},xe=(e,t,n)=>{let r=new Set([n]);for(let{start:n,end:i}of[t,e])n.forEach((e,t)=>{let n=i[t]??e;r.add(e).add((e+n)/2).add(n)});return[...r].sort((e,t)=>e-t)},Se=(e,t,n)=>e.map((e,r)=>(t[r]??!0)===n?e:null),L=(e,t)=>{let n={start:e.start,end:e.end},r={start:e.past.start,end:e.past.start.map(e=>e+300)},{now:i}=e,a=xe(n,r,i),o=(e,t)=>({past:ge(a,r,e),plan:ge(a,n,t.p50),low:ge(a,n,t.p10),high:ge(a,n,t.p90),innerLow:ge(a,n,t.p25??[]),innerHigh:ge(a,n,t.p75??[])}),{import_price:s,export_price:c,price_known:l}=e;return{x:a,from:Math.max(i-t*3600*fe,Math.min(a[0]??i,i)),to:Math.max(Math.min(i+t*3600,I(e)),i+3600),now:i,importKnown:he(a,n,Se(s,l,!0)),importGuess:he(a,n,Se(s,l,!1)),exportKnown:he(a,n,Se(c,l,!0)),exportGuess:he(a,n,Se(c,l,!1)),value:he(a,n,e.start.map((t,n)=>be(e.batteries,n))),load:o(e.past.load_kw,e.load_kw),solar:o(e.past.solar_kw,e.solar_kw),grid:{past:ge(a,r,e.past.grid_kw),plan:he(a,n,e.grid_kw)},curtailed:he(a,n,e.curtailed_kw),batteryPast:he(a,r,e.past.battery_kw),socPast:ge(a,r,e.past.soc),peak:a.map(t=>t>=i?e.peak_kw??null:null),batteries:[...e.batteries,...ve(e)].map(e=>({battery:e,power:he(a,n,e.power_kw),soc:_e(a,n,e.soc,ye(e,n))}))}},R=(e,t)=>{let n=0,r=e.length-1;for(;n<r;){let i=n+r+1>>1;(e[i]??1/0)<=t?n=i:r=i-1}return n},Ce=r`
  :host {
    display: block;
  }
  .failed {
    color: var(--error-color);
    margin: 8px 0;
  }
  .toolbar {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 8px;
    min-height: 32px;
    margin: 0 var(--right) 2px 0;
  }
  .moment {
    font-weight: 500;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .moment small {
    font-weight: 400;
    color: var(--secondary-text-color);
    margin-inline-start: 2px;
    font-size: 12px;
  }
  .zoom {
    display: inline-flex;
    padding: 2px;
    border-radius: 999px;
    background: var(--shems-soft);
  }
  .zoom button {
    all: unset;
    box-sizing: border-box;
    cursor: pointer;
    font-size: 12px;
    line-height: 24px;
    padding: 0 10px;
    border-radius: 999px;
    color: var(--secondary-text-color);
    white-space: nowrap;
  }
  .zoom button[aria-pressed="true"] {
    background: var(--card-background-color, #fff);
    color: var(--primary-text-color);
    box-shadow: 0 1px 2px rgba(0, 0, 0, 0.2);
  }
  button:focus-visible,
  .stack:focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: 2px;
  }
  .stack {
    position: relative;
    border-radius: 4px;
    touch-action: pan-y;
    user-select: none;
    -webkit-user-select: none;
    cursor: crosshair;
  }
  .tip {
    position: absolute;
    top: 24px;
    z-index: 2;
    max-width: min(320px, 60%);
    box-sizing: border-box;
    margin: 0;
    padding: 8px 12px;
    list-style: none;
    display: grid;
    gap: 6px;
    font-size: 12px;
    line-height: 16px;
    color: var(--primary-text-color);
    background: var(--card-background-color, #fff);
    border-radius: 8px;
    box-shadow: 0 2px 8px rgba(0, 0, 0, 0.35);
    pointer-events: none;
  }
  .tip b {
    font-weight: 500;
  }
  .panel + .panel {
    margin-top: 10px;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    gap: 2px 14px;
    font-size: 12px;
    line-height: 18px;
    color: var(--secondary-text-color);
    margin-inline-end: var(--right);
  }
  .legend h3 {
    margin: 0;
    font-size: 12px;
    font-weight: 500;
    color: var(--primary-text-color);
    margin-inline-end: auto;
  }
  .legend h3 span {
    font-weight: 400;
    color: var(--secondary-text-color);
  }
  .entry {
    white-space: nowrap;
  }
  .entry b {
    font-weight: 500;
    color: var(--primary-text-color);
    font-variant-numeric: tabular-nums;
  }
  .swatch {
    display: inline-block;
    width: 10px;
    height: 10px;
    border-radius: 3px;
    margin-inline-end: 5px;
    vertical-align: -1px;
    background: var(--color);
  }
  .swatch.line,
  .swatch.dashed {
    height: 0;
    width: 12px;
    border-radius: 0;
    background: none;
    border-top: 2px solid var(--color);
    vertical-align: 3px;
  }
  .swatch.dashed {
    border-top-style: dotted;
  }
  @container (max-width: 480px) {
    .legend {
      column-gap: 9px;
    }
    .legend.long h3 {
      flex-basis: 100%;
    }
    .swatch {
      margin-inline-end: 4px;
    }
  }
  .plot {
    position: relative;
    direction: ltr;
  }
  .over {
    position: absolute;
    inset: 0 var(--right) 0 var(--left);
    pointer-events: none;
    overflow: hidden;
  }
  .over.labelled {
    bottom: 22px;
  }
  .past {
    position: absolute;
    inset: 0 auto 0 0;
    background: var(--shems-soft);
    opacity: 0.6;
  }
  .now,
  .cursor,
  .midnight {
    position: absolute;
    top: 0;
    bottom: 0;
    width: 0;
    border-left: 1px solid var(--divider-color);
  }
  .now {
    border-left: 2px solid var(--primary-color, #03a9f4);
    margin-left: -1px;
  }
  .cursor {
    border-left: 1px dashed var(--primary-text-color);
  }
  .selection {
    position: absolute;
    top: 0;
    bottom: 0;
    background: var(--primary-color, #03a9f4);
    opacity: 0.14;
  }
  .dots {
    overflow: visible;
  }
  .dot {
    position: absolute;
    width: 9px;
    height: 9px;
    margin: -4.5px 0 0 -4.5px;
    box-sizing: border-box;
    border-radius: 50%;
    background: var(--color);
    border: 2px solid var(--card-background-color, #fff);
  }
  .strips {
    display: grid;
    gap: 3px;
    margin: 4px var(--right) 0 var(--left);
  }
  .strip {
    position: relative;
    height: 18px;
    border-radius: 5px;
    overflow: hidden;
    background: var(--shems-soft);
  }
  .run {
    position: absolute;
    top: 0;
    bottom: 0;
    box-sizing: border-box;
    border-inline-start: 1px solid var(--card-background-color, #fff);
    background: var(--color);
    overflow: hidden;
    white-space: nowrap;
    text-overflow: ellipsis;
    font-size: 11px;
    line-height: 18px;
    padding: 0 5px;
    color: #fff;
  }
  .run.narrow {
    padding: 0;
    display: grid;
    place-items: center;
  }
  .run svg {
    width: 13px;
    height: 13px;
    fill: currentColor;
  }
`,we=[`import`,`export`,`value`,`load`,`solar`,`grid`,`curtailed`,`text`,`grid-line`,`zero-line`],Te=e=>`--shems-battery-${e%4+1}`,Ee=e=>{let t=getComputedStyle(e),n=e=>t.getPropertyValue(e).trim()||`#888888`;return{...Object.fromEntries(we.map(e=>[e,n(`--shems-${e}`)])),batteries:Array.from({length:4},(e,t)=>n(Te(t))),font:t.fontFamily||`sans-serif`}},De,Oe=e=>(De??=document.createElement(`canvas`).getContext(`2d`),De?(De.fillStyle=`#888888`,De.fillStyle=e,De.fillStyle):e),z=(e,t)=>{let n=Oe(e),r=/^#(..)(..)(..)$/.exec(n),i=r?r.slice(1,4).map(e=>parseInt(e,16)):(n.match(/[\d.]+/g)??[]).slice(0,3).map(Number);return i.length===3?`rgba(${i.join(`, `)}, ${t})`:e},ke=900,Ae=[1,2,3,4,6,8,12,24],je=8,Me=[1,2,2.5,5,10],Ne=(e,t,n,r,i=52)=>{let a=(t-e)/3600,o=Math.max(1,Math.floor(n/i)),s=Ae.find(e=>a/e<=o)??24,c=[];for(let i=Math.ceil(e/ke)*ke;i<=t;i+=ke){let{hour:a,minute:o}=r.clock(i);if(o!==0||a%s!==0)continue;let l=c[c.length-1];if(l&&i-l.time<s*2700)continue;let u=a===0,d=(t-i)*n/(t-e)<je||(i-e)*n/(t-e)<4,f=u?r.weekday(i):r.fullHour(i);c.push({time:i,midnight:u,label:d?``:f})}return c},Pe=e=>{let t=10**Math.floor(Math.log10(e));return(Me.find(n=>n*t>=e*.999)??10)*t},Fe=(e,t,n)=>{let r=0,i=0;for(let t of e)t!==null&&Number.isFinite(t)&&(r=Math.min(r,t),i=Math.max(i,t));i-r<n&&(i=r+n);let a=(i-r)*.06;return{min:r<0?r-a:0,max:i>0?i+a:0,step:Pe((i-r)/t)}},Ie=({min:e,max:t,step:n})=>{let r=[];for(let i=Math.ceil(e/n);i*n<=t+n/1e3;i+=1)r.push(i*n);return r},Le=e=>{for(let t=0;t<4;t+=1){let n=e*10**t;if(Math.abs(n-Math.round(n))<1e-6)return t}return 4},Re=(e,t,n)=>Fe(e.flat(),t,n),ze=(e,t)=>t.filter((t,n)=>{let r=e.x[n]??0;return r>=e.from&&r<=e.to}),Be=(e,t)=>{for(let n of e.sources){let e=n[t];if(e!=null)return e}return null},Ve=!0,He=`uplot`,Ue=`u-hz`,We=`u-vt`,Ge=`u-title`,Ke=`u-wrap`,qe=`u-under`,Je=`u-over`,Ye=`u-axis`,Xe=`u-off`,Ze=`u-select`,Qe=`u-cursor-x`,$e=`u-cursor-y`,et=`u-cursor-pt`,tt=`u-legend`,nt=`u-live`,rt=`u-inline`,it=`u-series`,at=`u-marker`,ot=`u-label`,st=`u-value`,ct=`width`,lt=`height`,ut=`top`,dt=`bottom`,ft=`left`,pt=`right`,mt=`#000`,ht=`#0000`,gt=`mousemove`,_t=`mousedown`,vt=`mouseup`,yt=`mouseenter`,bt=`mouseleave`,xt=`dblclick`,St=`resize`,Ct=`scroll`,wt=`change`,Tt=`dppxchange`,Et=`--`,Dt=typeof window<`u`,Ot=Dt?document:null,kt=Dt?window:null,At=Dt?navigator:null,B,jt;function Mt(){let e=devicePixelRatio;B!=e&&(B=e,jt&&Kt(wt,jt,Mt),jt=matchMedia(`(min-resolution: ${B-.001}dppx) and (max-resolution: ${B+.001}dppx)`),Gt(wt,jt,Mt),kt.dispatchEvent(new CustomEvent(Tt)))}function Nt(e,t){if(t!=null){let n=e.classList;!n.contains(t)&&n.add(t)}}function Pt(e,t){let n=e.classList;n.contains(t)&&n.remove(t)}function V(e,t,n){e.style[t]=n+`px`}function Ft(e,t,n,r){let i=Ot.createElement(e);return t!=null&&Nt(i,t),n?.insertBefore(i,r),i}function It(e,t){return Ft(`div`,e,t)}var Lt=new WeakMap;function Rt(e,t,n,r,i){let a=`translate(`+t+`px,`+n+`px)`;a!=Lt.get(e)&&(e.style.transform=a,Lt.set(e,a),t<0||n<0||t>r||n>i?Nt(e,Xe):Pt(e,Xe))}var zt=new WeakMap;function Bt(e,t,n){let r=t+n;r!=zt.get(e)&&(zt.set(e,r),e.style.background=t,e.style.borderColor=n)}var Vt=new WeakMap;function Ht(e,t,n,r){let i=t+``+n;i!=Vt.get(e)&&(Vt.set(e,i),e.style.height=n+`px`,e.style.width=t+`px`,e.style.marginLeft=r?-t/2+`px`:0,e.style.marginTop=r?-n/2+`px`:0)}var Ut={passive:!0},Wt={...Ut,capture:!0};function Gt(e,t,n,r){t.addEventListener(e,n,r?Wt:Ut)}function Kt(e,t,n,r){t.removeEventListener(e,n,Ut)}Dt&&Mt();function qt(e,t,n,r){let i;n||=0,r||=t.length-1;let a=r<=2147483647;for(;r-n>1;)i=a?n+r>>1:pn((n+r)/2),t[i]<e?n=i:r=i;return e-t[n]<=t[r]-e?n:r}function Jt(e){return(t,n,r)=>{let i=-1,a=-1;for(let a=n;a<=r;a++)if(e(t[a])){i=a;break}for(let i=r;i>=n;i--)if(e(t[i])){a=i;break}return[i,a]}}var Yt=e=>e!=null,Xt=e=>e!=null&&e>0,Zt=Jt(Yt),Qt=Jt(Xt);function $t(e,t,n,r=0,i=!1){let a=i?Qt:Zt,o=i?Xt:Yt;[t,n]=a(e,t,n);let s=e[t],c=e[t];if(t>-1){if(r==1)s=e[t],c=e[n];else if(r==-1)s=e[n],c=e[t];else for(let r=t;r<=n;r++){let t=e[r];o(t)&&(t<s?s=t:t>c&&(c=t))}}return[s??G,c??-G]}function en(e,t,n,r){let i=yn(e),a=yn(t);e==t&&(i==-1?(e*=n,t/=n):(e/=n,t*=n));let o=n==10?bn:xn,s=i==1?pn:hn,c=a==1?hn:pn,l=s(o(fn(e))),u=c(o(fn(t))),d=vn(n,l),f=vn(n,u);return n==10&&(l<0&&(d=q(d,-l)),u<0&&(f=q(f,-u))),r||n==2?(e=d*i,t=f*a):(e=Ln(e,d),t=In(t,f)),[e,t]}function tn(e,t,n,r){let i=en(e,t,n,r);return e==0&&(i[0]=0),t==0&&(i[1]=0),i}var nn=.1,rn={mode:3,pad:nn},an={pad:0,soft:null,mode:0},on={min:an,max:an};function sn(e,t,n,r){return Jn(n)?U(e,t,n):(an.pad=n,an.soft=r?0:null,an.mode=r?3:0,U(e,t,on))}function H(e,t){return e??t}function cn(e,t,n){for(t=H(t,0),n=H(n,e.length-1);t<=n;){if(e[t]!=null)return!0;t++}return!1}function U(e,t,n){let r=n.min,i=n.max,a=H(r.pad,0),o=H(i.pad,0),s=H(r.hard,-G),c=H(i.hard,G),l=H(r.soft,G),u=H(i.soft,-G),d=H(r.mode,0),f=H(i.mode,0),p=t-e,m=bn(p),h=_n(fn(e),fn(t)),g=fn(bn(h)-m);(p<1e-24||g>10)&&(p=0,(e==0||t==0)&&(p=1e-24,d==2&&l!=G&&(a=0),f==2&&u!=-G&&(o=0)));let _=p||h||1e3,v=vn(10,pn(bn(_))),y=q(Ln(e-_*(p==0?e==0?.1:1:a),v/10),24),b=e>=l&&(d==1||d==3&&y<=l||d==2&&y>=l)?l:G,x=_n(s,y<b&&e>=b?b:gn(b,y)),S=q(In(t+_*(p==0?t==0?.1:1:o),v/10),24),C=t<=u&&(f==1||f==3&&S>=u||f==2&&S<=u)?u:-G,w=gn(c,S>C&&t<=C?C:_n(C,S));return x==w&&x==0&&(w=100),[x,w]}var ln=new Intl.NumberFormat(Dt?At.language:`en-US`),un=e=>ln.format(e),W=Math,dn=W.PI,fn=W.abs,pn=W.floor,mn=W.round,hn=W.ceil,gn=W.min,_n=W.max,vn=W.pow,yn=W.sign,bn=W.log10,xn=W.log2,Sn=(e,t=1)=>W.sinh(e)*t,Cn=(e,t=1)=>W.asinh(e/t),G=1/0;function wn(e){return(bn((e^e>>31)-(e>>31))|0)+1}function Tn(e,t,n){return gn(_n(e,t),n)}function En(e){return typeof e==`function`}function K(e){return En(e)?e:()=>e}var Dn=()=>{},On=e=>e,kn=(e,t)=>t,An=e=>null,jn=e=>!0,Mn=(e,t)=>e==t,Nn=/\.\d*?(?=9{6,}|0{6,})/gm,Pn=e=>{if(Gn(e)||Rn.has(e))return e;let t=`${e}`,n=t.match(Nn);if(n==null)return e;let r=n[0].length-1;if(t.indexOf(`e-`)!=-1){let[e,n]=t.split(`e`);return+`${Pn(e)}e${n}`}return q(e,r)};function Fn(e,t){return Pn(q(Pn(e/t))*t)}function In(e,t){return Pn(hn(Pn(e/t))*t)}function Ln(e,t){return Pn(pn(Pn(e/t))*t)}function q(e,t=0){if(Gn(e))return e;let n=10**t;return mn(e*n*(1+2**-52))/n}var Rn=new Map;function zn(e){return((``+e).split(`.`)[1]||``).length}function Bn(e,t,n,r){let i=[],a=r.map(zn);for(let o=t;o<n;o++){let t=fn(o),n=q(vn(e,o),t);for(let s=0;s<r.length;s++){let c=e==10?+`${r[s]}e${o}`:r[s]*n,l=(o>=0?0:t)+(o>=a[s]?0:a[s]),u=e==10?c:q(c,l);i.push(u),Rn.set(u,l)}}return i}var Vn={},Hn=[],Un=[null,null],Wn=Array.isArray,Gn=Number.isInteger,Kn=e=>e===void 0;function qn(e){return typeof e==`string`}function Jn(e){let t=!1;if(e!=null){let n=e.constructor;t=n==null||n==Object}return t}function Yn(e){return typeof e==`object`&&!!e}var Xn=Object.getPrototypeOf(Uint8Array),Zn=`__proto__`;function Qn(e,t=Jn){let n;if(Wn(e)){let r=e.find(e=>e!=null);if(Wn(r)||t(r)){n=Array(e.length);for(let r=0;r<e.length;r++)n[r]=Qn(e[r],t)}else n=e.slice()}else if(e instanceof Xn)n=e.slice();else if(t(e)){n={};for(let r in e)r!=Zn&&(n[r]=Qn(e[r],t))}else n=e;return n}function $n(e){let t=arguments;for(let n=1;n<t.length;n++){let r=t[n];for(let t in r)t!=Zn&&(Jn(e[t])?$n(e[t],Qn(r[t])):e[t]=Qn(r[t]))}return e}var er=0,tr=1,nr=2;function rr(e,t,n){for(let r=0,i,a=-1;r<t.length;r++){let o=t[r];if(o>a){for(i=o-1;i>=0&&e[i]==null;)e[i--]=null;for(i=o+1;i<n&&e[i]==null;)e[a=i++]=null}}}function ir(e,t){if(sr(e)){let t=e[0].slice();for(let n=1;n<e.length;n++)t.push(...e[n].slice(1));return cr(t[0])||(t=or(t)),t}let n=new Set;for(let t=0;t<e.length;t++){let r=e[t][0],i=r.length;for(let e=0;e<i;e++)n.add(r[e])}let r=[Array.from(n).sort((e,t)=>e-t)],i=r[0].length,a=new Map;for(let e=0;e<i;e++)a.set(r[0][e],e);for(let n=0;n<e.length;n++){let o=e[n],s=o[0];for(let e=1;e<o.length;e++){let c=o[e],l=Array(i).fill(void 0),u=t?t[n][e]:tr,d=[];for(let e=0;e<c.length;e++){let t=c[e],n=a.get(s[e]);t===null?u!=er&&(l[n]=t,u==nr&&d.push(n)):l[n]=t}rr(l,d,i),r.push(l)}}return r}var ar=typeof queueMicrotask>`u`?e=>Promise.resolve().then(e):queueMicrotask;function or(e){let t=e[0],n=t.length,r=Array(n);for(let e=0;e<r.length;e++)r[e]=e;r.sort((e,n)=>t[e]-t[n]);let i=[];for(let t=0;t<e.length;t++){let a=e[t],o=Array(n);for(let e=0;e<n;e++)o[e]=a[r[e]];i.push(o)}return i}function sr(e){let t=e[0][0],n=t.length;for(let r=1;r<e.length;r++){let i=e[r][0];if(i.length!=n)return!1;if(i!=t){for(let e=0;e<n;e++)if(i[e]!=t[e])return!1}}return!0}function cr(e,t=100){let n=e.length;if(n<=1)return!0;let r=0,i=n-1;for(;r<=i&&e[r]==null;)r++;for(;i>=r&&e[i]==null;)i--;if(i<=r)return!0;let a=_n(1,pn((i-r+1)/t));for(let t=e[r],n=r+a;n<=i;n+=a){let r=e[n];if(r!=null){if(r<=t)return!1;t=r}}return!0}var lr=[`January`,`February`,`March`,`April`,`May`,`June`,`July`,`August`,`September`,`October`,`November`,`December`],ur=[`Sunday`,`Monday`,`Tuesday`,`Wednesday`,`Thursday`,`Friday`,`Saturday`];function dr(e){return e.slice(0,3)}var fr=ur.map(dr),pr={MMMM:lr,MMM:lr.map(dr),WWWW:ur,WWW:fr};function mr(e){return(e<10?`0`:``)+e}function hr(e){return(e<10?`00`:e<100?`0`:``)+e}var gr={YYYY:e=>e.getFullYear(),YY:e=>(e.getFullYear()+``).slice(2),MMMM:(e,t)=>t.MMMM[e.getMonth()],MMM:(e,t)=>t.MMM[e.getMonth()],MM:e=>mr(e.getMonth()+1),M:e=>e.getMonth()+1,DD:e=>mr(e.getDate()),D:e=>e.getDate(),WWWW:(e,t)=>t.WWWW[e.getDay()],WWW:(e,t)=>t.WWW[e.getDay()],HH:e=>mr(e.getHours()),H:e=>e.getHours(),h:e=>{let t=e.getHours();return t==0?12:t>12?t-12:t},AA:e=>e.getHours()>=12?`PM`:`AM`,aa:e=>e.getHours()>=12?`pm`:`am`,a:e=>e.getHours()>=12?`p`:`a`,mm:e=>mr(e.getMinutes()),m:e=>e.getMinutes(),ss:e=>mr(e.getSeconds()),s:e=>e.getSeconds(),fff:e=>hr(e.getMilliseconds())};function _r(e,t){t||=pr;let n=[],r=/\{([a-z]+)\}|[^{]+/gi,i;for(;i=r.exec(e);)n.push(i[0][0]==`{`?gr[i[1]]:i[0]);return e=>{let r=``;for(let i=0;i<n.length;i++)r+=typeof n[i]==`string`?n[i]:n[i](e,t);return r}}var vr=new Intl.DateTimeFormat().resolvedOptions().timeZone;function yr(e,t){let n;return t==`UTC`||t==`Etc/UTC`?n=new Date(+e+e.getTimezoneOffset()*6e4):t==vr?n=e:(n=new Date(e.toLocaleString(`en-US`,{timeZone:t})),n.setMilliseconds(e.getMilliseconds())),n}var br=e=>e%1==0,xr=[1,2,2.5,5],Sr=Bn(10,-32,0,xr),Cr=Bn(10,0,32,xr),wr=Cr.filter(br),Tr=Sr.concat(Cr),Er=`
`,Dr=`{YYYY}`,Or=Er+Dr,kr=`{M}/{D}`,Ar=Er+kr,jr=Ar+`/{YY}`,Mr=`{aa}`,Nr=`{h}:{mm}`+Mr,Pr=Er+Nr,Fr=`:{ss}`,J=null;function Ir(e){let t=e*1e3,n=t*60,r=n*60,i=r*24,a=i*30,o=i*365,s=(e==1?Bn(10,0,3,xr).filter(br):Bn(10,-3,0,xr)).concat([t,t*5,t*10,t*15,t*30,n,n*5,n*10,n*15,n*30,r,r*2,r*3,r*4,r*6,r*8,r*12,i,i*2,i*3,i*4,i*5,i*6,i*7,i*8,i*9,i*10,i*15,a,a*2,a*3,a*4,a*6,o,o*2,o*5,o*10,o*25,o*50,o*100]),c=[[o,Dr,J,J,J,J,J,J,1],[i*28,`{MMM}`,Or,J,J,J,J,J,1],[i,kr,Or,J,J,J,J,J,1],[r,`{h}`+Mr,jr,J,Ar,J,J,J,1],[n,Nr,jr,J,Ar,J,J,J,1],[t,Fr,jr+` `+Nr,J,Ar+` `+Nr,J,Pr,J,1],[e,Fr+`.{fff}`,jr+` `+Nr,J,Ar+` `+Nr,J,Pr,J,1]];function l(t){return(s,c,l,u,d,f)=>{let p=[],m=d>=o,h=d>=a&&d<o,g=t(l),_=q(g*e,3),v=Kr(g.getFullYear(),m?0:g.getMonth(),h||m?1:g.getDate()),y=q(v*e,3);if(h||m){let n=h?d/a:0,r=m?d/o:0,i=_==y?_:q(Kr(v.getFullYear()+r,v.getMonth()+n,1)*e,3),s=new Date(mn(i/e)),c=s.getFullYear(),l=s.getMonth();for(let a=0;i<=u;a++){let o=Kr(c+r*a,l+n*a,1),s=o-t(q(o*e,3));i=q((+o+s)*e,3),i<=u&&p.push(i)}}else{let a=d>=i?i:d,o=y+(pn(l)-pn(_))+In(_-y,a);p.push(o);let m=t(o),h=m.getHours()+m.getMinutes()/n+m.getSeconds()/r,g=d/r,v=f/s.axes[c]._space;for(;o=q(o+d,e==1?0:3),!(o>u);)if(g>1){let e=pn(q(h+g,6))%24,n=t(o).getHours()-e;n>1&&(n=-1),o-=n*r,h=(h+g)%24;let i=p[p.length-1];q((o-i)/d,3)*v>=.7&&p.push(o)}else p.push(o)}return p}}return[s,c,l]}var[Lr,Rr,zr]=Ir(1),[Br,Vr,Hr]=Ir(.001);Bn(2,-53,53,[1]);function Ur(e,t){return e.map(e=>e.map((n,r)=>r==0||r==8||n==null?n:t(r==1||e[8]==0?n:e[1]+n)))}function Wr(e,t){return(n,r,i,a,o)=>{let s=t.find(e=>o>=e[0])||t[t.length-1],c,l,u,d,f,p;return r.map(t=>{let n=e(t),r=n.getFullYear(),i=n.getMonth(),a=n.getDate(),o=n.getHours(),m=n.getMinutes(),h=n.getSeconds(),g=r!=c&&s[2]||i!=l&&s[3]||a!=u&&s[4]||o!=d&&s[5]||m!=f&&s[6]||h!=p&&s[7]||s[1];return c=r,l=i,u=a,d=o,f=m,p=h,g(n)})}}function Gr(e,t){let n=_r(t);return(t,r,i,a,o)=>r.map(t=>n(e(t)))}function Kr(e,t,n){return new Date(e,t,n)}function qr(e,t){return t(e)}var Jr=`{YYYY}-{MM}-{DD} {h}:{mm}{aa}`;function Yr(e,t){return(n,r,i,a)=>a==null?Et:t(e(r))}function Xr(e,t){let n=e.series[t];return n.width?n.stroke(e,t):n.points.width?n.points.stroke(e,t):null}function Y(e,t){return e.series[t].fill(e,t)}var Zr={show:!0,live:!0,isolate:!1,mount:Dn,markers:{show:!0,width:2,stroke:Xr,fill:Y,dash:`solid`},idx:null,idxs:null,values:[]};function X(e,t){let n=e.cursor.points,r=It(),i=n.size(e,t);V(r,ct,i),V(r,lt,i);let a=i/-2;V(r,`marginLeft`,a),V(r,`marginTop`,a);let o=n.width(e,t,i);return o&&V(r,`borderWidth`,o),r}function Qr(e,t){let n=e.series[t].points;return n._fill||n._stroke}function $r(e,t){let n=e.series[t].points;return n._stroke||n._fill}function ei(e,t){return e.series[t].points.size}var Z=[0,0];function Q(e,t,n){return Z[0]=t,Z[1]=n,Z}function ti(e,t,n,r=!0){return e=>{e.button!=0||r&&e.target!=t||n(e)}}function ni(e,t,n,r=!0){return e=>{r&&e.target!=t||n(e)}}var ri={show:!0,x:!0,y:!0,lock:!1,move:Q,points:{one:!1,show:X,size:ei,width:0,stroke:$r,fill:Qr},bind:{mousedown:ti,mouseup:ti,click:ti,dblclick:ti,mousemove:ni,mouseleave:ni,mouseenter:ni},drag:{setScale:!0,x:!0,y:!1,dist:0,uni:null,click:(e,t)=>{t.stopPropagation(),t.stopImmediatePropagation()},_x:!1,_y:!1},focus:{dist:(e,t,n,r,i)=>r-i,prox:-1,bias:0},hover:{skip:[void 0],prox:null,bias:0},left:-10,top:-10,idx:null,dataIdx:null,idxs:null,event:null},ii={show:!0,stroke:`rgba(0,0,0,0.07)`,width:2},ai=$n({},ii,{filter:kn}),oi=$n({},ai,{size:10}),si=$n({},ii,{show:!1}),ci=`12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Color Emoji"`,li=`bold `+ci,ui=1.5,di={show:!0,scale:`x`,stroke:mt,space:50,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:li,side:2,grid:ai,ticks:oi,border:si,font:ci,lineGap:ui,rotate:0},fi=`Value`,pi=`Time`,mi={show:!0,scale:`x`,auto:!1,sorted:1,min:G,max:-1/0,idxs:[]};function hi(e,t,n,r,i){return t.map(e=>e==null?``:un(e))}function gi(e,t,n,r,i,a,o){let s=[],c=Rn.get(i)||0;n=o?n:q(In(n,i),c);for(let e=n;e<=r;e=q(e+i,c))s.push(Object.is(e,-0)?0:e);return s}function _i(e,t,n,r,i,a,o){let s=[],c=e.scales[e.axes[t].scale].log;i=vn(c,pn((c==10?bn:xn)(n))),c==10&&(i=Tr[qt(i,Tr)]);let l=n,u=i*c;c==10&&(u=Tr[qt(u,Tr)]);do s.push(l),l+=i,c==10&&!Rn.has(l)&&(l=q(l,Rn.get(i))),l>=u&&(i=l,u=i*c,c==10&&(u=Tr[qt(u,Tr)]));while(l<=r);return s}function vi(e,t,n,r,i,a,o){let s=e.scales[e.axes[t].scale].asinh,c=r>s?_i(e,t,_n(s,n),r,i):[s],l=r>=0&&n<=0?[0]:[];return(n<-s?_i(e,t,_n(s,-r),-n,i):[s]).reverse().map(e=>-e).concat(l,c)}var yi=/./,bi=/[12357]/,xi=/[125]/,Si=/1/,Ci=(e,t,n,r)=>e.map((e,i)=>t==4&&e==0||i%r==0&&n.test(e.toExponential()[+(e<0)])?e:null);function wi(e,t,n,r,i){let a=e.axes[n],o=a.scale,s=e.scales[o],c=e.valToPos,l=a._space,u=c(10,o),d=c(9,o)-u>=l?yi:c(7,o)-u>=l?bi:c(5,o)-u>=l?xi:Si;if(d==Si){let e=fn(c(1,o)-u);if(e<l)return Ci(t.slice().reverse(),s.distr,d,hn(l/e)).reverse()}return Ci(t,s.distr,d,1)}function Ti(e,t,n,r,i){let a=e.axes[n],o=a.scale,s=a._space,c=e.valToPos,l=fn(c(1,o)-c(2,o));return l<s?Ci(t.slice().reverse(),3,yi,hn(s/l)).reverse():t}function Ei(e,t,n,r){return r==null?Et:t==null?``:un(t)}var Di={show:!0,scale:`y`,stroke:mt,space:30,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:li,side:3,grid:ai,ticks:oi,border:si,font:ci,lineGap:ui,rotate:0};function Oi(e,t){return q((3+(e||1)*2)*t,3)}function ki(e,t){let{scale:n,idxs:r}=e.series[0],i=e._data[0],a=e.valToPos(i[r[0]],n,!0),o=fn(e.valToPos(i[r[1]],n,!0)-a)/(e.series[t].points.space*B);return r[1]-r[0]<=o}var Ai={scale:null,auto:!0,sorted:0,min:G,max:-1/0},ji=(e,t,n,r,i)=>i,Mi={show:!0,auto:!0,sorted:0,gaps:ji,alpha:1,facets:[$n({},Ai,{scale:`x`}),$n({},Ai,{scale:`y`})]},Ni={scale:`y`,auto:!0,sorted:0,show:!0,spanGaps:!1,gaps:ji,alpha:1,points:{show:ki,filter:null},values:null,min:G,max:-1/0,idxs:[],path:null,clip:null};function Pi(e,t,n,r,i){return n/10}var Fi={time:Ve,auto:!0,distr:1,log:10,asinh:1,min:null,max:null,dir:1,ori:0},Ii=$n({},Fi,{time:!1,ori:1}),Li={};function Ri(e,t){let n=Li[e];return n||(n={key:e,plots:[],sub(e){n.plots.push(e)},unsub(e){n.plots=n.plots.filter(t=>t!=e)},pub(e,t,r,i,a,o,s){for(let c=0;c<n.plots.length;c++)n.plots[c]!=t&&n.plots[c].pub(e,t,r,i,a,o,s)}},e!=null&&(Li[e]=n)),n}var zi=1,Bi=2;function Vi(e,t,n){let r=e.mode,i=e.series[t],a=r==2?e._data[t]:e._data,o=e.scales,s=e.bbox,c=a[0],l=r==2?a[1]:a[t],u=r==2?o[i.facets[0].scale]:o[e.series[0].scale],d=r==2?o[i.facets[1].scale]:o[i.scale],f=s.left,p=s.top,m=s.width,h=s.height,g=e.valToPosH,_=e.valToPosV;return u.ori==0?n(i,c,l,u,d,g,_,f,p,m,h,Xi,Qi,ea,na,ia):n(i,c,l,u,d,_,g,p,f,h,m,Zi,$i,ta,ra,aa)}function Hi(e,t){let n=0,r=0,i=H(e.bands,Hn);for(let e=0;e<i.length;e++){let a=i[e];a.series[0]==t?n=a.dir:a.series[1]==t&&(a.dir==1?r|=1:r|=2)}return[n,r==1?-1:r==2?1:r==3?2:0]}function Ui(e,t,n,r,i){let a=e.mode,o=e.series[t],s=a==2?o.facets[1].scale:o.scale,c=e.scales[s];return i==-1?c.min:i==1?c.max:c.distr==3?c.dir==1?c.min:c.max:0}function Wi(e,t,n,r,i,a){return Vi(e,t,(e,t,o,s,c,l,u,d,f,p,m)=>{let h=e.pxRound,g=s.dir*(s.ori==0?1:-1),_=s.ori==0?Qi:$i,v,y;g==1?(v=n,y=r):(v=r,y=n);let b=h(l(t[v],s,p,d)),x=h(u(o[v],c,m,f)),S=h(l(t[y],s,p,d)),C=h(u(a==1?c.max:c.min,c,m,f)),w=new Path2D(i);return _(w,S,C),_(w,b,C),_(w,b,x),w})}function Gi(e,t,n,r,i,a){let o=null;if(e.length>0){o=new Path2D;let s=t==0?ea:ta,c=n;for(let t=0;t<e.length;t++){let n=e[t];if(n[1]>n[0]){let e=n[0]-c;e>0&&s(o,c,r,e,r+a),c=n[1]}}let l=n+i-c;l>0&&s(o,c,r-5,l,r+a+10)}return o}function Ki(e,t,n){let r=e[e.length-1];r&&r[0]==t?r[1]=n:e.push([t,n])}function qi(e,t,n,r,i,a,o){let s=[],c=e.length;for(let l=i==1?n:r;l>=n&&l<=r;l+=i)if(t[l]===null){let u=l,d=l;if(i==1)for(;++l<=r&&t[l]===null;)d=l;else for(;--l>=n&&t[l]===null;)d=l;let f=a(e[u]),p=d==u?f:a(e[d]),m=u-i;f=o<=0&&m>=0&&m<c?a(e[m]):f;let h=d+i;p=o>=0&&h>=0&&h<c?a(e[h]):p,p>=f&&s.push([f,p])}return s}function Ji(e){return e==0?On:e==1?mn:t=>Fn(t,e)}function Yi(e){let t=e==0?Xi:Zi,n=e==0?(e,t,n,r,i,a)=>{e.arcTo(t,n,r,i,a)}:(e,t,n,r,i,a)=>{e.arcTo(n,t,i,r,a)},r=e==0?(e,t,n,r,i)=>{e.rect(t,n,r,i)}:(e,t,n,r,i)=>{e.rect(n,t,i,r)};return(e,i,a,o,s,c=0,l=0)=>{c==0&&l==0?r(e,i,a,o,s):(c=gn(c,o/2,s/2),l=gn(l,o/2,s/2),t(e,i+c,a),n(e,i+o,a,i+o,a+s,c),n(e,i+o,a+s,i,a+s,l),n(e,i,a+s,i,a,l),n(e,i,a,i+o,a,c),e.closePath())}}var Xi=(e,t,n)=>{e.moveTo(t,n)},Zi=(e,t,n)=>{e.moveTo(n,t)},Qi=(e,t,n)=>{e.lineTo(t,n)},$i=(e,t,n)=>{e.lineTo(n,t)},ea=Yi(0),ta=Yi(1),na=(e,t,n,r,i,a)=>{e.arc(t,n,r,i,a)},ra=(e,t,n,r,i,a)=>{e.arc(n,t,r,i,a)},ia=(e,t,n,r,i,a,o)=>{e.bezierCurveTo(t,n,r,i,a,o)},aa=(e,t,n,r,i,a,o)=>{e.bezierCurveTo(n,t,i,r,o,a)};function oa(e){return(e,t,n,r,i)=>Vi(e,t,(t,a,o,s,c,l,u,d,f,p,m)=>{let{pxRound:h,points:g}=t,_,v;s.ori==0?(_=Xi,v=na):(_=Zi,v=ra);let y=q(g.width*B,3),b=(g.size-g.width)/2*B,x=q(b*2,3),S=new Path2D,C=new Path2D,{left:w,top:T,width:E,height:D}=e.bbox;ea(C,w-x,T-x,E+x*2,D+x*2);let O=e=>{if(o[e]!=null){let t=h(l(a[e],s,p,d)),n=h(u(o[e],c,m,f));_(S,t+b,n),v(S,t,n,b,0,dn*2)}};if(i)i.forEach(O);else for(let e=n;e<=r;e++)O(e);return{stroke:y>0?S:null,fill:S,clip:C,flags:3}})}function sa(e){return(t,n,r,i,a,o)=>{r!=i&&(a!=r&&o!=r&&e(t,n,r),a!=i&&o!=i&&e(t,n,i),e(t,n,o))}}var ca=sa(Qi),la=sa($i);function ua(e){let t=H(e?.alignGaps,0);return(e,n,r,i)=>Vi(e,n,(a,o,s,c,l,u,d,f,p,m,h)=>{[r,i]=Zt(s,r,i);let g=a.pxRound,_=e=>g(u(e,c,m,f)),v=e=>g(d(e,l,h,p)),y,b;c.ori==0?(y=Qi,b=ca):(y=$i,b=la);let x=c.dir*(c.ori==0?1:-1),S={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:zi},C=S.stroke,w=!1;if(i-r>=m*4){let t=t=>e.posToVal(t,c.key,!0),n=null,a=null,l,u,d,f=_(o[x==1?r:i]),p=_(o[r]),m=_(o[i]),h=t(x==1?p+1:m-1);for(let e=x==1?r:i;e>=r&&e<=i;e+=x){let r=o[e],i=(x==1?r<h:r>h)?f:_(r),c=s[e];i==f?c==null?c===null&&(w=!0):(u=c,n==null?(y(C,i,v(u)),l=n=a=u):u<n?n=u:u>a&&(a=u)):(n!=null&&b(C,f,v(n),v(a),v(l),v(u)),c==null?(n=a=null,c===null&&(w=!0)):(u=c,y(C,i,v(u)),n=a=l=u),f=i,h=t(f+x))}n!=null&&n!=a&&d!=f&&b(C,f,v(n),v(a),v(l),v(u))}else for(let e=x==1?r:i;e>=r&&e<=i;e+=x){let t=s[e];t===null?w=!0:t!=null&&y(C,_(o[e]),v(t))}let[T,E]=Hi(e,n);if(a.fill!=null||T!=0){let t=S.fill=new Path2D(C),s=v(a.fillTo(e,n,a.min,a.max,T)),c=_(o[r]),l=_(o[i]);x==-1&&([l,c]=[c,l]),y(t,l,s),y(t,c,s)}if(!a.spanGaps){let l=[];w&&l.push(...qi(o,s,r,i,x,_,t)),S.gaps=l=a.gaps(e,n,r,i,l),S.clip=Gi(l,c.ori,f,p,m,h)}return E!=0&&(S.band=E==2?[Wi(e,n,r,i,C,-1),Wi(e,n,r,i,C,1)]:Wi(e,n,r,i,C,E)),S})}function da(e){let t=H(e.align,1),n=H(e.ascDesc,!1),r=H(e.alignGaps,0),i=H(e.extend,!1);return(e,a,o,s)=>Vi(e,a,(c,l,u,d,f,p,m,h,g,_,v)=>{[o,s]=Zt(u,o,s);let y=c.pxRound,{left:b,width:x}=e.bbox,S=e=>y(p(e,d,_,h)),C=e=>y(m(e,f,v,g)),w=d.ori==0?Qi:$i,T={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:zi},E=T.stroke,D=d.dir*(d.ori==0?1:-1),O=C(u[D==1?o:s]),k=S(l[D==1?o:s]),A=k,j=k;i&&t==-1&&(j=b,w(E,j,O)),w(E,k,O);for(let e=D==1?o:s;e>=o&&e<=s;e+=D){let n=u[e];if(n==null)continue;let r=S(l[e]),i=C(n);t==1?w(E,r,O):w(E,A,i),w(E,r,i),O=i,A=r}let ee=A;i&&t==1&&(ee=b+x,w(E,ee,O));let[te,ne]=Hi(e,a);if(c.fill!=null||te!=0){let t=T.fill=new Path2D(E),n=C(c.fillTo(e,a,c.min,c.max,te));w(t,ee,n),w(t,j,n)}if(!c.spanGaps){let i=[];i.push(...qi(l,u,o,s,D,S,r));let f=c.width*B/2,p=n||t==1?f:-f,m=n||t==-1?-f:f;i.forEach(e=>{e[0]+=p,e[1]+=m}),T.gaps=i=c.gaps(e,a,o,s,i),T.clip=Gi(i,d.ori,h,g,_,v)}return ne!=0&&(T.band=ne==2?[Wi(e,a,o,s,E,-1),Wi(e,a,o,s,E,1)]:Wi(e,a,o,s,E,ne)),T})}function fa(e,t,n,r,i,a,o=G){if(e.length>1){let s=null;for(let c=0,l=1/0;c<e.length;c++)if(t[c]!==void 0){if(s!=null){let t=fn(e[c]-e[s]);t<l&&(l=t,o=fn(n(e[c],r,i,a)-n(e[s],r,i,a)))}s=c}}return o}function pa(e){e||=Vn;let t=H(e.size,[.6,G,1]),n=e.align||0,r=e.gap||0,i=e.radius;i=i==null?[0,0]:typeof i==`number`?[i,0]:i;let a=K(i),o=1-t[0],s=H(t[1],G),c=H(t[2],1),l=H(e.disp,Vn),u=H(e.each,e=>{}),{fill:d,stroke:f}=l;return(e,t,i,p)=>Vi(e,t,(m,h,g,_,v,y,b,x,S,C,w)=>{let T=m.pxRound,E=n,D=r*B,O=s*B,k=c*B,A,j;_.ori==0?[A,j]=a(e,t):[j,A]=a(e,t);let ee=_.dir*(_.ori==0?1:-1),te=_.ori==0?ea:ta,ne=_.ori==0?u:(e,t,n,r,i,a,o)=>{u(e,t,n,i,r,o,a)},re=H(e.bands,Hn).find(e=>e.series[0]==t),ie=re==null?0:re.dir,ae=m.fillTo(e,t,m.min,m.max,ie),M=T(b(ae,v,w,S)),N,P,oe,F=C,I=T(m.width*B),se=!1,ce=null,le=null,ue=null,de=null;d!=null&&(I==0||f!=null)&&(se=!0,ce=d.values(e,t,i,p),le=new Map,new Set(ce).forEach(e=>{e!=null&&le.set(e,new Path2D)}),I>0&&(ue=f.values(e,t,i,p),de=new Map,new Set(ue).forEach(e=>{e!=null&&de.set(e,new Path2D)})));let{x0:fe,size:pe}=l;if(fe!=null&&pe!=null){E=1,h=fe.values(e,t,i,p),fe.unit==2&&(h=h.map(t=>e.posToVal(x+t*C,_.key,!0)));let n=pe.values(e,t,i,p);P=pe.unit==2?n[0]*C:y(n[0],_,C,x)-y(0,_,C,x),F=fa(h,g,y,_,C,x,F),oe=F-P+D}else F=fa(h,g,y,_,C,x,F),oe=F*o+D,P=F-oe;oe<1&&(oe=0),I>=P/2&&(I=0),oe<5&&(T=On);let me=oe>0,he=F-oe-(me?I:0);P=T(Tn(he,k,O)),N=(E==0?P/2:E==ee?0:P)-E*ee*((E==0?D/2:0)+(me?I/2:0));let ge={stroke:null,fill:null,clip:null,band:null,gaps:null,flags:0},_e=se?null:new Path2D,ve=null;if(re!=null)ve=e.data[re.series[1]];else{let{y0:n,y1:r}=l;n!=null&&r!=null&&(g=r.values(e,t,i,p),ve=n.values(e,t,i,p))}let ye=A*P,be=j*P;for(let n=ee==1?i:p;n>=i&&n<=p;n+=ee){let r=g[n];if(r==null)continue;if(ve!=null){let e=ve[n]??0;if(r-e==0)continue;M=b(e,v,w,S)}let i=y(_.distr!=2||l!=null?h[n]:n,_,C,x),a=b(H(r,ae),v,w,S),o=T(i-N),s=T(_n(a,M)),c=T(gn(a,M)),u=s-c;if(r!=null){let i=r<0?be:ye,a=r<0?ye:be;se?(I>0&&ue[n]!=null&&te(de.get(ue[n]),o,c+pn(I/2),P,_n(0,u-I),i,a),ce[n]!=null&&te(le.get(ce[n]),o,c+pn(I/2),P,_n(0,u-I),i,a)):te(_e,o,c+pn(I/2),P,_n(0,u-I),i,a),ne(e,t,n,o-I/2,c,P+I,u)}}return I>0?ge.stroke=se?de:_e:se||(ge._fill=m.width==0?m._fill:m._stroke??m._fill,ge.width=0),ge.fill=se?le:_e,ge})}function $(e,t){let n=H(t?.alignGaps,0);return(t,r,i,a)=>Vi(t,r,(o,s,c,l,u,d,f,p,m,h,g)=>{[i,a]=Zt(c,i,a);let _=o.pxRound,v=e=>_(d(e,l,h,p)),y=e=>_(f(e,u,g,m)),b,x,S;l.ori==0?(b=Xi,S=Qi,x=ia):(b=Zi,S=$i,x=aa);let C=l.dir*(l.ori==0?1:-1),w=v(s[C==1?i:a]),T=w,E=[],D=[];for(let e=C==1?i:a;e>=i&&e<=a;e+=C)if(c[e]!=null){let t=s[e],n=v(t);E.push(T=n),D.push(y(c[e]))}let O={stroke:e(E,D,b,S,x,_),fill:null,clip:null,band:null,gaps:null,flags:zi},k=O.stroke,[A,j]=Hi(t,r);if(o.fill!=null||A!=0){let e=O.fill=new Path2D(k),n=y(o.fillTo(t,r,o.min,o.max,A));S(e,T,n),S(e,w,n)}if(!o.spanGaps){let e=[];e.push(...qi(s,c,i,a,C,v,n)),O.gaps=e=o.gaps(t,r,i,a,e),O.clip=Gi(e,l.ori,p,m,h,g)}return j!=0&&(O.band=j==2?[Wi(t,r,i,a,k,-1),Wi(t,r,i,a,k,1)]:Wi(t,r,i,a,k,j)),O})}function ma(e){return $(ha,e)}function ha(e,t,n,r,i,a){let o=e.length;if(o<2)return null;let s=new Path2D;if(n(s,e[0],t[0]),o==2)r(s,e[1],t[1]);else{let n=Array(o),r=Array(o-1),a=Array(o-1),c=Array(o-1);for(let n=0;n<o-1;n++)a[n]=t[n+1]-t[n],c[n]=e[n+1]-e[n],r[n]=a[n]/c[n];n[0]=r[0];for(let e=1;e<o-1;e++)r[e]===0||r[e-1]===0||r[e-1]>0!=r[e]>0?n[e]=0:(n[e]=3*(c[e-1]+c[e])/((2*c[e]+c[e-1])/r[e-1]+(c[e]+2*c[e-1])/r[e]),isFinite(n[e])||(n[e]=0));n[o-1]=r[o-2];for(let r=0;r<o-1;r++)i(s,e[r]+c[r]/3,t[r]+n[r]*c[r]/3,e[r+1]-c[r]/3,t[r+1]-n[r+1]*c[r]/3,e[r+1],t[r+1])}return s}var ga=new Set;function _a(){for(let e of ga)e.syncRect(!0)}Dt&&(Gt(St,kt,_a),Gt(Ct,kt,_a,!0),Gt(Tt,kt,()=>{Na.pxRatio=B}));var va=ua(),ya=oa();function ba(e,t,n,r){return(r?[e[0],e[1]].concat(e.slice(2)):[e[0]].concat(e.slice(1))).map((e,r)=>Sa(e,r,t,n))}function xa(e,t){return e.map((e,n)=>n==0?{}:$n({},t,e))}function Sa(e,t,n,r){return $n({},t==0?n:r,e)}function Ca(e,t,n){return t==null?Un:[t,n]}var wa=Ca;function Ta(e,t,n){return t==null?Un:sn(t,n,nn,!0)}function Ea(e,t,n,r){return t==null?Un:en(t,n,e.scales[r].log,!1)}var Da=Ea;function Oa(e,t,n,r){return t==null?Un:tn(t,n,e.scales[r].log,!1)}var ka=Oa;function Aa(e,t,n,r,i){let a=_n(wn(e),wn(t)),o=t-e,s=qt(i/r*o,n);do{let e=n[s],t=r*e/o;if(t>=i&&a+(e<5?Rn.get(e):0)<=17)return[e,t]}while(++s<n.length);return[0,0]}function ja(e){let t,n;return e=e.replace(/(\d+)px/,(e,r)=>(t=mn((n=+r)*B))+`px`),[e,t,n]}function Ma(e){e.show&&[e.font,e.labelFont].forEach(e=>{let t=q(e[2]*B,1);e[0]=e[0].replace(/[0-9.]+px/,t+`px`),e[1]=t})}function Na(e,t,n){let r={mode:H(e.mode,1)},i=r.mode;function a(e,t,n,r){let i=t.valToPct(e);return r+n*(t.dir==-1?1-i:i)}function o(e,t,n,r){let i=t.valToPct(e);return r+n*(t.dir==-1?i:1-i)}function s(e,t,n,r){return t.ori==0?a(e,t,n,r):o(e,t,n,r)}r.valToPosH=a,r.valToPosV=o;let c=!1;r.status=0;let l=r.root=It(He);if(e.id!=null&&(l.id=e.id),Nt(l,e.class),e.title){let t=It(Ge,l);t.textContent=e.title}let u=Ft(`canvas`),d=r.ctx=u.getContext(`2d`),f=It(Ke,l);Gt(`click`,f,e=>{e.target===m&&(Y!=J||X!=Ir)&&$r.click(r,e)},!0);let p=r.under=It(qe,f);f.appendChild(u);let m=r.over=It(Je,f);e=Qn(e);let h=+H(e.pxAlign,1),g=Ji(h);(e.plugins||[]).forEach(t=>{t.opts&&(e=t.opts(r,e)||e)});let _=e.ms||.001,v=r.series=i==1?ba(e.series||[],mi,Ni,!1):xa(e.series||[null],Mi),y=r.axes=ba(e.axes||[],di,Di,!0),b=r.scales={},x=r.bands=e.bands||[];x.forEach(e=>{e.fill=K(e.fill||null),e.dir=H(e.dir,-1)});let S=i==2?v[1].facets[0].scale:v[0].scale,C={axes:vr,series:or},w=(e.drawOrder||[`axes`,`series`]).map(e=>C[e]);function T(e){let t=e.distr==3?t=>bn(t>0?t:e.clamp(r,t,e.min,e.max,e.key)):e.distr==4?t=>Cn(t,e.asinh):e.distr==100?t=>e.fwd(t):e=>e;return n=>{let r=t(n),{_min:i,_max:a}=e,o=a-i;return(r-i)/o}}function E(t){let n=b[t];if(n==null){let r=(e.scales||Vn)[t]||Vn;if(r.from!=null){E(r.from);let e=$n({},b[r.from],r,{key:t});e.valToPct=T(e),b[t]=e}else{n=b[t]=$n({},t==S?Fi:Ii,r),n.key=t;let e=n.time,a=n.range,o=Wn(a);if((t!=S||i==2&&!e)&&(o&&(a[0]==null||a[1]==null)&&(a={min:a[0]==null?rn:{mode:1,hard:a[0],soft:a[0]},max:a[1]==null?rn:{mode:1,hard:a[1],soft:a[1]}},o=!1),!o&&Jn(a))){let e=a;a=(t,n,r)=>n==null?Un:sn(n,r,e)}n.range=K(a||(e?wa:t==S?n.distr==3?Da:n.distr==4?ka:Ca:n.distr==3?Ea:n.distr==4?Oa:Ta)),n.auto=K(!o&&n.auto),n.clamp=K(n.clamp||Pi),n._min=n._max=null,n.valToPct=T(n)}}}E(`x`),E(`y`),i==1&&v.forEach(e=>{E(e.scale)}),y.forEach(e=>{E(e.scale)});for(let t in e.scales)E(t);let D=b[S],O=D.distr,k,A;D.ori==0?(Nt(l,Ue),k=a,A=o):(Nt(l,We),k=o,A=a);let j={};for(let e in b){let t=b[e];(t.min!=null||t.max!=null)&&(j[e]={min:t.min,max:t.max},t.min=t.max=null)}let ee=e.tzDate||(e=>new Date(mn(e/_))),te=e.fmtDate||_r,ne=_==1?zr(ee):Hr(ee),re=Wr(ee,Ur(_==1?Rr:Vr,te)),ie=Yr(ee,qr(Jr,te)),ae=[],M=r.legend=$n({},Zr,e.legend),N=r.cursor=$n({},ri,{drag:{y:i==2}},e.cursor),P=M.show,oe=N.show,F=M.markers;M.idxs=ae,F.width=K(F.width),F.dash=K(F.dash),F.stroke=K(F.stroke),F.fill=K(F.fill);let I,se,ce,le=[],ue=[],de,fe=!1,pe={};if(M.live){let e=v[1]?v[1].values:null;fe=e!=null,de=fe?e(r,1,0):{_:0};for(let e in de)pe[e]=Et}if(P){if(I=Ft(`table`,tt,l),ce=Ft(`tbody`,null,I),M.mount(r,I),fe){se=Ft(`thead`,null,I,ce);let e=Ft(`tr`,null,se);for(var me in Ft(`th`,null,e),de)Ft(`th`,ot,e).textContent=me}else Nt(I,rt),M.live&&Nt(I,nt)}let he={show:!0},ge={show:!1};function _e(e,t){if(t==0&&(fe||!M.live||i==2))return Un;let n=[],a=Ft(`tr`,it,ce,ce.childNodes[t]);Nt(a,e.class),e.show||Nt(a,Xe);let o=Ft(`th`,null,a);if(F.show){let e=It(at,o);if(t>0){let n=F.width(r,t);n&&(e.style.border=n+`px `+F.dash(r,t)+` `+F.stroke(r,t)),e.style.background=F.fill(r,t)}}let s=It(ot,o);for(var c in e.label instanceof HTMLElement?s.appendChild(e.label):s.textContent=e.label,t>0&&(F.show||(s.style.color=e.width>0?F.stroke(r,t):F.fill(r,t)),ye(`click`,o,t=>{if(N._lock)return;Ct(t);let n=v.indexOf(e);if((t.ctrlKey||t.metaKey)!=M.isolate){let e=v.some((e,t)=>t>0&&t!=n&&e.show);v.forEach((t,r)=>{r>0&&oi(r,e?r==n?he:ge:he,!0,$.setSeries)})}else oi(n,{show:!e.show},!0,$.setSeries)},!1),At&&ye(yt,o,t=>{N._lock||(Ct(t),oi(v.indexOf(e),Si,!0,$.setSeries))},!1)),de){let e=Ft(`td`,st,a);e.textContent=`--`,n.push(e)}return[a,n]}let ve=new Map;function ye(e,t,n,i=!0){let a=ve.get(t)||{},o=N.bind[e](r,t,n,i);o&&(Gt(e,t,a[e]=o),ve.set(t,a))}function be(e,t,n){let r=ve.get(t)||{};for(let n in r)(e==null||n==e)&&(Kt(n,t,r[n]),delete r[n]);e??ve.delete(t)}let xe=0,Se=0,L=0,R=0,Ce=0,we=0,Te=Ce,Ee=we,De=L,Oe=R,z=0,ke=0,Ae=0,je=0;r.bbox={};let Me=!1,Ne=!1,Pe=!1,Fe=!1,Ie=!1,Le=!1;function Re(e,t,n){(n||e!=r.width||t!=r.height)&&ze(e,t),yr(!1),Pe=!0,Ne=!0,Er()}function ze(e,t){r.width=xe=L=e,r.height=Se=R=t,Ce=we=0,mt(),St();let n=r.bbox;z=n.left=Fn(Ce*B,.5),ke=n.top=Fn(we*B,.5),Ae=n.width=Fn(L*B,.5),je=n.height=Fn(R*B,.5)}function Be(){let e=!1,t=0;for(;!e;){t++;let n=hr(t),i=gr(t);e=t==3||n&&i,e||(ze(r.width,r.height),Ne=!0)}}function Ve({width:e,height:t}){Re(e,t)}r.setSize=Ve;function mt(){let e=!1,t=!1,n=!1,r=!1;y.forEach((i,a)=>{if(i.show&&i._show){let{side:a,_size:o}=i,s=a%2,c=o+(i.label==null?0:i.labelSize);c>0&&(s?(L-=c,a==3?(Ce+=c,r=!0):n=!0):(R-=c,a==0?(we+=c,e=!0):t=!0))}}),Yt[0]=e,Yt[1]=n,Yt[2]=t,Yt[3]=r,L-=an[1]+an[3],Ce+=an[3],R-=an[2]+an[0],we+=an[0]}function St(){let e=Ce+L,t=we+R,n=Ce,r=we;function i(i,a){switch(i){case 1:return e+=a,e-a;case 2:return t+=a,t-a;case 3:return n-=a,n+a;case 0:return r-=a,r+a}}y.forEach((e,t)=>{if(e.show&&e._show){let t=e.side;e._pos=i(t,e._size),e.label!=null&&(e._lpos=i(t,e.labelSize))}})}if(N.dataIdx==null){let e=N.hover,n=e.skip=new Set(e.skip??[]);n.add(void 0);let r=e.prox=K(e.prox),i=e.bias??=0;N.dataIdx=(e,a,o,s)=>{if(a==0)return o;let c=o,l=r(e,a,o,s)??G,u=l>=0&&l<G,d=D.ori==0?L:R,f=N.left,p=t[0],m=t[a];if(n.has(m[o])){c=null;let e=null,t=null,r;if(i==0||i==-1)for(r=o;e==null&&r-->0;)n.has(m[r])||(e=r);if(i==0||i==1)for(r=o;t==null&&r++<m.length;)n.has(m[r])||(t=r);if(e!=null||t!=null){if(u){let n=e==null?-1/0:k(p[e],D,d,0),r=t==null?1/0:k(p[t],D,d,0),i=f-n,a=r-f;i<=a?i<=l&&(c=e):a<=l&&(c=t)}else c=t==null?e:e==null?t:o-e<=t-o?e:t}}else u&&fn(f-k(p[o],D,d,0))>l&&(c=null);return c}}let Ct=e=>{N.event=e};N.idxs=ae,N._lock=!1;let wt=N.points;wt.show=K(wt.show),wt.size=K(wt.size),wt.stroke=K(wt.stroke),wt.width=K(wt.width),wt.fill=K(wt.fill);let Dt=r.focus=$n({},e.focus||{alpha:.3},N.focus),At=Dt.prox>=0,jt=At&&wt.one,Mt=[],Lt=[],zt=[];function Vt(e,t){let n=wt.show(r,t);if(n instanceof HTMLElement)return Nt(n,et),Nt(n,e.class),Rt(n,-10,-10,L,R),m.insertBefore(n,Mt[t]),n}function Ut(e,t){if(i==1||t>0){let t=i==1&&b[e.scale].time,n=e.value;e.value=t?qn(n)?Yr(ee,qr(n,te)):n||ie:n||Ei,e.label=e.label||(t?pi:fi)}if(jt||t>0){e.width=e.width==null?1:e.width,e.paths=e.paths||va||An,e.fillTo=K(e.fillTo||Ui),e.pxAlign=+H(e.pxAlign,h),e.pxRound=Ji(e.pxAlign),e.stroke=K(e.stroke||null),e.fill=K(e.fill||null),e._stroke=e._fill=e._paths=e._focus=null;let t=Oi(_n(1,e.width),1),n=e.points=$n({},{size:t,width:_n(1,t*.2),stroke:e.stroke,space:t*2,paths:ya,_stroke:null,_fill:null},e.points);n.show=K(n.show),n.filter=K(n.filter),n.fill=K(n.fill),n.stroke=K(n.stroke),n.paths=K(n.paths),n.pxAlign=e.pxAlign}if(P){let n=_e(e,t);le.splice(t,0,n[0]),ue.splice(t,0,n[1]),M.values.push(null)}if(oe){ae.splice(t,0,null);let n=null;jt?t==0&&(n=Vt(e,t)):t>0&&(n=Vt(e,t)),Mt.splice(t,0,n),Lt.splice(t,0,0),zt.splice(t,0,0)}fa(`addSeries`,t)}function Wt(e,t){t??=v.length,e=i==1?Sa(e,t,mi,Ni):Sa(e,t,{},Mi),v.splice(t,0,e),Ut(v[t],t)}r.addSeries=Wt;function Jt(e){if(v.splice(e,1),P){M.values.splice(e,1),ue.splice(e,1);let t=le.splice(e,1)[0];be(null,t.firstChild),t.remove()}oe&&(ae.splice(e,1),Mt.splice(e,1)[0].remove(),Lt.splice(e,1),zt.splice(e,1)),fa(`delSeries`,e)}r.delSeries=Jt;let Yt=[!1,!1,!1,!1];function Xt(e,t){if(e._show=e.show,e.show){let n=e.side%2,i=b[e.scale];i??=(e.scale=n?v[1].scale:S,b[e.scale]);let a=i.time;e.size=K(e.size),e.space=K(e.space),e.rotate=K(e.rotate),Wn(e.incrs)&&e.incrs.forEach(e=>{!Rn.has(e)&&Rn.set(e,zn(e))}),e.incrs=K(e.incrs||(i.distr==2?wr:a?_==1?Lr:Br:Tr)),e.splits=K(e.splits||(a&&i.distr==1?ne:i.distr==3?_i:i.distr==4?vi:gi)),e.stroke=K(e.stroke),e.grid.stroke=K(e.grid.stroke),e.ticks.stroke=K(e.ticks.stroke),e.border.stroke=K(e.border.stroke);let o=e.values;e.values=Wn(o)&&!Wn(o[0])?K(o):a?Wn(o)?Wr(ee,Ur(o,te)):qn(o)?Gr(ee,o):o||re:o||hi,e.filter=K(e.filter||(i.distr>=3&&i.log==10?wi:i.distr==3&&i.log==2?Ti:kn)),e.font=ja(e.font),e.labelFont=ja(e.labelFont),e._size=e.size(r,null,t,0),e._space=e._rotate=e._incrs=e._found=e._splits=e._values=null,e._size>0&&(Yt[t]=!0,e._el=It(Ye,f))}}function Zt(e,t,n,r){let[i,a,o,s]=n,c=t%2,l=0;return c==0&&(s||a)&&(l=t==0&&!i||t==2&&!o?mn(di.size/3):0),c==1&&(i||o)&&(l=t==1&&!a||t==3&&!s?mn(Di.size/2):0),l}let Qt=r.padding=(e.padding||[Zt,Zt,Zt,Zt]).map(e=>K(H(e,Zt))),an=r._padding=Qt.map((e,t)=>e(r,t,Yt,0)),on,U=null,ln=null,un=i==1?v[0].idxs:null,W=null,pn=!1;function yn(e,n){if(t=e??[],r.data=r._data=t,i==2){on=0;for(let e=1;e<v.length;e++)on+=t[e][0].length}else{t.length==0&&(r.data=r._data=t=[[]]),W=t[0],on=W.length;let e=t;if(O==2){e=t.slice();let n=e[0]=Array(on);for(let e=0;e<on;e++)n[e]=e}r._data=t=e}if(yr(!0),fa(`setData`),O==2&&(Pe=!0),n!==!1){let e=D;e.auto(r,pn)?xn():ai(S,e.min,e.max),Fe||=N.left>=0,Le=!0,Er()}}r.setData=yn;function xn(){pn=!0;let e,n;i==1&&(on>0?(U=un[0]=0,ln=un[1]=on-1,e=t[0][U],n=t[0][ln],O==2?(e=U,n=ln):e==n&&(O==3?[e,n]=en(e,e,D.log,!1):O==4?[e,n]=tn(e,e,D.log,!1):D.time?n=e+mn(86400/_):[e,n]=sn(e,n,nn,!0))):(U=un[0]=e=null,ln=un[1]=n=null)),ai(S,e,n)}let wn,Dn,On,Nn,Pn,In,Ln,Bn,Gn,Xn;function Zn(e,t,n,r,i,a){e??=ht,n??=Hn,r??=`butt`,i??=ht,a??=`round`,e!=wn&&(d.strokeStyle=wn=e),i!=Dn&&(d.fillStyle=Dn=i),t!=On&&(d.lineWidth=On=t),a!=Pn&&(d.lineJoin=Pn=a),r!=In&&(d.lineCap=In=r),n!=Nn&&d.setLineDash(Nn=n)}function er(e,t,n,r){t!=Dn&&(d.fillStyle=Dn=t),e!=Ln&&(d.font=Ln=e),n!=Bn&&(d.textAlign=Bn=n),r!=Gn&&(d.textBaseline=Gn=r)}function tr(e,t,n,i,a=0){if(i.length>0&&e.auto(r,pn)&&(t==null||t.min==null)){let t=H(U,0),r=H(ln,i.length-1),o=n.min==null?$t(i,t,r,a,e.distr==3):[n.min,n.max];e.min=gn(e.min,n.min=o[0]),e.max=_n(e.max,n.max=o[1])}}let nr={min:null,max:null};function rr(){for(let e in b){let t=b[e];j[e]==null&&(t.min==null||j[S]!=null&&t.auto(r,pn))&&(j[e]=nr)}for(let e in b){let t=b[e];j[e]==null&&t.from!=null&&j[t.from]!=null&&(j[e]=nr)}j[S]!=null&&yr(!0);let e={};for(let t in j){let n=j[t];if(n!=null){let a=e[t]=Qn(b[t],Yn);if(n.min!=null)$n(a,n);else if(t!=S||i==2){if(on==0&&a.from==null){let e=a.range(r,null,null,t);a.min=e[0],a.max=e[1]}else a.min=G,a.max=-1/0}}}if(on>0){v.forEach((n,a)=>{if(i==1){let i=n.scale,o=j[i];if(o==null)return;let s=e[i];if(a==0){let e=s.range(r,s.min,s.max,i);s.min=e[0],s.max=e[1],U=qt(s.min,t[0]),ln=qt(s.max,t[0]),ln-U>1&&(t[0][U]<s.min&&U++,t[0][ln]>s.max&&ln--),n.min=W[U],n.max=W[ln]}else n.show&&n.auto&&tr(s,o,n,t[a],n.sorted);n.idxs[0]=U,n.idxs[1]=ln}else if(a>0&&n.show&&n.auto){let[r,i]=n.facets,o=r.scale,s=i.scale,[c,l]=t[a],u=e[o],d=e[s];u!=null&&tr(u,j[o],r,c,r.sorted),d!=null&&tr(d,j[s],i,l,i.sorted),n.min=i.min,n.max=i.max}});for(let t in e){let n=e[t],i=j[t];if(n.from==null&&(i==null||i.min==null)){let e=n.range(r,n.min==G?null:n.min,n.max==-1/0?null:n.max,t);n.min=e[0],n.max=e[1]}}}for(let t in e){let n=e[t];if(n.from!=null){let i=e[n.from];if(i.min==null)n.min=n.max=null;else{let e=n.range(r,i.min,i.max,t);n.min=e[0],n.max=e[1]}}}let n={},a=!1;for(let t in e){let r=e[t],i=b[t];if(i.min!=r.min||i.max!=r.max){i.min=r.min,i.max=r.max;let e=i.distr;i._min=e==3?bn(i.min):e==4?Cn(i.min,i.asinh):e==100?i.fwd(i.min):i.min,i._max=e==3?bn(i.max):e==4?Cn(i.max,i.asinh):e==100?i.fwd(i.max):i.max,n[t]=a=!0}}if(a){v.forEach((e,t)=>{i==2?t>0&&n.y&&(e._paths=null):n[e.scale]&&(e._paths=null)});for(let e in n)Pe=!0,fa(`setScale`,e);oe&&N.left>=0&&(Fe=Le=!0)}for(let e in j)j[e]=null}function ir(e){let t=Tn(U-1,0,on-1),n=Tn(ln+1,0,on-1);for(;e[t]==null&&t>0;)t--;for(;e[n]==null&&n<on-1;)n++;return[t,n]}function or(){if(on>0){let e=v.some(e=>e._focus)&&Xn!=Dt.alpha;e&&(d.globalAlpha=Xn=Dt.alpha),v.forEach((e,n)=>{if(n>0&&e.show&&(sr(n,!1),sr(n,!0),e._paths==null)){let a=Xn;Xn!=e.alpha&&(d.globalAlpha=Xn=e.alpha);let o=i==2?[0,t[n][0].length-1]:ir(t[n]);e._paths=e.paths(r,n,o[0],o[1]),Xn!=a&&(d.globalAlpha=Xn=a)}}),v.forEach((e,t)=>{if(t>0&&e.show){let n=Xn;Xn!=e.alpha&&(d.globalAlpha=Xn=e.alpha),e._paths!=null&&cr(t,!1);{let n=e._paths==null?null:e._paths.gaps,i=e.points.show(r,t,U,ln,n),a=e.points.filter(r,t,i,n);(i||a)&&(e.points._paths=e.points.paths(r,t,U,ln,a),cr(t,!0))}Xn!=n&&(d.globalAlpha=Xn=n),fa(`drawSeries`,t)}}),e&&(d.globalAlpha=Xn=1)}}function sr(e,t){let n=t?v[e].points:v[e];n._stroke=n.stroke(r,e),n._fill=n.fill(r,e)}function cr(e,t){let n=t?v[e].points:v[e],{stroke:r,fill:i,clip:a,flags:o,_stroke:s=n._stroke,_fill:c=n._fill,_width:l=n.width}=n._paths;l=q(l*B,3);let u=null,f=l%2/2;t&&c==null&&(c=l>0?`#fff`:s);let p=n.pxAlign==1&&f>0;if(p&&d.translate(f,f),!t){let e=z-l/2,t=ke-l/2,n=Ae+l,r=je+l;u=new Path2D,u.rect(e,t,n,r)}t?ur(s,l,n.dash,n.cap,c,r,i,o,a):lr(e,s,l,n.dash,n.cap,c,r,i,o,u,a),p&&d.translate(-f,-f)}function lr(e,n,i,a,o,s,c,l,u,d,f){let p=!1;u!=0&&x.forEach((m,h)=>{if(m.series[0]==e){let e=v[m.series[1]],g=t[m.series[1]],_=(e._paths||Vn).band;Wn(_)&&(_=m.dir==1?_[0]:_[1]);let y,b=null;e.show&&_&&cn(g,U,ln)?(b=m.fill(r,h)||s,y=e._paths.clip):_=null,ur(n,i,a,o,b,c,l,u,d,f,y,_),p=!0}}),p||ur(n,i,a,o,s,c,l,u,d,f)}function ur(e,t,n,r,i,a,o,s,c,l,u,f){Zn(e,t,n,r,i),(c||l||f)&&(d.save(),c&&d.clip(c),l&&d.clip(l)),f?(s&3)==3?(d.clip(f),u&&d.clip(u),fr(i,o),dr(e,a,t)):s&Bi?(fr(i,o),d.clip(f),dr(e,a,t)):s&zi&&(d.save(),d.clip(f),u&&d.clip(u),fr(i,o),d.restore(),dr(e,a,t)):(fr(i,o),dr(e,a,t)),(c||l||f)&&d.restore()}function dr(e,t,n){n>0&&(t instanceof Map?t.forEach((e,t)=>{d.strokeStyle=wn=t,d.stroke(e)}):t!=null&&e&&d.stroke(t))}function fr(e,t){t instanceof Map?t.forEach((e,t)=>{d.fillStyle=Dn=t,d.fill(e)}):t!=null&&e&&d.fill(t)}function pr(e,t,n,i){let a=y[e],o;if(i<=0)o=[0,0];else{let s=a._space=a.space(r,e,t,n,i);o=Aa(t,n,a._incrs=a.incrs(r,e,t,n,i,s),i,s)}return a._found=o}function mr(e,t,n,r,i,a,o,s,c,l){let u=o%2/2;h==1&&d.translate(u,u),Zn(s,o,c,l,s),d.beginPath();let f,p,m,g,_=i+(r==0||r==3?-a:a);n==0?(p=i,g=_):(f=i,m=_);for(let r=0;r<e.length;r++)t[r]!=null&&(n==0?f=m=e[r]:p=g=e[r],d.moveTo(f,p),d.lineTo(m,g));d.stroke(),h==1&&d.translate(-u,-u)}function hr(e){let t=!0;return y.forEach((n,i)=>{if(!n.show)return;let a=b[n.scale];if(a.min==null){n._show&&(t=!1,n._show=!1,yr(!1));return}n._show||(t=!1,n._show=!0,yr(!1));let o=n.side,s=o%2,{min:c,max:l}=a,[u,d]=pr(i,c,l,s==0?L:R);if(d==0)return;let f=a.distr==2,p=n._splits=n.splits(r,i,c,l,u,d,f),m=a.distr==2?p.map(e=>W[e]):p,h=a.distr==2?W[p[1]]-W[p[0]]:u,g=n._values=n.values(r,n.filter(r,m,i,d,h),i,d,h);n._rotate=o==2?n.rotate(r,g,i,d):0;let _=n._size;n._size=hn(n.size(r,g,i,e)),_!=null&&n._size!=_&&(t=!1)}),t}function gr(e){let t=!0;return Qt.forEach((n,i)=>{let a=n(r,i,Yt,e);a!=an[i]&&(t=!1),an[i]=a}),t}function vr(){for(let e=0;e<y.length;e++){let t=y[e];if(!t.show||!t._show)continue;let n=t.side,i=n%2,a,o,c=t.stroke(r,e),l=n==0||n==3?-1:1,[u,f]=t._found;if(t.label!=null){let s=t.labelGap*l,p=mn((t._lpos+s)*B);er(t.labelFont[0],c,`center`,n==2?ut:dt),d.save(),i==1?(a=o=0,d.translate(p,mn(ke+je/2)),d.rotate((n==3?-dn:dn)/2)):(a=mn(z+Ae/2),o=p);let m=En(t.label)?t.label(r,e,u,f):t.label;d.fillText(m,a,o),d.restore()}if(f==0)continue;let p=b[t.scale],m=i==0?Ae:je,h=i==0?z:ke,_=t._splits,v=p.distr==2?_.map(e=>W[e]):_,x=p.distr==2?W[_[1]]-W[_[0]]:u,S=t.ticks,C=t.border,w=S.show?S.size:0,T=mn(w*B),E=mn((t.alignTo==2?t._size-w-t.gap:t.gap)*B),D=t._rotate*-dn/180,O=g(t._pos*B),k=O+(T+E)*l;o=i==0?k:0,a=i==1?k:0;let A=t.font[0];er(A,c,t.align==1?ft:t.align==2?pt:D>0?ft:D<0?pt:i==0?`center`:n==3?pt:ft,D||i==1?`middle`:n==2?ut:dt);let j=t.font[1]*t.lineGap,ee=_.map(e=>g(s(e,p,m,h))),te=t._values;for(let e=0;e<te.length;e++){let t=te[e];if(t!=null){i==0?a=ee[e]:o=ee[e],t=``+t;let n=t.indexOf(`
`)==-1?[t]:t.split(/\n/gm);for(let e=0;e<n.length;e++){let t=n[e];D?(d.save(),d.translate(a,o+e*j),d.rotate(D),d.fillText(t,0,0),d.restore()):d.fillText(t,a,o+e*j)}}}S.show&&mr(ee,S.filter(r,v,e,f,x),i,n,O,T,q(S.width*B,3),S.stroke(r,e),S.dash,S.cap);let ne=t.grid;ne.show&&mr(ee,ne.filter(r,v,e,f,x),i,i==0?2:1,i==0?ke:z,i==0?je:Ae,q(ne.width*B,3),ne.stroke(r,e),ne.dash,ne.cap),C.show&&mr([O],[1],+(i==0),i==0?1:2,i==1?ke:z,i==1?je:Ae,q(C.width*B,3),C.stroke(r,e),C.dash,C.cap)}fa(`drawAxes`)}function yr(e){v.forEach((t,n)=>{n>0&&(t._paths=null,e&&(i==1?(t.min=null,t.max=null):t.facets.forEach(e=>{e.min=null,e.max=null})))})}let br=!1,xr=!1,Sr=[];function Cr(){xr=!1;for(let e=0;e<Sr.length;e++)fa(...Sr[e]);Sr.length=0}function Er(){br||=(ar(Or),!0)}function Dr(e,t=!1){br=!0,xr=t,e(r),Or(),t&&Sr.length>0&&queueMicrotask(Cr)}r.batch=Dr;function Or(){if(Me&&=(rr(),!1),Pe&&=(Be(),!1),Ne){if(V(p,ft,Ce),V(p,ut,we),V(p,ct,L),V(p,lt,R),V(m,ft,Ce),V(m,ut,we),V(m,ct,L),V(m,lt,R),V(f,ct,xe),V(f,lt,Se),u.width=mn(xe*B),u.height=mn(Se*B),y.forEach(({_el:e,_show:t,_size:n,_pos:r,side:i})=>{if(e!=null){if(t){let t=i===3||i===0?n:0,a=i%2==1;V(e,a?`left`:`top`,r-t),V(e,a?`width`:`height`,n),V(e,a?`top`:`left`,a?we:Ce),V(e,a?`height`:`width`,a?R:L),Pt(e,Xe)}else Nt(e,Xe)}}),wn=Dn=On=Pn=In=Ln=Bn=Gn=Nn=null,Xn=1,Xi(!0),Ce!=Te||we!=Ee||L!=De||R!=Oe){yr(!1);let e=L/De,t=R/Oe;if(oe&&!Fe&&N.left>=0){N.left*=e,N.top*=t,Mr&&Rt(Mr,mn(N.left),0,L,R),Nr&&Rt(Nr,0,mn(N.top),L,R);for(let n=0;n<Mt.length;n++){let r=Mt[n];r!=null&&(Lt[n]*=e,zt[n]*=t,Rt(r,hn(Lt[n]),hn(zt[n]),L,R))}}if(Q.show&&!Ie&&Q.left>=0&&Q.width>0){Q.left*=e,Q.width*=e,Q.top*=t,Q.height*=t;for(let e in $i)V(ti,e,Q[e])}Te=Ce,Ee=we,De=L,Oe=R}fa(`setSize`),Ne=!1}xe>0&&Se>0&&(d.clearRect(0,0,u.width,u.height),fa(`drawClear`),w.forEach(e=>e()),fa(`draw`)),Q.show&&Ie&&(ni(Q),Ie=!1),oe&&Fe&&(qi(null,!0,!1),Fe=!1),M.show&&M.live&&Le&&(Gi(),Le=!1),c||(c=!0,r.status=1,fa(`ready`)),pn=!1,br=!1}r.redraw=(e,t)=>{Pe=t||!1,e===!1?Er():ai(S,D.min,D.max)};function kr(e,n){let i=b[e];if(i.from==null){if(on==0){let t=i.range(r,n.min,n.max,e);n.min=t[0],n.max=t[1]}if(n.min>n.max){let e=n.min;n.min=n.max,n.max=e}if(on>1&&n.min!=null&&n.max!=null&&n.max-n.min<1e-16)return;e==S&&i.distr==2&&on>0&&(n.min=qt(n.min,t[0]),n.max=qt(n.max,t[0]),n.min==n.max&&n.max++),j[e]=n,Me=!0,Er()}}r.setScale=kr;let Ar,jr,Mr,Nr,Pr,Fr,J,Ir,Kr,Xr,Y,X,Qr=!1,$r=N.drag,ei=$r.x,Z=$r.y;oe&&(N.x&&(Ar=It(Qe,m)),N.y&&(jr=It($e,m)),D.ori==0?(Mr=Ar,Nr=jr):(Mr=jr,Nr=Ar),Y=N.left,X=N.top);let Q=r.select=$n({show:!0,over:!0,left:0,width:0,top:0,height:0},e.select),ti=Q.show?It(Ze,Q.over?m:p):null;function ni(e,t){if(Q.show){for(let t in e)Q[t]=e[t],t in $i&&V(ti,t,e[t]);t!==!1&&fa(`setSelect`)}}r.setSelect=ni;function ii(e){if(v[e].show)P&&Pt(le[e],Xe);else if(P&&Nt(le[e],Xe),oe){let t=jt?Mt[0]:Mt[e];t!=null&&Rt(t,-10,-10,L,R)}}function ai(e,t,n){kr(e,{min:t,max:n})}function oi(e,t,n,a){t.focus!=null&&Ci(e),t.show!=null&&v.forEach((n,r)=>{r>0&&(e==r||e==null)&&(n.show=t.show,ii(r),i==2?(ai(n.facets[0].scale,null,null),ai(n.facets[1].scale,null,null)):ai(n.scale,null,null),Er())}),n!==!1&&fa(`setSeries`,e,t),a&&_a(`setSeries`,r,e,t)}r.setSeries=oi;function si(e,t){$n(x[e],t)}function ci(e,t){e.fill=K(e.fill||null),e.dir=H(e.dir,-1),t??=x.length,x.splice(t,0,e)}function li(e){e==null?x.length=0:x.splice(e,1)}r.addBand=ci,r.setBand=si,r.delBand=li;function ui(e,t){v[e].alpha=t,oe&&Mt[e]!=null&&(Mt[e].style.opacity=t),P&&le[e]&&(le[e].style.opacity=t)}let yi,bi,xi,Si={focus:!0};function Ci(e){if(e!=xi){let t=e==null,n=Dt.alpha!=1;v.forEach((r,a)=>{if(i==1||a>0){let i=t||a==0||a==e;r._focus=t?null:i,n&&ui(a,i?1:Dt.alpha)}}),xi=e,n&&Er()}}P&&At&&ye(bt,I,e=>{N._lock||(Ct(e),xi!=null&&oi(null,Si,!0,$.setSeries))});function ki(e,t,n){let r=b[t];n&&(e=e/B-(r.ori==1?we:Ce));let i=L;r.ori==1&&(i=R,e=i-e),r.dir==-1&&(e=i-e);let a=r._min,o=r._max,s=e/i,c=a+(o-a)*s,l=r.distr;return l==3?vn(10,c):l==4?Sn(c,r.asinh):l==100?r.bwd(c):c}function Ai(e,n){return qt(ki(e,S,n),t[0],U,ln)}r.valToIdx=e=>qt(e,t[0]),r.posToIdx=Ai,r.posToVal=ki,r.valToPos=(e,t,n)=>b[t].ori==0?a(e,b[t],n?Ae:L,n?z:0):o(e,b[t],n?je:R,n?ke:0),r.setCursor=(e,t,n)=>{Y=e.left,X=e.top,qi(null,t,n)};function ji(e,t){V(ti,ft,Q.left=e),V(ti,ct,Q.width=t)}function Li(e,t){V(ti,ut,Q.top=e),V(ti,lt,Q.height=t)}let Vi=D.ori==0?ji:Li,Hi=D.ori==1?ji:Li;function Wi(){if(P&&M.live)for(let e=+(i==2);e<v.length;e++){if(e==0&&fe)continue;let t=M.values[e],n=0;for(let r in t)ue[e][n++].firstChild.nodeValue=t[r]}}function Gi(e,t){if(e!=null&&(e.idxs?e.idxs.forEach((e,t)=>{ae[t]=e}):Kn(e.idx)||ae.fill(e.idx),M.idx=ae[0]),P&&M.live){for(let e=0;e<v.length;e++)(e>0||i==1&&!fe)&&Ki(e,ae[e]);Wi()}Le=!1,t!==!1&&fa(`setLegend`)}r.setLegend=Gi;function Ki(e,n){let i=v[e],a=e==0&&O==2?W:t[e],o;fe?o=i.values(r,e,n)??pe:(o=i.value(r,n==null?null:a[n],e,n),o=o==null?pe:{_:o}),M.values[e]=o}function qi(e,n,a){Kr=Y,Xr=X,[Y,X]=N.move(r,Y,X),N.left=Y,N.top=X,oe&&(Mr&&Rt(Mr,mn(Y),0,L,R),Nr&&Rt(Nr,0,mn(X),L,R));let o,s=U>ln;yi=G,bi=null;let c=D.ori==0?L:R,l=D.ori==1?L:R;if(Y<0||on==0||s){o=N.idx=null;for(let e=0;e<v.length;e++){let t=Mt[e];t!=null&&Rt(t,-10,-10,L,R)}At&&oi(null,Si,!0,e==null&&$.setSeries),M.live&&(ae.fill(o),Le=!0)}else{let e,n,a;i==1&&(e=D.ori==0?Y:X,n=ki(e,S),o=N.idx=qt(n,t[0],U,ln),a=k(t[0][o],D,c,0));let s=-10,u=-10,d=0,f=0,p=!0,m=``,h=``;for(let e=+(i==2);e<v.length;e++){let g=v[e],_=ae[e],y=_==null?null:i==1?t[e][_]:t[e][1][_],x=N.dataIdx(r,e,o,n),S=x==null?null:i==1?t[e][x]:t[e][1][x];if(Le=Le||S!=y||x!=_,ae[e]=x,e>0&&g.show){let n=x==null?-10:x==o?a:k(i==1?t[0][x]:t[e][0][x],D,c,0),_=S==null?-10:A(S,i==1?b[g.scale]:b[g.facets[1].scale],l,0);if(At&&S!=null){let t=D.ori==1?Y:X,n=fn(Dt.dist(r,e,x,_,t));if(n<yi){let r=Dt.bias;if(r!=0){let i=ki(t,g.scale),a=S>=0?1:-1,o=i>=0?1:-1;o==a&&(o==1?r==1?S>=i:S<=i:r==1?S<=i:S>=i)&&(yi=n,bi=e)}else yi=n,bi=e}}if(Le||jt){let t,i;D.ori==0?(t=n,i=_):(t=_,i=n);let a,o,c,l,g,v,y=!0,b=wt.bbox;if(b!=null){y=!1;let t=b(r,e);c=t.left,l=t.top,a=t.width,o=t.height}else c=t,l=i,a=o=wt.size(r,e);if(v=wt.fill(r,e),g=wt.stroke(r,e),jt)e==bi&&yi<=Dt.prox&&(s=c,u=l,d=a,f=o,p=y,m=v,h=g);else{let t=Mt[e];t!=null&&(Lt[e]=c,zt[e]=l,Ht(t,a,o,y),Bt(t,v,g),Rt(t,hn(c),hn(l),L,R))}}}}if(jt){let e=Dt.prox;if(Le||(xi==null?yi<=e:yi>e||bi!=xi)){let e=Mt[0];e!=null&&(Lt[0]=s,zt[0]=u,Ht(e,d,f,p),Bt(e,m,h),Rt(e,hn(s),hn(u),L,R))}}}if(Q.show&&Qr){if(e!=null){let[t,n]=$.scales,[r,i]=$.match,[a,o]=e.cursor.sync.scales,s=e.cursor.drag;if(ei=s._x,Z=s._y,ei||Z){let{left:s,top:u,width:d,height:f}=e.select,p=e.scales[a].ori,m=e.posToVal,h,g,_,v,y,x=t!=null&&r(t,a),S=n!=null&&i(n,o);x&&ei?(p==0?(h=s,g=d):(h=u,g=f),_=b[t],v=k(m(h,a),_,c,0),y=k(m(h+g,a),_,c,0),Vi(gn(v,y),fn(y-v))):Vi(0,c),S&&Z?(p==1?(h=s,g=d):(h=u,g=f),_=b[n],v=A(m(h,o),_,l,0),y=A(m(h+g,o),_,l,0),Hi(gn(v,y),fn(y-v))):Hi(0,l)}else ea()}else{let e=fn(Kr-Pr),t=fn(Xr-Fr);if(D.ori==1){let n=e;e=t,t=n}ei=$r.x&&e>=$r.dist,Z=$r.y&&t>=$r.dist;let n=$r.uni;n==null?$r.x&&$r.y&&(ei||Z)&&(ei=Z=!0):ei&&Z&&(ei=e>=n,Z=t>=n,!ei&&!Z&&(t>e?Z=!0:ei=!0));let r,i;ei&&(D.ori==0?(r=J,i=Y):(r=Ir,i=X),Vi(gn(r,i),fn(i-r)),Z||Hi(0,l)),Z&&(D.ori==1?(r=J,i=Y):(r=Ir,i=X),Hi(gn(r,i),fn(i-r)),ei||Vi(0,c)),!ei&&!Z&&(Vi(0,0),Hi(0,0))}}if($r._x=ei,$r._y=Z,e==null){if(a){if(ma!=null){let[e,t]=$.scales;$.values[0]=e==null?null:ki(D.ori==0?Y:X,e),$.values[1]=t==null?null:ki(D.ori==1?Y:X,t)}_a(gt,r,Y,X,L,R,o)}if(At){let e=a&&$.setSeries,t=Dt.prox;xi==null?yi<=t&&oi(bi,Si,!0,e):yi>t?oi(null,Si,!0,e):bi!=xi&&oi(bi,Si,!0,e)}}Le&&(M.idx=o,Gi()),n!==!1&&fa(`setCursor`)}let Yi=null;Object.defineProperty(r,"rect",{get(){return Yi??Xi(!1),Yi}});function Xi(e=!1){e?Yi=null:(Yi=m.getBoundingClientRect(),fa(`syncRect`,Yi))}function Zi(e,t,n,r,i,a,o){N._lock||Qr&&e!=null&&e.movementX==0&&e.movementY==0||(Qi(e,t,n,r,i,a,o,!1,e!=null),e==null?qi(t,!0,!1):qi(null,!0,!0))}function Qi(e,t,n,i,a,o,c,l,u){if(Yi??Xi(!1),Ct(e),e!=null)n=e.clientX-Yi.left,i=e.clientY-Yi.top;else{if(n<0||i<0){Y=-10,X=-10;return}let[e,r]=$.scales,c=t.cursor.sync,[l,u]=c.values,[d,f]=c.scales,[p,m]=$.match,h=t.axes[0].side%2==1,g=D.ori==0?L:R,_=D.ori==1?L:R,v=h?o:a,y=h?a:o,x=h?i:n,S=h?n:i;if(n=d==null?x/v*g:p(e,d)?s(l,b[e],g,0):-10,i=f==null?S/y*_:m(r,f)?s(u,b[r],_,0):-10,D.ori==1){let e=n;n=i,i=e}}u&&(t==null||t.cursor.event.type==gt)&&((n<=1||n>=L-1)&&(n=Fn(n,L)),(i<=1||i>=R-1)&&(i=Fn(i,R))),l?(Pr=n,Fr=i,[J,Ir]=N.move(r,n,i)):(Y=n,X=i)}let $i={width:0,height:0,left:0,top:0};function ea(){ni($i,!1)}let ta,na,ra,ia;function aa(e,t,n,i,a,o,s){Qr=!0,ei=Z=$r._x=$r._y=!1,Qi(e,t,n,i,a,o,s,!0,!1),e!=null&&(ye(vt,Ot,oa,!1),_a(_t,r,J,Ir,L,R,null));let{left:c,top:l,width:u,height:d}=Q;ta=c,na=l,ra=u,ia=d}function oa(e,t,n,i,a,o,s){Qr=$r._x=$r._y=!1,Qi(e,t,n,i,a,o,s,!1,!0);let{left:c,top:l,width:u,height:d}=Q,f=u>0||d>0,p=ta!=c||na!=l||ra!=u||ia!=d;if(f&&p&&ni(Q),$r.setScale&&f&&p){let e=c,t=u,n=l,r=d;if(D.ori==1&&(e=l,t=d,n=c,r=u),ei&&ai(S,ki(e,S),ki(e+t,S)),Z)for(let e in b){let t=b[e];e!=S&&t.from==null&&t.min!=G&&ai(e,ki(n+r,e),ki(n,e))}ea()}else N.lock&&(N._lock=!N._lock,qi(t,!0,e!=null));e!=null&&(be(vt,Ot),_a(vt,r,Y,X,L,R,null))}function sa(e,t,n,r,i,a,o){if(N._lock)return;Ct(e);let s=Qr;if(Qr){let e=!0,t=!0,n,r;D.ori==0?(n=ei,r=Z):(n=Z,r=ei),n&&r&&(e=Y<=10||Y>=L-10,t=X<=10||X>=R-10),n&&e&&(Y=Y<J?0:L),r&&t&&(X=X<Ir?0:R),qi(null,!0,!0),Qr=!1}Y=-10,X=-10,ae.fill(null),qi(null,!0,!0),s&&(Qr=s)}function ca(e,t,n,i,a,o,s){N._lock||(Ct(e),xn(),ea(),e!=null&&_a(xt,r,Y,X,L,R,null))}function la(){y.forEach(Ma),Re(r.width,r.height,!0)}Gt(Tt,kt,la);let ua={};ua.mousedown=aa,ua.mousemove=Zi,ua.mouseup=oa,ua.dblclick=ca,ua.setSeries=(e,t,n,i)=>{let a=$.match[2];n=a(r,t,n),n!=-1&&oi(n,i,!0,!1)},oe&&(ye(_t,m,aa),ye(gt,m,Zi),ye(yt,m,e=>{Ct(e),Xi(!1)}),ye(bt,m,sa),ye(xt,m,ca),ga.add(r),r.syncRect=Xi);let da=r.hooks=e.hooks||{};function fa(e,t,n){xr?Sr.push([e,t,n]):e in da&&da[e].forEach(e=>{e.call(null,r,t,n)})}(e.plugins||[]).forEach(e=>{for(let t in e.hooks)da[t]=(da[t]||[]).concat(e.hooks[t])});let pa=(e,t,n)=>n,$=$n({key:null,setSeries:!1,filters:{pub:jn,sub:jn},scales:[S,v[1]?v[1].scale:null],match:[Mn,Mn,pa],values:[null,null]},N.sync);$.match.length==2&&$.match.push(pa),N.sync=$;let ma=$.key,ha=Ri(ma);function _a(e,t,n,r,i,a,o){$.filters.pub(e,t,n,r,i,a,o)&&ha.pub(e,t,n,r,i,a,o)}ha.sub(r);function Na(e,t,n,r,i,a,o){$.filters.sub(e,t,n,r,i,a,o)&&ua[e](null,t,n,r,i,a,o)}r.pub=Na;function Pa(){ha.unsub(r),ga.delete(r),ve.clear(),Kt(Tt,kt,la),l.remove(),I?.remove(),fa(`destroy`)}r.destroy=Pa;function Fa(){fa(`init`,e,t),yn(t||e.data,!1),j[S]?kr(S,j[S]):xn(),Ie=Q.show&&(Q.width>0||Q.height>0),Fe=Le=!0,Re(e.width,e.height)}return v.forEach(Ut),y.forEach(Xt),n?n instanceof HTMLElement?(n.appendChild(l),Fa()):n(r,Fa):Fa(),r}Na.assign=$n,Na.fmtNum=un,Na.rangeNum=sn,Na.rangeLog=en,Na.rangeAsinh=tn,Na.orient=Vi,Na.pxRatio=B,Na.join=ir,Na.fmtDate=_r,Na.tzDate=yr,Na.sync=Ri;{Na.addGap=Ki,Na.clipGaps=Gi;let e=Na.paths={points:oa};e.linear=ua,e.stepped=da,e.bars=pa,e.spline=ma}var Pa=6,Fa=7,Ia=Na.paths.stepped?.({align:1}),La=Na.paths.linear?.(),Ra=e=>{let t=e.shape===`step`?Ia:La;return{stroke:e.color,width:e.width,points:{show:!1},...e.dash?{dash:e.dash}:{},...e.fill?{fill:e.fill,fillTo:0}:{},...t?{paths:t}:{}}},za=()=>({stroke:`transparent`,width:0,points:{show:!1}}),Ba=e=>e.map((t,n)=>t??e[n-1]??null),Va=(e,t,n)=>{let{ctx:r}=e;r.save(),r.beginPath(),r.rect(e.bbox.left,e.bbox.top,e.bbox.width,e.bbox.height),r.clip(),r.fillStyle=n.color;for(let i=0;i+1<t.length;){let a=n.low[i]??null,o=n.high[i]??null,s=i+1;for(;s+1<t.length&&n.low[s]===a&&n.high[s]===o;)s+=1;if(a!==null&&o!==null&&a!==o){let n=Math.round(e.valToPos(t[i]??0,`x`,!0)),c=Math.round(e.valToPos(t[s]??0,`x`,!0)),l=e.valToPos(Math.max(a,o),`y`,!0),u=e.valToPos(Math.min(a,o),`y`,!0);r.fillRect(n,l,c-n,u-l)}i=s}r.restore()},Ha=(e,t)=>{let{ctx:n}=e,r=Math.round(e.valToPos(0,`y`,!0))+.5;r<e.bbox.top||r>e.bbox.top+e.bbox.height+1||(n.save(),n.strokeStyle=t,n.lineWidth=devicePixelRatio,n.beginPath(),n.moveTo(e.bbox.left,r),n.lineTo(e.bbox.left+e.bbox.width,r),n.stroke(),n.restore())},Ua=(e,t,n,r)=>{let i=`11px ${n.font}`,a={stroke:n[`grid-line`],width:1},o=Ie(e.scale);return[{stroke:n.text,font:i,grid:a,ticks:{show:!1},size:t.labels?22:0,gap:6,splits:()=>t.ticks.map(e=>e.time),values:()=>t.ticks.map(e=>t.labels?e.label:``)},{stroke:n.text,font:i,grid:a,ticks:{show:!1},size:t.left,gap:6,splits:()=>o,values:()=>o.map(t=>r(t,e.digits))}]},Wa=(e,t,n,r,i,a)=>{let o=[],s=[{}],c=[];for(let e of t.bands)o.push(e.high,e.low),s.push(za(),za()),c.push({series:[s.length-2,s.length-1],fill:e.color});for(let e of t.lines)o.push(e.shape===`step`?Ba(e.values):e.values),s.push(Ra(e));let{scale:l}=t;return new Na({width:r.width,height:r.height,padding:[Pa,r.right,r.labels?0:Fa,0],legend:{show:!1},cursor:{show:!1},scales:{x:{time:!1,range:()=>[r.from,r.to]},y:{range:()=>[l.min,l.max]}},axes:Ua(t,r,i,a),series:s,bands:c,hooks:{drawAxes:[e=>{t.bars.forEach(t=>Va(e,n.x,t)),Ha(e,i[`zero-line`])}]}},[n.x,...o],e)},Ga=(e,t,n)=>{let r=t.labels?22:Fa;return Pa+(t.height-Pa-r)*(e.scale.max-n)/(e.scale.max-e.scale.min)},Ka=5.6,qa=12,Ja=20,Ya=({from:e,to:t},n)=>100*(n-e)/(t-e),Xa=(e,t)=>ue({left:`${Ya(e,t)}%`}),Za=(e,t,n)=>{let{now:r}=e,{time:i,marked:a}=n,o=a&&{left:`${Ya(e,a.from)}%`,width:`${Ya(e,a.to)-Ya(e,a.from)}%`};return s`
    <div class=${se({over:!0,labelled:t.labels})} aria-hidden="true">
      <div class="past" style=${ue({width:`${Math.max(0,Ya(e,r))}%`})}></div>
      ${t.ticks.filter(e=>e.midnight).map(t=>s`<div class="midnight" style=${Xa(e,t.time)}></div>`)}
      <div class="now" style=${Xa(e,r)}></div>
      ${i===null?c:s`<div class="cursor" style=${Xa(e,i)}></div>`}
      ${o?s`<div class="selection" style=${ue(o)}></div>`:c}
    </div>
  `},Qa=(e,t,n,r,i)=>s`
  <div class="over dots" aria-hidden="true">
    ${e.readings.map(a=>{let o=a.dot?Be(a,i):null;if(o===null)return c;let l={left:`${Ya(n,r)}%`,top:`${Ga(e,t,o)}px`,"--color":a.color};return s`<div class="dot" style=${ue(l)}></div>`})}
  </div>
`,$a=(e,t,{timeline:n,width:r},i)=>{let{from:a,to:o,now:u}=n,d=O(e,t).filter(e=>e.end>a&&e.start<o);return s`
    <div class="strip">
      ${d.map(e=>{let t=Math.max(0,Ya(n,e.start)),a=Math.min(100,Ya(n,e.end))-t,o=i(l(e.mode)),u=a*r/100,d=u<o.length*Ka+qa,f=u>=Ja?D(e.mode):c,p={left:`${t}%`,width:`${a}%`,"--color":h(e.mode)};return s`<span
          class=${se({run:!0,narrow:d})}
          title=${o}
          style=${ue(p)}
          >${d?f:o}</span
        >`})}
      <div class="now" style=${Xa(n,u)}></div>
    </div>
  `},eo=(e,t,n)=>s`
  <div class="strips" aria-hidden="true">
    ${e.batteries.map(r=>$a(e,r,t,n))}
  </div>
`,to=(e,t)=>{let n=[],r=[];return e.map((e,i)=>{let a=[],o=[];return e.forEach((e,t)=>{let i=e!==null&&e<0?r:n,s=i[t]??0;a.push(e===null?null:s),o.push(e===null?null:s+e),e!==null&&(i[t]=s+e)}),{low:a,high:o,color:t[i%t.length]??`#888888`}})},no=({timeline:e,palette:t,localize:n,format:r})=>{let{batteries:i,batteryPast:a}=e,o=i.length>1,s=o||`mode`in(i[0]?.battery??{}),c=to(i.map(e=>e.power),t.batteries),l=o?t.text:t.batteries[0]??t.text,u=Re([...c.map(e=>e.high),a].map(t=>ze(e,t)),4,.5),d=i.map((e,i)=>({label:o?e.battery.name:n(`series.battery`),color:t.batteries[i%t.batteries.length]??t.text,swatch:`area`,sources:o?[e.power]:[a,e.power],write:e=>r.number(e,2),say:r.power,dot:!1}));return o&&d.push({label:n(`series.measured`),color:l,swatch:`line`,sources:[a],write:e=>r.number(e,2),say:r.power,dot:!1}),{id:`battery`,title:s?n(`panel.battery`):i[0]?.battery.name??``,unit:n(`panel.battery.unit`),height:104,scale:u,digits:Le(u.step),lines:[{values:a,color:l,width:1.25,shape:`step`,fill:z(l,.25)}],bands:[],bars:c.map(e=>({...e,color:z(e.color,.85)})),readings:d}},ro=({timeline:e,palette:t,localize:n,format:r})=>{let{load:i,solar:a,grid:o,curtailed:s,peak:c}=e,l=Re([...[i,a,o].flatMap(e=>[e.past,e.plan]),i.high,a.high,c].map(t=>ze(e,t)),4,.5),u=[...a.past,...a.plan].some(e=>(e??0)>0),d=[],f=[],p=[],m=(e,t,i,a)=>({label:n(e),color:t,swatch:a,sources:i,write:e=>r.number(e,2),say:r.power,dot:!0});return u&&(f.push({low:a.low,high:a.high,color:z(t.solar,.16)},{low:a.innerLow,high:a.innerHigh,color:z(t.solar,.22)}),d.push({values:a.past,color:t.solar,width:2,shape:`line`,fill:z(t.solar,.18)},{values:a.plan,color:t.solar,width:2,shape:`line`,fill:z(t.solar,.08)})),f.push({low:i.low,high:i.high,color:z(t.load,.1)},{low:i.innerLow,high:i.innerHigh,color:z(t.load,.14)}),d.push({values:o.past,color:t.grid,width:1.25,shape:`line`},{values:o.plan,color:t.grid,width:1.25,shape:`step`,fill:z(t.grid,.08)},{values:i.past,color:t.load,width:2,shape:`line`},{values:i.plan,color:t.load,width:2,shape:`line`}),p.push(m(`series.load`,t.load,[i.past,i.plan],`area`)),u&&p.push(m(`series.solar`,t.solar,[a.past,a.plan],`area`)),p.push(m(`series.grid`,t.grid,[o.past,o.plan],`line`)),s.some(e=>(e??0)>.02)&&(d.push({values:s,color:t.curtailed,width:1.25,shape:`step`,dash:[2,2]}),p.push(m(`series.curtailed`,t.curtailed,[s],`dashed`))),c.some(e=>e!==null)&&(d.push({values:c,color:t.curtailed,width:1.25,shape:`line`,dash:[8,4]}),p.push({...m(`series.peak`,t.curtailed,[c],`dashed`),dot:!1})),{id:`power`,title:n(`panel.power`),unit:`kW`,height:172,scale:l,digits:Le(l.step),lines:d,bands:f,bars:[],readings:p}},io=1.75,ao=({timeline:e,palette:t,localize:n,format:r})=>{let{importKnown:i,importGuess:a,exportKnown:o,exportGuess:s,value:c}=e,l=Re([i,a,o,s,c].map(t=>ze(e,t)),4,.01),u=`${r.currencySymbol}/kWh`,d=ze(e,a).some(e=>e!==null),f={shape:`step`,width:io},p={...f,dash:[4,4]},m=[{...p,values:a,color:z(t.import,.65),fill:z(t.import,.06)},{...f,values:i,color:t.import,fill:z(t.import,.16)},{...p,values:s,color:z(t.export,.6)},{...f,values:o,color:t.export}],h=[{label:n(`series.import`),color:t.import,swatch:`area`,sources:[i,a],write:e=>r.number(e,3),say:r.price,dot:!0},{label:n(`series.export`),color:t.export,swatch:`line`,sources:[o,s],write:e=>r.number(e,3),say:r.price,dot:!0}];return c.some(e=>e!==null)&&(m.push({values:c,color:t.value,width:1.5,shape:`step`,dash:[1.5,3]}),h.push({label:n(`series.value`),color:t.value,swatch:`dashed`,sources:[c],write:e=>r.number(e,3),say:r.price,dot:!0})),{id:`price`,title:n(`panel.price`),unit:d?`${u}, ${n(`series.expected`)}`:u,height:124,scale:l,digits:Math.min(3,Le(l.step)),lines:m,bands:[],bars:[],readings:h}},oo=e=>e.map(e=>e===null?null:e*100),so=({timeline:e,palette:t,localize:n,format:r})=>{let{batteries:i,socPast:a,x:o,now:s}=e,c=i.length>1,l=e=>r.number(e,0),u=e=>r.percent(e/100),d=e=>t.batteries[e%t.batteries.length]??t.text,f=oo(a),p=i.map(e=>oo(e.soc)),m=i.map(({battery:e})=>e.reserve*100).flatMap((e,t)=>e===0&&c?[]:[{values:o.map(t=>t>=s?e:null),color:z(d(t),.7),width:1,shape:`line`,dash:[5,4]}]);m.push({values:f,color:c?t.text:d(0),width:2,shape:`line`,...c?{}:{fill:z(d(0),.1)}}),p.forEach((e,t)=>m.push({values:e,color:d(t),width:2,shape:`line`,...c?{}:{fill:z(d(t),.16)}}));let h=p.map((e,t)=>({label:c?i[t]?.battery.name??``:n(`series.level`),color:d(t),swatch:`area`,sources:c?[e]:[f,e],write:l,say:u,dot:!0}));if(!c){let[e]=m;e&&h.push({label:n(`series.reserve`),color:d(0),swatch:`dashed`,sources:[e.values],write:l,say:u,dot:!1})}return{id:`soc`,title:n(`panel.soc`),unit:`%`,height:96,scale:{min:0,max:100,step:50},digits:0,lines:m,bands:[],bars:[],readings:h}},co=e=>{let t=[ao(e),ro(e)];return e.timeline.batteries.length>0&&t.push(no(e),so(e)),t},lo=1800,uo=6,fo=6e3,po={normal:2,far:8},mo=(e,t)=>({from:Math.min(e,t),to:Math.max(e,t)}),ho=class{constructor(e,t,n){this.host=e,this.space=t,this.redraw=n,this.time=null,this.marked=null,this.zoom=null,this.hours=null,this.markedFrom=null,this.reset=()=>this.choose(null),this.onMove=e=>{this.time=this.timeAt(e),this.markedFrom!==null&&(this.marked=mo(this.markedFrom,this.time)),this.host.requestUpdate()},this.onDown=e=>{clearTimeout(this.touchTimer),this.time=this.timeAt(e),this.host.requestUpdate(),e.pointerType===`mouse`&&e.button===0&&(this.markedFrom=this.time,e.currentTarget.setPointerCapture(e.pointerId))},this.onUp=()=>{let{marked:e}=this;if(this.markedFrom=null,this.marked=null,this.host.requestUpdate(),!e)return;let{timeline:t,width:n}=this.space();(e.to-e.from)*n/(t.to-t.from)<uo||e.to-e.from<lo||(this.zoom=e,this.redraw())},this.onLeave=e=>{e.pointerType===`mouse`?this.markedFrom===null&&this.forget():this.touchTimer=setTimeout(this.forget,fo)},this.onKey=e=>{let{x:t,from:n,to:r,now:i}=this.space().timeline,a=R(t,this.time??i),o=e.shiftKey?po.far:po.normal,s={ArrowLeft:t[Math.max(0,a-o)],ArrowRight:t[Math.min(t.length-1,a+o)],Home:n,End:r,Escape:null}[e.key];s!==void 0&&(e.preventDefault(),s===null&&this.reset(),this.time=s===null?null:Math.min(r,Math.max(n,s)),this.host.requestUpdate())},this.forget=()=>{this.time=null,this.host.requestUpdate()},e.addController(this)}hostDisconnected(){clearTimeout(this.touchTimer)}choose(e){this.zoom=null,this.hours=e,this.redraw()}timeAt(e){let{timeline:t,left:n,width:r}=this.space(),i=e.currentTarget.getBoundingClientRect().left,a=(e.clientX-i-n)/r,o=t.from+(t.to-t.from)*a;return Math.min(t.to,Math.max(t.from,o))}},go=.01,_o=(e,t,n)=>{let{localize:r,format:i}=n,a=pe(e,t),o=t=>t?y(ie(t),t,r,i,e.now):``,s=e.batteries.flatMap(({name:e,mode:t,reason:n})=>{let i=t[a];return i?[{name:e,text:`${r(l(i))}. ${o(n[a])}`}]:[]}),c=e.devices.flatMap(({name:e,power_kw:t,reason:n})=>{let r=t[a]??0;return Math.abs(r)<=go?[]:[{name:e,text:`${i.power(Math.abs(r))}. ${o(n[a])}`}]});return[...s,...c]},vo,yo=480,bo={wide:{left:44,right:12},narrow:{left:36,right:4}},xo={wide:56,narrow:42},So=[6,12,24],Co=10,wo=[`message`,`format`,`localize`,`hours`,`theme`,`width`,`drawing`],To=e=>wo.some(t=>e.has(t)),Eo=class extends e{constructor(...e){super(...e),this.hours=36,this.theme=``,this.width=0,this.drawing=0,this.failed=!1,this.panels=[],this.ticks=[],this.plots=[],this.pointer=new ho(this,()=>this.space,()=>this.drawing+=1),this.resize=new ResizeObserver(([e])=>{this.width=Math.floor(e?.contentRect.width??0)})}connectedCallback(){super.connectedCallback(),this.resize.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.resize.disconnect(),this.clear(),this.width=0}willUpdate(e){if(this.width===0||!To(e))return;let{left:t,right:n}=this.gutter;this.style.setProperty(`--left`,`${t}px`),this.style.setProperty(`--right`,`${n}px`);let{localize:r,format:i,pointer:a}=this,o=L(this.message,a.hours??this.hours);this.timeline=a.zoom?{...o,...a.zoom}:o,this.panels=co({timeline:this.timeline,palette:Ee(this),localize:r,format:i});let s=this.narrow?xo.narrow:xo.wide;this.ticks=Ne(this.timeline.from,this.timeline.to,this.space.width,i,s)}updated(e){this.width>0&&To(e)&&this.draw()}get narrow(){return this.width<yo}get gutter(){return this.narrow?bo.narrow:bo.wide}get space(){let{left:e,right:t}=this.gutter;return{timeline:this.timeline,left:e,width:Math.max(1,this.width-e-t)}}clear(){this.plots.forEach(e=>e.destroy()),this.plots=[]}frame(e){let t=e===this.panels.length-1,n=this.panels[e]?.height??0;return{...this.gutter,width:this.width,height:n+(t?22:0),labels:t,ticks:this.ticks,from:this.timeline.from,to:this.timeline.to}}draw(){this.clear();let e=Ee(this),{number:t}=this.format;try{this.plots=this.panels.flatMap((n,r)=>{let i=this.canvases[r];return i?[Wa(i,n,this.timeline,this.frame(r),e,t)]:[]}),this.failed=!1}catch{this.failed=!0}this.toggleAttribute(`drawn`,!this.failed&&this.plots.length>0)}render(){if(this.width===0)return s`<div class="stack"></div>`;let{pointer:e,localize:t,format:n}=this,{x:r,now:i,from:a,to:o}=this.timeline,l=e.time??i,u=R(r,l),d=n.dayTime(l,i);return s`
      ${this.renderToolbar(d)}
      ${this.failed?s`<p class="failed">${t(`error.draw`)}</p>`:c}
      <div
        class="stack"
        tabindex="0"
        role="slider"
        aria-label=${t(`aria.chart`,{start:n.dayTime(a,i),end:n.dayTime(o,i)})}
        aria-valuemin=${Math.round(a)}
        aria-valuemax=${Math.round(o)}
        aria-valuenow=${Math.round(Math.min(o,Math.max(a,l)))}
        aria-valuetext=${[d,...this.spoken(u),..._o(this.message,l,this).map(({text:e})=>e)].join(`, `)}
        @pointermove=${e.onMove}
        @pointerdown=${e.onDown}
        @pointerup=${e.onUp}
        @pointercancel=${e.onUp}
        @pointerleave=${e.onLeave}
        @dblclick=${e.reset}
        @keydown=${e.onKey}
      >
        ${this.panels.map((e,t)=>this.renderPanel(e,this.frame(t),u))}
        ${this.renderTip(l)}
      </div>
      <shems-plan-gantt
        .hass=${this.hass}
        .message=${this.message}
        .format=${n}
        .localize=${t}
        .from=${a}
        .to=${o}
      ></shems-plan-gantt>
    `}spoken(e){return this.panels.flatMap(t=>t.readings.flatMap(t=>{let n=Be(t,e);return n===null?[]:[`${t.label} ${t.say(n)}`]}))}renderTip(e){if(this.pointer.time===null)return c;let t=_o(this.message,e,this);if(t.length===0)return c;let{from:n,to:r}=this.timeline,i=e<(n+r)/2,{left:a,width:o}=this.space,l=a+o*(e-n)/(r-n),u=i?{left:`${l+Co}px`}:{right:`${this.width-l+Co}px`};return s`<ul class="tip" aria-hidden="true" style=${ue(u)}>
      ${t.map(({name:e,text:t})=>s`<li><b>${e}</b> ${t}</li>`)}
    </ul>`}renderToolbar(e){let{localize:t,hours:n,pointer:r}=this,i=(e,t)=>s`
      <button
        type="button"
        aria-pressed=${String(!r.zoom&&r.hours===e)}
        @click=${()=>r.choose(e)}
      >
        ${t}
      </button>
    `,a=e=>t(`zoom.hours`,{hours:e});return s`
      <div class="toolbar">
        <div class="moment">
          ${r.time===null?s`${t(`time.now`)} <small>${e}</small>`:e}
        </div>
        <div class="zoom" role="group" aria-label=${t(`zoom.label`)}>
          ${So.filter(e=>e<n).map(e=>i(e,a(e)))}
          ${i(null,r.zoom?t(`zoom.reset`):a(n))}
        </div>
      </div>
    `}renderPanel(e,t,n){let{pointer:r,timeline:i}=this,a=r.time===null?c:Qa(e,t,i,r.time,n),o=e.id===`battery`?eo(this.message,this.space,this.localize):c;return s`
      <section class="panel" data-panel=${e.id}>
        <div class=${se({legend:!0,long:e.readings.length>2})}>
          <h3>${e.title} <span>${e.unit}</span></h3>
          ${e.readings.map(e=>{let t=Be(e,n);return s`<span class="entry"
              ><i
                class="swatch ${e.swatch}"
                style=${ue({"--color":e.color})}
              ></i
              >${e.label} <b>${t===null?`–`:e.write(t)}</b></span
            >`})}
        </div>
        ${o}
        <div class="plot" style=${ue({height:`${t.height}px`})}>
          ${Za(i,t,r)}
          <div class="canvas"></div>
          ${a}
        </div>
      </section>
    `}};vo=Eo,vo.styles=[C(de),Ce],T([A({attribute:!1})],Eo.prototype,`hass`,void 0),T([A({attribute:!1})],Eo.prototype,`message`,void 0),T([A({attribute:!1})],Eo.prototype,`format`,void 0),T([A({attribute:!1})],Eo.prototype,`localize`,void 0),T([A({type:Number})],Eo.prototype,`hours`,void 0),T([A()],Eo.prototype,`theme`,void 0),T([a()],Eo.prototype,`width`,void 0),T([a()],Eo.prototype,`drawing`,void 0),T([a()],Eo.prototype,`failed`,void 0),T([oe(`.canvas`)],Eo.prototype,`canvases`,void 0);var Do=(e,t,{localize:n,format:r})=>{let{now:i}=t,a=o(t,e),l=a!==null&&a.start<=i,u=n(e.power_kw.length>0?`devices.rests`:`devices.left_out`),f=l?n(`devices.now`,{time:r.dayTime(a.end,i)}):a?n(`time.span`,{start:r.dayTime(a.start,i),end:r.dayTime(a.end,a.start)}):u,{reason:p,shortfalls:m}=e.now;return s`
    <li class=${l?`current`:``}>
      <span class="icon" style="--color:var(--shems-mode-hold)">
        ${k(M(e.kind))}
      </span>
      <div>
        <div class="when"><span>${f}</span> <span>${a&&d(a)?r.energy(a.energy):``}</span></div>
        <div class="what">${e.name}</div>
        ${e.proposed?s`<p class="why proposed">${n(`devices.proposed`)}</p>`:c}
        ${p?s`<p class="why">
                ${y(ie(p),p,n,r,i)}
              </p>`:c}
        ${m.map(e=>s`<p class="why short">${g(e,n,r,i)}</p>`)}
      </div>
    </li>
  `},Oo=(e,t)=>e.devices.length===0?c:s`
        <section class="next devices">
          <h3>${t.localize(`devices.title`)}</h3>
          <ol>
            ${e.devices.map(n=>Do(n,e,t))}
          </ol>
        </section>
      `,ko=.01,Ao=900,jo=(e,t)=>{let n=[];return e.end.forEach((r,i)=>{let a=t.power_kw[i]??0;if(r<=e.now||Math.abs(a)<=ko)return;let o=e.start[i]??r,s=(r-o)/3600,c=e.import_price[i]??null,l=c===null?null:a*s*c,u=n[n.length-1];if(u&&u.end===o){u.end=r,u.energy+=a*s,u.cost=u.cost===null||l===null?null:u.cost+l;return}let d=t.reason[i]??null,f=o<=e.now;n.push({device:t,start:o,end:r,energy:a*s,cost:l,reason:d,running:f})}),n},Mo=e=>e.devices.map(t=>({device:t,blocks:jo(e,t)})).filter(({blocks:e})=>e.length>0),No=(e,{device:t,running:n})=>!n&&t.kind===`appliance`&&!!t.length_s&&(t.asked??0)<=1&&e.movable?.[t.id]!==void 0,Po=(e,t,n)=>{let r=t.device.length_s??t.end-t.start,i=Math.ceil((e.now+60)/Ao)*Ao,a=Math.floor((I(e)-r)/Ao)*Ao;return Math.max(i,Math.min(a,Math.round(n/Ao)*Ao))},Fo=(e,t,n)=>{let r=t.device.length_s??t.end-t.start,i=0;for(let[a,o]of e.start.entries()){let s=e.end[a]??o,c=Math.min(s,n+r)-Math.max(o,n);if(c<=0)continue;let l=e.import_price[a]??null;if(l===null)return null;i+=t.energy*l*c/r}return i},Io,Lo=900,Ro=6e4,zo=class extends e{constructor(...e){super(...e),this.from=0,this.to=0,this.moving=null,this.pointed=null,this.failed=``,this.grabbed=null,this.unpoint=()=>{this.grabbed||(this.pointed=null)},this.leave=()=>{this.grabbed=null,this.pointed=null,this.moving?.sent||(this.moving=null)}}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.timer)}willUpdate(e){let t=e.get(`message`);t&&t.created!==this.message.created&&this.moving?.sent&&this.letGo()}render(){let e=Mo(this.message);if(e.length===0)return c;let{localize:t,failed:n}=this;return s`
      <h3>${t(`devices.title`)}</h3>
      ${e.map(e=>this.row(e))}
      <p class=${se({told:!0,failed:!!n})} role="status">
        ${n?t(`device.failed`,{message:n}):this.told()}
      </p>
    `}place(e){return 100*(Math.min(this.to,Math.max(this.from,e))-this.from)/(this.to-this.from)}row({device:e,blocks:t}){let n=t.filter(e=>e.end>this.from&&e.start<this.to),r=n.some(e=>No(this.message,e)),i=n.map(e=>this.words(e,e.start)).join(`; `);return s`<div class="row">
      <div class="name">${k(M(e.kind))} ${e.name}</div>
      <div
        class="track"
        role=${r?`group`:`img`}
        aria-label=${r?e.name:i||e.name}
      >
        ${n.map(e=>No(this.message,e)?this.handle(e):this.block(e))}
        <div class="now" style=${ue({left:`${this.place(this.message.now)}%`})}></div>
      </div>
    </div>`}span(e,t){let n=this.place(e);return ue({left:`${n}%`,width:`${this.place(e+t)-n}%`})}block(e){return s`<div
      class=${se({block:!0,proposed:e.device.proposed})}
      style=${this.span(e.start,e.end-e.start)}
      @pointerenter=${()=>this.pointed=e}
      @pointerleave=${this.unpoint}
    ></div>`}handle(e){let t=this.isMoved(e)?this.moving:null,n=t?.to??e.start,r={block:!0,movable:!0,moving:!!t,sent:!!t?.sent},i=()=>void(this.pointed=e);return s`<button
      class=${se(r)}
      style=${this.span(n,e.end-e.start)}
      aria-label=${this.words(e,n)}
      @pointerenter=${i}
      @pointerleave=${this.unpoint}
      @focus=${i}
      @blur=${this.leave}
      @pointerdown=${t=>this.grab(t,e)}
      @pointermove=${t=>this.drag(t,e)}
      @pointerup=${()=>this.drop(e)}
      @pointercancel=${this.leave}
      @keydown=${t=>this.key(t,e)}
    ></button>`}isMoved(e){return this.moving?.device===e.device.id&&this.moving.from===e.start}words(e,t){let{message:n,localize:r,format:i}=this,a=t+e.end-e.start,o=r(`time.span`,{start:i.dayTime(t,n.now),end:i.dayTime(a,t)}),s=t===e.start?e.cost:Fo(n,e,t),c=[`${e.device.name}: ${o}`,i.energy(e.energy)];return s!==null&&c.push(i.money(s)),c.join(`, `)}told(){let{message:e,localize:t,format:n,moving:r}=this,i=this.pointed;if(!i)return t(`gantt.help`);let a=r&&this.isMoved(i)?r.to:i.start,o=this.words(i,a);return r||!i.reason?o:`${o}. ${y(ie(i.reason),i.reason,t,n,e.now)}`}grab(e,t){if(e.button!==0||this.moving?.sent)return;let n=e.currentTarget;n.setPointerCapture(e.pointerId),this.grabbed={x:e.clientX,width:n.parentElement.clientWidth},this.pointed=t}drag(e,t){if(!this.grabbed)return;let{x:n,width:r}=this.grabbed,i=t.start+(e.clientX-n)*(this.to-this.from)/r;this.put(t,i)}drop(e){this.grabbed&&(this.grabbed=null,this.send(e))}key(e,t){let n={ArrowLeft:-1,ArrowRight:1}[e.key],r=this.isMoved(t)?this.moving.to:t.start;if(n!==void 0)this.put(t,r+n*Lo);else if(e.key===`Enter`)this.send(t);else if(e.key===`Escape`)this.moving=null;else return;e.preventDefault()}put(e,t){if(this.moving?.sent)return;let{device:n,start:r}=e;this.failed=``,this.moving={device:n.id,from:r,to:Po(this.message,e,t),sent:!1}}async send({device:e,start:t}){let{moving:n,message:r,hass:i}=this;if(!n||n.sent||n.to===t){n&&!n.sent&&(this.moving=null);return}this.moving={...n,sent:!0},this.timer=setTimeout(()=>this.letGo(),Ro);let a=e=>new Date(e*1e3).toISOString(),o=r.movable?.[e.id];try{(e.asked??0)>0&&await i.callService(`shems`,`cancel_runs`,{device_id:o}),await i.callService(`shems`,`run_appliance`,{device_id:o,earliest:a(n.to),deadline:a(n.to+(e.length_s??0)+300)})}catch(e){this.letGo(),this.failed=u(e).message}}letGo(){clearTimeout(this.timer),this.moving=null}};Io=zo,Io.styles=r`
    :host {
      display: block;
      margin-top: 10px;
    }
    h3 {
      margin: 0 0 4px;
      font-size: 12px;
      line-height: 18px;
      font-weight: 500;
    }
    .row {
      display: grid;
      gap: 2px;
      margin: 0 var(--right) 6px var(--left);
      direction: ltr;
    }
    .name {
      display: flex;
      align-items: center;
      gap: 6px;
      font-size: 12px;
      line-height: 16px;
      color: var(--secondary-text-color);
    }
    .name svg {
      width: 14px;
      height: 14px;
      fill: currentColor;
    }
    .track {
      position: relative;
      height: 24px;
      border-radius: 6px;
      background: var(--shems-soft);
      overflow: hidden;
    }
    .block {
      all: unset;
      box-sizing: border-box;
      position: absolute;
      top: 0;
      bottom: 0;
      min-width: 6px;
      border-radius: 6px;
      background: var(--shems-mode-charge);
      cursor: default;
    }
    .block.proposed {
      background: repeating-linear-gradient(
        135deg,
        var(--shems-mode-hold) 0 6px,
        color-mix(in srgb, var(--shems-mode-hold) 60%, transparent) 6px 10px
      );
    }
    .block.movable {
      min-width: 24px;
      cursor: grab;
      touch-action: none;
      background: var(--shems-mode-cover);
    }
    .block.moving {
      cursor: grabbing;
      opacity: 0.75;
    }
    .block:focus-visible {
      outline: 2px solid var(--primary-text-color);
      outline-offset: -3px;
    }
    .now {
      position: absolute;
      top: 0;
      bottom: 0;
      width: 2px;
      background: var(--primary-color);
    }
    .told {
      min-height: 36px;
      margin: 4px 0 0;
      font-size: 13px;
      line-height: 18px;
      color: var(--secondary-text-color);
    }
    .told.failed {
      color: var(--error-color, #db4437);
    }
    @media (prefers-reduced-motion: no-preference) {
      .block.sent {
        transition: left 0.2s;
      }
    }
  `,T([A({attribute:!1})],zo.prototype,`hass`,void 0),T([A({attribute:!1})],zo.prototype,`message`,void 0),T([A({attribute:!1})],zo.prototype,`format`,void 0),T([A({attribute:!1})],zo.prototype,`localize`,void 0),T([A({type:Number})],zo.prototype,`from`,void 0),T([A({type:Number})],zo.prototype,`to`,void 0),T([a()],zo.prototype,`moving`,void 0),T([a()],zo.prototype,`pointed`,void 0),T([a()],zo.prototype,`failed`,void 0);var Bo,Vo=`shems-plan-card`,Ho=`shems-plan-charts`,Uo=`shems-plan-gantt`,Wo=36,Go={min:6,max:72},Ko=()=>j(document.documentElement.lang||`en`),qo=class extends e{constructor(...e){super(...e),this.preview=!1,this.tableOpen=!1,this.feed=new _(this),this.localize=j(`en`),this.wordsKey=``,this.onToggle=e=>{this.tableOpen=e.currentTarget.open}}static getStubConfig(){return{type:`custom:${Vo}`}}static getConfigForm(){return{schema:[{name:`entry_id`,selector:{config_entry:{integration:`shems`}}},{name:`title`,selector:{text:{}}},{name:`hours`,default:Wo,selector:{number:{...Go,step:6,mode:`slider`,unit_of_measurement:`h`}}}],computeLabel:({name:e})=>Ko()(`editor.${e}`),assertConfig:Jo}}setConfig(e){Jo(e),this.config=e}getCardSize(){return 14}getGridOptions(){return{columns:`full`,rows:`auto`,min_columns:6}}willUpdate(e){this.hass&&this.config&&((e.has(`hass`)||e.has(`config`))&&this.feed.follow(this.hass,this.config.entry_id||void 0),this.refreshWords(this.hass))}refreshWords(e){let{currency:t=``,time_zone:n=``}=this.feed.message??{},r=JSON.stringify([e.language,e.locale,t,n]);r!==this.wordsKey&&(ee(e.language)?(this.wordsKey=r,this.localize=j(e.language),this.format=b(e,t||e.config.currency||``,n)):te(e.language).then(()=>this.requestUpdate()))}shouldUpdate(e){if(e.size!==1||!e.has(`hass`))return!0;let t=e.get(`hass`),{hass:n}=this;return!t||!n||t.connection!==n.connection||t.locale!==n.locale||t.language!==n.language||t.themes!==n.themes||t.selectedTheme!==n.selectedTheme}get theme(){let{themes:e,selectedTheme:t}=this.hass??{};return JSON.stringify([e?.darkMode,e?.theme,t])}render(){return s`<ha-card>${this.renderBody()}</ha-card>`}renderBody(){let{config:e,format:t,localize:n,feed:r}=this,{message:i,error:a,offline:o}=r;if(!e||!t)return m(n);if(!i)return a?x(a,r.retry,n):m(n);let l={localize:n,format:t},u=e.title||i.title||n(`card.title`),d=v(i,u,o,l);return F(i)?s`
      <div class="body">
        ${d} ${p(i,o,l)} ${w(i,l)}
        <div class="content">
          <shems-plan-charts
            .hass=${this.hass}
            .message=${i}
            .format=${t}
            .localize=${n}
            .hours=${e.hours??Wo}
            .theme=${this.theme}
          ></shems-plan-charts>
          ${E(i,l)}${Oo(i,l)}
        </div>
        ${this.preview?c:f(i,this.tableOpen,this.onToggle,l)}
      </div>
    `:s`<div class="body">${d}${S(i,l)}</div>`}};Bo=qo,Bo.styles=[i,n],T([A({attribute:!1})],qo.prototype,`hass`,void 0),T([A({type:Boolean})],qo.prototype,`preview`,void 0),T([a()],qo.prototype,`config`,void 0),T([a()],qo.prototype,`tableOpen`,void 0),customElements.get(`shems-plan-charts`)||customElements.define(Ho,Eo),customElements.get(Uo)||customElements.define(Uo,zo);function Jo(e){let{hours:t,entry_id:n,title:r}=e,i=typeof t==`number`&&t>=Go.min&&t<=Go.max;if(t!=null&&!i)throw Error(`hours must be a number from ${Go.min} to ${Go.max}`);if(n!=null&&typeof n!=`string`)throw Error(`entry_id must be a text`);if(r!=null&&typeof r!=`string`)throw Error(`title must be a text`)}export{qo as ShemsPlanCard};