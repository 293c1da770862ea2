export const OWN_PAGE_SCRIPT = '/pay-page.js';
export const OWN_PAGE_STYLE = '/pay-page.css';

/** Counts down by the server's clock, copies, and asks how the payment stands while somebody is looking. The page works without it, by reloading. */
export const ownPageScript = `const page = document.querySelector('[data-page]');
const { until, now, back, received, checking, trouble, over } = page.dataset;
const ahead = Date.parse(now) - Date.now();
const left = page.querySelector('[role=timer]');
const status = page.querySelector('[role=status]');
let stopped = false;
const leave = (after) => { stopped = true; setTimeout(() => location.replace(back), after); };
const count = () => {
  if (!left || stopped) return;
  const seconds = Math.max(0, Math.ceil((Date.parse(until) - Date.now() - ahead) / 1000));
  left.textContent = Math.floor(seconds / 60) + ':' + String(seconds % 60).padStart(2, '0');
  left.classList.toggle('soon', seconds < 60);
  if (seconds > 0) return setTimeout(count, 1000);
  status.textContent = over;
};
count();
for (const button of page.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const source = document.getElementById(button.dataset.copy);
    const text = source.value ?? source.textContent;
    try { await navigator.clipboard.writeText(text); } catch { source.select?.(); document.execCommand('copy'); }
    const says = button.textContent;
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = says; }, 2000);
  });
}
const look = async () => {
  if (stopped) return;
  if (document.visibilityState !== 'visible') return document.addEventListener('visibilitychange', look, { once: true });
  try {
    const answer = await fetch(location.pathname + '/state', { method: 'POST' });
    const { state } = await answer.json();
    if (state === 'paid') { status.textContent = received; status.classList.add('good'); return leave(1500); }
    if (state === 'over') { status.textContent = over; return leave(2500); }
    if (state === 'checking') status.textContent = checking;
    else if (state === undefined) status.textContent = trouble;
  } catch { status.textContent = trouble; }
  setTimeout(look, 3000);
};
setTimeout(look, 3000);
`;

/** Beside the widget's own sheet, whose parts the page is made of. */
export const ownPageStyle = `.pay-page { display: grid; gap: 1rem; text-align: start; justify-items: stretch; }
.pay-page h1 { text-align: start; }
.pay-page > *, .pay-page .card > p { margin: 0; }
.pay-page .card { width: 100%; max-width: none; text-align: start; display: grid; gap: 0.75rem; }
.pay-page .button { width: 100%; }
.pay-page .small { font-size: 0.875rem; overflow-wrap: anywhere; }
.pay-page .facts { display: grid; grid-template-columns: 1fr auto; gap: 0.5rem 1rem; margin: 0; align-items: baseline; }
.pay-page .facts dd { margin: 0; text-align: end; font-variant-numeric: tabular-nums; font-weight: 600; }
.pay-page [role=timer].soon { color: var(--danger, #b3261e); }
.pay-page ol { margin: 0; padding-inline-start: 1.5rem; list-style: decimal; }
.pay-page li { margin-block: 0.25rem; }
.pay-page .qr { background: #fff; padding: 0.75rem; border-radius: 0.75rem; width: min(100%, 18rem); justify-self: center; }
.pay-page .qr svg { display: block; width: 100%; height: auto; }
.pay-page textarea { width: 100%; font: 0.8125rem/1.4 ui-monospace, monospace; color: inherit; background: transparent; border: 1px solid currentColor; border-radius: 0.5rem; padding: 0.5rem; resize: none; overflow-wrap: anywhere; box-sizing: border-box; }
.pay-page .value { display: flex; gap: 0.75rem; align-items: center; justify-content: space-between; overflow-wrap: anywhere; }
.pay-page .value .button { width: auto; flex: none; }
.pay-page [role=status] { min-height: 1.5em; }
@media (max-width: 40rem) { .pay-page .qr-part { order: 2; } .pay-page .qr { width: min(70%, 14rem); } }
`;
