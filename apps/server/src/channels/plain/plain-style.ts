export const PLAIN_STYLE = '/plain.css';

/** Beside the widget's own sheet: what its script would do. */
export const plainStyle = `#app { display: none; }
.plain { display: grid; gap: 1.25rem; max-inline-size: 44rem; margin-inline: auto; padding: 1.25rem 1rem 3rem; }
.plain .group { margin-block-start: 0; }
.plain .choice { color: inherit; text-decoration: none; }
.plain .choice:has(:checked) { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
.plain .choice:has(:checked) .tick { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.plain .choice:not(:has(.tick)) { grid-template-columns: minmax(0, 1fr) auto; }
.plain .choice:not(:has(.tick)) .choice-price { grid-column: 2; text-align: end; }
.plain .button { inline-size: 100%; }
.plain .way { display: flex; flex-wrap: wrap; gap: 0.25rem 1rem; font-size: 0.9375rem; }
.plain .times-grid { grid-template-columns: repeat(auto-fill, minmax(6.5rem, 1fr)); }
.plain a.time { color: inherit; text-decoration: none; text-align: center; padding: 0.35rem; font-size: 0.9375rem; }
.plain a.time[aria-current] { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
.plain .card-money dd, .plain .card { overflow-wrap: anywhere; }
`;
