import { safeHtml } from '../../sandbox-kit/hosted-page.ts';
import { vivaPages } from './page.ts';
import type { Account } from './work.ts';

/** What the banking app shows under API access, payment sources and webhooks. Here without a password: it is a sandbox. */
export function developersPage(accounts: readonly Account[], troubleOf: (merchantId: string) => string | undefined): string {
  return vivaPages.developers(
    `<p class="soft">Merchants for trying how a payment provider is connected. Each has its API access, one payment source and one webhook address, as in the
Viva banking app under Settings.</p>
${accounts.map((one, at) => merchantCard(one, at + 1, troubleOf(one.merchantId))).join('\n')}
<form method="post" action="/developers/accounts"><button${accounts.length > 0 ? ' class="quiet"' : ''}>New test merchant</button></form>`,
  );
}

function merchantCard(account: Account, number: number, trouble: string | undefined): string {
  const { merchantId, apiKey, clientId, clientSecret, sourceCode, webhookUrl = '', successUrl = '', failureUrl = '', allowRefunds } = account;
  const value = (title: string, text: string) => `<p class="soft">${title}<br><code>${safeHtml(text)}</code></p>`;
  const field = (name: string, title: string, text: string, hint: string) =>
    `<label class="soft" for="${name}_${merchantId}">${title}</label>
<input id="${name}_${merchantId}" name="${name}" type="text" inputmode="url" maxlength="500" placeholder="${hint}" value="${safeHtml(text)}">`;
  return `<section class="card" aria-labelledby="h_${merchantId}"><h2 id="h_${merchantId}">Test merchant ${number}</h2>
<h3>API access</h3>
${value('Merchant ID', merchantId)}
<details><summary>Reveal API key</summary><p><code>${safeHtml(apiKey)}</code></p></details>
${value('Smart Checkout client ID', clientId)}
<details><summary>Reveal client secret</summary><p><code>${safeHtml(clientSecret)}</code></p></details>
<form method="post" action="/developers/accounts/${merchantId}">
<h3>Payment source</h3>
${value('Source code', sourceCode)}
<div class="fields">${field('successUrl', 'Success URL', successUrl, 'https://…')}
${field('failureUrl', 'Failure URL', failureUrl, 'https://…')}</div>
<h3>Webhooks</h3>
<div class="fields">${field('webhookUrl', 'URL for 1796, 1797, 1798 and 1799', webhookUrl, 'https://…/api/v1/webhooks/…')}</div>
${webhookUrl === '' ? '' : `<p role="status">${trouble === undefined ? 'Verified.' : `Not verified: ${safeHtml(trouble)}. It is used all the same.`}</p>`}
<h3>Refunds</h3>
<p><label><input type="checkbox" name="allowRefunds" value="yes"${allowRefunds ? ' checked' : ''}> Allow refunds through the API</label></p>
<button>Save</button></form></section>`;
}
