import type { PayWay } from './store.ts';

/** Is something given for it already, money or a membership's visit? Then the deadlines of what is prepaid apply. */
export function isPrepaid({ paidMinor, services }: { readonly paidMinor: bigint; readonly services: readonly { readonly pay: PayWay }[] }): boolean {
  return paidMinor > 0n || isCovered({ services });
}

/** Does a membership pay for a service of it? */
export function isCovered({ services }: { readonly services: readonly { readonly pay: PayWay }[] }): boolean {
  return services.some(({ pay }) => pay === 'membership');
}
