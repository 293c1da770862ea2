import { createInvoiceProvider } from './invoice/invoice.ts';
import { createLiqpayProvider } from './liqpay/liqpay.ts';
import { createMonoProvider } from './mono/mono.ts';
import type { PaymentProvider, ProviderEndpoint } from './payment-provider.ts';
import { createPixProvider } from './pix/pix.ts';
import { createStripeProvider } from './stripe/stripe.ts';
import { createVivaProvider } from './viva/viva.ts';

/** Every provider there is. A new one is its folder and one line here. */
const makers = {
  stripe: createStripeProvider,
  viva: createVivaProvider,
  mono: createMonoProvider,
  liqpay: createLiqpayProvider,
  pix: createPixProvider,
  invoice: createInvoiceProvider,
} as const satisfies Record<string, (endpoint: ProviderEndpoint) => PaymentProvider>;

export type ProviderName = keyof typeof makers;

export const providerNames = Object.keys(makers) as readonly ProviderName[];

export function isProviderName(name: string): name is ProviderName {
  return Object.hasOwn(makers, name);
}

/** The provider a connection names, talking to `endpoint`. Throws a RangeError for a name that is none of `providerNames`. */
export function providerNamed(name: string, endpoint: ProviderEndpoint = {}): PaymentProvider {
  if (!isProviderName(name)) throw new RangeError(`there is no payment provider called ${name}`);
  return makers[name](endpoint);
}
