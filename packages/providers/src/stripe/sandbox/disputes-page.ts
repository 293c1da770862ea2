import { formatAmount } from './amounts.ts';
import type { SandboxPayment } from './payments-account.ts';

export interface ShownDispute {
  readonly id: string;
  readonly status: string;
  readonly amount: number;
  readonly currency: string;
  readonly reason: string;
  readonly reference: string;
  readonly dueBy: number | null;
}

const safe = (text: string) => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);

/** What Stripe's Dashboard shows under Disputes, and what the cardholder and their bank do besides. */
export function disputesPage(disputes: readonly ShownDispute[], payments: readonly SandboxPayment[], style: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>Disputes · Stripe sandbox</title><style>${style}</style></head><body><div class="tape">Sandbox: no real money</div>
<main class="narrow"><h1 class="title">Disputes</h1>
<p class="soft">A client disputes a payment at their bank; the merchant sends evidence or accepts it; the bank decides. <a href="/developers">Developers</a></p>
${disputes.length === 0 ? '<p>No payment is disputed.</p>' : disputes.map(disputeCard).join('\n')}
<h2>Payments that can be disputed</h2>
${payments.length === 0 ? '<p class="soft">None yet.</p>' : payments.map(paymentCard).join('\n')}
</main></body></html>`;
}

function disputeCard({ id, status, amount, currency, reason, reference, dueBy }: ShownDispute): string {
  const inquiry = status.startsWith('warning_');
  const open = /needs_response|under_review/.test(status);
  const deeds = [
    ...(status.endsWith('needs_response') ? [['answer', 'Send evidence']] : []),
    ...(inquiry
      ? [
          ['escalate', 'Becomes a dispute'],
          ['won', 'Bank closes the inquiry'],
        ]
      : [
          ['won', 'Bank decides: won'],
          ['lost', 'Bank decides: lost'],
        ]),
  ];
  return `<section class="card" aria-labelledby="${id}"><h3 id="${id}">${safe(formatAmount(amount, currency))} · ${safe(status)}</h3>
<p class="soft">${id} · ${safe(reason)} · ${safe(reference)}${dueBy === null ? '' : `<br>Evidence until ${new Date(dueBy * 1000).toISOString().slice(0, 16).replace('T', ' ')} UTC`}</p>
${open ? `<form method="post" action="/dashboard/disputes/${id}" class="row">${deeds.map(([deed, text]) => `<button name="deed" value="${deed}" class="quiet">${text}</button>`).join('')}</form>` : ''}</section>`;
}

function paymentCard({ id, captured, refunded, currency, client_reference_id: reference }: SandboxPayment): string {
  return `<section class="card" aria-labelledby="${id}"><h3 id="${id}">${safe(formatAmount(captured, currency))}${refunded > 0 ? `, ${safe(formatAmount(refunded, currency))} refunded` : ''}</h3>
<p class="soft">${safe(reference ?? id)}</p>
<form method="post" action="/dashboard/payments/${id}/dispute" class="row"><button name="kind" value="dispute" class="quiet">Client disputes it</button><button name="kind" value="inquiry" class="quiet">Bank inquires first</button></form></section>`;
}
