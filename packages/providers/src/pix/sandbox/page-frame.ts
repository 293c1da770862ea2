import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';

const style = `
:root{color-scheme:light dark;--ground:#eef2f6;--card:#fff;--ink:#16202b;--soft:#51606f;--line:#cfd8e1;--accent:#1b5e8c;--on-accent:#fff;--tint:#e6f0f8;--bad:#97201b;--bad-tint:#fcebea;--good:#1c6440;--good-tint:#e6f4ec;--tape:#ffd65c;--tape-ink:#3a2c00}
@media (prefers-color-scheme:dark){:root{--ground:#12171d;--card:#1b222a;--ink:#e9eef3;--soft:#a3b0bd;--line:#38444f;--accent:#86c1ea;--on-accent:#0b2030;--tint:#1d2f3e;--bad:#ffb3ad;--bad-tint:#3b1f1e;--good:#9bdcb7;--good-tint:#1c3327;--tape:#4a3c10;--tape-ink:#ffe39a}}
*{box-sizing:border-box}
body{margin:0;min-height:100vh;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;display:flex;flex-direction:column}
.tape{background:var(--tape);color:var(--tape-ink);text-align:center;padding:.5rem 1rem;font-weight:600;font-size:.9rem}
main{width:100%;max-width:30rem;margin:0 auto;padding:1.5rem 1rem 2rem;flex:1;display:grid;gap:1rem;align-content:start}
main.wide{max-width:46rem}
h1,h2,h3{margin:0;line-height:1.25}h1{font-size:1.5rem}h2{font-size:1.15rem}h3{font-size:1rem;margin-top:1.1rem}
p{margin:.4rem 0}
.soft,dt,label,small{color:var(--soft);font-size:.9rem}
.card{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:1.25rem}
.sum{font-size:2.25rem;font-weight:700;letter-spacing:-.02em;font-variant-numeric:tabular-nums;margin:.1rem 0 .75rem;overflow-wrap:anywhere}
dl{margin:0;display:grid;gap:.5rem}dd{margin:0;overflow-wrap:anywhere}
fieldset{border:0;margin:1rem 0 0;padding:0;min-width:0}
legend{font-weight:600;padding:0;margin-bottom:.6rem}
.choice{display:flex;gap:.75rem;align-items:flex-start;border:1px solid var(--line);border-radius:10px;padding:.7rem .85rem;margin-bottom:.5rem;cursor:pointer;color:var(--ink);font-size:1rem}
.choice:hover{border-color:var(--accent)}
.choice:has(:checked){border-color:var(--accent);background:var(--tint);box-shadow:inset 0 0 0 1px var(--accent)}
.choice input{margin:.28rem 0 0;width:1.05rem;height:1.05rem;accent-color:var(--accent);flex:none}
.choice small{display:block}
.fields{display:grid;gap:.35rem;margin-top:.75rem}
input:not([type=radio]):not([type=checkbox]),textarea{width:100%;font:inherit;padding:.6rem .75rem;border:1px solid var(--soft);border-radius:10px;background:var(--ground);color:var(--ink)}
textarea{font-family:ui-monospace,Consolas,monospace;font-size:.85rem;overflow-wrap:anywhere}
button,.button{display:block;width:100%;border:1px solid var(--accent);border-radius:10px;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:650;text-align:center;text-decoration:none;padding:.75rem 1rem;min-height:3rem;cursor:pointer;margin-top:.6rem}
button:hover,.button:hover{filter:brightness(1.08)}
.quiet{background:transparent;color:var(--ink);border-color:var(--soft)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.alert{margin:0 0 1rem;padding:.75rem .9rem;border-radius:10px;background:var(--bad-tint);color:var(--bad);font-weight:600}
.alert.good{background:var(--good-tint);color:var(--good)}
.back{display:block;width:fit-content;margin:.9rem auto 0;padding:.35rem .5rem}
a{color:var(--accent)}
code{overflow-wrap:anywhere;font-size:.9rem}
summary{cursor:pointer;padding:.4rem 0}
footer{padding:0 1rem 1.5rem;text-align:center;font-size:.9rem}
footer a{color:var(--soft);padding:.4rem .5rem;display:inline-block}
footer a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none}
`;

const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

export interface Page {
  readonly language: string;
  readonly title: string;
  readonly tape: string;
  readonly main: string;
  readonly wide?: boolean;
  readonly footer?: string;
}

/** Sends a page that runs no script and works without one. */
export function sendPage(reply: FastifyReply, { language, title, tape, main, wide = false, footer = '' }: Page, status = 200): FastifyReply {
  return reply
    .code(status)
    .headers({
      'content-security-policy': policy,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    .type('text/html; charset=utf-8')
    .send(`<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex"><title>${escaped(title)} · ${escaped(tape)}</title><style>${style}</style></head>
<body><header class="tape">${escaped(tape)}</header><main${wide ? ' class="wide"' : ''}>
${main}
</main>${footer === '' ? '' : `<footer>${footer}</footer>`}</body></html>`);
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
