import { mintScope, type Scope } from '../access/scope.ts';
import type { BookingLink, Catalog, LocationKey } from '../catalog/catalog.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { readOnlineMethod } from '../payments/read-methods.ts';
import { readLocationRules } from '../schedule/location-rules.ts';
import type { BookingRules } from './booking-rules.ts';

/**
 * Catalogue, hours and whether paying online is on. The rules are read first and the method after them: if the method moves in between, the rules carry the
 * older version and are read again.
 */
export async function readBookingRules(
  ctx: PaymentsContext,
  key: LocationKey,
  smsIsOn: (scope: Scope) => Promise<boolean>,
): Promise<BookingRules | undefined> {
  const rules = await readLocationRules(ctx.db.read, key, ctx.now());
  if (!rules) return undefined;
  const scope = mintScope(key.chainId, key.locationId);
  const method = await readOnlineMethod(ctx.db.read, scope, 'online_registration');
  // A6: nobody is asked to pay somebody who has not said who they are
  const enabled = method.enabled && rules.catalog.company !== undefined;
  const minimumChargeMinor = method.enabled
    ? ctx
        .providerOf({ ...key, connectionId: method.connectionId, provider: method.providerName, sandbox: method.sandbox })
        .minimumChargeMinor(rules.catalog.location.currency)
    : 0n;
  const catalog = (await smsIsOn(scope)) ? rules.catalog : withoutConfirmation(rules.catalog);
  return { ...rules, catalog, paying: { enabled, minimumChargeMinor, connectionId: method.connectionId } };
}

/** Nobody can confirm a telephone where no SMS is sent: then bookings are taken without it, rather than none. */
function withoutConfirmation(catalog: Catalog): Catalog {
  const plain = (link: BookingLink): BookingLink => ({ ...link, settings: { ...link.settings, phoneConfirmation: 'off' } });
  const [first, ...more] = catalog.links;
  return { ...catalog, links: [plain(first), ...more.map(plain)] };
}
