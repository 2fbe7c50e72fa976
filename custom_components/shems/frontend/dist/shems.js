var e=globalThis,t=e.ShadowRoot&&(e.ShadyCSS===void 0||e.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,n=Symbol(),r=new WeakMap,i=class{constructor(e,t,r){if(this._$cssResult$=!0,r!==n)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,n=this.t;if(t&&e===void 0){let t=n!==void 0&&n.length===1;t&&(e=r.get(n)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),t&&r.set(n,e))}return e}toString(){return this.cssText}},a=e=>new i(typeof e==`string`?e:e+``,void 0,n),o=(e,...t)=>new i(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,n),s=(n,r)=>{if(t)n.adoptedStyleSheets=r.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let t of r){let r=document.createElement(`style`),i=e.litNonce;i!==void 0&&r.setAttribute(`nonce`,i),r.textContent=t.cssText,n.appendChild(r)}},c=t?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return a(t)})(e):e,{is:l,defineProperty:u,getOwnPropertyDescriptor:d,getOwnPropertyNames:f,getOwnPropertySymbols:p,getPrototypeOf:m}=Object,h=globalThis,g=h.trustedTypes,_=g?g.emptyScript:``,v=h.reactiveElementPolyfillSupport,y=(e,t)=>e,b={toAttribute(e,t){switch(t){case Boolean:e=e?_:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},x=(e,t)=>!l(e,t),S={attribute:!0,type:String,converter:b,reflect:!1,useDefault:!1,hasChanged:x};Symbol.metadata??=Symbol(`metadata`),h.litPropertyMetadata??=new WeakMap;var C=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=S){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&u(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=d(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??S}static _$Ei(){if(this.hasOwnProperty(y(`elementProperties`)))return;let e=m(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(y(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(y(`properties`))){let e=this.properties,t=[...f(e),...p(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(c(e))}else e!==void 0&&t.push(c(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return s(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?b:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?b:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??x)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};C.elementStyles=[],C.shadowRootOptions={mode:`open`},C[y(`elementProperties`)]=new Map,C[y(`finalized`)]=new Map,v?.({ReactiveElement:C}),(h.reactiveElementVersions??=[]).push(`2.1.2`);var w=globalThis,T=e=>e,E=w.trustedTypes,D=E?E.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,O=`$lit$`,k=`lit$${Math.random().toFixed(9).slice(2)}$`,ee=`?`+k,A=`<${ee}>`,j=document,te=()=>j.createComment(``),ne=e=>e===null||typeof e!=`object`&&typeof e!=`function`,re=Array.isArray,ie=e=>re(e)||typeof e?.[Symbol.iterator]==`function`,ae=`[ 	
\f\r]`,M=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,N=/-->/g,P=/>/g,F=RegExp(`>|${ae}(?:([^\\s"'>=/]+)(${ae}*=${ae}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),I=/'/g,L=/"/g,oe=/^(?:script|style|textarea|title)$/i,se=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),R=se(1),ce=se(2),le=Symbol.for(`lit-noChange`),z=Symbol.for(`lit-nothing`),ue=new WeakMap,de=j.createTreeWalker(j,129);function fe(e,t){if(!re(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return D===void 0?t:D.createHTML(t)}var pe=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=M;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===M?c[1]===`!--`?o=N:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=F):(oe.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=F):o=P:o===F?c[0]===`>`?(o=i??M,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?F:c[3]===`"`?L:I):o===L||o===I?o=F:o===N||o===P?o=M:(o=F,i=void 0);let d=o===F&&e[t+1].startsWith(`/>`)?` `:``;a+=o===M?n+A:l>=0?(r.push(s),n.slice(0,l)+O+n.slice(l)+k+d):n+k+(l===-2?t:d)}return[fe(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},me=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=pe(t,n);if(this.el=e.createElement(l,r),de.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=de.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(O)){let t=u[o++],n=i.getAttribute(e).split(k),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?ye:r[1]===`?`?B:r[1]===`@`?V:ve}),i.removeAttribute(e)}else e.startsWith(k)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(oe.test(i.tagName)){let e=i.textContent.split(k),t=e.length-1;if(t>0){i.textContent=E?E.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],te()),de.nextNode(),c.push({type:2,index:++a});i.append(e[t],te())}}}else if(i.nodeType===8){if(i.data===ee)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(k,e+1))!==-1;)c.push({type:7,index:a}),e+=k.length-1}}a++}}static createElement(e,t){let n=j.createElement(`template`);return n.innerHTML=e,n}};function he(e,t,n=e,r){if(t===le)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=ne(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=he(e,i._$AS(e,t.values),i,r)),t}var ge=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??j).importNode(t,!0);de.currentNode=r;let i=de.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new _e(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new be(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=de.nextNode(),a++)}return de.currentNode=j,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},_e=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=z,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=he(this,e,t),ne(e)?e===z||e==null||e===``?(this._$AH!==z&&this._$AR(),this._$AH=z):e!==this._$AH&&e!==le&&this._(e):e._$litType$===void 0?e.nodeType===void 0?ie(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==z&&ne(this._$AH)?this._$AA.nextSibling.data=e:this.T(j.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=me.createElement(fe(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new ge(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=ue.get(e.strings);return t===void 0&&ue.set(e.strings,t=new me(e)),t}k(t){re(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(te()),this.O(te()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=T(e).nextSibling;T(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},ve=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=z,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=z}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=he(this,e,t,0),a=!ne(e)||e!==this._$AH&&e!==le,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=he(this,r[n+o],t,o),s===le&&(s=this._$AH[o]),a||=!ne(s)||s!==this._$AH[o],s===z?e=z:e!==z&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===z?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},ye=class extends ve{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===z?void 0:e}},B=class extends ve{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==z)}},V=class extends ve{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=he(this,e,t,0)??z)===le)return;let n=this._$AH,r=e===z&&n!==z||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==z&&(n===z||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},be=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){he(this,e)}},xe=w.litHtmlPolyfillSupport;xe?.(me,_e),(w.litHtmlVersions??=[]).push(`3.3.3`);var Se=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new _e(t.insertBefore(te(),e),e,void 0,n??{})}return i._$AI(e),i},Ce=globalThis,we=class extends C{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Se(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return le}};we._$litElement$=!0,we.finalized=!0,Ce.litElementHydrateSupport?.({LitElement:we});var Te=Ce.litElementPolyfillSupport;Te?.({LitElement:we}),(Ce.litElementVersions??=[]).push(`4.2.2`);var Ee={attribute:!0,type:String,converter:b,reflect:!1,hasChanged:x},De=(e=Ee,t,n)=>{let{kind:r,metadata:i}=n,a=globalThis.litPropertyMetadata.get(i);if(a===void 0&&globalThis.litPropertyMetadata.set(i,a=new Map),r===`setter`&&((e=Object.create(e)).wrapped=!0),a.set(n.name,e),r===`accessor`){let{name:r}=n;return{set(n){let i=t.get.call(this);t.set.call(this,n),this.requestUpdate(r,i,e,!0,n)},init(t){return t!==void 0&&this.C(r,void 0,e,t),t}}}if(r===`setter`){let{name:r}=n;return function(n){let i=this[r];t.call(this,n),this.requestUpdate(r,i,e,!0,n)}}throw Error(`Unsupported decorator location: `+r)};function Oe(e){return(t,n)=>typeof n==`object`?De(e,t,n):((e,t,n)=>{let r=t.hasOwnProperty(n);return t.constructor.createProperty(n,e),r?Object.getOwnPropertyDescriptor(t,n):void 0})(e,t,n)}function H(e){return Oe({...e,state:!0,attribute:!1})}var ke=(e,t,n)=>(n.configurable=!0,n.enumerable=!0,Reflect.decorate&&typeof t!=`object`&&Object.defineProperty(e,t,n),n),Ae;function je(e){return(t,n)=>ke(t,n,{get(){return(this.renderRoot??(Ae??=document.createDocumentFragment())).querySelectorAll(e)}})}var Me=o`
  :host {
    --shems-import: var(--energy-grid-consumption-color, #488fc2);
    --shems-export: var(--energy-grid-return-color, #8353d1);
    --shems-solar: var(--energy-solar-color, #ff9800);
    --shems-grid: var(--energy-grid-consumption-color, #488fc2);
    --shems-load: var(--primary-text-color, #212121);
    --shems-battery-1: var(--energy-battery-out-color, #4db6ac);
    --shems-battery-2: var(--energy-battery-in-color, #f06292);
    --shems-battery-3: #7986cb;
    --shems-battery-4: #a1887f;
    --shems-value: var(--energy-battery-out-color, #4db6ac);
    --shems-curtailed: var(--error-color, #db4437);
    --shems-text: var(--secondary-text-color, #727272);
    --shems-grid-line: color-mix(in srgb, var(--primary-text-color, #212121) 9%, transparent);
    --shems-zero-line: color-mix(in srgb, var(--primary-text-color, #212121) 40%, transparent);
    --shems-soft: color-mix(in srgb, var(--primary-text-color, #212121) 6%, transparent);

    --shems-mode-self-consume: #4a9350;
    --shems-mode-charge: #3f83b5;
    --shems-mode-absorb: #b36b00;
    --shems-mode-cover: #17857b;
    --shems-mode-hold: #7c868e;
    --shems-mode-discharge: #7d52c4;
  }
`,Ne=o`
  :host {
    display: block;
  }
  ha-card {
    container-type: inline-size;
    overflow: hidden;
    height: 100%;
    box-sizing: border-box;
    color: var(--primary-text-color);
  }
  .body {
    padding: 16px;
    display: grid;
    gap: 16px;
  }
  header {
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: 8px;
  }
  h2 {
    margin: 0;
    font-size: 20px;
    line-height: 28px;
    font-weight: 400;
    margin-inline-end: auto;
    overflow-wrap: anywhere;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font-size: 12px;
    line-height: 24px;
    padding: 0 10px;
    border-radius: 999px;
    background: var(--shems-soft);
    white-space: nowrap;
  }
  .chip::before {
    content: "";
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--tone);
  }
  .chip.outlined {
    background: none;
    border: 1px dashed var(--tone);
    line-height: 22px;
  }
  .chip.outlined::before {
    display: none;
  }
  .good {
    --tone: var(--success-color, #43a047);
  }
  .warn {
    --tone: var(--warning-color, #ffa600);
  }
  .bad {
    --tone: var(--error-color, #db4437);
  }
  .calm {
    --tone: var(--disabled-text-color, #9e9e9e);
  }
  .figures {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(132px, 1fr));
    gap: 8px;
    margin: 0;
  }
  .figure {
    padding: 10px 12px;
    border-radius: 12px;
    background: var(--shems-soft);
    min-width: 0;
    display: flex;
    flex-direction: column-reverse;
    justify-content: flex-end;
  }
  .figure dt {
    font-size: 12px;
    line-height: 16px;
    color: var(--secondary-text-color);
  }
  .figure dd {
    margin: 0;
    font-size: 22px;
    line-height: 30px;
    font-weight: 500;
    letter-spacing: -0.01em;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .figure dd small {
    font-size: 13px;
    font-weight: 400;
    color: var(--secondary-text-color);
    line-height: 1;
    margin-inline-start: 2px;
    letter-spacing: 0;
  }
  .figure.gain dd {
    color: color-mix(in srgb, var(--success-color, #43a047) 82%, var(--primary-text-color));
  }
  .notice {
    display: flex;
    gap: 12px;
    padding: 12px;
    border-radius: 12px;
    background: color-mix(in srgb, var(--tone) 12%, transparent);
    border-inline-start: 4px solid var(--tone);
    font-size: 14px;
    line-height: 20px;
  }
  .notice p {
    margin: 0;
  }
  .notice strong {
    font-weight: 500;
  }
  .content {
    display: grid;
    gap: 20px;
    grid-template-columns: minmax(0, 1fr);
  }
  .next h3,
  .more summary {
    font-size: 14px;
    font-weight: 500;
    margin: 0 0 8px;
    line-height: 24px;
  }
  ol {
    list-style: none;
    margin: 0;
    padding: 0;
    display: grid;
    gap: 4px;
  }
  li {
    display: grid;
    grid-template-columns: 36px minmax(0, 1fr);
    gap: 12px;
    padding: 8px;
    border-radius: 12px;
  }
  li.current {
    background: var(--shems-soft);
  }
  .icon {
    width: 36px;
    height: 36px;
    border-radius: 50%;
    display: grid;
    place-items: center;
    background: color-mix(in srgb, var(--color) 18%, transparent);
    color: var(--color);
  }
  .icon svg {
    width: 20px;
    height: 20px;
    fill: currentColor;
  }
  .when {
    font-size: 12px;
    line-height: 16px;
    color: var(--secondary-text-color);
    font-variant-numeric: tabular-nums;
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 8px;
  }
  .what {
    font-size: 14px;
    line-height: 20px;
    font-weight: 500;
  }
  .why.short {
    color: var(--error-color, #db4437);
  }
  .why {
    font-size: 13px;
    line-height: 18px;
    color: var(--secondary-text-color);
    margin: 0;
  }
  footer {
    font-size: 12px;
    line-height: 20px;
    color: var(--secondary-text-color);
  }
  footer summary {
    cursor: pointer;
    width: fit-content;
    border-radius: 4px;
  }
  footer .made {
    float: inline-end;
    text-align: end;
  }
  footer .made > span {
    display: block;
  }
  .scroll {
    overflow: auto;
    max-height: 420px;
    margin-top: 8px;
    border: 1px solid var(--divider-color);
    border-radius: 12px;
  }
  table {
    border-collapse: collapse;
    width: 100%;
    font-size: 12px;
    font-variant-numeric: tabular-nums;
    color: var(--primary-text-color);
  }
  caption {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  th,
  td {
    padding: 4px 10px;
    text-align: end;
    white-space: nowrap;
    font-weight: 400;
  }
  th:first-child,
  td:last-child,
  thead th:last-child {
    text-align: start;
  }
  thead th {
    position: sticky;
    top: 0;
    background: var(--card-background-color, #fff);
    color: var(--secondary-text-color);
    border-bottom: 1px solid var(--divider-color);
  }
  tbody tr:nth-child(even) {
    background: var(--shems-soft);
  }
  .state {
    display: grid;
    justify-items: center;
    text-align: center;
    gap: 8px;
    padding: 40px 24px;
  }
  .state svg {
    width: 48px;
    height: 48px;
    fill: var(--secondary-text-color);
  }
  .state h3 {
    margin: 0;
    font-size: 16px;
    font-weight: 500;
  }
  .state p {
    margin: 0;
    max-width: 44ch;
    color: var(--secondary-text-color);
    font-size: 14px;
    line-height: 20px;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    justify-content: center;
    gap: 8px;
    margin-top: 8px;
  }
  .actions a,
  .actions button {
    all: unset;
    cursor: pointer;
    font-size: 14px;
    font-weight: 500;
    line-height: 36px;
    padding: 0 16px;
    border-radius: 999px;
    color: var(--primary-color);
    background: color-mix(in srgb, var(--primary-color) 14%, transparent);
  }
  a:focus-visible,
  button:focus-visible,
  summary:focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: 2px;
  }
  .skeleton {
    display: grid;
    gap: 16px;
    padding: 16px;
  }
  .skeleton div {
    border-radius: 12px;
    background: var(--shems-soft);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  @keyframes breathe {
    to {
      opacity: 0.4;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton div {
      animation: none;
    }
  }
  @container (min-width: 900px) {
    .body {
      padding: 20px 24px;
    }
    .content {
      grid-template-columns: minmax(0, 1fr) 320px;
      gap: 32px;
    }
  }
  @container (max-width: 480px) {
    .body {
      padding: 12px;
      gap: 12px;
    }
    .figures {
      grid-template-columns: repeat(2, minmax(0, 1fr));
    }
    .figure dd {
      font-size: 19px;
    }
    .figure dd small {
      display: block;
      margin: 0;
      line-height: 16px;
    }
    .figure:first-child:nth-last-child(odd) {
      grid-column: 1 / -1;
    }
    .figure:first-child:nth-last-child(odd) dd {
      font-size: 26px;
    }
    li {
      padding: 8px 4px;
    }
    footer .made {
      float: none;
      text-align: start;
    }
  }
  @container (max-width: 340px) {
    h2 {
      flex-basis: 100%;
    }
  }
`,Pe=`M13.54 22H7.33C6.6 22 6 21.4 6 20.67V5.33C6 4.6 6.6 4 7.33 4H9V2H15V4H16.67C17.4 4 18 4.6 18 5.33V12C14.69 12 12 14.69 12 18C12 19.54 12.58 20.94 13.54 22M20.94 17.5L17.94 14.5L14.94 17.5H16.94V21.5H18.94V17.5H20.94`,Fe=`M15 15V17H18V20H20V17H23V15H20V12H18V15M14.97 11.61C14.85 10.28 13.59 8.97 12 9C10.3 9.03 9 10.3 9 12C9 13.7 10.3 14.94 12 15C12.38 15 12.77 14.92 13.14 14.77C13.41 13.67 13.86 12.63 14.97 11.61M13 16H7C7 14.9 6.11 14 5 14V10C6.11 10 7 9.11 7 8H17C17 9.11 17.9 10 19 10V10.06C19.67 10.06 20.34 10.18 21 10.4V6H3V18H13.32C13.1 17.33 13 16.66 13 16Z`,Ie=`M18,2H6A2,2 0 0,0 4,4V20A2,2 0 0,0 6,22H18A2,2 0 0,0 20,20V4A2,2 0 0,0 18,2M10,4A1,1 0 0,1 11,5A1,1 0 0,1 10,6A1,1 0 0,1 9,5A1,1 0 0,1 10,4M7,4A1,1 0 0,1 8,5A1,1 0 0,1 7,6A1,1 0 0,1 6,5A1,1 0 0,1 7,4M18,20H6V8H18V20M14.67,15.33C14.69,16.03 14.41,16.71 13.91,17.21C12.86,18.26 11.15,18.27 10.09,17.21C9.59,16.71 9.31,16.03 9.33,15.33C9.4,14.62 9.63,13.94 10,13.33C10.37,12.5 10.81,11.73 11.33,11L12,10C13.79,12.59 14.67,14.36 14.67,15.33`,Le=`M19.77,7.23L19.78,7.22L16.06,3.5L15,4.56L17.11,6.67C16.17,7.03 15.5,7.93 15.5,9A2.5,2.5 0 0,0 18,11.5C18.36,11.5 18.69,11.42 19,11.29V18.5A1,1 0 0,1 18,19.5A1,1 0 0,1 17,18.5V14A2,2 0 0,0 15,12H14V5A2,2 0 0,0 12,3H6A2,2 0 0,0 4,5V21H14V13.5H15.5V18.5A2.5,2.5 0 0,0 18,21A2.5,2.5 0 0,0 20.5,18.5V9C20.5,8.31 20.22,7.68 19.77,7.23M18,10A1,1 0 0,1 17,9A1,1 0 0,1 18,8A1,1 0 0,1 19,9A1,1 0 0,1 18,10M8,18V13.5H6L10,6V11H12L8,18Z`,Re=`M12 20L5 20V12H2L12 3L14.78 5.5H14V7.17C12.84 7.58 12 8.7 12 10V20M15 9H16V7.5H20V9H21C21.55 9 22 9.45 22 10V21C22 21.55 21.55 22 21 22H15C14.45 22 14 21.55 14 21V10C14 9.45 14.45 9 15 9M16 11V14H20V11H16Z`,ze=`M17,16H15V22H12V17H8V22H5V16H3L10,10L17,16M6,2L10,6H9V9H7V6H5V9H3V6H2L6,2M18,3L23,8H22V12H19V9H17V12H15.34L14,10.87V8H13L18,3Z`,Be=`M12 3L2 12H5V20H19V12H22L12 3M11.5 18V14H9L12.5 7V11H15L11.5 18Z`,Ve=`M19.31 18.9C19.75 18.21 20 17.38 20 16.5C20 14 18 12 15.5 12S11 14 11 16.5 13 21 15.5 21C16.37 21 17.19 20.75 17.88 20.32L21 23.39L22.39 22L19.31 18.9M15.5 19C14.12 19 13 17.88 13 16.5S14.12 14 15.5 14 18 15.12 18 16.5 16.88 19 15.5 19M5 20V12H2L12 3L22 12H20.18C19.33 11.11 18.23 10.47 17 10.18L12 5.69L7 10.19V18H9.18C9.35 18.72 9.64 19.39 10.03 20H5Z`,He=`M12,17C10.89,17 10,16.1 10,15C10,13.89 10.89,13 12,13A2,2 0 0,1 14,15A2,2 0 0,1 12,17M18,20V10H6V20H18M18,8A2,2 0 0,1 20,10V20A2,2 0 0,1 18,22H6C4.89,22 4,21.1 4,20V10C4,8.89 4.89,8 6,8H7V6A5,5 0 0,1 12,1A5,5 0 0,1 17,6V8H18M12,3A3,3 0 0,0 9,6V8H15V6A3,3 0 0,0 12,3Z`,Ue=`M13,16V8H15V16H13M9,16V8H11V16H9M12,2A10,10 0 0,1 22,12A10,10 0 0,1 12,22A10,10 0 0,1 2,12A10,10 0 0,1 12,2M12,4A8,8 0 0,0 4,12A8,8 0 0,0 12,20A8,8 0 0,0 20,12A8,8 0 0,0 12,4Z`,We=`M22.11 21.46L2.39 1.73L1.11 3L6.25 8.14C6.1 8.41 6 8.7 6 9V14.5L9.5 18V21H14.5V18L15.31 17.2L20.84 22.73L22.11 21.46M13.09 16.59L12.67 17H11.33L10.92 16.59L8 13.67V9.89L13.89 15.78L13.09 16.59M12.2 9L10.2 7H14V3H16V7C17 7 18 8 18 9V14.5L17.85 14.65L16 12.8V9.09C16 9.06 15.95 9 15.92 9H12.2M10 6.8L8 4.8V3H10V6.8Z`,Ge=`M16 7V3H14V7H10V3H8V7C7 7 6 8 6 9V14.5L9.5 18V21H14.5V18L18 14.5V9C18 8 17 7 16 7M16 13.67L13.09 16.59L12.67 17H11.33L10.92 16.59L8 13.67V9.09C8 9.06 8.06 9 8.09 9H15.92C15.95 9 16 9.06 16 9.09V13.67Z`,Ke=`M7.95,3L6.53,5.19L7.95,7.4H7.94L5.95,10.5L4.22,9.6L5.64,7.39L4.22,5.19L6.22,2.09L7.95,3M13.95,2.89L12.53,5.1L13.95,7.3L13.94,7.31L11.95,10.4L10.22,9.5L11.64,7.3L10.22,5.1L12.22,2L13.95,2.89M20,2.89L18.56,5.1L20,7.3V7.31L18,10.4L16.25,9.5L17.67,7.3L16.25,5.1L18.25,2L20,2.89M2,22V14A2,2 0 0,1 4,12H20A2,2 0 0,1 22,14V22H20V20H4V22H2M6,14A1,1 0 0,0 5,15V17A1,1 0 0,0 6,18A1,1 0 0,0 7,17V15A1,1 0 0,0 6,14M10,14A1,1 0 0,0 9,15V17A1,1 0 0,0 10,18A1,1 0 0,0 11,17V15A1,1 0 0,0 10,14M14,14A1,1 0 0,0 13,15V17A1,1 0 0,0 14,18A1,1 0 0,0 15,17V15A1,1 0 0,0 14,14M18,14A1,1 0 0,0 17,15V17A1,1 0 0,0 18,18A1,1 0 0,0 19,17V15A1,1 0 0,0 18,14Z`,qe=`M11.45,2V5.55L15,3.77L11.45,2M10.45,8L8,10.46L11.75,11.71L10.45,8M2,11.45L3.77,15L5.55,11.45H2M10,2H2V10C2.57,10.17 3.17,10.25 3.77,10.25C7.35,10.26 10.26,7.35 10.27,3.75C10.26,3.16 10.17,2.57 10,2M17,22V16H14L19,7V13H22L17,22Z`,Je=`M12,20A7,7 0 0,1 5,13A7,7 0 0,1 12,6A7,7 0 0,1 19,13A7,7 0 0,1 12,20M19.03,7.39L20.45,5.97C20,5.46 19.55,5 19.04,4.56L17.62,6C16.07,4.74 14.12,4 12,4A9,9 0 0,0 3,13A9,9 0 0,0 12,22C17,22 21,17.97 21,13C21,10.88 20.26,8.93 19.03,7.39M11,14H13V8H11M15,1H9V3H15V1Z`,Ye=`M8.28,5.45L6.5,4.55L7.76,2H16.23L17.5,4.55L15.72,5.44L15,4H9L8.28,5.45M18.62,8H14.09L13.3,5H10.7L9.91,8H5.38L4.1,10.55L5.89,11.44L6.62,10H17.38L18.1,11.45L19.89,10.56L18.62,8M17.77,22H15.7L15.46,21.1L12,15.9L8.53,21.1L8.3,22H6.23L9.12,11H11.19L10.83,12.35L12,14.1L13.16,12.35L12.81,11H14.88L17.77,22M11.4,15L10.5,13.65L9.32,18.13L11.4,15M14.68,18.12L13.5,13.64L12.6,15L14.68,18.12Z`,Xe=`M8 2C6.89 2 6 2.89 6 4V16C6 17.11 6.89 18 8 18H9V20H6V22H9C10.11 22 11 21.11 11 20V18H13V20C13 21.11 13.89 22 15 22H18V20H15V18H16C17.11 18 18 17.11 18 16V4C18 2.89 17.11 2 16 2H8M12 4.97A2 2 0 0 1 14 6.97A2 2 0 0 1 12 8.97A2 2 0 0 1 10 6.97A2 2 0 0 1 12 4.97M10 14.5H14V16H10V14.5Z`,Ze=1200,Qe=.3,$e={code:`idle`,args:{}},et=(e,t)=>e.mode===t.mode&&e.reason.code===t.reason.code,tt=(e,t)=>{e.end=t.end,e.energy+=t.energy,e.soc=t.soc},nt=(e,t,n)=>{let r=e.end[n]??e.now,i=Math.max(e.start[n]??e.now,e.now);return{battery:t,mode:t.mode[n]??`hold`,reason:t.reason[n]??$e,start:i,end:r,energy:(t.power_kw[n]??0)*(r-i)/3600,soc:t.soc[n]??null}},rt=(e,t)=>{let n=[];e.end.forEach((r,i)=>{if(r<=e.now)return;let a=nt(e,t,i),o=n[n.length-1];o&&et(o,a)?tt(o,a):n.push(a)});let r=[];for(let e of n){let t=r[r.length-1],n=e.end-e.start<Ze&&Math.abs(e.energy)<Qe;t&&(n||et(t,e))?tt(t,e):r.push(e)}return r},it=(e,t)=>e.batteries.flatMap(t=>rt(e,t)).sort((e,t)=>e.start-t.start).slice(0,t),at=(e,t)=>{let n=[];return e.start.forEach((r,i)=>{let a=t.mode[i]??`hold`,o=e.end[i]??r,s=n[n.length-1];s&&s.mode===a&&s.end===r?s.end=o:n.push({mode:a,start:r,end:o})}),n},ot=.01,st=.05,ct=e=>Math.abs(e.energy)>=st,lt=(e,t)=>{let n=null,r=()=>n!==null&&(n.start<=e.now||ct(n));for(let[i,a]of e.end.entries()){if(a<=e.now)continue;let o=t.power_kw[i]??0;if(Math.abs(o)<=ot){if(r())break;n=null;continue}let s=Math.max(e.start[i]??e.now,e.now);n??={start:s,end:a,energy:0},n.end=a,n.energy+=o*(a-s)/3600}return r()?n:null},ut=(e,t)=>{if(e===null||t===null)return null;let n=t-e;return{amount:n,share:t>.05&&n<=t?n/t:null}},dt=(e,t)=>{let n=0,r=0;for(let i of e.batteries){let e=i.soc[t];if(e==null)return null;n+=e*i.capacity_kwh,r+=i.capacity_kwh}return r>0?n/r:null},ft=e=>{let{soc:t}=e.past;for(let e=t.length-1;e>=0;--e){let n=t[e];if(n!=null)return n}return null},pt=3600,mt=e=>({row:{start:e,importPrice:null,load:0,solar:0,grid:0,battery:0,soc:null,modes:[]},hours:0,money:0,priced:0}),ht=(e,t,n,r)=>{let{row:i}=e,a=t.import_price[n];e.hours+=r,a!=null&&(e.money+=a*r,e.priced+=r),i.load+=(t.load_kw.p50[n]??0)*r,i.solar+=(t.solar_kw.p50[n]??0)*r,i.grid+=(t.grid_kw[n]??0)*r;for(let e of t.batteries)i.battery+=(e.power_kw[n]??0)*r;i.soc=dt(t,n),i.modes=t.batteries.map(e=>e.mode[n]??`hold`)},gt=({row:e,hours:t,money:n,priced:r})=>({...e,importPrice:r>0?n/r:null,load:e.load/t,solar:e.solar/t,grid:e.grid/t,battery:e.battery/t}),_t=(e,t)=>{let n=new Map;return e.end.forEach((t,r)=>{let i=Math.max(e.start[r]??t,e.now);for(;i<t;){let a=Math.floor(i/pt)*pt,o=Math.min(t,a+pt),s=n.get(a)??mt(a);n.set(a,s),ht(s,e,r,(o-i)/pt),i=o}}),[...n.values()].slice(0,t).map(gt)},vt={"card.name":`SHEMS plan`,"card.description":`Prices, forecasts and what the batteries will do, with reasons.`,"card.title":`Energy plan`,"editor.entry_id":`Home`,"editor.hours":`Hours ahead`,"editor.title":`Title`,"status.waiting":`Waiting`,"status.optimal":`Optimised`,"status.rule":`Simple rule`,"status.safe":`Safe mode`,"status.off":`Off`,"status.offline":`No connection`,"badge.dry_run":`Dry run`,"badge.dry_run.help":`Nothing is controlled: allow control of a device to let the plan drive it.`,"kpi.cost":`Next 24 hours`,"kpi.cost.income":`Income, next 24 hours`,"kpi.saving":`Saved vs. no battery`,"kpi.extra":`More than without battery`,"kpi.rule":`Saved vs. self-consumption`,"kpi.rule.extra":`More than self-consumption`,"kpi.soc":`Stored now`,"panel.price":`Price`,"panel.power":`Home`,"panel.battery":`Battery`,"panel.battery.unit":`kW, − is charging`,"panel.soc":`State of charge`,"series.import":`Buy`,"series.export":`Sell`,"series.value":`Stored energy`,"series.load":`Load`,"series.solar":`Solar`,"series.grid":`Grid`,"series.curtailed":`Curtailed`,"series.battery":`Power`,"series.level":`Level`,"series.measured":`Measured`,"series.reserve":`Reserve`,"series.expected":`dashed: expected`,"time.now":`Now`,"time.until":`until {time}`,"time.span":`{start} – {end}`,"zoom.label":`Shown period`,"zoom.hours":`{hours} h`,"zoom.reset":`Show all`,"mode.self_consume":`Self-consumption`,"mode.charge":`Charge from the grid`,"mode.absorb":`Store solar surplus`,"mode.cover":`Cover the home`,"mode.hold":`Hold`,"mode.discharge":`Sell to the grid`,"mode.unknown":`Planned action`,"devices.title":`Devices`,"devices.now":`Now, until {time}`,"devices.rests":`Nothing planned`,"devices.proposed":`Only a proposal: SHEMS may not drive it, and reckons with what it usually does.`,"devices.left_out":`Not planned`,"shortfall.energy_short":`It lacks {amount} by {at}.`,"shortfall.energy_short.nearest":`It lacks {amount} by {at}: {nearest} can be had.`,"shortfall.energy_short.short":`It does not get all the energy that is wanted.`,"shortfall.energy_over":`At {at} it will hold {amount} more than wanted.`,"shortfall.energy_over.nearest":`At {at} it will hold {nearest}, {amount} more than wanted.`,"shortfall.energy_over.short":`It will hold more than wanted.`,"shortfall.power_short":`It cannot take the power that was demanded; {amount} are missing.`,"shortfall.power_short.short":`It cannot take the power that was demanded.`,"shortfall.departure_past":`It left with {amount} less than wanted.`,"shortfall.departure_past.short":`It left with less than wanted.`,"shortfall.too_cold":`It gets colder than wanted: {nearest} at {at}.`,"shortfall.too_cold.short":`It gets colder than wanted.`,"shortfall.too_warm":`It gets warmer than wanted: {nearest} at {at}.`,"shortfall.too_warm.short":`It gets warmer than wanted.`,"shortfall.too_cold_water":`The water gets colder than wanted: {nearest} at {at}.`,"shortfall.too_cold_water.short":`The water gets colder than wanted.`,"shortfall.legionella_missed":`The water does not get hot against legionella in time: {nearest} by {at}.`,"shortfall.legionella_missed.short":`The water does not get hot against legionella in time.`,"shortfall.not_run":`The programme is not run by {at}.`,"shortfall.not_run.short":`The programme is not run in time.`,"shortfall.late":`The programme ends {amount} too late, after {at}.`,"shortfall.late.short":`The programme ends too late.`,"shortfall.unknown":`Not all that is wanted can be had.`,"next.title":`What happens next`,"next.none":`No battery is set up yet, so there is nothing to control. Add one in the integration's settings.`,"reason.charge_for":`Grid energy at {price} is stored for {from} to {to}, when it costs {later}. That saves {saves}.`,"reason.charge_for.short":`Grid energy is cheap and is used when it is dear.`,"reason.charge_asked":`Grid energy at {price} is stored because a charge is wanted by {deadline}.`,"reason.charge_asked.short":`Grid energy is stored because a charge is wanted.`,"reason.charge_cheap":`Grid energy at {price} is stored because it is worth {value} later.`,"reason.charge_cheap.short":`Grid energy is cheap and worth more later.`,"reason.store_surplus":`Stored, solar surplus is worth {value}; sold, it earns {export_price}.`,"reason.store_surplus.short":`Solar surplus is worth more later than sold now.`,"reason.sell_surplus":`Sold, solar surplus earns {export_price}; stored, it is worth {value}.`,"reason.sell_surplus.short":`Selling the solar surplus pays more than storing it.`,"reason.cover_load":`The battery supplies the home: the grid costs {price}, stored energy is worth {value}.`,"reason.cover_load.short":`The battery is cheaper than the grid.`,"reason.keep_for_later":`Stored energy is kept for {at}, when it is worth {value}; the grid costs only {price}.`,"reason.keep_for_later.short":`Stored energy is kept for a more expensive time.`,"reason.discharge_export":`Sold, stored energy earns {export_price}; kept, it is worth {value}.`,"reason.discharge_export.short":`Selling stored energy pays more than keeping it.`,"reason.full":`The battery is full.`,"reason.empty":`The battery is at its reserve of {reserve}.`,"reason.empty.short":`The battery is at its reserve.`,"reason.curtail_negative":`Feeding in would cost money ({export_price}), so solar is held back.`,"reason.curtail_negative.short":`Feeding in would cost money, so solar is held back.`,"reason.limit_grid":`The grid connection is kept below {limit_kw}.`,"reason.limit_grid.short":`The grid connection is at its limit.`,"reason.limit_fuse":`The grid connection is kept below {limit_kw}, what its fuses carry.`,"reason.limit_fuse.short":`The fuses of the grid connection are at their limit.`,"reason.limit_phase":`One phase is above its fuse, so what is on it takes less for some minutes: a phase carries {limit_kw}.`,"reason.limit_phase.short":`One phase is above its fuse.`,"reason.limit_peak":`Import is kept below {limit_kw}, the month's peak as planned.`,"reason.limit_peak.short":`The month's peak is kept as planned.`,"reason.limit_operator":`The grid operator limits the connection to {limit_kw}.`,"reason.limit_operator.short":`The grid operator limits the connection.`,"reason.limit_event":`A demand-response event limits the connection to {limit_kw}.`,"reason.limit_event.short":`A demand-response event limits the connection.`,"reason.limit_household":`You limited the connection to {limit_kw}.`,"reason.limit_household.short":`You limited the connection.`,"reason.limit_entity":`An entity that you chose limits the connection to {limit_kw}.`,"reason.limit_entity.short":`An entity that you chose limits the connection.`,"reason.limit_lost":`The entity that limits the connection is lost: at most {limit_kw} until it is back.`,"reason.limit_lost.short":`The entity that limits the connection is lost; the limit for that case holds.`,"reason.limit_imposed":`The connection is limited to {limit_kw} from outside.`,"reason.limit_imposed.short":`The connection is limited from outside.`,"reason.limit_export":`No more than {limit_kw} is fed in.`,"reason.limit_export.short":`No more may be fed in.`,"reason.rule_fallback":`No optimised plan yet: surplus is stored and used in the home.`,"reason.override":`Overridden by {cause} since {since}, until {until}.`,"reason.override.short":`You are in charge for now.`,"override.user":`a person`,"override.automation":`an automation`,"override.device":`the device itself`,"override.power":`the device itself`,"override.action":`an action`,"reason.paused":`Control is paused for this device.`,"reason.idle":`There is nothing to gain.`,"reason.no_price":`Prices are unknown, so the battery just follows the home.`,"reason.user_hold":`Held by you.`,"reason.user_charge":`Charging to {soc}, as you asked.`,"reason.user_charge.short":`Charging, as you asked.`,"reason.user_target_reached":`Your target of {soc} is reached.`,"reason.user_target_reached.short":`Your target is reached.`,"reason.little_to_win":`Planning ahead would win only about {gain} over storing surplus and using it at home, so the battery simply follows the house.`,"reason.little_to_win.short":`Hardly anything is to be won by planning ahead, so the battery simply follows the house.`,"reason.self_consumption_chosen":`Over the last days here, storing surplus and using it at home cost less than planning ahead, so the battery simply follows the house.`,"reason.self_consumption_chosen.short":`Simply following the house cost least here over the last days.`,"reason.timer_charges":`These are the day's cheapest hours ({price}), and over the last days here a timer cost less than planning ahead.`,"reason.timer_charges.short":`Charges in the day's cheapest hours, which cost least here over the last days.`,"reason.timer_chosen":`Over the last days here a timer cost less than planning ahead: the battery stores surplus and covers the house when electricity is dear.`,"reason.timer_chosen.short":`A timer cost least here over the last days.`,"reason.device_runs":`It runs until {until} at {price}, where any hour of the day would cost {usual}: that saves {saves}.`,"reason.device_runs.short":`It runs in the hours that cost least.`,"reason.device_needed":`It must run until {until} for what you asked of it, at {price}.`,"reason.device_needed.short":`It must run now for what you asked of it.`,"reason.device_alike":`It runs until {until}, at {price}: at other hours of the day that would cost about as much.`,"reason.device_alike.short":`It runs now: at other hours that would cost about as much.`,"reason.device_later":`It has nothing to do until {at}.`,"reason.device_waits":`It waits until {at}, when it costs {later} instead of {price}.`,"reason.device_waits.short":`It waits for a better hour.`,"reason.device_idle":`It has nothing to do.`,"reason.timetable":`Your timetable keeps it off until {until}.`,"reason.timetable.short":`Your timetable keeps it off.`,"reason.timetable_on":`Your timetable keeps it on until {until}.`,"reason.timetable_on.short":`Your timetable keeps it on.`,"reason.timetable_rests":`Your timetable lets it rest until {until}.`,"reason.timetable_rests.short":`Your timetable lets it rest.`,"reason.device_surplus":`It runs on solar surplus, which would earn only {export_price}.`,"reason.device_surplus.short":`It runs on solar surplus.`,"reason.device_sheds":`It is off for a while: electricity costs {price}, more than it is worth.`,"reason.device_sheds.short":`It is off for a while, because electricity is worth more than that.`,"reason.device_gives":`It gives energy back to the home, where it is worth {price}.`,"reason.device_gives.short":`It gives energy back to the home.`,"reason.device_keeps":`It was switched a moment ago and stays as it is until {until}.`,"reason.device_keeps.short":`It was switched a moment ago and stays as it is.`,"reason.device_turn":`It waits while {device} has the heat pump.`,"reason.device_turn.short":`It waits while the heat pump is needed elsewhere.`,"reason.user_on":`On, as you asked.`,"reason.user_off":`Off, as you asked.`,"reason.unknown":`Planned for the lowest cost ({code}).`,"problem.tip_unknown":`There is no such tip now.`,"problem.tips_overdue":`Tips could not be looked for in time: the machine is busy.`,"problem.tips_failed":`Tips could not be looked for; the log tells why.`,"problem.unknown":`Cause: {code}.`,"problem.device_unseen":`{entity} says nothing, so {device} is left out of the plan. Check the entity; it is planned again when it reports.`,"problem.device_unseen.short":`A device is left out of the plan, because one of its entities says nothing.`,"problem.temperature_missing":`{device} cannot be planned without the outdoor temperature. Choose a weather service or a sensor in the settings of the home.`,"problem.temperature_missing.short":`Heating cannot be planned without the outdoor temperature. Choose a weather service or a sensor in the settings of the home.`,"problem.carbon_missing":`The carbon intensity of the grid is missing, which the plan is to keep low. Choose another goal, or a source for it.`,"problem.objective_parameter":`{name} = {value} is no goal that a plan can have. Correct the goal.`,"problem.objective_parameter.short":`The goal of the plan is not possible. Correct it.`,"problem.device_parameter":`{name} = {value} is not possible for a device. Correct the device's settings.`,"problem.device_parameter.short":`A device's settings are not possible. Correct them.`,"problem.field_not_time":`The field {field} of {device} holds no time of day. Correct it in the device's settings.`,"problem.field_not_time.short":`A device's field holds no time of day. Correct it in its settings.`,"problem.comfort_band":`Between {low} and {high} there is no temperature that could be kept. Correct the temperatures of the device.`,"problem.comfort_band.short":`The temperatures that are wanted leave none between them. Correct them.`,"problem.device_temperature":`{device} reports {value} °C, which cannot be. Check its sensor.`,"problem.device_temperature.short":`A device reports a temperature that cannot be. Check its sensor.`,"problem.device_draws":`The hot water expected of {device} cannot be: {value}. Report it with a diagnostics download.`,"problem.device_draws.short":`The hot water that is expected cannot be. Report it with a diagnostics download.`,"problem.device_energy":`{device} is asked for {energy_kwh}, which cannot be. Correct what is wanted of it.`,"problem.device_energy.short":`A device is asked for an energy that cannot be. Correct what is wanted of it.`,"problem.device_power":`{device} is to take {power_kw}, which cannot be. Correct its settings.`,"problem.device_power.short":`A device is to take a power that cannot be. Correct its settings.`,"problem.device_state":`{device} is in the state of another kind of device ({kind}). Add it anew.`,"problem.device_state.short":`A device is in the state of another kind. Add it anew.`,"problem.device_times_overlap":`The times in which {device} is to run overlap at {at}. Correct them.`,"problem.device_times_overlap.short":`The times in which a device is to run overlap. Correct them.`,"problem.stays_overlap":`{device} would come back at {at}, before it has left. Correct its times.`,"problem.stays_overlap.short":`A car would come back before it has left. Correct its times.`,"problem.departure_past":`{device} was to be ready at {at}, which is over. Choose a later time.`,"problem.departure_past.short":`A car was to be ready at a time that is over. Choose a later time.`,"problem.earliest_after_deadline":`{device} may begin only after it must be done. Correct one of the times.`,"problem.earliest_after_deadline.short":`A device may begin only after it must be done. Correct one of the times.`,"problem.deadline_too_short":`{device} cannot be done by {deadline}: its programme ends at {ends} at the earliest. Choose a later time.`,"problem.deadline_too_short.short":`A programme cannot be done in time. Choose a later time.`,"problem.profile_empty":`The programme of {device} takes no energy. Correct it in the device's settings.`,"problem.profile_empty.short":`An appliance's programme takes no energy. Correct it in the device's settings.`,"problem.prices_missing":`The current price is missing. Check that the price source is available; SHEMS plans again when it is.`,"problem.no_price_history":`Prices for the coming hours are not published and there are none to learn from. Check the price source.`,"problem.no_load_history":`There is no measured consumption to forecast from yet. The first plan comes after a few minutes of measuring; if not, check the meters of the grid connection.`,"problem.soc_unusable":`The state of charge of {device} is missing or too old. Check its sensor; the battery is planned again when it reports.`,"problem.soc_unusable.short":`A battery's state of charge is missing or too old. Check its sensor.`,"problem.soc_out_of_range":`{battery} reports an impossible state of charge. Check its sensor and the capacity in its settings.`,"problem.soc_out_of_range.short":`A battery reports an impossible state of charge. Check its sensor and the capacity in its settings.`,"problem.belief_missing":`The forecast has gaps, so no plan can be made. Check the meters and the solar forecast service, then recompute.`,"problem.belief_negative":`The forecast is below zero. Check the signs of the meters in the settings of the devices.`,"problem.belief_length":`The forecast does not cover the planned time. Recompute; if it happens again, report it with a diagnostics download.`,"problem.series_overlaps":`Measured values or prices overlap in time. Check the price source and the recorder's statistics.`,"problem.slot_not_finite":`A meter counted something that is no number. Check the energy meters in the settings of the devices.`,"problem.slot_reversed":`The clock went backwards. Check the system time.`,"problem.battery_parameter":`{name} = {value} is not possible for a battery. Correct the battery's settings.`,"problem.battery_parameter.short":`A battery's settings are not possible. Correct them.`,"problem.connection_parameter":`{name} = {value} is not possible for the grid connection. Correct its limits.`,"problem.connection_parameter.short":`The limits of the grid connection are not possible. Correct them.`,"problem.field_not_number":`The field {field} of {device} holds no number. Correct it in the device's settings.`,"problem.field_not_number.short":`A device's field holds no number. Correct it in its settings.`,"problem.unit_not_current":`The unit {unit} is no current. Choose a sensor in ampere.`,"problem.unit_not_carbon":`The unit {unit} is no carbon intensity. Choose a sensor in g/kWh.`,"problem.unit_not_power":`The unit {unit} is not one of power. Choose a sensor in W or kW.`,"problem.unit_not_power.short":`A sensor's unit is not one of power. Choose one in W or kW.`,"problem.unit_not_energy":`The unit {unit} is not one of energy. Choose a meter in Wh or kWh.`,"problem.unit_not_energy.short":`A meter's unit is not one of energy. Choose one in Wh or kWh.`,"problem.unit_not_price":`The unit {unit} is not a price of energy. Choose a sensor with a unit such as €/kWh.`,"problem.unit_not_price.short":`A sensor's unit is not a price of energy. Choose one with a unit such as €/kWh.`,"problem.unit_not_temperature":`The unit {unit} is not one of temperature. Choose a sensor in °C or °F.`,"problem.unit_not_temperature.short":`A sensor's unit is not one of temperature. Choose one in °C or °F.`,"problem.unit_not_percent":`The unit {unit} is not a percentage. Choose a sensor in %.`,"problem.unit_not_percent.short":`A sensor's unit is not a percentage. Choose one in %.`,"problem.tariff_missing":`No tariff is set up. Add one in the integration's options.`,"problem.tariff_window_invalid":`A time window of the tariff is not valid: {window}. Correct it in the integration's options.`,"problem.tariff_window_invalid.short":`A time window of the tariff is not valid. Correct it in the integration's options.`,"problem.connection_count":`A home needs exactly one grid connection. Add or remove one in the integration's settings.`,"problem.device_invalid":`The settings of {device} do not fit together: {detail}. Correct them in the device's settings.`,"problem.device_invalid.short":`The settings of a device do not fit together. Correct them.`,"problem.driven_already":`{entity} is driven by another device already. Choose another entity, or remove one of the two.`,"problem.driven_already.short":`An entity drives two devices. Choose another for one of them.`,"problem.device_refuses":`{device} does not follow its commands. Check that it is online and that nothing else controls it.`,"problem.device_refuses.short":`A device does not follow its commands. Check that it is online and that nothing else controls it.`,"problem.plan_failed":`The plan failed through a fault in SHEMS; the last plan holds for half an hour. Please report it with a diagnostics download.`,"problem.solver_failed":`The optimiser found no plan, so the simple rule applies. If it stays, report it with a diagnostics download.`,"problem.solver_overdue":`The optimiser ran out of time; the last plan holds for half an hour. If it stays, the machine is too busy.`,"problem.price_action_failed":`The price source {source} failed: {detail}. Check that integration.`,"problem.price_action_failed.short":`The price source failed. Check its integration.`,"problem.price_action_missing":`The price source {source} is not set up. Add its integration or choose another source in the options.`,"problem.price_action_missing.short":`The price source is not set up. Add its integration or choose another source in the options.`,"problem.price_area_missing":`The price source {source} has several areas ({areas}). Choose one in the options.`,"problem.price_area_missing.short":`The price source has several areas. Choose one in the options.`,"problem.price_attribute_missing":`The price source {source} has no attribute {attribute}. Choose another sensor in the options.`,"problem.price_attribute_missing.short":`The price source lacks an attribute. Choose another sensor in the options.`,"problem.price_count_wrong":`The price source {source} lists {count} prices, which fill no day. Check that integration or choose another source.`,"problem.price_count_wrong.short":`The price source lists prices that fill no day. Check its integration or choose another source.`,"problem.price_empty":`The price source {source} has no price for now or later. Check that it is up to date.`,"problem.price_empty.short":`The price source has no price for now or later. Check that it is up to date.`,"problem.price_entity_unavailable":`The price sensor {entity} is unavailable. Check its integration; SHEMS plans again when it is back.`,"problem.price_entity_unavailable.short":`The price sensor is unavailable. Check its integration.`,"problem.price_overlaps":`The price source {source} gives several prices for the same time. Check that integration or choose another source.`,"problem.price_overlaps.short":`The price source gives several prices for the same time. Check its integration or choose another source.`,"problem.price_shape_unknown":`The price source {source} answers in a form that SHEMS does not know. Choose another source, or report it.`,"problem.price_shape_unknown.short":`The price source answers in a form that SHEMS does not know. Choose another source, or report it.`,"problem.price_source_unknown":`The kind of price source {source} is not known. Choose another in the options.`,"problem.price_source_unknown.short":`The kind of price source is not known. Choose another in the options.`,"problem.price_unit_unknown":`The price unit {unit} does not fit the tariff's currency. Choose another sensor or correct the currency.`,"problem.price_unit_unknown.short":`The price's unit does not fit the tariff's currency. Choose another sensor or correct the currency.`,"problem.input_absent":`{entity} does not exist, so {device} cannot be read. Choose another entity in its settings.`,"problem.input_absent.short":`An entity that is needed does not exist. Choose another in the settings.`,"problem.input_unavailable":`{entity} ({device}) is unavailable. Check the device and its integration; SHEMS goes on by itself when it is back.`,"problem.input_unavailable.short":`An entity is unavailable. Check the device and its integration.`,"problem.input_silent":`{entity} ({device}) has not reported for too long to be believed. Check the device and its connection.`,"problem.input_silent.short":`A sensor has not reported for too long to be believed. Check the device.`,"problem.input_frozen":`{entity} ({device}) shows the same while energy flows. Restart the device or its integration.`,"problem.input_frozen.short":`A sensor shows the same while energy flows. Restart the device or its integration.`,"problem.input_no_number":`{entity} ({device}) shows no number. Check the entity or choose another.`,"problem.input_no_number.short":`A sensor shows no number. Check it or choose another.`,"problem.input_unit":`{entity} ({device}) has a unit that does not fit: {shown}. Correct it or choose another entity.`,"problem.input_unit.short":`A sensor has a unit that does not fit. Correct it or choose another entity.`,"problem.input_beyond":`{entity} ({device}) shows {shown}, more than can be. Check its unit and the limits in the settings.`,"problem.input_beyond.short":`A sensor shows more than can be. Check its unit and the limits in the settings.`,"problem.input_negative":`{entity} ({device}) shows {shown}, which cannot be below zero. Check its sign.`,"problem.input_negative.short":`A sensor is below zero where that cannot be. Check its sign.`,"problem.input_coarse":`{entity} ({device}) counts too coarsely to tell a power. Choose a sensor of the power.`,"problem.input_coarse.short":`A meter counts too coarsely to tell a power. Choose a sensor of the power.`,"problem.carbon_lost":`{source} does not tell what the grid emits. Plans go by the usual course of the day. Check that entity's integration.`,"problem.carbon_lost.short":`What the grid emits is not told. Check its integration.`,"problem.prices_lost":`Prices cannot be read from {source}; those known already are used. Check that integration.`,"problem.prices_lost.short":`Prices cannot be read; those known already are used. Check their source.`,"problem.solar_forecast_lost":`{source} tells no solar forecast. What it told last is used for a day, then what SHEMS learned. Check that integration.`,"problem.solar_forecast_lost.short":`The solar forecast is not renewed. Check its integration.`,"problem.weather_lost":`{source} tells no weather forecast. What it told last is used for a day, then what SHEMS learned. Check that integration.`,"problem.weather_lost.short":`The weather forecast is not renewed. Check its integration.`,"problem.plan_unsound":`The new plan does not fit the home, so it is not followed. Report it with a diagnostics download.`,"problem.disk_unwritable":`The disk of {disk} cannot be written ({free_mb} MB free). Make room or check the disk; until then SHEMS takes over no device, and a restart forgets what is new.`,"problem.disk_unwritable.short":`The disk cannot be written. Make room or check it; until then SHEMS takes over no device.`,"problem.recorder_failed":`The database of Home Assistant cannot be read ({detail}); what was read before is used. Check the disk and the recorder.`,"problem.recorder_failed.short":`The database of Home Assistant cannot be read; what was read before is used. Check the disk and the recorder.`,"notice.waiting.title":`The first plan is being made`,"notice.waiting.text":`SHEMS is collecting readings and prices. This usually takes less than five minutes.`,"notice.rule.title":`Running on the simple rule`,"notice.rule.text":`The optimiser found no plan in time. Surplus is stored and used in the home until the next plan.`,"notice.safe.title":`Safe mode: an input is missing`,"notice.safe.text":`Check that the meter, battery and price entities are available. Control resumes by itself.`,"notice.off.title":`The optimiser is switched off`,"notice.off.text":`Turn on the optimiser switch of this home to plan and control again.`,"notice.stale.title":`This plan is from {time}`,"notice.stale.text":`A new one should come every five minutes. Look at the integration if this stays.`,"notice.offline":`This is the last plan until Home Assistant answers again.`,"notice.problem.title":`Something is missing`,"notice.problem.held":`The last known values are used meanwhile.`,"notice.problem.without":`The plan does without it meanwhile.`,"error.loading":`Loading the plan`,"error.not_found.title":`This home was not found`,"error.not_found.text":`It may have been removed or is still starting. Choose another home in the card's settings, or set up SHEMS.`,"error.home_not_named.title":`There are several homes`,"error.home_not_named.text":`Choose the one to show in the card's settings.`,"error.unknown_command.title":`SHEMS is not running`,"error.unknown_command.text":`Add the SHEMS integration, or wait while it starts. This card tries again by itself.`,"error.unauthorized.title":`No permission`,"error.unauthorized.text":`Your user may not see this home's plan. Ask an administrator.`,"error.other.title":`The plan cannot be shown`,"error.other.text":`Home Assistant answered: {message}. This card tries again by itself.`,"error.draw":`The chart could not be drawn; the table below has all figures.`,"action.open":`Open the integration`,"action.retry":`Try again`,"footer.planned":`Planned at {time}`,"footer.solved":`solved in {ms} ms`,"source.seven_day_mean":`mean of the last 7 days`,"source.mean":`mean of the little that is known`,"source.given":`forecast of your provider`,"source.mix":`learned until {time}`,"source.mix+given":`learned until {time}, with your provider's forecast`,"source.better":`error {percent} below the 7-day mean's`,"source.worse":`error {percent} above the 7-day mean's`,"table.open":`Show as table`,"table.caption":`Plan by the hour`,"table.time":`Time`,"table.soc":`Charge`,"table.mode":`Action`,"aria.chart":`Chart of prices, load, solar, battery power and state of charge from {start} to {end}. Use the arrow keys to read the values.`,"strategy.name":`SHEMS`,"strategy.description":`The plan, every device SHEMS drives, and what it saved.`,"view.overview":`Overview`,"view.devices":`Devices`,"view.insight":`Insight`,"view.sim":`Simulated home`,"section.now":`Right now`,"section.money":`Money`,"section.control":`Control`,"section.flow":`Energy today`,"section.history":`Power, last 24 hours`,"section.prices":`Prices, last 48 hours`,"section.savings":`Savings`,"section.quality":`Use of your own energy`,"section.levels":`State of charge`,"section.energy":`Energy dashboard`,"section.system":`System`,"empty.title":`SHEMS has no devices yet`,"empty.text":`Add the SHEMS integration in [Settings → Devices & services](/config/integrations/dashboard/add?domain=shems). This dashboard then builds itself.`,"problem.posterior_unreadable":`The networks that infer parameters cannot be read. Install SHEMS again.`,"problem.posterior_of_another_prior":`The networks of {block} belong to another release. Install SHEMS again.`,"problem.posterior_of_another_check":`The checks of {block} belong to another release. Install SHEMS again.`,"what_if.name":`SHEMS: What if`,"what_if.description":`What a battery, more panels, another contract or better insulation would bring this home.`,"what_if.title":`What if`,"what_if.question":`What is changed`,"what_if.question.battery":`A battery more`,"what_if.question.solar":`More panels`,"what_if.question.contract":`Another contract`,"what_if.question.car":`A car charged at home`,"what_if.question.heat_pump":`A heat pump instead`,"what_if.question.insulation":`Better insulation`,"what_if.question.setpoint":`Warmer or cooler rooms`,"what_if.question.without_shems":`Without SHEMS`,"what_if.question.community":`Sharing with neighbours`,"what_if.field.battery_kwh":`Capacity`,"what_if.field.battery_kw":`Power`,"what_if.field.solar_kw":`Peak power`,"what_if.field.solar_tilt":`Tilt`,"what_if.field.solar_azimuth":`Direction (180° is south)`,"what_if.field.contract":`Prices`,"what_if.field.buy_price":`Buying; dynamic: what is added`,"what_if.field.sell_price":`Selling; dynamic: what is added`,"what_if.field.peak_price":`A kW of the month's peak`,"what_if.field.days":`Days a week`,"what_if.field.leave":`Leaves`,"what_if.field.back":`Is back`,"what_if.field.energy_kwh":`Energy of a day`,"what_if.field.charger_kw":`Charger`,"what_if.field.fuel_cost":`Fuel today, per kWh at the socket`,"what_if.field.heat_kwh":`Heat in a year`,"what_if.field.replaces":`Heats today`,"what_if.field.fuel_price":`Price of fuel`,"what_if.field.insulation":`Less heat lost`,"what_if.field.setpoint":`Warmer`,"what_if.field.community_price":`Agreed price`,"what_if.field.community_sells":`Taken by neighbours`,"what_if.field.community_buys":`Given by neighbours`,"what_if.option.fixed":`Fixed`,"what_if.option.dynamic":`Dynamic`,"what_if.option.fuel":`Gas or oil`,"what_if.option.direct":`Electricity, directly`,"what_if.price":`What it costs`,"what_if.ask":`Work it out`,"what_if.cancel":`Cancel`,"what_if.cancelled":`The question was cancelled.`,"what_if.progress":`Progress`,"what_if.reading":`Reading the past …`,"what_if.playing":`{percent} % done`,"what_if.saving":`Saved in a year`,"what_if.payback":`Pays back`,"what_if.payback.never":`Never`,"what_if.years":`in {years} years`,"what_if.interval":`In four of five years between the smaller numbers.`,"what_if.months":`Saved by month`,"what_if.before":`As it is`,"what_if.after":`Changed`,"what_if.cost":`Cost of a year`,"what_if.bought":`Bought`,"what_if.sold":`Sold`,"what_if.self_sufficiency":`Self-sufficiency`,"what_if.carbon":`CO₂ of what is bought`,"what_if.assumptions":`What is taken for granted`,"assumption.unknown":`Another assumption ({code}).`,"assumption.history":`It rests on {days} days of this home, of which {missing} % of the hours are missing.`,"assumption.seasons_unseen":`{days} days of the year have not been seen yet; days as warm stand in for them.`,"assumption.habits":`Years differ by {year} % in what is used, months by {month} %.`,"assumption.sun":`Years differ by {year} % in their sun.`,"assumption.place_unknown":`The place of the home is unknown, so the sun is taken as it was.`,"assumption.prices":`Prices are those of {days} known days; years differ by {year} %.`,"assumption.captured":`SHEMS gains {share} % of what perfect foresight would gain over plain self-consumption: so it was in {weeks} weeks of this home.`,"assumption.captured_usual":`SHEMS gains {share} % of what perfect foresight would gain over plain self-consumption, as in other homes; {weeks} weeks of this one tell too little.`,"assumption.battery":`The battery keeps {efficiency} % of what goes one way, and {unused} % of it is never used.`,"assumption.batteries_as_one":`All batteries are reckoned as one.`,"assumption.community":`Neighbours take {sells} % of what is fed in and give {buys} % of what is bought in the sun.`,"assumption.peaks_hourly":`Peaks are those of whole hours.`,"assumption.devices_as_were":`Devices that SHEMS moves run as they did.`,"assumption.car_planned":`SHEMS charges the car when it costs least before it leaves.`,"assumption.car_at_once":`The car charges as soon as it is back.`,"assumption.heat_pump":`Rooms are heated below {base_c} °C outdoors; the heat pump makes {cop} kWh of heat from one at {at_c} °C.`,"assumption.heating_told":`Heating takes {heating_kwh} kWh of electricity a year, as entered.`,"assumption.batteries_inferred":`Batteries hold and lose what was inferred of them, in several possible ways.`,"assumption.habits_inferred":`As only {days} days are known, some days are simulated as people with such habits live.`,"assumption.heating_inferred":`What heating takes was inferred from the rooms of this home.`,"assumption.heating_by_days":`What heating takes was found by how cold days differ from others below {base_c} °C.`,"assumption.other_market":`Prices are those of another source.`,"assumption.sky_simulated":`No panels have shown this home's sky yet: it is simulated for the place.`,"assumption.weather_simulated":`The temperature outdoors was not recorded: it is simulated for the place.`,"assumption.hourly":`It is reckoned by the hour.`,"inferred.name":`SHEMS: Home`,"inferred.description":`What SHEMS has inferred of the home, with intervals.`,"inferred.title":`What is known of this home`,"inferred.none":`Nothing can be inferred of this home yet.`,"inferred.entered":`entered by you`,"inferred.block.solar":`Panels`,"inferred.block.thermal":`Building`,"inferred.block.living":`People and car`,"inferred.block.battery":`Battery`,"inferred.verdict.trusted":`Reliable`,"inferred.verdict.trusted.help":`What it predicts came true; seen on {days} days.`,"inferred.verdict.effective":`Effective values`,"inferred.verdict.effective.help":`Predictions fit, the values themselves may not; seen on {days} days.`,"inferred.verdict.rejected":`Not used`,"inferred.verdict.rejected.help":`What it predicts does not fit what was measured on {days} days.`,"inferred.verdict.prior":`Not seen yet`,"inferred.verdict.prior.help":`Too little was seen ({days} days): this is what such homes have in general.`,"inferred.alarm.time_shift":`Its clock seems to be off: what is measured comes early or late.`,"inferred.alarm.curtailment":`Power seems to be limited at times: less comes than the sun gives.`,"inferred.alarm.misfit":`The roof gives something else than one plane would: several planes, shade or a fault.`,"inferred.alarm.by_clouds":`Only clouds tell of the sun: its size and direction are doubtful, what is forecast with them is not.`,"inferred.alarm.hot_water":`The meter seems to count hot water too.`,"inferred.alarm.course":`Rooms warm and cool otherwise than such a building would.`,"inferred.alarm.energy":`Days take another amount of energy than predicted.`,"inferred.alarm.rhythm":`Days run otherwise than predicted.`,"inferred.alarm.peaks":`Peaks are other than predicted.`,"inferred.alarm.unexplained":`The charge moves by more than the powers explain.`,"inferred.alarm.change":`The battery changed in these weeks: a module may be lost or new.`,"inferred.alarm.gain":`More comes out than went in: a meter misses part of what is charged.`,"inferred.alarm.at_bound":`A value lies at the edge of what was reckoned with.`,"inferred.parameter.peak_power":`Effective peak power`,"inferred.parameter.tilt":`Tilt`,"inferred.parameter.azimuth":`Direction`,"inferred.parameter.limit":`Limit, as a share of the peak power`,"inferred.parameter.east_horizon":`Shade in the east`,"inferred.parameter.west_horizon":`Shade in the west`,"inferred.parameter.loss":`Electricity to keep it warm, per K`,"inferred.parameter.time_constant":`Time constant`,"inferred.parameter.air_share":`Share of heat in air and furniture`,"inferred.parameter.aperture":`Warmth by the sun`,"inferred.parameter.gains":`Warmth by people and devices`,"inferred.parameter.cop_slope":`Better with warmth outdoors`,"inferred.parameter.capacity_kwh":`Usable capacity`,"inferred.parameter.round_trip":`Efficiency there and back`,"inferred.parameter.idle_kw":`Used while resting`,"inferred.parameter.standby_kw":`Standby`,"inferred.parameter.base_kw":`Base load`,"inferred.parameter.morning_h":`Morning begins`,"inferred.parameter.morning_kwh":`Energy of a morning`,"inferred.parameter.evening_h":`Evening begins`,"inferred.parameter.evening_kwh":`Energy of an evening`,"inferred.parameter.jitter_h":`Irregularity`,"inferred.parameter.appliances":`Programmes a day`,"inferred.parameter.away":`Days away`,"inferred.parameter.car_kw":`Power of the charger`,"inferred.parameter.charging_h":`Charging begins`,"inferred.parameter.session_kwh":`Energy of a charge`,"inferred.parameter.sessions":`Charges a day`,"problem.history_not_hourly":`The history of {block} is not by the hour. Please report it with a diagnostics download.`,"problem.what_if_place":`The place of the home is unknown. Set it in Home Assistant's general settings.`,"problem.what_if_heating":`Nothing is known of what heating takes. Ask again when it has been seen to heat.`,"problem.what_if_failed":`The question could not be answered through a fault in SHEMS. Please report it with a diagnostics download.`,"problem.what_if_overdue":`The machine is too busy to answer. Ask again later.`,"problem.what_if_history":`Only {days} whole days of this home are known; {least} are needed. Ask again later.`,"problem.what_if_history.short":`Too few days of this home are known. Ask again later.`,"problem.what_if_parameter":`{name} = {value} is not possible. Correct it.`,"problem.what_if_parameter.short":`A value is not possible. Correct it.`,"problem.what_if_prices":`No prices of {entity} are recorded. Choose a sensor of a price that keeps statistics.`,"problem.what_if_prices.short":`No prices of that sensor are recorded. Choose another.`,"problem.what_if_empty":`Say what is to be changed.`,"problem.what_if_twice":`The same is changed twice. Ask for one at a time.`,"view.what_if":`What if`,"savings.name":`SHEMS savings`,"savings.description":`What SHEMS saved today, this month, this year and in all, by device and by cause.`,"savings.title":`Saved by SHEMS`,"savings.span":`Period`,"savings.span.day":`Today`,"savings.span.month":`This month`,"savings.span.year":`This year`,"savings.span.total":`In all`,"savings.none":`Nothing was measured yet.`,"savings.by_device":`By device`,"savings.by_cause":`By cause`,"savings.cause.shifting":`Bought when it costs less`,"savings.cause.self_use":`Used at home instead of sold`,"savings.cause.export":`Sold when it brings more`,"savings.cause.peak":`Lower peaks`,"savings.home":`The home as a whole`,"savings.bounds":`Cost`,"savings.cost":`In fact`,"savings.without":`Without SHEMS`,"savings.no_battery":`Without SHEMS and without batteries`,"savings.compared":`Compared with the same home left to itself: same weather, people and stored energy; batteries on self-consumption, cars charging on arrival, appliances when asked for, thermostats at their setpoints.`,"savings.left_out":`{hours} h are left out, as something was not measured.`,"savings.foresight":`With perfect foresight, {missed} more would have been possible in {days} days.`,"savings.believed":`Efficiency and capacity of batteries are taken from what their meters tell.`,"report.name":`SHEMS report`,"report.description":`What a day, week, month or year was like, beside the one before.`,"report.title":`Report`,"report.period":`Period`,"report.period.day":`Today`,"report.period.week":`This week`,"report.period.month":`This month`,"report.period.year":`This year`,"report.now":`So far`,"report.before":`Before`,"report.nothing":`Nothing was measured yet.`,"report.figure.cost":`Cost`,"report.figure.saving":`Saved`,"report.figure.bought_kwh":`Bought`,"report.figure.sold_kwh":`Sold`,"report.figure.load_kwh":`Used`,"report.figure.solar_kwh":`Solar`,"report.figure.self_consumption":`Own use of solar`,"report.figure.self_sufficiency":`Self-sufficiency`,"report.figure.carbon_kg":`CO₂`,"report.coverage":`{share} of the time was measured.`,"report.weather.less":`{change} less was used than before in the same weather.`,"report.weather.more":`{change} more was used than before in the same weather.`,"report.plan":`Planned {expected}, became {happened}, over {days} days.`,"problem.ledger_unreadable":`The ledger cannot be read.`,"problem.period_reversed":`The period ends before it begins.`,"problem.period_to_come":`The period has not begun yet.`,"problem.period_without_ends":`A range needs a beginning and an end.`,"tips.name":`SHEMS: Tips`,"tips.description":`What could be done to save money, with what it would bring.`,"tips.title":`Tips`,"tips.none":`There is nothing that would be worth doing.`,"tips.never":`Tips are looked for once a week, at night.`,"tips.searching":`Tips are being looked for. That takes some minutes.`,"tips.search":`Look now`,"tips.done":`Done`,"tips.snooze":`Later`,"tips.dismiss":`Not for us`,"tips.reopen":`Open again`,"tips.others":`Done, put off or dismissed: {count}`,"tips.worth":`{value} a year`,"tips.interval":`{low} to {high} in four years of five; saves anything at all with {confidence}`,"tips.effort.minutes":`A setting`,"tips.effort.habit":`A habit`,"tips.effort.errand":`An errand`,"alerts.name":`SHEMS: Alerts`,"alerts.description":`What somebody should know now, with a button to acknowledge it.`,"alerts.title":`Alerts`,"alerts.none":`Nothing to tell.`,"alerts.since":`Since {time}.`,"alerts.acknowledge":`Seen`,"alerts.acknowledge_one":`Acknowledge: {title}`,"alerts.acknowledge_all":`All seen`,"alerts.acknowledged":`Acknowledged.`,"alerts.muted":`Told to nobody: there were too many today.`,"community.name":`SHEMS community`,"community.description":`What neighbours need and have left, the community's price, and what you shared and saved.`,"community.title":`Community`,"community.empty.title":`No community yet`,"community.empty.text":`Share surplus with neighbours: create a community, or join one with its invitation.`,"community.empty.add":`Create or join`,"community.connection.connected":`Connected`,"community.connection.disconnected":`No connection`,"community.connection.unavailable":`MQTT is missing`,"community.slot":`{start} to {end}: {state}`,"community.slot.measuring":`being measured`,"community.slot.provisional":`provisional`,"community.slot.final":`final`,"community.slot.void":`void`,"community.members":`{members} members`,"community.online":`{online} of {members} online`,"community.nothing":`Nothing was shared yet.`,"community.saved":`Saved by sharing`,"community.bought":`From neighbours`,"community.sold":`To neighbours`,"community.compared":`Beside the same meters without a community.`,"community.counted":`{final} slots are final, {provisional} provisional until the grid operator's figures come.`,"community.void":`{count} are void: there, your own tariff holds.`,"community.surplus":`Surplus`,"community.need":`Need`,"community.outlook":`Expected in the community`,"community.outlook.aria":`From {start}, {hours} hours: surplus {surplus}, need {need}.`,"community.outlook.none":`Nothing is told of the hours to come.`,"community.outlook.stale":`Of {time}, too old to plan with.`,"community.price":`Prices now`,"community.price.buying":`From neighbours, with fees`,"community.price.import":`Your tariff`,"community.price.selling":`To neighbours`,"community.price.export":`Your feed-in`,"community.honest":`SHEMS moves no money: whoever settles the community's bills does, with the grid operator's figures.`,"community.advisory":`Only a calculation: nobody settles these trades, and your own tariff is billed.`},yt=(function(){let e=typeof document<`u`&&document.createElement(`link`).relList;return e&&e.supports&&e.supports(`modulepreload`)?`modulepreload`:`preload`})(),bt=function(e){return`/`+e},xt={},St=function(e){return e.pathname.endsWith(`.css`)},Ct=function(e,t,n){if(t in e)return e[t];let r=n();if(!r){e[t]=void 0;return}let i=r.then(()=>{e[t]=void 0},n=>{throw e[t]=void 0,n});return e[t]=i,i},wt=function(e,t,n){let r=Promise.resolve();if(t&&t.length>0){let e,i=document.querySelector(`meta[property=csp-nonce]`),a=i?.nonce||i?.getAttribute(`nonce`);function o(e){return Promise.all(e.map(e=>Promise.resolve(e).then(e=>({status:`fulfilled`,value:e}),e=>({status:`rejected`,reason:e}))))}function s(e){return import.meta.resolve?new URL(import.meta.resolve(e)):new URL(e,import.meta.url)}r=o(t.map(t=>{t=bt(t,n);let r=s(t),i=St(r);return Ct(xt,r.href,()=>{if(e===void 0){e={all:new Set,styles:new Set};let t=document.getElementsByTagName(`link`);for(let n=t.length-1;n>=0;n--){let r=t[n];e.all.add(r.href),r.rel===`stylesheet`&&e.styles.add(r.href)}}if((i?e.styles:e.all).has(r.href))return;let t=document.createElement(`link`);if(t.rel=i?`stylesheet`:yt,i||(t.as=`script`),t.crossOrigin=``,t.href=r.href,a&&t.setAttribute(`nonce`,a),document.head.appendChild(t),i)return new Promise((e,n)=>{let i=a=>{t.removeEventListener(`load`,i),t.removeEventListener(`error`,i),a.type===`error`?n(Error(`Unable to preload CSS for ${r}`)):e(a)};t.addEventListener(`load`,i),t.addEventListener(`error`,i)})})}).filter(e=>e!==void 0))}function i(e){let t=new Event(`vite:preloadError`,{cancelable:!0});if(t.payload=e,window.dispatchEvent(t),!t.defaultPrevented)throw e}return r.then(t=>{for(let e of t||[])e.status===`rejected`&&i(e.reason);return e().catch(i)})},Tt=/\{(\w+)\}/g,Et=Object.assign({"./locales/da.json":()=>wt(()=>import(`./words-da-lW_A-CjS.js`).then(e=>e.default),[]),"./locales/de.json":()=>wt(()=>import(`./words-de-BNNKfaGg.js`).then(e=>e.default),[]),"./locales/es.json":()=>wt(()=>import(`./words-es-DNK_JDfT.js`).then(e=>e.default),[]),"./locales/fr.json":()=>wt(()=>import(`./words-fr-DcVX46eu.js`).then(e=>e.default),[]),"./locales/it.json":()=>wt(()=>import(`./words-it-B6U3cQyX.js`).then(e=>e.default),[]),"./locales/nb.json":()=>wt(()=>import(`./words-nb-B_24r6ea.js`).then(e=>e.default),[]),"./locales/nl.json":()=>wt(()=>import(`./words-nl-BDNeLsg1.js`).then(e=>e.default),[]),"./locales/pl.json":()=>wt(()=>import(`./words-pl-BtxM54-f.js`).then(e=>e.default),[]),"./locales/sv.json":()=>wt(()=>import(`./words-sv-BgEs97nT.js`).then(e=>e.default),[])}),Dt=new Map([[`en`,vt]]),Ot=[`en`,...Object.keys(Et).map(e=>e.replace(/^.*\/|\.json$/g,``))],kt=e=>[e,e.split(`-`)[0]??``].find(e=>Ot.includes(e))??`en`,At=e=>Dt.has(kt(e)),jt=async e=>{let t=kt(e);if(Dt.has(t))return;let n=await Et[`./locales/${t}.json`]?.().catch(()=>vt);Dt.set(t,n??vt)},Mt=(e,t)=>e.replace(Tt,(e,n)=>String(t[n]??e)),Nt=e=>{let t=Dt.get(kt(e))??vt;return(e,n={})=>Mt(t[e]??vt[e]??e,n)},Pt=e=>e in vt,Ft={self_consume:Re,charge:Ye,absorb:qe,cover:Be,hold:Ue,discharge:Fe},It=e=>e in Ft,Lt=e=>R`<svg viewBox="0 0 24 24" aria-hidden="true"><path d=${e}></path></svg>`,Rt=e=>Lt(It(e)?Ft[e]:Pe),zt=e=>`var(--shems-mode-${It(e)?e.replace(`_`,`-`):`hold`})`,Bt=e=>It(e)?`mode.${e}`:`mode.unknown`,Vt=.005,Ht=e=>[`source.${e}`,`source.${e.split(`+`)[0]}`].find(Pt),Ut=({source:e,learned_until:t,skill:n},r,i,a)=>{let o=Ht(e??``);if(o===void 0)return``;let s=[i(o,{time:t===null?`–`:a.dayTime(t,r)})];return n!==null&&n>Vt?s.push(i(`source.better`,{percent:a.percent(n)})):n!==null&&n<-.005&&s.push(i(`source.worse`,{percent:a.percent(-n)})),s.join(`, `)},Wt=({provenance:e,now:t},n,r)=>[`load`,`solar`].flatMap(i=>{let a=Ut(e[i],t,n,r);return a?[`${n(`series.${i}`)}: ${a}`]:[]}),Gt=/\{\w+\}/,Kt=new Set([`price`,`value`,`export_price`,`usual`,`later`]),qt=new Set([`until`,`since`,`at`,`from`,`to`,`deadline`,`starts`,`ends`,`earliest`]),Jt=new Set([`gain`,`saves`]),Yt=(e,t,n,r)=>typeof t==`string`&&t!==``?t:typeof t!=`number`||!Number.isFinite(t)?null:Jt.has(e)?n.money(t):Kt.has(e)?n.price(t):qt.has(e)?n.dayTime(t,r):e===`reserve`||e===`soc`?n.percent(t):e.endsWith(`_kw`)?n.power(t):e.endsWith(`_kwh`)?n.energy(t):n.number(t,Number.isInteger(t)?0:2),Xt=(e,t,n,r,i)=>{if(!Pt(e))return null;let a={};for(let[e,n]of Object.entries(t)){let t=Yt(e,n,r,i);t!==null&&(a[e]=t)}let o=n(e,a);return Gt.test(o)?null:o},Zt=(e,t)=>{let{cause:n,...r}=e,i=`override.${String(n)}`;return Pt(i)?{...r,cause:t(i)}:r},Qt=(e,t,n,r,i)=>{if(!t||typeof t.code!=`string`)return n(`${e}.unknown`,{code:`?`});let a=Zt(t.args??{},n),o=`${e}.${t.code}`;return Xt(o,a,n,r,i)??Xt(`${o}.short`,a,n,r,i)??n(`${e}.unknown`,{code:t.code.replaceAll(`_`,` `)})},$t=({amount:e,unit:t},n)=>t===`kWh`?n.energy(e):`${n.number(e,1)} ${t}`,en=(e,t,n,r)=>{let i={amount:$t(e,n)},a=e.at===null?NaN:Date.parse(e.at)/1e3;Number.isFinite(a)&&(i.at=a),e.nearest!==null&&(i.nearest=e.code.startsWith(`energy_`)?n.energy(e.nearest):`${n.number(e.nearest,1)} °C`);let o=`shortfall.${e.code}`;return Xt(`${o}.nearest`,i,t,n,r)??Xt(o,i,t,n,r)??Xt(`${o}.short`,i,t,n,r)??t(`shortfall.unknown`)},tn=5,nn=36,rn=1200,an=`/config/integrations/integration/shems`,U={optimal:`good`,rule:`warn`,safe:`bad`,waiting:`calm`,off:`calm`},W=(e,t,n,{localize:r})=>R`
  <header>
    <h2>${t}</h2>
    ${e.dry_run?R`<span class="chip outlined warn" title=${r(`badge.dry_run.help`)}
            >${r(`badge.dry_run`)}</span
          >`:z}
    <span class="chip ${n?`bad`:U[e.status]??`calm`}" role="status">
      ${r(n?`status.offline`:`status.${e.status}`)}
    </span>
  </header>
`,on=(e,t,n,{localize:r,format:i})=>{if(!e)return z;let a=e.amount>-.005,o=a&&e.share!==null?R`<small>${i.percent(e.share)}</small>`:z;return R`
    <div class="figure ${a?`gain`:``}">
      <dt>${r(a?t:n)}</dt>
      <dd>${i.money(Math.abs(e.amount))} ${o}</dd>
    </div>
  `},sn=(e,t)=>{let{localize:n,format:r}=t,{plan:i,without_battery:a,self_consumption:o}=e.cost,s=i!==null&&i<-.005,c=e.batteries.length>0?ft(e):null,l=e.batteries.reduce((e,t)=>e+t.capacity_kwh,0);return R`
    <dl class="figures">
      <div class="figure">
        <dt>${n(s?`kpi.cost.income`:`kpi.cost`)}</dt>
        <dd>${i===null?`–`:r.money(s?-i:i)}</dd>
      </div>
      ${on(ut(i,a),`kpi.saving`,`kpi.extra`,t)}
      ${on(ut(i,o),`kpi.rule`,`kpi.rule.extra`,t)}
      ${c===null?z:R`<div class="figure">
              <dt>${n(`kpi.soc`)}</dt>
              <dd>${r.percent(c)} <small>${r.energy(c*l)}</small></dd>
            </div>`}
    </dl>
  `},cn=(e,t,n)=>R`
  <div class="notice ${e}" role="alert">
    <p><strong>${t}.</strong> ${n}</p>
  </div>
`,ln=3,G=({stage:e})=>e!==`held`,un=(e,t,{localize:n,format:r})=>{let{status:i,created:a,now:o,problem:s}=e;if(t)return cn(`bad`,n(`status.offline`),n(`notice.offline`));if(Pt(`notice.${i}.title`)&&i!==`waiting`){let e=(s?`${Qt(`problem`,s,n,r,o)} `:``)+n(`notice.${i}.text`);return cn(U[i]??`calm`,n(`notice.${i}.title`),e)}if(a!==null&&o-a>rn)return cn(`warn`,n(`notice.stale.title`,{time:r.dayTime(a,o)}),n(`notice.stale.text`));let c=e.problems??[];if(i===`optimal`&&c.length>0){let e=c.slice(0,ln).map(e=>Qt(`problem`,e,n,r,o)),t=n(`notice.problem.${c.some(G)?`without`:`held`}`);return cn(`warn`,n(`notice.problem.title`),`${e.join(` `)} ${t}`)}return z},dn=(e,t)=>(e>0?`+`:``)+t.energy(e),fn=(e,t,{localize:n,format:r})=>{let{now:i}=t,a=e.start<=i,o=a?`${n(`time.now`)}, ${n(`time.until`,{time:r.dayTime(e.end,i)})}`:n(`time.span`,{start:r.dayTime(e.start,i),end:r.dayTime(e.end,e.start)}),s=t.batteries.length>1,c=[Math.abs(e.energy)>=.05?dn(-e.energy,r):``,e.soc===null?``:r.percent(e.soc)].filter(Boolean).join(` → `);return R`
    <li class=${a?`current`:``}>
      <span class="icon" style="--color:${zt(e.mode)}">${Rt(e.mode)}</span>
      <div>
        <div class="when"><span>${o}</span> <span>${c}</span></div>
        <div class="what">
          ${n(Bt(e.mode))}${s?` · ${e.battery.name}`:z}
        </div>
        <p class="why">${Qt(`reason`,e.reason,n,r,i)}</p>
      </div>
    </li>
  `},pn=(e,t)=>{let n=it(e,tn);return R`
    <section class="next">
      <h3>${t.localize(`next.title`)}</h3>
      ${e.batteries.length===0?R`<p class="why">${t.localize(`next.none`)}</p>`:R`<ol>
              ${n.map(n=>fn(n,e,t))}
            </ol>`}
      ${e.batteries.flatMap(n=>n.shortfalls.map(r=>R`
            <p class="why short">
              ${e.batteries.length>1?`${n.name}: `:z}${en(r,t.localize,t.format,e.now)}
            </p>
          `))}
    </section>
  `},mn=(e,{localize:t,format:n})=>{let r=e.batteries.length>0;return R`
    <div class="scroll" tabindex="0">
      <table>
        <caption>
          ${t(`table.caption`)}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t(`table.time`)}</th>
            <th scope="col">${t(`series.import`)}</th>
            <th scope="col">${t(`series.load`)}</th>
            <th scope="col">${t(`series.solar`)}</th>
            <th scope="col">${t(`series.grid`)}</th>
            ${r?R`<th scope="col">${t(`panel.battery`)}</th>
                    <th scope="col">${t(`table.soc`)}</th>
                    <th scope="col">${t(`table.mode`)}</th>`:z}
          </tr>
        </thead>
        <tbody>
          ${_t(e,nn).map(i=>R`
              <tr>
                <th scope="row">${n.dayTime(i.start,e.now)}</th>
                <td>${i.importPrice===null?`–`:n.price(i.importPrice)}</td>
                <td>${n.power(i.load)}</td>
                <td>${n.power(i.solar)}</td>
                <td>${n.power(i.grid)}</td>
                ${r?R`<td>${n.power(i.battery)}</td>
                        <td>${i.soc===null?`–`:n.percent(i.soc)}</td>
                        <td>${i.modes.map(e=>t(Bt(e))).join(`, `)}</td>`:z}
              </tr>
            `)}
        </tbody>
      </table>
    </div>
  `},hn=(e,t,n,r)=>{let{localize:i,format:a}=r,{created:o,now:s,solve_ms:c}=e;return R`
    <footer>
      <div class="made">
        <span>${[o===null?``:i(`footer.planned`,{time:a.dayTime(o,s)}),c===null?``:i(`footer.solved`,{ms:a.number(c,0)})].filter(Boolean).join(`, `)}</span>
        ${Wt(e,i,a).map(e=>R`<span>${e}</span>`)}
      </div>
      <details .open=${t} @toggle=${n}>
        <summary>${i(`table.open`)}</summary>
        ${t?mn(e,r):z}
      </details>
    </footer>
  `},gn=(e,{localize:t,format:n})=>{let r=e.status===`optimal`?`waiting`:e.status,i=e.problem?R`<p>${Qt(`problem`,e.problem,t,n,e.now)}</p>`:z;return R`
    <div class="state" role="status">
      ${Lt(Ve)}
      <h3>${t(`notice.${r}.title`)}</h3>
      <p>${t(`notice.${r}.text`)}</p>
      ${i}
    </div>
  `},_n={not_found:Ve,home_not_named:Ve,unknown_command:We,unauthorized:He},vn=(e,t,n)=>{let r=e.code in _n?e.code:`other`;return R`
    <div class="state" role="alert">
      ${Lt(_n[r]??`M11,15H13V17H11V15M11,7H13V13H11V7M12,2C6.47,2 2,6.5 2,12A10,10 0 0,0 12,22A10,10 0 0,0 22,12A10,10 0 0,0 12,2M12,20A8,8 0 0,1 4,12A8,8 0 0,1 12,4A8,8 0 0,1 20,12A8,8 0 0,1 12,20Z`)}
      <h3>${n(`error.${r}.title`)}</h3>
      <p>${n(`error.${r}.text`,{message:e.message||e.code})}</p>
      <div class="actions">
        <button type="button" @click=${t}>${n(`action.retry`)}</button>
        ${r===`unauthorized`?z:R`<a href=${an}>${n(`action.open`)}</a>`}
      </div>
    </div>
  `},yn=e=>R`
  <div class="skeleton" role="status" aria-label=${e(`error.loading`)}>
    <div style="height:28px;width:40%"></div>
    <div style="height:64px"></div>
    <div style="height:320px"></div>
  </div>
`,bn=[2,5,10,30,60],xn=60,Sn=e=>{let{code:t,message:n}=e??{};return{code:String(t??`other`),message:String(n??e)}},Cn=class{constructor(e,t){this.host=e,this.type=t,this.message=null,this.error=null,this.offline=!1,this.connection=null,this.unsubscribe=null,this.tries=0,this.attached=!1,this.generation=0,this.retry=()=>{this.error=null,this.tries=0,this.stop(),this.start(),this.host.requestUpdate()},this.onReady=()=>{this.offline=!1,this.retry()},this.onLost=()=>{this.offline=!0,this.generation+=1,this.unsubscribe=null,clearTimeout(this.timer),this.host.requestUpdate()},e.addController(this)}hostConnected(){this.attached=!0,this.listen(),this.start()}hostDisconnected(){this.attached=!1,this.stop(),this.connection?.removeEventListener(`ready`,this.onReady),this.connection?.removeEventListener(`disconnected`,this.onLost)}follow(e,t){(e.connection!==this.connection||t!==this.entryId)&&(this.stop(),this.connection?.removeEventListener(`ready`,this.onReady),this.connection?.removeEventListener(`disconnected`,this.onLost),t!==this.entryId&&(this.message=null),this.connection=e.connection,this.entryId=t,this.error=null,this.tries=0,this.attached&&(this.listen(),this.start()))}listen(){this.connection?.addEventListener(`ready`,this.onReady),this.connection?.addEventListener(`disconnected`,this.onLost)}stop(){this.generation+=1,clearTimeout(this.timer);let{unsubscribe:e}=this;this.unsubscribe=null,e&&Tn(e)}async start(){let{connection:e}=this;if(!e||!this.attached||this.unsubscribe)return;let t=++this.generation;try{let n=await e.subscribeMessage(e=>{t===this.generation&&this.receive(e)},{type:this.type,...this.entryId?{entry_id:this.entryId}:{}},{resubscribe:!1});t===this.generation?this.unsubscribe=n:Tn(n)}catch(e){t===this.generation&&this.fail(Sn(e))}}receive(e){this.message=e,this.error=null,this.tries=0,this.host.requestUpdate()}fail(e){this.error=e;let t=bn[Math.min(this.tries,bn.length-1)]??60;this.tries+=1,this.timer=setTimeout(()=>void this.start(),t*1e3),this.host.requestUpdate()}},wn=class extends Cn{constructor(e){super(e,`shems/plan/subscribe`),this.received=null,this.advance=()=>{if(!this.received||!this.message)return;let{message:e,at:t}=this.received;this.message={...e,now:e.now+(performance.now()-t)/1e3},this.host.requestUpdate()}}hostConnected(){this.clock=setInterval(this.advance,xn*1e3),super.hostConnected()}hostDisconnected(){clearInterval(this.clock),super.hostDisconnected()}receive(e){this.received={message:e,at:performance.now()},super.receive(e)}},Tn=e=>{Promise.resolve().then(e).catch(()=>void 0)},En={comma_decimal:[`en-US`,`en`],decimal_comma:[`de`,`es`,`it`],space_comma:[`fr`,`sv`,`cs`],quote_decimal:[`de-CH`],system:void 0},Dn=e=>e.number_format in En?En[e.number_format]:e.language,On=e=>{if(e.time_format===`12`)return!0;if(e.time_format===`24`)return!1;let t=e.time_format===`system`?void 0:e.language;return new Intl.DateTimeFormat(t,{hour:`numeric`}).resolvedOptions().hour12??!1},kn=(e,t)=>e.locale.time_zone===`local`?void 0:t,An=e=>{try{return new Intl.DateTimeFormat(`en`,{timeZone:e}),e}catch{return}},jn=(e,t,n)=>{let r={minimumFractionDigits:n,maximumFractionDigits:n};try{let n=new Intl.NumberFormat(e,{style:`currency`,currency:t,currencyDisplay:`narrowSymbol`,...r});return e=>n.format(e)}catch{let n=new Intl.NumberFormat(e,r);return e=>`${n.format(e)} ${t}`.trim()}},Mn=(e,t)=>{try{return new Intl.NumberFormat(e,{style:`currency`,currency:t,currencyDisplay:`narrowSymbol`}).formatToParts(0).find(e=>e.type===`currency`)?.value??t}catch{return t}},Nn=(e,t)=>Number(e.toFixed(t))===0?0:e,Pn=(e,t,n)=>{let{locale:r}=e,i=Dn(r),a=An(kn(e,n||e.config.time_zone)),o=On(r),s={hour:o?`numeric`:`2-digit`,hourCycle:o?`h12`:`h23`,timeZone:a},c=new Intl.DateTimeFormat(r.language,{...s,minute:`2-digit`}),l=new Intl.DateTimeFormat(r.language,s),u=new Intl.DateTimeFormat(r.language,{weekday:`short`,timeZone:a}),d=new Intl.DateTimeFormat(`en-CA`,{dateStyle:`short`,timeZone:a}),f=new Intl.DateTimeFormat(`en-GB`,{hour:`2-digit`,minute:`2-digit`,timeZone:a,hourCycle:`h23`}),p=new Map,m=(e,t)=>{let n=p.get(t);return n||(n=new Intl.NumberFormat(i,{minimumFractionDigits:t,maximumFractionDigits:t,useGrouping:r.number_format!==`none`}),p.set(t,n)),n.format(Nn(e,t))},h=jn(i,t,2),g=jn(i,t,3),_=e=>new Date(e*1e3);return{time:e=>c.format(_(e)),dayTime:(e,t)=>d.format(_(e))===d.format(_(t))?c.format(_(e)):`${u.format(_(e))} ${c.format(_(e))}`,fullHour:e=>(o?l:c).format(_(e)),weekday:e=>u.format(_(e)),clock:e=>{let[t,n]=f.format(_(e)).split(`:`).map(Number);return{hour:t??0,minute:n??0}},number:m,power:e=>`${m(e,Math.abs(e)>=10?1:2)} kW`,energy:e=>`${m(e,1)} kWh`,percent:e=>`${m(e*100,0)} %`,money:e=>h(Nn(e,2)),price:e=>`${g(Nn(e,3))}/kWh`,currencySymbol:Mn(i,t)}};function K(e,t,n,r){var i=arguments.length,a=i<3?t:r===null?r=Object.getOwnPropertyDescriptor(t,n):r,o;if(typeof Reflect==`object`&&typeof Reflect.decorate==`function`)a=Reflect.decorate(e,t,n,r);else for(var s=e.length-1;s>=0;s--)(o=e[s])&&(a=(i<3?o(a):i>3?o(t,n,a):o(t,n))||a);return i>3&&a&&Object.defineProperty(t,n,a),a}var Fn=class extends we{constructor(...e){super(...e),this.localize=Nt(`en`),this.wordsKey=``}static getConfigForm(){return{schema:[{name:`entry_id`,selector:{config_entry:{integration:`shems`}}},{name:`title`,selector:{text:{}}}],computeLabel:({name:e})=>Nt(document.documentElement.lang||`en`)(`editor.${e}`)}}setConfig(e){for(let t of[`entry_id`,`title`]){let n=e[t];if(n!=null&&typeof n!=`string`)throw Error(`${t} must be a text`)}this.config=e}getGridOptions(){return{columns:12,rows:`auto`,min_columns:6}}willUpdate(e){this.hass&&this.config&&((e.has(`hass`)||e.has(`config`))&&this.follow(this.hass,this.config),this.refreshWords(this.hass))}shouldUpdate(e){if(e.size!==1||!e.has(`hass`))return!0;let t=e.get(`hass`);return t?.connection!==this.hass?.connection||t?.locale!==this.hass?.locale||t?.language!==this.hass?.language}refreshWords(e){let t=this.currency()||e.config.currency||``,n=JSON.stringify([e.language,e.locale,t]);n!==this.wordsKey&&(At(e.language)?(this.wordsKey=n,this.localize=Nt(e.language),this.format=Pn(e,t,e.config.time_zone)):jt(e.language).then(()=>this.requestUpdate()))}};K([Oe({attribute:!1})],Fn.prototype,`hass`,void 0),K([H()],Fn.prototype,`config`,void 0);var In=class extends Fn{constructor(e){super(),this.feed=new Cn(this,e)}failed(e,t){return vn(e,t,this.localize)}follow(e,t){this.feed.follow(e,t.entry_id||void 0)}render(){return R`<ha-card><div class="body">${this.body()}</div></ha-card>`}body(){let{config:e,format:t,localize:n}=this,{message:r,error:i,retry:a}=this.feed;return!e||!t||!r&&!i?yn(n):r?this.content(r,t):this.failed(i,a)}},Ln=o`
  form {
    display: grid;
    gap: 12px;
  }
  label {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 2px 12px;
    font-size: 14px;
    line-height: 20px;
  }
  label input[type="range"],
  label select {
    grid-column: 1 / -1;
    width: 100%;
    box-sizing: border-box;
    accent-color: var(--primary-color);
  }
  label output {
    font-variant-numeric: tabular-nums;
  }
  select,
  input[type="number"] {
    font: inherit;
    color: inherit;
    background: var(--shems-soft);
    border: 1px solid var(--divider-color, #ccc);
    border-radius: 8px;
    padding: 8px;
    min-height: 40px;
  }
  input[type="number"] {
    width: 8em;
    text-align: end;
  }
  .actions {
    display: flex;
    align-items: center;
    gap: 12px;
    flex-wrap: wrap;
  }
  .actions progress {
    flex: 1;
    min-width: 120px;
    accent-color: var(--primary-color);
  }
  button {
    font: inherit;
    font-weight: 500;
    min-height: 40px;
    padding: 0 20px;
    border: none;
    border-radius: 20px;
    cursor: pointer;
    color: var(--text-primary-color, #fff);
    background: var(--primary-color);
  }
  button.plain {
    color: var(--primary-color);
    background: var(--shems-soft);
  }
  button:disabled {
    opacity: 0.5;
    cursor: default;
  }
  .quiet {
    margin: 0;
    font-size: 12px;
    line-height: 16px;
    color: var(--secondary-text-color);
  }
  .months {
    display: grid;
    grid-template-columns: repeat(12, minmax(0, 1fr));
    gap: 4px;
    align-items: end;
    height: 60px;
    text-align: center;
    font-size: 12px;
    color: var(--secondary-text-color);
  }
  .months i {
    display: block;
    border-radius: 3px 3px 0 0;
    background: var(--tone);
    min-height: 1px;
  }
  table {
    width: 100%;
    border-collapse: collapse;
    font-size: 14px;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 4px 8px 4px 0;
    text-align: end;
    font-weight: 400;
  }
  th[scope="row"] {
    text-align: start;
    overflow-wrap: anywhere;
  }
  .body table :is(td, thead th) {
    text-align: end;
    padding-inline-end: 0;
    padding-inline-start: 12px;
  }
  section {
    display: grid;
    gap: 12px;
  }
  thead th {
    color: var(--secondary-text-color);
    font-size: 12px;
  }
  details ul {
    margin: 8px 0 0;
    padding-inline-start: 20px;
    font-size: 13px;
    line-height: 20px;
    color: var(--secondary-text-color);
  }
  details li {
    display: list-item;
    padding: 0;
  }
  summary {
    cursor: pointer;
    font-size: 14px;
    min-height: 24px;
  }
  :focus-visible {
    outline: 2px solid var(--primary-color);
    outline-offset: 2px;
  }
`,Rn,zn=`shems-alerts-card`,Bn=[`fuse`,`freezer_off`,`outage_reserve`],Vn=o`
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
`,Hn=class extends In{static getStubConfig(){return{type:`custom:${zn}`}}constructor(){super(`shems/alerts/subscribe`),this.refused=``}getCardSize(){return 2+(this.feed.message?.alerts.length??0)}currency(){return``}content(e,t){let{localize:n}=this,r=e.alerts.filter(e=>!e.acknowledged).length;return R`
      <header>
        <h2>${this.config?.title||n(`alerts.title`)}</h2>
        ${e.may_acknowledge&&r>1?R`<button class="plain" @click=${()=>this.acknowledge()}>
                ${n(`alerts.acknowledge_all`)}
              </button>`:z}
      </header>
      ${e.alerts.length===0?R`<p class="quiet">${n(`alerts.none`)}</p>`:R`<ul class="alerts">
              ${e.alerts.map(n=>this.alert(n,e,t))}
            </ul>`}
      ${this.refused?R`<p class="quiet" role="alert">${this.refused}</p>`:z}
    `}alert(e,t,n){let{localize:r}=this,i=e.acknowledged?`calm`:Bn.includes(e.code)?`bad`:`warn`,a=Date.parse(e.raised)/1e3;return R`<li class=${i}>
      <div>
        <h3>${e.title}</h3>
        <p>${e.message}</p>
        <p class="quiet">
          ${r(`alerts.since`,{time:n.dayTime(a,Date.now()/1e3)})}
          ${e.acknowledged?r(`alerts.acknowledged`):z}
          ${e.muted?r(`alerts.muted`):z}
        </p>
      </div>
      ${t.may_acknowledge&&!e.acknowledged?R`<button
              class="plain"
              aria-label=${r(`alerts.acknowledge_one`,{title:e.title})}
              @click=${()=>this.acknowledge(e.alert)}
            >
              ${r(`alerts.acknowledge`)}
            </button>`:z}
    </li>`}async acknowledge(e){let{hass:t,feed:n}=this;if(t&&n.message){this.refused=``;try{await t.callWS({type:`call_service`,domain:`shems`,service:`acknowledge_alert`,service_data:{config_entry_id:n.message.entry_id,...e===void 0?{}:{alert:[e]}}})}catch(e){this.refused=String(e.message??e)}}}};Rn=Hn,Rn.styles=[Me,Ne,Ln,Vn],K([H()],Hn.prototype,`refused`,void 0);var Un={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},Wn=e=>(...t)=>({_$litDirective$:e,values:t}),Gn=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},Kn=Wn(class extends Gn{constructor(e){if(super(e),e.type!==Un.ATTRIBUTE||e.name!==`class`||e.strings?.length>2)throw Error("`classMap()` can only be used in the `class` attribute and must be the only part in the attribute.")}render(e){return` `+Object.keys(e).filter(t=>e[t]).join(` `)+` `}update(e,[t]){if(this.st===void 0){this.st=new Set,e.strings!==void 0&&(this.nt=new Set(e.strings.join(` `).split(/\s/).filter(e=>e!==``)));for(let e in t)t[e]&&!this.nt?.has(e)&&this.st.add(e);return this.render(t)}let n=e.element.classList;for(let e of this.st)e in t||(n.remove(e),this.st.delete(e));for(let e in t){let r=!!t[e];r===this.st.has(e)||this.nt?.has(e)||(r?(n.add(e),this.st.add(e)):(n.remove(e),this.st.delete(e)))}return le}}),qn=`important`,Jn=` !`+qn,Yn=Wn(class extends Gn{constructor(e){if(super(e),e.type!==Un.ATTRIBUTE||e.name!==`style`||e.strings?.length>2)throw Error("The `styleMap` directive must be used in the `style` attribute and must be the only part in the attribute.")}render(e){return Object.keys(e).reduce((t,n)=>{let r=e[n];return r==null?t:t+`${n=n.includes(`-`)?n:n.replace(/(?:^(webkit|moz|ms|o)|)(?=[A-Z])/g,`-$&`).toLowerCase()}:${r};`},``)}update(e,[t]){let{style:n}=e.element;if(this.ft===void 0)return this.ft=new Set(Object.keys(t)),this.render(t);for(let e of this.ft)t[e]??(this.ft.delete(e),e.includes(`-`)?n.removeProperty(e):n[e]=null);for(let e in t){let r=t[e];if(r!=null){this.ft.add(e);let t=typeof r==`string`&&r.endsWith(Jn);e.includes(`-`)||t?n.setProperty(e,t?r.slice(0,-11):r,t?qn:``):n[e]=r}}return le}}),Xn=`.uplot,.uplot *,.uplot :before,.uplot :after{box-sizing:border-box}.uplot{width:min-content;font-family:system-ui,-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Noto Sans,Ubuntu,Cantarell,Helvetica Neue,Arial,sans-serif,Apple Color Emoji,Segoe UI Emoji,Segoe UI Symbol,Noto Color Emoji;line-height:1.5}.u-title{text-align:center;font-size:18px;font-weight:700}.u-wrap{-webkit-user-select:none;user-select:none;position:relative}.u-over,.u-under{position:absolute}.u-under{overflow:hidden}.uplot canvas{width:100%;height:100%;display:block;position:relative}.u-axis{position:absolute}.u-legend{text-align:center;margin:auto;font-size:14px}.u-inline{display:block}.u-inline *{display:inline-block}.u-inline tr{margin-right:16px}.u-legend th{font-weight:600}.u-legend th>*{vertical-align:middle;display:inline-block}.u-legend .u-marker{width:1em;height:1em;margin-right:4px;background-clip:padding-box!important}.u-inline.u-live th:after{content:":";vertical-align:middle}.u-inline:not(.u-live) .u-value{display:none}.u-series>*{padding:4px}.u-series th{cursor:pointer}.u-legend .u-off>*{opacity:.3}.u-select{pointer-events:none;background:#00000012;position:absolute}.u-cursor-x,.u-cursor-y{pointer-events:none;will-change:transform;position:absolute;top:0;left:0}.u-hz .u-cursor-x,.u-vt .u-cursor-y{border-right:1px dashed #607d8b;height:100%}.u-hz .u-cursor-y,.u-vt .u-cursor-x{border-bottom:1px dashed #607d8b;width:100%}.u-cursor-pt{pointer-events:none;will-change:transform;border:0 solid;border-radius:50%;position:absolute;top:0;left:0;background-clip:padding-box!important}.u-axis.u-off,.u-select.u-off,.u-cursor-x.u-off,.u-cursor-y.u-off,.u-cursor-pt.u-off{display:none}`,Zn=e=>e.start.length>0&&e.end.length===e.start.length,Qn=e=>e.end[e.end.length-1]??e.now,$n=1/6,er=(e,t)=>{let n=0,r=e.start.length-1;for(;n<=r;){let i=n+r>>1;if(t<(e.start[i]??1/0))r=i-1;else if(t>=(e.end[i]??-1/0))n=i+1;else return i}return-1},tr=(e,t)=>e[t]??null,nr=(e,t,n)=>e.map(e=>{let r=er(t,e);return r<0?null:tr(n,r)}),rr=(e,t,n)=>{let r=t.start.map((e,n)=>(e+(t.end[n]??e))/2);return e.map(e=>{let i=er(t,e);if(i<0)return null;let a=tr(n,i);if(a===null)return null;let o=r[i]??e,s=e<o?i-1:i+1,c=tr(n,s),l=r[s];return c===null||l===void 0?a:a+(c-a)*(e-o)/(l-o)})},ir=(e,t,n,r)=>e.map(e=>{let i=t.end.length-1,a=e===t.end[i]?i:er(t,e);if(a<0)return null;let o=t.start[a]??e,s=t.end[a]??e,c=a===0?r:n[a-1]??null,l=tr(n,a);return c===null||l===null?null:s===o?l:c+(l-c)*(e-o)/(s-o)}),ar=(e,t)=>{let n=((t.end[0]??0)-(t.start[0]??0))/3600,r=(e.soc[0]??0)+(e.power_kw[0]??0)*n/e.capacity_kwh;return Math.min(1,Math.max(0,Number.isFinite(r)?r:0))},or=(e,t)=>{let n=0,r=0;for(let i of e){let e=i.value[t];e!=null&&(n+=e*i.capacity_kwh,r+=i.capacity_kwh)}return r>0?n/r:null},sr=(e,t,n)=>{let r=new Set([n]);for(let{start:n,end:i}of[t,e])n.forEach((e,t)=>{let n=i[t]??e;r.add(e).add((e+n)/2).add(n)});return[...r].sort((e,t)=>e-t)},cr=(e,t,n)=>e.map((e,r)=>(t[r]??!0)===n?e:null),lr=(e,t)=>{let n={start:e.start,end:e.end},r={start:e.past.start,end:e.past.start.map(e=>e+300)},{now:i}=e,a=sr(n,r,i),o=(e,t)=>({past:rr(a,r,e),plan:rr(a,n,t.p50),low:rr(a,n,t.p10),high:rr(a,n,t.p90)}),{import_price:s,export_price:c,price_known:l}=e;return{x:a,from:Math.max(i-t*3600*$n,Math.min(a[0]??i,i)),to:Math.max(Math.min(i+t*3600,Qn(e)),i+3600),now:i,importKnown:nr(a,n,cr(s,l,!0)),importGuess:nr(a,n,cr(s,l,!1)),exportKnown:nr(a,n,cr(c,l,!0)),exportGuess:nr(a,n,cr(c,l,!1)),value:nr(a,n,e.start.map((t,n)=>or(e.batteries,n))),load:o(e.past.load_kw,e.load_kw),solar:o(e.past.solar_kw,e.solar_kw),grid:{past:rr(a,r,e.past.grid_kw),plan:nr(a,n,e.grid_kw)},curtailed:nr(a,n,e.curtailed_kw),batteryPast:nr(a,r,e.past.battery_kw),socPast:rr(a,r,e.past.soc),batteries:e.batteries.map(e=>({battery:e,power:nr(a,n,e.power_kw),soc:ir(a,n,e.soc,ar(e,n))}))}},ur=(e,t)=>{let n=0,r=e.length-1;for(;n<r;){let i=n+r+1>>1;(e[i]??1/0)<=t?n=i:r=i-1}return n},dr=o`
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
`,fr=[`import`,`export`,`value`,`load`,`solar`,`grid`,`curtailed`,`text`,`grid-line`,`zero-line`],pr=e=>`--shems-battery-${e%4+1}`,mr=e=>{let t=getComputedStyle(e),n=e=>t.getPropertyValue(e).trim()||`#888888`;return{...Object.fromEntries(fr.map(e=>[e,n(`--shems-${e}`)])),batteries:Array.from({length:4},(e,t)=>n(pr(t))),font:t.fontFamily||`sans-serif`}},hr,gr=e=>(hr??=document.createElement(`canvas`).getContext(`2d`),hr?(hr.fillStyle=`#888888`,hr.fillStyle=e,hr.fillStyle):e),_r=(e,t)=>{let n=gr(e),r=/^#(..)(..)(..)$/.exec(n),i=r?r.slice(1,4).map(e=>parseInt(e,16)):(n.match(/[\d.]+/g)??[]).slice(0,3).map(Number);return i.length===3?`rgba(${i.join(`, `)}, ${t})`:e},vr=900,yr=[1,2,3,4,6,8,12,24],br=8,xr=[1,2,2.5,5,10],Sr=(e,t,n,r,i=52)=>{let a=(t-e)/3600,o=Math.max(1,Math.floor(n/i)),s=yr.find(e=>a/e<=o)??24,c=[];for(let i=Math.ceil(e/vr)*vr;i<=t;i+=vr){let{hour:a,minute:o}=r.clock(i);if(o!==0||a%s!==0)continue;let l=c[c.length-1];if(l&&i-l.time<s*2700)continue;let u=a===0,d=(t-i)*n/(t-e)<br||(i-e)*n/(t-e)<4,f=u?r.weekday(i):r.fullHour(i);c.push({time:i,midnight:u,label:d?``:f})}return c},Cr=e=>{let t=10**Math.floor(Math.log10(e));return(xr.find(n=>n*t>=e*.999)??10)*t},wr=(e,t,n)=>{let r=0,i=0;for(let t of e)t!==null&&Number.isFinite(t)&&(r=Math.min(r,t),i=Math.max(i,t));i-r<n&&(i=r+n);let a=(i-r)*.06;return{min:r<0?r-a:0,max:i>0?i+a:0,step:Cr((i-r)/t)}},Tr=({min:e,max:t,step:n})=>{let r=[];for(let i=Math.ceil(e/n);i*n<=t+n/1e3;i+=1)r.push(i*n);return r},Er=e=>{for(let t=0;t<4;t+=1){let n=e*10**t;if(Math.abs(n-Math.round(n))<1e-6)return t}return 4},Dr=(e,t,n)=>wr(e.flat(),t,n),Or=(e,t)=>t.filter((t,n)=>{let r=e.x[n]??0;return r>=e.from&&r<=e.to}),kr=(e,t)=>{for(let n of e.sources){let e=n[t];if(e!=null)return e}return null},Ar=!0,jr=`uplot`,Mr=`u-hz`,Nr=`u-vt`,Pr=`u-title`,Fr=`u-wrap`,Ir=`u-under`,Lr=`u-over`,Rr=`u-axis`,zr=`u-off`,Br=`u-select`,Vr=`u-cursor-x`,Hr=`u-cursor-y`,Ur=`u-cursor-pt`,Wr=`u-legend`,Gr=`u-live`,Kr=`u-inline`,qr=`u-series`,Jr=`u-marker`,Yr=`u-label`,Xr=`u-value`,Zr=`width`,Qr=`height`,$r=`top`,ei=`bottom`,ti=`left`,ni=`right`,ri=`#000`,ii=`#0000`,ai=`mousemove`,oi=`mousedown`,si=`mouseup`,ci=`mouseenter`,li=`mouseleave`,ui=`dblclick`,di=`resize`,fi=`scroll`,pi=`change`,mi=`dppxchange`,hi=`--`,gi=typeof window<`u`,_i=gi?document:null,vi=gi?window:null,yi=gi?navigator:null,q,bi;function xi(){let e=devicePixelRatio;q!=e&&(q=e,bi&&Fi(pi,bi,xi),bi=matchMedia(`(min-resolution: ${q-.001}dppx) and (max-resolution: ${q+.001}dppx)`),Pi(pi,bi,xi),vi.dispatchEvent(new CustomEvent(mi)))}function Si(e,t){if(t!=null){let n=e.classList;!n.contains(t)&&n.add(t)}}function Ci(e,t){let n=e.classList;n.contains(t)&&n.remove(t)}function J(e,t,n){e.style[t]=n+`px`}function wi(e,t,n,r){let i=_i.createElement(e);return t!=null&&Si(i,t),n?.insertBefore(i,r),i}function Ti(e,t){return wi(`div`,e,t)}var Ei=new WeakMap;function Di(e,t,n,r,i){let a=`translate(`+t+`px,`+n+`px)`;a!=Ei.get(e)&&(e.style.transform=a,Ei.set(e,a),t<0||n<0||t>r||n>i?Si(e,zr):Ci(e,zr))}var Oi=new WeakMap;function ki(e,t,n){let r=t+n;r!=Oi.get(e)&&(Oi.set(e,r),e.style.background=t,e.style.borderColor=n)}var Ai=new WeakMap;function ji(e,t,n,r){let i=t+``+n;i!=Ai.get(e)&&(Ai.set(e,i),e.style.height=n+`px`,e.style.width=t+`px`,e.style.marginLeft=r?-t/2+`px`:0,e.style.marginTop=r?-n/2+`px`:0)}var Mi={passive:!0},Ni={...Mi,capture:!0};function Pi(e,t,n,r){t.addEventListener(e,n,r?Ni:Mi)}function Fi(e,t,n,r){t.removeEventListener(e,n,Mi)}gi&&xi();function Ii(e,t,n,r){let i;n||=0,r||=t.length-1;let a=r<=2147483647;for(;r-n>1;)i=a?n+r>>1:ra((n+r)/2),t[i]<e?n=i:r=i;return e-t[n]<=t[r]-e?n:r}function Li(e){return(t,n,r)=>{let i=-1,a=-1;for(let a=n;a<=r;a++)if(e(t[a])){i=a;break}for(let i=r;i>=n;i--)if(e(t[i])){a=i;break}return[i,a]}}var Ri=e=>e!=null,zi=e=>e!=null&&e>0,Bi=Li(Ri),Vi=Li(zi);function Hi(e,t,n,r=0,i=!1){let a=i?Vi:Bi,o=i?zi:Ri;[t,n]=a(e,t,n);let s=e[t],c=e[t];if(t>-1){if(r==1)s=e[t],c=e[n];else if(r==-1)s=e[n],c=e[t];else for(let r=t;r<=n;r++){let t=e[r];o(t)&&(t<s?s=t:t>c&&(c=t))}}return[s??X,c??-X]}function Ui(e,t,n,r){let i=la(e),a=la(t);e==t&&(i==-1?(e*=n,t/=n):(e/=n,t*=n));let o=n==10?ua:da,s=i==1?ra:aa,c=a==1?aa:ra,l=s(o(na(e))),u=c(o(na(t))),d=ca(n,l),f=ca(n,u);return n==10&&(l<0&&(d=Q(d,-l)),u<0&&(f=Q(f,-u))),r||n==2?(e=d*i,t=f*a):(e=Da(e,d),t=Ea(t,f)),[e,t]}function Wi(e,t,n,r){let i=Ui(e,t,n,r);return e==0&&(i[0]=0),t==0&&(i[1]=0),i}var Gi=.1,Ki={mode:3,pad:Gi},qi={pad:0,soft:null,mode:0},Ji={min:qi,max:qi};function Yi(e,t,n,r){return Ra(n)?Zi(e,t,n):(qi.pad=n,qi.soft=r?0:null,qi.mode=r?3:0,Zi(e,t,Ji))}function Y(e,t){return e??t}function Xi(e,t,n){for(t=Y(t,0),n=Y(n,e.length-1);t<=n;){if(e[t]!=null)return!0;t++}return!1}function Zi(e,t,n){let r=n.min,i=n.max,a=Y(r.pad,0),o=Y(i.pad,0),s=Y(r.hard,-X),c=Y(i.hard,X),l=Y(r.soft,X),u=Y(i.soft,-X),d=Y(r.mode,0),f=Y(i.mode,0),p=t-e,m=ua(p),h=sa(na(e),na(t)),g=na(ua(h)-m);(p<1e-24||g>10)&&(p=0,(e==0||t==0)&&(p=1e-24,d==2&&l!=X&&(a=0),f==2&&u!=-X&&(o=0)));let _=p||h||1e3,v=ca(10,ra(ua(_))),y=Q(Da(e-_*(p==0?e==0?.1:1:a),v/10),24),b=e>=l&&(d==1||d==3&&y<=l||d==2&&y>=l)?l:X,x=sa(s,y<b&&e>=b?b:oa(b,y)),S=Q(Ea(t+_*(p==0?t==0?.1:1:o),v/10),24),C=t<=u&&(f==1||f==3&&S>=u||f==2&&S<=u)?u:-X,w=oa(c,S>C&&t<=C?C:sa(C,S));return x==w&&x==0&&(w=100),[x,w]}var Qi=new Intl.NumberFormat(gi?yi.language:`en-US`),$i=e=>Qi.format(e),ea=Math,ta=ea.PI,na=ea.abs,ra=ea.floor,ia=ea.round,aa=ea.ceil,oa=ea.min,sa=ea.max,ca=ea.pow,la=ea.sign,ua=ea.log10,da=ea.log2,fa=(e,t=1)=>ea.sinh(e)*t,pa=(e,t=1)=>ea.asinh(e/t),X=1/0;function ma(e){return(ua((e^e>>31)-(e>>31))|0)+1}function ha(e,t,n){return oa(sa(e,t),n)}function ga(e){return typeof e==`function`}function Z(e){return ga(e)?e:()=>e}var _a=()=>{},va=e=>e,ya=(e,t)=>t,ba=e=>null,xa=e=>!0,Sa=(e,t)=>e==t,Ca=/\.\d*?(?=9{6,}|0{6,})/gm,wa=e=>{if(Fa(e)||Oa.has(e))return e;let t=`${e}`,n=t.match(Ca);if(n==null)return e;let r=n[0].length-1;if(t.indexOf(`e-`)!=-1){let[e,n]=t.split(`e`);return+`${wa(e)}e${n}`}return Q(e,r)};function Ta(e,t){return wa(Q(wa(e/t))*t)}function Ea(e,t){return wa(aa(wa(e/t))*t)}function Da(e,t){return wa(ra(wa(e/t))*t)}function Q(e,t=0){if(Fa(e))return e;let n=10**t;return ia(e*n*(1+2**-52))/n}var Oa=new Map;function ka(e){return((``+e).split(`.`)[1]||``).length}function Aa(e,t,n,r){let i=[],a=r.map(ka);for(let o=t;o<n;o++){let t=na(o),n=Q(ca(e,o),t);for(let s=0;s<r.length;s++){let c=e==10?+`${r[s]}e${o}`:r[s]*n,l=(o>=0?0:t)+(o>=a[s]?0:a[s]),u=e==10?c:Q(c,l);i.push(u),Oa.set(u,l)}}return i}var ja={},Ma=[],Na=[null,null],Pa=Array.isArray,Fa=Number.isInteger,Ia=e=>e===void 0;function La(e){return typeof e==`string`}function Ra(e){let t=!1;if(e!=null){let n=e.constructor;t=n==null||n==Object}return t}function za(e){return typeof e==`object`&&!!e}var Ba=Object.getPrototypeOf(Uint8Array),Va=`__proto__`;function Ha(e,t=Ra){let n;if(Pa(e)){let r=e.find(e=>e!=null);if(Pa(r)||t(r)){n=Array(e.length);for(let r=0;r<e.length;r++)n[r]=Ha(e[r],t)}else n=e.slice()}else if(e instanceof Ba)n=e.slice();else if(t(e)){n={};for(let r in e)r!=Va&&(n[r]=Ha(e[r],t))}else n=e;return n}function Ua(e){let t=arguments;for(let n=1;n<t.length;n++){let r=t[n];for(let t in r)t!=Va&&(Ra(e[t])?Ua(e[t],Ha(r[t])):e[t]=Ha(r[t]))}return e}var Wa=0,Ga=1,Ka=2;function qa(e,t,n){for(let r=0,i,a=-1;r<t.length;r++){let o=t[r];if(o>a){for(i=o-1;i>=0&&e[i]==null;)e[i--]=null;for(i=o+1;i<n&&e[i]==null;)e[a=i++]=null}}}function Ja(e,t){if(Za(e)){let t=e[0].slice();for(let n=1;n<e.length;n++)t.push(...e[n].slice(1));return Qa(t[0])||(t=Xa(t)),t}let n=new Set;for(let t=0;t<e.length;t++){let r=e[t][0],i=r.length;for(let e=0;e<i;e++)n.add(r[e])}let r=[Array.from(n).sort((e,t)=>e-t)],i=r[0].length,a=new Map;for(let e=0;e<i;e++)a.set(r[0][e],e);for(let n=0;n<e.length;n++){let o=e[n],s=o[0];for(let e=1;e<o.length;e++){let c=o[e],l=Array(i).fill(void 0),u=t?t[n][e]:Ga,d=[];for(let e=0;e<c.length;e++){let t=c[e],n=a.get(s[e]);t===null?u!=Wa&&(l[n]=t,u==Ka&&d.push(n)):l[n]=t}qa(l,d,i),r.push(l)}}return r}var Ya=typeof queueMicrotask>`u`?e=>Promise.resolve().then(e):queueMicrotask;function Xa(e){let t=e[0],n=t.length,r=Array(n);for(let e=0;e<r.length;e++)r[e]=e;r.sort((e,n)=>t[e]-t[n]);let i=[];for(let t=0;t<e.length;t++){let a=e[t],o=Array(n);for(let e=0;e<n;e++)o[e]=a[r[e]];i.push(o)}return i}function Za(e){let t=e[0][0],n=t.length;for(let r=1;r<e.length;r++){let i=e[r][0];if(i.length!=n)return!1;if(i!=t){for(let e=0;e<n;e++)if(i[e]!=t[e])return!1}}return!0}function Qa(e,t=100){let n=e.length;if(n<=1)return!0;let r=0,i=n-1;for(;r<=i&&e[r]==null;)r++;for(;i>=r&&e[i]==null;)i--;if(i<=r)return!0;let a=sa(1,ra((i-r+1)/t));for(let t=e[r],n=r+a;n<=i;n+=a){let r=e[n];if(r!=null){if(r<=t)return!1;t=r}}return!0}var $a=[`January`,`February`,`March`,`April`,`May`,`June`,`July`,`August`,`September`,`October`,`November`,`December`],eo=[`Sunday`,`Monday`,`Tuesday`,`Wednesday`,`Thursday`,`Friday`,`Saturday`];function to(e){return e.slice(0,3)}var no=eo.map(to),ro={MMMM:$a,MMM:$a.map(to),WWWW:eo,WWW:no};function io(e){return(e<10?`0`:``)+e}function ao(e){return(e<10?`00`:e<100?`0`:``)+e}var oo={YYYY:e=>e.getFullYear(),YY:e=>(e.getFullYear()+``).slice(2),MMMM:(e,t)=>t.MMMM[e.getMonth()],MMM:(e,t)=>t.MMM[e.getMonth()],MM:e=>io(e.getMonth()+1),M:e=>e.getMonth()+1,DD:e=>io(e.getDate()),D:e=>e.getDate(),WWWW:(e,t)=>t.WWWW[e.getDay()],WWW:(e,t)=>t.WWW[e.getDay()],HH:e=>io(e.getHours()),H:e=>e.getHours(),h:e=>{let t=e.getHours();return t==0?12:t>12?t-12:t},AA:e=>e.getHours()>=12?`PM`:`AM`,aa:e=>e.getHours()>=12?`pm`:`am`,a:e=>e.getHours()>=12?`p`:`a`,mm:e=>io(e.getMinutes()),m:e=>e.getMinutes(),ss:e=>io(e.getSeconds()),s:e=>e.getSeconds(),fff:e=>ao(e.getMilliseconds())};function so(e,t){t||=ro;let n=[],r=/\{([a-z]+)\}|[^{]+/gi,i;for(;i=r.exec(e);)n.push(i[0][0]==`{`?oo[i[1]]:i[0]);return e=>{let r=``;for(let i=0;i<n.length;i++)r+=typeof n[i]==`string`?n[i]:n[i](e,t);return r}}var co=new Intl.DateTimeFormat().resolvedOptions().timeZone;function lo(e,t){let n;return t==`UTC`||t==`Etc/UTC`?n=new Date(+e+e.getTimezoneOffset()*6e4):t==co?n=e:(n=new Date(e.toLocaleString(`en-US`,{timeZone:t})),n.setMilliseconds(e.getMilliseconds())),n}var uo=e=>e%1==0,fo=[1,2,2.5,5],po=Aa(10,-32,0,fo),mo=Aa(10,0,32,fo),ho=mo.filter(uo),go=po.concat(mo),_o=`
`,vo=`{YYYY}`,yo=_o+vo,bo=`{M}/{D}`,xo=_o+bo,So=xo+`/{YY}`,Co=`{aa}`,wo=`{h}:{mm}`+Co,To=_o+wo,Eo=`:{ss}`,$=null;function Do(e){let t=e*1e3,n=t*60,r=n*60,i=r*24,a=i*30,o=i*365,s=(e==1?Aa(10,0,3,fo).filter(uo):Aa(10,-3,0,fo)).concat([t,t*5,t*10,t*15,t*30,n,n*5,n*10,n*15,n*30,r,r*2,r*3,r*4,r*6,r*8,r*12,i,i*2,i*3,i*4,i*5,i*6,i*7,i*8,i*9,i*10,i*15,a,a*2,a*3,a*4,a*6,o,o*2,o*5,o*10,o*25,o*50,o*100]),c=[[o,vo,$,$,$,$,$,$,1],[i*28,`{MMM}`,yo,$,$,$,$,$,1],[i,bo,yo,$,$,$,$,$,1],[r,`{h}`+Co,So,$,xo,$,$,$,1],[n,wo,So,$,xo,$,$,$,1],[t,Eo,So+` `+wo,$,xo+` `+wo,$,To,$,1],[e,Eo+`.{fff}`,So+` `+wo,$,xo+` `+wo,$,To,$,1]];function l(t){return(s,c,l,u,d,f)=>{let p=[],m=d>=o,h=d>=a&&d<o,g=t(l),_=Q(g*e,3),v=Lo(g.getFullYear(),m?0:g.getMonth(),h||m?1:g.getDate()),y=Q(v*e,3);if(h||m){let n=h?d/a:0,r=m?d/o:0,i=_==y?_:Q(Lo(v.getFullYear()+r,v.getMonth()+n,1)*e,3),s=new Date(ia(i/e)),c=s.getFullYear(),l=s.getMonth();for(let a=0;i<=u;a++){let o=Lo(c+r*a,l+n*a,1),s=o-t(Q(o*e,3));i=Q((+o+s)*e,3),i<=u&&p.push(i)}}else{let a=d>=i?i:d,o=y+(ra(l)-ra(_))+Ea(_-y,a);p.push(o);let m=t(o),h=m.getHours()+m.getMinutes()/n+m.getSeconds()/r,g=d/r,v=f/s.axes[c]._space;for(;o=Q(o+d,e==1?0:3),!(o>u);)if(g>1){let e=ra(Q(h+g,6))%24,n=t(o).getHours()-e;n>1&&(n=-1),o-=n*r,h=(h+g)%24;let i=p[p.length-1];Q((o-i)/d,3)*v>=.7&&p.push(o)}else p.push(o)}return p}}return[s,c,l]}var[Oo,ko,Ao]=Do(1),[jo,Mo,No]=Do(.001);Aa(2,-53,53,[1]);function Po(e,t){return e.map(e=>e.map((n,r)=>r==0||r==8||n==null?n:t(r==1||e[8]==0?n:e[1]+n)))}function Fo(e,t){return(n,r,i,a,o)=>{let s=t.find(e=>o>=e[0])||t[t.length-1],c,l,u,d,f,p;return r.map(t=>{let n=e(t),r=n.getFullYear(),i=n.getMonth(),a=n.getDate(),o=n.getHours(),m=n.getMinutes(),h=n.getSeconds(),g=r!=c&&s[2]||i!=l&&s[3]||a!=u&&s[4]||o!=d&&s[5]||m!=f&&s[6]||h!=p&&s[7]||s[1];return c=r,l=i,u=a,d=o,f=m,p=h,g(n)})}}function Io(e,t){let n=so(t);return(t,r,i,a,o)=>r.map(t=>n(e(t)))}function Lo(e,t,n){return new Date(e,t,n)}function Ro(e,t){return t(e)}var zo=`{YYYY}-{MM}-{DD} {h}:{mm}{aa}`;function Bo(e,t){return(n,r,i,a)=>a==null?hi:t(e(r))}function Vo(e,t){let n=e.series[t];return n.width?n.stroke(e,t):n.points.width?n.points.stroke(e,t):null}function Ho(e,t){return e.series[t].fill(e,t)}var Uo={show:!0,live:!0,isolate:!1,mount:_a,markers:{show:!0,width:2,stroke:Vo,fill:Ho,dash:`solid`},idx:null,idxs:null,values:[]};function Wo(e,t){let n=e.cursor.points,r=Ti(),i=n.size(e,t);J(r,Zr,i),J(r,Qr,i);let a=i/-2;J(r,`marginLeft`,a),J(r,`marginTop`,a);let o=n.width(e,t,i);return o&&J(r,`borderWidth`,o),r}function Go(e,t){let n=e.series[t].points;return n._fill||n._stroke}function Ko(e,t){let n=e.series[t].points;return n._stroke||n._fill}function qo(e,t){return e.series[t].points.size}var Jo=[0,0];function Yo(e,t,n){return Jo[0]=t,Jo[1]=n,Jo}function Xo(e,t,n,r=!0){return e=>{e.button!=0||r&&e.target!=t||n(e)}}function Zo(e,t,n,r=!0){return e=>{r&&e.target!=t||n(e)}}var Qo={show:!0,x:!0,y:!0,lock:!1,move:Yo,points:{one:!1,show:Wo,size:qo,width:0,stroke:Ko,fill:Go},bind:{mousedown:Xo,mouseup:Xo,click:Xo,dblclick:Xo,mousemove:Zo,mouseleave:Zo,mouseenter:Zo},drag:{setScale:!0,x:!0,y:!1,dist:0,uni:null,click:(e,t)=>{t.stopPropagation(),t.stopImmediatePropagation()},_x:!1,_y:!1},focus:{dist:(e,t,n,r,i)=>r-i,prox:-1,bias:0},hover:{skip:[void 0],prox:null,bias:0},left:-10,top:-10,idx:null,dataIdx:null,idxs:null,event:null},$o={show:!0,stroke:`rgba(0,0,0,0.07)`,width:2},es=Ua({},$o,{filter:ya}),ts=Ua({},es,{size:10}),ns=Ua({},$o,{show:!1}),rs=`12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Noto Sans", sans-serif, "Apple Color Emoji", "Segoe UI Emoji", "Segoe UI Symbol", "Noto Color Emoji"`,is=`bold `+rs,as=1.5,os={show:!0,scale:`x`,stroke:ri,space:50,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:is,side:2,grid:es,ticks:ts,border:ns,font:rs,lineGap:as,rotate:0},ss=`Value`,cs=`Time`,ls={show:!0,scale:`x`,auto:!1,sorted:1,min:X,max:-1/0,idxs:[]};function us(e,t,n,r,i){return t.map(e=>e==null?``:$i(e))}function ds(e,t,n,r,i,a,o){let s=[],c=Oa.get(i)||0;n=o?n:Q(Ea(n,i),c);for(let e=n;e<=r;e=Q(e+i,c))s.push(Object.is(e,-0)?0:e);return s}function fs(e,t,n,r,i,a,o){let s=[],c=e.scales[e.axes[t].scale].log;i=ca(c,ra((c==10?ua:da)(n))),c==10&&(i=go[Ii(i,go)]);let l=n,u=i*c;c==10&&(u=go[Ii(u,go)]);do s.push(l),l+=i,c==10&&!Oa.has(l)&&(l=Q(l,Oa.get(i))),l>=u&&(i=l,u=i*c,c==10&&(u=go[Ii(u,go)]));while(l<=r);return s}function ps(e,t,n,r,i,a,o){let s=e.scales[e.axes[t].scale].asinh,c=r>s?fs(e,t,sa(s,n),r,i):[s],l=r>=0&&n<=0?[0]:[];return(n<-s?fs(e,t,sa(s,-r),-n,i):[s]).reverse().map(e=>-e).concat(l,c)}var ms=/./,hs=/[12357]/,gs=/[125]/,_s=/1/,vs=(e,t,n,r)=>e.map((e,i)=>t==4&&e==0||i%r==0&&n.test(e.toExponential()[+(e<0)])?e:null);function ys(e,t,n,r,i){let a=e.axes[n],o=a.scale,s=e.scales[o],c=e.valToPos,l=a._space,u=c(10,o),d=c(9,o)-u>=l?ms:c(7,o)-u>=l?hs:c(5,o)-u>=l?gs:_s;if(d==_s){let e=na(c(1,o)-u);if(e<l)return vs(t.slice().reverse(),s.distr,d,aa(l/e)).reverse()}return vs(t,s.distr,d,1)}function bs(e,t,n,r,i){let a=e.axes[n],o=a.scale,s=a._space,c=e.valToPos,l=na(c(1,o)-c(2,o));return l<s?vs(t.slice().reverse(),3,ms,aa(s/l)).reverse():t}function xs(e,t,n,r){return r==null?hi:t==null?``:$i(t)}var Ss={show:!0,scale:`y`,stroke:ri,space:30,gap:5,alignTo:1,size:50,labelGap:0,labelSize:30,labelFont:is,side:3,grid:es,ticks:ts,border:ns,font:rs,lineGap:as,rotate:0};function Cs(e,t){return Q((3+(e||1)*2)*t,3)}function ws(e,t){let{scale:n,idxs:r}=e.series[0],i=e._data[0],a=e.valToPos(i[r[0]],n,!0),o=na(e.valToPos(i[r[1]],n,!0)-a)/(e.series[t].points.space*q);return r[1]-r[0]<=o}var Ts={scale:null,auto:!0,sorted:0,min:X,max:-1/0},Es=(e,t,n,r,i)=>i,Ds={show:!0,auto:!0,sorted:0,gaps:Es,alpha:1,facets:[Ua({},Ts,{scale:`x`}),Ua({},Ts,{scale:`y`})]},Os={scale:`y`,auto:!0,sorted:0,show:!0,spanGaps:!1,gaps:Es,alpha:1,points:{show:ws,filter:null},values:null,min:X,max:-1/0,idxs:[],path:null,clip:null};function ks(e,t,n,r,i){return n/10}var As={time:Ar,auto:!0,distr:1,log:10,asinh:1,min:null,max:null,dir:1,ori:0},js=Ua({},As,{time:!1,ori:1}),Ms={};function Ns(e,t){let n=Ms[e];return n||(n={key:e,plots:[],sub(e){n.plots.push(e)},unsub(e){n.plots=n.plots.filter(t=>t!=e)},pub(e,t,r,i,a,o,s){for(let c=0;c<n.plots.length;c++)n.plots[c]!=t&&n.plots[c].pub(e,t,r,i,a,o,s)}},e!=null&&(Ms[e]=n)),n}var Ps=1,Fs=2;function Is(e,t,n){let r=e.mode,i=e.series[t],a=r==2?e._data[t]:e._data,o=e.scales,s=e.bbox,c=a[0],l=r==2?a[1]:a[t],u=r==2?o[i.facets[0].scale]:o[e.series[0].scale],d=r==2?o[i.facets[1].scale]:o[i.scale],f=s.left,p=s.top,m=s.width,h=s.height,g=e.valToPosH,_=e.valToPosV;return u.ori==0?n(i,c,l,u,d,g,_,f,p,m,h,Gs,qs,Ys,Zs,$s):n(i,c,l,u,d,_,g,p,f,h,m,Ks,Js,Xs,Qs,ec)}function Ls(e,t){let n=0,r=0,i=Y(e.bands,Ma);for(let e=0;e<i.length;e++){let a=i[e];a.series[0]==t?n=a.dir:a.series[1]==t&&(a.dir==1?r|=1:r|=2)}return[n,r==1?-1:r==2?1:r==3?2:0]}function Rs(e,t,n,r,i){let a=e.mode,o=e.series[t],s=a==2?o.facets[1].scale:o.scale,c=e.scales[s];return i==-1?c.min:i==1?c.max:c.distr==3?c.dir==1?c.min:c.max:0}function zs(e,t,n,r,i,a){return Is(e,t,(e,t,o,s,c,l,u,d,f,p,m)=>{let h=e.pxRound,g=s.dir*(s.ori==0?1:-1),_=s.ori==0?qs:Js,v,y;g==1?(v=n,y=r):(v=r,y=n);let b=h(l(t[v],s,p,d)),x=h(u(o[v],c,m,f)),S=h(l(t[y],s,p,d)),C=h(u(a==1?c.max:c.min,c,m,f)),w=new Path2D(i);return _(w,S,C),_(w,b,C),_(w,b,x),w})}function Bs(e,t,n,r,i,a){let o=null;if(e.length>0){o=new Path2D;let s=t==0?Ys:Xs,c=n;for(let t=0;t<e.length;t++){let n=e[t];if(n[1]>n[0]){let e=n[0]-c;e>0&&s(o,c,r,e,r+a),c=n[1]}}let l=n+i-c;l>0&&s(o,c,r-5,l,r+a+10)}return o}function Vs(e,t,n){let r=e[e.length-1];r&&r[0]==t?r[1]=n:e.push([t,n])}function Hs(e,t,n,r,i,a,o){let s=[],c=e.length;for(let l=i==1?n:r;l>=n&&l<=r;l+=i)if(t[l]===null){let u=l,d=l;if(i==1)for(;++l<=r&&t[l]===null;)d=l;else for(;--l>=n&&t[l]===null;)d=l;let f=a(e[u]),p=d==u?f:a(e[d]),m=u-i;f=o<=0&&m>=0&&m<c?a(e[m]):f;let h=d+i;p=o>=0&&h>=0&&h<c?a(e[h]):p,p>=f&&s.push([f,p])}return s}function Us(e){return e==0?va:e==1?ia:t=>Ta(t,e)}function Ws(e){let t=e==0?Gs:Ks,n=e==0?(e,t,n,r,i,a)=>{e.arcTo(t,n,r,i,a)}:(e,t,n,r,i,a)=>{e.arcTo(n,t,i,r,a)},r=e==0?(e,t,n,r,i)=>{e.rect(t,n,r,i)}:(e,t,n,r,i)=>{e.rect(n,t,i,r)};return(e,i,a,o,s,c=0,l=0)=>{c==0&&l==0?r(e,i,a,o,s):(c=oa(c,o/2,s/2),l=oa(l,o/2,s/2),t(e,i+c,a),n(e,i+o,a,i+o,a+s,c),n(e,i+o,a+s,i,a+s,l),n(e,i,a+s,i,a,l),n(e,i,a,i+o,a,c),e.closePath())}}var Gs=(e,t,n)=>{e.moveTo(t,n)},Ks=(e,t,n)=>{e.moveTo(n,t)},qs=(e,t,n)=>{e.lineTo(t,n)},Js=(e,t,n)=>{e.lineTo(n,t)},Ys=Ws(0),Xs=Ws(1),Zs=(e,t,n,r,i,a)=>{e.arc(t,n,r,i,a)},Qs=(e,t,n,r,i,a)=>{e.arc(n,t,r,i,a)},$s=(e,t,n,r,i,a,o)=>{e.bezierCurveTo(t,n,r,i,a,o)},ec=(e,t,n,r,i,a,o)=>{e.bezierCurveTo(n,t,i,r,o,a)};function tc(e){return(e,t,n,r,i)=>Is(e,t,(t,a,o,s,c,l,u,d,f,p,m)=>{let{pxRound:h,points:g}=t,_,v;s.ori==0?(_=Gs,v=Zs):(_=Ks,v=Qs);let y=Q(g.width*q,3),b=(g.size-g.width)/2*q,x=Q(b*2,3),S=new Path2D,C=new Path2D,{left:w,top:T,width:E,height:D}=e.bbox;Ys(C,w-x,T-x,E+x*2,D+x*2);let O=e=>{if(o[e]!=null){let t=h(l(a[e],s,p,d)),n=h(u(o[e],c,m,f));_(S,t+b,n),v(S,t,n,b,0,ta*2)}};if(i)i.forEach(O);else for(let e=n;e<=r;e++)O(e);return{stroke:y>0?S:null,fill:S,clip:C,flags:3}})}function nc(e){return(t,n,r,i,a,o)=>{r!=i&&(a!=r&&o!=r&&e(t,n,r),a!=i&&o!=i&&e(t,n,i),e(t,n,o))}}var rc=nc(qs),ic=nc(Js);function ac(e){let t=Y(e?.alignGaps,0);return(e,n,r,i)=>Is(e,n,(a,o,s,c,l,u,d,f,p,m,h)=>{[r,i]=Bi(s,r,i);let g=a.pxRound,_=e=>g(u(e,c,m,f)),v=e=>g(d(e,l,h,p)),y,b;c.ori==0?(y=qs,b=rc):(y=Js,b=ic);let x=c.dir*(c.ori==0?1:-1),S={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:Ps},C=S.stroke,w=!1;if(i-r>=m*4){let t=t=>e.posToVal(t,c.key,!0),n=null,a=null,l,u,d,f=_(o[x==1?r:i]),p=_(o[r]),m=_(o[i]),h=t(x==1?p+1:m-1);for(let e=x==1?r:i;e>=r&&e<=i;e+=x){let r=o[e],i=(x==1?r<h:r>h)?f:_(r),c=s[e];i==f?c==null?c===null&&(w=!0):(u=c,n==null?(y(C,i,v(u)),l=n=a=u):u<n?n=u:u>a&&(a=u)):(n!=null&&b(C,f,v(n),v(a),v(l),v(u)),c==null?(n=a=null,c===null&&(w=!0)):(u=c,y(C,i,v(u)),n=a=l=u),f=i,h=t(f+x))}n!=null&&n!=a&&d!=f&&b(C,f,v(n),v(a),v(l),v(u))}else for(let e=x==1?r:i;e>=r&&e<=i;e+=x){let t=s[e];t===null?w=!0:t!=null&&y(C,_(o[e]),v(t))}let[T,E]=Ls(e,n);if(a.fill!=null||T!=0){let t=S.fill=new Path2D(C),s=v(a.fillTo(e,n,a.min,a.max,T)),c=_(o[r]),l=_(o[i]);x==-1&&([l,c]=[c,l]),y(t,l,s),y(t,c,s)}if(!a.spanGaps){let l=[];w&&l.push(...Hs(o,s,r,i,x,_,t)),S.gaps=l=a.gaps(e,n,r,i,l),S.clip=Bs(l,c.ori,f,p,m,h)}return E!=0&&(S.band=E==2?[zs(e,n,r,i,C,-1),zs(e,n,r,i,C,1)]:zs(e,n,r,i,C,E)),S})}function oc(e){let t=Y(e.align,1),n=Y(e.ascDesc,!1),r=Y(e.alignGaps,0),i=Y(e.extend,!1);return(e,a,o,s)=>Is(e,a,(c,l,u,d,f,p,m,h,g,_,v)=>{[o,s]=Bi(u,o,s);let y=c.pxRound,{left:b,width:x}=e.bbox,S=e=>y(p(e,d,_,h)),C=e=>y(m(e,f,v,g)),w=d.ori==0?qs:Js,T={stroke:new Path2D,fill:null,clip:null,band:null,gaps:null,flags:Ps},E=T.stroke,D=d.dir*(d.ori==0?1:-1),O=C(u[D==1?o:s]),k=S(l[D==1?o:s]),ee=k,A=k;i&&t==-1&&(A=b,w(E,A,O)),w(E,k,O);for(let e=D==1?o:s;e>=o&&e<=s;e+=D){let n=u[e];if(n==null)continue;let r=S(l[e]),i=C(n);t==1?w(E,r,O):w(E,ee,i),w(E,r,i),O=i,ee=r}let j=ee;i&&t==1&&(j=b+x,w(E,j,O));let[te,ne]=Ls(e,a);if(c.fill!=null||te!=0){let t=T.fill=new Path2D(E),n=C(c.fillTo(e,a,c.min,c.max,te));w(t,j,n),w(t,A,n)}if(!c.spanGaps){let i=[];i.push(...Hs(l,u,o,s,D,S,r));let f=c.width*q/2,p=n||t==1?f:-f,m=n||t==-1?-f:f;i.forEach(e=>{e[0]+=p,e[1]+=m}),T.gaps=i=c.gaps(e,a,o,s,i),T.clip=Bs(i,d.ori,h,g,_,v)}return ne!=0&&(T.band=ne==2?[zs(e,a,o,s,E,-1),zs(e,a,o,s,E,1)]:zs(e,a,o,s,E,ne)),T})}function sc(e,t,n,r,i,a,o=X){if(e.length>1){let s=null;for(let c=0,l=1/0;c<e.length;c++)if(t[c]!==void 0){if(s!=null){let t=na(e[c]-e[s]);t<l&&(l=t,o=na(n(e[c],r,i,a)-n(e[s],r,i,a)))}s=c}}return o}function cc(e){e||=ja;let t=Y(e.size,[.6,X,1]),n=e.align||0,r=e.gap||0,i=e.radius;i=i==null?[0,0]:typeof i==`number`?[i,0]:i;let a=Z(i),o=1-t[0],s=Y(t[1],X),c=Y(t[2],1),l=Y(e.disp,ja),u=Y(e.each,e=>{}),{fill:d,stroke:f}=l;return(e,t,i,p)=>Is(e,t,(m,h,g,_,v,y,b,x,S,C,w)=>{let T=m.pxRound,E=n,D=r*q,O=s*q,k=c*q,ee,A;_.ori==0?[ee,A]=a(e,t):[A,ee]=a(e,t);let j=_.dir*(_.ori==0?1:-1),te=_.ori==0?Ys:Xs,ne=_.ori==0?u:(e,t,n,r,i,a,o)=>{u(e,t,n,i,r,o,a)},re=Y(e.bands,Ma).find(e=>e.series[0]==t),ie=re==null?0:re.dir,ae=m.fillTo(e,t,m.min,m.max,ie),M=T(b(ae,v,w,S)),N,P,F,I=C,L=T(m.width*q),oe=!1,se=null,R=null,ce=null,le=null;d!=null&&(L==0||f!=null)&&(oe=!0,se=d.values(e,t,i,p),R=new Map,new Set(se).forEach(e=>{e!=null&&R.set(e,new Path2D)}),L>0&&(ce=f.values(e,t,i,p),le=new Map,new Set(ce).forEach(e=>{e!=null&&le.set(e,new Path2D)})));let{x0:z,size:ue}=l;if(z!=null&&ue!=null){E=1,h=z.values(e,t,i,p),z.unit==2&&(h=h.map(t=>e.posToVal(x+t*C,_.key,!0)));let n=ue.values(e,t,i,p);P=ue.unit==2?n[0]*C:y(n[0],_,C,x)-y(0,_,C,x),I=sc(h,g,y,_,C,x,I),F=I-P+D}else I=sc(h,g,y,_,C,x,I),F=I*o+D,P=I-F;F<1&&(F=0),L>=P/2&&(L=0),F<5&&(T=va);let de=F>0,fe=I-F-(de?L:0);P=T(ha(fe,k,O)),N=(E==0?P/2:E==j?0:P)-E*j*((E==0?D/2:0)+(de?L/2:0));let pe={stroke:null,fill:null,clip:null,band:null,gaps:null,flags:0},me=oe?null:new Path2D,he=null;if(re!=null)he=e.data[re.series[1]];else{let{y0:n,y1:r}=l;n!=null&&r!=null&&(g=r.values(e,t,i,p),he=n.values(e,t,i,p))}let ge=ee*P,_e=A*P;for(let n=j==1?i:p;n>=i&&n<=p;n+=j){let r=g[n];if(r==null)continue;if(he!=null){let e=he[n]??0;if(r-e==0)continue;M=b(e,v,w,S)}let i=y(_.distr!=2||l!=null?h[n]:n,_,C,x),a=b(Y(r,ae),v,w,S),o=T(i-N),s=T(sa(a,M)),c=T(oa(a,M)),u=s-c;if(r!=null){let i=r<0?_e:ge,a=r<0?ge:_e;oe?(L>0&&ce[n]!=null&&te(le.get(ce[n]),o,c+ra(L/2),P,sa(0,u-L),i,a),se[n]!=null&&te(R.get(se[n]),o,c+ra(L/2),P,sa(0,u-L),i,a)):te(me,o,c+ra(L/2),P,sa(0,u-L),i,a),ne(e,t,n,o-L/2,c,P+L,u)}}return L>0?pe.stroke=oe?le:me:oe||(pe._fill=m.width==0?m._fill:m._stroke??m._fill,pe.width=0),pe.fill=oe?R:me,pe})}function lc(e,t){let n=Y(t?.alignGaps,0);return(t,r,i,a)=>Is(t,r,(o,s,c,l,u,d,f,p,m,h,g)=>{[i,a]=Bi(c,i,a);let _=o.pxRound,v=e=>_(d(e,l,h,p)),y=e=>_(f(e,u,g,m)),b,x,S;l.ori==0?(b=Gs,S=qs,x=$s):(b=Ks,S=Js,x=ec);let C=l.dir*(l.ori==0?1:-1),w=v(s[C==1?i:a]),T=w,E=[],D=[];for(let e=C==1?i:a;e>=i&&e<=a;e+=C)if(c[e]!=null){let t=s[e],n=v(t);E.push(T=n),D.push(y(c[e]))}let O={stroke:e(E,D,b,S,x,_),fill:null,clip:null,band:null,gaps:null,flags:Ps},k=O.stroke,[ee,A]=Ls(t,r);if(o.fill!=null||ee!=0){let e=O.fill=new Path2D(k),n=y(o.fillTo(t,r,o.min,o.max,ee));S(e,T,n),S(e,w,n)}if(!o.spanGaps){let e=[];e.push(...Hs(s,c,i,a,C,v,n)),O.gaps=e=o.gaps(t,r,i,a,e),O.clip=Bs(e,l.ori,p,m,h,g)}return A!=0&&(O.band=A==2?[zs(t,r,i,a,k,-1),zs(t,r,i,a,k,1)]:zs(t,r,i,a,k,A)),O})}function uc(e){return lc(dc,e)}function dc(e,t,n,r,i,a){let o=e.length;if(o<2)return null;let s=new Path2D;if(n(s,e[0],t[0]),o==2)r(s,e[1],t[1]);else{let n=Array(o),r=Array(o-1),a=Array(o-1),c=Array(o-1);for(let n=0;n<o-1;n++)a[n]=t[n+1]-t[n],c[n]=e[n+1]-e[n],r[n]=a[n]/c[n];n[0]=r[0];for(let e=1;e<o-1;e++)r[e]===0||r[e-1]===0||r[e-1]>0!=r[e]>0?n[e]=0:(n[e]=3*(c[e-1]+c[e])/((2*c[e]+c[e-1])/r[e-1]+(c[e]+2*c[e-1])/r[e]),isFinite(n[e])||(n[e]=0));n[o-1]=r[o-2];for(let r=0;r<o-1;r++)i(s,e[r]+c[r]/3,t[r]+n[r]*c[r]/3,e[r+1]-c[r]/3,t[r+1]-n[r+1]*c[r]/3,e[r+1],t[r+1])}return s}var fc=new Set;function pc(){for(let e of fc)e.syncRect(!0)}gi&&(Pi(di,vi,pc),Pi(fi,vi,pc,!0),Pi(mi,vi,()=>{kc.pxRatio=q}));var mc=ac(),hc=tc();function gc(e,t,n,r){return(r?[e[0],e[1]].concat(e.slice(2)):[e[0]].concat(e.slice(1))).map((e,r)=>vc(e,r,t,n))}function _c(e,t){return e.map((e,n)=>n==0?{}:Ua({},t,e))}function vc(e,t,n,r){return Ua({},t==0?n:r,e)}function yc(e,t,n){return t==null?Na:[t,n]}var bc=yc;function xc(e,t,n){return t==null?Na:Yi(t,n,Gi,!0)}function Sc(e,t,n,r){return t==null?Na:Ui(t,n,e.scales[r].log,!1)}var Cc=Sc;function wc(e,t,n,r){return t==null?Na:Wi(t,n,e.scales[r].log,!1)}var Tc=wc;function Ec(e,t,n,r,i){let a=sa(ma(e),ma(t)),o=t-e,s=Ii(i/r*o,n);do{let e=n[s],t=r*e/o;if(t>=i&&a+(e<5?Oa.get(e):0)<=17)return[e,t]}while(++s<n.length);return[0,0]}function Dc(e){let t,n;return e=e.replace(/(\d+)px/,(e,r)=>(t=ia((n=+r)*q))+`px`),[e,t,n]}function Oc(e){e.show&&[e.font,e.labelFont].forEach(e=>{let t=Q(e[2]*q,1);e[0]=e[0].replace(/[0-9.]+px/,t+`px`),e[1]=t})}function kc(e,t,n){let r={mode:Y(e.mode,1)},i=r.mode;function a(e,t,n,r){let i=t.valToPct(e);return r+n*(t.dir==-1?1-i:i)}function o(e,t,n,r){let i=t.valToPct(e);return r+n*(t.dir==-1?i:1-i)}function s(e,t,n,r){return t.ori==0?a(e,t,n,r):o(e,t,n,r)}r.valToPosH=a,r.valToPosV=o;let c=!1;r.status=0;let l=r.root=Ti(jr);if(e.id!=null&&(l.id=e.id),Si(l,e.class),e.title){let t=Ti(Pr,l);t.textContent=e.title}let u=wi(`canvas`),d=r.ctx=u.getContext(`2d`),f=Ti(Fr,l);Pi(`click`,f,e=>{e.target===m&&(U!=tn||W!=nn)&&sn.click(r,e)},!0);let p=r.under=Ti(Ir,f);f.appendChild(u);let m=r.over=Ti(Lr,f);e=Ha(e);let h=+Y(e.pxAlign,1),g=Us(h);(e.plugins||[]).forEach(t=>{t.opts&&(e=t.opts(r,e)||e)});let _=e.ms||.001,v=r.series=i==1?gc(e.series||[],ls,Os,!1):_c(e.series||[null],Ds),y=r.axes=gc(e.axes||[],os,Ss,!0),b=r.scales={},x=r.bands=e.bands||[];x.forEach(e=>{e.fill=Z(e.fill||null),e.dir=Y(e.dir,-1)});let S=i==2?v[1].facets[0].scale:v[0].scale,C={axes:zt,series:Ot},w=(e.drawOrder||[`axes`,`series`]).map(e=>C[e]);function T(e){let t=e.distr==3?t=>ua(t>0?t:e.clamp(r,t,e.min,e.max,e.key)):e.distr==4?t=>pa(t,e.asinh):e.distr==100?t=>e.fwd(t):e=>e;return n=>{let r=t(n),{_min:i,_max:a}=e,o=a-i;return(r-i)/o}}function E(t){let n=b[t];if(n==null){let r=(e.scales||ja)[t]||ja;if(r.from!=null){E(r.from);let e=Ua({},b[r.from],r,{key:t});e.valToPct=T(e),b[t]=e}else{n=b[t]=Ua({},t==S?As:js,r),n.key=t;let e=n.time,a=n.range,o=Pa(a);if((t!=S||i==2&&!e)&&(o&&(a[0]==null||a[1]==null)&&(a={min:a[0]==null?Ki:{mode:1,hard:a[0],soft:a[0]},max:a[1]==null?Ki:{mode:1,hard:a[1],soft:a[1]}},o=!1),!o&&Ra(a))){let e=a;a=(t,n,r)=>n==null?Na:Yi(n,r,e)}n.range=Z(a||(e?bc:t==S?n.distr==3?Cc:n.distr==4?Tc:yc:n.distr==3?Sc:n.distr==4?wc:xc)),n.auto=Z(!o&&n.auto),n.clamp=Z(n.clamp||ks),n._min=n._max=null,n.valToPct=T(n)}}}E(`x`),E(`y`),i==1&&v.forEach(e=>{E(e.scale)}),y.forEach(e=>{E(e.scale)});for(let t in e.scales)E(t);let D=b[S],O=D.distr,k,ee;D.ori==0?(Si(l,Mr),k=a,ee=o):(Si(l,Nr),k=o,ee=a);let A={};for(let e in b){let t=b[e];(t.min!=null||t.max!=null)&&(A[e]={min:t.min,max:t.max},t.min=t.max=null)}let j=e.tzDate||(e=>new Date(ia(e/_))),te=e.fmtDate||so,ne=_==1?Ao(j):No(j),re=Fo(j,Po(_==1?ko:Mo,te)),ie=Bo(j,Ro(zo,te)),ae=[],M=r.legend=Ua({},Uo,e.legend),N=r.cursor=Ua({},Qo,{drag:{y:i==2}},e.cursor),P=M.show,F=N.show,I=M.markers;M.idxs=ae,I.width=Z(I.width),I.dash=Z(I.dash),I.stroke=Z(I.stroke),I.fill=Z(I.fill);let L,oe,se,R=[],ce=[],le,z=!1,ue={};if(M.live){let e=v[1]?v[1].values:null;z=e!=null,le=z?e(r,1,0):{_:0};for(let e in le)ue[e]=hi}if(P){if(L=wi(`table`,Wr,l),se=wi(`tbody`,null,L),M.mount(r,L),z){oe=wi(`thead`,null,L,se);let e=wi(`tr`,null,oe);for(var de in wi(`th`,null,e),le)wi(`th`,Yr,e).textContent=de}else Si(L,Kr),M.live&&Si(L,Gr)}let fe={show:!0},pe={show:!1};function me(e,t){if(t==0&&(z||!M.live||i==2))return Na;let n=[],a=wi(`tr`,qr,se,se.childNodes[t]);Si(a,e.class),e.show||Si(a,zr);let o=wi(`th`,null,a);if(I.show){let e=Ti(Jr,o);if(t>0){let n=I.width(r,t);n&&(e.style.border=n+`px `+I.dash(r,t)+` `+I.stroke(r,t)),e.style.background=I.fill(r,t)}}let s=Ti(Yr,o);for(var c in e.label instanceof HTMLElement?s.appendChild(e.label):s.textContent=e.label,t>0&&(I.show||(s.style.color=e.width>0?I.stroke(r,t):I.fill(r,t)),ge(`click`,o,t=>{if(N._lock)return;Ve(t);let n=v.indexOf(e);if((t.ctrlKey||t.metaKey)!=M.isolate){let e=v.some((e,t)=>t>0&&t!=n&&e.show);v.forEach((t,r)=>{r>0&&mn(r,e?r==n?fe:pe:fe,!0,Qn.setSeries)})}else mn(n,{show:!e.show},!0,Qn.setSeries)},!1),We&&ge(ci,o,t=>{N._lock||(Ve(t),mn(v.indexOf(e),Sn,!0,Qn.setSeries))},!1)),le){let e=wi(`td`,Xr,a);e.textContent=`--`,n.push(e)}return[a,n]}let he=new Map;function ge(e,t,n,i=!0){let a=he.get(t)||{},o=N.bind[e](r,t,n,i);o&&(Pi(e,t,a[e]=o),he.set(t,a))}function _e(e,t,n){let r=he.get(t)||{};for(let n in r)(e==null||n==e)&&(Fi(n,t,r[n]),delete r[n]);e??he.delete(t)}let ve=0,ye=0,B=0,V=0,be=0,xe=0,Se=be,Ce=xe,we=B,Te=V,Ee=0,De=0,Oe=0,H=0;r.bbox={};let ke=!1,Ae=!1,je=!1,Me=!1,Ne=!1,Pe=!1;function Fe(e,t,n){(n||e!=r.width||t!=r.height)&&Ie(e,t),Bt(!1),je=!0,Ae=!0,Gt()}function Ie(e,t){r.width=ve=B=e,r.height=ye=V=t,be=xe=0,ze(),Be();let n=r.bbox;Ee=n.left=Ta(be*q,.5),De=n.top=Ta(xe*q,.5),Oe=n.width=Ta(B*q,.5),H=n.height=Ta(V*q,.5)}function Le(){let e=!1,t=0;for(;!e;){t++;let n=Lt(t),i=Rt(t);e=t==3||n&&i,e||(Ie(r.width,r.height),Ae=!0)}}function Re({width:e,height:t}){Fe(e,t)}r.setSize=Re;function ze(){let e=!1,t=!1,n=!1,r=!1;y.forEach((i,a)=>{if(i.show&&i._show){let{side:a,_size:o}=i,s=a%2,c=o+(i.label==null?0:i.labelSize);c>0&&(s?(B-=c,a==3?(be+=c,r=!0):n=!0):(V-=c,a==0?(xe+=c,e=!0):t=!0))}}),$e[0]=e,$e[1]=n,$e[2]=t,$e[3]=r,B-=rt[1]+rt[3],be+=rt[3],V-=rt[2]+rt[0],xe+=rt[0]}function Be(){let e=be+B,t=xe+V,n=be,r=xe;function i(i,a){switch(i){case 1:return e+=a,e-a;case 2:return t+=a,t-a;case 3:return n-=a,n+a;case 0:return r-=a,r+a}}y.forEach((e,t)=>{if(e.show&&e._show){let t=e.side;e._pos=i(t,e._size),e.label!=null&&(e._lpos=i(t,e.labelSize))}})}if(N.dataIdx==null){let e=N.hover,n=e.skip=new Set(e.skip??[]);n.add(void 0);let r=e.prox=Z(e.prox),i=e.bias??=0;N.dataIdx=(e,a,o,s)=>{if(a==0)return o;let c=o,l=r(e,a,o,s)??X,u=l>=0&&l<X,d=D.ori==0?B:V,f=N.left,p=t[0],m=t[a];if(n.has(m[o])){c=null;let e=null,t=null,r;if(i==0||i==-1)for(r=o;e==null&&r-->0;)n.has(m[r])||(e=r);if(i==0||i==1)for(r=o;t==null&&r++<m.length;)n.has(m[r])||(t=r);if(e!=null||t!=null){if(u){let n=e==null?-1/0:k(p[e],D,d,0),r=t==null?1/0:k(p[t],D,d,0),i=f-n,a=r-f;i<=a?i<=l&&(c=e):a<=l&&(c=t)}else c=t==null?e:e==null?t:o-e<=t-o?e:t}}else u&&na(f-k(p[o],D,d,0))>l&&(c=null);return c}}let Ve=e=>{N.event=e};N.idxs=ae,N._lock=!1;let He=N.points;He.show=Z(He.show),He.size=Z(He.size),He.stroke=Z(He.stroke),He.width=Z(He.width),He.fill=Z(He.fill);let Ue=r.focus=Ua({},e.focus||{alpha:.3},N.focus),We=Ue.prox>=0,Ge=We&&He.one,Ke=[],qe=[],Je=[];function Ye(e,t){let n=He.show(r,t);if(n instanceof HTMLElement)return Si(n,Ur),Si(n,e.class),Di(n,-10,-10,B,V),m.insertBefore(n,Ke[t]),n}function Xe(e,t){if(i==1||t>0){let t=i==1&&b[e.scale].time,n=e.value;e.value=t?La(n)?Bo(j,Ro(n,te)):n||ie:n||xs,e.label=e.label||(t?cs:ss)}if(Ge||t>0){e.width=e.width==null?1:e.width,e.paths=e.paths||mc||ba,e.fillTo=Z(e.fillTo||Rs),e.pxAlign=+Y(e.pxAlign,h),e.pxRound=Us(e.pxAlign),e.stroke=Z(e.stroke||null),e.fill=Z(e.fill||null),e._stroke=e._fill=e._paths=e._focus=null;let t=Cs(sa(1,e.width),1),n=e.points=Ua({},{size:t,width:sa(1,t*.2),stroke:e.stroke,space:t*2,paths:hc,_stroke:null,_fill:null},e.points);n.show=Z(n.show),n.filter=Z(n.filter),n.fill=Z(n.fill),n.stroke=Z(n.stroke),n.paths=Z(n.paths),n.pxAlign=e.pxAlign}if(P){let n=me(e,t);R.splice(t,0,n[0]),ce.splice(t,0,n[1]),M.values.push(null)}if(F){ae.splice(t,0,null);let n=null;Ge?t==0&&(n=Ye(e,t)):t>0&&(n=Ye(e,t)),Ke.splice(t,0,n),qe.splice(t,0,0),Je.splice(t,0,0)}Xn(`addSeries`,t)}function Ze(e,t){t??=v.length,e=i==1?vc(e,t,ls,Os):vc(e,t,{},Ds),v.splice(t,0,e),Xe(v[t],t)}r.addSeries=Ze;function Qe(e){if(v.splice(e,1),P){M.values.splice(e,1),ce.splice(e,1);let t=R.splice(e,1)[0];_e(null,t.firstChild),t.remove()}F&&(ae.splice(e,1),Ke.splice(e,1)[0].remove(),qe.splice(e,1),Je.splice(e,1)),Xn(`delSeries`,e)}r.delSeries=Qe;let $e=[!1,!1,!1,!1];function et(e,t){if(e._show=e.show,e.show){let n=e.side%2,i=b[e.scale];i??=(e.scale=n?v[1].scale:S,b[e.scale]);let a=i.time;e.size=Z(e.size),e.space=Z(e.space),e.rotate=Z(e.rotate),Pa(e.incrs)&&e.incrs.forEach(e=>{!Oa.has(e)&&Oa.set(e,ka(e))}),e.incrs=Z(e.incrs||(i.distr==2?ho:a?_==1?Oo:jo:go)),e.splits=Z(e.splits||(a&&i.distr==1?ne:i.distr==3?fs:i.distr==4?ps:ds)),e.stroke=Z(e.stroke),e.grid.stroke=Z(e.grid.stroke),e.ticks.stroke=Z(e.ticks.stroke),e.border.stroke=Z(e.border.stroke);let o=e.values;e.values=Pa(o)&&!Pa(o[0])?Z(o):a?Pa(o)?Fo(j,Po(o,te)):La(o)?Io(j,o):o||re:o||us,e.filter=Z(e.filter||(i.distr>=3&&i.log==10?ys:i.distr==3&&i.log==2?bs:ya)),e.font=Dc(e.font),e.labelFont=Dc(e.labelFont),e._size=e.size(r,null,t,0),e._space=e._rotate=e._incrs=e._found=e._splits=e._values=null,e._size>0&&($e[t]=!0,e._el=Ti(Rr,f))}}function tt(e,t,n,r){let[i,a,o,s]=n,c=t%2,l=0;return c==0&&(s||a)&&(l=t==0&&!i||t==2&&!o?ia(os.size/3):0),c==1&&(i||o)&&(l=t==1&&!a||t==3&&!s?ia(Ss.size/2):0),l}let nt=r.padding=(e.padding||[tt,tt,tt,tt]).map(e=>Z(Y(e,tt))),rt=r._padding=nt.map((e,t)=>e(r,t,$e,0)),it,at=null,ot=null,st=i==1?v[0].idxs:null,ct=null,lt=!1;function ut(e,n){if(t=e??[],r.data=r._data=t,i==2){it=0;for(let e=1;e<v.length;e++)it+=t[e][0].length}else{t.length==0&&(r.data=r._data=t=[[]]),ct=t[0],it=ct.length;let e=t;if(O==2){e=t.slice();let n=e[0]=Array(it);for(let e=0;e<it;e++)n[e]=e}r._data=t=e}if(Bt(!0),Xn(`setData`),O==2&&(je=!0),n!==!1){let e=D;e.auto(r,lt)?dt():pn(S,e.min,e.max),Me||=N.left>=0,Pe=!0,Gt()}}r.setData=ut;function dt(){lt=!0;let e,n;i==1&&(it>0?(at=st[0]=0,ot=st[1]=it-1,e=t[0][at],n=t[0][ot],O==2?(e=at,n=ot):e==n&&(O==3?[e,n]=Ui(e,e,D.log,!1):O==4?[e,n]=Wi(e,e,D.log,!1):D.time?n=e+ia(86400/_):[e,n]=Yi(e,n,Gi,!0))):(at=st[0]=e=null,ot=st[1]=n=null)),pn(S,e,n)}let ft,pt,mt,ht,gt,_t,vt,yt,bt,xt;function St(e,t,n,r,i,a){e??=ii,n??=Ma,r??=`butt`,i??=ii,a??=`round`,e!=ft&&(d.strokeStyle=ft=e),i!=pt&&(d.fillStyle=pt=i),t!=mt&&(d.lineWidth=mt=t),a!=gt&&(d.lineJoin=gt=a),r!=_t&&(d.lineCap=_t=r),n!=ht&&d.setLineDash(ht=n)}function Ct(e,t,n,r){t!=pt&&(d.fillStyle=pt=t),e!=vt&&(d.font=vt=e),n!=yt&&(d.textAlign=yt=n),r!=bt&&(d.textBaseline=bt=r)}function wt(e,t,n,i,a=0){if(i.length>0&&e.auto(r,lt)&&(t==null||t.min==null)){let t=Y(at,0),r=Y(ot,i.length-1),o=n.min==null?Hi(i,t,r,a,e.distr==3):[n.min,n.max];e.min=oa(e.min,n.min=o[0]),e.max=sa(e.max,n.max=o[1])}}let Tt={min:null,max:null};function Et(){for(let e in b){let t=b[e];A[e]==null&&(t.min==null||A[S]!=null&&t.auto(r,lt))&&(A[e]=Tt)}for(let e in b){let t=b[e];A[e]==null&&t.from!=null&&A[t.from]!=null&&(A[e]=Tt)}A[S]!=null&&Bt(!0);let e={};for(let t in A){let n=A[t];if(n!=null){let a=e[t]=Ha(b[t],za);if(n.min!=null)Ua(a,n);else if(t!=S||i==2){if(it==0&&a.from==null){let e=a.range(r,null,null,t);a.min=e[0],a.max=e[1]}else a.min=X,a.max=-1/0}}}if(it>0){v.forEach((n,a)=>{if(i==1){let i=n.scale,o=A[i];if(o==null)return;let s=e[i];if(a==0){let e=s.range(r,s.min,s.max,i);s.min=e[0],s.max=e[1],at=Ii(s.min,t[0]),ot=Ii(s.max,t[0]),ot-at>1&&(t[0][at]<s.min&&at++,t[0][ot]>s.max&&ot--),n.min=ct[at],n.max=ct[ot]}else n.show&&n.auto&&wt(s,o,n,t[a],n.sorted);n.idxs[0]=at,n.idxs[1]=ot}else if(a>0&&n.show&&n.auto){let[r,i]=n.facets,o=r.scale,s=i.scale,[c,l]=t[a],u=e[o],d=e[s];u!=null&&wt(u,A[o],r,c,r.sorted),d!=null&&wt(d,A[s],i,l,i.sorted),n.min=i.min,n.max=i.max}});for(let t in e){let n=e[t],i=A[t];if(n.from==null&&(i==null||i.min==null)){let e=n.range(r,n.min==X?null:n.min,n.max==-1/0?null:n.max,t);n.min=e[0],n.max=e[1]}}}for(let t in e){let n=e[t];if(n.from!=null){let i=e[n.from];if(i.min==null)n.min=n.max=null;else{let e=n.range(r,i.min,i.max,t);n.min=e[0],n.max=e[1]}}}let n={},a=!1;for(let t in e){let r=e[t],i=b[t];if(i.min!=r.min||i.max!=r.max){i.min=r.min,i.max=r.max;let e=i.distr;i._min=e==3?ua(i.min):e==4?pa(i.min,i.asinh):e==100?i.fwd(i.min):i.min,i._max=e==3?ua(i.max):e==4?pa(i.max,i.asinh):e==100?i.fwd(i.max):i.max,n[t]=a=!0}}if(a){v.forEach((e,t)=>{i==2?t>0&&n.y&&(e._paths=null):n[e.scale]&&(e._paths=null)});for(let e in n)je=!0,Xn(`setScale`,e);F&&N.left>=0&&(Me=Pe=!0)}for(let e in A)A[e]=null}function Dt(e){let t=ha(at-1,0,it-1),n=ha(ot+1,0,it-1);for(;e[t]==null&&t>0;)t--;for(;e[n]==null&&n<it-1;)n++;return[t,n]}function Ot(){if(it>0){let e=v.some(e=>e._focus)&&xt!=Ue.alpha;e&&(d.globalAlpha=xt=Ue.alpha),v.forEach((e,n)=>{if(n>0&&e.show&&(kt(n,!1),kt(n,!0),e._paths==null)){let a=xt;xt!=e.alpha&&(d.globalAlpha=xt=e.alpha);let o=i==2?[0,t[n][0].length-1]:Dt(t[n]);e._paths=e.paths(r,n,o[0],o[1]),xt!=a&&(d.globalAlpha=xt=a)}}),v.forEach((e,t)=>{if(t>0&&e.show){let n=xt;xt!=e.alpha&&(d.globalAlpha=xt=e.alpha),e._paths!=null&&At(t,!1);{let n=e._paths==null?null:e._paths.gaps,i=e.points.show(r,t,at,ot,n),a=e.points.filter(r,t,i,n);(i||a)&&(e.points._paths=e.points.paths(r,t,at,ot,a),At(t,!0))}xt!=n&&(d.globalAlpha=xt=n),Xn(`drawSeries`,t)}}),e&&(d.globalAlpha=xt=1)}}function kt(e,t){let n=t?v[e].points:v[e];n._stroke=n.stroke(r,e),n._fill=n.fill(r,e)}function At(e,t){let n=t?v[e].points:v[e],{stroke:r,fill:i,clip:a,flags:o,_stroke:s=n._stroke,_fill:c=n._fill,_width:l=n.width}=n._paths;l=Q(l*q,3);let u=null,f=l%2/2;t&&c==null&&(c=l>0?`#fff`:s);let p=n.pxAlign==1&&f>0;if(p&&d.translate(f,f),!t){let e=Ee-l/2,t=De-l/2,n=Oe+l,r=H+l;u=new Path2D,u.rect(e,t,n,r)}t?Mt(s,l,n.dash,n.cap,c,r,i,o,a):jt(e,s,l,n.dash,n.cap,c,r,i,o,u,a),p&&d.translate(-f,-f)}function jt(e,n,i,a,o,s,c,l,u,d,f){let p=!1;u!=0&&x.forEach((m,h)=>{if(m.series[0]==e){let e=v[m.series[1]],g=t[m.series[1]],_=(e._paths||ja).band;Pa(_)&&(_=m.dir==1?_[0]:_[1]);let y,b=null;e.show&&_&&Xi(g,at,ot)?(b=m.fill(r,h)||s,y=e._paths.clip):_=null,Mt(n,i,a,o,b,c,l,u,d,f,y,_),p=!0}}),p||Mt(n,i,a,o,s,c,l,u,d,f)}function Mt(e,t,n,r,i,a,o,s,c,l,u,f){St(e,t,n,r,i),(c||l||f)&&(d.save(),c&&d.clip(c),l&&d.clip(l)),f?(s&3)==3?(d.clip(f),u&&d.clip(u),Pt(i,o),Nt(e,a,t)):s&Fs?(Pt(i,o),d.clip(f),Nt(e,a,t)):s&Ps&&(d.save(),d.clip(f),u&&d.clip(u),Pt(i,o),d.restore(),Nt(e,a,t)):(Pt(i,o),Nt(e,a,t)),(c||l||f)&&d.restore()}function Nt(e,t,n){n>0&&(t instanceof Map?t.forEach((e,t)=>{d.strokeStyle=ft=t,d.stroke(e)}):t!=null&&e&&d.stroke(t))}function Pt(e,t){t instanceof Map?t.forEach((e,t)=>{d.fillStyle=pt=t,d.fill(e)}):t!=null&&e&&d.fill(t)}function Ft(e,t,n,i){let a=y[e],o;if(i<=0)o=[0,0];else{let s=a._space=a.space(r,e,t,n,i);o=Ec(t,n,a._incrs=a.incrs(r,e,t,n,i,s),i,s)}return a._found=o}function It(e,t,n,r,i,a,o,s,c,l){let u=o%2/2;h==1&&d.translate(u,u),St(s,o,c,l,s),d.beginPath();let f,p,m,g,_=i+(r==0||r==3?-a:a);n==0?(p=i,g=_):(f=i,m=_);for(let r=0;r<e.length;r++)t[r]!=null&&(n==0?f=m=e[r]:p=g=e[r],d.moveTo(f,p),d.lineTo(m,g));d.stroke(),h==1&&d.translate(-u,-u)}function Lt(e){let t=!0;return y.forEach((n,i)=>{if(!n.show)return;let a=b[n.scale];if(a.min==null){n._show&&(t=!1,n._show=!1,Bt(!1));return}n._show||(t=!1,n._show=!0,Bt(!1));let o=n.side,s=o%2,{min:c,max:l}=a,[u,d]=Ft(i,c,l,s==0?B:V);if(d==0)return;let f=a.distr==2,p=n._splits=n.splits(r,i,c,l,u,d,f),m=a.distr==2?p.map(e=>ct[e]):p,h=a.distr==2?ct[p[1]]-ct[p[0]]:u,g=n._values=n.values(r,n.filter(r,m,i,d,h),i,d,h);n._rotate=o==2?n.rotate(r,g,i,d):0;let _=n._size;n._size=aa(n.size(r,g,i,e)),_!=null&&n._size!=_&&(t=!1)}),t}function Rt(e){let t=!0;return nt.forEach((n,i)=>{let a=n(r,i,$e,e);a!=rt[i]&&(t=!1),rt[i]=a}),t}function zt(){for(let e=0;e<y.length;e++){let t=y[e];if(!t.show||!t._show)continue;let n=t.side,i=n%2,a,o,c=t.stroke(r,e),l=n==0||n==3?-1:1,[u,f]=t._found;if(t.label!=null){let s=t.labelGap*l,p=ia((t._lpos+s)*q);Ct(t.labelFont[0],c,`center`,n==2?$r:ei),d.save(),i==1?(a=o=0,d.translate(p,ia(De+H/2)),d.rotate((n==3?-ta:ta)/2)):(a=ia(Ee+Oe/2),o=p);let m=ga(t.label)?t.label(r,e,u,f):t.label;d.fillText(m,a,o),d.restore()}if(f==0)continue;let p=b[t.scale],m=i==0?Oe:H,h=i==0?Ee:De,_=t._splits,v=p.distr==2?_.map(e=>ct[e]):_,x=p.distr==2?ct[_[1]]-ct[_[0]]:u,S=t.ticks,C=t.border,w=S.show?S.size:0,T=ia(w*q),E=ia((t.alignTo==2?t._size-w-t.gap:t.gap)*q),D=t._rotate*-ta/180,O=g(t._pos*q),k=O+(T+E)*l;o=i==0?k:0,a=i==1?k:0;let ee=t.font[0];Ct(ee,c,t.align==1?ti:t.align==2?ni:D>0?ti:D<0?ni:i==0?`center`:n==3?ni:ti,D||i==1?`middle`:n==2?$r:ei);let A=t.font[1]*t.lineGap,j=_.map(e=>g(s(e,p,m,h))),te=t._values;for(let e=0;e<te.length;e++){let t=te[e];if(t!=null){i==0?a=j[e]:o=j[e],t=``+t;let n=t.indexOf(`
`)==-1?[t]:t.split(/\n/gm);for(let e=0;e<n.length;e++){let t=n[e];D?(d.save(),d.translate(a,o+e*A),d.rotate(D),d.fillText(t,0,0),d.restore()):d.fillText(t,a,o+e*A)}}}S.show&&It(j,S.filter(r,v,e,f,x),i,n,O,T,Q(S.width*q,3),S.stroke(r,e),S.dash,S.cap);let ne=t.grid;ne.show&&It(j,ne.filter(r,v,e,f,x),i,i==0?2:1,i==0?De:Ee,i==0?H:Oe,Q(ne.width*q,3),ne.stroke(r,e),ne.dash,ne.cap),C.show&&It([O],[1],+(i==0),i==0?1:2,i==1?De:Ee,i==1?H:Oe,Q(C.width*q,3),C.stroke(r,e),C.dash,C.cap)}Xn(`drawAxes`)}function Bt(e){v.forEach((t,n)=>{n>0&&(t._paths=null,e&&(i==1?(t.min=null,t.max=null):t.facets.forEach(e=>{e.min=null,e.max=null})))})}let Vt=!1,Ht=!1,Ut=[];function Wt(){Ht=!1;for(let e=0;e<Ut.length;e++)Xn(...Ut[e]);Ut.length=0}function Gt(){Vt||=(Ya(qt),!0)}function Kt(e,t=!1){Vt=!0,Ht=t,e(r),qt(),t&&Ut.length>0&&queueMicrotask(Wt)}r.batch=Kt;function qt(){if(ke&&=(Et(),!1),je&&=(Le(),!1),Ae){if(J(p,ti,be),J(p,$r,xe),J(p,Zr,B),J(p,Qr,V),J(m,ti,be),J(m,$r,xe),J(m,Zr,B),J(m,Qr,V),J(f,Zr,ve),J(f,Qr,ye),u.width=ia(ve*q),u.height=ia(ye*q),y.forEach(({_el:e,_show:t,_size:n,_pos:r,side:i})=>{if(e!=null){if(t){let t=i===3||i===0?n:0,a=i%2==1;J(e,a?`left`:`top`,r-t),J(e,a?`width`:`height`,n),J(e,a?`top`:`left`,a?xe:be),J(e,a?`height`:`width`,a?V:B),Ci(e,zr)}else Si(e,zr)}}),ft=pt=mt=gt=_t=vt=yt=bt=ht=null,xt=1,K(!0),be!=Se||xe!=Ce||B!=we||V!=Te){Bt(!1);let e=B/we,t=V/Te;if(F&&!Me&&N.left>=0){N.left*=e,N.top*=t,Zt&&Di(Zt,ia(N.left),0,B,V),Qt&&Di(Qt,0,ia(N.top),B,V);for(let n=0;n<Ke.length;n++){let r=Ke[n];r!=null&&(qe[n]*=e,Je[n]*=t,Di(r,aa(qe[n]),aa(Je[n]),B,V))}}if(G.show&&!Ne&&G.left>=0&&G.width>0){G.left*=e,G.width*=e,G.top*=t,G.height*=t;for(let e in Ln)J(un,e,G[e])}Se=be,Ce=xe,we=B,Te=V}Xn(`setSize`),Ae=!1}ve>0&&ye>0&&(d.clearRect(0,0,u.width,u.height),Xn(`drawClear`),w.forEach(e=>e()),Xn(`draw`)),G.show&&Ne&&(dn(G),Ne=!1),F&&Me&&(Nn(null,!0,!1),Me=!1),M.show&&M.live&&Pe&&(jn(),Pe=!1),c||(c=!0,r.status=1,Xn(`ready`)),lt=!1,Vt=!1}r.redraw=(e,t)=>{je=t||!1,e===!1?Gt():pn(S,D.min,D.max)};function Jt(e,n){let i=b[e];if(i.from==null){if(it==0){let t=i.range(r,n.min,n.max,e);n.min=t[0],n.max=t[1]}if(n.min>n.max){let e=n.min;n.min=n.max,n.max=e}if(it>1&&n.min!=null&&n.max!=null&&n.max-n.min<1e-16)return;e==S&&i.distr==2&&it>0&&(n.min=Ii(n.min,t[0]),n.max=Ii(n.max,t[0]),n.min==n.max&&n.max++),A[e]=n,ke=!0,Gt()}}r.setScale=Jt;let Yt,Xt,Zt,Qt,$t,en,tn,nn,rn,an,U,W,on=!1,sn=N.drag,cn=sn.x,ln=sn.y;F&&(N.x&&(Yt=Ti(Vr,m)),N.y&&(Xt=Ti(Hr,m)),D.ori==0?(Zt=Yt,Qt=Xt):(Zt=Xt,Qt=Yt),U=N.left,W=N.top);let G=r.select=Ua({show:!0,over:!0,left:0,width:0,top:0,height:0},e.select),un=G.show?Ti(Br,G.over?m:p):null;function dn(e,t){if(G.show){for(let t in e)G[t]=e[t],t in Ln&&J(un,t,e[t]);t!==!1&&Xn(`setSelect`)}}r.setSelect=dn;function fn(e){if(v[e].show)P&&Ci(R[e],zr);else if(P&&Si(R[e],zr),F){let t=Ge?Ke[0]:Ke[e];t!=null&&Di(t,-10,-10,B,V)}}function pn(e,t,n){Jt(e,{min:t,max:n})}function mn(e,t,n,a){t.focus!=null&&Cn(e),t.show!=null&&v.forEach((n,r)=>{r>0&&(e==r||e==null)&&(n.show=t.show,fn(r),i==2?(pn(n.facets[0].scale,null,null),pn(n.facets[1].scale,null,null)):pn(n.scale,null,null),Gt())}),n!==!1&&Xn(`setSeries`,e,t),a&&tr(`setSeries`,r,e,t)}r.setSeries=mn;function hn(e,t){Ua(x[e],t)}function gn(e,t){e.fill=Z(e.fill||null),e.dir=Y(e.dir,-1),t??=x.length,x.splice(t,0,e)}function _n(e){e==null?x.length=0:x.splice(e,1)}r.addBand=gn,r.setBand=hn,r.delBand=_n;function vn(e,t){v[e].alpha=t,F&&Ke[e]!=null&&(Ke[e].style.opacity=t),P&&R[e]&&(R[e].style.opacity=t)}let yn,bn,xn,Sn={focus:!0};function Cn(e){if(e!=xn){let t=e==null,n=Ue.alpha!=1;v.forEach((r,a)=>{if(i==1||a>0){let i=t||a==0||a==e;r._focus=t?null:i,n&&vn(a,i?1:Ue.alpha)}}),xn=e,n&&Gt()}}P&&We&&ge(li,L,e=>{N._lock||(Ve(e),xn!=null&&mn(null,Sn,!0,Qn.setSeries))});function wn(e,t,n){let r=b[t];n&&(e=e/q-(r.ori==1?xe:be));let i=B;r.ori==1&&(i=V,e=i-e),r.dir==-1&&(e=i-e);let a=r._min,o=r._max,s=e/i,c=a+(o-a)*s,l=r.distr;return l==3?ca(10,c):l==4?fa(c,r.asinh):l==100?r.bwd(c):c}function Tn(e,n){return Ii(wn(e,S,n),t[0],at,ot)}r.valToIdx=e=>Ii(e,t[0]),r.posToIdx=Tn,r.posToVal=wn,r.valToPos=(e,t,n)=>b[t].ori==0?a(e,b[t],n?Oe:B,n?Ee:0):o(e,b[t],n?H:V,n?De:0),r.setCursor=(e,t,n)=>{U=e.left,W=e.top,Nn(null,t,n)};function En(e,t){J(un,ti,G.left=e),J(un,Zr,G.width=t)}function Dn(e,t){J(un,$r,G.top=e),J(un,Qr,G.height=t)}let On=D.ori==0?En:Dn,kn=D.ori==1?En:Dn;function An(){if(P&&M.live)for(let e=+(i==2);e<v.length;e++){if(e==0&&z)continue;let t=M.values[e],n=0;for(let r in t)ce[e][n++].firstChild.nodeValue=t[r]}}function jn(e,t){if(e!=null&&(e.idxs?e.idxs.forEach((e,t)=>{ae[t]=e}):Ia(e.idx)||ae.fill(e.idx),M.idx=ae[0]),P&&M.live){for(let e=0;e<v.length;e++)(e>0||i==1&&!z)&&Mn(e,ae[e]);An()}Pe=!1,t!==!1&&Xn(`setLegend`)}r.setLegend=jn;function Mn(e,n){let i=v[e],a=e==0&&O==2?ct:t[e],o;z?o=i.values(r,e,n)??ue:(o=i.value(r,n==null?null:a[n],e,n),o=o==null?ue:{_:o}),M.values[e]=o}function Nn(e,n,a){rn=U,an=W,[U,W]=N.move(r,U,W),N.left=U,N.top=W,F&&(Zt&&Di(Zt,ia(U),0,B,V),Qt&&Di(Qt,0,ia(W),B,V));let o,s=at>ot;yn=X,bn=null;let c=D.ori==0?B:V,l=D.ori==1?B:V;if(U<0||it==0||s){o=N.idx=null;for(let e=0;e<v.length;e++){let t=Ke[e];t!=null&&Di(t,-10,-10,B,V)}We&&mn(null,Sn,!0,e==null&&Qn.setSeries),M.live&&(ae.fill(o),Pe=!0)}else{let e,n,a;i==1&&(e=D.ori==0?U:W,n=wn(e,S),o=N.idx=Ii(n,t[0],at,ot),a=k(t[0][o],D,c,0));let s=-10,u=-10,d=0,f=0,p=!0,m=``,h=``;for(let e=+(i==2);e<v.length;e++){let g=v[e],_=ae[e],y=_==null?null:i==1?t[e][_]:t[e][1][_],x=N.dataIdx(r,e,o,n),S=x==null?null:i==1?t[e][x]:t[e][1][x];if(Pe=Pe||S!=y||x!=_,ae[e]=x,e>0&&g.show){let n=x==null?-10:x==o?a:k(i==1?t[0][x]:t[e][0][x],D,c,0),_=S==null?-10:ee(S,i==1?b[g.scale]:b[g.facets[1].scale],l,0);if(We&&S!=null){let t=D.ori==1?U:W,n=na(Ue.dist(r,e,x,_,t));if(n<yn){let r=Ue.bias;if(r!=0){let i=wn(t,g.scale),a=S>=0?1:-1,o=i>=0?1:-1;o==a&&(o==1?r==1?S>=i:S<=i:r==1?S<=i:S>=i)&&(yn=n,bn=e)}else yn=n,bn=e}}if(Pe||Ge){let t,i;D.ori==0?(t=n,i=_):(t=_,i=n);let a,o,c,l,g,v,y=!0,b=He.bbox;if(b!=null){y=!1;let t=b(r,e);c=t.left,l=t.top,a=t.width,o=t.height}else c=t,l=i,a=o=He.size(r,e);if(v=He.fill(r,e),g=He.stroke(r,e),Ge)e==bn&&yn<=Ue.prox&&(s=c,u=l,d=a,f=o,p=y,m=v,h=g);else{let t=Ke[e];t!=null&&(qe[e]=c,Je[e]=l,ji(t,a,o,y),ki(t,v,g),Di(t,aa(c),aa(l),B,V))}}}}if(Ge){let e=Ue.prox;if(Pe||(xn==null?yn<=e:yn>e||bn!=xn)){let e=Ke[0];e!=null&&(qe[0]=s,Je[0]=u,ji(e,d,f,p),ki(e,m,h),Di(e,aa(s),aa(u),B,V))}}}if(G.show&&on){if(e!=null){let[t,n]=Qn.scales,[r,i]=Qn.match,[a,o]=e.cursor.sync.scales,s=e.cursor.drag;if(cn=s._x,ln=s._y,cn||ln){let{left:s,top:u,width:d,height:f}=e.select,p=e.scales[a].ori,m=e.posToVal,h,g,_,v,y,x=t!=null&&r(t,a),S=n!=null&&i(n,o);x&&cn?(p==0?(h=s,g=d):(h=u,g=f),_=b[t],v=k(m(h,a),_,c,0),y=k(m(h+g,a),_,c,0),On(oa(v,y),na(y-v))):On(0,c),S&&ln?(p==1?(h=s,g=d):(h=u,g=f),_=b[n],v=ee(m(h,o),_,l,0),y=ee(m(h+g,o),_,l,0),kn(oa(v,y),na(y-v))):kn(0,l)}else Rn()}else{let e=na(rn-$t),t=na(an-en);if(D.ori==1){let n=e;e=t,t=n}cn=sn.x&&e>=sn.dist,ln=sn.y&&t>=sn.dist;let n=sn.uni;n==null?sn.x&&sn.y&&(cn||ln)&&(cn=ln=!0):cn&&ln&&(cn=e>=n,ln=t>=n,!cn&&!ln&&(t>e?ln=!0:cn=!0));let r,i;cn&&(D.ori==0?(r=tn,i=U):(r=nn,i=W),On(oa(r,i),na(i-r)),ln||kn(0,l)),ln&&(D.ori==1?(r=tn,i=U):(r=nn,i=W),kn(oa(r,i),na(i-r)),cn||On(0,c)),!cn&&!ln&&(On(0,0),kn(0,0))}}if(sn._x=cn,sn._y=ln,e==null){if(a){if($n!=null){let[e,t]=Qn.scales;Qn.values[0]=e==null?null:wn(D.ori==0?U:W,e),Qn.values[1]=t==null?null:wn(D.ori==1?U:W,t)}tr(ai,r,U,W,B,V,o)}if(We){let e=a&&Qn.setSeries,t=Ue.prox;xn==null?yn<=t&&mn(bn,Sn,!0,e):yn>t?mn(null,Sn,!0,e):bn!=xn&&mn(bn,Sn,!0,e)}}Pe&&(M.idx=o,jn()),n!==!1&&Xn(`setCursor`)}let Pn=null;Object.defineProperty(r,"rect",{get(){return Pn??K(!1),Pn}});function K(e=!1){e?Pn=null:(Pn=m.getBoundingClientRect(),Xn(`syncRect`,Pn))}function Fn(e,t,n,r,i,a,o){N._lock||on&&e!=null&&e.movementX==0&&e.movementY==0||(In(e,t,n,r,i,a,o,!1,e!=null),e==null?Nn(t,!0,!1):Nn(null,!0,!0))}function In(e,t,n,i,a,o,c,l,u){if(Pn??K(!1),Ve(e),e!=null)n=e.clientX-Pn.left,i=e.clientY-Pn.top;else{if(n<0||i<0){U=-10,W=-10;return}let[e,r]=Qn.scales,c=t.cursor.sync,[l,u]=c.values,[d,f]=c.scales,[p,m]=Qn.match,h=t.axes[0].side%2==1,g=D.ori==0?B:V,_=D.ori==1?B:V,v=h?o:a,y=h?a:o,x=h?i:n,S=h?n:i;if(n=d==null?x/v*g:p(e,d)?s(l,b[e],g,0):-10,i=f==null?S/y*_:m(r,f)?s(u,b[r],_,0):-10,D.ori==1){let e=n;n=i,i=e}}u&&(t==null||t.cursor.event.type==ai)&&((n<=1||n>=B-1)&&(n=Ta(n,B)),(i<=1||i>=V-1)&&(i=Ta(i,V))),l?($t=n,en=i,[tn,nn]=N.move(r,n,i)):(U=n,W=i)}let Ln={width:0,height:0,left:0,top:0};function Rn(){dn(Ln,!1)}let zn,Bn,Vn,Hn;function Un(e,t,n,i,a,o,s){on=!0,cn=ln=sn._x=sn._y=!1,In(e,t,n,i,a,o,s,!0,!1),e!=null&&(ge(si,_i,Wn,!1),tr(oi,r,tn,nn,B,V,null));let{left:c,top:l,width:u,height:d}=G;zn=c,Bn=l,Vn=u,Hn=d}function Wn(e,t,n,i,a,o,s){on=sn._x=sn._y=!1,In(e,t,n,i,a,o,s,!1,!0);let{left:c,top:l,width:u,height:d}=G,f=u>0||d>0,p=zn!=c||Bn!=l||Vn!=u||Hn!=d;if(f&&p&&dn(G),sn.setScale&&f&&p){let e=c,t=u,n=l,r=d;if(D.ori==1&&(e=l,t=d,n=c,r=u),cn&&pn(S,wn(e,S),wn(e+t,S)),ln)for(let e in b){let t=b[e];e!=S&&t.from==null&&t.min!=X&&pn(e,wn(n+r,e),wn(n,e))}Rn()}else N.lock&&(N._lock=!N._lock,Nn(t,!0,e!=null));e!=null&&(_e(si,_i),tr(si,r,U,W,B,V,null))}function Gn(e,t,n,r,i,a,o){if(N._lock)return;Ve(e);let s=on;if(on){let e=!0,t=!0,n,r;D.ori==0?(n=cn,r=ln):(n=ln,r=cn),n&&r&&(e=U<=10||U>=B-10,t=W<=10||W>=V-10),n&&e&&(U=U<tn?0:B),r&&t&&(W=W<nn?0:V),Nn(null,!0,!0),on=!1}U=-10,W=-10,ae.fill(null),Nn(null,!0,!0),s&&(on=s)}function Kn(e,t,n,i,a,o,s){N._lock||(Ve(e),dt(),Rn(),e!=null&&tr(ui,r,U,W,B,V,null))}function qn(){y.forEach(Oc),Fe(r.width,r.height,!0)}Pi(mi,vi,qn);let Jn={};Jn.mousedown=Un,Jn.mousemove=Fn,Jn.mouseup=Wn,Jn.dblclick=Kn,Jn.setSeries=(e,t,n,i)=>{let a=Qn.match[2];n=a(r,t,n),n!=-1&&mn(n,i,!0,!1)},F&&(ge(oi,m,Un),ge(ai,m,Fn),ge(ci,m,e=>{Ve(e),K(!1)}),ge(li,m,Gn),ge(ui,m,Kn),fc.add(r),r.syncRect=K);let Yn=r.hooks=e.hooks||{};function Xn(e,t,n){Ht?Ut.push([e,t,n]):e in Yn&&Yn[e].forEach(e=>{e.call(null,r,t,n)})}(e.plugins||[]).forEach(e=>{for(let t in e.hooks)Yn[t]=(Yn[t]||[]).concat(e.hooks[t])});let Zn=(e,t,n)=>n,Qn=Ua({key:null,setSeries:!1,filters:{pub:xa,sub:xa},scales:[S,v[1]?v[1].scale:null],match:[Sa,Sa,Zn],values:[null,null]},N.sync);Qn.match.length==2&&Qn.match.push(Zn),N.sync=Qn;let $n=Qn.key,er=Ns($n);function tr(e,t,n,r,i,a,o){Qn.filters.pub(e,t,n,r,i,a,o)&&er.pub(e,t,n,r,i,a,o)}er.sub(r);function nr(e,t,n,r,i,a,o){Qn.filters.sub(e,t,n,r,i,a,o)&&Jn[e](null,t,n,r,i,a,o)}r.pub=nr;function rr(){er.unsub(r),fc.delete(r),he.clear(),Fi(mi,vi,qn),l.remove(),L?.remove(),Xn(`destroy`)}r.destroy=rr;function ir(){Xn(`init`,e,t),ut(t||e.data,!1),A[S]?Jt(S,A[S]):dt(),Ne=G.show&&(G.width>0||G.height>0),Me=Pe=!0,Fe(e.width,e.height)}return v.forEach(Xe),y.forEach(et),n?n instanceof HTMLElement?(n.appendChild(l),ir()):n(r,ir):ir(),r}kc.assign=Ua,kc.fmtNum=$i,kc.rangeNum=Yi,kc.rangeLog=Ui,kc.rangeAsinh=Wi,kc.orient=Is,kc.pxRatio=q,kc.join=Ja,kc.fmtDate=so,kc.tzDate=lo,kc.sync=Ns;{kc.addGap=Vs,kc.clipGaps=Bs;let e=kc.paths={points:tc};e.linear=ac,e.stepped=oc,e.bars=cc,e.spline=uc}var Ac=6,jc=7,Mc=kc.paths.stepped?.({align:1}),Nc=kc.paths.linear?.(),Pc=e=>{let t=e.shape===`step`?Mc:Nc;return{stroke:e.color,width:e.width,points:{show:!1},...e.dash?{dash:e.dash}:{},...e.fill?{fill:e.fill,fillTo:0}:{},...t?{paths:t}:{}}},Fc=()=>({stroke:`transparent`,width:0,points:{show:!1}}),Ic=e=>e.map((t,n)=>t??e[n-1]??null),Lc=(e,t,n)=>{let{ctx:r}=e;r.save(),r.beginPath(),r.rect(e.bbox.left,e.bbox.top,e.bbox.width,e.bbox.height),r.clip(),r.fillStyle=n.color;for(let i=0;i+1<t.length;){let a=n.low[i]??null,o=n.high[i]??null,s=i+1;for(;s+1<t.length&&n.low[s]===a&&n.high[s]===o;)s+=1;if(a!==null&&o!==null&&a!==o){let n=Math.round(e.valToPos(t[i]??0,`x`,!0)),c=Math.round(e.valToPos(t[s]??0,`x`,!0)),l=e.valToPos(Math.max(a,o),`y`,!0),u=e.valToPos(Math.min(a,o),`y`,!0);r.fillRect(n,l,c-n,u-l)}i=s}r.restore()},Rc=(e,t)=>{let{ctx:n}=e,r=Math.round(e.valToPos(0,`y`,!0))+.5;r<e.bbox.top||r>e.bbox.top+e.bbox.height+1||(n.save(),n.strokeStyle=t,n.lineWidth=devicePixelRatio,n.beginPath(),n.moveTo(e.bbox.left,r),n.lineTo(e.bbox.left+e.bbox.width,r),n.stroke(),n.restore())},zc=(e,t,n,r)=>{let i=`11px ${n.font}`,a={stroke:n[`grid-line`],width:1},o=Tr(e.scale);return[{stroke:n.text,font:i,grid:a,ticks:{show:!1},size:t.labels?22:0,gap:6,splits:()=>t.ticks.map(e=>e.time),values:()=>t.ticks.map(e=>t.labels?e.label:``)},{stroke:n.text,font:i,grid:a,ticks:{show:!1},size:t.left,gap:6,splits:()=>o,values:()=>o.map(t=>r(t,e.digits))}]},Bc=(e,t,n,r,i,a)=>{let o=[],s=[{}],c=[];for(let e of t.bands)o.push(e.high,e.low),s.push(Fc(),Fc()),c.push({series:[s.length-2,s.length-1],fill:e.color});for(let e of t.lines)o.push(e.shape===`step`?Ic(e.values):e.values),s.push(Pc(e));let{scale:l}=t;return new kc({width:r.width,height:r.height,padding:[Ac,r.right,r.labels?0:jc,0],legend:{show:!1},cursor:{show:!1},scales:{x:{time:!1,range:()=>[r.from,r.to]},y:{range:()=>[l.min,l.max]}},axes:zc(t,r,i,a),series:s,bands:c,hooks:{drawAxes:[e=>{t.bars.forEach(t=>Lc(e,n.x,t)),Rc(e,i[`zero-line`])}]}},[n.x,...o],e)},Vc=(e,t,n)=>{let r=t.labels?22:jc;return Ac+(t.height-Ac-r)*(e.scale.max-n)/(e.scale.max-e.scale.min)},Hc=5.6,Uc=12,Wc=20,Gc=({from:e,to:t},n)=>100*(n-e)/(t-e),Kc=(e,t)=>Yn({left:`${Gc(e,t)}%`}),qc=(e,t,n)=>{let{now:r}=e,{time:i,marked:a}=n,o=a&&{left:`${Gc(e,a.from)}%`,width:`${Gc(e,a.to)-Gc(e,a.from)}%`};return R`
    <div class=${Kn({over:!0,labelled:t.labels})} aria-hidden="true">
      <div class="past" style=${Yn({width:`${Math.max(0,Gc(e,r))}%`})}></div>
      ${t.ticks.filter(e=>e.midnight).map(t=>R`<div class="midnight" style=${Kc(e,t.time)}></div>`)}
      <div class="now" style=${Kc(e,r)}></div>
      ${i===null?z:R`<div class="cursor" style=${Kc(e,i)}></div>`}
      ${o?R`<div class="selection" style=${Yn(o)}></div>`:z}
    </div>
  `},Jc=(e,t,n,r,i)=>R`
  <div class="over dots" aria-hidden="true">
    ${e.readings.map(a=>{let o=a.dot?kr(a,i):null;return o===null?z:R`<div class="dot" style=${Yn({left:`${Gc(n,r)}%`,top:`${Vc(e,t,o)}px`,"--color":a.color})}></div>`})}
  </div>
`,Yc=(e,t,{timeline:n,width:r},i)=>{let{from:a,to:o,now:s}=n;return R`
    <div class="strip">
      ${at(e,t).filter(e=>e.end>a&&e.start<o).map(e=>{let t=Math.max(0,Gc(n,e.start)),a=Math.min(100,Gc(n,e.end))-t,o=i(Bt(e.mode)),s=a*r/100,c=s<o.length*Hc+Uc,l=s>=Wc?Rt(e.mode):z,u={left:`${t}%`,width:`${a}%`,"--color":zt(e.mode)};return R`<span
          class=${Kn({run:!0,narrow:c})}
          title=${o}
          style=${Yn(u)}
          >${c?l:o}</span
        >`})}
      <div class="now" style=${Kc(n,s)}></div>
    </div>
  `},Xc=(e,t,n)=>R`
  <div class="strips" aria-hidden="true">
    ${e.batteries.map(r=>Yc(e,r,t,n))}
  </div>
`,Zc=(e,t)=>{let n=[],r=[];return e.map((e,i)=>{let a=[],o=[];return e.forEach((e,t)=>{let i=e!==null&&e<0?r:n,s=i[t]??0;a.push(e===null?null:s),o.push(e===null?null:s+e),e!==null&&(i[t]=s+e)}),{low:a,high:o,color:t[i%t.length]??`#888888`}})},Qc=({timeline:e,palette:t,localize:n,format:r})=>{let{batteries:i,batteryPast:a}=e,o=i.length>1,s=Zc(i.map(e=>e.power),t.batteries),c=o?t.text:t.batteries[0]??t.text,l=Dr([...s.map(e=>e.high),a].map(t=>Or(e,t)),4,.5),u=i.map((e,i)=>({label:o?e.battery.name:n(`series.battery`),color:t.batteries[i%t.batteries.length]??t.text,swatch:`area`,sources:o?[e.power]:[a,e.power],write:e=>r.number(e,2),say:r.power,dot:!1}));return o&&u.push({label:n(`series.measured`),color:c,swatch:`line`,sources:[a],write:e=>r.number(e,2),say:r.power,dot:!1}),{id:`battery`,title:n(`panel.battery`),unit:n(`panel.battery.unit`),height:104,scale:l,digits:Er(l.step),lines:[{values:a,color:c,width:1.25,shape:`step`,fill:_r(c,.25)}],bands:[],bars:s.map(e=>({...e,color:_r(e.color,.85)})),readings:u}},$c=({timeline:e,palette:t,localize:n,format:r})=>{let{load:i,solar:a,grid:o,curtailed:s}=e,c=Dr([...[i,a,o].flatMap(e=>[e.past,e.plan]),i.high,a.high].map(t=>Or(e,t)),4,.5),l=[...a.past,...a.plan].some(e=>(e??0)>0),u=[],d=[],f=[],p=(e,t,i,a)=>({label:n(e),color:t,swatch:a,sources:i,write:e=>r.number(e,2),say:r.power,dot:!0});return l&&(d.push({low:a.low,high:a.high,color:_r(t.solar,.2)}),u.push({values:a.past,color:t.solar,width:2,shape:`line`,fill:_r(t.solar,.18)},{values:a.plan,color:t.solar,width:2,shape:`line`,fill:_r(t.solar,.08)})),d.push({low:i.low,high:i.high,color:_r(t.load,.14)}),u.push({values:o.past,color:t.grid,width:1.25,shape:`line`},{values:o.plan,color:t.grid,width:1.25,shape:`step`,fill:_r(t.grid,.08)},{values:i.past,color:t.load,width:2,shape:`line`},{values:i.plan,color:t.load,width:2,shape:`line`}),f.push(p(`series.load`,t.load,[i.past,i.plan],`area`)),l&&f.push(p(`series.solar`,t.solar,[a.past,a.plan],`area`)),f.push(p(`series.grid`,t.grid,[o.past,o.plan],`line`)),s.some(e=>(e??0)>.02)&&(u.push({values:s,color:t.curtailed,width:1.25,shape:`step`,dash:[2,2]}),f.push(p(`series.curtailed`,t.curtailed,[s],`dashed`))),{id:`power`,title:n(`panel.power`),unit:`kW`,height:172,scale:c,digits:Er(c.step),lines:u,bands:d,bars:[],readings:f}},el=1.75,tl=({timeline:e,palette:t,localize:n,format:r})=>{let{importKnown:i,importGuess:a,exportKnown:o,exportGuess:s,value:c}=e,l=Dr([i,a,o,s,c].map(t=>Or(e,t)),4,.01),u=`${r.currencySymbol}/kWh`,d=Or(e,a).some(e=>e!==null),f={shape:`step`,width:el},p={...f,dash:[4,4]},m=[{...p,values:a,color:_r(t.import,.65),fill:_r(t.import,.06)},{...f,values:i,color:t.import,fill:_r(t.import,.16)},{...p,values:s,color:_r(t.export,.6)},{...f,values:o,color:t.export}],h=[{label:n(`series.import`),color:t.import,swatch:`area`,sources:[i,a],write:e=>r.number(e,3),say:r.price,dot:!0},{label:n(`series.export`),color:t.export,swatch:`line`,sources:[o,s],write:e=>r.number(e,3),say:r.price,dot:!0}];return c.some(e=>e!==null)&&(m.push({values:c,color:t.value,width:1.5,shape:`step`,dash:[1.5,3]}),h.push({label:n(`series.value`),color:t.value,swatch:`dashed`,sources:[c],write:e=>r.number(e,3),say:r.price,dot:!0})),{id:`price`,title:n(`panel.price`),unit:d?`${u}, ${n(`series.expected`)}`:u,height:124,scale:l,digits:Math.min(3,Er(l.step)),lines:m,bands:[],bars:[],readings:h}},nl=e=>e.map(e=>e===null?null:e*100),rl=({timeline:e,palette:t,localize:n,format:r})=>{let{batteries:i,socPast:a,x:o,now:s}=e,c=i.length>1,l=e=>r.number(e,0),u=e=>r.percent(e/100),d=e=>t.batteries[e%t.batteries.length]??t.text,f=nl(a),p=i.map(e=>nl(e.soc)),m=i.map(({battery:e})=>e.reserve*100).map((e,t)=>({values:o.map(t=>t>=s?e:null),color:_r(d(t),.7),width:1,shape:`line`,dash:[5,4]}));m.push({values:f,color:c?t.text:d(0),width:2,shape:`line`,...c?{}:{fill:_r(d(0),.1)}}),p.forEach((e,t)=>m.push({values:e,color:d(t),width:2,shape:`line`,...c?{}:{fill:_r(d(t),.16)}}));let h=p.map((e,t)=>({label:c?i[t]?.battery.name??``:n(`series.level`),color:d(t),swatch:`area`,sources:c?[e]:[f,e],write:l,say:u,dot:!0}));if(!c){let[e]=m;e&&h.push({label:n(`series.reserve`),color:d(0),swatch:`dashed`,sources:[e.values],write:l,say:u,dot:!1})}return{id:`soc`,title:n(`panel.soc`),unit:`%`,height:96,scale:{min:0,max:100,step:50},digits:0,lines:m,bands:[],bars:[],readings:h}},il=e=>{let t=[tl(e),$c(e)];return e.timeline.batteries.length>0&&t.push(Qc(e),rl(e)),t},al=1800,ol=6,sl=6e3,cl={normal:2,far:8},ll=(e,t)=>({from:Math.min(e,t),to:Math.max(e,t)}),ul=class{constructor(e,t,n){this.host=e,this.space=t,this.redraw=n,this.time=null,this.marked=null,this.zoom=null,this.hours=null,this.markedFrom=null,this.reset=()=>this.choose(null),this.onMove=e=>{this.time=this.timeAt(e),this.markedFrom!==null&&(this.marked=ll(this.markedFrom,this.time)),this.host.requestUpdate()},this.onDown=e=>{clearTimeout(this.touchTimer),this.time=this.timeAt(e),this.host.requestUpdate(),e.pointerType===`mouse`&&e.button===0&&(this.markedFrom=this.time,e.currentTarget.setPointerCapture(e.pointerId))},this.onUp=()=>{let{marked:e}=this;if(this.markedFrom=null,this.marked=null,this.host.requestUpdate(),!e)return;let{timeline:t,width:n}=this.space();(e.to-e.from)*n/(t.to-t.from)<ol||e.to-e.from<al||(this.zoom=e,this.redraw())},this.onLeave=e=>{e.pointerType===`mouse`?this.markedFrom===null&&this.forget():this.touchTimer=setTimeout(this.forget,sl)},this.onKey=e=>{let{x:t,from:n,to:r,now:i}=this.space().timeline,a=ur(t,this.time??i),o=e.shiftKey?cl.far:cl.normal,s={ArrowLeft:t[Math.max(0,a-o)],ArrowRight:t[Math.min(t.length-1,a+o)],Home:n,End:r,Escape:null}[e.key];s!==void 0&&(e.preventDefault(),s===null&&this.reset(),this.time=s===null?null:Math.min(r,Math.max(n,s)),this.host.requestUpdate())},this.forget=()=>{this.time=null,this.host.requestUpdate()},e.addController(this)}hostDisconnected(){clearTimeout(this.touchTimer)}choose(e){this.zoom=null,this.hours=e,this.redraw()}timeAt(e){let{timeline:t,left:n,width:r}=this.space(),i=e.currentTarget.getBoundingClientRect().left,a=(e.clientX-i-n)/r,o=t.from+(t.to-t.from)*a;return Math.min(t.to,Math.max(t.from,o))}},dl,fl=480,pl={wide:{left:44,right:12},narrow:{left:36,right:4}},ml={wide:56,narrow:42},hl=[6,12,24],gl=[`message`,`format`,`localize`,`hours`,`theme`,`width`,`drawing`],_l=e=>gl.some(t=>e.has(t)),vl=class extends we{constructor(...e){super(...e),this.hours=36,this.theme=``,this.width=0,this.drawing=0,this.failed=!1,this.panels=[],this.ticks=[],this.plots=[],this.pointer=new ul(this,()=>this.space,()=>this.drawing+=1),this.resize=new ResizeObserver(([e])=>{this.width=Math.floor(e?.contentRect.width??0)})}connectedCallback(){super.connectedCallback(),this.resize.observe(this)}disconnectedCallback(){super.disconnectedCallback(),this.resize.disconnect(),this.clear(),this.width=0}willUpdate(e){if(this.width===0||!_l(e))return;let{left:t,right:n}=this.gutter;this.style.setProperty(`--left`,`${t}px`),this.style.setProperty(`--right`,`${n}px`);let{localize:r,format:i,pointer:a}=this,o=lr(this.message,a.hours??this.hours);this.timeline=a.zoom?{...o,...a.zoom}:o,this.panels=il({timeline:this.timeline,palette:mr(this),localize:r,format:i});let s=this.narrow?ml.narrow:ml.wide;this.ticks=Sr(this.timeline.from,this.timeline.to,this.space.width,i,s)}updated(e){this.width>0&&_l(e)&&this.draw()}get narrow(){return this.width<fl}get gutter(){return this.narrow?pl.narrow:pl.wide}get space(){let{left:e,right:t}=this.gutter;return{timeline:this.timeline,left:e,width:Math.max(1,this.width-e-t)}}clear(){this.plots.forEach(e=>e.destroy()),this.plots=[]}frame(e){let t=e===this.panels.length-1,n=this.panels[e]?.height??0;return{...this.gutter,width:this.width,height:n+(t?22:0),labels:t,ticks:this.ticks,from:this.timeline.from,to:this.timeline.to}}draw(){this.clear();let e=mr(this),{number:t}=this.format;try{this.plots=this.panels.flatMap((n,r)=>{let i=this.canvases[r];return i?[Bc(i,n,this.timeline,this.frame(r),e,t)]:[]}),this.failed=!1}catch{this.failed=!0}this.toggleAttribute(`drawn`,!this.failed&&this.plots.length>0)}render(){if(this.width===0)return R`<div class="stack"></div>`;let{pointer:e,localize:t,format:n}=this,{x:r,now:i,from:a,to:o}=this.timeline,s=e.time??i,c=ur(r,s),l=n.dayTime(s,i);return R`
      ${this.renderToolbar(l)}
      ${this.failed?R`<p class="failed">${t(`error.draw`)}</p>`:z}
      <div
        class="stack"
        tabindex="0"
        role="slider"
        aria-label=${t(`aria.chart`,{start:n.dayTime(a,i),end:n.dayTime(o,i)})}
        aria-valuemin=${Math.round(a)}
        aria-valuemax=${Math.round(o)}
        aria-valuenow=${Math.round(Math.min(o,Math.max(a,s)))}
        aria-valuetext=${[l,...this.spoken(c)].join(`, `)}
        @pointermove=${e.onMove}
        @pointerdown=${e.onDown}
        @pointerup=${e.onUp}
        @pointercancel=${e.onUp}
        @pointerleave=${e.onLeave}
        @dblclick=${e.reset}
        @keydown=${e.onKey}
      >
        ${this.panels.map((e,t)=>this.renderPanel(e,this.frame(t),c))}
      </div>
    `}spoken(e){return this.panels.flatMap(t=>t.readings.flatMap(t=>{let n=kr(t,e);return n===null?[]:[`${t.label} ${t.say(n)}`]}))}renderToolbar(e){let{localize:t,hours:n,pointer:r}=this,i=(e,t)=>R`
      <button
        type="button"
        aria-pressed=${String(!r.zoom&&r.hours===e)}
        @click=${()=>r.choose(e)}
      >
        ${t}
      </button>
    `,a=e=>t(`zoom.hours`,{hours:e});return R`
      <div class="toolbar">
        <div class="moment">
          ${r.time===null?R`${t(`time.now`)} <small>${e}</small>`:e}
        </div>
        <div class="zoom" role="group" aria-label=${t(`zoom.label`)}>
          ${hl.filter(e=>e<n).map(e=>i(e,a(e)))}
          ${i(null,r.zoom?t(`zoom.reset`):a(n))}
        </div>
      </div>
    `}renderPanel(e,t,n){let{pointer:r,timeline:i}=this,a=r.time===null?z:Jc(e,t,i,r.time,n),o=e.id===`battery`?Xc(this.message,this.space,this.localize):z;return R`
      <section class="panel" data-panel=${e.id}>
        <div class=${Kn({legend:!0,long:e.readings.length>2})}>
          <h3>${e.title} <span>${e.unit}</span></h3>
          ${e.readings.map(e=>{let t=kr(e,n);return R`<span class="entry"
              ><i
                class="swatch ${e.swatch}"
                style=${Yn({"--color":e.color})}
              ></i
              >${e.label} <b>${t===null?`–`:e.write(t)}</b></span
            >`})}
        </div>
        ${o}
        <div class="plot" style=${Yn({height:`${t.height}px`})}>
          ${qc(i,t,r)}
          <div class="canvas"></div>
          ${a}
        </div>
      </section>
    `}};dl=vl,dl.styles=[a(Xn),dr],K([Oe({attribute:!1})],vl.prototype,`message`,void 0),K([Oe({attribute:!1})],vl.prototype,`format`,void 0),K([Oe({attribute:!1})],vl.prototype,`localize`,void 0),K([Oe({type:Number})],vl.prototype,`hours`,void 0),K([Oe()],vl.prototype,`theme`,void 0),K([H()],vl.prototype,`width`,void 0),K([H()],vl.prototype,`drawing`,void 0),K([H()],vl.prototype,`failed`,void 0),K([je(`.canvas`)],vl.prototype,`canvases`,void 0);var yl={vehicle:Le,heating:Ke,water:Xe,appliance:Ie,deferrable:Je,sheddable:Ge},bl=({code:e})=>Pt(`problem.${e}`)?`problem`:`reason`,xl=(e,t,{localize:n,format:r})=>{let{now:i}=t,a=lt(t,e),o=a!==null&&a.start<=i,s=n(e.power_kw.length>0?`devices.rests`:`devices.left_out`),c=o?n(`devices.now`,{time:r.dayTime(a.end,i)}):a?n(`time.span`,{start:r.dayTime(a.start,i),end:r.dayTime(a.end,a.start)}):s,{reason:l,shortfalls:u}=e.now;return R`
    <li class=${o?`current`:``}>
      <span class="icon" style="--color:var(--shems-mode-hold)">
        ${Lt(yl[e.kind]??`M16 7V3H14V7H10V3H8V7C7 7 6 8 6 9V14.5L9.5 18V21H14.5V18L18 14.5V9C18 8 17 7 16 7M16 13.67L13.09 16.59L12.67 17H11.33L10.92 16.59L8 13.67V9.09C8 9.06 8.06 9 8.09 9H15.92C15.95 9 16 9.06 16 9.09V13.67Z`)}
      </span>
      <div>
        <div class="when"><span>${c}</span> <span>${a&&ct(a)?r.energy(a.energy):``}</span></div>
        <div class="what">${e.name}</div>
        ${e.proposed?R`<p class="why proposed">${n(`devices.proposed`)}</p>`:z}
        ${l?R`<p class="why">
                ${Qt(bl(l),l,n,r,i)}
              </p>`:z}
        ${u.map(e=>R`<p class="why short">${en(e,n,r,i)}</p>`)}
      </div>
    </li>
  `},Sl=(e,t)=>e.devices.length===0?z:R`
        <section class="next devices">
          <h3>${t.localize(`devices.title`)}</h3>
          <ol>
            ${e.devices.map(n=>xl(n,e,t))}
          </ol>
        </section>
      `,Cl,wl=`shems-plan-card`,Tl=`shems-plan-charts`,El=36,Dl={min:6,max:72},Ol=()=>Nt(document.documentElement.lang||`en`),kl=class extends we{constructor(...e){super(...e),this.preview=!1,this.tableOpen=!1,this.feed=new wn(this),this.localize=Nt(`en`),this.wordsKey=``,this.onToggle=e=>{this.tableOpen=e.currentTarget.open}}static getStubConfig(){return{type:`custom:${wl}`}}static getConfigForm(){return{schema:[{name:`entry_id`,selector:{config_entry:{integration:`shems`}}},{name:`title`,selector:{text:{}}},{name:`hours`,default:El,selector:{number:{...Dl,step:6,mode:`slider`,unit_of_measurement:`h`}}}],computeLabel:({name:e})=>Ol()(`editor.${e}`),assertConfig:Al}}setConfig(e){Al(e),this.config=e}getCardSize(){return 14}getGridOptions(){return{columns:`full`,rows:`auto`,min_columns:6}}willUpdate(e){this.hass&&this.config&&((e.has(`hass`)||e.has(`config`))&&this.feed.follow(this.hass,this.config.entry_id||void 0),this.refreshWords(this.hass))}refreshWords(e){let{currency:t=``,time_zone:n=``}=this.feed.message??{},r=JSON.stringify([e.language,e.locale,t,n]);r!==this.wordsKey&&(At(e.language)?(this.wordsKey=r,this.localize=Nt(e.language),this.format=Pn(e,t||e.config.currency||``,n)):jt(e.language).then(()=>this.requestUpdate()))}shouldUpdate(e){if(e.size!==1||!e.has(`hass`))return!0;let t=e.get(`hass`),{hass:n}=this;return!t||!n||t.connection!==n.connection||t.locale!==n.locale||t.language!==n.language||t.themes!==n.themes||t.selectedTheme!==n.selectedTheme}get theme(){let{themes:e,selectedTheme:t}=this.hass??{};return JSON.stringify([e?.darkMode,e?.theme,t])}render(){return R`<ha-card>${this.renderBody()}</ha-card>`}renderBody(){let{config:e,format:t,localize:n,feed:r}=this,{message:i,error:a,offline:o}=r;if(!e||!t)return yn(n);if(!i)return a?vn(a,r.retry,n):yn(n);let s={localize:n,format:t},c=W(i,e.title||i.title||n(`card.title`),o,s);return Zn(i)?R`
      <div class="body">
        ${c} ${un(i,o,s)} ${sn(i,s)}
        <div class="content">
          <shems-plan-charts
            .message=${i}
            .format=${t}
            .localize=${n}
            .hours=${e.hours??El}
            .theme=${this.theme}
          ></shems-plan-charts>
          ${pn(i,s)}${Sl(i,s)}
        </div>
        ${this.preview?z:hn(i,this.tableOpen,this.onToggle,s)}
      </div>
    `:R`<div class="body">${c}${gn(i,s)}</div>`}};Cl=kl,Cl.styles=[Me,Ne],K([Oe({attribute:!1})],kl.prototype,`hass`,void 0),K([Oe({type:Boolean})],kl.prototype,`preview`,void 0),K([H()],kl.prototype,`config`,void 0),K([H()],kl.prototype,`tableOpen`,void 0);function Al(e){let{hours:t,entry_id:n,title:r}=e,i=typeof t==`number`&&t>=Dl.min&&t<=Dl.max;if(t!=null&&!i)throw Error(`hours must be a number from ${Dl.min} to ${Dl.max}`);if(n!=null&&typeof n!=`string`)throw Error(`entry_id must be a text`);if(r!=null&&typeof r!=`string`)throw Error(`title must be a text`)}var jl=480,Ml=120,Nl=6,Pl=.1,Fl=(e,t)=>{let n=new Map;return e.need_kwh.forEach((r,i)=>{let a=e.start+i*e.step_s;if(a+e.step_s<=t)return;let o=a-a%3600,s=n.get(o)??{start:o,need:0,surplus:0};s.need+=r,s.surplus+=e.surplus_kwh[i]??0,n.set(o,s)}),[...n.values()]},Il=(e,t,{localize:n,format:r})=>{let i=Fl(e,t),[a]=i;if(!a)return z;let o=Math.max(Pl,...i.flatMap(e=>[e.need,e.surplus])),s=Ml/2,c=e=>56*e/o,l=jl/i.length,u=Math.min(2,l/4),d=(e,t,n,r)=>ce`<rect class=${r} x=${e*l+u/2} width=${l-u}
      y=${n?s-c(t):s} height=${c(t)}></rect>`,f=n(`community.outlook.aria`,{start:r.dayTime(a.start,t),hours:i.length,surplus:r.energy(i.reduce((e,t)=>e+t.surplus,0)),need:r.energy(i.reduce((e,t)=>e+t.need,0))});return R`
    <div class="legend" aria-hidden="true">
      <span class="surplus">${n(`community.surplus`)}</span>
      <span class="need">${n(`community.need`)}</span>
    </div>
    <svg class="outlook" viewBox="0 0 ${jl} ${134}" role="img" aria-label=${f}>
      ${i.map(({need:e,surplus:t},n)=>{let r=Math.min(e,t);return ce`${d(n,t,!0,`surplus`)}${d(n,e,!1,`need`)}
          ${d(n,r,!0,`shared up`)}${d(n,r,!1,`shared down`)}`})}
      <line x1="0" x2=${jl} y1=${s} y2=${s}></line>
      ${i.map(({start:e},t)=>r.clock(e).hour%Nl===0?ce`<text x=${t*l} y=${132}>${r.fullHour(e)}</text>`:z)}
    </svg>
    <details>
      <summary>${n(`table.open`)}</summary>
      <div class="scroll" tabindex="0">
        <table>
          <thead>
            <tr>
              <th scope="col">${n(`table.time`)}</th>
              <th scope="col">${n(`community.surplus`)}</th>
              <th scope="col">${n(`community.need`)}</th>
            </tr>
          </thead>
          <tbody>
            ${i.map(({start:e,need:n,surplus:i})=>R`<tr>
                  <th scope="row">${r.dayTime(e,t)}</th>
                  <td>${r.energy(i)}</td>
                  <td>${r.energy(n)}</td>
                </tr>`)}
          </tbody>
        </table>
      </div>
    </details>
  `},Ll=[`day`,`month`,`total`],Rl=o`
  h3 {
    margin: 12px 0 4px;
    font-size: 14px;
    line-height: 20px;
    font-weight: 500;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 16px;
    font-size: 12px;
    line-height: 16px;
    color: var(--secondary-text-color);
  }
  .legend span::before {
    content: "";
    display: inline-block;
    width: 10px;
    height: 10px;
    margin-inline-end: 6px;
    border-radius: 2px;
    background: var(--tone);
  }
  .surplus {
    --tone: var(--shems-solar);
  }
  .need {
    --tone: var(--shems-import);
  }
  svg.outlook {
    display: block;
    width: 100%;
    height: auto;
    direction: ltr;
  }
  .outlook rect {
    fill: color-mix(in srgb, var(--tone) 45%, transparent);
  }
  .outlook rect.shared {
    fill: var(--tone);
  }
  .outlook .up {
    --tone: var(--shems-solar);
  }
  .outlook .down {
    --tone: var(--shems-import);
  }
  .outlook line {
    stroke: var(--shems-zero-line);
  }
  .outlook text {
    font-size: 11px;
    fill: var(--shems-text);
  }
  dl.prices {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 4px 12px;
    margin: 0;
    font-size: 14px;
    line-height: 20px;
  }
  .prices dd {
    margin: 0;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
`,zl,Bl=`shems-community-card`,Vl=`/config/integrations/dashboard/add?domain=shems`,Hl={measuring:`calm`,provisional:`warn`,final:`good`,void:`bad`},Ul=class extends In{static getStubConfig(){return{type:`custom:${Bl}`}}constructor(){super(`shems/community/subscribe`),this.span=`month`}getCardSize(){return 8}currency(){return this.feed.message?.currency??``}failed(e,t){let{localize:n}=this;return e.code===`not_found`?R`
      <div class="state" role="status">
        ${Lt(ze)}
        <h3>${n(`community.empty.title`)}</h3>
        <p>${n(`community.empty.text`)}</p>
        <div class="actions"><a href=${Vl}>${n(`community.empty.add`)}</a></div>
      </div>
    `:super.failed(e,t)}content(e,t){let{config:n,localize:r,feed:i}=this,a=i.offline||e.connection!==`connected`;return R`
      <header>
        <h2>${n?.title||e.name||r(`community.title`)}</h2>
        <span class="chip ${a?`bad`:`good`}" role="status">
          ${r(i.offline?`status.offline`:`community.connection.${e.connection}`)}
        </span>
      </header>
      ${this.status(e,t)} ${this.shared(e,t)}
      ${this.outlook(e,t)} ${this.prices(e,t)}
      <p class="quiet">
        ${r(e.binding?`community.honest`:`community.advisory`)}
      </p>
    `}status({slot:e,online:t,members:n},r){let{localize:i}=this;return R`<div class="row">
      ${e?R`<span class="chip ${Hl[e.state]??`calm`}">
              ${i(`community.slot`,{start:r.time(e.start),end:r.time(e.end),state:i(`community.slot.${e.state}`)})}
            </span>`:z}
      <span class="chip calm">
        ${t===null?i(`community.members`,{members:n}):i(`community.online`,{online:t,members:n})}
      </span>
    </div>`}shared({spans:e},t){let{localize:n}=this,r=e[this.span];return R`
      <form @submit=${e=>e.preventDefault()}>
        <label>
          ${n(`savings.span`)}
          <select
            @change=${e=>{this.span=e.target.value}}
          >
            ${Ll.map(e=>R`<option value=${e} ?selected=${e===this.span}>
                  ${n(`savings.span.${e}`)}
                </option>`)}
          </select>
        </label>
      </form>
      ${r?this.figures(r,t):R`<p class="quiet">${n(`community.nothing`)}</p>`}
    `}figures(e,t){let{localize:n}=this,{saving:r,bought_kwh:i,sold_kwh:a,provisional:o,final:s}=e;return R`
      <dl class="figures">
        <div class="figure ${(r??0)>0?`gain`:``}">
          <dt>${n(`community.saved`)}</dt>
          <dd>${r===null?`–`:t.money(r)}</dd>
        </div>
        <div class="figure">
          <dt>${n(`community.bought`)}</dt>
          <dd>${t.energy(i)}</dd>
        </div>
        <div class="figure">
          <dt>${n(`community.sold`)}</dt>
          <dd>${t.energy(a)}</dd>
        </div>
      </dl>
      <p class="quiet">
        ${n(`community.compared`)}
        ${n(`community.counted`,{provisional:o,final:s})}
        ${e.void>0?n(`community.void`,{count:e.void}):z}
      </p>
    `}outlook({outlook:e,now:t},n){let{localize:r}=this,i=e?Il(e,t,{localize:r,format:n}):z;return R`<section>
      <h3>${r(`community.outlook`)}</h3>
      ${i===z?R`<p class="quiet">${r(`community.outlook.none`)}</p>`:i}
      ${e?.stale?R`<p class="quiet">
              ${r(`community.outlook.stale`,{time:n.dayTime(e.issued,t)})}
            </p>`:z}
    </section>`}prices({prices:e},t){let{localize:n}=this,{community:r,fee:i}=e;if(r===null)return z;let a=[[`community.price.buying`,i===null?null:r+i],[`community.price.import`,e.import],[`community.price.selling`,r],[`community.price.export`,e.export]];return R`<section>
      <h3>${n(`community.price`)}</h3>
      <dl class="prices">
        ${a.map(([e,r])=>R`<dt>${n(e)}</dt><dd>${r===null?`–`:t.price(r)}</dd>`)}
      </dl>
    </section>`}};zl=Ul,zl.styles=[Me,Ne,Ln,Rl],K([H()],Ul.prototype,`span`,void 0);var Wl=[`cost`,`saving`,`bought_kwh`,`sold_kwh`,`load_kwh`,`solar_kwh`,`self_consumption`,`self_sufficiency`,`carbon_kg`],Gl=[`day`,`week`,`month`,`year`],Kl,ql=`shems-report-card`,Jl=.99,Yl=3e5,Xl=(e,t,n)=>t===null?`–`:e===`cost`||e===`saving`?n.money(t):e.startsWith(`self_`)?n.percent(t):e===`carbon_kg`?`${n.number(t,1)} kg`:n.energy(t),Zl=class extends Fn{constructor(...e){super(...e),this.period=`day`,this.asked=``,this.ask=()=>{let{hass:e,config:t,period:n}=this;if(!e||!t)return;let r=JSON.stringify([t.entry_id,n]);this.asked=r,this.connection=e.connection;let i=t.entry_id?{config_entry_id:t.entry_id}:{};e.callWS({type:`call_service`,domain:`shems`,service:`report`,service_data:{...i,period:n},return_response:!0}).then(({response:e})=>{r===this.asked&&(this.report=e,this.error=void 0)}).catch(e=>{r===this.asked&&(this.error=Sn(e))})},this.choose=e=>{this.period=e.target.value,this.report=void 0,this.ask()}}static getStubConfig(){return{type:`custom:${ql}`}}connectedCallback(){super.connectedCallback(),this.timer=setInterval(()=>this.ask(),Yl)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.timer)}getCardSize(){return 6}currency(){return this.report?.currency??``}follow(e,t){(JSON.stringify([t.entry_id,this.period])!==this.asked||e.connection!==this.connection)&&this.ask()}render(){return R`<ha-card><div class="body">${this.body()}</div></ha-card>`}body(){let{config:e,format:t,localize:n,report:r,error:i}=this;return!e||!t?yn(n):i&&!r?vn(i,this.ask,n):R`
      <header><h2>${e.title||n(`report.title`)}</h2></header>
      <label>
        ${n(`report.period`)}
        <select name="period" @change=${this.choose}>
          ${Gl.map(e=>R`<option value=${e} ?selected=${e===this.period}>
                ${n(`report.period.${e}`)}
              </option>`)}
        </select>
      </label>
      ${r?this.table(r,t):yn(n)}
    `}table(e,t){let{localize:n}=this,{figures:r,before:i}=e,a=Wl.filter(e=>r[e]!==null||i.figures[e]!==null);return a.length===0?R`<p class="quiet">${n(`report.nothing`)}</p>`:R`
      <table>
        <thead>
          <tr>
            <th scope="col"></th>
            <th scope="col">${n(`report.now`)}</th>
            <th scope="col">${n(`report.before`)}</th>
          </tr>
        </thead>
        <tbody>
          ${a.map(e=>R`<tr>
                <th scope="row">${n(`report.figure.${e}`)}</th>
                <td>${Xl(e,r[e],t)}</td>
                <td class="quiet">${Xl(e,i.figures[e],t)}</td>
              </tr>`)}
        </tbody>
      </table>
      ${this.notes(e,t).map(e=>R`<p class="quiet">${e}</p>`)}
    `}notes(e,t){let{localize:n}=this,{coverage:r,weather:i,plan:a}=e,o=[];return r<Jl&&o.push(n(`report.coverage`,{share:t.percent(r)})),i&&i.change!==null&&o.push(n(i.change<0?`report.weather.less`:`report.weather.more`,{change:t.percent(Math.abs(i.change))})),a&&o.push(n(`report.plan`,{expected:t.money(a.expected.cost),happened:t.money(a.happened.cost),days:a.days})),o}};Kl=Zl,Kl.styles=[Me,Ne,Ln],K([H()],Zl.prototype,`period`,void 0),K([H()],Zl.prototype,`report`,void 0),K([H()],Zl.prototype,`error`,void 0);var Ql=[`day`,`month`,`year`,`total`],$l=[`shifting`,`self_use`,`export`,`peak`],eu,tu=`shems-savings-card`,nu=.005,ru=.1,iu=o`
  .saved {
    margin: 0;
    font-size: 32px;
    line-height: 40px;
    font-variant-numeric: tabular-nums;
  }
  h3 {
    margin: 12px 0 4px;
    font-size: 14px;
    line-height: 20px;
    font-weight: 500;
  }
  dl {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 4px 12px;
    margin: 0;
    font-size: 14px;
    line-height: 20px;
  }
  dt {
    overflow-wrap: anywhere;
  }
  dd {
    margin: 0;
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
`,au=class extends In{static getStubConfig(){return{type:`custom:${tu}`}}constructor(){super(`shems/savings/subscribe`),this.span=`month`}getCardSize(){return 7}currency(){return this.feed.message?.currency??``}content(e,t){let{config:n,localize:r}=this,i=e.spans[this.span];return R`
      <header><h2>${n?.title||r(`savings.title`)}</h2></header>
      <form @submit=${e=>e.preventDefault()}>
        <label>
          ${r(`savings.span`)}
          <select
            @change=${e=>{this.span=e.target.value}}
          >
            ${Ql.map(e=>R`<option value=${e} ?selected=${e===this.span}>
                  ${r(`savings.span.${e}`)}
                </option>`)}
          </select>
        </label>
      </form>
      ${i?this.saved(i,e.names,t):R`<p class="quiet">${r(`savings.none`)}</p>`}
    `}saved(e,t,n){let{localize:r}=this,i=Object.entries(e.by_device).filter(([,e])=>Math.abs(e)>=nu).sort(([,e],[,t])=>t-e).map(([e,n])=>[t[e]??r(`savings.home`),n]),a=$l.filter(t=>Math.abs(e.by_cause[t]??0)>=nu).map(t=>[r(`savings.cause.${t}`),e.by_cause[t]??0]),o=[[r(`savings.cost`),e.cost],[r(`savings.without`),e.without],[r(`savings.no_battery`),e.no_battery]];return R`
      <p class="saved">${n.money(e.saving)}</p>
      ${this.rows(`savings.by_device`,i,n)}
      ${this.rows(`savings.by_cause`,a,n)}
      ${this.rows(`savings.bounds`,o,n)}
      <p class="quiet">
        ${r(`savings.compared`)} ${r(`savings.believed`)}
        ${e.left_out_hours>=ru?r(`savings.left_out`,{hours:n.number(e.left_out_hours,1)}):z}
        ${e.foreseen_hours>=ru?r(`savings.foresight`,{missed:n.money(e.missed),days:n.number(e.foreseen_hours/24,0)}):z}
      </p>
    `}rows(e,t,n){return t.length===0?z:R`<h3>${this.localize(e)}</h3>
      <dl>
        ${t.map(([e,t])=>R`<dt>${e}</dt><dd>${n.money(t)}</dd>`)}
      </dl>`}};eu=au,eu.styles=[Me,Ne,Ln,iu],K([H()],au.prototype,`span`,void 0);var ou=`shems`,su=`sim_`,cu=`community_`,lu=new Set([`optimiser`,`recompute`,`plan_status`]),uu=(e,t)=>t.device_id?e.devices[t.device_id]:void 0,du=(e,t)=>{let n=uu(e,t);return n?.primary_config_entry??n?.config_entries?.[0]??void 0},fu=(e,t)=>{if(t.translation_key?.startsWith(su))return!0;let n=`${du(e,t)}_${su}`;return(uu(e,t)?.identifiers??[]).some(([e,t])=>e===ou&&t.startsWith(n))},pu=e=>e.translation_key?.startsWith(cu)??!1,mu=e=>e.name_by_user||e.name||e.model||e.id,hu=(e,t)=>e.name.localeCompare(t.name),gu=(e,t,n)=>{let r=e.get(t.id)??{id:t.id,name:mu(t),entities:[]};r.entities.push(n),e.set(t.id,r)},_u=(e,t,n)=>{let r=t.find(e=>e.entities.some(e=>lu.has(e.translation_key??``)))??null;return{entryId:e,name:r?.name??t[0]?.name??`SHEMS`,hub:r,devices:t.filter(e=>e!==r).sort(hu),simulated:n.sort(hu)}},vu=(e,t)=>{let n=new Map;for(let r of Object.values(e.entities)){if(r.platform!==ou||r.hidden||pu(r))continue;let i=uu(e,r),a=du(e,r);if(!i||!a||t&&a!==t)continue;let o=n.get(a)??{planned:new Map,simulated:new Map};n.set(a,o),gu(fu(e,r)?o.simulated:o.planned,i,r)}return[...n].map(([e,{planned:t,simulated:n}])=>_u(e,[...t.values()],[...n.values()])).sort((e,t)=>e.name.localeCompare(t.name))},yu=e=>{let t=new Map;for(let n of Object.values(e.entities)){if(n.platform!==ou||n.hidden||!pu(n))continue;let r=uu(e,n),i=du(e,n);if(!r||!i)continue;let a=t.get(i)??new Map;t.set(i,a),gu(a,r,n)}return[...t].flatMap(([e,t])=>[...t.values()].map(t=>({entryId:e,hub:t}))).sort((e,t)=>hu(e.hub,t.hub))},bu=(e,t)=>e?.entities.find(e=>e.translation_key===t)?.entity_id,xu=(e,t)=>t.map(t=>bu(e,t)).filter(e=>e!==void 0),Su={configured:!1,solar:!1},Cu=(e,t)=>{let n=t?e.entities[t]:void 0;return n?.platform===`shems`?du(e,n):void 0},wu=async e=>{try{let t=(await e.callWS({type:`energy/get_prefs`})).energy_sources??[];return{configured:t.length>0,solar:t.some(e=>e.type===`solar`),owner:t.map(t=>Cu(e,t.stat_energy_from)).find(e=>e!==void 0)}}catch{return Su}},Tu=(e,t,n)=>(t.owner?t.owner===e.entryId:n||e.simulated.length===0)?t:Su,Eu={switch:[{type:`toggle`}],light:[{type:`toggle`}],select:[{type:`select-options`}],number:[{type:`numeric-input`,style:`slider`}],climate:[{type:`target-temperature`},{type:`climate-hvac-modes`}],water_heater:[{type:`target-temperature`}]},Du={state_of_charge:[{type:`bar-gauge`}],self_consumption:[{type:`bar-gauge`}],self_sufficiency:[{type:`bar-gauge`}],grid_power:[{type:`trend-graph`,hours_to_show:12}],load_power:[{type:`trend-graph`,hours_to_show:12}],solar_power:[{type:`trend-graph`,hours_to_show:12}],import_price:[{type:`trend-graph`,hours_to_show:24}]},Ou={solar_power:`amber`,grid_power:`blue`,load_power:`indigo`,state_of_charge:`teal`,battery_power:`teal`,saving_today:`green`,saving_total:`green`},ku=e=>({hide_state:!0,tap_action:{action:`perform-action`,perform_action:`button.press`,target:{entity_id:e}}}),Au=(e,t=``)=>{let n=e.split(`.`)[0]??``,r=Du[t]??Eu[n],i=Ou[t];return{type:`tile`,entity:e,name:{type:`entity`},...i?{color:i}:{},...r?{features:r,features_position:`bottom`}:{},...n===`button`?ku(e):{}}},ju=(e,t)=>({type:`heading`,heading:e,heading_style:`title`,icon:t}),Mu=(e,t,n)=>n.length===0?[]:[{type:`grid`,cards:[ju(e,t),...n]}],Nu={grid_options:{columns:`full`}},Pu=(e,t)=>e.length===0?[]:[{type:`history-graph`,entities:e,hours_to_show:t,...Nu}],Fu=(e,t)=>e.length===0?[]:[{type:`statistics-graph`,entities:e,days_to_show:t,period:`day`,chart_type:`bar`,stat_types:[`change`],...Nu}],Iu=(e,t)=>e.length===0?[]:[{type:`statistics-graph`,entities:e,days_to_show:t,period:`day`,chart_type:`line`,stat_types:[`mean`],...Nu}],Lu=e=>({...e,...Nu}),Ru=[`grid_power`,`load_power`,`solar_power`,`self_sufficiency`],zu=[`import_price`,`export_price`,`plan_cost_today`,`cost_today`,`saving_today`,`saving_total`],Bu=[`optimiser`,`plan_status`,`next_action`,`recompute`],Vu=[`state_of_charge`,`allow_control`,`mode`,`planned_power`,`next_action`],Hu=[...Bu,...Ru,...zu],Uu={sensor:0,binary_sensor:0,button:3,number:2},Wu=e=>{let t=e.entity_id.split(`.`)[0]??``;return(e.entity_category?10:0)+(Uu[t]??1)},Gu=(e,t)=>t.flatMap(t=>{let n=bu(e,t);return n?[Au(n,t)]:[]}),Ku=(e,t)=>{let n=new Set(t),r=e.entities.filter(e=>!n.has(e.translation_key??``)).sort((e,t)=>Wu(e)-Wu(t)||e.entity_id.localeCompare(t.entity_id));return[...Gu(e,t),...r.map(e=>Au(e.entity_id,e.translation_key??``))]},qu=e=>bu(e,`state_of_charge`)!==void 0,Ju=e=>qu(e)?`mdi:home-battery-outline`:`mdi:power-plug-outline`,Yu=e=>({type:`grid`,column_span:4,cards:[Lu({type:`custom:shems-plan-card`,entry_id:e.entryId})]}),Xu=e=>({type:`grid`,cards:[Lu({type:`custom:shems-alerts-card`,entry_id:e.entryId})]}),Zu=e=>({type:`grid`,cards:[Lu({type:`custom:shems-savings-card`,entry_id:e.entryId})]}),Qu=(e,t,n)=>[Yu(e),Xu(e),...Mu(n(`section.now`),`mdi:flash-outline`,Gu(e.hub,Ru)),...Mu(n(`section.money`),`mdi:cash-multiple`,Gu(e.hub,zu)),Zu(e),...Mu(n(`section.control`),`mdi:robot-outline`,Gu(e.hub,Bu)),...t.configured?Mu(n(`section.flow`),`mdi:transmission-tower`,[Lu({type:`energy-distribution`,link_dashboard:!0})]):[],...e.devices.flatMap(e=>Mu(e.name,Ju(e),Gu(e,Vu)))],$u=(e,t)=>{let{hub:n}=e,r=n?.entities.filter(e=>!Hu.includes(e.translation_key??``))??[];return[...e.devices.flatMap(e=>Mu(e.name,Ju(e),Ku(e,Vu))),...n?Mu(t(`section.system`),`mdi:cog-outline`,[...Gu(n,Bu),...Ku({...n,entities:r},[])]):[]]},ed=(e,t,n)=>{let{hub:r,devices:i}=e,a=i.filter(qu),o=[...xu(r,[`grid_power`,`load_power`,`solar_power`]),...a.flatMap(e=>xu(e,[`battery_power`]))],s=a.flatMap(e=>xu(e,[`state_of_charge`])),c=xu(r,[`import_price`,`export_price`]),l=xu(r,[`self_consumption`,`self_sufficiency`]),u=t.configured?[Lu({type:`energy-date-selection`}),Lu({type:`energy-usage-graph`}),...t.solar?[Lu({type:`energy-solar-graph`})]:[],Lu({type:`energy-sources-table`})]:[];return[{type:`grid`,cards:[Lu({type:`custom:shems-report-card`,entry_id:e.entryId})]},{type:`grid`,column_span:2,cards:[Lu({type:`custom:shems-tips-card`,entry_id:e.entryId})]},...Mu(n(`section.savings`),`mdi:piggy-bank-outline`,Fu(xu(r,[`saving_total`]),30)),...Mu(n(`section.history`),`mdi:chart-line`,Pu(o,24)),...Mu(n(`section.prices`),`mdi:cash-clock`,Pu(c,48)),...Mu(n(`section.levels`),`mdi:battery-medium`,Pu(s,48)),...Mu(n(`section.quality`),`mdi:solar-power-variant`,Iu(l,30)),...Mu(n(`section.energy`),`mdi:lightning-bolt`,u)]},td=e=>[`what-if`,`inferred`].map(t=>({type:`grid`,column_span:2,cards:[Lu({type:`custom:shems-${t}-card`,entry_id:e.entryId})]})),nd=(e,t)=>[{type:`grid`,column_span:2,cards:[Lu({type:`custom:shems-community-card`,entry_id:e})]},...Mu(t.name,`mdi:home-group`,Ku(t,[]))],rd=e=>e.simulated.flatMap(e=>Mu(e.name,`mdi:flask-outline`,Ku({...e,entities:e.entities.filter(e=>e.entity_category!==`diagnostic`)},[]))),id,ad=`ll-strategy-dashboard-shems`,od=(e,t,n,r)=>r.length===0?[]:[{title:e,path:t,icon:n,type:`sections`,show_icon_and_title:!0,max_columns:4,dense_section_placement:!0,sections:r}],sd=e=>od(e(`view.overview`),`overview`,`mdi:home-lightning-bolt-outline`,[{type:`grid`,cards:[{type:`markdown`,title:e(`empty.title`),content:e(`empty.text`)}]}]),cd=(e,t,n)=>[...od(n(`view.overview`),`overview`,`mdi:home-lightning-bolt-outline`,Qu(e,t,n)),...od(n(`view.devices`),`devices`,`mdi:tune-variant`,$u(e,n)),...od(n(`view.insight`),`insight`,`mdi:chart-areaspline`,ed(e,t,n)),...od(n(`view.what_if`),`what-if`,`mdi:head-question-outline`,td(e)),...od(n(`view.sim`),`simulated`,`mdi:flask-outline`,rd(e))],ld=(e,t,n)=>[...e.flatMap((e,r)=>od(e.name,`home-${r+1}`,`mdi:home-lightning-bolt-outline`,[...Qu(e,Tu(e,t,!1),n),...ed(e,{configured:!1,solar:!1},n),...td(e)])),...e.flatMap((e,t)=>od(`${n(`view.sim`)}: ${e.name}`,`simulated-${t+1}`,`mdi:flask-outline`,rd(e)))],ud=(e,t)=>yu(e).flatMap(({entryId:e,hub:n},r,i)=>od(i.length===1?t(`community.title`):n.name,`community-${r+1}`,`mdi:home-group`,nd(e,n))),dd=class extends HTMLElement{static async generate(e,t){await jt(t.language);let n=Nt(t.language),r=vu(t,e.entry_id),i=n(`strategy.name`),[a]=r,o=ud(t,n);if(!a)return{title:i,views:o.length>0?o:sd(n)};let s=await wu(t);return{title:i,views:[...r.length===1?cd(a,Tu(a,s,vu(t).length===1),n):ld(r,s,n),...o]}}};id=dd,id.noEditor=!0;var fd=o`
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
`,pd,md=`shems-tips-card`,hd=/\{(\w+)\}/g,gd={minutes:`good`,habit:`calm`,errand:`warn`},_d=async e=>(await e.callWS({type:`frontend/get_translations`,language:e.language,category:`common`,integration:[`shems`]})).resources,vd=class extends In{static getStubConfig(){return{type:`custom:${md}`}}constructor(){super(`shems/tips/subscribe`),this.texts={},this.refused=``,this.language=``}getCardSize(){return 6}currency(){return this.feed.message?.currency??``}willUpdate(e){super.willUpdate(e);let{hass:t}=this;t&&t.language!==this.language&&(this.language=t.language,_d(t).then(e=>this.texts=e,()=>this.language=``))}content(e,t){let{localize:n}=this,r=e.tips.filter(e=>e.state===`open`),i=e.tips.filter(e=>e.state!==`open`);return R`
      <header><h2>${this.config?.title||n(`tips.title`)}</h2></header>
      ${this.status(e,r.length)}
      ${this.refused?R`<p role="alert" class="quiet">${this.refused}</p>`:z}
      ${r.map(n=>this.tip(n,e,t))}
      ${i.length>0?R`<details>
              <summary>${n(`tips.others`,{count:String(i.length)})}</summary>
              ${i.map(n=>this.tip(n,e,t))}
            </details>`:z}
    `}status(e,t){let{localize:n}=this,r=`problem.${e.problem?.code}`,i=e.searching?`tips.searching`:e.problem?Pt(r)?r:`problem.tips_failed`:e.searched===null?`tips.never`:t===0?`tips.none`:``;return R`
      ${i?R`<p class="quiet">${n(i,e.problem?.args)}</p>`:z}
      ${e.may_say&&!e.searching?R`<div class="actions">
              <button class="plain" @click=${()=>this.say(`search`)}>
                ${n(`tips.search`)}
              </button>
            </div>`:z}
    `}tip(e,t,n){let{localize:r}=this,{low:i,median:a,high:o}=e.value,s=t=>R`<button class="plain" @click=${()=>this.say(t,e.tip)}>
        ${r(`tips.${t}`)}
      </button>`;return R`<article>
      <header>
        <h3>${this.said(e,`title`,n)}</h3>
        <span class="worth">${r(`tips.worth`,{value:n.money(a)})}</span>
      </header>
      <p>${this.said(e,`text`,n)}</p>
      <p>${this.said(e,`how`,n)}</p>
      <p class="quiet">
        ${r(`tips.interval`,{low:n.money(i),high:n.money(o),confidence:n.percent(e.confidence)})}
      </p>
      <div class="actions">
        <span class="chip ${gd[e.effort]}">${r(`tips.effort.${e.effort}`)}</span>
        ${t.may_say?e.state===`open`?R`${s(`done`)}${s(`snooze`)}${s(`dismiss`)}`:s(`reopen`):z}
      </div>
    </article>`}said(e,t,n){let r=this.texts[`component.shems.common.tip_${e.code}_${t}`];return r===void 0?t===`title`?e.code.replaceAll(`_`,` `):``:r.replace(hd,(t,r)=>this.written(e,r,t,n))}written(e,t,n,r){let i=e.args[t];return t===`since`&&e.since!==null?new Date(e.since*1e3).toLocaleDateString(this.hass?.locale.language):typeof i==`number`?r.number(i,Number.isInteger(i)?0:2):String(i??n)}async say(e,t){let{hass:n,feed:r}=this;if(n&&r.message){this.refused=``;try{await n.callWS({type:`call_service`,domain:`shems`,service:`tip`,service_data:{config_entry_id:r.message.entry_id,do:e,...t?{tip:t}:{}}})}catch(e){this.refused=e.message??String(e)}}}};pd=vd,pd.styles=[Me,Ne,Ln,fd],K([H()],vd.prototype,`texts`,void 0),K([H()],vd.prototype,`refused`,void 0);var yd,bd=`shems-inferred-card`,xd={trusted:`good`,effective:`warn`,rejected:`bad`,prior:`calm`},Sd=e=>Math.abs(e)>=100?0:Math.abs(e)>=10?1:2,Cd=class extends In{static getStubConfig(){return{type:`custom:${bd}`}}constructor(){super(`shems/inferred/subscribe`)}getCardSize(){return 6}currency(){return``}content(e,t){let{localize:n}=this;return R`
      <header><h2>${this.config?.title||n(`inferred.title`)}</h2></header>
      ${e.subjects.length===0?R`<p class="quiet">${n(`inferred.none`)}</p>`:e.subjects.map(e=>this.subject(e,t))}
    `}subject(e,t){let{localize:n}=this,r=this.said(`inferred.block`,e.block);return R`
      <section>
        <header>
          <h3>${e.name?`${r}: ${e.name}`:r}</h3>
          <span class="chip ${xd[e.verdict]}">
            ${n(`inferred.verdict.${e.verdict}`)}
          </span>
        </header>
        <p class="quiet">
          ${n(`inferred.verdict.${e.verdict}.help`,{days:t.number(e.days,0)})}
        </p>
        ${e.alarms.length>0?R`<ul class="quiet">
                ${e.alarms.map(e=>R`<li>${this.said(`inferred.alarm`,e)}</li>`)}
              </ul>`:z}
        ${e.verdict===`rejected`?z:R`<table>
                <tbody>
                  ${e.parameters.map(e=>this.parameter(e,t))}
                </tbody>
              </table>`}
      </section>
    `}parameter(e,t){let{localize:n}=this,r=e=>t.number(e,Sd(e)),{name:i,unit:a,mean:o,low:s,high:c,entered:l}=e;return R`<tr>
      <th scope="row">
        ${this.said(`inferred.parameter`,i)}
        ${l?R`<span class="quiet">${n(`inferred.entered`)}</span>`:z}
      </th>
      <td>${r(o)} ${a}</td>
      <td class="quiet">${r(s)} – ${r(c)}</td>
    </tr>`}said(e,t){let n=`${e}.${t}`;return Pt(n)?this.localize(n):t.replaceAll(`_`,` `)}};yd=Cd,yd.styles=[Me,Ne,Ln];var wd=12,Td=(e,t)=>({middle:e.median===null?`∞`:t(e.median),ends:`${e.low===null?`∞`:t(e.low)} – ${e.high===null?`∞`:t(e.high)}`}),Ed=(e,t,n,r=``)=>R`
  <div class="figure ${r}">
    <dt>${e}</dt>
    <dd>${t} <small>${n}</small></dd>
  </div>
`,Dd=(e,{localize:t,format:n})=>{let r=e.payback_years;if(!r)return z;if(r.median===null)return Ed(t(`what_if.payback`),t(`what_if.payback.never`),``);let{middle:i,ends:a}=Td(r,e=>n.number(e,1));return Ed(t(`what_if.payback`),t(`what_if.years`,{years:i}),a)},Od=(e,t,n,r)=>t?.median==null||n?.median==null?z:R`<tr>
        <th scope="row">${e}</th>
        <td>${r(t.median)}</td>
        <td>${r(n.median)}</td>
      </tr>`,kd=({code:e,args:t},{localize:n,format:r})=>{let i=`assumption.${e}`;if(!Pt(i))return n(`assumption.unknown`,{code:e.replaceAll(`_`,` `)});let a=Object.entries(t).map(([e,t])=>[e,typeof t==`number`?r.number(t,+!Number.isInteger(t)):t]);return n(i,Object.fromEntries(a))},Ad=(e,t,n)=>{let r=e.months.map(e=>e??0),i=Math.max(...r.map(Math.abs),.01),a=new Intl.DateTimeFormat(document.documentElement.lang||`en`,{month:`narrow`,timeZone:`UTC`});return R`
    <div class="months" role="img" aria-label=${n}>
      ${r.slice(0,wd).map((e,n)=>R`
          <div title=${t.money(e)}>
            <i
              class=${e<0?`bad`:`good`}
              style="height:${Math.round(40*Math.abs(e)/i)}px"
            ></i>
            <span>${a.format(Date.UTC(2026,n,15))}</span>
          </div>
        `)}
    </div>
  `},jd=(e,t)=>{let{localize:n,format:r}=t,i=Td(e.saving,r.money),a=(e.saving.median??0)>=0,{before:o,after:s}=e;return R`
    <dl class="figures">
      ${Ed(n(`what_if.saving`),i.middle,i.ends,a?`gain`:``)}
      ${Dd(e,t)}
    </dl>
    <p class="quiet">${n(`what_if.interval`)}</p>
    ${Ad(e,r,n(`what_if.months`))}
    <table>
      <thead>
        <tr>
          <th></th>
          <th scope="col">${n(`what_if.before`)}</th>
          <th scope="col">${n(`what_if.after`)}</th>
        </tr>
      </thead>
      <tbody>
        ${Od(n(`what_if.cost`),o.cost,s.cost,r.money)}
        ${Od(n(`what_if.bought`),o.bought_kwh,s.bought_kwh,r.energy)}
        ${Od(n(`what_if.sold`),o.sold_kwh,s.sold_kwh,r.energy)}
        ${Od(n(`what_if.self_sufficiency`),o.self_sufficiency,s.self_sufficiency,r.percent)}
        ${Od(n(`what_if.carbon`),o.carbon_kg,s.carbon_kg,e=>`${r.number(e,0)} kg`)}
      </tbody>
    </table>
    <details>
      <summary>${n(`what_if.assumptions`)}</summary>
      <ul>
        ${e.assumptions.map(e=>R`<li>${kd(e,t)}</li>`)}
      </ul>
    </details>
  `},Md=(e,t,[n,r,i],a)=>({kind:`range`,name:e,low:n,high:r,step:i,usual:a,unit:t}),Nd=e=>({...e}),Pd=[`mon`,`tue`,`wed`,`thu`,`fri`,`sat`,`sun`],Fd=e=>`${String(e%24).padStart(2,`0`)}:00`,Id=[{name:`battery`,bought:!0,fields:[Md(`battery_kwh`,`kWh`,[1,40,1],10),Md(`battery_kw`,`kW`,[.5,20,.5],5)],asked:Nd},{name:`solar`,bought:!0,fields:[Md(`solar_kw`,`kW`,[.5,30,.5],5),Md(`solar_tilt`,`°`,[0,90,5],35),Md(`solar_azimuth`,`°`,[0,355,5],180)],asked:Nd},{name:`contract`,bought:!1,fields:[{kind:`choice`,name:`contract`,options:[`fixed`,`dynamic`],usual:`fixed`},Md(`buy_price`,`price`,[0,1,.005],.3),Md(`sell_price`,`price`,[-.2,.5,.005],.08),Md(`peak_price`,`money`,[0,20,.5],0)],asked:Nd},{name:`car`,bought:!1,fields:[Md(`days`,`days`,[1,7,1],5),Md(`leave`,`clock`,[0,23,1],8),Md(`back`,`clock`,[0,23,1],18),Md(`energy_kwh`,`kWh`,[1,60,1],8),Md(`charger_kw`,`kW`,[1.5,22,.5],11),Md(`fuel_cost`,`price`,[0,1,.01],0)],asked:({days:e,leave:t,back:n,energy_kwh:r,...i})=>({...i,trips:[{leave:Fd(Number(t)),back:Fd(Number(n)),energy_kwh:Number(r),weekdays:Pd.slice(0,Number(e))}]})},{name:`heat_pump`,bought:!0,fields:[Md(`heat_kwh`,`kWh`,[1e3,4e4,500],12e3),{kind:`choice`,name:`replaces`,options:[`fuel`,`direct`],usual:`fuel`},Md(`fuel_price`,`price`,[0,.5,.005],.12)],asked:Nd},{name:`insulation`,bought:!0,fields:[Md(`insulation`,`%`,[5,60,5],20)],asked:Nd},{name:`setpoint`,bought:!1,fields:[Md(`setpoint`,`K`,[-3,3,.5],-1)],asked:Nd},{name:`without_shems`,bought:!1,fields:[],asked:()=>({without_shems:!0})},{name:`community`,bought:!1,fields:[Md(`community_price`,`price`,[0,.5,.005],.15),Md(`community_sells`,`%`,[0,100,5],50),Md(`community_buys`,`%`,[0,100,5],30)],asked:Nd}],Ld=e=>Object.fromEntries(e.fields.map(e=>[e.name,e.usual])),Rd,zd=`shems-what-if-card`,Bd=[`reading`,`playing`],Vd=Object.fromEntries(Id.map(e=>[e.name,e])),Hd=(e,t,n)=>{if(e.unit===`price`)return n.price(t);if(e.unit===`money`)return n.money(t);if(e.unit===`clock`)return`${t}:00`;let r=n.number(t,+!Number.isInteger(t));return e.unit===`days`?r:`${r} ${e.unit}`},Ud=class extends In{static getStubConfig(){return{type:`custom:${zd}`}}constructor(){super(`shems/what_if/subscribe`),this.kind=Id[0],this.entered=Ld(Id[0]),this.price=null,this.refused=``,this.choose=e=>{this.kind=Vd[e.target.value]??this.kind,this.entered=Ld(this.kind)},this.enterPrice=e=>{let{value:t}=e.target;this.price=t===``||Number.isNaN(Number(t))?null:Number(t)},this.ask=async e=>{e.preventDefault();let{kind:t,entered:n,price:r}=this,i=t.bought&&r!==null?{price:r}:{};await this.send({type:`shems/what_if/begin`,question:{...t.asked(n),...i}})},this.cancel=()=>this.send({type:`shems/what_if/cancel`})}getCardSize(){return 8}currency(){return this.feed.message?.currency??``}content(e,t){let{localize:n}=this,r=Bd.includes(e.stage);return R`
      <header><h2>${this.config?.title||n(`what_if.title`)}</h2></header>
      ${e.may_ask?this.form(r,t):z} ${this.outcome(e,t)}
    `}form(e,t){let{localize:n,kind:r}=this;return R`
      <form @submit=${this.ask}>
        <label>
          ${n(`what_if.question`)}
          <select name="question" @change=${this.choose} ?disabled=${e}>
            ${Id.map(({name:e})=>R`<option value=${e} ?selected=${e===r.name}>
                  ${n(`what_if.question.${e}`)}
                </option>`)}
          </select>
        </label>
        ${r.fields.map(n=>this.field(n,e,t))}
        ${r.bought?R`<label>
                ${n(`what_if.price`)} (${t.currencySymbol})
                <input
                  type="number"
                  name="price"
                  min="0"
                  step="any"
                  .value=${this.price===null?``:String(this.price)}
                  @input=${this.enterPrice}
                  ?disabled=${e}
                />
              </label>`:z}
        <div class="actions">
          ${e?R`<button type="button" class="plain" @click=${this.cancel}>
                    ${n(`what_if.cancel`)}
                  </button>
                  ${this.progress()}`:R`<button type="submit">${n(`what_if.ask`)}</button>`}
        </div>
      </form>
    `}progress(){let{localize:e}=this,{stage:t,progress:n}=this.feed.message;return R`<progress
        max="1"
        .value=${n}
        aria-label=${e(`what_if.progress`)}
      ></progress>
      <span class="quiet" role="status">
        ${t===`reading`?e(`what_if.reading`):e(`what_if.playing`,{percent:Math.round(100*n)})}
      </span>`}field(e,t,n){let{localize:r}=this,i=this.entered[e.name]??e.usual,a=t=>this.enter(e,t);return e.kind===`choice`?R`<label>
        ${r(`what_if.field.${e.name}`)}
        <select name=${e.name} @change=${a} ?disabled=${t}>
          ${e.options.map(e=>R`<option value=${e} ?selected=${e===i}>
                ${r(`what_if.option.${e}`)}
              </option>`)}
        </select>
      </label>`:R`<label>
      ${r(`what_if.field.${e.name}`)}
      <output>${Hd(e,Number(i),n)}</output>
      <input
        type="range"
        name=${e.name}
        min=${e.low}
        max=${e.high}
        step=${e.step}
        .value=${String(i)}
        @input=${a}
        ?disabled=${t}
      />
    </label>`}outcome(e,t){let{localize:n}=this,r={localize:n,format:t};return this.refused?R`<p class="quiet" role="alert">${this.refused}</p>`:e.stage===`failed`?R`<div class="notice bad" role="alert">
        <p>${Qt(`problem`,e.problem,n,t,Date.now()/1e3)}</p>
      </div>`:e.stage===`cancelled`?R`<p class="quiet" role="status">${n(`what_if.cancelled`)}</p>`:e.answer?R`<section aria-live="polite">${jd(e.answer,r)}</section>`:z}enter(e,t){let{value:n}=t.target,r=e.kind===`choice`?n:Number(n);this.entered={...this.entered,[e.name]:r}}async send(e){this.refused=``;let t=this.config?.entry_id?{entry_id:this.config.entry_id}:{};try{await this.hass?.callWS({...e,...t})}catch(e){let{message:t}=e??{};this.refused=t??String(e)}}};Rd=Ud,Rd.styles=[Me,Ne,Ln],K([H()],Ud.prototype,`kind`,void 0),K([H()],Ud.prototype,`entered`,void 0),K([H()],Ud.prototype,`price`,void 0),K([H()],Ud.prototype,`refused`,void 0);var Wd=(e,t)=>{customElements.get(e)||customElements.define(e,t)},Gd=(e,t)=>{let n=window,r=n[e]??=[];r.some(e=>e.type===t.type)||r.push(t)},Kd=(e,t)=>{let n=e.entities?.[t];return n?.platform!==`shems`||fu(e,n)||pu(n)?null:Jd(e,n,wl)},qd=(e,t)=>{let n=e.entities?.[t];return n?.platform!==`shems`||!pu(n)?null:Jd(e,n,Bl)},Jd=(e,t,n)=>{let r=du(e,t);return{config:{type:`custom:${n}`,...r?{entry_id:r}:{}}}},Yd=()=>document.documentElement.lang||`en`,Xd=e=>Nt(Yd())(e);jt(Yd()),Wd(Tl,vl),Wd(wl,kl),Wd(zd,Ud),Wd(bd,Cd),Wd(zn,Hn),Wd(ql,Zl),Wd(tu,au),Wd(md,vd),Wd(Bl,Ul),Wd(ad,dd),Gd(`customCards`,{type:wl,get name(){return Xd(`card.name`)},get description(){return Xd(`card.description`)},preview:!0,documentationURL:`https://github.com/shems-energy/shems`,getEntitySuggestion:Kd});for(let[e,t,n]of[[zd,`what_if`],[bd,`inferred`],[zn,`alerts`],[ql,`report`],[tu,`savings`],[md,`tips`],[Bl,`community`,qd]])Gd(`customCards`,{type:e,get name(){return Xd(`${t}.name`)},get description(){return Xd(`${t}.description`)},documentationURL:`https://github.com/shems-energy/shems`,...n?{getEntitySuggestion:n}:{}});Gd(`customStrategies`,{type:`shems`,strategyType:`dashboard`,get name(){return Xd(`strategy.name`)},get description(){return Xd(`strategy.description`)},documentationURL:`https://github.com/shems-energy/shems`});