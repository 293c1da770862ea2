import { mintScope } from '../access/scope.ts';
import type { LocationKey } from '../catalog/catalog.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { readOnlineMethod } from '../payments/read-methods.ts';
import { readLocationRules } from '../schedule/location-rules.ts';
import type { BookingRules } from './booking-rules.ts';

/**
 * Catalogue, hours and whether paying online is on. The rules are read first and the method after them: if the method moves in between, the rules carry the
 * older version and are read again.
 */
export async function readBookingRules(ctx: PaymentsContext, key: LocationKey): Promise<BookingRules | undefined> {
  const rules = await readLocationRules(ctx.db.read, key, ctx.now());
  if (!rules) return undefined;
  const method = await readOnlineMethod(ctx.db.read, mintScope(key.chainId, key.locationId), 'online_registration');
  // A6: nobody is asked to pay somebody who has not said who they are
  const enabled = method.enabled && rules.catalog.company !== undefined;
  const minimumChargeMinor = method.enabled
    ? ctx
        .providerOf({ ...key, connectionId: method.connectionId, provider: method.providerName, sandbox: method.sandbox })
        .minimumChargeMinor(rules.catalog.location.currency)
    : 0n;
  return { ...rules, paying: { enabled, minimumChargeMinor, connectionId: method.connectionId } };
}
