import { createHash } from 'node:crypto';

/** Colours of one provider's page: for light and for dark. */
export interface PageColours {
  readonly light: { readonly accent: string; readonly onAccent: string; readonly tint: string };
  readonly dark: { readonly accent: string; readonly onAccent: string; readonly tint: string };
}

const colours = ({ accent, onAccent, tint }: PageColours['light']) => `--accent:${accent};--on-accent:${onAccent};--tint:${tint}`;

/** The look of a sandbox's pages: one column on a phone, two on a desktop, by the system's light or dark. */
export function pageStyle(look: PageColours): string {
  return `
:root{color-scheme:light dark;--paper:#f4f4f2;--card:#fff;--ink:#1c2024;--soft:#5a6068;--line:#d9d8d4;--bad:#9b1c1c;--bad-tint:#fdecea;--tape:#ffd65c;--tape-ink:#3a2c00;${colours(look.light)}}
@media (prefers-color-scheme:dark){:root{--paper:#15171a;--card:#1e2125;--ink:#eceae6;--soft:#a5abb2;--line:#383d44;--bad:#ffb4ab;--bad-tint:#3a1f1d;--tape:#4a3c10;--tape-ink:#ffe39a;${colours(look.dark)}}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;display:flex;flex-direction:column}
.tape{background:var(--tape);color:var(--tape-ink);text-align:center;padding:.5rem 1rem;font-weight:600;font-size:.9rem}
main{width:100%;max-width:58rem;margin:0 auto;padding:1.5rem 1rem 2rem;flex:1;display:grid;gap:1.25rem;align-content:start}
.narrow{max-width:30rem}
h1,h2,h3{margin:0;line-height:1.25}
h2{font-size:1.15rem}
h3{font-size:1rem;margin:1rem 0 .25rem}
.small{font-size:1rem;font-weight:600;color:var(--soft)}
.title{font-size:1.5rem;font-weight:700;margin-bottom:.4rem}
.sum{font-size:2.25rem;font-weight:700;letter-spacing:-.02em;font-variant-numeric:tabular-nums;margin:.1rem 0 .75rem;overflow-wrap:anywhere}
.lines{list-style:none;margin:0;padding:0;border-top:1px solid var(--line)}
.lines li{display:flex;justify-content:space-between;gap:1rem;padding:.6rem 0;border-bottom:1px solid var(--line)}
.lines span:first-child{overflow-wrap:anywhere}
.lines span:last-child{font-variant-numeric:tabular-nums;white-space:nowrap}
.soft{color:var(--soft);font-size:.9rem}
.left{margin:.9rem 0 0}
.left b{color:var(--ink);font-variant-numeric:tabular-nums}
.card{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:1.25rem}
fieldset{border:0;margin:0;padding:0;min-width:0}
legend{font-weight:600;padding:0;margin-bottom:.75rem}
.choice{display:flex;gap:.75rem;align-items:flex-start;border:1px solid var(--line);border-radius:10px;padding:.7rem .85rem;margin-bottom:.5rem;cursor:pointer}
.choice:hover{border-color:var(--accent)}
.choice:has(:checked){border-color:var(--accent);background:var(--tint);box-shadow:inset 0 0 0 1px var(--accent)}
.choice input{margin:.28rem 0 0;width:1.05rem;height:1.05rem;accent-color:var(--accent);flex:none}
.choice small{display:block;color:var(--soft);font-size:.85rem;font-variant-numeric:tabular-nums}
button,.button{display:block;width:100%;border:1px solid var(--accent);border-radius:10px;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:650;text-align:center;text-decoration:none;padding:.8rem 1rem;min-height:3rem;cursor:pointer}
button:hover,.button:hover{filter:brightness(1.08)}
.quiet{background:transparent;color:var(--ink);border-color:var(--line)}
.row{display:grid;gap:.6rem;margin-top:1rem}
dl{margin:.5rem 0 0;display:grid;gap:.5rem}
dt{color:var(--soft);font-size:.9rem}
dd{margin:0;overflow-wrap:anywhere}
.fields{display:grid;gap:.35rem;margin-top:.75rem}
.fields label:not(.choice),.fields small{color:var(--soft);font-size:.9rem}
.fields textarea,.fields input:not([type=checkbox]){width:100%;font:inherit;padding:.6rem .75rem;border:1px solid var(--soft);border-radius:10px;background:var(--paper);color:var(--ink)}
summary{cursor:pointer;padding:.4rem 0}
pre{overflow-x:auto;margin:.4rem 0}
code{overflow-wrap:anywhere;color:var(--ink);font-size:.9rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.alert{margin:0 0 1rem;padding:.75rem .9rem;border-radius:10px;background:var(--bad-tint);color:var(--bad);font-weight:600}
.back{display:block;width:fit-content;margin:.9rem auto 0;color:inherit;padding:.35rem .5rem}
footer{padding:0 1rem 1.5rem;text-align:center;font-size:.9rem}
footer a{color:var(--soft);padding:.4rem .5rem;display:inline-block}
footer a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
@media (min-width:48rem){main:not(.narrow){grid-template-columns:minmax(0,1fr) minmax(0,1.15fr);gap:3rem;padding-top:3.5rem}.narrow{padding-top:3.5rem}}
`;
}

/** Only a nicety: the page works without it. Counts from what the server said, because the sandbox's clock may be a moved one. */
export const pageScript = `
(function(){var e=document.querySelector('[data-left]');if(e){var n=Number(e.dataset.left),s=performance.now();(function t(){var l=Math.max(0,Math.ceil(n-(performance.now()-s)/1000));
if(l<3600)e.textContent=Math.floor(l/60)+':'+('0'+l%60).slice(-2);if(l>0)setTimeout(t,1000);else location.reload()})()}
var f=document.querySelector('form');if(f)f.addEventListener('submit',function(){setTimeout(function(){f.querySelectorAll('button').forEach(function(b){b.disabled=true})})});
addEventListener('pageshow',function(p){if(p.persisted)location.reload()})})();
`;

/** No `form-action`: browsers apply it to the redirect after paying too, and that leads to the merchant. */
export function pagePolicy(style: string): string {
  const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return `default-src 'none'; style-src ${hash(style)}; script-src ${hash(pageScript)}; base-uri 'none'; frame-ancestors 'none'`;
}
