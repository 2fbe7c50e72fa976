import{I as e}from"./decorate-BzqmqkeY.js";var t=e`
  form {
    display: grid;
    gap: 12px;
  }
  label {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    align-items: center;
    gap: 2px 12px;
    font-size: 14px;
    line-height: 20px;
  }
  label input[type="range"],
  label select {
    grid-column: 1 / -1;
    width: 100%;
    box-sizing: border-box;
  }
  /* The browser's own would be black where the accent is bright. */
  label input[type="range"] {
    appearance: none;
    height: 28px;
    margin: 0;
    cursor: pointer;
    background: none;
  }
  input[type="range"]::-webkit-slider-runnable-track {
    height: 6px;
    border-radius: 3px;
    background: var(--shems-slider);
  }
  input[type="range"]::-moz-range-track {
    height: 6px;
    border-radius: 3px;
    background: var(--shems-slider);
  }
  input[type="range"] {
    --shems-slider: linear-gradient(
      to right,
      var(--primary-color) var(--at),
      var(--divider-color, #ccc) var(--at)
    );
  }
  input[type="range"]:dir(rtl) {
    --shems-slider: linear-gradient(
      to left,
      var(--primary-color) var(--at),
      var(--divider-color, #ccc) var(--at)
    );
  }
  input[type="range"]::-webkit-slider-thumb {
    appearance: none;
    width: 20px;
    height: 20px;
    margin-top: -7px;
    border-radius: 50%;
    background: var(--primary-color);
  }
  input[type="range"]::-moz-range-thumb {
    width: 20px;
    height: 20px;
    border: none;
    border-radius: 50%;
    background: var(--primary-color);
  }
  input[type="range"]:disabled {
    opacity: 0.5;
    cursor: default;
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
    padding: 0 8px;
    height: 40px;
    box-sizing: border-box;
  }
  header select {
    max-width: 100%;
  }
  input[type="number"] {
    width: 8em;
    text-align: end;
  }
  .actions {
    display: flex;
    align-items: center;
    justify-content: start;
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
    color: #fff;
    background: var(--shems-pressed);
  }
  .actions button:not(.plain) {
    color: #fff;
    background: var(--shems-pressed);
  }
  button.plain {
    color: var(--primary-text-color);
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
    white-space: normal;
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
  :is(details, .quiet) li {
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
`;export{t};