import{A as e,D as t,E as n,I as r,L as i,M as a,N as o,O as s,T as c,a as l,i as u,j as d,k as f,n as p,o as m,r as h,t as g}from"./decorate-BzqmqkeY.js";import{_,c as v,d as y,f as b,g as x,h as S,l as C,m as w,o as T,p as E,r as D,s as O,u as ee,v as te}from"./feed-CxZS6nj2.js";import{a as k,i as ne,n as re}from"./words-localize-wrOfoJDi.js";import{a as ie,i as ae,n as oe,r as se,t as A}from"./timeline-B8xZ-L6x.js";import{a as j,i as M,n as N,r as P,t as F}from"./kinds-BNQL2h7G.js";import{t as ce}from"./refusal-BE6R5US0.js";var le=(e,t,n)=>(n.configurable=!0,n.enumerable=!0,Reflect.decorate&&typeof t!=`object`&&Object.defineProperty(e,t,n),n),ue;function de(e){return(t,n)=>le(t,n,{get(){return(this.renderRoot??(ue??=document.createDocumentFragment())).querySelectorAll(e)}})}var fe=P(class extends M{constructor(e){if(super(e),e.type!==j.ATTRIBUTE||e.name!==`class`||e.strings?.length>2)throw Error("`classMap()` can only be used in the `class` attribute and must be the only part in the attribute.")}render(e){return` `+Object.keys(e).filter(t=>e[t]).join(` `)+` `}update(e,[t]){if(this.st===void 0){this.st=new Set,e.strings!==void 0&&(this.nt=new Set(e.strings.join(` `).split(/\s/).filter(e=>e!==``)));for(let e in t)t[e]&&!this.nt?.has(e)&&this.st.add(e);return this.render(t)}let n=e.element.classList;for(let e of this.st)e in t||(n.remove(e),this.st.delete(e));for(let e in t){let r=!!t[e];r===this.st.has(e)||this.nt?.has(e)||(r?(n.add(e),this.st.add(e)):(n.remove(e),this.st.delete(e)))}return a}}),pe=`important`,me=` !`+pe,he=P(class extends M{constructor(e){if(super(e),e.type!==j.ATTRIBUTE||e.name!==`style`||e.strings?.length>2)throw Error("The `styleMap` directive must be used in the `style` attribute and must be the only part in the attribute.")}render(e){return Object.keys(e).reduce((t,n)=>{let r=e[n];return r==null?t:t+`${n=n.includes(`-`)?n:n.replace(/(?:^(webkit|moz|ms|o)|)(?=[A-Z])/g,`-$&`).toLowerCase()}:${r};`},``)}update(e,[t]){let{style:n}=e.element;if(this.ft===void 0)return this.ft=new Set(Object.keys(t)),this.render(t);for(let e of this.ft)t[e]??(this.ft.delete(e),e.includes(`-`)?n.removeProperty(e):n[e]=null);for(let e in t){let r=t[e];if(r!=null){this.ft.add(e);let t=typeof r==`string`&&r.endsWith(me);e.includes(`-`)||t?n.setProperty(e,t?r.slice(0,-11):r,t?pe:``):n[e]=r}}return a}}),ge=`.uplot,.uplot *,.uplot :before,.uplot :after{box-sizing:border-box}.uplot{width:min-content;font-family:system-ui,-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Noto Sans,Ubuntu,Cantarell,Helvetica Neue,Arial,sans-serif,Apple Color Emoji,Segoe UI Emoji,Segoe UI Symbol,Noto Color Emoji;line-height:1.5}.u-title{text-align:center;font-size:18px;font-weight:700}.u-wrap{-webkit-user-select:none;user-select:none;position:relative}.u-over,.u-under{position:absolute}.u-under{overflow:hidden}.uplot canvas{width:100%;height:100%;display:block;position:relative}.u-axis{position:absolute}.u-legend{text-align:center;margin:auto;font-size:14px}.u-inline{display:block}.u-inline *{display:inline-block}.u-inline tr{margin-right:16px}.u-legend th{font-weight:600}.u-legend th>*{vertical-align:middle;display:inline-block}.u-legend .u-marker{width:1em;height:1em;margin-right:4px;background-clip:padding-box!important}.u-inline.u-live th:after{content:":";vertical-align:middle}.u-inline:not(.u-live) .u-value{display:none}.u-series>*{padding:4px}.u-series th{cursor:pointer}.u-legend .u-off>*{opacity:.3}.u-select{pointer-events:none;background:#00000012;position:absolute}.u-cursor-x,.u-cursor-y{pointer-events:none;will-change:transform;position:absolute;top:0;left:0}.u-hz .u-cursor-x,.u-vt .u-cursor-y{border-right:1px dashed #607d8b;height:100%}.u-hz .u-cursor-y,.u-vt .u-cursor-x{border-bottom:1px dashed #607d8b;width:100%}.u-cursor-pt{pointer-events:none;will-change:transform;border:0 solid;border-radius:50%;position:absolute;top:0;left:0;background-clip:padding-box!important}.u-axis.u-off,.u-select.u-off,.u-cursor-x.u-off,.u-cursor-y.u-off,.u-cursor-pt.u-off{display:none}`,_e=r`
  ${n}
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
`,ve=[`import`,`export`,`value`,`load`,`solar`,`grid`,`curtailed`,`text`,`grid-line`,`zero-line`],ye=e=>`--shems-battery-${e%4+1}`,be=e=>{let t=getComputedStyle(e),n=e=>t.getPropertyValue(e).trim()||`#888888`;return{...Object.fromEntries(ve.map(e=>[e,n(`--shems-${e}`)])),batteries:Array.from({length:4},(e,t)=>n(ye(t))),font:t.fontFamily||`sans-serif`}},xe,Se=e=>(xe??=document.createElement(`canvas`).getContext(`2d`),xe?(xe.fillStyle=`#888888`,xe.fillStyle=e,xe.fillStyle):e),Ce=(e,t)=>{let n=Se(e),r=/^#(..)(..)(..)$/.exec(n),i=r?r.slice(1,4).map(e=>parseInt(e,16)):(n.match(/[\d.]+/g)??[]).slice(0,3).map(Number);return i.length===3?`rgba(${i.join(`, `)}, ${t})`:e},I=900,L=[1,2,3,4,6,8,12,24],we=8,Te=[1,2,2.5,5,10],Ee=(e,t,n,r,i=52)=>{let a=(t-e)/3600,o=Math.max(1,Math.floor(n/i)),s=L.find(e=>a/e<=o)??24,c=[];for(let i=Math.ceil(e/I)*I;i<=t;i+=I){let{hour:a,minute:o}=r.clock(i);if(o!==0||a%s!==0)continue;let l=c[c.length-1];if(l&&i-l.time<s*2700)continue;let u=a===0,d=(t-i)*n/(t-e)<we||(i-e)*n/(t-e)<4,f=u?r.weekday(i):r.fullHour(i);c.push({time:i,midnight:u,label:d?``:f})}return c},De=e=>{let t=10**Math.floor(Math.log10(e));return(Te.find(n=>n*t>=e*.999)??10)*t},Oe=(e,t,n)=>{let r=0,i=0;for(let t of e)t!==null&&Number.isFinite(t)&&(r=Math.min(r,t),i=Math.max(i,t));i-r<n&&(i=r+n);let a=(i-r)*.06;return{min:r<0?r-a:0,max:i>0?i+a:0,step:De((i-r)/t)}},ke=({min:e,max:t,step:n})=>{let r=[];for(let i=Math.ceil(e/n);i*n<=t+n/1e3;i+=1)r.push(i*n);return r},Ae=e=>{for(let t=0;t<4;t+=1){let n=e*10**t;if(Math.abs(n-Math.round(n))<1e-6)return t}return 4},je=(e,t,n)=>Oe(e.flat(),t,n),Me=(e,t)=>t.filter((t,n)=>{let r=e.x[n]??0;return r>=e.from&&r<=e.to}),Ne=(e,t)=>{for(let n of e.sources){let e=n[t];if(e!=null)return e}return null},Pe=!0,Fe=`uplot`,Ie=`u-hz`,Le=`u-vt`,Re=`u-title`,ze=`u-wrap`,Be=`u-under`,Ve=`u-over`,He=`u-axis`,Ue=`u-off`,We=`u-select`,Ge=`u-cursor-x`,Ke=`u-cursor-y`,qe=`u-cursor-pt`,Je=`u-legend`,Ye=`u-live`,Xe=`u-inline`,Ze=`u-series`,Qe=`u-marker`,$e=`u-label`,et=`u-value`,tt=`width`,nt=`height`,rt=`top`,it=`bottom`,at=`left`,ot=`right`,st=`#000`,ct=`#0000`,lt=`mousemove`,ut=`mousedown`,dt=`mouseup`,ft=`mouseenter`,pt=`mouseleave`,mt=`dblclick`,ht=`resize`,gt=`scroll`,_t=`change`,vt=`dppxchange`,yt=`--`,bt=typeof window<`u`,xt=bt?document:null,St=bt?window:null,Ct=bt?navigator:null,R,wt;function Tt(){let e=devicePixelRatio;R!=e&&(R=e,wt&&zt(_t,wt,Tt),wt=matchMedia(`(min-resolution: ${R-.001}dppx) and (max-resolution: ${R+.001}dppx)`),Rt(_t,wt,Tt),St.dispatchEvent(new CustomEvent(vt)))}function Et(e,t){if(t!=null){let n=e.classList;!n.contains(t)&&n.add(t)}}function Dt(e,t){let n=e.classList;n.contains(t)&&n.remove(t)}function z(e,t,n){e.style[t]=n+`px`}function Ot(e,t,n,r){let i=xt.createElement(e);return t!=null&&Et(i,t),n?.insertBefore(i,r),i}function kt(e,t){return Ot(`div`,e,t)}var At=new WeakMap;function jt(e,t,n,r,i){let a=`translate(`+t+`px,`+n+`px)`;a!=At.get(e)&&(e.style.transform=a,At.set(e,a),t<0||n<0||t>r||n>i?Et(e,Ue):Dt(e,Ue))}var Mt=new WeakMap;function Nt(e,t,n){let r=t+n;r!=Mt.get(e)&&(Mt.set(e,r),e.style.background=t,e.style.borderColor=n)}var Pt=new WeakMap;function Ft(e,t,n,r){let i=t+``+n;i!=Pt.get(e)&&(Pt.set(e,i),e.style.height=n+`px`,e.style.width=t+`px`,e.style.marginLeft=r?-t/2+`px`:0,e.style.marginTop=r?-n/2+`px`:0)}var It={passive:!0},Lt={...It,capture:!0};function Rt(e,t,n,r){t.addEventListener(e,n,r?Lt:It)}function zt(e,t,n,r){t.removeEventListener(e,n,It)}bt&&Tt();function Bt(e,t,n,r){let i;n||=0,r||=t.length-1;let a=r<=2147483647;for(;r-n>1;)i=a?n+r>>1:sn((n+r)/2),t[i]<e?n=i:r=i;return e-t[n]<=t[r]-e?n:r}function Vt(e){return(t,n,r)=>{let i=-1,a=-1;for(let a=n;a<=r;a++)if(e(t[a])){i=a;break}for(let i=r;i>=n;i--)if(e(t[i])){a=i;break}return[i,a]}}var Ht=e=>e!=null,Ut=e=>e!=null&&e>0,Wt=Vt(Ht),Gt=Vt(Ut);function Kt(e,t,n,r=0,i=!1){let a=i?Gt:Wt,o=i?Ut:Ht;[t,n]=a(e,t,n);let s=e[t],c=e[t];if(t>-1){if(r==1)s=e[t],c=e[n];else if(r==-1)s=e[n],c=e[t];else for(let r=t;r<=n;r++){let t=e[r];o(t)&&(t<s?s=t:t>c&&(c=t))}}return[s??H,c??-H]}function qt(e,t,n,r){let i=pn(e),a=pn(t);e==t&&(i==-1?(e*=n,t/=n):(e/=n,t*=n));let o=n==10?mn:hn,s=i==1?sn:ln,c=a==1?ln:sn,l=s(o(on(e))),u=c(o(on(t))),d=fn(n,l),f=fn(n,u);return n==10&&(l<0&&(d=G(d,-l)),u<0&&(f=G(f,-u))),r||n==2?(e=d*i,t=f*a):(e=An(e,d),t=kn(t,f)),[e,t]}function Jt(e,t,n,r){let i=qt(e,t,n,r);return e==0&&(i[0]=0),t==0&&(i[1]=0),i}var Yt=.1,Xt={mode:3,pad:Yt},Zt={pad:0,soft:null,mode:0},Qt={min:Zt,max:Zt};function $t(e,t,n,r){return Vn(n)?tn(e,t,n):(Zt.pad=n,Zt.soft=r?0:null,Zt.mode=r?3:0,tn(e,t,Qt))}function B(e,t){return e??t}function en(e,t,n){for(t=B(t,0),n=B(n,e.length-1);t<=n;){if(e[t]!=null)return!0;t++}return!1}function tn(e,t,n){let r=n.min,i=n.max,a=B(r.pad,0),o=B(i.pad,0),s=B(r.hard,-H),c=B(i.hard,H),l=B(r.soft,H),u=B(i.soft,-H),d=B(r.mode,0),f=B(i.mode,0),p=t-e,m=mn(p),h=dn(on(e),on(t)),g=on(mn(h)-m);(p<1e-24||g>10)&&(p=0,(e==0||t==0)&&(p=1e-24,d==2&&l!=H&&(a=0),f==2&&u!=-H&&(o=0)));let _=p||h||1e3,v=fn(10,sn(mn(_))),y=G(An(e-_*(p==0?e==0?.1:1:a),v/10),24),b=e>=l&&(d==1||d==3&&y<=l||d==2&&y>=l)?l:H,x=dn(s,y<b&&e>=b?b:un(b,y)),S=G(kn(t+_*(p==0?t==0?.1:1:o),v/10),24),C=t<=u&&(f==1||f==3&&S>=u||f==2&&S<=u)?u:-H,w=un(c,S>C&&t<=C?C:dn(C,S));return x==w&&x==0&&(w=100),[x,w]}var nn=new Intl.NumberFormat(bt?Ct.language:`en-US`),rn=e=>nn.format(e),V=Math,an=V.PI,on=V.abs,sn=V.floor,cn=V.round,ln=V.ceil,un=V.min,dn=V.max,fn=V.pow,pn=V.sign,mn=V.log10,hn=V.log2,gn=(e,t=1)=>V.sinh(e)*t,_n=(e,t=1)=>V.asinh(e/t),H=1/0;function vn(e){return(mn((e^e>>31)-(e>>31))|0)+1}function yn(e,t,n){return un(dn(e,t),n)}function bn(e){return typeof e==`function`}function U(e){return bn(e)?e:()=>e}var xn=()=>{},W=e=>e,Sn=(e,t)=>t,Cn=e=>null,wn=e=>!0,Tn=(e,t)=>e==t,En=/\.\d*?(?=9{6,}|0{6,})/gm,Dn=e=>{if(Rn(e)||jn.has(e))return e;let t=`${e}`,n=t.match(En);if(n==null)return e;let r=n[0].length-1;if(t.indexOf(`e-`)!=-1){let[e,n]=t.split(`e`);return+`${Dn(e)}e${n}`}return G(e,r)};function On(e,t){return Dn(G(Dn(e/t))*t)}function kn(e,t){return Dn(ln(Dn(e/t))*t)}function An(e,t){return Dn(sn(Dn(e/t))*t)}function G(e,t=0){if(Rn(e))return e;let n=10**t;return cn(e*n*(1+2**-52))/n}var jn=new Map;function Mn(e){return((``+e).split(`.`)[1]||``).length}function Nn(e,t,n,r){let i=[],a=r.map(Mn);for(let o=t;o<n;o++){let t=on(o),n=G(fn(e,o),t);for(let s=0;s<r.length;s++){let c=e==10?+`${r[s]}e${o}`:r[s]*n,l=(o>=0?0:t)+(o>=a[s]?0:a[s]),u=e==10?c:G(c,l);i.push(u),jn.set(u,l)}}return i}var Pn={},Fn=[],In=[null,null],Ln=Array.isArray,Rn=Number.isInteger,zn=e=>e===void 0;function Bn(e){return typeof e==`string`}function Vn(e){let t=!1;if(e!=null){let n=e.constructor;t=n==null||n==Object}return t}function Hn(e){return typeof e==`object`&&!!e}var Un=Object.getPrototypeOf(Uint8Array),Wn=`__proto__`;function Gn(e,t=Vn){let n;if(Ln(e)){let r=e.find(e=>e!=null);if(Ln(r)||t(r)){n=Array(e.length);for(let r=0;r<e.length;r++)n[r]=Gn(e[r],t)}else n=e.slice()}else if(e instanceof Un)n=e.slice();else if(t(e)){n={};for(let r in e)r!=Wn&&(n[r]=Gn(e[r],t))}else n=e;return n}function K(e){let t=arguments;for(let n=1;n<t.length;n++){let r=t[n];for(let t in r)t!=Wn&&(Vn(e[t])?K(e[t],Gn(r[t])):e[t]=Gn(r[t]))}return e}var Kn=0,qn=1,Jn=2;function Yn(e,t,n){for(let r=0,i,a=-1;r<t.length;r++){let o=t[r];if(o>a){for(i=o-1;i>=0&&e[i]==null;)e[i--]=null;for(i=o+1;i<n&&e[i]==null;)e[a=i++]=null}}}function Xn(e,t){if($n(e)){let t=e[0].slice();for(let n=1;n<e.length;n++)t.push(...e[n].slice(1));return er(t[0])||(t=Qn(t)),t}let n=new Set;for(let t=0;t<e.length;t++){let r=e[t][0],i=r.length;for(let e=0;e<i;e++)n.add(r[e])}let r=[Array.from(n).sort((e,t)=>e-t)],i=r[0].length,a=new Map;for(let e=0;e<i;e++)a.set(r[0][e],e);for(let n=0;n<e.length;n++){let o=e[n],s=o[0];for(let e=1;e<o.length;e++){let c=o[e],l=Array(i).fill(void 0),u=t?t[n][e]:qn,d=[];for(let e=0;e<c.length;e++){let t=c[e],n=a.get(s[e]);t===null?u!=Kn&&(l[n]=t,u==Jn&&d.push(n)):l[n]=t}Yn(l,d,i),r.push(l)}}return r}var Zn=typeof queueMicrotask>`u`?e=>Promise.resolve().then(e):queueMicrotask;function Qn(e){let t=e[0],n=t.length,r=Array(n);for(let e=0;e<r.length;e++)r[e]=e;r.sort((e,n)=>t[e]-t[n]);let i=[];for(let t=0;t<e.length;t++){let a=e[t],o=Array(n);for(let e=0;e<n;e++)o[e]=a[r[e]];i.push(o)}return i}function $n(e){let t=e[0][0],n=t.length;for(let r=1;r<e.length;r++){let i=e[r][0];if(i.length!=n)return!1;if(i!=t){for(let e=0;e<n;e++)if(i[e]!=t[e])return!1}}return!0}function er(e,t=100){let n=e.length;if(n<=1)return!0;let r=0,i=n-1;for(;r<=i&&e[r]==null;)r++;for(;i>=r&&e[i]==null;)i--;if(i<=r)return!0;let a=dn(1,sn((i-r+1)/t));for(let t=e[r],n=r+a;n<=i;n+=a){let r=e[n];if(r!=null){if(r<=t)return!1;t=r}}return!0}var tr=[`January`,`February`,`March`,`April`,`May`,`June`,`July`,`August`,`September`,`October`,`November`,`December`],nr=[`Sunday`,`Monday`,`Tuesday`,`Wednesday`,`Thursday`,`Friday`,`Saturday`];function rr(e){return e.slice(0,3)}var ir=nr.map(rr),ar={MMMM:tr,MMM:tr.map(rr),WWWW:nr,WWW:ir};function or(e){return(e<10?`0`:``)+e}function sr(e){return(e<10?`00`:e<100?`0`:``)+e}var cr={YYYY:e=>e.getFullYear(),YY:e=>(e.getFullYear()+``).slice(2),MMMM:(e,t)=>t.MMMM[e.getMonth()],MMM:(e,t)=>t.MMM[e.getMonth()],MM:e=>or(e.getMonth()+1),M:e=>e.getMonth()+1,DD:e=>or(e.getDate()),D:e=>e.getDate(),WWWW:(e,t)=>t.WWWW[e.getDay()],WWW:(e,t)=>t.WWW[e.getDay()],HH:e=>or(e.getHours()),H:e=>e.getHours(),h:e=>{let t=e.getHours();return t==0?12:t>12?t-12:t},AA:e=>e.getHours()>=12?`PM`:`AM`,aa:e=>e.getHours()>=12?`pm`:`am`,a:e=>e.getHours()>=12?`p`:`a`,mm:e=>or(e.getMinutes()),m:e=>e.getMinutes(),ss:e=>or(e.getSeconds()),s:e=>e.getSeconds(),fff:e=>sr(e.getMilliseconds())};function lr(e,t){t||=ar;let n=[],r=/\{([a-z]+)\}|[^{]+/gi,i;for(;i=r.exec(e);)n.push(i[0][0]==`{`?cr[i[1]]:i[0]);return e=>{let r=``;for(let i=0;i<n.length;i++)r+=typeof n[i]==`string`?n[i]:n[i](e,t);return r}}var ur=new Intl.DateTimeFormat().resolvedOptions().timeZone;function dr(e,t){let n;return t==`UTC`||t==`Etc/UTC`?n=new Date(+e+e.getTimezoneOffset()*6e4):t==ur?n=e:(n=new Date(e.toLocaleString(`en-US`,{timeZone:t})),n.setMilliseconds(e.getMilliseconds())),n}var fr=e=>e%1==0,pr=[1,2,2.5,5],mr=Nn(10,-32,0,pr),hr=Nn(10,0,32,pr),gr=hr.filter(fr),_r=mr.concat(hr),vr=`
`,yr=`{YYYY}`,br=vr+yr,xr=`{M}/{D}`,Sr=vr+xr,Cr=Sr+`/{YY}`,wr=`{aa}`,Tr=`{h}:{mm}`+wr,Er=vr+Tr,Dr=`:{ss}`,q=null;function Or(e){let t=e*1e3,n=t*60,r=n*60,i=r*24,a=i*30,o=i*365,s=(e==1?Nn(10,0,3,pr).filter(fr):Nn(10,-3,0,pr)).concat([t,t*5,t*10,t*15,t*30,n,n*5,n*10,n*15,n*30,r,r*2,r*3,r*4,r*6,r*8,r*12,i,i*2,i*3,i*4,i*5,i*6,i*7,i*8,i*9,i*10,i*15,a,a*2,a*3,a*4,a*6,o,o*2,o*5,o*10,o*25,o*50,o*100]),c=[[o,yr,q,q,q,q,q,q,1],[i*28,`{MMM}`,br,q,q,q,q,q,1],[i,xr,br,q,q,q,q,q,1],[r,`{h}`+wr,Cr,q,Sr,q,q,q,1],[n,Tr,Cr,q,Sr,q,q,q,1],[t,Dr,Cr+` `+Tr,q,Sr+` `+Tr,q,Er,q,1],[e,Dr+`.{fff}`,Cr+` `+Tr,q,Sr+` `+Tr,q,Er,q,1]];function l(t){return(s,c,l,u,d,f)=>{let p=[],m=d>=o,h=d>=a&&d<o,g=t(l),_=G(g*e,3),v=Rr(g.getFullYear(),m?0:g.getMonth(),h||m?1:g.getDate()),y=G(v*e,3);if(h||m){let n=h?d/a:0,r=m?d/o:0,i=_==y?_:G(Rr(v.getFullYear()+r,v.getMonth()+n,1)*e,3),s=new Date(cn(i/e)),c=s.getFullYear(),l=s.getMonth();for(let a=0;i<=u;a++){let o=Rr(c+r*a,l+n*a,1),s=o-t(G(o*e,3));i=G((+o+s)*e,3),i<=u&&p.push(i)}}else{let a=d>=i?i:d,o=y+(sn(l)-sn(_))+kn(_-y,a);p.push(o);let m=t(o),h=m.getHours()+m.getMinutes()/n+m.getSeconds()/r,g=d/r,v=f/s.axes[c]._space;for(;o=G(o+d,e==1?0:3),!(o>u);)if(g>1){let e=sn(G(h+g,6))%24,n=t(o).getHours()-e;n>1&&(n=-1),o-=n*r,h=(h+g)%24;let i=p[p.length-1];G((o-i)/d,3)*v>=.7&&p.push(o)}else p.push(o)}return p}}return[s,c,l]}var[kr,Ar,jr]=Or(1),[Mr,Nr,Pr]=Or(.001);Nn(2,-53,53,[1]);function Fr(e,t){return e.map(e=>e.map((n,r)=>r==0||r==8||n==null?n:t(r==1||e[8]==0?n:e[1]+n)))}function Ir(e,t){return(n,r,i,a,o)=>{let s=t.find(e=>o>=e[0])||t[t.length-1],c,l,u,d,f,p;return r.map(t=>{let n=e(t),r=n.getFullYear(),i=n.getMonth(),a=n.getDate(),o=n.getHours(),m=n.getMinutes(),h=n.getSeconds(),g=r!=c&&s[2]||i!=l&&s[3]||a!=u&&s[4]||o!=d&&s[5]||m!=f&&s[6]||h!=p&&s[7]||s[1];return c=r,l=i,u=a,d=o,f=m,p=h,g(n)})}}function Lr(e,t){let n=lr(t);return(t,r,i,a,o)=>r.map(t=>n(e(t)))}function Rr(e,t,n){return new Date(e,t,n)}function zr(e,t){return t(e)}var Br=`{YYYY}-{MM}-{DD} {h}:{mm}{aa}`;function Vr(e,t){return(n,r,i,a)=>a==null?yt:t(e(r))}function Hr(e,t){let n=e.series[t];return n.width?n.stroke(e,t):n.points.width?n.points.stroke(e,t):null}function Ur(e,t){return e.series[t].fill(e,t)}var Wr={show:!0,live:!0,isolate:!1,mount:xn,markers:{show:!0,width:2,stroke:Hr,fill:Ur,dash:`solid`},idx:null,idxs:null,values:[]};function Gr(e,t){let n=e.cursor.points,r=kt(),i=n.size(e,t);z(r,tt,i),z(r,nt,i);let a=i/-2;z(r,`marginLeft`,a),z(r,`marginTop`,a);let o=n.width(e,t,i);return o&&z(r,`borderWidth`,o),r}function Kr(e,t){let n=e.series[t].points;return n._fill||n._stroke}function qr(e,t){let n=e.series[t].points;return n._stroke||n._fill}function Jr(e,t){return e.series[t].points.size}var Yr=[0,0];function Xr(e,t,n){return Yr[0]=t,Yr[1]=n,Yr}function Zr(e,t,n,r=!0){return e=>{e.button!=0||r&&e.target!=t||n(e)}}function Qr(e,t,n,r=!0){return e=>{r&&e.target!=t||n(e)}}var $r={show:!0,x:!0,y:!0,lock:!1,move:Xr,points:{one:!1,show:Gr,size:Jr,width:0,stroke:qr,fill:Kr},bind:{mousedown:Zr,mouseup:Zr,click:Zr,dblclick:Zr,mousemove:Qr,mouseleave:Qr,mouseenter:Qr},drag:{setScale:!0,x:!0,y:!1,dist:0,uni:null,click:(e,t)=>{t.stopPropagation(),t.stopImmediatePropagation()},_x:!1,_y:!1},focus:{dist:(e,t,n,r,i)=>r-i,prox:-1,bias:0},hover:{skip:[void 0],prox:null,bias:0},left:-10,top:-10,idx:null,dataIdx:null,idxs:null,event:null},J={show:!0,stroke:`rgba(0,0,0,0.07)`,width:2},Y=K({},J,{filter:Sn}),ei=K({},Y,{size:10}),ti=K({},J,{show:!1}),X=`12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Color Emoji"`,Z=`bold `+X,Q=1.5,ni={show:!0,scale:`x`,stroke:st,space:50,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:Z,side:2,grid:Y,ticks:ei,border:ti,font:X,lineGap:Q,rotate:0},ri=`Value`,ii=`Time`,ai={show:!0,scale:`x`,auto:!1,sorted:1,min:H,max:-1/0,idxs:[]};function oi(e,t,n,r,i){return t.map(e=>e==null?``:rn(e))}function si(e,t,n,r,i,a,o){let s=[],c=jn.get(i)||0;n=o?n:G(kn(n,i),c);for(let e=n;e<=r;e=G(e+i,c))s.push(Object.is(e,-0)?0:e);return s}function ci(e,t,n,r,i,a,o){let s=[],c=e.scales[e.axes[t].scale].log;i=fn(c,sn((c==10?mn:hn)(n))),c==10&&(i=_r[Bt(i,_r)]);let l=n,u=i*c;c==10&&(u=_r[Bt(u,_r)]);do s.push(l),l+=i,c==10&&!jn.has(l)&&(l=G(l,jn.get(i))),l>=u&&(i=l,u=i*c,c==10&&(u=_r[Bt(u,_r)]));while(l<=r);return s}function li(e,t,n,r,i,a,o){let s=e.scales[e.axes[t].scale].asinh,c=r>s?ci(e,t,dn(s,n),r,i):[s],l=r>=0&&n<=0?[0]:[];return(n<-s?ci(e,t,dn(s,-r),-n,i):[s]).reverse().map(e=>-e).concat(l,c)}var ui=/./,di=/[12357]/,fi=/[125]/,pi=/1/,mi=(e,t,n,r)=>e.map((e,i)=>t==4&&e==0||i%r==0&&n.test(e.toExponential()[+(e<0)])?e:null);function hi(e,t,n,r,i){let a=e.axes[n],o=a.scale,s=e.scales[o],c=e.valToPos,l=a._space,u=c(10,o),d=c(9,o)-u>=l?ui:c(7,o)-u>=l?di:c(5,o)-u>=l?fi:pi;if(d==pi){let e=on(c(1,o)-u);if(e<l)return mi(t.slice().reverse(),s.distr,d,ln(l/e)).reverse()}return mi(t,s.distr,d,1)}function gi(e,t,n,r,i){let a=e.axes[n],o=a.scale,s=a._space,c=e.valToPos,l=on(c(1,o)-c(2,o));return l<s?mi(t.slice().reverse(),3,ui,ln(s/l)).reverse():t}function _i(e,t,n,r){return r==null?yt:t==null?``:rn(t)}var vi={show:!0,scale:`y`,stroke:st,space:30,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:Z,side:3,grid:Y,ticks:ei,border:ti,font:X,lineGap:Q,rotate:0};function yi(e,t){return G((3+(e||1)*2)*t,3)}function bi(e,t){let{scale:n,idxs:r}=e.series[0],i=e._data[0],a=e.valToPos(i[r[0]],n,!0),o=on(e.valToPos(i[r[1]],n,!0)-a)/(e.series[t].points.space*R);return r[1]-r[0]<=o}var xi={scale:null,auto:!0,sorted:0,min:H,max:-1/0},Si=(e,t,n,r,i)=>i,Ci={show:!0,auto:!0,sorted:0,gaps:Si,alpha:1,facets:[K({},xi,{scale:`x`}),K({},xi,{scale:`y`})]},wi={scale:`y`,auto:!0,sorted:0,show:!0,spanGaps:!1,gaps:Si,alpha:1,points:{show:bi,filter:null},values:null,min:H,max:-1/0,idxs:[],path:null,clip:null};function Ti(e,t,n,r,i){return n/10}var Ei={time:Pe,auto:!0,distr:1,log:10,asinh:1,min:null,max:null,dir:1,ori:0},Di=K({},Ei,{time:!1,ori:1}),Oi={};function ki(e,t){let n=Oi[e];return n||(n={key:e,plots:[],sub(e){n.plots.push(e)},unsub(e){n.plots=n.plots.filter(t=>t!=e)},pub(e,t,r,i,a,o,s){for(let c=0;c<n.plots.length;c++)n.plots[c]!=t&&n.plots[c].pub(e,t,r,i,a,o,s)}},e!=null&&(Oi[e]=n)),n}var Ai=1,ji=2;function Mi(e,t,n){let r=e.mode,i=e.series[t],a=r==2?e._data[t]:e._data,o=e.scales,s=e.bbox,c=a[0],l=r==2?a[1]:a[t],u=r==2?o[i.facets[0].scale]:o[e.series[0].scale],d=r==2?o[i.facets[1].scale]:o[i.scale],f=s.left,p=s.top,m=s.width,h=s.height,g=e.valToPosH,_=e.valToPosV;return u.ori==0?n(i,c,l,u,d,g,_,f,p,m,h,Vi,Ui,Gi,qi,Yi):n(i,c,l,u,d,_,g,p,f,h,m,Hi,Wi,Ki,Ji,Xi)}function Ni(e,t){let n=0,r=0,i=B(e.bands,Fn);for(let e=0;e<i.length;e++){let a=i[e];a.series[0]==t?n=a.dir:a.series[1]==t&&(a.dir==1?r|=1:r|=2)}return[n,r==1?-1:r==2?1:r==3?2:0]}function Pi(e,t,n,r,i){let a=e.mode,o=e.series[t],s=a==2?o.facets[1].scale:o.scale,c=e.scales[s];return i==-1?c.min:i==1?c.max:c.distr==3?c.dir==1?c.min:c.max:0}function Fi(e,t,n,r,i,a){return Mi(e,t,(e,t,o,s,c,l,u,d,f,p,m)=>{let h=e.pxRound,g=s.dir*(s.ori==0?1:-1),_=s.ori==0?Ui:Wi,v,y;g==1?(v=n,y=r):(v=r,y=n);let b=h(l(t[v],s,p,d)),x=h(u(o[v],c,m,f)),S=h(l(t[y],s,p,d)),C=h(u(a==1?c.max:c.min,c,m,f)),w=new Path2D(i);return _(w,S,C),_(w,b,C),_(w,b,x),w})}function Ii(e,t,n,r,i,a){let o=null;if(e.length>0){o=new Path2D;let s=t==0?Gi:Ki,c=n;for(let t=0;t<e.length;t++){let n=e[t];if(n[1]>n[0]){let e=n[0]-c;e>0&&s(o,c,r,e,r+a),c=n[1]}}let l=n+i-c;l>0&&s(o,c,r-5,l,r+a+10)}return o}function Li(e,t,n){let r=e[e.length-1];r&&r[0]==t?r[1]=n:e.push([t,n])}function Ri(e,t,n,r,i,a,o){let s=[],c=e.length;for(let l=i==1?n:r;l>=n&&l<=r;l+=i)if(t[l]===null){let u=l,d=l;if(i==1)for(;++l<=r&&t[l]===null;)d=l;else for(;--l>=n&&t[l]===null;)d=l;let f=a(e[u]),p=d==u?f:a(e[d]),m=u-i;f=o<=0&&m>=0&&m<c?a(e[m]):f;let h=d+i;p=o>=0&&h>=0&&h<c?a(e[h]):p,p>=f&&s.push([f,p])}return s}function zi(e){return e==0?W:e==1?cn:t=>On(t,e)}function Bi(e){let t=e==0?Vi:Hi,n=e==0?(e,t,n,r,i,a)=>{e.arcTo(t,n,r,i,a)}:(e,t,n,r,i,a)=>{e.arcTo(n,t,i,r,a)},r=e==0?(e,t,n,r,i)=>{e.rect(t,n,r,i)}:(e,t,n,r,i)=>{e.rect(n,t,i,r)};return(e,i,a,o,s,c=0,l=0)=>{c==0&&l==0?r(e,i,a,o,s):(c=un(c,o/2,s/2),l=un(l,o/2,s/2),t(e,i+c,a),n(e,i+o,a,i+o,a+s,c),n(e,i+o,a+s,i,a+s,l),n(e,i,a+s,i,a,l),n(e,i,a,i+o,a,c),e.closePath())}}var Vi=(e,t,n)=>{e.moveTo(t,n)},Hi=(e,t,n)=>{e.moveTo(n,t)},Ui=(e,t,n)=>{e.lineTo(t,n)},Wi=(e,t,n)=>{e.lineTo(n,t)},Gi=Bi(0),Ki=Bi(1),qi=(e,t,n,r,i,a)=>{e.arc(t,n,r,i,a)},Ji=(e,t,n,r,i,a)=>{e.arc(n,t,r,i,a)},Yi=(e,t,n,r,i,a,o)=>{e.bezierCurveTo(t,n,r,i,a,o)},Xi=(e,t,n,r,i,a,o)=>{e.bezierCurveTo(n,t,i,r,o,a)};function Zi(e){return(e,t,n,r,i)=>Mi(e,t,(t,a,o,s,c,l,u,d,f,p,m)=>{let{pxRound:h,points:g}=t,_,v;s.ori==0?(_=Vi,v=qi):(_=Hi,v=Ji);let y=G(g.width*R,3),b=(g.size-g.width)/2*R,x=G(b*2,3),S=new Path2D,C=new Path2D,{left:w,top:T,width:E,height:D}=e.bbox;Gi(C,w-x,T-x,E+x*2,D+x*2);let O=e=>{if(o[e]!=null){let t=h(l(a[e],s,p,d)),n=h(u(o[e],c,m,f));_(S,t+b,n),v(S,t,n,b,0,an*2)}};if(i)i.forEach(O);else for(let e=n;e<=r;e++)O(e);return{stroke:y>0?S:null,fill:S,clip:C,flags:3}})}function Qi(e){return(t,n,r,i,a,o)=>{r!=i&&(a!=r&&o!=r&&e(t,n,r),a!=i&&o!=i&&e(t,n,i),e(t,n,o))}}var $i=Qi(Ui),ea=Qi(Wi);function ta(e){let t=B(e?.alignGaps,0);return(e,n,r,i)=>Mi(e,n,(a,o,s,c,l,u,d,f,p,m,h)=>{[r,i]=Wt(s,r,i);let g=a.pxRound,_=e=>g(u(e,c,m,f)),v=e=>g(d(e,l,h,p)),y,b;c.ori==0?(y=Ui,b=$i):(y=Wi,b=ea);let x=c.dir*(c.ori==0?1:-1),S={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:Ai},C=S.stroke,w=!1;if(i-r>=m*4){let t=t=>e.posToVal(t,c.key,!0),n=null,a=null,l,u,d,f=_(o[x==1?r:i]),p=_(o[r]),m=_(o[i]),h=t(x==1?p+1:m-1);for(let e=x==1?r:i;e>=r&&e<=i;e+=x){let r=o[e],i=(x==1?r<h:r>h)?f:_(r),c=s[e];i==f?c==null?c===null&&(w=!0):(u=c,n==null?(y(C,i,v(u)),l=n=a=u):u<n?n=u:u>a&&(a=u)):(n!=null&&b(C,f,v(n),v(a),v(l),v(u)),c==null?(n=a=null,c===null&&(w=!0)):(u=c,y(C,i,v(u)),n=a=l=u),f=i,h=t(f+x))}n!=null&&n!=a&&d!=f&&b(C,f,v(n),v(a),v(l),v(u))}else for(let e=x==1?r:i;e>=r&&e<=i;e+=x){let t=s[e];t===null?w=!0:t!=null&&y(C,_(o[e]),v(t))}let[T,E]=Ni(e,n);if(a.fill!=null||T!=0){let t=S.fill=new Path2D(C),s=v(a.fillTo(e,n,a.min,a.max,T)),c=_(o[r]),l=_(o[i]);x==-1&&([l,c]=[c,l]),y(t,l,s),y(t,c,s)}if(!a.spanGaps){let l=[];w&&l.push(...Ri(o,s,r,i,x,_,t)),S.gaps=l=a.gaps(e,n,r,i,l),S.clip=Ii(l,c.ori,f,p,m,h)}return E!=0&&(S.band=E==2?[Fi(e,n,r,i,C,-1),Fi(e,n,r,i,C,1)]:Fi(e,n,r,i,C,E)),S})}function na(e){let t=B(e.align,1),n=B(e.ascDesc,!1),r=B(e.alignGaps,0),i=B(e.extend,!1);return(e,a,o,s)=>Mi(e,a,(c,l,u,d,f,p,m,h,g,_,v)=>{[o,s]=Wt(u,o,s);let y=c.pxRound,{left:b,width:x}=e.bbox,S=e=>y(p(e,d,_,h)),C=e=>y(m(e,f,v,g)),w=d.ori==0?Ui:Wi,T={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:Ai},E=T.stroke,D=d.dir*(d.ori==0?1:-1),O=C(u[D==1?o:s]),ee=S(l[D==1?o:s]),te=ee,k=ee;i&&t==-1&&(k=b,w(E,k,O)),w(E,ee,O);for(let e=D==1?o:s;e>=o&&e<=s;e+=D){let n=u[e];if(n==null)continue;let r=S(l[e]),i=C(n);t==1?w(E,r,O):w(E,te,i),w(E,r,i),O=i,te=r}let ne=te;i&&t==1&&(ne=b+x,w(E,ne,O));let[re,ie]=Ni(e,a);if(c.fill!=null||re!=0){let t=T.fill=new Path2D(E),n=C(c.fillTo(e,a,c.min,c.max,re));w(t,ne,n),w(t,k,n)}if(!c.spanGaps){let i=[];i.push(...Ri(l,u,o,s,D,S,r));let f=c.width*R/2,p=n||t==1?f:-f,m=n||t==-1?-f:f;i.forEach(e=>{e[0]+=p,e[1]+=m}),T.gaps=i=c.gaps(e,a,o,s,i),T.clip=Ii(i,d.ori,h,g,_,v)}return ie!=0&&(T.band=ie==2?[Fi(e,a,o,s,E,-1),Fi(e,a,o,s,E,1)]:Fi(e,a,o,s,E,ie)),T})}function ra(e,t,n,r,i,a,o=H){if(e.length>1){let s=null;for(let c=0,l=1/0;c<e.length;c++)if(t[c]!==void 0){if(s!=null){let t=on(e[c]-e[s]);t<l&&(l=t,o=on(n(e[c],r,i,a)-n(e[s],r,i,a)))}s=c}}return o}function ia(e){e||=Pn;let t=B(e.size,[.6,H,1]),n=e.align||0,r=e.gap||0,i=e.radius;i=i==null?[0,0]:typeof i==`number`?[i,0]:i;let a=U(i),o=1-t[0],s=B(t[1],H),c=B(t[2],1),l=B(e.disp,Pn),u=B(e.each,e=>{}),{fill:d,stroke:f}=l;return(e,t,i,p)=>Mi(e,t,(m,h,g,_,v,y,b,x,S,C,w)=>{let T=m.pxRound,E=n,D=r*R,O=s*R,ee=c*R,te,k;_.ori==0?[te,k]=a(e,t):[k,te]=a(e,t);let ne=_.dir*(_.ori==0?1:-1),re=_.ori==0?Gi:Ki,ie=_.ori==0?u:(e,t,n,r,i,a,o)=>{u(e,t,n,i,r,o,a)},ae=B(e.bands,Fn).find(e=>e.series[0]==t),oe=ae==null?0:ae.dir,se=m.fillTo(e,t,m.min,m.max,oe),A=T(b(se,v,w,S)),j,M,N,P=C,F=T(m.width*R),ce=!1,le=null,ue=null,de=null,fe=null;d!=null&&(F==0||f!=null)&&(ce=!0,le=d.values(e,t,i,p),ue=new Map,new Set(le).forEach(e=>{e!=null&&ue.set(e,new Path2D)}),F>0&&(de=f.values(e,t,i,p),fe=new Map,new Set(de).forEach(e=>{e!=null&&fe.set(e,new Path2D)})));let{x0:pe,size:me}=l;if(pe!=null&&me!=null){E=1,h=pe.values(e,t,i,p),pe.unit==2&&(h=h.map(t=>e.posToVal(x+t*C,_.key,!0)));let n=me.values(e,t,i,p);M=me.unit==2?n[0]*C:y(n[0],_,C,x)-y(0,_,C,x),P=ra(h,g,y,_,C,x,P),N=P-M+D}else P=ra(h,g,y,_,C,x,P),N=P*o+D,M=P-N;N<1&&(N=0),F>=M/2&&(F=0),N<5&&(T=W);let he=N>0,ge=P-N-(he?F:0);M=T(yn(ge,ee,O)),j=(E==0?M/2:E==ne?0:M)-E*ne*((E==0?D/2:0)+(he?F/2:0));let _e={stroke:null,fill:null,clip:null,band:null,gaps:null,flags:0},ve=ce?null:new Path2D,ye=null;if(ae!=null)ye=e.data[ae.series[1]];else{let{y0:n,y1:r}=l;n!=null&&r!=null&&(g=r.values(e,t,i,p),ye=n.values(e,t,i,p))}let be=te*M,xe=k*M;for(let n=ne==1?i:p;n>=i&&n<=p;n+=ne){let r=g[n];if(r==null)continue;if(ye!=null){let e=ye[n]??0;if(r-e==0)continue;A=b(e,v,w,S)}let i=y(_.distr!=2||l!=null?h[n]:n,_,C,x),a=b(B(r,se),v,w,S),o=T(i-j),s=T(dn(a,A)),c=T(un(a,A)),u=s-c;if(r!=null){let i=r<0?xe:be,a=r<0?be:xe;ce?(F>0&&de[n]!=null&&re(fe.get(de[n]),o,c+sn(F/2),M,dn(0,u-F),i,a),le[n]!=null&&re(ue.get(le[n]),o,c+sn(F/2),M,dn(0,u-F),i,a)):re(ve,o,c+sn(F/2),M,dn(0,u-F),i,a),ie(e,t,n,o-F/2,c,M+F,u)}}return F>0?_e.stroke=ce?fe:ve:ce||(_e._fill=m.width==0?m._fill:m._stroke??m._fill,_e.width=0),_e.fill=ce?ue:ve,_e})}function aa(e,t){let n=B(t?.alignGaps,0);return(t,r,i,a)=>Mi(t,r,(o,s,c,l,u,d,f,p,m,h,g)=>{[i,a]=Wt(c,i,a);let _=o.pxRound,v=e=>_(d(e,l,h,p)),y=e=>_(f(e,u,g,m)),b,x,S;l.ori==0?(b=Vi,S=Ui,x=Yi):(b=Hi,S=Wi,x=Xi);let C=l.dir*(l.ori==0?1:-1),w=v(s[C==1?i:a]),T=w,E=[],D=[];for(let e=C==1?i:a;e>=i&&e<=a;e+=C)if(c[e]!=null){let t=s[e],n=v(t);E.push(T=n),D.push(y(c[e]))}let O={stroke:e(E,D,b,S,x,_),fill:null,clip:null,band:null,gaps:null,flags:Ai},ee=O.stroke,[te,k]=Ni(t,r);if(o.fill!=null||te!=0){let e=O.fill=new Path2D(ee),n=y(o.fillTo(t,r,o.min,o.max,te));S(e,T,n),S(e,w,n)}if(!o.spanGaps){let e=[];e.push(...Ri(s,c,i,a,C,v,n)),O.gaps=e=o.gaps(t,r,i,a,e),O.clip=Ii(e,l.ori,p,m,h,g)}return k!=0&&(O.band=k==2?[Fi(t,r,i,a,ee,-1),Fi(t,r,i,a,ee,1)]:Fi(t,r,i,a,ee,k)),O})}function oa(e){return aa(sa,e)}function sa(e,t,n,r,i,a){let o=e.length;if(o<2)return null;let s=new Path2D;if(n(s,e[0],t[0]),o==2)r(s,e[1],t[1]);else{let n=Array(o),r=Array(o-1),a=Array(o-1),c=Array(o-1);for(let n=0;n<o-1;n++)a[n]=t[n+1]-t[n],c[n]=e[n+1]-e[n],r[n]=a[n]/c[n];n[0]=r[0];for(let e=1;e<o-1;e++)r[e]===0||r[e-1]===0||r[e-1]>0!=r[e]>0?n[e]=0:(n[e]=3*(c[e-1]+c[e])/((2*c[e]+c[e-1])/r[e-1]+(c[e]+2*c[e-1])/r[e]),isFinite(n[e])||(n[e]=0));n[o-1]=r[o-2];for(let r=0;r<o-1;r++)i(s,e[r]+c[r]/3,t[r]+n[r]*c[r]/3,e[r+1]-c[r]/3,t[r+1]-n[r+1]*c[r]/3,e[r+1],t[r+1])}return s}var ca=new Set;function la(){for(let e of ca)e.syncRect(!0)}bt&&(Rt(ht,St,la),Rt(gt,St,la,!0),Rt(vt,St,()=>{Ta.pxRatio=R}));var ua=ta(),da=Zi();function fa(e,t,n,r){return(r?[e[0],e[1]].concat(e.slice(2)):[e[0]].concat(e.slice(1))).map((e,r)=>ma(e,r,t,n))}function pa(e,t){return e.map((e,n)=>n==0?{}:K({},t,e))}function ma(e,t,n,r){return K({},t==0?n:r,e)}function ha(e,t,n){return t==null?In:[t,n]}var ga=ha;function _a(e,t,n){return t==null?In:$t(t,n,Yt,!0)}function va(e,t,n,r){return t==null?In:qt(t,n,e.scales[r].log,!1)}var ya=va;function ba(e,t,n,r){return t==null?In:Jt(t,n,e.scales[r].log,!1)}var xa=ba;function Sa(e,t,n,r,i){let a=dn(vn(e),vn(t)),o=t-e,s=Bt(i/r*o,n);do{let e=n[s],t=r*e/o;if(t>=i&&a+(e<5?jn.get(e):0)<=17)return[e,t]}while(++s<n.length);return[0,0]}function Ca(e){let t,n;return e=e.replace(/(\d+)px/,(e,r)=>(t=cn((n=+r)*R))+`px`),[e,t,n]}function wa(e){e.show&&[e.font,e.labelFont].forEach(e=>{let t=G(e[2]*R,1);e[0]=e[0].replace(/[0-9.]+px/,t+`px`),e[1]=t})}function Ta(e,t,n){let r={mode:B(e.mode,1)},i=r.mode;function a(e,t,n,r){let i=t.valToPct(e);return r+n*(t.dir==-1?1-i:i)}function o(e,t,n,r){let i=t.valToPct(e);return r+n*(t.dir==-1?i:1-i)}function s(e,t,n,r){return t.ori==0?a(e,t,n,r):o(e,t,n,r)}r.valToPosH=a,r.valToPosV=o;let c=!1;r.status=0;let l=r.root=kt(Fe);if(e.id!=null&&(l.id=e.id),Et(l,e.class),e.title){let t=kt(Re,l);t.textContent=e.title}let u=Ot(`canvas`),d=r.ctx=u.getContext(`2d`),f=kt(ze,l);Rt(`click`,f,e=>{e.target===m&&(J!=Yr||Y!=Xr)&&ti.click(r,e)},!0);let p=r.under=kt(Be,f);f.appendChild(u);let m=r.over=kt(Ve,f);e=Gn(e);let h=+B(e.pxAlign,1),g=zi(h);(e.plugins||[]).forEach(t=>{t.opts&&(e=t.opts(r,e)||e)});let _=e.ms||.001,v=r.series=i==1?fa(e.series||[],ai,wi,!1):pa(e.series||[null],Ci),y=r.axes=fa(e.axes||[],ni,vi,!0),b=r.scales={},x=r.bands=e.bands||[];x.forEach(e=>{e.fill=U(e.fill||null),e.dir=B(e.dir,-1)});let S=i==2?v[1].facets[0].scale:v[0].scale,C={axes:xr,series:sr},w=(e.drawOrder||[`axes`,`series`]).map(e=>C[e]);function T(e){let t=e.distr==3?t=>mn(t>0?t:e.clamp(r,t,e.min,e.max,e.key)):e.distr==4?t=>_n(t,e.asinh):e.distr==100?t=>e.fwd(t):e=>e;return n=>{let r=t(n),{_min:i,_max:a}=e,o=a-i;return(r-i)/o}}function E(t){let n=b[t];if(n==null){let r=(e.scales||Pn)[t]||Pn;if(r.from!=null){E(r.from);let e=K({},b[r.from],r,{key:t});e.valToPct=T(e),b[t]=e}else{n=b[t]=K({},t==S?Ei:Di,r),n.key=t;let e=n.time,a=n.range,o=Ln(a);if((t!=S||i==2&&!e)&&(o&&(a[0]==null||a[1]==null)&&(a={min:a[0]==null?Xt:{mode:1,hard:a[0],soft:a[0]},max:a[1]==null?Xt:{mode:1,hard:a[1],soft:a[1]}},o=!1),!o&&Vn(a))){let e=a;a=(t,n,r)=>n==null?In:$t(n,r,e)}n.range=U(a||(e?ga:t==S?n.distr==3?ya:n.distr==4?xa:ha:n.distr==3?va:n.distr==4?ba:_a)),n.auto=U(!o&&n.auto),n.clamp=U(n.clamp||Ti),n._min=n._max=null,n.valToPct=T(n)}}}E(`x`),E(`y`),i==1&&v.forEach(e=>{E(e.scale)}),y.forEach(e=>{E(e.scale)});for(let t in e.scales)E(t);let D=b[S],O=D.distr,ee,te;D.ori==0?(Et(l,Ie),ee=a,te=o):(Et(l,Le),ee=o,te=a);let k={};for(let e in b){let t=b[e];(t.min!=null||t.max!=null)&&(k[e]={min:t.min,max:t.max},t.min=t.max=null)}let ne=e.tzDate||(e=>new Date(cn(e/_))),re=e.fmtDate||lr,ie=_==1?jr(ne):Pr(ne),ae=Ir(ne,Fr(_==1?Ar:Nr,re)),oe=Vr(ne,zr(Br,re)),se=[],A=r.legend=K({},Wr,e.legend),j=r.cursor=K({},$r,{drag:{y:i==2}},e.cursor),M=A.show,N=j.show,P=A.markers;A.idxs=se,P.width=U(P.width),P.dash=U(P.dash),P.stroke=U(P.stroke),P.fill=U(P.fill);let F,ce,le,ue=[],de=[],fe,pe=!1,me={};if(A.live){let e=v[1]?v[1].values:null;pe=e!=null,fe=pe?e(r,1,0):{_:0};for(let e in fe)me[e]=yt}if(M){if(F=Ot(`table`,Je,l),le=Ot(`tbody`,null,F),A.mount(r,F),pe){ce=Ot(`thead`,null,F,le);let e=Ot(`tr`,null,ce);for(var he in Ot(`th`,null,e),fe)Ot(`th`,$e,e).textContent=he}else Et(F,Xe),A.live&&Et(F,Ye)}let ge={show:!0},_e={show:!1};function ve(e,t){if(t==0&&(pe||!A.live||i==2))return In;let n=[],a=Ot(`tr`,Ze,le,le.childNodes[t]);Et(a,e.class),e.show||Et(a,Ue);let o=Ot(`th`,null,a);if(P.show){let e=kt(Qe,o);if(t>0){let n=P.width(r,t);n&&(e.style.border=n+`px `+P.dash(r,t)+` `+P.stroke(r,t)),e.style.background=P.fill(r,t)}}let s=kt($e,o);for(var c in e.label instanceof HTMLElement?s.appendChild(e.label):s.textContent=e.label,t>0&&(P.show||(s.style.color=e.width>0?P.stroke(r,t):P.fill(r,t)),be(`click`,o,t=>{if(j._lock)return;It(t);let n=v.indexOf(e);if((t.ctrlKey||t.metaKey)!=A.isolate){let e=v.some((e,t)=>t>0&&t!=n&&e.show);v.forEach((t,r)=>{r>0&&mi(r,e?r==n?ge:_e:ge,!0,$.setSeries)})}else mi(n,{show:!e.show},!0,$.setSeries)},!1),Ht&&be(ft,o,t=>{j._lock||(It(t),mi(v.indexOf(e),Ii,!0,$.setSeries))},!1)),fe){let e=Ot(`td`,et,a);e.textContent=`--`,n.push(e)}return[a,n]}let ye=new Map;function be(e,t,n,i=!0){let a=ye.get(t)||{},o=j.bind[e](r,t,n,i);o&&(Rt(e,t,a[e]=o),ye.set(t,a))}function xe(e,t,n){let r=ye.get(t)||{};for(let n in r)(e==null||n==e)&&(zt(n,t,r[n]),delete r[n]);e??ye.delete(t)}let Se=0,Ce=0,I=0,L=0,we=0,Te=0,Ee=we,De=Te,Oe=I,ke=L,Ae=0,je=0,Me=0,Ne=0;r.bbox={};let Pe=!1,st=!1,ht=!1,gt=!1,_t=!1,bt=!1;function Ct(e,t,n){(n||e!=r.width||t!=r.height)&&wt(e,t),Sr(!1),ht=!0,st=!0,Dr()}function wt(e,t){r.width=Se=I=e,r.height=Ce=L=t,we=Te=0,Mt(),Pt();let n=r.bbox;Ae=n.left=On(we*R,.5),je=n.top=On(Te*R,.5),Me=n.width=On(I*R,.5),Ne=n.height=On(L*R,.5)}function Tt(){let e=!1,t=0;for(;!e;){t++;let n=yr(t),i=br(t);e=t==3||n&&i,e||(wt(r.width,r.height),st=!0)}}function At({width:e,height:t}){Ct(e,t)}r.setSize=At;function Mt(){let e=!1,t=!1,n=!1,r=!1;y.forEach((i,a)=>{if(i.show&&i._show){let{side:a,_size:o}=i,s=a%2,c=o+(i.label==null?0:i.labelSize);c>0&&(s?(I-=c,a==3?(we+=c,r=!0):n=!0):(L-=c,a==0?(Te+=c,e=!0):t=!0))}}),V[0]=e,V[1]=n,V[2]=t,V[3]=r,I-=vn[1]+vn[3],we+=vn[3],L-=vn[2]+vn[0],Te+=vn[0]}function Pt(){let e=we+I,t=Te+L,n=we,r=Te;function i(i,a){switch(i){case 1:return e+=a,e-a;case 2:return t+=a,t-a;case 3:return n-=a,n+a;case 0:return r-=a,r+a}}y.forEach((e,t)=>{if(e.show&&e._show){let t=e.side;e._pos=i(t,e._size),e.label!=null&&(e._lpos=i(t,e.labelSize))}})}if(j.dataIdx==null){let e=j.hover,n=e.skip=new Set(e.skip??[]);n.add(void 0);let r=e.prox=U(e.prox),i=e.bias??=0;j.dataIdx=(e,a,o,s)=>{if(a==0)return o;let c=o,l=r(e,a,o,s)??H,u=l>=0&&l<H,d=D.ori==0?I:L,f=j.left,p=t[0],m=t[a];if(n.has(m[o])){c=null;let e=null,t=null,r;if(i==0||i==-1)for(r=o;e==null&&r-->0;)n.has(m[r])||(e=r);if(i==0||i==1)for(r=o;t==null&&r++<m.length;)n.has(m[r])||(t=r);if(e!=null||t!=null){if(u){let n=e==null?-1/0:ee(p[e],D,d,0),r=t==null?1/0:ee(p[t],D,d,0),i=f-n,a=r-f;i<=a?i<=l&&(c=e):a<=l&&(c=t)}else c=t==null?e:e==null?t:o-e<=t-o?e:t}}else u&&on(f-ee(p[o],D,d,0))>l&&(c=null);return c}}let It=e=>{j.event=e};j.idxs=se,j._lock=!1;let Lt=j.points;Lt.show=U(Lt.show),Lt.size=U(Lt.size),Lt.stroke=U(Lt.stroke),Lt.width=U(Lt.width),Lt.fill=U(Lt.fill);let Vt=r.focus=K({},e.focus||{alpha:.3},j.focus),Ht=Vt.prox>=0,Ut=Ht&&Lt.one,Wt=[],Gt=[],Zt=[];function Qt(e,t){let n=Lt.show(r,t);if(n instanceof HTMLElement)return Et(n,qe),Et(n,e.class),jt(n,-10,-10,I,L),m.insertBefore(n,Wt[t]),n}function tn(e,t){if(i==1||t>0){let t=i==1&&b[e.scale].time,n=e.value;e.value=t?Bn(n)?Vr(ne,zr(n,re)):n||oe:n||_i,e.label=e.label||(t?ii:ri)}if(Ut||t>0){e.width=e.width==null?1:e.width,e.paths=e.paths||ua||Cn,e.fillTo=U(e.fillTo||Pi),e.pxAlign=+B(e.pxAlign,h),e.pxRound=zi(e.pxAlign),e.stroke=U(e.stroke||null),e.fill=U(e.fill||null),e._stroke=e._fill=e._paths=e._focus=null;let t=yi(dn(1,e.width),1),n=e.points=K({},{size:t,width:dn(1,t*.2),stroke:e.stroke,space:t*2,paths:da,_stroke:null,_fill:null},e.points);n.show=U(n.show),n.filter=U(n.filter),n.fill=U(n.fill),n.stroke=U(n.stroke),n.paths=U(n.paths),n.pxAlign=e.pxAlign}if(M){let n=ve(e,t);ue.splice(t,0,n[0]),de.splice(t,0,n[1]),A.values.push(null)}if(N){se.splice(t,0,null);let n=null;Ut?t==0&&(n=Qt(e,t)):t>0&&(n=Qt(e,t)),Wt.splice(t,0,n),Gt.splice(t,0,0),Zt.splice(t,0,0)}Oa(`addSeries`,t)}function nn(e,t){t??=v.length,e=i==1?ma(e,t,ai,wi):ma(e,t,{},Ci),v.splice(t,0,e),tn(v[t],t)}r.addSeries=nn;function rn(e){if(v.splice(e,1),M){A.values.splice(e,1),de.splice(e,1);let t=ue.splice(e,1)[0];xe(null,t.firstChild),t.remove()}N&&(se.splice(e,1),Wt.splice(e,1)[0].remove(),Gt.splice(e,1),Zt.splice(e,1)),Oa(`delSeries`,e)}r.delSeries=rn;let V=[!1,!1,!1,!1];function sn(e,t){if(e._show=e.show,e.show){let n=e.side%2,i=b[e.scale];i??=(e.scale=n?v[1].scale:S,b[e.scale]);let a=i.time;e.size=U(e.size),e.space=U(e.space),e.rotate=U(e.rotate),Ln(e.incrs)&&e.incrs.forEach(e=>{!jn.has(e)&&jn.set(e,Mn(e))}),e.incrs=U(e.incrs||(i.distr==2?gr:a?_==1?kr:Mr:_r)),e.splits=U(e.splits||(a&&i.distr==1?ie:i.distr==3?ci:i.distr==4?li:si)),e.stroke=U(e.stroke),e.grid.stroke=U(e.grid.stroke),e.ticks.stroke=U(e.ticks.stroke),e.border.stroke=U(e.border.stroke);let o=e.values;e.values=Ln(o)&&!Ln(o[0])?U(o):a?Ln(o)?Ir(ne,Fr(o,re)):Bn(o)?Lr(ne,o):o||ae:o||oi,e.filter=U(e.filter||(i.distr>=3&&i.log==10?hi:i.distr==3&&i.log==2?gi:Sn)),e.font=Ca(e.font),e.labelFont=Ca(e.labelFont),e._size=e.size(r,null,t,0),e._space=e._rotate=e._incrs=e._found=e._splits=e._values=null,e._size>0&&(V[t]=!0,e._el=kt(He,f))}}function pn(e,t,n,r){let[i,a,o,s]=n,c=t%2,l=0;return c==0&&(s||a)&&(l=t==0&&!i||t==2&&!o?cn(ni.size/3):0),c==1&&(i||o)&&(l=t==1&&!a||t==3&&!s?cn(vi.size/2):0),l}let hn=r.padding=(e.padding||[pn,pn,pn,pn]).map(e=>U(B(e,pn))),vn=r._padding=hn.map((e,t)=>e(r,t,V,0)),xn,W=null,En=null,Dn=i==1?v[0].idxs:null,kn=null,An=!1;function Nn(e,n){if(t=e??[],r.data=r._data=t,i==2){xn=0;for(let e=1;e<v.length;e++)xn+=t[e][0].length}else{t.length==0&&(r.data=r._data=t=[[]]),kn=t[0],xn=kn.length;let e=t;if(O==2){e=t.slice();let n=e[0]=Array(xn);for(let e=0;e<xn;e++)n[e]=e}r._data=t=e}if(Sr(!0),Oa(`setData`),O==2&&(ht=!0),n!==!1){let e=D;e.auto(r,An)?Rn():pi(S,e.min,e.max),gt||=j.left>=0,bt=!0,Dr()}}r.setData=Nn;function Rn(){An=!0;let e,n;i==1&&(xn>0?(W=Dn[0]=0,En=Dn[1]=xn-1,e=t[0][W],n=t[0][En],O==2?(e=W,n=En):e==n&&(O==3?[e,n]=qt(e,e,D.log,!1):O==4?[e,n]=Jt(e,e,D.log,!1):D.time?n=e+cn(86400/_):[e,n]=$t(e,n,Yt,!0))):(W=Dn[0]=e=null,En=Dn[1]=n=null)),pi(S,e,n)}let Un,Wn,Kn,qn,Jn,Yn,Xn,Qn,$n,er;function tr(e,t,n,r,i,a){e??=ct,n??=Fn,r??=`butt`,i??=ct,a??=`round`,e!=Un&&(d.strokeStyle=Un=e),i!=Wn&&(d.fillStyle=Wn=i),t!=Kn&&(d.lineWidth=Kn=t),a!=Jn&&(d.lineJoin=Jn=a),r!=Yn&&(d.lineCap=Yn=r),n!=qn&&d.setLineDash(qn=n)}function nr(e,t,n,r){t!=Wn&&(d.fillStyle=Wn=t),e!=Xn&&(d.font=Xn=e),n!=Qn&&(d.textAlign=Qn=n),r!=$n&&(d.textBaseline=$n=r)}function rr(e,t,n,i,a=0){if(i.length>0&&e.auto(r,An)&&(t==null||t.min==null)){let t=B(W,0),r=B(En,i.length-1),o=n.min==null?Kt(i,t,r,a,e.distr==3):[n.min,n.max];e.min=un(e.min,n.min=o[0]),e.max=dn(e.max,n.max=o[1])}}let ir={min:null,max:null};function ar(){for(let e in b){let t=b[e];k[e]==null&&(t.min==null||k[S]!=null&&t.auto(r,An))&&(k[e]=ir)}for(let e in b){let t=b[e];k[e]==null&&t.from!=null&&k[t.from]!=null&&(k[e]=ir)}k[S]!=null&&Sr(!0);let e={};for(let t in k){let n=k[t];if(n!=null){let a=e[t]=Gn(b[t],Hn);if(n.min!=null)K(a,n);else if(t!=S||i==2){if(xn==0&&a.from==null){let e=a.range(r,null,null,t);a.min=e[0],a.max=e[1]}else a.min=H,a.max=-1/0}}}if(xn>0){v.forEach((n,a)=>{if(i==1){let i=n.scale,o=k[i];if(o==null)return;let s=e[i];if(a==0){let e=s.range(r,s.min,s.max,i);s.min=e[0],s.max=e[1],W=Bt(s.min,t[0]),En=Bt(s.max,t[0]),En-W>1&&(t[0][W]<s.min&&W++,t[0][En]>s.max&&En--),n.min=kn[W],n.max=kn[En]}else n.show&&n.auto&&rr(s,o,n,t[a],n.sorted);n.idxs[0]=W,n.idxs[1]=En}else if(a>0&&n.show&&n.auto){let[r,i]=n.facets,o=r.scale,s=i.scale,[c,l]=t[a],u=e[o],d=e[s];u!=null&&rr(u,k[o],r,c,r.sorted),d!=null&&rr(d,k[s],i,l,i.sorted),n.min=i.min,n.max=i.max}});for(let t in e){let n=e[t],i=k[t];if(n.from==null&&(i==null||i.min==null)){let e=n.range(r,n.min==H?null:n.min,n.max==-1/0?null:n.max,t);n.min=e[0],n.max=e[1]}}}for(let t in e){let n=e[t];if(n.from!=null){let i=e[n.from];if(i.min==null)n.min=n.max=null;else{let e=n.range(r,i.min,i.max,t);n.min=e[0],n.max=e[1]}}}let n={},a=!1;for(let t in e){let r=e[t],i=b[t];if(i.min!=r.min||i.max!=r.max){i.min=r.min,i.max=r.max;let e=i.distr;i._min=e==3?mn(i.min):e==4?_n(i.min,i.asinh):e==100?i.fwd(i.min):i.min,i._max=e==3?mn(i.max):e==4?_n(i.max,i.asinh):e==100?i.fwd(i.max):i.max,n[t]=a=!0}}if(a){v.forEach((e,t)=>{i==2?t>0&&n.y&&(e._paths=null):n[e.scale]&&(e._paths=null)});for(let e in n)ht=!0,Oa(`setScale`,e);N&&j.left>=0&&(gt=bt=!0)}for(let e in k)k[e]=null}function or(e){let t=yn(W-1,0,xn-1),n=yn(En+1,0,xn-1);for(;e[t]==null&&t>0;)t--;for(;e[n]==null&&n<xn-1;)n++;return[t,n]}function sr(){if(xn>0){let e=v.some(e=>e._focus)&&er!=Vt.alpha;e&&(d.globalAlpha=er=Vt.alpha),v.forEach((e,n)=>{if(n>0&&e.show&&(cr(n,!1),cr(n,!0),e._paths==null)){let a=er;er!=e.alpha&&(d.globalAlpha=er=e.alpha);let o=i==2?[0,t[n][0].length-1]:or(t[n]);e._paths=e.paths(r,n,o[0],o[1]),er!=a&&(d.globalAlpha=er=a)}}),v.forEach((e,t)=>{if(t>0&&e.show){let n=er;er!=e.alpha&&(d.globalAlpha=er=e.alpha),e._paths!=null&&ur(t,!1);{let n=e._paths==null?null:e._paths.gaps,i=e.points.show(r,t,W,En,n),a=e.points.filter(r,t,i,n);(i||a)&&(e.points._paths=e.points.paths(r,t,W,En,a),ur(t,!0))}er!=n&&(d.globalAlpha=er=n),Oa(`drawSeries`,t)}}),e&&(d.globalAlpha=er=1)}}function cr(e,t){let n=t?v[e].points:v[e];n._stroke=n.stroke(r,e),n._fill=n.fill(r,e)}function ur(e,t){let n=t?v[e].points:v[e],{stroke:r,fill:i,clip:a,flags:o,_stroke:s=n._stroke,_fill:c=n._fill,_width:l=n.width}=n._paths;l=G(l*R,3);let u=null,f=l%2/2;t&&c==null&&(c=l>0?`#fff`:s);let p=n.pxAlign==1&&f>0;if(p&&d.translate(f,f),!t){let e=Ae-l/2,t=je-l/2,n=Me+l,r=Ne+l;u=new Path2D,u.rect(e,t,n,r)}t?fr(s,l,n.dash,n.cap,c,r,i,o,a):dr(e,s,l,n.dash,n.cap,c,r,i,o,u,a),p&&d.translate(-f,-f)}function dr(e,n,i,a,o,s,c,l,u,d,f){let p=!1;u!=0&&x.forEach((m,h)=>{if(m.series[0]==e){let e=v[m.series[1]],g=t[m.series[1]],_=(e._paths||Pn).band;Ln(_)&&(_=m.dir==1?_[0]:_[1]);let y,b=null;e.show&&_&&en(g,W,En)?(b=m.fill(r,h)||s,y=e._paths.clip):_=null,fr(n,i,a,o,b,c,l,u,d,f,y,_),p=!0}}),p||fr(n,i,a,o,s,c,l,u,d,f)}function fr(e,t,n,r,i,a,o,s,c,l,u,f){tr(e,t,n,r,i),(c||l||f)&&(d.save(),c&&d.clip(c),l&&d.clip(l)),f?(s&3)==3?(d.clip(f),u&&d.clip(u),mr(i,o),pr(e,a,t)):s&ji?(mr(i,o),d.clip(f),pr(e,a,t)):s&Ai&&(d.save(),d.clip(f),u&&d.clip(u),mr(i,o),d.restore(),pr(e,a,t)):(mr(i,o),pr(e,a,t)),(c||l||f)&&d.restore()}function pr(e,t,n){n>0&&(t instanceof Map?t.forEach((e,t)=>{d.strokeStyle=Un=t,d.stroke(e)}):t!=null&&e&&d.stroke(t))}function mr(e,t){t instanceof Map?t.forEach((e,t)=>{d.fillStyle=Wn=t,d.fill(e)}):t!=null&&e&&d.fill(t)}function hr(e,t,n,i){let a=y[e],o;if(i<=0)o=[0,0];else{let s=a._space=a.space(r,e,t,n,i);o=Sa(t,n,a._incrs=a.incrs(r,e,t,n,i,s),i,s)}return a._found=o}function vr(e,t,n,r,i,a,o,s,c,l){let u=o%2/2;h==1&&d.translate(u,u),tr(s,o,c,l,s),d.beginPath();let f,p,m,g,_=i+(r==0||r==3?-a:a);n==0?(p=i,g=_):(f=i,m=_);for(let r=0;r<e.length;r++)t[r]!=null&&(n==0?f=m=e[r]:p=g=e[r],d.moveTo(f,p),d.lineTo(m,g));d.stroke(),h==1&&d.translate(-u,-u)}function yr(e){let t=!0;return y.forEach((n,i)=>{if(!n.show)return;let a=b[n.scale];if(a.min==null){n._show&&(t=!1,n._show=!1,Sr(!1));return}n._show||(t=!1,n._show=!0,Sr(!1));let o=n.side,s=o%2,{min:c,max:l}=a,[u,d]=hr(i,c,l,s==0?I:L);if(d==0)return;let f=a.distr==2,p=n._splits=n.splits(r,i,c,l,u,d,f),m=a.distr==2?p.map(e=>kn[e]):p,h=a.distr==2?kn[p[1]]-kn[p[0]]:u,g=n._values=n.values(r,n.filter(r,m,i,d,h),i,d,h);n._rotate=o==2?n.rotate(r,g,i,d):0;let _=n._size;n._size=ln(n.size(r,g,i,e)),_!=null&&n._size!=_&&(t=!1)}),t}function br(e){let t=!0;return hn.forEach((n,i)=>{let a=n(r,i,V,e);a!=vn[i]&&(t=!1),vn[i]=a}),t}function xr(){for(let e=0;e<y.length;e++){let t=y[e];if(!t.show||!t._show)continue;let n=t.side,i=n%2,a,o,c=t.stroke(r,e),l=n==0||n==3?-1:1,[u,f]=t._found;if(t.label!=null){let s=t.labelGap*l,p=cn((t._lpos+s)*R);nr(t.labelFont[0],c,`center`,n==2?rt:it),d.save(),i==1?(a=o=0,d.translate(p,cn(je+Ne/2)),d.rotate((n==3?-an:an)/2)):(a=cn(Ae+Me/2),o=p);let m=bn(t.label)?t.label(r,e,u,f):t.label;d.fillText(m,a,o),d.restore()}if(f==0)continue;let p=b[t.scale],m=i==0?Me:Ne,h=i==0?Ae:je,_=t._splits,v=p.distr==2?_.map(e=>kn[e]):_,x=p.distr==2?kn[_[1]]-kn[_[0]]:u,S=t.ticks,C=t.border,w=S.show?S.size:0,T=cn(w*R),E=cn((t.alignTo==2?t._size-w-t.gap:t.gap)*R),D=t._rotate*-an/180,O=g(t._pos*R),ee=O+(T+E)*l;o=i==0?ee:0,a=i==1?ee:0;let te=t.font[0];nr(te,c,t.align==1?at:t.align==2?ot:D>0?at:D<0?ot:i==0?`center`:n==3?ot:at,D||i==1?`middle`:n==2?rt:it);let k=t.font[1]*t.lineGap,ne=_.map(e=>g(s(e,p,m,h))),re=t._values;for(let e=0;e<re.length;e++){let t=re[e];if(t!=null){i==0?a=ne[e]:o=ne[e],t=``+t;let n=t.indexOf(`
`)==-1?[t]:t.split(/\n/gm);for(let e=0;e<n.length;e++){let t=n[e];D?(d.save(),d.translate(a,o+e*k),d.rotate(D),d.fillText(t,0,0),d.restore()):d.fillText(t,a,o+e*k)}}}S.show&&vr(ne,S.filter(r,v,e,f,x),i,n,O,T,G(S.width*R,3),S.stroke(r,e),S.dash,S.cap);let ie=t.grid;ie.show&&vr(ne,ie.filter(r,v,e,f,x),i,i==0?2:1,i==0?je:Ae,i==0?Ne:Me,G(ie.width*R,3),ie.stroke(r,e),ie.dash,ie.cap),C.show&&vr([O],[1],+(i==0),i==0?1:2,i==1?je:Ae,i==1?Ne:Me,G(C.width*R,3),C.stroke(r,e),C.dash,C.cap)}Oa(`drawAxes`)}function Sr(e){v.forEach((t,n)=>{n>0&&(t._paths=null,e&&(i==1?(t.min=null,t.max=null):t.facets.forEach(e=>{e.min=null,e.max=null})))})}let Cr=!1,wr=!1,Tr=[];function Er(){wr=!1;for(let e=0;e<Tr.length;e++)Oa(...Tr[e]);Tr.length=0}function Dr(){Cr||=(Zn(Or),!0)}function q(e,t=!1){Cr=!0,wr=t,e(r),Or(),t&&Tr.length>0&&queueMicrotask(Er)}r.batch=q;function Or(){if(Pe&&=(ar(),!1),ht&&=(Tt(),!1),st){if(z(p,at,we),z(p,rt,Te),z(p,tt,I),z(p,nt,L),z(m,at,we),z(m,rt,Te),z(m,tt,I),z(m,nt,L),z(f,tt,Se),z(f,nt,Ce),u.width=cn(Se*R),u.height=cn(Ce*R),y.forEach(({_el:e,_show:t,_size:n,_pos:r,side:i})=>{if(e!=null){if(t){let t=i===3||i===0?n:0,a=i%2==1;z(e,a?`left`:`top`,r-t),z(e,a?`width`:`height`,n),z(e,a?`top`:`left`,a?Te:we),z(e,a?`height`:`width`,a?L:I),Dt(e,Ue)}else Et(e,Ue)}}),Un=Wn=Kn=Jn=Yn=Xn=Qn=$n=qn=null,er=1,Xi(!0),we!=Ee||Te!=De||I!=Oe||L!=ke){Sr(!1);let e=I/Oe,t=L/ke;if(N&&!gt&&j.left>=0){j.left*=e,j.top*=t,Gr&&jt(Gr,cn(j.left),0,I,L),Kr&&jt(Kr,0,cn(j.top),I,L);for(let n=0;n<Wt.length;n++){let r=Wt[n];r!=null&&(Gt[n]*=e,Zt[n]*=t,jt(r,ln(Gt[n]),ln(Zt[n]),I,L))}}if(Q.show&&!_t&&Q.left>=0&&Q.width>0){Q.left*=e,Q.width*=e,Q.top*=t,Q.height*=t;for(let e in $i)z(ui,e,Q[e])}Ee=we,De=Te,Oe=I,ke=L}Oa(`setSize`),st=!1}Se>0&&Ce>0&&(d.clearRect(0,0,u.width,u.height),Oa(`drawClear`),w.forEach(e=>e()),Oa(`draw`)),Q.show&&_t&&(di(Q),_t=!1),N&&gt&&(Ji(null,!0,!1),gt=!1),A.show&&A.live&&bt&&(Ki(),bt=!1),c||(c=!0,r.status=1,Oa(`ready`)),An=!1,Cr=!1}r.redraw=(e,t)=>{ht=t||!1,e===!1?Dr():pi(S,D.min,D.max)};function Rr(e,n){let i=b[e];if(i.from==null){if(xn==0){let t=i.range(r,n.min,n.max,e);n.min=t[0],n.max=t[1]}if(n.min>n.max){let e=n.min;n.min=n.max,n.max=e}if(xn>1&&n.min!=null&&n.max!=null&&n.max-n.min<1e-16)return;e==S&&i.distr==2&&xn>0&&(n.min=Bt(n.min,t[0]),n.max=Bt(n.max,t[0]),n.min==n.max&&n.max++),k[e]=n,Pe=!0,Dr()}}r.setScale=Rr;let Hr,Ur,Gr,Kr,qr,Jr,Yr,Xr,Zr,Qr,J,Y,ei=!1,ti=j.drag,X=ti.x,Z=ti.y;N&&(j.x&&(Hr=kt(Ge,m)),j.y&&(Ur=kt(Ke,m)),D.ori==0?(Gr=Hr,Kr=Ur):(Gr=Ur,Kr=Hr),J=j.left,Y=j.top);let Q=r.select=K({show:!0,over:!0,left:0,width:0,top:0,height:0},e.select),ui=Q.show?kt(We,Q.over?m:p):null;function di(e,t){if(Q.show){for(let t in e)Q[t]=e[t],t in $i&&z(ui,t,e[t]);t!==!1&&Oa(`setSelect`)}}r.setSelect=di;function fi(e){if(v[e].show)M&&Dt(ue[e],Ue);else if(M&&Et(ue[e],Ue),N){let t=Ut?Wt[0]:Wt[e];t!=null&&jt(t,-10,-10,I,L)}}function pi(e,t,n){Rr(e,{min:t,max:n})}function mi(e,t,n,a){t.focus!=null&&Li(e),t.show!=null&&v.forEach((n,r)=>{r>0&&(e==r||e==null)&&(n.show=t.show,fi(r),i==2?(pi(n.facets[0].scale,null,null),pi(n.facets[1].scale,null,null)):pi(n.scale,null,null),Dr())}),n!==!1&&Oa(`setSeries`,e,t),a&&Ma(`setSeries`,r,e,t)}r.setSeries=mi;function bi(e,t){K(x[e],t)}function xi(e,t){e.fill=U(e.fill||null),e.dir=B(e.dir,-1),t??=x.length,x.splice(t,0,e)}function Si(e){e==null?x.length=0:x.splice(e,1)}r.addBand=xi,r.setBand=bi,r.delBand=Si;function Oi(e,t){v[e].alpha=t,N&&Wt[e]!=null&&(Wt[e].style.opacity=t),M&&ue[e]&&(ue[e].style.opacity=t)}let Mi,Ni,Fi,Ii={focus:!0};function Li(e){if(e!=Fi){let t=e==null,n=Vt.alpha!=1;v.forEach((r,a)=>{if(i==1||a>0){let i=t||a==0||a==e;r._focus=t?null:i,n&&Oi(a,i?1:Vt.alpha)}}),Fi=e,n&&Dr()}}M&&Ht&&be(pt,F,e=>{j._lock||(It(e),Fi!=null&&mi(null,Ii,!0,$.setSeries))});function Ri(e,t,n){let r=b[t];n&&(e=e/R-(r.ori==1?Te:we));let i=I;r.ori==1&&(i=L,e=i-e),r.dir==-1&&(e=i-e);let a=r._min,o=r._max,s=e/i,c=a+(o-a)*s,l=r.distr;return l==3?fn(10,c):l==4?gn(c,r.asinh):l==100?r.bwd(c):c}function Bi(e,n){return Bt(Ri(e,S,n),t[0],W,En)}r.valToIdx=e=>Bt(e,t[0]),r.posToIdx=Bi,r.posToVal=Ri,r.valToPos=(e,t,n)=>b[t].ori==0?a(e,b[t],n?Me:I,n?Ae:0):o(e,b[t],n?Ne:L,n?je:0),r.setCursor=(e,t,n)=>{J=e.left,Y=e.top,Ji(null,t,n)};function Vi(e,t){z(ui,at,Q.left=e),z(ui,tt,Q.width=t)}function Hi(e,t){z(ui,rt,Q.top=e),z(ui,nt,Q.height=t)}let Ui=D.ori==0?Vi:Hi,Wi=D.ori==1?Vi:Hi;function Gi(){if(M&&A.live)for(let e=+(i==2);e<v.length;e++){if(e==0&&pe)continue;let t=A.values[e],n=0;for(let r in t)de[e][n++].firstChild.nodeValue=t[r]}}function Ki(e,t){if(e!=null&&(e.idxs?e.idxs.forEach((e,t)=>{se[t]=e}):zn(e.idx)||se.fill(e.idx),A.idx=se[0]),M&&A.live){for(let e=0;e<v.length;e++)(e>0||i==1&&!pe)&&qi(e,se[e]);Gi()}bt=!1,t!==!1&&Oa(`setLegend`)}r.setLegend=Ki;function qi(e,n){let i=v[e],a=e==0&&O==2?kn:t[e],o;pe?o=i.values(r,e,n)??me:(o=i.value(r,n==null?null:a[n],e,n),o=o==null?me:{_:o}),A.values[e]=o}function Ji(e,n,a){Zr=J,Qr=Y,[J,Y]=j.move(r,J,Y),j.left=J,j.top=Y,N&&(Gr&&jt(Gr,cn(J),0,I,L),Kr&&jt(Kr,0,cn(Y),I,L));let o,s=W>En;Mi=H,Ni=null;let c=D.ori==0?I:L,l=D.ori==1?I:L;if(J<0||xn==0||s){o=j.idx=null;for(let e=0;e<v.length;e++){let t=Wt[e];t!=null&&jt(t,-10,-10,I,L)}Ht&&mi(null,Ii,!0,e==null&&$.setSeries),A.live&&(se.fill(o),bt=!0)}else{let e,n,a;i==1&&(e=D.ori==0?J:Y,n=Ri(e,S),o=j.idx=Bt(n,t[0],W,En),a=ee(t[0][o],D,c,0));let s=-10,u=-10,d=0,f=0,p=!0,m=``,h=``;for(let e=+(i==2);e<v.length;e++){let g=v[e],_=se[e],y=_==null?null:i==1?t[e][_]:t[e][1][_],x=j.dataIdx(r,e,o,n),S=x==null?null:i==1?t[e][x]:t[e][1][x];if(bt=bt||S!=y||x!=_,se[e]=x,e>0&&g.show){let n=x==null?-10:x==o?a:ee(i==1?t[0][x]:t[e][0][x],D,c,0),_=S==null?-10:te(S,i==1?b[g.scale]:b[g.facets[1].scale],l,0);if(Ht&&S!=null){let t=D.ori==1?J:Y,n=on(Vt.dist(r,e,x,_,t));if(n<Mi){let r=Vt.bias;if(r!=0){let i=Ri(t,g.scale),a=S>=0?1:-1,o=i>=0?1:-1;o==a&&(o==1?r==1?S>=i:S<=i:r==1?S<=i:S>=i)&&(Mi=n,Ni=e)}else Mi=n,Ni=e}}if(bt||Ut){let t,i;D.ori==0?(t=n,i=_):(t=_,i=n);let a,o,c,l,g,v,y=!0,b=Lt.bbox;if(b!=null){y=!1;let t=b(r,e);c=t.left,l=t.top,a=t.width,o=t.height}else c=t,l=i,a=o=Lt.size(r,e);if(v=Lt.fill(r,e),g=Lt.stroke(r,e),Ut)e==Ni&&Mi<=Vt.prox&&(s=c,u=l,d=a,f=o,p=y,m=v,h=g);else{let t=Wt[e];t!=null&&(Gt[e]=c,Zt[e]=l,Ft(t,a,o,y),Nt(t,v,g),jt(t,ln(c),ln(l),I,L))}}}}if(Ut){let e=Vt.prox;if(bt||(Fi==null?Mi<=e:Mi>e||Ni!=Fi)){let e=Wt[0];e!=null&&(Gt[0]=s,Zt[0]=u,Ft(e,d,f,p),Nt(e,m,h),jt(e,ln(s),ln(u),I,L))}}}if(Q.show&&ei){if(e!=null){let[t,n]=$.scales,[r,i]=$.match,[a,o]=e.cursor.sync.scales,s=e.cursor.drag;if(X=s._x,Z=s._y,X||Z){let{left:s,top:u,width:d,height:f}=e.select,p=e.scales[a].ori,m=e.posToVal,h,g,_,v,y,x=t!=null&&r(t,a),S=n!=null&&i(n,o);x&&X?(p==0?(h=s,g=d):(h=u,g=f),_=b[t],v=ee(m(h,a),_,c,0),y=ee(m(h+g,a),_,c,0),Ui(un(v,y),on(y-v))):Ui(0,c),S&&Z?(p==1?(h=s,g=d):(h=u,g=f),_=b[n],v=te(m(h,o),_,l,0),y=te(m(h+g,o),_,l,0),Wi(un(v,y),on(y-v))):Wi(0,l)}else ea()}else{let e=on(Zr-qr),t=on(Qr-Jr);if(D.ori==1){let n=e;e=t,t=n}X=ti.x&&e>=ti.dist,Z=ti.y&&t>=ti.dist;let n=ti.uni;n==null?ti.x&&ti.y&&(X||Z)&&(X=Z=!0):X&&Z&&(X=e>=n,Z=t>=n,!X&&!Z&&(t>e?Z=!0:X=!0));let r,i;X&&(D.ori==0?(r=Yr,i=J):(r=Xr,i=Y),Ui(un(r,i),on(i-r)),Z||Wi(0,l)),Z&&(D.ori==1?(r=Yr,i=J):(r=Xr,i=Y),Wi(un(r,i),on(i-r)),X||Ui(0,c)),!X&&!Z&&(Ui(0,0),Wi(0,0))}}if(ti._x=X,ti._y=Z,e==null){if(a){if(Aa!=null){let[e,t]=$.scales;$.values[0]=e==null?null:Ri(D.ori==0?J:Y,e),$.values[1]=t==null?null:Ri(D.ori==1?J:Y,t)}Ma(lt,r,J,Y,I,L,o)}if(Ht){let e=a&&$.setSeries,t=Vt.prox;Fi==null?Mi<=t&&mi(Ni,Ii,!0,e):Mi>t?mi(null,Ii,!0,e):Ni!=Fi&&mi(Ni,Ii,!0,e)}}bt&&(A.idx=o,Ki()),n!==!1&&Oa(`setCursor`)}let Yi=null;Object.defineProperty(r,"rect",{get(){return Yi??Xi(!1),Yi}});function Xi(e=!1){e?Yi=null:(Yi=m.getBoundingClientRect(),Oa(`syncRect`,Yi))}function Zi(e,t,n,r,i,a,o){j._lock||ei&&e!=null&&e.movementX==0&&e.movementY==0||(Qi(e,t,n,r,i,a,o,!1,e!=null),e==null?Ji(t,!0,!1):Ji(null,!0,!0))}function Qi(e,t,n,i,a,o,c,l,u){if(Yi??Xi(!1),It(e),e!=null)n=e.clientX-Yi.left,i=e.clientY-Yi.top;else{if(n<0||i<0){J=-10,Y=-10;return}let[e,r]=$.scales,c=t.cursor.sync,[l,u]=c.values,[d,f]=c.scales,[p,m]=$.match,h=t.axes[0].side%2==1,g=D.ori==0?I:L,_=D.ori==1?I:L,v=h?o:a,y=h?a:o,x=h?i:n,S=h?n:i;if(n=d==null?x/v*g:p(e,d)?s(l,b[e],g,0):-10,i=f==null?S/y*_:m(r,f)?s(u,b[r],_,0):-10,D.ori==1){let e=n;n=i,i=e}}u&&(t==null||t.cursor.event.type==lt)&&((n<=1||n>=I-1)&&(n=On(n,I)),(i<=1||i>=L-1)&&(i=On(i,L))),l?(qr=n,Jr=i,[Yr,Xr]=j.move(r,n,i)):(J=n,Y=i)}let $i={width:0,height:0,left:0,top:0};function ea(){di($i,!1)}let ta,na,ra,ia;function aa(e,t,n,i,a,o,s){ei=!0,X=Z=ti._x=ti._y=!1,Qi(e,t,n,i,a,o,s,!0,!1),e!=null&&(be(dt,xt,oa,!1),Ma(ut,r,Yr,Xr,I,L,null));let{left:c,top:l,width:u,height:d}=Q;ta=c,na=l,ra=u,ia=d}function oa(e,t,n,i,a,o,s){ei=ti._x=ti._y=!1,Qi(e,t,n,i,a,o,s,!1,!0);let{left:c,top:l,width:u,height:d}=Q,f=u>0||d>0,p=ta!=c||na!=l||ra!=u||ia!=d;if(f&&p&&di(Q),ti.setScale&&f&&p){let e=c,t=u,n=l,r=d;if(D.ori==1&&(e=l,t=d,n=c,r=u),X&&pi(S,Ri(e,S),Ri(e+t,S)),Z)for(let e in b){let t=b[e];e!=S&&t.from==null&&t.min!=H&&pi(e,Ri(n+r,e),Ri(n,e))}ea()}else j.lock&&(j._lock=!j._lock,Ji(t,!0,e!=null));e!=null&&(xe(dt,xt),Ma(dt,r,J,Y,I,L,null))}function sa(e,t,n,r,i,a,o){if(j._lock)return;It(e);let s=ei;if(ei){let e=!0,t=!0,n,r;D.ori==0?(n=X,r=Z):(n=Z,r=X),n&&r&&(e=J<=10||J>=I-10,t=Y<=10||Y>=L-10),n&&e&&(J=J<Yr?0:I),r&&t&&(Y=Y<Xr?0:L),Ji(null,!0,!0),ei=!1}J=-10,Y=-10,se.fill(null),Ji(null,!0,!0),s&&(ei=s)}function la(e,t,n,i,a,o,s){j._lock||(It(e),Rn(),ea(),e!=null&&Ma(mt,r,J,Y,I,L,null))}function Ta(){y.forEach(wa),Ct(r.width,r.height,!0)}Rt(vt,St,Ta);let Ea={};Ea.mousedown=aa,Ea.mousemove=Zi,Ea.mouseup=oa,Ea.dblclick=la,Ea.setSeries=(e,t,n,i)=>{let a=$.match[2];n=a(r,t,n),n!=-1&&mi(n,i,!0,!1)},N&&(be(ut,m,aa),be(lt,m,Zi),be(ft,m,e=>{It(e),Xi(!1)}),be(pt,m,sa),be(mt,m,la),ca.add(r),r.syncRect=Xi);let Da=r.hooks=e.hooks||{};function Oa(e,t,n){wr?Tr.push([e,t,n]):e in Da&&Da[e].forEach(e=>{e.call(null,r,t,n)})}(e.plugins||[]).forEach(e=>{for(let t in e.hooks)Da[t]=(Da[t]||[]).concat(e.hooks[t])});let ka=(e,t,n)=>n,$=K({key:null,setSeries:!1,filters:{pub:wn,sub:wn},scales:[S,v[1]?v[1].scale:null],match:[Tn,Tn,ka],values:[null,null]},j.sync);$.match.length==2&&$.match.push(ka),j.sync=$;let Aa=$.key,ja=ki(Aa);function Ma(e,t,n,r,i,a,o){$.filters.pub(e,t,n,r,i,a,o)&&ja.pub(e,t,n,r,i,a,o)}ja.sub(r);function Na(e,t,n,r,i,a,o){$.filters.sub(e,t,n,r,i,a,o)&&Ea[e](null,t,n,r,i,a,o)}r.pub=Na;function Pa(){ja.unsub(r),ca.delete(r),ye.clear(),zt(vt,St,Ta),l.remove(),F?.remove(),Oa(`destroy`)}r.destroy=Pa;function Fa(){Oa(`init`,e,t),Nn(t||e.data,!1),k[S]?Rr(S,k[S]):Rn(),_t=Q.show&&(Q.width>0||Q.height>0),gt=bt=!0,Ct(e.width,e.height)}return v.forEach(tn),y.forEach(sn),n?n instanceof HTMLElement?(n.appendChild(l),Fa()):n(r,Fa):Fa(),r}Ta.assign=K,Ta.fmtNum=rn,Ta.rangeNum=$t,Ta.rangeLog=qt,Ta.rangeAsinh=Jt,Ta.orient=Mi,Ta.pxRatio=R,Ta.join=Xn,Ta.fmtDate=lr,Ta.tzDate=dr,Ta.sync=ki;{Ta.addGap=Li,Ta.clipGaps=Ii;let e=Ta.paths={points:Zi};e.linear=ta,e.stepped=na,e.bars=ia,e.spline=oa}var Ea=6,Da=7,Oa=Ta.paths.stepped?.({align:1}),ka=Ta.paths.linear?.(),$=e=>{let t=e.shape===`step`?Oa:ka;return{stroke:e.color,width:e.width,points:{show:!1},...e.dash?{dash:e.dash}:{},...e.fill?{fill:e.fill,fillTo:0}:{},...t?{paths:t}:{}}},Aa=()=>({stroke:`transparent`,width:0,points:{show:!1}}),ja=e=>e.map((t,n)=>t??e[n-1]??null),Ma=(e,t,n)=>{let{ctx:r}=e;r.save(),r.beginPath(),r.rect(e.bbox.left,e.bbox.top,e.bbox.width,e.bbox.height),r.clip(),r.fillStyle=n.color;for(let i=0;i+1<t.length;){let a=n.low[i]??null,o=n.high[i]??null,s=i+1;for(;s+1<t.length&&n.low[s]===a&&n.high[s]===o;)s+=1;if(a!==null&&o!==null&&a!==o){let n=Math.round(e.valToPos(t[i]??0,`x`,!0)),c=Math.round(e.valToPos(t[s]??0,`x`,!0)),l=e.valToPos(Math.max(a,o),`y`,!0),u=e.valToPos(Math.min(a,o),`y`,!0);r.fillRect(n,l,c-n,u-l)}i=s}r.restore()},Na=(e,t)=>{let{ctx:n}=e,r=Math.round(e.valToPos(0,`y`,!0))+.5;r<e.bbox.top||r>e.bbox.top+e.bbox.height+1||(n.save(),n.strokeStyle=t,n.lineWidth=devicePixelRatio,n.beginPath(),n.moveTo(e.bbox.left,r),n.lineTo(e.bbox.left+e.bbox.width,r),n.stroke(),n.restore())},Pa=(e,t,n,r)=>{let i=`11px ${n.font}`,a={stroke:n[`grid-line`],width:1},o=ke(e.scale);return[{stroke:n.text,font:i,grid:a,ticks:{show:!1},size:t.labels?22:0,gap:6,splits:()=>t.ticks.map(e=>e.time),values:()=>t.ticks.map(e=>t.labels?e.label:``)},{stroke:n.text,font:i,grid:a,ticks:{show:!1},size:t.left,gap:6,splits:()=>o,values:()=>o.map(t=>r(t,e.digits))}]},Fa=(e,t,n,r,i,a)=>{let o=[],s=[{}],c=[];for(let e of t.bands)o.push(e.high,e.low),s.push(Aa(),Aa()),c.push({series:[s.length-2,s.length-1],fill:e.color});for(let e of t.lines)o.push(e.shape===`step`?ja(e.values):e.values),s.push($(e));let{scale:l}=t;return new Ta({width:r.width,height:r.height,padding:[Ea,r.right,r.labels?0:Da,0],legend:{show:!1},cursor:{show:!1},scales:{x:{time:!1,range:()=>[r.from,r.to]},y:{range:()=>[l.min,l.max]}},axes:Pa(t,r,i,a),series:s,bands:c,hooks:{drawAxes:[e=>{t.bars.forEach(t=>Ma(e,n.x,t)),Na(e,i[`zero-line`])}]}},[n.x,...o],e)},Ia=(e,t,n)=>{let r=t.labels?22:Da;return Ea+(t.height-Ea-r)*(e.scale.max-n)/(e.scale.max-e.scale.min)},La=5.6,Ra=12,za=20,Ba=({from:e,to:t},n)=>100*(n-e)/(t-e),Va=(e,t)=>he({left:`${Ba(e,t)}%`}),Ha=(e,t,n)=>{let{now:r}=e,{time:i,marked:a}=n,s=a&&{left:`${Ba(e,a.from)}%`,width:`${Ba(e,a.to)-Ba(e,a.from)}%`};return o`
    <div class=${fe({over:!0,labelled:t.labels})} aria-hidden="true">
      <div class="past" style=${he({width:`${Math.max(0,Ba(e,r))}%`})}></div>
      ${t.ticks.filter(e=>e.midnight).map(t=>o`<div class="midnight" style=${Va(e,t.time)}></div>`)}
      <div class="now" style=${Va(e,r)}></div>
      ${i===null?d:o`<div class="cursor" style=${Va(e,i)}></div>`}
      ${s?o`<div class="selection" style=${he(s)}></div>`:d}
    </div>
  `},Ua=(e,t,n,r,i)=>o`
  <div class="over dots" aria-hidden="true">
    ${e.readings.map(a=>{let s=a.dot?Ne(a,i):null;if(s===null)return d;let c={left:`${Ba(n,r)}%`,top:`${Ia(e,t,s)}px`,"--color":a.color};return o`<div class="dot" style=${he(c)}></div>`})}
  </div>
`,Wa=(e,t,{timeline:n,width:r},i)=>{let{from:a,to:s,now:c}=n,f=_(e,t).filter(e=>e.end>a&&e.start<s);return o`
    <div class="strip">
      ${f.map(e=>{let t=Math.max(0,Ba(n,e.start)),a=Math.min(100,Ba(n,e.end))-t,s=i(u(e.mode)),c=a*r/100,f=c<s.length*La+Ra,p=c>=za?l(e.mode):d,m={left:`${t}%`,width:`${a}%`,"--color":h(e.mode)};return o`<span
          class=${fe({run:!0,narrow:f})}
          title=${s}
          style=${he(m)}
          >${f?p:s}</span
        >`})}
      <div class="now" style=${Va(n,c)}></div>
    </div>
  `},Ga=(e,t,n)=>o`
  <div class="strips" aria-hidden="true">
    ${e.batteries.map(r=>Wa(e,r,t,n))}
  </div>
`,Ka=(e,t)=>{let n=[],r=[];return e.map((e,i)=>{let a=[],o=[];return e.forEach((e,t)=>{let i=e!==null&&e<0?r:n,s=i[t]??0;a.push(e===null?null:s),o.push(e===null?null:s+e),e!==null&&(i[t]=s+e)}),{low:a,high:o,color:t[i%t.length]??`#888888`}})},qa=({timeline:e,palette:t,localize:n,format:r})=>{let{batteries:i,batteryPast:a}=e,o=i.length>1,s=o||`mode`in(i[0]?.battery??{}),c=Ka(i.map(e=>e.power),t.batteries),l=o?t.text:t.batteries[0]??t.text,u=je([...c.map(e=>e.high),a].map(t=>Me(e,t)),4,.5),d=i.map((e,i)=>({label:o?e.battery.name:n(`series.battery`),color:t.batteries[i%t.batteries.length]??t.text,swatch:`area`,sources:o?[e.power]:[a,e.power],write:e=>r.number(e,2),say:r.power,dot:!1}));return o&&d.push({label:n(`series.measured`),color:l,swatch:`line`,sources:[a],write:e=>r.number(e,2),say:r.power,dot:!1}),{id:`battery`,title:s?n(`panel.battery`):i[0]?.battery.name??``,unit:n(`panel.battery.unit`),height:104,scale:u,digits:Ae(u.step),lines:[{values:a,color:l,width:1.25,shape:`step`,fill:Ce(l,.25)}],bands:[],bars:c.map(e=>({...e,color:Ce(e.color,.85)})),readings:d}},Ja=({timeline:e,palette:t,localize:n,format:r})=>{let{load:i,solar:a,grid:o,curtailed:s,peak:c}=e,l=je([...[i,a,o].flatMap(e=>[e.past,e.plan]),i.high,a.high,c].map(t=>Me(e,t)),4,.5),u=[...a.past,...a.plan].some(e=>(e??0)>0),d=[],f=[],p=[],m=(e,t,i,a)=>({label:n(e),color:t,swatch:a,sources:i,write:e=>r.number(e,2),say:r.power,dot:!0});return u&&(f.push({low:a.low,high:a.high,color:Ce(t.solar,.16)},{low:a.innerLow,high:a.innerHigh,color:Ce(t.solar,.22)}),d.push({values:a.past,color:t.solar,width:2,shape:`line`,fill:Ce(t.solar,.18)},{values:a.plan,color:t.solar,width:2,shape:`line`,fill:Ce(t.solar,.08)})),f.push({low:i.low,high:i.high,color:Ce(t.load,.1)},{low:i.innerLow,high:i.innerHigh,color:Ce(t.load,.14)}),d.push({values:o.past,color:t.grid,width:1.25,shape:`line`},{values:o.plan,color:t.grid,width:1.25,shape:`step`,fill:Ce(t.grid,.08)},{values:i.past,color:t.load,width:2,shape:`line`},{values:i.plan,color:t.load,width:2,shape:`line`}),p.push(m(`series.load`,t.load,[i.past,i.plan],`area`)),u&&p.push(m(`series.solar`,t.solar,[a.past,a.plan],`area`)),p.push(m(`series.grid`,t.grid,[o.past,o.plan],`line`)),s.some(e=>(e??0)>.02)&&(d.push({values:s,color:t.curtailed,width:1.25,shape:`step`,dash:[2,2]}),p.push(m(`series.curtailed`,t.curtailed,[s],`dashed`))),c.some(e=>e!==null)&&(d.push({values:c,color:t.curtailed,width:1.25,shape:`line`,dash:[8,4]}),p.push({...m(`series.peak`,t.curtailed,[c],`dashed`),dot:!1})),{id:`power`,title:n(`panel.power`),unit:`kW`,height:172,scale:l,digits:Ae(l.step),lines:d,bands:f,bars:[],readings:p}},Ya=1.75,Xa=({timeline:e,palette:t,localize:n,format:r})=>{let{importKnown:i,importGuess:a,exportKnown:o,exportGuess:s,value:c}=e,l=je([i,a,o,s,c].map(t=>Me(e,t)),4,.01),u=`${r.currencySymbol}/kWh`,d=Me(e,a).some(e=>e!==null),f={shape:`step`,width:Ya},p={...f,dash:[4,4]},m=[{...p,values:a,color:Ce(t.import,.65),fill:Ce(t.import,.06)},{...f,values:i,color:t.import,fill:Ce(t.import,.16)},{...p,values:s,color:Ce(t.export,.6)},{...f,values:o,color:t.export}],h=[{label:n(`series.import`),color:t.import,swatch:`area`,sources:[i,a],write:e=>r.number(e,3),say:r.price,dot:!0},{label:n(`series.export`),color:t.export,swatch:`line`,sources:[o,s],write:e=>r.number(e,3),say:r.price,dot:!0}];return c.some(e=>e!==null)&&(m.push({values:c,color:t.value,width:1.5,shape:`step`,dash:[1.5,3]}),h.push({label:n(`series.value`),color:t.value,swatch:`dashed`,sources:[c],write:e=>r.number(e,3),say:r.price,dot:!0})),{id:`price`,title:n(`panel.price`),unit:d?`${u}, ${n(`series.expected`)}`:u,height:124,scale:l,digits:Math.min(3,Ae(l.step)),lines:m,bands:[],bars:[],readings:h}},Za=e=>e.map(e=>e===null?null:e*100),Qa=({timeline:e,palette:t,localize:n,format:r})=>{let{batteries:i,socPast:a,x:o,now:s}=e,c=i.length>1,l=e=>r.number(e,0),u=e=>r.percent(e/100),d=e=>t.batteries[e%t.batteries.length]??t.text,f=Za(a),p=i.map(e=>Za(e.soc)),m=i.map(({battery:e})=>e.reserve*100).flatMap((e,t)=>e===0&&c?[]:[{values:o.map(t=>t>=s?e:null),color:Ce(d(t),.7),width:1,shape:`line`,dash:[5,4]}]);m.push({values:f,color:c?t.text:d(0),width:2,shape:`line`,...c?{}:{fill:Ce(d(0),.1)}}),p.forEach((e,t)=>m.push({values:e,color:d(t),width:2,shape:`line`,...c?{}:{fill:Ce(d(t),.16)}}));let h=p.map((e,t)=>({label:c?i[t]?.battery.name??``:n(`series.level`),color:d(t),swatch:`area`,sources:c?[e]:[f,e],write:l,say:u,dot:!0}));if(!c){let[e]=m;e&&h.push({label:n(`series.reserve`),color:d(0),swatch:`dashed`,sources:[e.values],write:l,say:u,dot:!1})}return{id:`soc`,title:n(`panel.soc`),unit:`%`,height:96,scale:{min:0,max:100,step:50},digits:0,lines:m,bands:[],bars:[],readings:h}},$a=e=>{let t=[Xa(e),Ja(e)];return e.timeline.batteries.length>0&&t.push(qa(e),Qa(e)),t},eo=1800,to=6,no=6e3,ro={normal:2,far:8},io=(e,t)=>({from:Math.min(e,t),to:Math.max(e,t)}),ao=class{constructor(e,t,n){this.host=e,this.space=t,this.redraw=n,this.time=null,this.marked=null,this.zoom=null,this.hours=null,this.markedFrom=null,this.reset=()=>this.choose(null),this.onMove=e=>{this.time=this.timeAt(e),this.markedFrom!==null&&(this.marked=io(this.markedFrom,this.time)),this.host.requestUpdate()},this.onDown=e=>{clearTimeout(this.touchTimer),this.time=this.timeAt(e),this.host.requestUpdate(),e.pointerType===`mouse`&&e.button===0&&(this.markedFrom=this.time,e.currentTarget.setPointerCapture(e.pointerId))},this.onUp=()=>{let{marked:e}=this;if(this.markedFrom=null,this.marked=null,this.host.requestUpdate(),!e)return;let{timeline:t,width:n}=this.space();(e.to-e.from)*n/(t.to-t.from)<to||e.to-e.from<eo||(this.zoom=e,this.redraw())},this.onLeave=e=>{e.pointerType===`mouse`?this.markedFrom===null&&this.forget():this.touchTimer=setTimeout(this.forget,no)},this.onKey=e=>{let{x:t,from:n,to:r,now:i}=this.space().timeline,a=A(t,this.time??i),o=e.shiftKey?ro.far:ro.normal,s={ArrowLeft:t[Math.max(0,a-o)],ArrowRight:t[Math.min(t.length-1,a+o)],Home:n,End:r,Escape:null}[e.key];s!==void 0&&(e.preventDefault(),s===null&&this.reset(),this.time=s===null?null:Math.min(r,Math.max(n,s)),this.host.requestUpdate())},this.forget=()=>{this.time=null,this.host.requestUpdate()},e.addController(this)}hostDisconnected(){clearTimeout(this.touchTimer)}choose(e){this.zoom=null,this.hours=e,this.redraw()}timeAt(e){let{timeline:t,left:n,width:r}=this.space(),i=e.currentTarget.getBoundingClientRect().left,a=(e.clientX-i-n)/r,o=t.from+(t.to-t.from)*a;return Math.min(t.to,Math.max(t.from,o))}},oo=.01,so=(e,t,n)=>{let{localize:r,format:i}=n,a=se(e,t),o=t=>t?w(N(t),t,r,i,e.now):``,s=e.batteries.flatMap(({name:e,mode:t,reason:n})=>{let i=t[a];return i?[{name:e,text:`${r(u(i))}. ${o(n[a])}`}]:[]}),c=e.devices.flatMap(({name:e,power_kw:t,reason:n})=>{let r=t[a]??0;return Math.abs(r)<=oo?[]:[{name:e,text:`${i.power(Math.abs(r))}. ${o(n[a])}`}]});return[...s,...c]},co,lo=480,uo={wide:{left:44,right:12},narrow:{left:36,right:4}},fo={wide:56,narrow:42},po=[6,12,24],mo=10,ho=[`message`,`format`,`localize`,`hours`,`theme`,`width`,`drawing`],go=e=>ho.some(t=>e.has(t)),_o=class extends e{constructor(...e){super(...e),this.hours=36,this.theme=``,this.width=0,this.drawing=0,this.failed=!1,this.panels=[],this.ticks=[],this.plots=[],this.pointer=new ao(this,()=>this.space,()=>this.drawing+=1),this.resize=new ResizeObserver(([e])=>{this.width=Math.floor(e?.contentRect.width??0)})}connectedCallback(){super.connectedCallback(),this.resize.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.resize.disconnect(),this.clear(),this.width=0}willUpdate(e){if(this.width===0||!go(e))return;let{left:t,right:n}=this.gutter;this.style.setProperty(`--left`,`${t}px`),this.style.setProperty(`--right`,`${n}px`);let{localize:r,format:i,pointer:a}=this,o=oe(this.message,a.hours??this.hours);this.timeline=a.zoom?{...o,...a.zoom}:o,this.panels=$a({timeline:this.timeline,palette:be(this),localize:r,format:i});let s=this.narrow?fo.narrow:fo.wide;this.ticks=Ee(this.timeline.from,this.timeline.to,this.space.width,i,s)}updated(e){this.width>0&&go(e)&&this.draw()}get narrow(){return this.width<lo}get gutter(){return this.narrow?uo.narrow:uo.wide}get space(){let{left:e,right:t}=this.gutter;return{timeline:this.timeline,left:e,width:Math.max(1,this.width-e-t)}}clear(){this.plots.forEach(e=>e.destroy()),this.plots=[]}frame(e){let t=e===this.panels.length-1,n=this.panels[e]?.height??0;return{...this.gutter,width:this.width,height:n+(t?22:0),labels:t,ticks:this.ticks,from:this.timeline.from,to:this.timeline.to}}draw(){this.clear();let e=be(this),{number:t}=this.format;try{this.plots=this.panels.flatMap((n,r)=>{let i=this.canvases[r];return i?[Fa(i,n,this.timeline,this.frame(r),e,t)]:[]}),this.failed=!1}catch{this.failed=!0}this.toggleAttribute(`drawn`,!this.failed&&this.plots.length>0)}render(){if(this.width===0)return o`<div class="stack"></div>`;let{pointer:e,localize:t,format:n}=this,{x:r,now:i,from:a,to:s}=this.timeline,c=e.time??i,l=A(r,c),u=n.dayTime(c,i);return o`
      ${this.renderToolbar(u)}
      ${this.failed?o`<p class="failed">${t(`error.draw`)}</p>`:d}
      <div
        class="stack"
        tabindex="0"
        role="slider"
        aria-label=${t(`aria.chart`,{start:n.dayTime(a,i),end:n.dayTime(s,i)})}
        aria-valuemin=${Math.round(a)}
        aria-valuemax=${Math.round(s)}
        aria-valuenow=${Math.round(Math.min(s,Math.max(a,c)))}
        aria-valuetext=${[u,...this.spoken(l),...so(this.message,c,this).map(({text:e})=>e)].join(`, `)}
        @pointermove=${e.onMove}
        @pointerdown=${e.onDown}
        @pointerup=${e.onUp}
        @pointercancel=${e.onUp}
        @pointerleave=${e.onLeave}
        @dblclick=${e.reset}
        @keydown=${e.onKey}
      >
        ${this.panels.map((e,t)=>this.renderPanel(e,this.frame(t),l))}
        ${this.renderTip(c)}
      </div>
      <shems-plan-gantt
        .hass=${this.hass}
        .message=${this.message}
        .format=${n}
        .localize=${t}
        .from=${a}
        .to=${s}
      ></shems-plan-gantt>
    `}spoken(e){return this.panels.flatMap(t=>t.readings.flatMap(t=>{let n=Ne(t,e);return n===null?[]:[`${t.label} ${t.say(n)}`]}))}renderTip(e){if(this.pointer.time===null)return d;let t=so(this.message,e,this);if(t.length===0)return d;let{from:n,to:r}=this.timeline,i=e<(n+r)/2,{left:a,width:s}=this.space,c=a+s*(e-n)/(r-n),l=i?{left:`${c+mo}px`}:{right:`${this.width-c+mo}px`};return o`<ul class="tip" aria-hidden="true" style=${he(l)}>
      ${t.map(({name:e,text:t})=>o`<li><b>${e}</b> ${t}</li>`)}
    </ul>`}renderToolbar(e){let{localize:t,hours:n,pointer:r}=this,i=(e,t)=>o`
      <button
        type="button"
        aria-pressed=${String(!r.zoom&&r.hours===e)}
        @click=${()=>r.choose(e)}
      >
        ${t}
      </button>
    `,a=e=>t(`zoom.hours`,{hours:e});return o`
      <div class="toolbar">
        <div class="moment">
          ${r.time===null?o`${t(`time.now`)} <small>${e}</small>`:e}
        </div>
        <div class="zoom" role="group" aria-label=${t(`zoom.label`)}>
          ${po.filter(e=>e<n).map(e=>i(e,a(e)))}
          ${i(null,r.zoom?t(`zoom.reset`):a(n))}
        </div>
      </div>
    `}renderPanel(e,t,n){let{pointer:r,timeline:i}=this,a=r.time===null?d:Ua(e,t,i,r.time,n),s=e.id===`battery`?Ga(this.message,this.space,this.localize):d;return o`
      <section class="panel" data-panel=${e.id}>
        <div class=${fe({legend:!0,long:e.readings.length>2})}>
          <h3>${e.title} <span>${e.unit}</span></h3>
          ${e.readings.map(e=>{let t=Ne(e,n);return o`<span class="entry"
              ><i
                class="swatch ${e.swatch}"
                style=${he({"--color":e.color})}
              ></i
              >${e.label} <b>${t===null?`–`:e.write(t)}</b></span
            >`})}
        </div>
        ${s}
        <div class="plot" style=${he({height:`${t.height}px`})}>
          ${Ha(i,t,r)}
          <div class="canvas"></div>
          ${a}
        </div>
      </section>
    `}};co=_o,co.styles=[i(ge),_e],g([f({attribute:!1})],_o.prototype,`hass`,void 0),g([f({attribute:!1})],_o.prototype,`message`,void 0),g([f({attribute:!1})],_o.prototype,`format`,void 0),g([f({attribute:!1})],_o.prototype,`localize`,void 0),g([f({type:Number})],_o.prototype,`hours`,void 0),g([f()],_o.prototype,`theme`,void 0),g([s()],_o.prototype,`width`,void 0),g([s()],_o.prototype,`drawing`,void 0),g([s()],_o.prototype,`failed`,void 0),g([de(`.canvas`)],_o.prototype,`canvases`,void 0);var vo=`device_idle`,yo=(e,t,{localize:n,format:r})=>{let{now:i}=t,a=te(t,e),s=a!==null&&a.start<=i,c=n(e.power_kw.length>0?`devices.rests`:`devices.left_out`),l=s?n(`devices.now`,{time:r.dayTime(a.end,i)}):a?n(`time.span`,{start:r.dayTime(a.start,i),end:r.dayTime(a.end,a.start)}):c,{reason:u,shortfalls:f}=e.now;return o`
    <li class=${s?`current`:``}>
      <span class="icon" style="--color:var(--shems-mode-hold)">
        ${m(F(e.kind))}
      </span>
      <div>
        <div class="when"><span>${l}</span> <span>${a&&x(a)?r.energy(a.energy):``}</span></div>
        <div class="what">${e.name}</div>
        ${e.proposed?o`<p class="why proposed">${n(`devices.proposed`)}</p>`:d}
        ${u?o`<p class="why">
                ${w(N(u),u,n,r,i)}
              </p>`:d}
        ${f.map(e=>o`<p class="why short">${S(e,n,r,i)}</p>`)}
      </div>
    </li>
  `},bo=(e,t)=>t.power_kw.length>0&&te(e,t)===null&&t.now.shortfalls.length===0&&(t.now.reason?.code??vo)===vo,xo=(e,t)=>{if(e.devices.length===0)return d;let{localize:n}=t,r=e.devices.filter(t=>bo(e,t)),i=r.map(({name:e})=>e).join(`, `);return o`
    <section class="next devices">
      <h3>${n(`devices.title`)}</h3>
      <ol>
        ${e.devices.filter(e=>!r.includes(e)).map(n=>yo(n,e,t))}
      </ol>
      ${i?o`<p class="why idle">${n(`devices.rests`)}: ${i}</p>`:d}
    </section>
  `},So=.01,Co=900,wo=({length_s:e},{start:t,end:n,running:r})=>!!e&&!r&&n-t>=(e??0),To=(e,t)=>{let n=[];return e.end.forEach((r,i)=>{let a=t.power_kw[i]??0;if(r<=e.now||Math.abs(a)<=So)return;let o=e.start[i]??r,s=(r-o)/3600,c=e.import_price[i]??null,l=c===null?null:a*s*c,u=n[n.length-1];if(u?.end===o&&!wo(t,u)){u.end=r,u.energy+=a*s,u.cost=u.cost===null||l===null?null:u.cost+l;return}let d=t.reason[i]??null,f=o<=e.now;n.push({device:t,start:o,end:r,energy:a*s,cost:l,reason:d,running:f})}),n},Eo=e=>e.devices.map(t=>({device:t,blocks:To(e,t)})).filter(({blocks:e})=>e.length>0),Do=(e,{device:t,running:n})=>!n&&t.kind===`appliance`&&!!t.length_s&&e.movable?.[t.id]!==void 0,Oo=(e,t,n)=>{let r=t.device.length_s??t.end-t.start,i=Math.ceil((e.now+60)/Co)*Co,a=Math.floor((ie(e)-r)/Co)*Co;return Math.max(i,Math.min(a,Math.round(n/Co)*Co))},ko=(e,t,n)=>{let r=t.device.length_s??t.end-t.start,i=0;for(let[a,o]of e.start.entries()){let s=e.end[a]??o,c=Math.min(s,n+r)-Math.max(o,n);if(c<=0)continue;let l=e.import_price[a]??null;if(l===null)return null;i+=t.energy*l*c/r}return i},Ao,jo=900,Mo=6e4,No=class extends e{constructor(...e){super(...e),this.from=0,this.to=0,this.moving=null,this.pointed=null,this.failed=``,this.grabbed=null,this.unpoint=()=>{this.grabbed||(this.pointed=null)},this.leave=()=>{this.grabbed=null,this.pointed=null,this.moving?.sent||(this.moving=null)}}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.timer)}willUpdate(e){let t=e.get(`message`);t&&t.created!==this.message.created&&this.moving?.sent&&this.letGo()}render(){let e=Eo(this.message);if(e.length===0)return d;let{localize:t,failed:n}=this;return o`
      <h3>${t(`devices.title`)}</h3>
      ${e.map(e=>this.row(e))}
      <p class=${fe({told:!0,failed:!!n})} role="status">
        ${n?t(`device.failed`,{message:n}):this.told()}
      </p>
    `}place(e){return 100*(Math.min(this.to,Math.max(this.from,e))-this.from)/(this.to-this.from)}row({device:e,blocks:t}){let n=t.filter(e=>e.end>this.from&&e.start<this.to),r=n.some(e=>Do(this.message,e)),i=n.map(e=>this.words(e,e.start)).join(`; `);return o`<div class="row">
      <div class="name">${m(F(e.kind))} ${e.name}</div>
      <div
        class="track"
        role=${r?`group`:`img`}
        aria-label=${r?e.name:i||e.name}
      >
        ${n.map(e=>Do(this.message,e)?this.handle(e):this.block(e))}
        <div class="now" style=${he({left:`${this.place(this.message.now)}%`})}></div>
      </div>
    </div>`}span(e,t){let n=this.place(e);return he({left:`${n}%`,width:`${this.place(e+t)-n}%`})}block(e){return o`<div
      class=${fe({block:!0,proposed:e.device.proposed})}
      style=${this.span(e.start,e.end-e.start)}
      @pointerenter=${()=>this.pointed=e}
      @pointerleave=${this.unpoint}
    ></div>`}handle(e){let t=this.isMoved(e)?this.moving:null,n=t?.to??e.start,r={block:!0,movable:!0,moving:!!t,sent:!!t?.sent},i=()=>void(this.pointed=e);return o`<button
      class=${fe(r)}
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
    ></button>`}isMoved(e){return this.moving?.device===e.device.id&&this.moving.from===e.start}words(e,t){let{message:n,localize:r,format:i}=this,a=t+e.end-e.start,o=r(`time.span`,{start:i.dayTime(t,n.now),end:i.dayTime(a,t)}),s=t===e.start?e.cost:ko(n,e,t),c=[`${e.device.name}: ${o}`,i.energy(e.energy)];return s!==null&&c.push(i.money(s)),c.join(`, `)}told(){let{message:e,localize:t,format:n,moving:r}=this,i=this.pointed;if(!i)return t(`gantt.help`);let a=r&&this.isMoved(i)?r.to:i.start,o=this.words(i,a);return r||!i.reason?o:`${o}. ${w(N(i.reason),i.reason,t,n,e.now)}`}grab(e,t){if(e.button!==0||this.moving?.sent)return;let n=e.currentTarget;n.setPointerCapture(e.pointerId),this.grabbed={x:e.clientX,width:n.parentElement.clientWidth},this.pointed=t}drag(e,t){if(!this.grabbed)return;let{x:n,width:r}=this.grabbed,i=t.start+(e.clientX-n)*(this.to-this.from)/r;this.put(t,i)}drop(e){this.grabbed&&(this.grabbed=null,this.send(e))}key(e,t){let n={ArrowLeft:-1,ArrowRight:1}[e.key],r=this.isMoved(t)?this.moving.to:t.start;if(n!==void 0)this.put(t,r+n*jo);else if(e.key===`Enter`)this.send(t);else if(e.key===`Escape`)this.moving=null;else return;e.preventDefault()}put(e,t){if(this.moving?.sent)return;let{device:n,start:r}=e;this.failed=``,this.moving={device:n.id,from:r,to:Oo(this.message,e,t),sent:!1}}async send({device:e,start:t}){let{moving:n,message:r,hass:i}=this;if(!n||n.sent||n.to===t){n&&!n.sent&&(this.moving=null);return}this.moving={...n,sent:!0},this.timer=setTimeout(()=>this.letGo(),Mo);let a=e=>new Date(e*1e3).toISOString(),o=r.movable?.[e.id];try{await i.callService(`shems`,`run_appliance`,{device_id:o,...(e.asked??0)>0?{instead_of:a(t)}:{},earliest:a(n.to),deadline:a(n.to+(e.length_s??0)+300)})}catch(e){this.letGo(),this.failed=ce(e,this.localize)}}letGo(){clearTimeout(this.timer),this.moving=null}};Ao=No,Ao.styles=r`
    ${n}
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
  `,g([f({attribute:!1})],No.prototype,`hass`,void 0),g([f({attribute:!1})],No.prototype,`message`,void 0),g([f({attribute:!1})],No.prototype,`format`,void 0),g([f({attribute:!1})],No.prototype,`localize`,void 0),g([f({type:Number})],No.prototype,`from`,void 0),g([f({type:Number})],No.prototype,`to`,void 0),g([s()],No.prototype,`moving`,void 0),g([s()],No.prototype,`pointed`,void 0),g([s()],No.prototype,`failed`,void 0);var Po,Fo=`shems-plan-charts`,Io=`shems-plan-gantt`,Lo=36,Ro={min:6,max:72},zo=()=>k(document.documentElement.lang||`en`),Bo=class extends e{constructor(...e){super(...e),this.preview=!1,this.tableOpen=!1,this.feed=new D(this),this.localize=k(`en`),this.wordsKey=``,this.onToggle=e=>{this.tableOpen=e.currentTarget.open}}static getConfigForm(){return{schema:[{name:`entry_id`,selector:{config_entry:{integration:`shems`}}},{name:`title`,selector:{text:{}}},{name:`hours`,default:Lo,selector:{number:{...Ro,step:6,mode:`slider`,unit_of_measurement:`h`}}}],computeLabel:({name:e})=>zo()(`editor.${e}`),assertConfig:Vo}}setConfig(e){Vo(e),this.config=e}willUpdate(e){this.hass&&this.config&&((e.has(`hass`)||e.has(`config`))&&this.feed.follow(this.hass,this.config.entry_id||void 0),this.refreshWords(this.hass))}refreshWords(e){let{currency:t=``,time_zone:n=``}=this.feed.message??{},r=JSON.stringify([e.language,e.locale,t,n]);r!==this.wordsKey&&(re(e.language)?(this.wordsKey=r,this.localize=k(e.language),this.format=p(e,t||e.config.currency||``,n)):ne(e.language).then(()=>this.requestUpdate()))}shouldUpdate(e){if(e.size!==1||!e.has(`hass`))return!0;let t=e.get(`hass`),{hass:n}=this;return!n||t?.connection!==n.connection||t.locale!==n.locale||t.language!==n.language||t.themes!==n.themes||t.selectedTheme!==n.selectedTheme}get theme(){let{themes:e,selectedTheme:t}=this.hass??{};return JSON.stringify([e?.darkMode,e?.theme,t])}render(){return o`<ha-card>${this.renderBody()}</ha-card>`}renderBody(){let{config:e,format:t,localize:n,feed:r}=this,{message:i,error:a,offline:s}=r;if(!e||!t)return b(n);if(!i)return a?T(a,r.retry,n):b(n);let c={localize:n,format:t},l=e.title||i.title||n(`card.title`),u=C(i,l,s,c);return ae(i)?o`
      <div class="body">
        ${u} ${y(i,s,c)} ${O(i,c)}
        <div class="content">
          <shems-plan-charts
            .hass=${this.hass}
            .message=${i}
            .format=${t}
            .localize=${n}
            .hours=${e.hours??Lo}
            .theme=${this.theme}
          ></shems-plan-charts>
          ${ee(i,c)}${xo(i,c)}
        </div>
        ${this.preview?d:v(i,this.tableOpen,this.onToggle,c)}
      </div>
    `:o`<div class="body">${u}${E(i,c)}</div>`}};Po=Bo,Po.styles=[t,c],g([f({attribute:!1})],Bo.prototype,`hass`,void 0),g([f({type:Boolean})],Bo.prototype,`preview`,void 0),g([s()],Bo.prototype,`config`,void 0),g([s()],Bo.prototype,`tableOpen`,void 0),customElements.get(`shems-plan-charts`)||customElements.define(Fo,_o),customElements.get(Io)||customElements.define(Io,No);function Vo(e){let{hours:t,entry_id:n,title:r}=e,i=typeof t==`number`&&t>=Ro.min&&t<=Ro.max;if(t!=null&&!i)throw Error(`hours must be a number from ${Ro.min} to ${Ro.max}`);if(n!=null&&typeof n!=`string`)throw Error(`entry_id must be a text`);if(r!=null&&typeof r!=`string`)throw Error(`title must be a text`)}export{Bo as ShemsPlanCard};