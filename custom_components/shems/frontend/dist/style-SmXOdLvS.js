import{M as e,N as t,P as n,n as r,t as i,z as a}from"./decorate-DaL5ErBu.js";import{i as o,n as s,r as c}from"./words-localize-B8mZJvI5.js";var l=class extends n{constructor(...e){super(...e),this.localize=o(`en`),this.wordsKey=``}static getConfigForm(){return{schema:[{name:`entry_id`,selector:{config_entry:{integration:`shems`}}},{name:`title`,selector:{text:{}}}],computeLabel:({name:e})=>o(document.documentElement.lang||`en`)(`editor.${e}`)}}setConfig(e){for(let t of[`entry_id`,`title`]){let n=e[t];if(n!=null&&typeof n!=`string`)throw Error(`${t} must be a text`)}this.config=e}getGridOptions(){return{columns:12,rows:`auto`,min_columns:6}}willUpdate(e){this.hass&&this.config&&((e.has(`hass`)||e.has(`config`))&&this.follow(this.hass,this.config),this.refreshWords(this.hass))}shouldUpdate(e){if(e.size!==1||!e.has(`hass`))return!0;let t=e.get(`hass`);return t?.connection!==this.hass?.connection||t?.locale!==this.hass?.locale||t?.language!==this.hass?.language}refreshWords(e){let t=this.currency()||e.config.currency||``,n=JSON.stringify([e.language,e.locale,t]);n!==this.wordsKey&&(s(e.language)?(this.wordsKey=n,this.localize=o(e.language),this.format=r(e,t,e.config.time_zone)):c(e.language).then(()=>this.requestUpdate()))}};i([t({attribute:!1})],l.prototype,`hass`,void 0),i([e()],l.prototype,`config`,void 0);var u=a`
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
`;export{l as n,u as t};