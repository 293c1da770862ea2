import { safeHtml } from '../../sandbox-kit/hosted-page.ts';
import type { AccountRow } from './books.ts';
import { pixPages } from './pix-pages.ts';

export const p12Password = 'pix-sandbox';

export interface ShownAccount extends AccountRow {
  readonly webhookUrl: string;
}

/** What a PSP's own pages show a merchant: credentials, certificate, key, and where webhooks go. Here without a password: it is a sandbox. */
export function developersPage(accounts: readonly ShownAccount[], origin: string): string {
  const main = `<p class="soft">Accounts for trying how a PSP is connected. Calls go to the addresses below over TLS, with the account's certificate; the server's own is vouched for by <a href="/developers/ca.pem">this authority</a>. Codes are paid in the <a href="/app">bank's app</a>.</p>
${accounts.map((one) => accountCard(one, origin)).join('\n')}
<section class="card" aria-labelledby="new"><h2 id="new">New test account</h2>
<form method="post" action="/developers/accounts" class="fields">
<label for="name">Receiver name</label><input id="name" name="name" required maxlength="25" value="Salao de Teste ${accounts.length + 1}">
<label for="city">Receiver city</label><input id="city" name="city" required maxlength="15" value="SAO PAULO">
<button${accounts.length > 0 ? ' class="quiet"' : ''}>New test account</button></form></section>`;
  return pixPages.developers(main);
}

function accountCard(account: ShownAccount, origin: string): string {
  const { id, receiverName, receiverCity, pixKey, clientSecret, certificate, webhookUrl, habits } = account;
  const at = `/developers/accounts/${encodeURIComponent(id)}`;
  const value = (title: string, text: string) => `<div><dt>${title}</dt><dd><code>${safeHtml(text)}</code></dd></div>`;
  return `<section class="card" aria-labelledby="a_${safeHtml(id)}"><h2 id="a_${safeHtml(id)}">${safeHtml(receiverName)}</h2>
<dl>${value('Base URL', `${origin}/v2`)}${value('Token URL', `${origin}/oauth/token`)}${value('Client ID', id)}${value('Client secret', clientSecret)}
${value('Pix key', pixKey)}${value('Receiver name', receiverName)}${value('Receiver city', receiverCity)}</dl>
<h3>Certificate</h3>
${
  certificate === ''
    ? '<p class="soft">This account came with a certificate of its own.</p>'
    : `<details><summary>Certificate and private key (PEM)</summary><pre><code>${safeHtml(certificate)}</code></pre></details>
<p><a href="${at}/certificate.pem">Download PEM</a> · <a href="${at}/certificate.p12">Download P12</a> (password <code>${p12Password}</code>) · <a href="${at}/certificate.p12?password=none">P12 without a password</a></p>`
}
<h3>Webhook</h3>
<form method="post" action="${at}/webhook" class="fields"><label for="url_${safeHtml(id)}">Webhook address</label>
<input id="url_${safeHtml(id)}" name="url" type="url" required maxlength="500" placeholder="https://…" value="${safeHtml(webhookUrl)}">
<small>Calls go to this address with /pix behind it.</small><button class="quiet">${webhookUrl === '' ? 'Set webhook' : 'Change webhook'}</button></form>
<h3>How this PSP treats the account</h3>
<form method="post" action="${at}/habits" class="fields">
<label class="choice"><input type="checkbox" name="leavesOutCode"${habits.leavesOutCode ? ' checked' : ''}><span>Leave out pixCopiaECola<small>The merchant builds the code from the location.</small></span></label>
<label class="choice"><input type="checkbox" name="refusesRepeatedTxid"${habits.refusesRepeatedTxid ? ' checked' : ''}><span>Refuse a txid said twice<small>Instead of reading it as a change of the charge.</small></span></label>
<label for="per_${safeHtml(id)}">Pix per call of the webhook, at most</label>
<input id="per_${safeHtml(id)}" name="pixPerCall" type="number" min="1" max="100" required value="${habits.pixPerCall}"><button class="quiet">Save</button></form></section>`;
}
