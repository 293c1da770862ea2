import type { AvailableProvider, CredentialFieldShown } from '@holdfast/contract/cashless';
import { toJsonAmount } from '@holdfast/contract/money';
import type { CredentialField, PaymentProvider } from '@holdfast/providers/payment-provider';
import { z } from 'zod';

/** The form of a provider, read off its adapter's own schema: another provider needs no screen of its own. */
export function credentialFields({ credentialsShape }: PaymentProvider): CredentialFieldShown[] {
  const { properties = {} } = z.toJSONSchema(credentialsShape);
  return Object.entries(credentialsShape.shape).map(([name, shape]) => {
    const { title, where, secret, placeholder } = shape.meta() as unknown as CredentialField;
    const property = properties[name];
    const pattern = typeof property === 'object' ? property.pattern : undefined;
    return { name, title, where, secret, placeholder, pattern: pattern ?? null };
  });
}

export function describeProvider(
  provider: PaymentProvider,
  currency: string,
  sandboxPages: string | undefined,
): Omit<AvailableProvider, 'newWebhookUrl'> {
  const { currencies } = provider.capabilities;
  return {
    name: provider.name,
    title: provider.title,
    fields: credentialFields(provider),
    webhookEvents: [...provider.webhookEvents],
    takesCurrency: currencies === 'any' || currencies.includes(currency),
    minimumChargeMinor: toJsonAmount(provider.minimumChargeMinor(currency)),
    sandboxPage: sandboxPages === undefined ? null : `${sandboxPages}/developers`,
  };
}
