import { invariant } from '../kit/problem.ts';
import { paymentReference } from '../payments/references.ts';
import type { Visit } from './choose-visit.ts';
import type { House } from './open-house.ts';

/** Makes a payment at the provider under this installation's mark that is in none of its books, and has it paid. */
export async function strangerPays(house: House, visit: Visit): Promise<{ reference: string; amountMinor: bigint; currency: string }> {
  const { app, clock, credentials, entrance, provider, sandbox } = house;
  const { currency } = visit.quote;
  const amountMinor = BigInt(visit.quote.requiredMinor);
  const attemptId = app.payments.newId('pay');
  const reference = paymentReference(app.payments.mark, attemptId);
  const opened = await provider.createPayment(credentials, {
    reference,
    idempotencyKey: `create_${attemptId}`,
    amountMinor,
    currency,
    lines: [{ text: visit.service.name, amountMinor }],
    createdAt: clock.now(),
    payableUntil: new Date(clock.now().getTime() + 15 * 60_000),
    returnUrl: `${entrance.origin}/`,
    cancelUrl: `${entrance.origin}/`,
    webhookUrl: house.webhookUrl,
    ownPageUrl: `${entrance.origin}/pay/page/unknown`,
    language: visit.language,
    instantMethodsOnly: true,
  });
  invariant(opened.kind === 'done', 'a sandbox opens a page for whoever asks');
  const { page, providerPaymentId } = opened.value;
  if (page?.kind === 'form')
    await (await fetch(page.action, { method: 'POST', redirect: 'manual', body: new URLSearchParams(page.fields) })).body?.cancel();
  invariant(sandbox.pay(providerPaymentId) === 'captured', 'a page that was just opened can be paid');
  return { reference, amountMinor, currency };
}
