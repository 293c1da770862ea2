import { hash } from 'node:crypto';
import type { LocationSettings } from '@holdfast/contract/location-settings';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { Problem } from '../kit/problem.ts';

/** The parts that are changed each by itself, with what they were when read. */
export type SettingsParts = Pick<LocationSettings, 'business' | 'company' | 'companyFilled' | 'booking'>;

interface Row {
  readonly business: Omit<LocationSettings['business'], 'version'>;
  readonly company: Omit<LocationSettings['company'], 'version'> | null;
  readonly booking: Omit<LocationSettings['booking'], 'version'>;
}

const noCompany = { legalName: '', registrationNumber: '', taxNumber: '', legalAddress: '', bankDetails: '' };

/**
 * What a location is set to. Each part carries a version of its own (a hash of it), so that whoever changes the cancellation rules does not disturb
 * whoever corrects the address. `lock`: for a change, in its transaction. Refuses with `not_found`.
 */
export async function readLocationSettings(q: Queryable, { chainId, locationId }: Scope, lock: 'lock' | 'look' = 'look'): Promise<SettingsParts> {
  const { rows } = await sql<Row>`
    select jsonb_build_object('name', l.name, 'slug', l.slug, 'country', l.country, 'currency', l.currency, 'timeZone', l.time_zone, 'address', l.address,
             'phone', l.phone, 'defaultLanguage', l.default_language, 'languages', l.languages) business,
           jsonb_build_object('stepMinutes', l.step_minutes, 'leadMinutes', l.lead_minutes, 'horizonDays', l.horizon_days, 'anyStaff', l.any_staff,
             'processingExtensionMinutes', l.processing_extension_minutes, 'holdsPerPhone', l.holds_per_phone,
             'waitingOfferMinutes', l.waiting_offer_minutes,
             'holdsPerAddressPerHour', l.holds_per_address_per_hour, 'holdsSharePercent', l.holds_share_percent, 'cancellation', l.cancellation,
             'terms', l.terms, 'termsVersion', l.terms_version) booking,
           (select jsonb_build_object('legalName', c.legal_name, 'registrationNumber', c.registration_number, 'taxNumber', c.tax_number,
             'legalAddress', c.legal_address, 'bankDetails', c.bank_details)
              from company_details c where c.chain_id = l.chain_id and c.location_id = l.location_id) company
      from locations l where l.chain_id = ${chainId} and l.location_id = ${locationId} ${lock === 'lock' ? sql`for update` : sql``}`.execute(q);
  const [row] = rows;
  if (!row) throw new Problem('not_found', 404, 'There is no such location.');
  return {
    business: { version: versionOf(row.business), ...row.business },
    company: { version: versionOf(row.company ?? noCompany), ...(row.company ?? noCompany) },
    companyFilled: row.company !== null,
    booking: { version: versionOf(row.booking), ...row.booking },
  };
}

/** The database gives objects their keys in one order, so the same settings have the same text. */
function versionOf(part: object): string {
  return hash('sha256', JSON.stringify(part), 'base64url').slice(0, 22);
}
