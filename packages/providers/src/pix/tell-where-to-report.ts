import { z } from 'zod';
import type { Credentials, Outcome, WebhookSetUp } from '../payment-provider.ts';
import type { Bank } from './bank.ts';
import { webhookConfigShape } from './wire.ts';

/**
 * A Pix key has one address: telling another one silences whoever is told of payments now, so that is looked at first. The bank adds `/pix` to the
 * address by itself.
 */
export async function tellWhereToReport(
  bank: Bank,
  { pixKey = '', webhookDelivery }: Credentials,
  { url, replace }: { readonly url: string; readonly replace: boolean },
): Promise<Outcome<WebhookSetUp>> {
  const path = `/webhook/${encodeURIComponent(pixKey)}`;
  const present = await bank.ask({ method: 'GET', path }, webhookConfigShape);
  if (present.kind === 'declined' || present.kind === 'unknown') return present;
  const otherUrl = present.kind === 'done' && !isSameAddress(present.value.webhookUrl, url) ? present.value.webhookUrl : undefined;
  if (otherUrl !== undefined && !replace) return { kind: 'done', value: { kind: 'taken', otherUrl } };
  // Efí asks for a proof that this server demands its certificate, unless it is told that the address itself is the proof
  const headers = webhookDelivery === 'efi_skip_mtls' ? { 'x-skip-mtls-checking': 'true' } : {};
  const told = await bank.ask({ method: 'PUT', path, headers, body: { webhookUrl: url } }, z.unknown());
  if (told.kind === 'done') return { kind: 'done', value: { kind: 'set' } };
  return told.kind === 'missing' ? { ...told, kind: 'declined' } : told;
}

function isSameAddress(one: string, other: string): boolean {
  return one.replace(/\/+$/, '') === other.replace(/\/+$/, '');
}
