import type { SandboxAccount } from './work.ts';

const safe = (text: string) => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);

/** What Stripe's own Developers pages show: API keys, and webhook endpoints with their signing secrets. Here without a password: it is a sandbox. */
export function developersPage(accounts: readonly SandboxAccount[], style: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Developers · Stripe sandbox</title><style>${style}</style></head><body><div class="tape">Sandbox: no real money</div>
<main class="narrow"><h1 class="title">Developers</h1>
<p class="soft">Accounts for trying how a payment provider is connected. Each has keys and one webhook endpoint, as in Stripe's Dashboard. <a href="/dashboard/disputes">Disputes</a></p>
${accounts.map((one, index) => accountCard(one, index + 1)).join('\n')}
<form method="post" action="/developers/accounts"><button${accounts.length > 0 ? ' class="quiet"' : ''}>New test account</button></form>
</main></body></html>`;
}

function accountCard({ id, publishableKey, secretKey, webhookSecret, webhookUrl }: SandboxAccount, number: number): string {
  return `<section class="card" aria-labelledby="${id}"><h2 id="${id}">Test account ${number} <span class="soft">${id}</span></h2>
<h3>API keys</h3>
<p class="soft">Publishable key<br><code>${safe(publishableKey)}</code></p>
<p class="soft">Secret key<br><code>${safe(secretKey)}</code></p>
<h3>Webhooks</h3>
<form method="post" action="/developers/accounts/${id}/endpoint" class="row">
<label class="soft" for="url_${id}">Endpoint URL</label>
<input id="url_${id}" name="url" type="url" required maxlength="500" placeholder="https://…/api/v1/webhooks/…" value="${safe(webhookUrl ?? '')}">
<button>${webhookUrl ? 'Change endpoint' : 'Add endpoint'}</button></form>
${webhookUrl ? `<p class="soft">Endpoints: <code>${safe(webhookUrl)}</code></p>` : ''}
<details><summary>Reveal signing secret</summary><p><code>${safe(webhookSecret)}</code></p></details></section>`;
}
