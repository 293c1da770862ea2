import type { LinkWish } from '@holdfast/contract/booking-links';
import { sql } from 'kysely';
import { differences, noteAudit } from '../access/note-audit.ts';
import type { Scope } from '../access/scope.ts';
import type { Place, Who } from '../access/who.ts';
import type { Tx } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import type { LinkSettingsContext } from './context.ts';
import { asksAnew, linkFault, tidied } from './link-rules.ts';
import { openLink } from './open-link.ts';
import { sealApiSecret } from './seal-api-secret.ts';
import { pictureIsThere } from './store-links.ts';

/**
 * Settings → Online booking → Booking links: one of them, all of it. Who is just booking by it agrees anew where they have to. Refuses with `not_found`,
 * `changed_meanwhile`, `already_there` (another link of the location has this address), `invalid_request` (settings that cannot be, with the field),
 * `not_ready` (phones cannot be confirmed without SMS).
 */
export async function changeLink(ctx: LinkSettingsContext, who: Who, { scope }: Place, linkId: string, wish: LinkWish): Promise<void> {
  const fault = linkFault(wish);
  if (fault) throw new Problem('invalid_request', 422, 'These settings do not go together.', { field: fault });
  const settings = tidied(wish.settings);
  const smsIsOn = settings.phoneConfirmation === 'off' || (await ctx.smsIsOn(scope));
  try {
    await ctx.db.transaction(async (tx) => {
      const before = await openLink(tx, scope, linkId, wish.version);
      if (settings.logo && settings.logo !== before.settings.logo && !(await pictureIsThere(tx, scope, settings.logo)))
        throw new Problem('invalid_request', 422, 'This picture has to be handed in first.', { field: 'settings.logo' });
      if (!smsIsOn && before.settings.phoneConfirmation !== settings.phoneConfirmation)
        throw new Problem('not_ready', 409, 'Set up SMS first: without it no telephone can be confirmed.', {
          field: 'settings.phoneConfirmation',
          missing: 'sms',
        });
      const consentVersion = asksAnew(before.settings, settings) ? await nextConsent(tx, scope) : before.consentVersion;
      // without a measurement ID there is nobody whose secret it would be
      const secret = wish.measurementId === null ? null : wish.apiSecret;
      const sealed = secret ? sealApiSecret(ctx.sealingKey, scope, linkId, secret) : null;
      await sql`
        update booking_links set name = ${wish.name}, slug = ${wish.slug}, settings = ${JSON.stringify(settings)}::jsonb, consent_version = ${consentVersion},
               measurement_id = ${wish.measurementId}, api_secret = case when ${secret === undefined} then api_secret else ${sealed} end,
               allowed_origins = ${wish.allowedOrigins}, version = version + 1
         where chain_id = ${scope.chainId} and location_id = ${scope.locationId} and link_id = ${linkId}`.execute(tx);
      const { name, slug, measurementId, allowedOrigins } = before;
      await noteAudit(tx, ctx, who, {
        action: 'booking_link.changed',
        subject: { kind: 'booking_link', id: linkId },
        locationId: scope.locationId,
        ...differences<Record<string, unknown>>(
          { ...before.settings, name, slug, measurementId, allowedOrigins, consentVersion: before.consentVersion, apiSecret: before.hasApiSecret },
          {
            ...settings,
            name: wish.name,
            slug: wish.slug,
            measurementId: wish.measurementId,
            allowedOrigins: wish.allowedOrigins,
            consentVersion,
            // that there is one, and never which
            apiSecret: secret === undefined ? before.hasApiSecret : secret !== null,
            ...(secret ? { apiSecretReplaced: true } : {}),
          },
        ),
      });
    });
  } catch (error) {
    throw takenAddress(error);
  }
}

/** A number that no text of any link of this location has had. Every link is locked by now. */
async function nextConsent(tx: Tx, { chainId, locationId }: Scope): Promise<number> {
  const { rows } = await sql<{ next: number }>`select booking_links_next_consent(${chainId}, ${locationId}) next`.execute(tx);
  return rows[0]?.next ?? 1;
}

export function takenAddress(error: unknown): unknown {
  if (isSqlError(error) && error.constraint === 'booking_links_slug')
    return new Problem('already_there', 409, 'Another booking link of this location has, or had, this address.', { field: 'slug' });
  return error;
}
