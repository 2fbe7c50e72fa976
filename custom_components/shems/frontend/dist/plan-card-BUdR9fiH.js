import{B as e,C as t,H as n,J as r,L as i,R as a,S as o,U as s,V as c,W as l,_ as u,a as d,b as f,c as p,d as m,f as h,g,h as _,l as v,m as y,n as b,p as x,q as S,s as C,t as w,u as T,v as E,x as D,y as O,z as k}from"./decorate-BfmZ39m_.js";import{a as ee,i as A,n as te}from"./words-localize-BRELbkC_.js";import{a as ne,i as re,n as ie,r as ae,t as oe}from"./timeline-B8xZ-L6x.js";import{a as j,i as M,n as N,r as P,t as F}from"./kinds-C6MhTqzP.js";import{t as I}from"./refusal-CYZYLkhE.js";var se=(e,t,n)=>(n.configurable=!0,n.enumerable=!0,Reflect.decorate&&typeof t!=`object`&&Object.defineProperty(e,t,n),n),ce;function le(e){return(t,n)=>se(t,n,{get(){return(this.renderRoot??(ce??=document.createDocumentFragment())).querySelectorAll(e)}})}var ue=P(class extends M{constructor(e){if(super(e),e.type!==j.ATTRIBUTE||e.name!==`class`||e.strings?.length>2)throw Error("`classMap()` can only be used in the `class` attribute and must be the only part in the attribute.")}render(e){return` `+Object.keys(e).filter(t=>e[t]).join(` `)+` `}update(e,[t]){if(this.st===void 0){this.st=new Set,e.strings!==void 0&&(this.nt=new Set(e.strings.join(` `).split(/\s/).filter(e=>e!==``)));for(let e in t)t[e]&&!this.nt?.has(e)&&this.st.add(e);return this.render(t)}let n=e.element.classList;for(let e of this.st)e in t||(n.remove(e),this.st.delete(e));for(let e in t){let r=!!t[e];r===this.st.has(e)||this.nt?.has(e)||(r?(n.add(e),this.st.add(e)):(n.remove(e),this.st.delete(e)))}return s}}),de=`important`,fe=` !`+de,pe=P(class extends M{constructor(e){if(super(e),e.type!==j.ATTRIBUTE||e.name!==`style`||e.strings?.length>2)throw Error("The `styleMap` directive must be used in the `style` attribute and must be the only part in the attribute.")}render(e){return Object.keys(e).reduce((t,n)=>{let r=e[n];return r==null?t:t+`${n=n.includes(`-`)?n:n.replace(/(?:^(webkit|moz|ms|o)|)(?=[A-Z])/g,`-$&`).toLowerCase()}:${r};`},``)}update(e,[t]){let{style:n}=e.element;if(this.ft===void 0)return this.ft=new Set(Object.keys(t)),this.render(t);for(let e of this.ft)t[e]??(this.ft.delete(e),e.includes(`-`)?n.removeProperty(e):n[e]=null);for(let e in t){let r=t[e];if(r!=null){this.ft.add(e);let t=typeof r==`string`&&r.endsWith(fe);e.includes(`-`)||t?n.setProperty(e,t?r.slice(0,-11):r,t?de:``):n[e]=r}}return s}}),me=`.uplot,.uplot *,.uplot :before,.uplot :after{box-sizing:border-box}.uplot{width:min-content;font-family:system-ui,-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Noto Sans,Ubuntu,Cantarell,Helvetica Neue,Arial,sans-serif,Apple Color Emoji,Segoe UI Emoji,Segoe UI Symbol,Noto Color Emoji;line-height:1.5}.u-title{text-align:center;font-size:18px;font-weight:700}.u-wrap{-webkit-user-select:none;user-select:none;position:relative}.u-over,.u-under{position:absolute}.u-under{overflow:hidden}.uplot canvas{width:100%;height:100%;display:block;position:relative}.u-axis{position:absolute}.u-legend{text-align:center;margin:auto;font-size:14px}.u-inline{display:block}.u-inline *{display:inline-block}.u-inline tr{margin-right:16px}.u-legend th{font-weight:600}.u-legend th>*{vertical-align:middle;display:inline-block}.u-legend .u-marker{width:1em;height:1em;margin-right:4px;background-clip:padding-box!important}.u-inline.u-live th:after{content:":";vertical-align:middle}.u-inline:not(.u-live) .u-value{display:none}.u-series>*{padding:4px}.u-series th{cursor:pointer}.u-legend .u-off>*{opacity:.3}.u-select{pointer-events:none;background:#00000012;position:absolute}.u-cursor-x,.u-cursor-y{pointer-events:none;will-change:transform;position:absolute;top:0;left:0}.u-hz .u-cursor-x,.u-vt .u-cursor-y{border-right:1px dashed #607d8b;height:100%}.u-hz .u-cursor-y,.u-vt .u-cursor-x{border-bottom:1px dashed #607d8b;width:100%}.u-cursor-pt{pointer-events:none;will-change:transform;border:0 solid;border-radius:50%;position:absolute;top:0;left:0;background-clip:padding-box!important}.u-axis.u-off,.u-select.u-off,.u-cursor-x.u-off,.u-cursor-y.u-off,.u-cursor-pt.u-off{display:none}`,he=S`
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
`,ge=[`import`,`export`,`value`,`load`,`solar`,`grid`,`curtailed`,`text`,`grid-line`,`zero-line`],_e=e=>`--shems-battery-${e%4+1}`,ve=e=>{let t=getComputedStyle(e),n=e=>t.getPropertyValue(e).trim()||`#888888`;return{...Object.fromEntries(ge.map(e=>[e,n(`--shems-${e}`)])),batteries:Array.from({length:4},(e,t)=>n(_e(t))),font:t.fontFamily||`sans-serif`}},ye,be=e=>(ye??=document.createElement(`canvas`).getContext(`2d`),ye?(ye.fillStyle=`#888888`,ye.fillStyle=e,ye.fillStyle):e),L=(e,t)=>{let n=be(e),r=/^#(..)(..)(..)$/.exec(n),i=r?r.slice(1,4).map(e=>parseInt(e,16)):(n.match(/[\d.]+/g)??[]).slice(0,3).map(Number);return i.length===3?`rgba(${i.join(`, `)}, ${t})`:e},xe=900,R=[1,2,3,4,6,8,12,24],z=8,Se=[1,2,2.5,5,10],Ce=(e,t,n,r,i=52)=>{let a=(t-e)/3600,o=Math.max(1,Math.floor(n/i)),s=R.find(e=>a/e<=o)??24,c=[];for(let i=Math.ceil(e/xe)*xe;i<=t;i+=xe){let{hour:a,minute:o}=r.clock(i);if(o!==0||a%s!==0)continue;let l=c[c.length-1];if(l&&i-l.time<s*2700)continue;let u=a===0,d=(t-i)*n/(t-e)<z||(i-e)*n/(t-e)<4,f=u?r.weekday(i):r.fullHour(i);c.push({time:i,midnight:u,label:d?``:f})}return c},we=e=>{let t=10**Math.floor(Math.log10(e));return(Se.find(n=>n*t>=e*.999)??10)*t},Te=(e,t,n)=>{let r=0,i=0;for(let t of e)t!==null&&Number.isFinite(t)&&(r=Math.min(r,t),i=Math.max(i,t));i-r<n&&(i=r+n);let a=(i-r)*.06;return{min:r<0?r-a:0,max:i>0?i+a:0,step:we((i-r)/t)}},Ee=({min:e,max:t,step:n})=>{let r=[];for(let i=Math.ceil(e/n);i*n<=t+n/1e3;i+=1)r.push(i*n);return r},De=e=>{for(let t=0;t<4;t+=1){let n=e*10**t;if(Math.abs(n-Math.round(n))<1e-6)return t}return 4},Oe=(e,t,n)=>Te(e.flat(),t,n),ke=(e,t)=>t.filter((t,n)=>{let r=e.x[n]??0;return r>=e.from&&r<=e.to}),Ae=(e,t)=>{for(let n of e.sources){let e=n[t];if(e!=null)return e}return null},je=!0,Me=`uplot`,Ne=`u-hz`,Pe=`u-vt`,Fe=`u-title`,Ie=`u-wrap`,Le=`u-under`,Re=`u-over`,ze=`u-axis`,Be=`u-off`,Ve=`u-select`,He=`u-cursor-x`,Ue=`u-cursor-y`,We=`u-cursor-pt`,Ge=`u-legend`,Ke=`u-live`,qe=`u-inline`,Je=`u-series`,Ye=`u-marker`,Xe=`u-label`,Ze=`u-value`,Qe=`width`,$e=`height`,et=`top`,tt=`bottom`,nt=`left`,rt=`right`,it=`#000`,at=`#0000`,ot=`mousemove`,st=`mousedown`,ct=`mouseup`,lt=`mouseenter`,ut=`mouseleave`,dt=`dblclick`,ft=`resize`,pt=`scroll`,mt=`change`,ht=`dppxchange`,gt=`--`,_t=typeof window<`u`,vt=_t?document:null,yt=_t?window:null,bt=_t?navigator:null,B,xt;function St(){let e=devicePixelRatio;B!=e&&(B=e,xt&&It(mt,xt,St),xt=matchMedia(`(min-resolution: ${B-.001}dppx) and (max-resolution: ${B+.001}dppx)`),Ft(mt,xt,St),yt.dispatchEvent(new CustomEvent(ht)))}function Ct(e,t){if(t!=null){let n=e.classList;!n.contains(t)&&n.add(t)}}function wt(e,t){let n=e.classList;n.contains(t)&&n.remove(t)}function V(e,t,n){e.style[t]=n+`px`}function Tt(e,t,n,r){let i=vt.createElement(e);return t!=null&&Ct(i,t),n?.insertBefore(i,r),i}function Et(e,t){return Tt(`div`,e,t)}var Dt=new WeakMap;function Ot(e,t,n,r,i){let a=`translate(`+t+`px,`+n+`px)`;a!=Dt.get(e)&&(e.style.transform=a,Dt.set(e,a),t<0||n<0||t>r||n>i?Ct(e,Be):wt(e,Be))}var kt=new WeakMap;function At(e,t,n){let r=t+n;r!=kt.get(e)&&(kt.set(e,r),e.style.background=t,e.style.borderColor=n)}var jt=new WeakMap;function Mt(e,t,n,r){let i=t+``+n;i!=jt.get(e)&&(jt.set(e,i),e.style.height=n+`px`,e.style.width=t+`px`,e.style.marginLeft=r?-t/2+`px`:0,e.style.marginTop=r?-n/2+`px`:0)}var Nt={passive:!0},Pt={...Nt,capture:!0};function Ft(e,t,n,r){t.addEventListener(e,n,r?Pt:Nt)}function It(e,t,n,r){t.removeEventListener(e,n,Nt)}_t&&St();function Lt(e,t,n,r){let i;n||=0,r||=t.length-1;let a=r<=2147483647;for(;r-n>1;)i=a?n+r>>1:U((n+r)/2),t[i]<e?n=i:r=i;return e-t[n]<=t[r]-e?n:r}function Rt(e){return(t,n,r)=>{let i=-1,a=-1;for(let a=n;a<=r;a++)if(e(t[a])){i=a;break}for(let i=r;i>=n;i--)if(e(t[i])){a=i;break}return[i,a]}}var zt=e=>e!=null,Bt=e=>e!=null&&e>0,Vt=Rt(zt),Ht=Rt(Bt);function Ut(e,t,n,r=0,i=!1){let a=i?Ht:Vt,o=i?Bt:zt;[t,n]=a(e,t,n);let s=e[t],c=e[t];if(t>-1){if(r==1)s=e[t],c=e[n];else if(r==-1)s=e[n],c=e[t];else for(let r=t;r<=n;r++){let t=e[r];o(t)&&(t<s?s=t:t>c&&(c=t))}}return[s??W,c??-W]}function Wt(e,t,n,r){let i=un(e),a=un(t);e==t&&(i==-1?(e*=n,t/=n):(e/=n,t*=n));let o=n==10?dn:fn,s=i==1?U:on,c=a==1?on:U,l=s(o(rn(e))),u=c(o(rn(t))),d=ln(n,l),f=ln(n,u);return n==10&&(l<0&&(d=q(d,-l)),u<0&&(f=q(f,-u))),r||n==2?(e=d*i,t=f*a):(e=Dn(e,d),t=En(t,f)),[e,t]}function Gt(e,t,n,r){let i=Wt(e,t,n,r);return e==0&&(i[0]=0),t==0&&(i[1]=0),i}var Kt=.1,qt={mode:3,pad:Kt},Jt={pad:0,soft:null,mode:0},Yt={min:Jt,max:Jt};function Xt(e,t,n,r){return Rn(n)?Qt(e,t,n):(Jt.pad=n,Jt.soft=r?0:null,Jt.mode=r?3:0,Qt(e,t,Yt))}function H(e,t){return e??t}function Zt(e,t,n){for(t=H(t,0),n=H(n,e.length-1);t<=n;){if(e[t]!=null)return!0;t++}return!1}function Qt(e,t,n){let r=n.min,i=n.max,a=H(r.pad,0),o=H(i.pad,0),s=H(r.hard,-W),c=H(i.hard,W),l=H(r.soft,W),u=H(i.soft,-W),d=H(r.mode,0),f=H(i.mode,0),p=t-e,m=dn(p),h=cn(rn(e),rn(t)),g=rn(dn(h)-m);(p<1e-24||g>10)&&(p=0,(e==0||t==0)&&(p=1e-24,d==2&&l!=W&&(a=0),f==2&&u!=-W&&(o=0)));let _=p||h||1e3,v=ln(10,U(dn(_))),y=q(Dn(e-_*(p==0?e==0?.1:1:a),v/10),24),b=e>=l&&(d==1||d==3&&y<=l||d==2&&y>=l)?l:W,x=cn(s,y<b&&e>=b?b:sn(b,y)),S=q(En(t+_*(p==0?t==0?.1:1:o),v/10),24),C=t<=u&&(f==1||f==3&&S>=u||f==2&&S<=u)?u:-W,w=sn(c,S>C&&t<=C?C:cn(C,S));return x==w&&x==0&&(w=100),[x,w]}var $t=new Intl.NumberFormat(_t?bt.language:`en-US`),en=e=>$t.format(e),tn=Math,nn=tn.PI,rn=tn.abs,U=tn.floor,an=tn.round,on=tn.ceil,sn=tn.min,cn=tn.max,ln=tn.pow,un=tn.sign,dn=tn.log10,fn=tn.log2,pn=(e,t=1)=>tn.sinh(e)*t,mn=(e,t=1)=>tn.asinh(e/t),W=1/0;function hn(e){return(dn((e^e>>31)-(e>>31))|0)+1}function gn(e,t,n){return sn(cn(e,t),n)}function _n(e){return typeof e==`function`}function G(e){return _n(e)?e:()=>e}var vn=()=>{},yn=e=>e,bn=(e,t)=>t,xn=e=>null,Sn=e=>!0,Cn=(e,t)=>e==t,wn=/\.\d*?(?=9{6,}|0{6,})/gm,K=e=>{if(Fn(e)||On.has(e))return e;let t=`${e}`,n=t.match(wn);if(n==null)return e;let r=n[0].length-1;if(t.indexOf(`e-`)!=-1){let[e,n]=t.split(`e`);return+`${K(e)}e${n}`}return q(e,r)};function Tn(e,t){return K(q(K(e/t))*t)}function En(e,t){return K(on(K(e/t))*t)}function Dn(e,t){return K(U(K(e/t))*t)}function q(e,t=0){if(Fn(e))return e;let n=10**t;return an(e*n*(1+2**-52))/n}var On=new Map;function kn(e){return((``+e).split(`.`)[1]||``).length}function An(e,t,n,r){let i=[],a=r.map(kn);for(let o=t;o<n;o++){let t=rn(o),n=q(ln(e,o),t);for(let s=0;s<r.length;s++){let c=e==10?+`${r[s]}e${o}`:r[s]*n,l=(o>=0?0:t)+(o>=a[s]?0:a[s]),u=e==10?c:q(c,l);i.push(u),On.set(u,l)}}return i}var jn={},Mn=[],Nn=[null,null],Pn=Array.isArray,Fn=Number.isInteger,In=e=>e===void 0;function Ln(e){return typeof e==`string`}function Rn(e){let t=!1;if(e!=null){let n=e.constructor;t=n==null||n==Object}return t}function zn(e){return typeof e==`object`&&!!e}var Bn=Object.getPrototypeOf(Uint8Array),Vn=`__proto__`;function Hn(e,t=Rn){let n;if(Pn(e)){let r=e.find(e=>e!=null);if(Pn(r)||t(r)){n=Array(e.length);for(let r=0;r<e.length;r++)n[r]=Hn(e[r],t)}else n=e.slice()}else if(e instanceof Bn)n=e.slice();else if(t(e)){n={};for(let r in e)r!=Vn&&(n[r]=Hn(e[r],t))}else n=e;return n}function J(e){let t=arguments;for(let n=1;n<t.length;n++){let r=t[n];for(let t in r)t!=Vn&&(Rn(e[t])?J(e[t],Hn(r[t])):e[t]=Hn(r[t]))}return e}var Un=0,Wn=1,Gn=2;function Kn(e,t,n){for(let r=0,i,a=-1;r<t.length;r++){let o=t[r];if(o>a){for(i=o-1;i>=0&&e[i]==null;)e[i--]=null;for(i=o+1;i<n&&e[i]==null;)e[a=i++]=null}}}function qn(e,t){if(Xn(e)){let t=e[0].slice();for(let n=1;n<e.length;n++)t.push(...e[n].slice(1));return Zn(t[0])||(t=Yn(t)),t}let n=new Set;for(let t=0;t<e.length;t++){let r=e[t][0],i=r.length;for(let e=0;e<i;e++)n.add(r[e])}let r=[Array.from(n).sort((e,t)=>e-t)],i=r[0].length,a=new Map;for(let e=0;e<i;e++)a.set(r[0][e],e);for(let n=0;n<e.length;n++){let o=e[n],s=o[0];for(let e=1;e<o.length;e++){let c=o[e],l=Array(i).fill(void 0),u=t?t[n][e]:Wn,d=[];for(let e=0;e<c.length;e++){let t=c[e],n=a.get(s[e]);t===null?u!=Un&&(l[n]=t,u==Gn&&d.push(n)):l[n]=t}Kn(l,d,i),r.push(l)}}return r}var Jn=typeof queueMicrotask>`u`?e=>Promise.resolve().then(e):queueMicrotask;function Yn(e){let t=e[0],n=t.length,r=Array(n);for(let e=0;e<r.length;e++)r[e]=e;r.sort((e,n)=>t[e]-t[n]);let i=[];for(let t=0;t<e.length;t++){let a=e[t],o=Array(n);for(let e=0;e<n;e++)o[e]=a[r[e]];i.push(o)}return i}function Xn(e){let t=e[0][0],n=t.length;for(let r=1;r<e.length;r++){let i=e[r][0];if(i.length!=n)return!1;if(i!=t){for(let e=0;e<n;e++)if(i[e]!=t[e])return!1}}return!0}function Zn(e,t=100){let n=e.length;if(n<=1)return!0;let r=0,i=n-1;for(;r<=i&&e[r]==null;)r++;for(;i>=r&&e[i]==null;)i--;if(i<=r)return!0;let a=cn(1,U((i-r+1)/t));for(let t=e[r],n=r+a;n<=i;n+=a){let r=e[n];if(r!=null){if(r<=t)return!1;t=r}}return!0}var Qn=[`January`,`February`,`March`,`April`,`May`,`June`,`July`,`August`,`September`,`October`,`November`,`December`],$n=[`Sunday`,`Monday`,`Tuesday`,`Wednesday`,`Thursday`,`Friday`,`Saturday`];function er(e){return e.slice(0,3)}var tr=$n.map(er),nr={MMMM:Qn,MMM:Qn.map(er),WWWW:$n,WWW:tr};function rr(e){return(e<10?`0`:``)+e}function ir(e){return(e<10?`00`:e<100?`0`:``)+e}var ar={YYYY:e=>e.getFullYear(),YY:e=>(e.getFullYear()+``).slice(2),MMMM:(e,t)=>t.MMMM[e.getMonth()],MMM:(e,t)=>t.MMM[e.getMonth()],MM:e=>rr(e.getMonth()+1),M:e=>e.getMonth()+1,DD:e=>rr(e.getDate()),D:e=>e.getDate(),WWWW:(e,t)=>t.WWWW[e.getDay()],WWW:(e,t)=>t.WWW[e.getDay()],HH:e=>rr(e.getHours()),H:e=>e.getHours(),h:e=>{let t=e.getHours();return t==0?12:t>12?t-12:t},AA:e=>e.getHours()>=12?`PM`:`AM`,aa:e=>e.getHours()>=12?`pm`:`am`,a:e=>e.getHours()>=12?`p`:`a`,mm:e=>rr(e.getMinutes()),m:e=>e.getMinutes(),ss:e=>rr(e.getSeconds()),s:e=>e.getSeconds(),fff:e=>ir(e.getMilliseconds())};function or(e,t){t||=nr;let n=[],r=/\{([a-z]+)\}|[^{]+/gi,i;for(;i=r.exec(e);)n.push(i[0][0]==`{`?ar[i[1]]:i[0]);return e=>{let r=``;for(let i=0;i<n.length;i++)r+=typeof n[i]==`string`?n[i]:n[i](e,t);return r}}var sr=new Intl.DateTimeFormat().resolvedOptions().timeZone;function cr(e,t){let n;return t==`UTC`||t==`Etc/UTC`?n=new Date(+e+e.getTimezoneOffset()*6e4):t==sr?n=e:(n=new Date(e.toLocaleString(`en-US`,{timeZone:t})),n.setMilliseconds(e.getMilliseconds())),n}var lr=e=>e%1==0,ur=[1,2,2.5,5],dr=An(10,-32,0,ur),fr=An(10,0,32,ur),pr=fr.filter(lr),mr=dr.concat(fr),hr=`
`,gr=`{YYYY}`,_r=hr+gr,vr=`{M}/{D}`,yr=hr+vr,br=yr+`/{YY}`,xr=`{aa}`,Sr=`{h}:{mm}`+xr,Cr=hr+Sr,wr=`:{ss}`,Y=null;function Tr(e){let t=e*1e3,n=t*60,r=n*60,i=r*24,a=i*30,o=i*365,s=(e==1?An(10,0,3,ur).filter(lr):An(10,-3,0,ur)).concat([t,t*5,t*10,t*15,t*30,n,n*5,n*10,n*15,n*30,r,r*2,r*3,r*4,r*6,r*8,r*12,i,i*2,i*3,i*4,i*5,i*6,i*7,i*8,i*9,i*10,i*15,a,a*2,a*3,a*4,a*6,o,o*2,o*5,o*10,o*25,o*50,o*100]),c=[[o,gr,Y,Y,Y,Y,Y,Y,1],[i*28,`{MMM}`,_r,Y,Y,Y,Y,Y,1],[i,vr,_r,Y,Y,Y,Y,Y,1],[r,`{h}`+xr,br,Y,yr,Y,Y,Y,1],[n,Sr,br,Y,yr,Y,Y,Y,1],[t,wr,br+` `+Sr,Y,yr+` `+Sr,Y,Cr,Y,1],[e,wr+`.{fff}`,br+` `+Sr,Y,yr+` `+Sr,Y,Cr,Y,1]];function l(t){return(s,c,l,u,d,f)=>{let p=[],m=d>=o,h=d>=a&&d<o,g=t(l),_=q(g*e,3),v=Fr(g.getFullYear(),m?0:g.getMonth(),h||m?1:g.getDate()),y=q(v*e,3);if(h||m){let n=h?d/a:0,r=m?d/o:0,i=_==y?_:q(Fr(v.getFullYear()+r,v.getMonth()+n,1)*e,3),s=new Date(an(i/e)),c=s.getFullYear(),l=s.getMonth();for(let a=0;i<=u;a++){let o=Fr(c+r*a,l+n*a,1),s=o-t(q(o*e,3));i=q((+o+s)*e,3),i<=u&&p.push(i)}}else{let a=d>=i?i:d,o=y+(U(l)-U(_))+En(_-y,a);p.push(o);let m=t(o),h=m.getHours()+m.getMinutes()/n+m.getSeconds()/r,g=d/r,v=f/s.axes[c]._space;for(;o=q(o+d,e==1?0:3),!(o>u);)if(g>1){let e=U(q(h+g,6))%24,n=t(o).getHours()-e;n>1&&(n=-1),o-=n*r,h=(h+g)%24;let i=p[p.length-1];q((o-i)/d,3)*v>=.7&&p.push(o)}else p.push(o)}return p}}return[s,c,l]}var[Er,Dr,Or]=Tr(1),[kr,Ar,jr]=Tr(.001);An(2,-53,53,[1]);function Mr(e,t){return e.map(e=>e.map((n,r)=>r==0||r==8||n==null?n:t(r==1||e[8]==0?n:e[1]+n)))}function Nr(e,t){return(n,r,i,a,o)=>{let s=t.find(e=>o>=e[0])||t[t.length-1],c,l,u,d,f,p;return r.map(t=>{let n=e(t),r=n.getFullYear(),i=n.getMonth(),a=n.getDate(),o=n.getHours(),m=n.getMinutes(),h=n.getSeconds(),g=r!=c&&s[2]||i!=l&&s[3]||a!=u&&s[4]||o!=d&&s[5]||m!=f&&s[6]||h!=p&&s[7]||s[1];return c=r,l=i,u=a,d=o,f=m,p=h,g(n)})}}function Pr(e,t){let n=or(t);return(t,r,i,a,o)=>r.map(t=>n(e(t)))}function Fr(e,t,n){return new Date(e,t,n)}function Ir(e,t){return t(e)}var Lr=`{YYYY}-{MM}-{DD} {h}:{mm}{aa}`;function Rr(e,t){return(n,r,i,a)=>a==null?gt:t(e(r))}function zr(e,t){let n=e.series[t];return n.width?n.stroke(e,t):n.points.width?n.points.stroke(e,t):null}function Br(e,t){return e.series[t].fill(e,t)}var Vr={show:!0,live:!0,isolate:!1,mount:vn,markers:{show:!0,width:2,stroke:zr,fill:Br,dash:`solid`},idx:null,idxs:null,values:[]};function Hr(e,t){let n=e.cursor.points,r=Et(),i=n.size(e,t);V(r,Qe,i),V(r,$e,i);let a=i/-2;V(r,`marginLeft`,a),V(r,`marginTop`,a);let o=n.width(e,t,i);return o&&V(r,`borderWidth`,o),r}function Ur(e,t){let n=e.series[t].points;return n._fill||n._stroke}function Wr(e,t){let n=e.series[t].points;return n._stroke||n._fill}function Gr(e,t){return e.series[t].points.size}var Kr=[0,0];function qr(e,t,n){return Kr[0]=t,Kr[1]=n,Kr}function Jr(e,t,n,r=!0){return e=>{e.button!=0||r&&e.target!=t||n(e)}}function Yr(e,t,n,r=!0){return e=>{r&&e.target!=t||n(e)}}var Xr={show:!0,x:!0,y:!0,lock:!1,move:qr,points:{one:!1,show:Hr,size:Gr,width:0,stroke:Wr,fill:Ur},bind:{mousedown:Jr,mouseup:Jr,click:Jr,dblclick:Jr,mousemove:Yr,mouseleave:Yr,mouseenter:Yr},drag:{setScale:!0,x:!0,y:!1,dist:0,uni:null,click:(e,t)=>{t.stopPropagation(),t.stopImmediatePropagation()},_x:!1,_y:!1},focus:{dist:(e,t,n,r,i)=>r-i,prox:-1,bias:0},hover:{skip:[void 0],prox:null,bias:0},left:-10,top:-10,idx:null,dataIdx:null,idxs:null,event:null},Zr={show:!0,stroke:`rgba(0,0,0,0.07)`,width:2},X=J({},Zr,{filter:bn}),Z=J({},X,{size:10}),Qr=J({},Zr,{show:!1}),$r=`12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Color Emoji"`,ei=`bold `+$r,ti=1.5,ni={show:!0,scale:`x`,stroke:it,space:50,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:ei,side:2,grid:X,ticks:Z,border:Qr,font:$r,lineGap:ti,rotate:0},ri=`Value`,ii=`Time`,ai={show:!0,scale:`x`,auto:!1,sorted:1,min:W,max:-1/0,idxs:[]};function oi(e,t,n,r,i){return t.map(e=>e==null?``:en(e))}function si(e,t,n,r,i,a,o){let s=[],c=On.get(i)||0;n=o?n:q(En(n,i),c);for(let e=n;e<=r;e=q(e+i,c))s.push(Object.is(e,-0)?0:e);return s}function ci(e,t,n,r,i,a,o){let s=[],c=e.scales[e.axes[t].scale].log;i=ln(c,U((c==10?dn:fn)(n))),c==10&&(i=mr[Lt(i,mr)]);let l=n,u=i*c;c==10&&(u=mr[Lt(u,mr)]);do s.push(l),l+=i,c==10&&!On.has(l)&&(l=q(l,On.get(i))),l>=u&&(i=l,u=i*c,c==10&&(u=mr[Lt(u,mr)]));while(l<=r);return s}function li(e,t,n,r,i,a,o){let s=e.scales[e.axes[t].scale].asinh,c=r>s?ci(e,t,cn(s,n),r,i):[s],l=r>=0&&n<=0?[0]:[];return(n<-s?ci(e,t,cn(s,-r),-n,i):[s]).reverse().map(e=>-e).concat(l,c)}var Q=/./,ui=/[12357]/,di=/[125]/,fi=/1/,pi=(e,t,n,r)=>e.map((e,i)=>t==4&&e==0||i%r==0&&n.test(e.toExponential()[+(e<0)])?e:null);function mi(e,t,n,r,i){let a=e.axes[n],o=a.scale,s=e.scales[o],c=e.valToPos,l=a._space,u=c(10,o),d=c(9,o)-u>=l?Q:c(7,o)-u>=l?ui:c(5,o)-u>=l?di:fi;if(d==fi){let e=rn(c(1,o)-u);if(e<l)return pi(t.slice().reverse(),s.distr,d,on(l/e)).reverse()}return pi(t,s.distr,d,1)}function hi(e,t,n,r,i){let a=e.axes[n],o=a.scale,s=a._space,c=e.valToPos,l=rn(c(1,o)-c(2,o));return l<s?pi(t.slice().reverse(),3,Q,on(s/l)).reverse():t}function gi(e,t,n,r){return r==null?gt:t==null?``:en(t)}var _i={show:!0,scale:`y`,stroke:it,space:30,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:ei,side:3,grid:X,ticks:Z,border:Qr,font:$r,lineGap:ti,rotate:0};function vi(e,t){return q((3+(e||1)*2)*t,3)}function yi(e,t){let{scale:n,idxs:r}=e.series[0],i=e._data[0],a=e.valToPos(i[r[0]],n,!0),o=rn(e.valToPos(i[r[1]],n,!0)-a)/(e.series[t].points.space*B);return r[1]-r[0]<=o}var bi={scale:null,auto:!0,sorted:0,min:W,max:-1/0},xi=(e,t,n,r,i)=>i,Si={show:!0,auto:!0,sorted:0,gaps:xi,alpha:1,facets:[J({},bi,{scale:`x`}),J({},bi,{scale:`y`})]},Ci={scale:`y`,auto:!0,sorted:0,show:!0,spanGaps:!1,gaps:xi,alpha:1,points:{show:yi,filter:null},values:null,min:W,max:-1/0,idxs:[],path:null,clip:null};function wi(e,t,n,r,i){return n/10}var Ti={time:je,auto:!0,distr:1,log:10,asinh:1,min:null,max:null,dir:1,ori:0},Ei=J({},Ti,{time:!1,ori:1}),Di={};function Oi(e,t){let n=Di[e];return n||(n={key:e,plots:[],sub(e){n.plots.push(e)},unsub(e){n.plots=n.plots.filter(t=>t!=e)},pub(e,t,r,i,a,o,s){for(let c=0;c<n.plots.length;c++)n.plots[c]!=t&&n.plots[c].pub(e,t,r,i,a,o,s)}},e!=null&&(Di[e]=n)),n}var ki=1,Ai=2;function ji(e,t,n){let r=e.mode,i=e.series[t],a=r==2?e._data[t]:e._data,o=e.scales,s=e.bbox,c=a[0],l=r==2?a[1]:a[t],u=r==2?o[i.facets[0].scale]:o[e.series[0].scale],d=r==2?o[i.facets[1].scale]:o[i.scale],f=s.left,p=s.top,m=s.width,h=s.height,g=e.valToPosH,_=e.valToPosV;return u.ori==0?n(i,c,l,u,d,g,_,f,p,m,h,Bi,Hi,Wi,Ki,Ji):n(i,c,l,u,d,_,g,p,f,h,m,Vi,Ui,Gi,qi,Yi)}function Mi(e,t){let n=0,r=0,i=H(e.bands,Mn);for(let e=0;e<i.length;e++){let a=i[e];a.series[0]==t?n=a.dir:a.series[1]==t&&(a.dir==1?r|=1:r|=2)}return[n,r==1?-1:r==2?1:r==3?2:0]}function Ni(e,t,n,r,i){let a=e.mode,o=e.series[t],s=a==2?o.facets[1].scale:o.scale,c=e.scales[s];return i==-1?c.min:i==1?c.max:c.distr==3?c.dir==1?c.min:c.max:0}function Pi(e,t,n,r,i,a){return ji(e,t,(e,t,o,s,c,l,u,d,f,p,m)=>{let h=e.pxRound,g=s.dir*(s.ori==0?1:-1),_=s.ori==0?Hi:Ui,v,y;g==1?(v=n,y=r):(v=r,y=n);let b=h(l(t[v],s,p,d)),x=h(u(o[v],c,m,f)),S=h(l(t[y],s,p,d)),C=h(u(a==1?c.max:c.min,c,m,f)),w=new Path2D(i);return _(w,S,C),_(w,b,C),_(w,b,x),w})}function Fi(e,t,n,r,i,a){let o=null;if(e.length>0){o=new Path2D;let s=t==0?Wi:Gi,c=n;for(let t=0;t<e.length;t++){let n=e[t];if(n[1]>n[0]){let e=n[0]-c;e>0&&s(o,c,r,e,r+a),c=n[1]}}let l=n+i-c;l>0&&s(o,c,r-5,l,r+a+10)}return o}function Ii(e,t,n){let r=e[e.length-1];r&&r[0]==t?r[1]=n:e.push([t,n])}function Li(e,t,n,r,i,a,o){let s=[],c=e.length;for(let l=i==1?n:r;l>=n&&l<=r;l+=i)if(t[l]===null){let u=l,d=l;if(i==1)for(;++l<=r&&t[l]===null;)d=l;else for(;--l>=n&&t[l]===null;)d=l;let f=a(e[u]),p=d==u?f:a(e[d]),m=u-i;f=o<=0&&m>=0&&m<c?a(e[m]):f;let h=d+i;p=o>=0&&h>=0&&h<c?a(e[h]):p,p>=f&&s.push([f,p])}return s}function Ri(e){return e==0?yn:e==1?an:t=>Tn(t,e)}function zi(e){let t=e==0?Bi:Vi,n=e==0?(e,t,n,r,i,a)=>{e.arcTo(t,n,r,i,a)}:(e,t,n,r,i,a)=>{e.arcTo(n,t,i,r,a)},r=e==0?(e,t,n,r,i)=>{e.rect(t,n,r,i)}:(e,t,n,r,i)=>{e.rect(n,t,i,r)};return(e,i,a,o,s,c=0,l=0)=>{c==0&&l==0?r(e,i,a,o,s):(c=sn(c,o/2,s/2),l=sn(l,o/2,s/2),t(e,i+c,a),n(e,i+o,a,i+o,a+s,c),n(e,i+o,a+s,i,a+s,l),n(e,i,a+s,i,a,l),n(e,i,a,i+o,a,c),e.closePath())}}var Bi=(e,t,n)=>{e.moveTo(t,n)},Vi=(e,t,n)=>{e.moveTo(n,t)},Hi=(e,t,n)=>{e.lineTo(t,n)},Ui=(e,t,n)=>{e.lineTo(n,t)},Wi=zi(0),Gi=zi(1),Ki=(e,t,n,r,i,a)=>{e.arc(t,n,r,i,a)},qi=(e,t,n,r,i,a)=>{e.arc(n,t,r,i,a)},Ji=(e,t,n,r,i,a,o)=>{e.bezierCurveTo(t,n,r,i,a,o)},Yi=(e,t,n,r,i,a,o)=>{e.bezierCurveTo(n,t,i,r,o,a)};function Xi(e){return(e,t,n,r,i)=>ji(e,t,(t,a,o,s,c,l,u,d,f,p,m)=>{let{pxRound:h,points:g}=t,_,v;s.ori==0?(_=Bi,v=Ki):(_=Vi,v=qi);let y=q(g.width*B,3),b=(g.size-g.width)/2*B,x=q(b*2,3),S=new Path2D,C=new Path2D,{left:w,top:T,width:E,height:D}=e.bbox;Wi(C,w-x,T-x,E+x*2,D+x*2);let O=e=>{if(o[e]!=null){let t=h(l(a[e],s,p,d)),n=h(u(o[e],c,m,f));_(S,t+b,n),v(S,t,n,b,0,nn*2)}};if(i)i.forEach(O);else for(let e=n;e<=r;e++)O(e);return{stroke:y>0?S:null,fill:S,clip:C,flags:3}})}function Zi(e){return(t,n,r,i,a,o)=>{r!=i&&(a!=r&&o!=r&&e(t,n,r),a!=i&&o!=i&&e(t,n,i),e(t,n,o))}}var Qi=Zi(Hi),$i=Zi(Ui);function ea(e){let t=H(e?.alignGaps,0);return(e,n,r,i)=>ji(e,n,(a,o,s,c,l,u,d,f,p,m,h)=>{[r,i]=Vt(s,r,i);let g=a.pxRound,_=e=>g(u(e,c,m,f)),v=e=>g(d(e,l,h,p)),y,b;c.ori==0?(y=Hi,b=Qi):(y=Ui,b=$i);let x=c.dir*(c.ori==0?1:-1),S={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:ki},C=S.stroke,w=!1;if(i-r>=m*4){let t=t=>e.posToVal(t,c.key,!0),n=null,a=null,l,u,d,f=_(o[x==1?r:i]),p=_(o[r]),m=_(o[i]),h=t(x==1?p+1:m-1);for(let e=x==1?r:i;e>=r&&e<=i;e+=x){let r=o[e],i=(x==1?r<h:r>h)?f:_(r),c=s[e];i==f?c==null?c===null&&(w=!0):(u=c,n==null?(y(C,i,v(u)),l=n=a=u):u<n?n=u:u>a&&(a=u)):(n!=null&&b(C,f,v(n),v(a),v(l),v(u)),c==null?(n=a=null,c===null&&(w=!0)):(u=c,y(C,i,v(u)),n=a=l=u),f=i,h=t(f+x))}n!=null&&n!=a&&d!=f&&b(C,f,v(n),v(a),v(l),v(u))}else for(let e=x==1?r:i;e>=r&&e<=i;e+=x){let t=s[e];t===null?w=!0:t!=null&&y(C,_(o[e]),v(t))}let[T,E]=Mi(e,n);if(a.fill!=null||T!=0){let t=S.fill=new Path2D(C),s=v(a.fillTo(e,n,a.min,a.max,T)),c=_(o[r]),l=_(o[i]);x==-1&&([l,c]=[c,l]),y(t,l,s),y(t,c,s)}if(!a.spanGaps){let l=[];w&&l.push(...Li(o,s,r,i,x,_,t)),S.gaps=l=a.gaps(e,n,r,i,l),S.clip=Fi(l,c.ori,f,p,m,h)}return E!=0&&(S.band=E==2?[Pi(e,n,r,i,C,-1),Pi(e,n,r,i,C,1)]:Pi(e,n,r,i,C,E)),S})}function ta(e){let t=H(e.align,1),n=H(e.ascDesc,!1),r=H(e.alignGaps,0),i=H(e.extend,!1);return(e,a,o,s)=>ji(e,a,(c,l,u,d,f,p,m,h,g,_,v)=>{[o,s]=Vt(u,o,s);let y=c.pxRound,{left:b,width:x}=e.bbox,S=e=>y(p(e,d,_,h)),C=e=>y(m(e,f,v,g)),w=d.ori==0?Hi:Ui,T={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:ki},E=T.stroke,D=d.dir*(d.ori==0?1:-1),O=C(u[D==1?o:s]),k=S(l[D==1?o:s]),ee=k,A=k;i&&t==-1&&(A=b,w(E,A,O)),w(E,k,O);for(let e=D==1?o:s;e>=o&&e<=s;e+=D){let n=u[e];if(n==null)continue;let r=S(l[e]),i=C(n);t==1?w(E,r,O):w(E,ee,i),w(E,r,i),O=i,ee=r}let te=ee;i&&t==1&&(te=b+x,w(E,te,O));let[ne,re]=Mi(e,a);if(c.fill!=null||ne!=0){let t=T.fill=new Path2D(E),n=C(c.fillTo(e,a,c.min,c.max,ne));w(t,te,n),w(t,A,n)}if(!c.spanGaps){let i=[];i.push(...Li(l,u,o,s,D,S,r));let f=c.width*B/2,p=n||t==1?f:-f,m=n||t==-1?-f:f;i.forEach(e=>{e[0]+=p,e[1]+=m}),T.gaps=i=c.gaps(e,a,o,s,i),T.clip=Fi(i,d.ori,h,g,_,v)}return re!=0&&(T.band=re==2?[Pi(e,a,o,s,E,-1),Pi(e,a,o,s,E,1)]:Pi(e,a,o,s,E,re)),T})}function na(e,t,n,r,i,a,o=W){if(e.length>1){let s=null;for(let c=0,l=1/0;c<e.length;c++)if(t[c]!==void 0){if(s!=null){let t=rn(e[c]-e[s]);t<l&&(l=t,o=rn(n(e[c],r,i,a)-n(e[s],r,i,a)))}s=c}}return o}function ra(e){e||=jn;let t=H(e.size,[.6,W,1]),n=e.align||0,r=e.gap||0,i=e.radius;i=i==null?[0,0]:typeof i==`number`?[i,0]:i;let a=G(i),o=1-t[0],s=H(t[1],W),c=H(t[2],1),l=H(e.disp,jn),u=H(e.each,e=>{}),{fill:d,stroke:f}=l;return(e,t,i,p)=>ji(e,t,(m,h,g,_,v,y,b,x,S,C,w)=>{let T=m.pxRound,E=n,D=r*B,O=s*B,k=c*B,ee,A;_.ori==0?[ee,A]=a(e,t):[A,ee]=a(e,t);let te=_.dir*(_.ori==0?1:-1),ne=_.ori==0?Wi:Gi,re=_.ori==0?u:(e,t,n,r,i,a,o)=>{u(e,t,n,i,r,o,a)},ie=H(e.bands,Mn).find(e=>e.series[0]==t),ae=ie==null?0:ie.dir,oe=m.fillTo(e,t,m.min,m.max,ae),j=T(b(oe,v,w,S)),M,N,P,F=C,I=T(m.width*B),se=!1,ce=null,le=null,ue=null,de=null;d!=null&&(I==0||f!=null)&&(se=!0,ce=d.values(e,t,i,p),le=new Map,new Set(ce).forEach(e=>{e!=null&&le.set(e,new Path2D)}),I>0&&(ue=f.values(e,t,i,p),de=new Map,new Set(ue).forEach(e=>{e!=null&&de.set(e,new Path2D)})));let{x0:fe,size:pe}=l;if(fe!=null&&pe!=null){E=1,h=fe.values(e,t,i,p),fe.unit==2&&(h=h.map(t=>e.posToVal(x+t*C,_.key,!0)));let n=pe.values(e,t,i,p);N=pe.unit==2?n[0]*C:y(n[0],_,C,x)-y(0,_,C,x),F=na(h,g,y,_,C,x,F),P=F-N+D}else F=na(h,g,y,_,C,x,F),P=F*o+D,N=F-P;P<1&&(P=0),I>=N/2&&(I=0),P<5&&(T=yn);let me=P>0,he=F-P-(me?I:0);N=T(gn(he,k,O)),M=(E==0?N/2:E==te?0:N)-E*te*((E==0?D/2:0)+(me?I/2:0));let ge={stroke:null,fill:null,clip:null,band:null,gaps:null,flags:0},_e=se?null:new Path2D,ve=null;if(ie!=null)ve=e.data[ie.series[1]];else{let{y0:n,y1:r}=l;n!=null&&r!=null&&(g=r.values(e,t,i,p),ve=n.values(e,t,i,p))}let ye=ee*N,be=A*N;for(let n=te==1?i:p;n>=i&&n<=p;n+=te){let r=g[n];if(r==null)continue;if(ve!=null){let e=ve[n]??0;if(r-e==0)continue;j=b(e,v,w,S)}let i=y(_.distr!=2||l!=null?h[n]:n,_,C,x),a=b(H(r,oe),v,w,S),o=T(i-M),s=T(cn(a,j)),c=T(sn(a,j)),u=s-c;if(r!=null){let i=r<0?be:ye,a=r<0?ye:be;se?(I>0&&ue[n]!=null&&ne(de.get(ue[n]),o,c+U(I/2),N,cn(0,u-I),i,a),ce[n]!=null&&ne(le.get(ce[n]),o,c+U(I/2),N,cn(0,u-I),i,a)):ne(_e,o,c+U(I/2),N,cn(0,u-I),i,a),re(e,t,n,o-I/2,c,N+I,u)}}return I>0?ge.stroke=se?de:_e:se||(ge._fill=m.width==0?m._fill:m._stroke??m._fill,ge.width=0),ge.fill=se?le:_e,ge})}function ia(e,t){let n=H(t?.alignGaps,0);return(t,r,i,a)=>ji(t,r,(o,s,c,l,u,d,f,p,m,h,g)=>{[i,a]=Vt(c,i,a);let _=o.pxRound,v=e=>_(d(e,l,h,p)),y=e=>_(f(e,u,g,m)),b,x,S;l.ori==0?(b=Bi,S=Hi,x=Ji):(b=Vi,S=Ui,x=Yi);let C=l.dir*(l.ori==0?1:-1),w=v(s[C==1?i:a]),T=w,E=[],D=[];for(let e=C==1?i:a;e>=i&&e<=a;e+=C)if(c[e]!=null){let t=s[e],n=v(t);E.push(T=n),D.push(y(c[e]))}let O={stroke:e(E,D,b,S,x,_),fill:null,clip:null,band:null,gaps:null,flags:ki},k=O.stroke,[ee,A]=Mi(t,r);if(o.fill!=null||ee!=0){let e=O.fill=new Path2D(k),n=y(o.fillTo(t,r,o.min,o.max,ee));S(e,T,n),S(e,w,n)}if(!o.spanGaps){let e=[];e.push(...Li(s,c,i,a,C,v,n)),O.gaps=e=o.gaps(t,r,i,a,e),O.clip=Fi(e,l.ori,p,m,h,g)}return A!=0&&(O.band=A==2?[Pi(t,r,i,a,k,-1),Pi(t,r,i,a,k,1)]:Pi(t,r,i,a,k,A)),O})}function aa(e){return ia(oa,e)}function oa(e,t,n,r,i,a){let o=e.length;if(o<2)return null;let s=new Path2D;if(n(s,e[0],t[0]),o==2)r(s,e[1],t[1]);else{let n=Array(o),r=Array(o-1),a=Array(o-1),c=Array(o-1);for(let n=0;n<o-1;n++)a[n]=t[n+1]-t[n],c[n]=e[n+1]-e[n],r[n]=a[n]/c[n];n[0]=r[0];for(let e=1;e<o-1;e++)r[e]===0||r[e-1]===0||r[e-1]>0!=r[e]>0?n[e]=0:(n[e]=3*(c[e-1]+c[e])/((2*c[e]+c[e-1])/r[e-1]+(c[e]+2*c[e-1])/r[e]),isFinite(n[e])||(n[e]=0));n[o-1]=r[o-2];for(let r=0;r<o-1;r++)i(s,e[r]+c[r]/3,t[r]+n[r]*c[r]/3,e[r+1]-c[r]/3,t[r+1]-n[r+1]*c[r]/3,e[r+1],t[r+1])}return s}var sa=new Set;function ca(){for(let e of sa)e.syncRect(!0)}_t&&(Ft(ft,yt,ca),Ft(pt,yt,ca,!0),Ft(ht,yt,()=>{wa.pxRatio=B}));var la=ea(),ua=Xi();function da(e,t,n,r){return(r?[e[0],e[1]].concat(e.slice(2)):[e[0]].concat(e.slice(1))).map((e,r)=>pa(e,r,t,n))}function fa(e,t){return e.map((e,n)=>n==0?{}:J({},t,e))}function pa(e,t,n,r){return J({},t==0?n:r,e)}function ma(e,t,n){return t==null?Nn:[t,n]}var ha=ma;function ga(e,t,n){return t==null?Nn:Xt(t,n,Kt,!0)}function _a(e,t,n,r){return t==null?Nn:Wt(t,n,e.scales[r].log,!1)}var va=_a;function ya(e,t,n,r){return t==null?Nn:Gt(t,n,e.scales[r].log,!1)}var ba=ya;function xa(e,t,n,r,i){let a=cn(hn(e),hn(t)),o=t-e,s=Lt(i/r*o,n);do{let e=n[s],t=r*e/o;if(t>=i&&a+(e<5?On.get(e):0)<=17)return[e,t]}while(++s<n.length);return[0,0]}function Sa(e){let t,n;return e=e.replace(/(\d+)px/,(e,r)=>(t=an((n=+r)*B))+`px`),[e,t,n]}function Ca(e){e.show&&[e.font,e.labelFont].forEach(e=>{let t=q(e[2]*B,1);e[0]=e[0].replace(/[0-9.]+px/,t+`px`),e[1]=t})}function wa(e,t,n){let r={mode:H(e.mode,1)},i=r.mode;function a(e,t,n,r){let i=t.valToPct(e);return r+n*(t.dir==-1?1-i:i)}function o(e,t,n,r){let i=t.valToPct(e);return r+n*(t.dir==-1?i:1-i)}function s(e,t,n,r){return t.ori==0?a(e,t,n,r):o(e,t,n,r)}r.valToPosH=a,r.valToPosV=o;let c=!1;r.status=0;let l=r.root=Et(Me);if(e.id!=null&&(l.id=e.id),Ct(l,e.class),e.title){let t=Et(Fe,l);t.textContent=e.title}let u=Tt(`canvas`),d=r.ctx=u.getContext(`2d`),f=Et(Ie,l);Ft(`click`,f,e=>{e.target===m&&(X!=qr||Z!=Jr)&&$r.click(r,e)},!0);let p=r.under=Et(Le,f);f.appendChild(u);let m=r.over=Et(Re,f);e=Hn(e);let h=+H(e.pxAlign,1),g=Ri(h);(e.plugins||[]).forEach(t=>{t.opts&&(e=t.opts(r,e)||e)});let _=e.ms||.001,v=r.series=i==1?da(e.series||[],ai,Ci,!1):fa(e.series||[null],Si),y=r.axes=da(e.axes||[],ni,_i,!0),b=r.scales={},x=r.bands=e.bands||[];x.forEach(e=>{e.fill=G(e.fill||null),e.dir=H(e.dir,-1)});let S=i==2?v[1].facets[0].scale:v[0].scale,C={axes:yr,series:ar},w=(e.drawOrder||[`axes`,`series`]).map(e=>C[e]);function T(e){let t=e.distr==3?t=>dn(t>0?t:e.clamp(r,t,e.min,e.max,e.key)):e.distr==4?t=>mn(t,e.asinh):e.distr==100?t=>e.fwd(t):e=>e;return n=>{let r=t(n),{_min:i,_max:a}=e,o=a-i;return(r-i)/o}}function E(t){let n=b[t];if(n==null){let r=(e.scales||jn)[t]||jn;if(r.from!=null){E(r.from);let e=J({},b[r.from],r,{key:t});e.valToPct=T(e),b[t]=e}else{n=b[t]=J({},t==S?Ti:Ei,r),n.key=t;let e=n.time,a=n.range,o=Pn(a);if((t!=S||i==2&&!e)&&(o&&(a[0]==null||a[1]==null)&&(a={min:a[0]==null?qt:{mode:1,hard:a[0],soft:a[0]},max:a[1]==null?qt:{mode:1,hard:a[1],soft:a[1]}},o=!1),!o&&Rn(a))){let e=a;a=(t,n,r)=>n==null?Nn:Xt(n,r,e)}n.range=G(a||(e?ha:t==S?n.distr==3?va:n.distr==4?ba:ma:n.distr==3?_a:n.distr==4?ya:ga)),n.auto=G(!o&&n.auto),n.clamp=G(n.clamp||wi),n._min=n._max=null,n.valToPct=T(n)}}}E(`x`),E(`y`),i==1&&v.forEach(e=>{E(e.scale)}),y.forEach(e=>{E(e.scale)});for(let t in e.scales)E(t);let D=b[S],O=D.distr,k,ee;D.ori==0?(Ct(l,Ne),k=a,ee=o):(Ct(l,Pe),k=o,ee=a);let A={};for(let e in b){let t=b[e];(t.min!=null||t.max!=null)&&(A[e]={min:t.min,max:t.max},t.min=t.max=null)}let te=e.tzDate||(e=>new Date(an(e/_))),ne=e.fmtDate||or,re=_==1?Or(te):jr(te),ie=Nr(te,Mr(_==1?Dr:Ar,ne)),ae=Rr(te,Ir(Lr,ne)),oe=[],j=r.legend=J({},Vr,e.legend),M=r.cursor=J({},Xr,{drag:{y:i==2}},e.cursor),N=j.show,P=M.show,F=j.markers;j.idxs=oe,F.width=G(F.width),F.dash=G(F.dash),F.stroke=G(F.stroke),F.fill=G(F.fill);let I,se,ce,le=[],ue=[],de,fe=!1,pe={};if(j.live){let e=v[1]?v[1].values:null;fe=e!=null,de=fe?e(r,1,0):{_:0};for(let e in de)pe[e]=gt}if(N){if(I=Tt(`table`,Ge,l),ce=Tt(`tbody`,null,I),j.mount(r,I),fe){se=Tt(`thead`,null,I,ce);let e=Tt(`tr`,null,se);for(var me in Tt(`th`,null,e),de)Tt(`th`,Xe,e).textContent=me}else Ct(I,qe),j.live&&Ct(I,Ke)}let he={show:!0},ge={show:!1};function _e(e,t){if(t==0&&(fe||!j.live||i==2))return Nn;let n=[],a=Tt(`tr`,Je,ce,ce.childNodes[t]);Ct(a,e.class),e.show||Ct(a,Be);let o=Tt(`th`,null,a);if(F.show){let e=Et(Ye,o);if(t>0){let n=F.width(r,t);n&&(e.style.border=n+`px `+F.dash(r,t)+` `+F.stroke(r,t)),e.style.background=F.fill(r,t)}}let s=Et(Xe,o);for(var c in e.label instanceof HTMLElement?s.appendChild(e.label):s.textContent=e.label,t>0&&(F.show||(s.style.color=e.width>0?F.stroke(r,t):F.fill(r,t)),ye(`click`,o,t=>{if(M._lock)return;Pt(t);let n=v.indexOf(e);if((t.ctrlKey||t.metaKey)!=j.isolate){let e=v.some((e,t)=>t>0&&t!=n&&e.show);v.forEach((t,r)=>{r>0&&yi(r,e?r==n?he:ge:he,!0,$.setSeries)})}else yi(n,{show:!e.show},!0,$.setSeries)},!1),Bt&&ye(lt,o,t=>{M._lock||(Pt(t),yi(v.indexOf(e),Ii,!0,$.setSeries))},!1)),de){let e=Tt(`td`,Ze,a);e.textContent=`--`,n.push(e)}return[a,n]}let ve=new Map;function ye(e,t,n,i=!0){let a=ve.get(t)||{},o=M.bind[e](r,t,n,i);o&&(Ft(e,t,a[e]=o),ve.set(t,a))}function be(e,t,n){let r=ve.get(t)||{};for(let n in r)(e==null||n==e)&&(It(n,t,r[n]),delete r[n]);e??ve.delete(t)}let L=0,xe=0,R=0,z=0,Se=0,Ce=0,we=Se,Te=Ce,Ee=R,De=z,Oe=0,ke=0,Ae=0,je=0;r.bbox={};let it=!1,ft=!1,pt=!1,mt=!1,_t=!1,bt=!1;function xt(e,t,n){(n||e!=r.width||t!=r.height)&&St(e,t),br(!1),pt=!0,ft=!0,Y()}function St(e,t){r.width=L=R=e,r.height=xe=z=t,Se=Ce=0,jt(),Nt();let n=r.bbox;Oe=n.left=Tn(Se*B,.5),ke=n.top=Tn(Ce*B,.5),Ae=n.width=Tn(R*B,.5),je=n.height=Tn(z*B,.5)}function Dt(){let e=!1,t=0;for(;!e;){t++;let n=_r(t),i=vr(t);e=t==3||n&&i,e||(St(r.width,r.height),ft=!0)}}function kt({width:e,height:t}){xt(e,t)}r.setSize=kt;function jt(){let e=!1,t=!1,n=!1,r=!1;y.forEach((i,a)=>{if(i.show&&i._show){let{side:a,_size:o}=i,s=a%2,c=o+(i.label==null?0:i.labelSize);c>0&&(s?(R-=c,a==3?(Se+=c,r=!0):n=!0):(z-=c,a==0?(Ce+=c,e=!0):t=!0))}}),U[0]=e,U[1]=n,U[2]=t,U[3]=r,R-=vn[1]+vn[3],Se+=vn[3],z-=vn[2]+vn[0],Ce+=vn[0]}function Nt(){let e=Se+R,t=Ce+z,n=Se,r=Ce;function i(i,a){switch(i){case 1:return e+=a,e-a;case 2:return t+=a,t-a;case 3:return n-=a,n+a;case 0:return r-=a,r+a}}y.forEach((e,t)=>{if(e.show&&e._show){let t=e.side;e._pos=i(t,e._size),e.label!=null&&(e._lpos=i(t,e.labelSize))}})}if(M.dataIdx==null){let e=M.hover,n=e.skip=new Set(e.skip??[]);n.add(void 0);let r=e.prox=G(e.prox),i=e.bias??=0;M.dataIdx=(e,a,o,s)=>{if(a==0)return o;let c=o,l=r(e,a,o,s)??W,u=l>=0&&l<W,d=D.ori==0?R:z,f=M.left,p=t[0],m=t[a];if(n.has(m[o])){c=null;let e=null,t=null,r;if(i==0||i==-1)for(r=o;e==null&&r-->0;)n.has(m[r])||(e=r);if(i==0||i==1)for(r=o;t==null&&r++<m.length;)n.has(m[r])||(t=r);if(e!=null||t!=null){if(u){let n=e==null?-1/0:k(p[e],D,d,0),r=t==null?1/0:k(p[t],D,d,0),i=f-n,a=r-f;i<=a?i<=l&&(c=e):a<=l&&(c=t)}else c=t==null?e:e==null?t:o-e<=t-o?e:t}}else u&&rn(f-k(p[o],D,d,0))>l&&(c=null);return c}}let Pt=e=>{M.event=e};M.idxs=oe,M._lock=!1;let Rt=M.points;Rt.show=G(Rt.show),Rt.size=G(Rt.size),Rt.stroke=G(Rt.stroke),Rt.width=G(Rt.width),Rt.fill=G(Rt.fill);let zt=r.focus=J({},e.focus||{alpha:.3},M.focus),Bt=zt.prox>=0,Vt=Bt&&Rt.one,Ht=[],Jt=[],Yt=[];function Qt(e,t){let n=Rt.show(r,t);if(n instanceof HTMLElement)return Ct(n,We),Ct(n,e.class),Ot(n,-10,-10,R,z),m.insertBefore(n,Ht[t]),n}function $t(e,t){if(i==1||t>0){let t=i==1&&b[e.scale].time,n=e.value;e.value=t?Ln(n)?Rr(te,Ir(n,ne)):n||ae:n||gi,e.label=e.label||(t?ii:ri)}if(Vt||t>0){e.width=e.width==null?1:e.width,e.paths=e.paths||la||xn,e.fillTo=G(e.fillTo||Ni),e.pxAlign=+H(e.pxAlign,h),e.pxRound=Ri(e.pxAlign),e.stroke=G(e.stroke||null),e.fill=G(e.fill||null),e._stroke=e._fill=e._paths=e._focus=null;let t=vi(cn(1,e.width),1),n=e.points=J({},{size:t,width:cn(1,t*.2),stroke:e.stroke,space:t*2,paths:ua,_stroke:null,_fill:null},e.points);n.show=G(n.show),n.filter=G(n.filter),n.fill=G(n.fill),n.stroke=G(n.stroke),n.paths=G(n.paths),n.pxAlign=e.pxAlign}if(N){let n=_e(e,t);le.splice(t,0,n[0]),ue.splice(t,0,n[1]),j.values.push(null)}if(P){oe.splice(t,0,null);let n=null;Vt?t==0&&(n=Qt(e,t)):t>0&&(n=Qt(e,t)),Ht.splice(t,0,n),Jt.splice(t,0,0),Yt.splice(t,0,0)}Oa(`addSeries`,t)}function en(e,t){t??=v.length,e=i==1?pa(e,t,ai,Ci):pa(e,t,{},Si),v.splice(t,0,e),$t(v[t],t)}r.addSeries=en;function tn(e){if(v.splice(e,1),N){j.values.splice(e,1),ue.splice(e,1);let t=le.splice(e,1)[0];be(null,t.firstChild),t.remove()}P&&(oe.splice(e,1),Ht.splice(e,1)[0].remove(),Jt.splice(e,1),Yt.splice(e,1)),Oa(`delSeries`,e)}r.delSeries=tn;let U=[!1,!1,!1,!1];function un(e,t){if(e._show=e.show,e.show){let n=e.side%2,i=b[e.scale];i??=(e.scale=n?v[1].scale:S,b[e.scale]);let a=i.time;e.size=G(e.size),e.space=G(e.space),e.rotate=G(e.rotate),Pn(e.incrs)&&e.incrs.forEach(e=>{!On.has(e)&&On.set(e,kn(e))}),e.incrs=G(e.incrs||(i.distr==2?pr:a?_==1?Er:kr:mr)),e.splits=G(e.splits||(a&&i.distr==1?re:i.distr==3?ci:i.distr==4?li:si)),e.stroke=G(e.stroke),e.grid.stroke=G(e.grid.stroke),e.ticks.stroke=G(e.ticks.stroke),e.border.stroke=G(e.border.stroke);let o=e.values;e.values=Pn(o)&&!Pn(o[0])?G(o):a?Pn(o)?Nr(te,Mr(o,ne)):Ln(o)?Pr(te,o):o||ie:o||oi,e.filter=G(e.filter||(i.distr>=3&&i.log==10?mi:i.distr==3&&i.log==2?hi:bn)),e.font=Sa(e.font),e.labelFont=Sa(e.labelFont),e._size=e.size(r,null,t,0),e._space=e._rotate=e._incrs=e._found=e._splits=e._values=null,e._size>0&&(U[t]=!0,e._el=Et(ze,f))}}function fn(e,t,n,r){let[i,a,o,s]=n,c=t%2,l=0;return c==0&&(s||a)&&(l=t==0&&!i||t==2&&!o?an(ni.size/3):0),c==1&&(i||o)&&(l=t==1&&!a||t==3&&!s?an(_i.size/2):0),l}let hn=r.padding=(e.padding||[fn,fn,fn,fn]).map(e=>G(H(e,fn))),vn=r._padding=hn.map((e,t)=>e(r,t,U,0)),yn,wn=null,K=null,En=i==1?v[0].idxs:null,Dn=null,An=!1;function Fn(e,n){if(t=e??[],r.data=r._data=t,i==2){yn=0;for(let e=1;e<v.length;e++)yn+=t[e][0].length}else{t.length==0&&(r.data=r._data=t=[[]]),Dn=t[0],yn=Dn.length;let e=t;if(O==2){e=t.slice();let n=e[0]=Array(yn);for(let e=0;e<yn;e++)n[e]=e}r._data=t=e}if(br(!0),Oa(`setData`),O==2&&(pt=!0),n!==!1){let e=D;e.auto(r,An)?Bn():pi(S,e.min,e.max),mt||=M.left>=0,bt=!0,Y()}}r.setData=Fn;function Bn(){An=!0;let e,n;i==1&&(yn>0?(wn=En[0]=0,K=En[1]=yn-1,e=t[0][wn],n=t[0][K],O==2?(e=wn,n=K):e==n&&(O==3?[e,n]=Wt(e,e,D.log,!1):O==4?[e,n]=Gt(e,e,D.log,!1):D.time?n=e+an(86400/_):[e,n]=Xt(e,n,Kt,!0))):(wn=En[0]=e=null,K=En[1]=n=null)),pi(S,e,n)}let Vn,Un,Wn,Gn,Kn,qn,Yn,Xn,Zn,Qn;function $n(e,t,n,r,i,a){e??=at,n??=Mn,r??=`butt`,i??=at,a??=`round`,e!=Vn&&(d.strokeStyle=Vn=e),i!=Un&&(d.fillStyle=Un=i),t!=Wn&&(d.lineWidth=Wn=t),a!=Kn&&(d.lineJoin=Kn=a),r!=qn&&(d.lineCap=qn=r),n!=Gn&&d.setLineDash(Gn=n)}function er(e,t,n,r){t!=Un&&(d.fillStyle=Un=t),e!=Yn&&(d.font=Yn=e),n!=Xn&&(d.textAlign=Xn=n),r!=Zn&&(d.textBaseline=Zn=r)}function tr(e,t,n,i,a=0){if(i.length>0&&e.auto(r,An)&&(t==null||t.min==null)){let t=H(wn,0),r=H(K,i.length-1),o=n.min==null?Ut(i,t,r,a,e.distr==3):[n.min,n.max];e.min=sn(e.min,n.min=o[0]),e.max=cn(e.max,n.max=o[1])}}let nr={min:null,max:null};function rr(){for(let e in b){let t=b[e];A[e]==null&&(t.min==null||A[S]!=null&&t.auto(r,An))&&(A[e]=nr)}for(let e in b){let t=b[e];A[e]==null&&t.from!=null&&A[t.from]!=null&&(A[e]=nr)}A[S]!=null&&br(!0);let e={};for(let t in A){let n=A[t];if(n!=null){let a=e[t]=Hn(b[t],zn);if(n.min!=null)J(a,n);else if(t!=S||i==2){if(yn==0&&a.from==null){let e=a.range(r,null,null,t);a.min=e[0],a.max=e[1]}else a.min=W,a.max=-1/0}}}if(yn>0){v.forEach((n,a)=>{if(i==1){let i=n.scale,o=A[i];if(o==null)return;let s=e[i];if(a==0){let e=s.range(r,s.min,s.max,i);s.min=e[0],s.max=e[1],wn=Lt(s.min,t[0]),K=Lt(s.max,t[0]),K-wn>1&&(t[0][wn]<s.min&&wn++,t[0][K]>s.max&&K--),n.min=Dn[wn],n.max=Dn[K]}else n.show&&n.auto&&tr(s,o,n,t[a],n.sorted);n.idxs[0]=wn,n.idxs[1]=K}else if(a>0&&n.show&&n.auto){let[r,i]=n.facets,o=r.scale,s=i.scale,[c,l]=t[a],u=e[o],d=e[s];u!=null&&tr(u,A[o],r,c,r.sorted),d!=null&&tr(d,A[s],i,l,i.sorted),n.min=i.min,n.max=i.max}});for(let t in e){let n=e[t],i=A[t];if(n.from==null&&(i==null||i.min==null)){let e=n.range(r,n.min==W?null:n.min,n.max==-1/0?null:n.max,t);n.min=e[0],n.max=e[1]}}}for(let t in e){let n=e[t];if(n.from!=null){let i=e[n.from];if(i.min==null)n.min=n.max=null;else{let e=n.range(r,i.min,i.max,t);n.min=e[0],n.max=e[1]}}}let n={},a=!1;for(let t in e){let r=e[t],i=b[t];if(i.min!=r.min||i.max!=r.max){i.min=r.min,i.max=r.max;let e=i.distr;i._min=e==3?dn(i.min):e==4?mn(i.min,i.asinh):e==100?i.fwd(i.min):i.min,i._max=e==3?dn(i.max):e==4?mn(i.max,i.asinh):e==100?i.fwd(i.max):i.max,n[t]=a=!0}}if(a){v.forEach((e,t)=>{i==2?t>0&&n.y&&(e._paths=null):n[e.scale]&&(e._paths=null)});for(let e in n)pt=!0,Oa(`setScale`,e);P&&M.left>=0&&(mt=bt=!0)}for(let e in A)A[e]=null}function ir(e){let t=gn(wn-1,0,yn-1),n=gn(K+1,0,yn-1);for(;e[t]==null&&t>0;)t--;for(;e[n]==null&&n<yn-1;)n++;return[t,n]}function ar(){if(yn>0){let e=v.some(e=>e._focus)&&Qn!=zt.alpha;e&&(d.globalAlpha=Qn=zt.alpha),v.forEach((e,n)=>{if(n>0&&e.show&&(sr(n,!1),sr(n,!0),e._paths==null)){let a=Qn;Qn!=e.alpha&&(d.globalAlpha=Qn=e.alpha);let o=i==2?[0,t[n][0].length-1]:ir(t[n]);e._paths=e.paths(r,n,o[0],o[1]),Qn!=a&&(d.globalAlpha=Qn=a)}}),v.forEach((e,t)=>{if(t>0&&e.show){let n=Qn;Qn!=e.alpha&&(d.globalAlpha=Qn=e.alpha),e._paths!=null&&cr(t,!1);{let n=e._paths==null?null:e._paths.gaps,i=e.points.show(r,t,wn,K,n),a=e.points.filter(r,t,i,n);(i||a)&&(e.points._paths=e.points.paths(r,t,wn,K,a),cr(t,!0))}Qn!=n&&(d.globalAlpha=Qn=n),Oa(`drawSeries`,t)}}),e&&(d.globalAlpha=Qn=1)}}function sr(e,t){let n=t?v[e].points:v[e];n._stroke=n.stroke(r,e),n._fill=n.fill(r,e)}function cr(e,t){let n=t?v[e].points:v[e],{stroke:r,fill:i,clip:a,flags:o,_stroke:s=n._stroke,_fill:c=n._fill,_width:l=n.width}=n._paths;l=q(l*B,3);let u=null,f=l%2/2;t&&c==null&&(c=l>0?`#fff`:s);let p=n.pxAlign==1&&f>0;if(p&&d.translate(f,f),!t){let e=Oe-l/2,t=ke-l/2,n=Ae+l,r=je+l;u=new Path2D,u.rect(e,t,n,r)}t?ur(s,l,n.dash,n.cap,c,r,i,o,a):lr(e,s,l,n.dash,n.cap,c,r,i,o,u,a),p&&d.translate(-f,-f)}function lr(e,n,i,a,o,s,c,l,u,d,f){let p=!1;u!=0&&x.forEach((m,h)=>{if(m.series[0]==e){let e=v[m.series[1]],g=t[m.series[1]],_=(e._paths||jn).band;Pn(_)&&(_=m.dir==1?_[0]:_[1]);let y,b=null;e.show&&_&&Zt(g,wn,K)?(b=m.fill(r,h)||s,y=e._paths.clip):_=null,ur(n,i,a,o,b,c,l,u,d,f,y,_),p=!0}}),p||ur(n,i,a,o,s,c,l,u,d,f)}function ur(e,t,n,r,i,a,o,s,c,l,u,f){$n(e,t,n,r,i),(c||l||f)&&(d.save(),c&&d.clip(c),l&&d.clip(l)),f?(s&3)==3?(d.clip(f),u&&d.clip(u),fr(i,o),dr(e,a,t)):s&Ai?(fr(i,o),d.clip(f),dr(e,a,t)):s&ki&&(d.save(),d.clip(f),u&&d.clip(u),fr(i,o),d.restore(),dr(e,a,t)):(fr(i,o),dr(e,a,t)),(c||l||f)&&d.restore()}function dr(e,t,n){n>0&&(t instanceof Map?t.forEach((e,t)=>{d.strokeStyle=Vn=t,d.stroke(e)}):t!=null&&e&&d.stroke(t))}function fr(e,t){t instanceof Map?t.forEach((e,t)=>{d.fillStyle=Un=t,d.fill(e)}):t!=null&&e&&d.fill(t)}function hr(e,t,n,i){let a=y[e],o;if(i<=0)o=[0,0];else{let s=a._space=a.space(r,e,t,n,i);o=xa(t,n,a._incrs=a.incrs(r,e,t,n,i,s),i,s)}return a._found=o}function gr(e,t,n,r,i,a,o,s,c,l){let u=o%2/2;h==1&&d.translate(u,u),$n(s,o,c,l,s),d.beginPath();let f,p,m,g,_=i+(r==0||r==3?-a:a);n==0?(p=i,g=_):(f=i,m=_);for(let r=0;r<e.length;r++)t[r]!=null&&(n==0?f=m=e[r]:p=g=e[r],d.moveTo(f,p),d.lineTo(m,g));d.stroke(),h==1&&d.translate(-u,-u)}function _r(e){let t=!0;return y.forEach((n,i)=>{if(!n.show)return;let a=b[n.scale];if(a.min==null){n._show&&(t=!1,n._show=!1,br(!1));return}n._show||(t=!1,n._show=!0,br(!1));let o=n.side,s=o%2,{min:c,max:l}=a,[u,d]=hr(i,c,l,s==0?R:z);if(d==0)return;let f=a.distr==2,p=n._splits=n.splits(r,i,c,l,u,d,f),m=a.distr==2?p.map(e=>Dn[e]):p,h=a.distr==2?Dn[p[1]]-Dn[p[0]]:u,g=n._values=n.values(r,n.filter(r,m,i,d,h),i,d,h);n._rotate=o==2?n.rotate(r,g,i,d):0;let _=n._size;n._size=on(n.size(r,g,i,e)),_!=null&&n._size!=_&&(t=!1)}),t}function vr(e){let t=!0;return hn.forEach((n,i)=>{let a=n(r,i,U,e);a!=vn[i]&&(t=!1),vn[i]=a}),t}function yr(){for(let e=0;e<y.length;e++){let t=y[e];if(!t.show||!t._show)continue;let n=t.side,i=n%2,a,o,c=t.stroke(r,e),l=n==0||n==3?-1:1,[u,f]=t._found;if(t.label!=null){let s=t.labelGap*l,p=an((t._lpos+s)*B);er(t.labelFont[0],c,`center`,n==2?et:tt),d.save(),i==1?(a=o=0,d.translate(p,an(ke+je/2)),d.rotate((n==3?-nn:nn)/2)):(a=an(Oe+Ae/2),o=p);let m=_n(t.label)?t.label(r,e,u,f):t.label;d.fillText(m,a,o),d.restore()}if(f==0)continue;let p=b[t.scale],m=i==0?Ae:je,h=i==0?Oe:ke,_=t._splits,v=p.distr==2?_.map(e=>Dn[e]):_,x=p.distr==2?Dn[_[1]]-Dn[_[0]]:u,S=t.ticks,C=t.border,w=S.show?S.size:0,T=an(w*B),E=an((t.alignTo==2?t._size-w-t.gap:t.gap)*B),D=t._rotate*-nn/180,O=g(t._pos*B),k=O+(T+E)*l;o=i==0?k:0,a=i==1?k:0;let ee=t.font[0];er(ee,c,t.align==1?nt:t.align==2?rt:D>0?nt:D<0?rt:i==0?`center`:n==3?rt:nt,D||i==1?`middle`:n==2?et:tt);let A=t.font[1]*t.lineGap,te=_.map(e=>g(s(e,p,m,h))),ne=t._values;for(let e=0;e<ne.length;e++){let t=ne[e];if(t!=null){i==0?a=te[e]:o=te[e],t=``+t;let n=t.indexOf(`
`)==-1?[t]:t.split(/\n/gm);for(let e=0;e<n.length;e++){let t=n[e];D?(d.save(),d.translate(a,o+e*A),d.rotate(D),d.fillText(t,0,0),d.restore()):d.fillText(t,a,o+e*A)}}}S.show&&gr(te,S.filter(r,v,e,f,x),i,n,O,T,q(S.width*B,3),S.stroke(r,e),S.dash,S.cap);let re=t.grid;re.show&&gr(te,re.filter(r,v,e,f,x),i,i==0?2:1,i==0?ke:Oe,i==0?je:Ae,q(re.width*B,3),re.stroke(r,e),re.dash,re.cap),C.show&&gr([O],[1],+(i==0),i==0?1:2,i==1?ke:Oe,i==1?je:Ae,q(C.width*B,3),C.stroke(r,e),C.dash,C.cap)}Oa(`drawAxes`)}function br(e){v.forEach((t,n)=>{n>0&&(t._paths=null,e&&(i==1?(t.min=null,t.max=null):t.facets.forEach(e=>{e.min=null,e.max=null})))})}let xr=!1,Sr=!1,Cr=[];function wr(){Sr=!1;for(let e=0;e<Cr.length;e++)Oa(...Cr[e]);Cr.length=0}function Y(){xr||=(Jn(Fr),!0)}function Tr(e,t=!1){xr=!0,Sr=t,e(r),Fr(),t&&Cr.length>0&&queueMicrotask(wr)}r.batch=Tr;function Fr(){if(it&&=(rr(),!1),pt&&=(Dt(),!1),ft){if(V(p,nt,Se),V(p,et,Ce),V(p,Qe,R),V(p,$e,z),V(m,nt,Se),V(m,et,Ce),V(m,Qe,R),V(m,$e,z),V(f,Qe,L),V(f,$e,xe),u.width=an(L*B),u.height=an(xe*B),y.forEach(({_el:e,_show:t,_size:n,_pos:r,side:i})=>{if(e!=null){if(t){let t=i===3||i===0?n:0,a=i%2==1;V(e,a?`left`:`top`,r-t),V(e,a?`width`:`height`,n),V(e,a?`top`:`left`,a?Ce:Se),V(e,a?`height`:`width`,a?z:R),wt(e,Be)}else Ct(e,Be)}}),Vn=Un=Wn=Kn=qn=Yn=Xn=Zn=Gn=null,Qn=1,Xi(!0),Se!=we||Ce!=Te||R!=Ee||z!=De){br(!1);let e=R/Ee,t=z/De;if(P&&!mt&&M.left>=0){M.left*=e,M.top*=t,Ur&&Ot(Ur,an(M.left),0,R,z),Wr&&Ot(Wr,0,an(M.top),R,z);for(let n=0;n<Ht.length;n++){let r=Ht[n];r!=null&&(Jt[n]*=e,Yt[n]*=t,Ot(r,on(Jt[n]),on(Yt[n]),R,z))}}if(Q.show&&!_t&&Q.left>=0&&Q.width>0){Q.left*=e,Q.width*=e,Q.top*=t,Q.height*=t;for(let e in $i)V(ui,e,Q[e])}we=Se,Te=Ce,Ee=R,De=z}Oa(`setSize`),ft=!1}L>0&&xe>0&&(d.clearRect(0,0,u.width,u.height),Oa(`drawClear`),w.forEach(e=>e()),Oa(`draw`)),Q.show&&_t&&(di(Q),_t=!1),P&&mt&&(Ji(null,!0,!1),mt=!1),j.show&&j.live&&bt&&(Ki(),bt=!1),c||(c=!0,r.status=1,Oa(`ready`)),An=!1,xr=!1}r.redraw=(e,t)=>{pt=t||!1,e===!1?Y():pi(S,D.min,D.max)};function zr(e,n){let i=b[e];if(i.from==null){if(yn==0){let t=i.range(r,n.min,n.max,e);n.min=t[0],n.max=t[1]}if(n.min>n.max){let e=n.min;n.min=n.max,n.max=e}if(yn>1&&n.min!=null&&n.max!=null&&n.max-n.min<1e-16)return;e==S&&i.distr==2&&yn>0&&(n.min=Lt(n.min,t[0]),n.max=Lt(n.max,t[0]),n.min==n.max&&n.max++),A[e]=n,it=!0,Y()}}r.setScale=zr;let Br,Hr,Ur,Wr,Gr,Kr,qr,Jr,Yr,Zr,X,Z,Qr=!1,$r=M.drag,ei=$r.x,ti=$r.y;P&&(M.x&&(Br=Et(He,m)),M.y&&(Hr=Et(Ue,m)),D.ori==0?(Ur=Br,Wr=Hr):(Ur=Hr,Wr=Br),X=M.left,Z=M.top);let Q=r.select=J({show:!0,over:!0,left:0,width:0,top:0,height:0},e.select),ui=Q.show?Et(Ve,Q.over?m:p):null;function di(e,t){if(Q.show){for(let t in e)Q[t]=e[t],t in $i&&V(ui,t,e[t]);t!==!1&&Oa(`setSelect`)}}r.setSelect=di;function fi(e){if(v[e].show)N&&wt(le[e],Be);else if(N&&Ct(le[e],Be),P){let t=Vt?Ht[0]:Ht[e];t!=null&&Ot(t,-10,-10,R,z)}}function pi(e,t,n){zr(e,{min:t,max:n})}function yi(e,t,n,a){t.focus!=null&&Li(e),t.show!=null&&v.forEach((n,r)=>{r>0&&(e==r||e==null)&&(n.show=t.show,fi(r),i==2?(pi(n.facets[0].scale,null,null),pi(n.facets[1].scale,null,null)):pi(n.scale,null,null),Y())}),n!==!1&&Oa(`setSeries`,e,t),a&&Ma(`setSeries`,r,e,t)}r.setSeries=yi;function bi(e,t){J(x[e],t)}function xi(e,t){e.fill=G(e.fill||null),e.dir=H(e.dir,-1),t??=x.length,x.splice(t,0,e)}function Di(e){e==null?x.length=0:x.splice(e,1)}r.addBand=xi,r.setBand=bi,r.delBand=Di;function ji(e,t){v[e].alpha=t,P&&Ht[e]!=null&&(Ht[e].style.opacity=t),N&&le[e]&&(le[e].style.opacity=t)}let Mi,Pi,Fi,Ii={focus:!0};function Li(e){if(e!=Fi){let t=e==null,n=zt.alpha!=1;v.forEach((r,a)=>{if(i==1||a>0){let i=t||a==0||a==e;r._focus=t?null:i,n&&ji(a,i?1:zt.alpha)}}),Fi=e,n&&Y()}}N&&Bt&&ye(ut,I,e=>{M._lock||(Pt(e),Fi!=null&&yi(null,Ii,!0,$.setSeries))});function zi(e,t,n){let r=b[t];n&&(e=e/B-(r.ori==1?Ce:Se));let i=R;r.ori==1&&(i=z,e=i-e),r.dir==-1&&(e=i-e);let a=r._min,o=r._max,s=e/i,c=a+(o-a)*s,l=r.distr;return l==3?ln(10,c):l==4?pn(c,r.asinh):l==100?r.bwd(c):c}function Bi(e,n){return Lt(zi(e,S,n),t[0],wn,K)}r.valToIdx=e=>Lt(e,t[0]),r.posToIdx=Bi,r.posToVal=zi,r.valToPos=(e,t,n)=>b[t].ori==0?a(e,b[t],n?Ae:R,n?Oe:0):o(e,b[t],n?je:z,n?ke:0),r.setCursor=(e,t,n)=>{X=e.left,Z=e.top,Ji(null,t,n)};function Vi(e,t){V(ui,nt,Q.left=e),V(ui,Qe,Q.width=t)}function Hi(e,t){V(ui,et,Q.top=e),V(ui,$e,Q.height=t)}let Ui=D.ori==0?Vi:Hi,Wi=D.ori==1?Vi:Hi;function Gi(){if(N&&j.live)for(let e=+(i==2);e<v.length;e++){if(e==0&&fe)continue;let t=j.values[e],n=0;for(let r in t)ue[e][n++].firstChild.nodeValue=t[r]}}function Ki(e,t){if(e!=null&&(e.idxs?e.idxs.forEach((e,t)=>{oe[t]=e}):In(e.idx)||oe.fill(e.idx),j.idx=oe[0]),N&&j.live){for(let e=0;e<v.length;e++)(e>0||i==1&&!fe)&&qi(e,oe[e]);Gi()}bt=!1,t!==!1&&Oa(`setLegend`)}r.setLegend=Ki;function qi(e,n){let i=v[e],a=e==0&&O==2?Dn:t[e],o;fe?o=i.values(r,e,n)??pe:(o=i.value(r,n==null?null:a[n],e,n),o=o==null?pe:{_:o}),j.values[e]=o}function Ji(e,n,a){Yr=X,Zr=Z,[X,Z]=M.move(r,X,Z),M.left=X,M.top=Z,P&&(Ur&&Ot(Ur,an(X),0,R,z),Wr&&Ot(Wr,0,an(Z),R,z));let o,s=wn>K;Mi=W,Pi=null;let c=D.ori==0?R:z,l=D.ori==1?R:z;if(X<0||yn==0||s){o=M.idx=null;for(let e=0;e<v.length;e++){let t=Ht[e];t!=null&&Ot(t,-10,-10,R,z)}Bt&&yi(null,Ii,!0,e==null&&$.setSeries),j.live&&(oe.fill(o),bt=!0)}else{let e,n,a;i==1&&(e=D.ori==0?X:Z,n=zi(e,S),o=M.idx=Lt(n,t[0],wn,K),a=k(t[0][o],D,c,0));let s=-10,u=-10,d=0,f=0,p=!0,m=``,h=``;for(let e=+(i==2);e<v.length;e++){let g=v[e],_=oe[e],y=_==null?null:i==1?t[e][_]:t[e][1][_],x=M.dataIdx(r,e,o,n),S=x==null?null:i==1?t[e][x]:t[e][1][x];if(bt=bt||S!=y||x!=_,oe[e]=x,e>0&&g.show){let n=x==null?-10:x==o?a:k(i==1?t[0][x]:t[e][0][x],D,c,0),_=S==null?-10:ee(S,i==1?b[g.scale]:b[g.facets[1].scale],l,0);if(Bt&&S!=null){let t=D.ori==1?X:Z,n=rn(zt.dist(r,e,x,_,t));if(n<Mi){let r=zt.bias;if(r!=0){let i=zi(t,g.scale),a=S>=0?1:-1,o=i>=0?1:-1;o==a&&(o==1?r==1?S>=i:S<=i:r==1?S<=i:S>=i)&&(Mi=n,Pi=e)}else Mi=n,Pi=e}}if(bt||Vt){let t,i;D.ori==0?(t=n,i=_):(t=_,i=n);let a,o,c,l,g,v,y=!0,b=Rt.bbox;if(b!=null){y=!1;let t=b(r,e);c=t.left,l=t.top,a=t.width,o=t.height}else c=t,l=i,a=o=Rt.size(r,e);if(v=Rt.fill(r,e),g=Rt.stroke(r,e),Vt)e==Pi&&Mi<=zt.prox&&(s=c,u=l,d=a,f=o,p=y,m=v,h=g);else{let t=Ht[e];t!=null&&(Jt[e]=c,Yt[e]=l,Mt(t,a,o,y),At(t,v,g),Ot(t,on(c),on(l),R,z))}}}}if(Vt){let e=zt.prox;if(bt||(Fi==null?Mi<=e:Mi>e||Pi!=Fi)){let e=Ht[0];e!=null&&(Jt[0]=s,Yt[0]=u,Mt(e,d,f,p),At(e,m,h),Ot(e,on(s),on(u),R,z))}}}if(Q.show&&Qr){if(e!=null){let[t,n]=$.scales,[r,i]=$.match,[a,o]=e.cursor.sync.scales,s=e.cursor.drag;if(ei=s._x,ti=s._y,ei||ti){let{left:s,top:u,width:d,height:f}=e.select,p=e.scales[a].ori,m=e.posToVal,h,g,_,v,y,x=t!=null&&r(t,a),S=n!=null&&i(n,o);x&&ei?(p==0?(h=s,g=d):(h=u,g=f),_=b[t],v=k(m(h,a),_,c,0),y=k(m(h+g,a),_,c,0),Ui(sn(v,y),rn(y-v))):Ui(0,c),S&&ti?(p==1?(h=s,g=d):(h=u,g=f),_=b[n],v=ee(m(h,o),_,l,0),y=ee(m(h+g,o),_,l,0),Wi(sn(v,y),rn(y-v))):Wi(0,l)}else ea()}else{let e=rn(Yr-Gr),t=rn(Zr-Kr);if(D.ori==1){let n=e;e=t,t=n}ei=$r.x&&e>=$r.dist,ti=$r.y&&t>=$r.dist;let n=$r.uni;n==null?$r.x&&$r.y&&(ei||ti)&&(ei=ti=!0):ei&&ti&&(ei=e>=n,ti=t>=n,!ei&&!ti&&(t>e?ti=!0:ei=!0));let r,i;ei&&(D.ori==0?(r=qr,i=X):(r=Jr,i=Z),Ui(sn(r,i),rn(i-r)),ti||Wi(0,l)),ti&&(D.ori==1?(r=qr,i=X):(r=Jr,i=Z),Wi(sn(r,i),rn(i-r)),ei||Ui(0,c)),!ei&&!ti&&(Ui(0,0),Wi(0,0))}}if($r._x=ei,$r._y=ti,e==null){if(a){if(Aa!=null){let[e,t]=$.scales;$.values[0]=e==null?null:zi(D.ori==0?X:Z,e),$.values[1]=t==null?null:zi(D.ori==1?X:Z,t)}Ma(ot,r,X,Z,R,z,o)}if(Bt){let e=a&&$.setSeries,t=zt.prox;Fi==null?Mi<=t&&yi(Pi,Ii,!0,e):Mi>t?yi(null,Ii,!0,e):Pi!=Fi&&yi(Pi,Ii,!0,e)}}bt&&(j.idx=o,Ki()),n!==!1&&Oa(`setCursor`)}let Yi=null;Object.defineProperty(r,"rect",{get(){return Yi??Xi(!1),Yi}});function Xi(e=!1){e?Yi=null:(Yi=m.getBoundingClientRect(),Oa(`syncRect`,Yi))}function Zi(e,t,n,r,i,a,o){M._lock||Qr&&e!=null&&e.movementX==0&&e.movementY==0||(Qi(e,t,n,r,i,a,o,!1,e!=null),e==null?Ji(t,!0,!1):Ji(null,!0,!0))}function Qi(e,t,n,i,a,o,c,l,u){if(Yi??Xi(!1),Pt(e),e!=null)n=e.clientX-Yi.left,i=e.clientY-Yi.top;else{if(n<0||i<0){X=-10,Z=-10;return}let[e,r]=$.scales,c=t.cursor.sync,[l,u]=c.values,[d,f]=c.scales,[p,m]=$.match,h=t.axes[0].side%2==1,g=D.ori==0?R:z,_=D.ori==1?R:z,v=h?o:a,y=h?a:o,x=h?i:n,S=h?n:i;if(n=d==null?x/v*g:p(e,d)?s(l,b[e],g,0):-10,i=f==null?S/y*_:m(r,f)?s(u,b[r],_,0):-10,D.ori==1){let e=n;n=i,i=e}}u&&(t==null||t.cursor.event.type==ot)&&((n<=1||n>=R-1)&&(n=Tn(n,R)),(i<=1||i>=z-1)&&(i=Tn(i,z))),l?(Gr=n,Kr=i,[qr,Jr]=M.move(r,n,i)):(X=n,Z=i)}let $i={width:0,height:0,left:0,top:0};function ea(){di($i,!1)}let ta,na,ra,ia;function aa(e,t,n,i,a,o,s){Qr=!0,ei=ti=$r._x=$r._y=!1,Qi(e,t,n,i,a,o,s,!0,!1),e!=null&&(ye(ct,vt,oa,!1),Ma(st,r,qr,Jr,R,z,null));let{left:c,top:l,width:u,height:d}=Q;ta=c,na=l,ra=u,ia=d}function oa(e,t,n,i,a,o,s){Qr=$r._x=$r._y=!1,Qi(e,t,n,i,a,o,s,!1,!0);let{left:c,top:l,width:u,height:d}=Q,f=u>0||d>0,p=ta!=c||na!=l||ra!=u||ia!=d;if(f&&p&&di(Q),$r.setScale&&f&&p){let e=c,t=u,n=l,r=d;if(D.ori==1&&(e=l,t=d,n=c,r=u),ei&&pi(S,zi(e,S),zi(e+t,S)),ti)for(let e in b){let t=b[e];e!=S&&t.from==null&&t.min!=W&&pi(e,zi(n+r,e),zi(n,e))}ea()}else M.lock&&(M._lock=!M._lock,Ji(t,!0,e!=null));e!=null&&(be(ct,vt),Ma(ct,r,X,Z,R,z,null))}function ca(e,t,n,r,i,a,o){if(M._lock)return;Pt(e);let s=Qr;if(Qr){let e=!0,t=!0,n,r;D.ori==0?(n=ei,r=ti):(n=ti,r=ei),n&&r&&(e=X<=10||X>=R-10,t=Z<=10||Z>=z-10),n&&e&&(X=X<qr?0:R),r&&t&&(Z=Z<Jr?0:z),Ji(null,!0,!0),Qr=!1}X=-10,Z=-10,oe.fill(null),Ji(null,!0,!0),s&&(Qr=s)}function wa(e,t,n,i,a,o,s){M._lock||(Pt(e),Bn(),ea(),e!=null&&Ma(dt,r,X,Z,R,z,null))}function Ta(){y.forEach(Ca),xt(r.width,r.height,!0)}Ft(ht,yt,Ta);let Ea={};Ea.mousedown=aa,Ea.mousemove=Zi,Ea.mouseup=oa,Ea.dblclick=wa,Ea.setSeries=(e,t,n,i)=>{let a=$.match[2];n=a(r,t,n),n!=-1&&yi(n,i,!0,!1)},P&&(ye(st,m,aa),ye(ot,m,Zi),ye(lt,m,e=>{Pt(e),Xi(!1)}),ye(ut,m,ca),ye(dt,m,wa),sa.add(r),r.syncRect=Xi);let Da=r.hooks=e.hooks||{};function Oa(e,t,n){Sr?Cr.push([e,t,n]):e in Da&&Da[e].forEach(e=>{e.call(null,r,t,n)})}(e.plugins||[]).forEach(e=>{for(let t in e.hooks)Da[t]=(Da[t]||[]).concat(e.hooks[t])});let ka=(e,t,n)=>n,$=J({key:null,setSeries:!1,filters:{pub:Sn,sub:Sn},scales:[S,v[1]?v[1].scale:null],match:[Cn,Cn,ka],values:[null,null]},M.sync);$.match.length==2&&$.match.push(ka),M.sync=$;let Aa=$.key,ja=Oi(Aa);function Ma(e,t,n,r,i,a,o){$.filters.pub(e,t,n,r,i,a,o)&&ja.pub(e,t,n,r,i,a,o)}ja.sub(r);function Na(e,t,n,r,i,a,o){$.filters.sub(e,t,n,r,i,a,o)&&Ea[e](null,t,n,r,i,a,o)}r.pub=Na;function Pa(){ja.unsub(r),sa.delete(r),ve.clear(),It(ht,yt,Ta),l.remove(),I?.remove(),Oa(`destroy`)}r.destroy=Pa;function Fa(){Oa(`init`,e,t),Fn(t||e.data,!1),A[S]?zr(S,A[S]):Bn(),_t=Q.show&&(Q.width>0||Q.height>0),mt=bt=!0,xt(e.width,e.height)}return v.forEach($t),y.forEach(un),n?n instanceof HTMLElement?(n.appendChild(l),Fa()):n(r,Fa):Fa(),r}wa.assign=J,wa.fmtNum=en,wa.rangeNum=Xt,wa.rangeLog=Wt,wa.rangeAsinh=Gt,wa.orient=ji,wa.pxRatio=B,wa.join=qn,wa.fmtDate=or,wa.tzDate=cr,wa.sync=Oi;{wa.addGap=Ii,wa.clipGaps=Fi;let e=wa.paths={points:Xi};e.linear=ea,e.stepped=ta,e.bars=ra,e.spline=aa}var Ta=6,Ea=7,Da=wa.paths.stepped?.({align:1}),Oa=wa.paths.linear?.(),ka=e=>{let t=e.shape===`step`?Da:Oa;return{stroke:e.color,width:e.width,points:{show:!1},...e.dash?{dash:e.dash}:{},...e.fill?{fill:e.fill,fillTo:0}:{},...t?{paths:t}:{}}},$=()=>({stroke:`transparent`,width:0,points:{show:!1}}),Aa=e=>e.map((t,n)=>t??e[n-1]??null),ja=(e,t,n)=>{let{ctx:r}=e;r.save(),r.beginPath(),r.rect(e.bbox.left,e.bbox.top,e.bbox.width,e.bbox.height),r.clip(),r.fillStyle=n.color;for(let i=0;i+1<t.length;){let a=n.low[i]??null,o=n.high[i]??null,s=i+1;for(;s+1<t.length&&n.low[s]===a&&n.high[s]===o;)s+=1;if(a!==null&&o!==null&&a!==o){let n=Math.round(e.valToPos(t[i]??0,`x`,!0)),c=Math.round(e.valToPos(t[s]??0,`x`,!0)),l=e.valToPos(Math.max(a,o),`y`,!0),u=e.valToPos(Math.min(a,o),`y`,!0);r.fillRect(n,l,c-n,u-l)}i=s}r.restore()},Ma=(e,t)=>{let{ctx:n}=e,r=Math.round(e.valToPos(0,`y`,!0))+.5;r<e.bbox.top||r>e.bbox.top+e.bbox.height+1||(n.save(),n.strokeStyle=t,n.lineWidth=devicePixelRatio,n.beginPath(),n.moveTo(e.bbox.left,r),n.lineTo(e.bbox.left+e.bbox.width,r),n.stroke(),n.restore())},Na=(e,t,n,r)=>{let i=`11px ${n.font}`,a={stroke:n[`grid-line`],width:1},o=Ee(e.scale);return[{stroke:n.text,font:i,grid:a,ticks:{show:!1},size:t.labels?22:0,gap:6,splits:()=>t.ticks.map(e=>e.time),values:()=>t.ticks.map(e=>t.labels?e.label:``)},{stroke:n.text,font:i,grid:a,ticks:{show:!1},size:t.left,gap:6,splits:()=>o,values:()=>o.map(t=>r(t,e.digits))}]},Pa=(e,t,n,r,i,a)=>{let o=[],s=[{}],c=[];for(let e of t.bands)o.push(e.high,e.low),s.push($(),$()),c.push({series:[s.length-2,s.length-1],fill:e.color});for(let e of t.lines)o.push(e.shape===`step`?Aa(e.values):e.values),s.push(ka(e));let{scale:l}=t;return new wa({width:r.width,height:r.height,padding:[Ta,r.right,r.labels?0:Ea,0],legend:{show:!1},cursor:{show:!1},scales:{x:{time:!1,range:()=>[r.from,r.to]},y:{range:()=>[l.min,l.max]}},axes:Na(t,r,i,a),series:s,bands:c,hooks:{drawAxes:[e=>{t.bars.forEach(t=>ja(e,n.x,t)),Ma(e,i[`zero-line`])}]}},[n.x,...o],e)},Fa=(e,t,n)=>{let r=t.labels?22:Ea;return Ta+(t.height-Ta-r)*(e.scale.max-n)/(e.scale.max-e.scale.min)},Ia=5.6,La=12,Ra=20,za=({from:e,to:t},n)=>100*(n-e)/(t-e),Ba=(e,t)=>pe({left:`${za(e,t)}%`}),Va=(e,t,r)=>{let{now:i}=e,{time:a,marked:o}=r,s=o&&{left:`${za(e,o.from)}%`,width:`${za(e,o.to)-za(e,o.from)}%`};return l`
    <div class=${ue({over:!0,labelled:t.labels})} aria-hidden="true">
      <div class="past" style=${pe({width:`${Math.max(0,za(e,i))}%`})}></div>
      ${t.ticks.filter(e=>e.midnight).map(t=>l`<div class="midnight" style=${Ba(e,t.time)}></div>`)}
      <div class="now" style=${Ba(e,i)}></div>
      ${a===null?n:l`<div class="cursor" style=${Ba(e,a)}></div>`}
      ${s?l`<div class="selection" style=${pe(s)}></div>`:n}
    </div>
  `},Ha=(e,t,r,i,a)=>l`
  <div class="over dots" aria-hidden="true">
    ${e.readings.map(o=>{let s=o.dot?Ae(o,a):null;if(s===null)return n;let c={left:`${za(r,i)}%`,top:`${Fa(e,t,s)}px`,"--color":o.color};return l`<div class="dot" style=${pe(c)}></div>`})}
  </div>
`,Ua=(e,t,{timeline:r,width:i},a)=>{let{from:s,to:c,now:d}=r,f=o(e,t).filter(e=>e.end>s&&e.start<c);return l`
    <div class="strip">
      ${f.map(e=>{let t=Math.max(0,za(r,e.start)),o=Math.min(100,za(r,e.end))-t,s=a(E(e.mode)),c=o*i/100,d=c<s.length*Ia+La,f=c>=Ra?O(e.mode):n,p={left:`${t}%`,width:`${o}%`,"--color":u(e.mode)};return l`<span
          class=${ue({run:!0,narrow:d})}
          title=${s}
          style=${pe(p)}
          >${d?f:s}</span
        >`})}
      <div class="now" style=${Ba(r,d)}></div>
    </div>
  `},Wa=(e,t,n)=>l`
  <div class="strips" aria-hidden="true">
    ${e.batteries.map(r=>Ua(e,r,t,n))}
  </div>
`,Ga=(e,t)=>{let n=[],r=[];return e.map((e,i)=>{let a=[],o=[];return e.forEach((e,t)=>{let i=e!==null&&e<0?r:n,s=i[t]??0;a.push(e===null?null:s),o.push(e===null?null:s+e),e!==null&&(i[t]=s+e)}),{low:a,high:o,color:t[i%t.length]??`#888888`}})},Ka=({timeline:e,palette:t,localize:n,format:r})=>{let{batteries:i,batteryPast:a}=e,o=i.length>1,s=o||`mode`in(i[0]?.battery??{}),c=Ga(i.map(e=>e.power),t.batteries),l=o?t.text:t.batteries[0]??t.text,u=Oe([...c.map(e=>e.high),a].map(t=>ke(e,t)),4,.5),d=i.map((e,i)=>({label:o?e.battery.name:n(`series.battery`),color:t.batteries[i%t.batteries.length]??t.text,swatch:`area`,sources:o?[e.power]:[a,e.power],write:e=>r.number(e,2),say:r.power,dot:!1}));return o&&d.push({label:n(`series.measured`),color:l,swatch:`line`,sources:[a],write:e=>r.number(e,2),say:r.power,dot:!1}),{id:`battery`,title:s?n(`panel.battery`):i[0]?.battery.name??``,unit:n(`panel.battery.unit`),height:104,scale:u,digits:De(u.step),lines:[{values:a,color:l,width:1.25,shape:`step`,fill:L(l,.25)}],bands:[],bars:c.map(e=>({...e,color:L(e.color,.85)})),readings:d}},qa=({timeline:e,palette:t,localize:n,format:r})=>{let{load:i,solar:a,grid:o,curtailed:s,peak:c}=e,l=Oe([...[i,a,o].flatMap(e=>[e.past,e.plan]),i.high,a.high,c].map(t=>ke(e,t)),4,.5),u=[...a.past,...a.plan].some(e=>(e??0)>0),d=[],f=[],p=[],m=(e,t,i,a)=>({label:n(e),color:t,swatch:a,sources:i,write:e=>r.number(e,2),say:r.power,dot:!0});return u&&(f.push({low:a.low,high:a.high,color:L(t.solar,.16)},{low:a.innerLow,high:a.innerHigh,color:L(t.solar,.22)}),d.push({values:a.past,color:t.solar,width:2,shape:`line`,fill:L(t.solar,.18)},{values:a.plan,color:t.solar,width:2,shape:`line`,fill:L(t.solar,.08)})),f.push({low:i.low,high:i.high,color:L(t.load,.1)},{low:i.innerLow,high:i.innerHigh,color:L(t.load,.14)}),d.push({values:o.past,color:t.grid,width:1.25,shape:`line`},{values:o.plan,color:t.grid,width:1.25,shape:`step`,fill:L(t.grid,.08)},{values:i.past,color:t.load,width:2,shape:`line`},{values:i.plan,color:t.load,width:2,shape:`line`}),p.push(m(`series.load`,t.load,[i.past,i.plan],`area`)),u&&p.push(m(`series.solar`,t.solar,[a.past,a.plan],`area`)),p.push(m(`series.grid`,t.grid,[o.past,o.plan],`line`)),s.some(e=>(e??0)>.02)&&(d.push({values:s,color:t.curtailed,width:1.25,shape:`step`,dash:[2,2]}),p.push(m(`series.curtailed`,t.curtailed,[s],`dashed`))),c.some(e=>e!==null)&&(d.push({values:c,color:t.curtailed,width:1.25,shape:`line`,dash:[8,4]}),p.push({...m(`series.peak`,t.curtailed,[c],`dashed`),dot:!1})),{id:`power`,title:n(`panel.power`),unit:`kW`,height:172,scale:l,digits:De(l.step),lines:d,bands:f,bars:[],readings:p}},Ja=1.75,Ya=({timeline:e,palette:t,localize:n,format:r})=>{let{importKnown:i,importGuess:a,exportKnown:o,exportGuess:s,value:c}=e,l=Oe([i,a,o,s,c].map(t=>ke(e,t)),4,.01),u=`${r.currencySymbol}/kWh`,d=ke(e,a).some(e=>e!==null),f={shape:`step`,width:Ja},p={...f,dash:[4,4]},m=[{...p,values:a,color:L(t.import,.65),fill:L(t.import,.06)},{...f,values:i,color:t.import,fill:L(t.import,.16)},{...p,values:s,color:L(t.export,.6)},{...f,values:o,color:t.export}],h=[{label:n(`series.import`),color:t.import,swatch:`area`,sources:[i,a],write:e=>r.number(e,3),say:r.price,dot:!0},{label:n(`series.export`),color:t.export,swatch:`line`,sources:[o,s],write:e=>r.number(e,3),say:r.price,dot:!0}];return c.some(e=>e!==null)&&(m.push({values:c,color:t.value,width:1.5,shape:`step`,dash:[1.5,3]}),h.push({label:n(`series.value`),color:t.value,swatch:`dashed`,sources:[c],write:e=>r.number(e,3),say:r.price,dot:!0})),{id:`price`,title:n(`panel.price`),unit:d?`${u}, ${n(`series.expected`)}`:u,height:124,scale:l,digits:Math.min(3,De(l.step)),lines:m,bands:[],bars:[],readings:h}},Xa=e=>e.map(e=>e===null?null:e*100),Za=({timeline:e,palette:t,localize:n,format:r})=>{let{batteries:i,socPast:a,x:o,now:s}=e,c=i.length>1,l=e=>r.number(e,0),u=e=>r.percent(e/100),d=e=>t.batteries[e%t.batteries.length]??t.text,f=Xa(a),p=i.map(e=>Xa(e.soc)),m=i.map(({battery:e})=>e.reserve*100).flatMap((e,t)=>e===0&&c?[]:[{values:o.map(t=>t>=s?e:null),color:L(d(t),.7),width:1,shape:`line`,dash:[5,4]}]);m.push({values:f,color:c?t.text:d(0),width:2,shape:`line`,...c?{}:{fill:L(d(0),.1)}}),p.forEach((e,t)=>m.push({values:e,color:d(t),width:2,shape:`line`,...c?{}:{fill:L(d(t),.16)}}));let h=p.map((e,t)=>({label:c?i[t]?.battery.name??``:n(`series.level`),color:d(t),swatch:`area`,sources:c?[e]:[f,e],write:l,say:u,dot:!0}));if(!c){let[e]=m;e&&h.push({label:n(`series.reserve`),color:d(0),swatch:`dashed`,sources:[e.values],write:l,say:u,dot:!1})}return{id:`soc`,title:n(`panel.soc`),unit:`%`,height:96,scale:{min:0,max:100,step:50},digits:0,lines:m,bands:[],bars:[],readings:h}},Qa=e=>{let t=[Ya(e),qa(e)];return e.timeline.batteries.length>0&&t.push(Ka(e),Za(e)),t},$a=1800,eo=6,to=6e3,no={normal:2,far:8},ro=(e,t)=>({from:Math.min(e,t),to:Math.max(e,t)}),io=class{constructor(e,t,n){this.host=e,this.space=t,this.redraw=n,this.time=null,this.marked=null,this.zoom=null,this.hours=null,this.markedFrom=null,this.reset=()=>this.choose(null),this.onMove=e=>{this.time=this.timeAt(e),this.markedFrom!==null&&(this.marked=ro(this.markedFrom,this.time)),this.host.requestUpdate()},this.onDown=e=>{clearTimeout(this.touchTimer),this.time=this.timeAt(e),this.host.requestUpdate(),e.pointerType===`mouse`&&e.button===0&&(this.markedFrom=this.time,e.currentTarget.setPointerCapture(e.pointerId))},this.onUp=()=>{let{marked:e}=this;if(this.markedFrom=null,this.marked=null,this.host.requestUpdate(),!e)return;let{timeline:t,width:n}=this.space();(e.to-e.from)*n/(t.to-t.from)<eo||e.to-e.from<$a||(this.zoom=e,this.redraw())},this.onLeave=e=>{e.pointerType===`mouse`?this.markedFrom===null&&this.forget():this.touchTimer=setTimeout(this.forget,to)},this.onKey=e=>{let{x:t,from:n,to:r,now:i}=this.space().timeline,a=oe(t,this.time??i),o=e.shiftKey?no.far:no.normal,s={ArrowLeft:t[Math.max(0,a-o)],ArrowRight:t[Math.min(t.length-1,a+o)],Home:n,End:r,Escape:null}[e.key];s!==void 0&&(e.preventDefault(),s===null&&this.reset(),this.time=s===null?null:Math.min(r,Math.max(n,s)),this.host.requestUpdate())},this.forget=()=>{this.time=null,this.host.requestUpdate()},e.addController(this)}hostDisconnected(){clearTimeout(this.touchTimer)}choose(e){this.zoom=null,this.hours=e,this.redraw()}timeAt(e){let{timeline:t,left:n,width:r}=this.space(),i=e.currentTarget.getBoundingClientRect().left,a=(e.clientX-i-n)/r,o=t.from+(t.to-t.from)*a;return Math.min(t.to,Math.max(t.from,o))}},ao=.01,oo=(e,t,n)=>{let{localize:r,format:i}=n,a=ae(e,t),o=t=>t?_(N(t),t,r,i,e.now):``,s=e.batteries.flatMap(({name:e,mode:t,reason:n})=>{let i=t[a];return i?[{name:e,text:`${r(E(i))}. ${o(n[a])}`}]:[]}),c=e.devices.flatMap(({name:e,power_kw:t,reason:n})=>{let r=t[a]??0;return Math.abs(r)<=ao?[]:[{name:e,text:`${i.power(Math.abs(r))}. ${o(n[a])}`}]});return[...s,...c]},so,co=480,lo={wide:{left:44,right:12},narrow:{left:36,right:4}},uo={wide:56,narrow:42},fo=[6,12,24],po=10,mo=[`message`,`format`,`localize`,`hours`,`theme`,`width`,`drawing`],ho=e=>mo.some(t=>e.has(t)),go=class extends c{constructor(...e){super(...e),this.hours=36,this.theme=``,this.width=0,this.drawing=0,this.failed=!1,this.panels=[],this.ticks=[],this.plots=[],this.pointer=new io(this,()=>this.space,()=>this.drawing+=1),this.resize=new ResizeObserver(([e])=>{this.width=Math.floor(e?.contentRect.width??0)})}connectedCallback(){super.connectedCallback(),this.resize.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.resize.disconnect(),this.clear(),this.width=0}willUpdate(e){if(this.width===0||!ho(e))return;let{left:t,right:n}=this.gutter;this.style.setProperty(`--left`,`${t}px`),this.style.setProperty(`--right`,`${n}px`);let{localize:r,format:i,pointer:a}=this,o=ie(this.message,a.hours??this.hours);this.timeline=a.zoom?{...o,...a.zoom}:o,this.panels=Qa({timeline:this.timeline,palette:ve(this),localize:r,format:i});let s=this.narrow?uo.narrow:uo.wide;this.ticks=Ce(this.timeline.from,this.timeline.to,this.space.width,i,s)}updated(e){this.width>0&&ho(e)&&this.draw()}get narrow(){return this.width<co}get gutter(){return this.narrow?lo.narrow:lo.wide}get space(){let{left:e,right:t}=this.gutter;return{timeline:this.timeline,left:e,width:Math.max(1,this.width-e-t)}}clear(){this.plots.forEach(e=>e.destroy()),this.plots=[]}frame(e){let t=e===this.panels.length-1,n=this.panels[e]?.height??0;return{...this.gutter,width:this.width,height:n+(t?22:0),labels:t,ticks:this.ticks,from:this.timeline.from,to:this.timeline.to}}draw(){this.clear();let e=ve(this),{number:t}=this.format;try{this.plots=this.panels.flatMap((n,r)=>{let i=this.canvases[r];return i?[Pa(i,n,this.timeline,this.frame(r),e,t)]:[]}),this.failed=!1}catch{this.failed=!0}this.toggleAttribute(`drawn`,!this.failed&&this.plots.length>0)}render(){if(this.width===0)return l`<div class="stack"></div>`;let{pointer:e,localize:t,format:r}=this,{x:i,now:a,from:o,to:s}=this.timeline,c=e.time??a,u=oe(i,c),d=r.dayTime(c,a);return l`
      ${this.renderToolbar(d)}
      ${this.failed?l`<p class="failed">${t(`error.draw`)}</p>`:n}
      <div
        class="stack"
        tabindex="0"
        role="slider"
        aria-label=${t(`aria.chart`,{start:r.dayTime(o,a),end:r.dayTime(s,a)})}
        aria-valuemin=${Math.round(o)}
        aria-valuemax=${Math.round(s)}
        aria-valuenow=${Math.round(Math.min(s,Math.max(o,c)))}
        aria-valuetext=${[d,...this.spoken(u),...oo(this.message,c,this).map(({text:e})=>e)].join(`, `)}
        @pointermove=${e.onMove}
        @pointerdown=${e.onDown}
        @pointerup=${e.onUp}
        @pointercancel=${e.onUp}
        @pointerleave=${e.onLeave}
        @dblclick=${e.reset}
        @keydown=${e.onKey}
      >
        ${this.panels.map((e,t)=>this.renderPanel(e,this.frame(t),u))}
        ${this.renderTip(c)}
      </div>
      <shems-plan-gantt
        .hass=${this.hass}
        .message=${this.message}
        .format=${r}
        .localize=${t}
        .from=${o}
        .to=${s}
      ></shems-plan-gantt>
    `}spoken(e){return this.panels.flatMap(t=>t.readings.flatMap(t=>{let n=Ae(t,e);return n===null?[]:[`${t.label} ${t.say(n)}`]}))}renderTip(e){if(this.pointer.time===null)return n;let t=oo(this.message,e,this);if(t.length===0)return n;let{from:r,to:i}=this.timeline,a=e<(r+i)/2,{left:o,width:s}=this.space,c=o+s*(e-r)/(i-r),u=a?{left:`${c+po}px`}:{right:`${this.width-c+po}px`};return l`<ul class="tip" aria-hidden="true" style=${pe(u)}>
      ${t.map(({name:e,text:t})=>l`<li><b>${e}</b> ${t}</li>`)}
    </ul>`}renderToolbar(e){let{localize:t,hours:n,pointer:r}=this,i=(e,t)=>l`
      <button
        type="button"
        aria-pressed=${String(!r.zoom&&r.hours===e)}
        @click=${()=>r.choose(e)}
      >
        ${t}
      </button>
    `,a=e=>t(`zoom.hours`,{hours:e});return l`
      <div class="toolbar">
        <div class="moment">
          ${r.time===null?l`${t(`time.now`)} <small>${e}</small>`:e}
        </div>
        <div class="zoom" role="group" aria-label=${t(`zoom.label`)}>
          ${fo.filter(e=>e<n).map(e=>i(e,a(e)))}
          ${i(null,r.zoom?t(`zoom.reset`):a(n))}
        </div>
      </div>
    `}renderPanel(e,t,r){let{pointer:i,timeline:a}=this,o=i.time===null?n:Ha(e,t,a,i.time,r),s=e.id===`battery`?Wa(this.message,this.space,this.localize):n;return l`
      <section class="panel" data-panel=${e.id}>
        <div class=${ue({legend:!0,long:e.readings.length>2})}>
          <h3>${e.title} <span>${e.unit}</span></h3>
          ${e.readings.map(e=>{let t=Ae(e,r);return l`<span class="entry"
              ><i
                class="swatch ${e.swatch}"
                style=${pe({"--color":e.color})}
              ></i
              >${e.label} <b>${t===null?`–`:e.write(t)}</b></span
            >`})}
        </div>
        ${s}
        <div class="plot" style=${pe({height:`${t.height}px`})}>
          ${Va(a,t,i)}
          <div class="canvas"></div>
          ${o}
        </div>
      </section>
    `}};so=go,so.styles=[r(me),he],w([e({attribute:!1})],go.prototype,`hass`,void 0),w([e({attribute:!1})],go.prototype,`message`,void 0),w([e({attribute:!1})],go.prototype,`format`,void 0),w([e({attribute:!1})],go.prototype,`localize`,void 0),w([e({type:Number})],go.prototype,`hours`,void 0),w([e()],go.prototype,`theme`,void 0),w([k()],go.prototype,`width`,void 0),w([k()],go.prototype,`drawing`,void 0),w([k()],go.prototype,`failed`,void 0),w([le(`.canvas`)],go.prototype,`canvases`,void 0);var _o=`device_idle`,vo=(e,r,{localize:i,format:a})=>{let{now:o}=r,s=t(r,e),c=s!==null&&s.start<=o,u=i(e.power_kw.length>0?`devices.rests`:`devices.left_out`),d=c?i(`devices.now`,{time:a.dayTime(s.end,o)}):s?i(`time.span`,{start:a.dayTime(s.start,o),end:a.dayTime(s.end,s.start)}):u,{reason:p,shortfalls:m}=e.now;return l`
    <li class=${c?`current`:``}>
      <span class="icon" style="--color:var(--shems-mode-hold)">
        ${f(F(e.kind))}
      </span>
      <div>
        <div class="when"><span>${d}</span> <span>${s&&D(s)?a.energy(s.energy):``}</span></div>
        <div class="what">${e.name}</div>
        ${e.proposed?l`<p class="why proposed">${i(`devices.proposed`)}</p>`:n}
        ${p?l`<p class="why">
                ${_(N(p),p,i,a,o)}
              </p>`:n}
        ${m.map(e=>l`<p class="why short">${g(e,i,a,o)}</p>`)}
      </div>
    </li>
  `},yo=(e,n)=>n.power_kw.length>0&&t(e,n)===null&&n.now.shortfalls.length===0&&(n.now.reason?.code??_o)===_o,bo=(e,t)=>{if(e.devices.length===0)return n;let{localize:r}=t,i=e.devices.filter(t=>yo(e,t)),a=i.map(({name:e})=>e).join(`, `);return l`
    <section class="next devices">
      <h3>${r(`devices.title`)}</h3>
      <ol>
        ${e.devices.filter(e=>!i.includes(e)).map(n=>vo(n,e,t))}
      </ol>
      ${a?l`<p class="why idle">${r(`devices.rests`)}: ${a}</p>`:n}
    </section>
  `},xo=.01,So=900,Co=({length_s:e},{start:t,end:n,running:r})=>!!e&&!r&&n-t>=(e??0),wo=(e,t)=>{let n=[];return e.end.forEach((r,i)=>{let a=t.power_kw[i]??0;if(r<=e.now||Math.abs(a)<=xo)return;let o=e.start[i]??r,s=(r-o)/3600,c=e.import_price[i]??null,l=c===null?null:a*s*c,u=n[n.length-1];if(u?.end===o&&!Co(t,u)){u.end=r,u.energy+=a*s,u.cost=u.cost===null||l===null?null:u.cost+l;return}let d=t.reason[i]??null,f=o<=e.now;n.push({device:t,start:o,end:r,energy:a*s,cost:l,reason:d,running:f})}),n},To=e=>e.devices.map(t=>({device:t,blocks:wo(e,t)})).filter(({blocks:e})=>e.length>0),Eo=(e,{device:t,running:n})=>!n&&t.kind===`appliance`&&!!t.length_s&&e.movable?.[t.id]!==void 0,Do=(e,t,n)=>{let r=t.device.length_s??t.end-t.start,i=Math.ceil((e.now+60)/So)*So,a=Math.floor((ne(e)-r)/So)*So;return Math.max(i,Math.min(a,Math.round(n/So)*So))},Oo=(e,t,n)=>{let r=t.device.length_s??t.end-t.start,i=0;for(let[a,o]of e.start.entries()){let s=e.end[a]??o,c=Math.min(s,n+r)-Math.max(o,n);if(c<=0)continue;let l=e.import_price[a]??null;if(l===null)return null;i+=t.energy*l*c/r}return i},ko,Ao=900,jo=6e4,Mo=class extends c{constructor(...e){super(...e),this.from=0,this.to=0,this.moving=null,this.pointed=null,this.failed=``,this.grabbed=null,this.unpoint=()=>{this.grabbed||(this.pointed=null)},this.leave=()=>{this.grabbed=null,this.pointed=null,this.moving?.sent||(this.moving=null)}}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.timer)}willUpdate(e){let t=e.get(`message`);t&&t.created!==this.message.created&&this.moving?.sent&&this.letGo()}render(){let e=To(this.message);if(e.length===0)return n;let{localize:t,failed:r}=this;return l`
      <h3>${t(`devices.title`)}</h3>
      ${e.map(e=>this.row(e))}
      <p class=${ue({told:!0,failed:!!r})} role="status">
        ${r?t(`device.failed`,{message:r}):this.told()}
      </p>
    `}place(e){return 100*(Math.min(this.to,Math.max(this.from,e))-this.from)/(this.to-this.from)}row({device:e,blocks:t}){let n=t.filter(e=>e.end>this.from&&e.start<this.to),r=n.some(e=>Eo(this.message,e)),i=n.map(e=>this.words(e,e.start)).join(`; `);return l`<div class="row">
      <div class="name">${f(F(e.kind))} ${e.name}</div>
      <div
        class="track"
        role=${r?`group`:`img`}
        aria-label=${r?e.name:i||e.name}
      >
        ${n.map(e=>Eo(this.message,e)?this.handle(e):this.block(e))}
        <div class="now" style=${pe({left:`${this.place(this.message.now)}%`})}></div>
      </div>
    </div>`}span(e,t){let n=this.place(e);return pe({left:`${n}%`,width:`${this.place(e+t)-n}%`})}block(e){return l`<div
      class=${ue({block:!0,proposed:e.device.proposed})}
      style=${this.span(e.start,e.end-e.start)}
      @pointerenter=${()=>this.pointed=e}
      @pointerleave=${this.unpoint}
    ></div>`}handle(e){let t=this.isMoved(e)?this.moving:null,n=t?.to??e.start,r={block:!0,movable:!0,moving:!!t,sent:!!t?.sent},i=()=>void(this.pointed=e);return l`<button
      class=${ue(r)}
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
    ></button>`}isMoved(e){return this.moving?.device===e.device.id&&this.moving.from===e.start}words(e,t){let{message:n,localize:r,format:i}=this,a=t+e.end-e.start,o=r(`time.span`,{start:i.dayTime(t,n.now),end:i.dayTime(a,t)}),s=t===e.start?e.cost:Oo(n,e,t),c=[`${e.device.name}: ${o}`,i.energy(e.energy)];return s!==null&&c.push(i.money(s)),c.join(`, `)}told(){let{message:e,localize:t,format:n,moving:r}=this,i=this.pointed;if(!i)return t(`gantt.help`);let a=r&&this.isMoved(i)?r.to:i.start,o=this.words(i,a);return r||!i.reason?o:`${o}. ${_(N(i.reason),i.reason,t,n,e.now)}`}grab(e,t){if(e.button!==0||this.moving?.sent)return;let n=e.currentTarget;n.setPointerCapture(e.pointerId),this.grabbed={x:e.clientX,width:n.parentElement.clientWidth},this.pointed=t}drag(e,t){if(!this.grabbed)return;let{x:n,width:r}=this.grabbed,i=t.start+(e.clientX-n)*(this.to-this.from)/r;this.put(t,i)}drop(e){this.grabbed&&(this.grabbed=null,this.send(e))}key(e,t){let n={ArrowLeft:-1,ArrowRight:1}[e.key],r=this.isMoved(t)?this.moving.to:t.start;if(n!==void 0)this.put(t,r+n*Ao);else if(e.key===`Enter`)this.send(t);else if(e.key===`Escape`)this.moving=null;else return;e.preventDefault()}put(e,t){if(this.moving?.sent)return;let{device:n,start:r}=e;this.failed=``,this.moving={device:n.id,from:r,to:Do(this.message,e,t),sent:!1}}async send({device:e,start:t}){let{moving:n,message:r,hass:i}=this;if(!n||n.sent||n.to===t){n&&!n.sent&&(this.moving=null);return}this.moving={...n,sent:!0},this.timer=setTimeout(()=>this.letGo(),jo);let a=e=>new Date(e*1e3).toISOString(),o=r.movable?.[e.id];try{await i.callService(`shems`,`run_appliance`,{device_id:o,...(e.asked??0)>0?{instead_of:a(t)}:{},earliest:a(n.to),deadline:a(n.to+(e.length_s??0)+300)})}catch(e){this.letGo(),this.failed=I(e,this.localize)}}letGo(){clearTimeout(this.timer),this.moving=null}};ko=Mo,ko.styles=S`
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
  `,w([e({attribute:!1})],Mo.prototype,`hass`,void 0),w([e({attribute:!1})],Mo.prototype,`message`,void 0),w([e({attribute:!1})],Mo.prototype,`format`,void 0),w([e({attribute:!1})],Mo.prototype,`localize`,void 0),w([e({type:Number})],Mo.prototype,`from`,void 0),w([e({type:Number})],Mo.prototype,`to`,void 0),w([k()],Mo.prototype,`moving`,void 0),w([k()],Mo.prototype,`pointed`,void 0),w([k()],Mo.prototype,`failed`,void 0);var No,Po=`shems-plan-charts`,Fo=`shems-plan-gantt`,Io=36,Lo={min:6,max:72},Ro=()=>ee(document.documentElement.lang||`en`),zo=class extends c{constructor(...e){super(...e),this.preview=!1,this.tableOpen=!1,this.feed=new d(this),this.localize=ee(`en`),this.wordsKey=``,this.onToggle=e=>{this.tableOpen=e.currentTarget.open}}static getConfigForm(){return{schema:[{name:`entry_id`,selector:{config_entry:{integration:`shems`}}},{name:`title`,selector:{text:{}}},{name:`hours`,default:Io,selector:{number:{...Lo,step:6,mode:`slider`,unit_of_measurement:`h`}}}],computeLabel:({name:e})=>Ro()(`editor.${e}`),assertConfig:Bo}}setConfig(e){Bo(e),this.config=e}willUpdate(e){this.hass&&this.config&&((e.has(`hass`)||e.has(`config`))&&this.feed.follow(this.hass,this.config.entry_id||void 0),this.refreshWords(this.hass))}refreshWords(e){let{currency:t=``,time_zone:n=``}=this.feed.message??{},r=JSON.stringify([e.language,e.locale,t,n]);r!==this.wordsKey&&(te(e.language)?(this.wordsKey=r,this.localize=ee(e.language),this.format=b(e,t||e.config.currency||``,n)):A(e.language).then(()=>this.requestUpdate()))}shouldUpdate(e){if(e.size!==1||!e.has(`hass`))return!0;let t=e.get(`hass`),{hass:n}=this;return!n||t?.connection!==n.connection||t.locale!==n.locale||t.language!==n.language||t.themes!==n.themes||t.selectedTheme!==n.selectedTheme}get theme(){let{themes:e,selectedTheme:t}=this.hass??{};return JSON.stringify([e?.darkMode,e?.theme,t])}render(){return l`<ha-card>${this.renderBody()}</ha-card>`}renderBody(){let{config:e,format:t,localize:r,feed:i}=this,{message:a,error:o,offline:s}=i;if(!e||!t)return x(r);if(!a)return o?C(o,i.retry,r):x(r);let c={localize:r,format:t},u=e.title||a.title||r(`card.title`),d=T(a,u,s,c);return re(a)?l`
      <div class="body">
        ${d} ${h(a,s,c)} ${p(a,c)}
        <div class="content">
          <shems-plan-charts
            .hass=${this.hass}
            .message=${a}
            .format=${t}
            .localize=${r}
            .hours=${e.hours??Io}
            .theme=${this.theme}
          ></shems-plan-charts>
          ${m(a,c)}${bo(a,c)}
        </div>
        ${this.preview?n:v(a,this.tableOpen,this.onToggle,c)}
      </div>
    `:l`<div class="body">${d}${y(a,c)}</div>`}};No=zo,No.styles=[a,i],w([e({attribute:!1})],zo.prototype,`hass`,void 0),w([e({type:Boolean})],zo.prototype,`preview`,void 0),w([k()],zo.prototype,`config`,void 0),w([k()],zo.prototype,`tableOpen`,void 0),customElements.get(`shems-plan-charts`)||customElements.define(Po,go),customElements.get(Fo)||customElements.define(Fo,Mo);function Bo(e){let{hours:t,entry_id:n,title:r}=e,i=typeof t==`number`&&t>=Lo.min&&t<=Lo.max;if(t!=null&&!i)throw Error(`hours must be a number from ${Lo.min} to ${Lo.max}`);if(n!=null&&typeof n!=`string`)throw Error(`entry_id must be a text`);if(r!=null&&typeof r!=`string`)throw Error(`title must be a text`)}export{zo as ShemsPlanCard};