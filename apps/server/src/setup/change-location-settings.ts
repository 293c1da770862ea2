import { isDeepStrictEqual } from 'node:util';
import type { BookingSettingsWish, BusinessWish, CompanyWish } from '@holdfast/contract/location-settings';
import { sql } from 'kysely';
import { differences, noteAudit } from '../access/note-audit.ts';
import type { Place, Who } from '../access/who.ts';
import { countUpcoming } from '../booking/count-upcoming.ts';
import type { Tx } from '../kit/database.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { isSqlError } from '../kit/sql-source.ts';
import { paysOnline } from '../payments/read-methods.ts';
import { checkPlace } from './check-place.ts';
import { readLocationSettings, type SettingsParts } from './read-location-settings.ts';

type Part = 'business' | 'company' | 'booking';

/**
 * Settings → My location → Business information. The time zone stays while appointments are to come: they would move on the clock. Refuses with
 * `already_there` (another location of the chain has this address), `changed_meanwhile`, `invalid_request`, `step_not_allowed`.
 */
export async function changeBusiness(deps: Deps, who: Who, { scope }: Place, { version, ...wish }: BusinessWish): Promise<void> {
  checkPlace(wish);
  await change(deps, who, scope, 'business', version, async (tx, { business }) => {
    if (wish.timeZone !== business.timeZone && (await countUpcoming(tx, scope, deps.now())) > 0)
      throw new Problem('step_not_allowed', 409, 'While appointments are to come the time zone stays: they would move on the clock.', {
        field: 'timeZone',
      });
    await sql`
      update locations set name = ${wish.name}, slug = ${wish.slug}, country = ${wish.country}, time_zone = ${wish.timeZone}, address = ${wish.address},
             phone = ${wish.phone}, default_language = ${wish.defaultLanguage}, languages = ${wish.languages}
       where chain_id = ${scope.chainId} and location_id = ${scope.locationId}`.execute(tx);
    return { ...wish, currency: business.currency };
  });
}

/** Its tab Company details (A6). Refuses with `changed_meanwhile`. */
export async function changeCompany(deps: Deps, who: Who, { scope }: Place, { version, ...wish }: CompanyWish): Promise<void> {
  await change(deps, who, scope, 'company', version, async (tx) => {
    await sql`
      insert into company_details (chain_id, location_id, legal_name, registration_number, tax_number, legal_address, bank_details)
      values (${scope.chainId}, ${scope.locationId}, ${wish.legalName}, ${wish.registrationNumber}, ${wish.taxNumber}, ${wish.legalAddress}, ${wish.bankDetails})
      on conflict (chain_id, location_id) do update set legal_name = excluded.legal_name, registration_number = excluded.registration_number,
        tax_number = excluded.tax_number, legal_address = excluded.legal_address, bank_details = excluded.bank_details`.execute(tx);
    return wish;
  });
}

/** Takes the company details away again; not while online payment is on, because clients see whom they pay. Refuses with `step_not_allowed`. */
export async function removeCompany(deps: Deps, who: Who, { scope }: Place, version: string): Promise<void> {
  await change(deps, who, scope, 'company', version, async (tx) => {
    if (await paysOnline(tx, scope)) throw new Problem('step_not_allowed', 409, 'Switch online payment off first: clients see whom they pay.');
    await sql`delete from company_details where chain_id = ${scope.chainId} and location_id = ${scope.locationId}`.execute(tx);
    return {};
  });
}

/** Settings → My location → Online booking. Other terms are another version of them; what is booked keeps what was agreed. Refuses with `changed_meanwhile`. */
export async function changeBookingSettings(deps: Deps, who: Who, { scope }: Place, { version, ...wish }: BookingSettingsWish): Promise<void> {
  const terms = Object.fromEntries(Object.entries(wish.terms).filter(([, text]) => text !== ''));
  await change(deps, who, scope, 'booking', version, async (tx, { booking }) => {
    // whoever is just agreeing to them sees them anew
    const termsVersion =
      same(terms, booking.terms) && isDeepStrictEqual(wish.cancellation, booking.cancellation) ? booking.termsVersion : booking.termsVersion + 1;
    await sql`
      update locations set step_minutes = ${wish.stepMinutes}, lead_minutes = ${wish.leadMinutes}, horizon_days = ${wish.horizonDays}, any_staff = ${wish.anyStaff},
             processing_extension_minutes = ${wish.processingExtensionMinutes}, holds_per_phone = ${wish.holdsPerPhone},
             waiting_offer_minutes = ${wish.waitingOfferMinutes},
             holds_per_address_per_hour = ${wish.holdsPerAddressPerHour}, holds_share_percent = ${wish.holdsSharePercent},
             cancellation = ${JSON.stringify(wish.cancellation)}::jsonb, terms = ${JSON.stringify(terms)}::jsonb,
             terms_version = ${termsVersion}
       where chain_id = ${scope.chainId} and location_id = ${scope.locationId}`.execute(tx);
    return { ...wish, terms, termsVersion };
  });
}

/** Locks, compares, writes, notes who did it: the same for every part. */
async function change(
  deps: Deps,
  who: Who,
  scope: Place['scope'],
  part: Part,
  version: string,
  write: (tx: Tx, before: SettingsParts) => Promise<Record<string, unknown>>,
): Promise<void> {
  try {
    await deps.db.transaction(async (tx) => {
      const settings = await readLocationSettings(tx, scope, 'lock');
      const { version: present, ...before } = settings[part];
      if (present !== version)
        throw new Problem('changed_meanwhile', 409, 'Somebody else has changed this meanwhile.', { now: { ...before, version: present } });
      const after = await write(tx, settings);
      await noteAudit(tx, deps, who, {
        action: `${part}.changed`,
        subject: { kind: 'location', id: scope.locationId },
        locationId: scope.locationId,
        ...differences<Record<string, unknown>>(before, after),
      });
    });
  } catch (error) {
    if (isSqlError(error) && error.constraint === 'locations_slug')
      throw new Problem('already_there', 409, 'Another location has this address.', { field: 'slug' });
    throw error;
  }
}

function same(one: object, other: object): boolean {
  const sorted = (value: object) => JSON.stringify(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(one) === sorted(other);
}
