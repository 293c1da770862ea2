import type { AvailableProvider, CredentialFieldShown } from '@holdfast/contract/cashless';
import { toJsonAmount } from '@holdfast/contract/money';
import type { PaymentProvider } from '@holdfast/providers/payment-provider';
import { z } from 'zod';
import { fieldsOf } from './shape-credentials.ts';

/** The form of a provider, read off its adapter's own schema: another provider needs no screen of its own. */
export function credentialFields(provider: PaymentProvider): CredentialFieldShown[] {
  const { properties = {} } = z.toJSONSchema(provider.credentialsShape, { io: 'input', unrepresentable: 'any' });
  return fieldsOf(provider).map(({ name, field }) => ({
    name,
    title: field.title,
    ownTitle: field.ownTitle ?? null,
    where: field.where,
    secret: field.secret,
    placeholder: field.placeholder,
    pattern: patternOf(properties[name]),
    kind: field.kind ?? 'line',
    optional: field.optional ?? false,
    choices: (field.choices ?? []).map(({ value, title }) => ({ value, title })),
    broughtBySetUp: field.broughtBySetUp ?? false,
  }));
}

/** Of a text, or of the one text among several forms: what may be left empty is often "this, or nothing". */
function patternOf(property: unknown): string | null {
  if (typeof property !== 'object' || property === null) return null;
  const { pattern, anyOf } = property as { pattern?: string; anyOf?: readonly { pattern?: string }[] };
  return pattern ?? anyOf?.find((one) => one.pattern !== undefined)?.pattern ?? null;
}

export function describeProvider(provider: PaymentProvider, currency: string, sandboxPages: string | undefined): AvailableProvider {
  const { currencies } = provider.capabilities;
  return {
    name: provider.name,
    title: provider.title,
    fields: credentialFields(provider),
    steps: [...(provider.steps ?? [])],
    webhookSetup: provider.capabilities.webhookSetup,
    webhookEvents: [...provider.webhookEvents],
    refunds: provider.capabilities.refunds,
    takesCurrency: currencies === 'any' || currencies.includes(currency),
    minimumChargeMinor: toJsonAmount(provider.minimumChargeMinor(currency)),
    sandboxPage: sandboxPages === undefined ? null : `${sandboxPages}/developers`,
  };
}
