import type { OwnTerms, ServiceCard, ServiceChange, StaffCard, StaffChange, StaffFields } from '@holdfast/contract/catalog';
import type { Draft } from '../frame/use-draft.ts';
import type { TextKey } from '../words.tsx';

/** One key for each pair, so that two people who change different pairs of one card can both keep theirs. Left out: does not do it. */
type Pairs = { readonly [pair: `with ${string}`]: OwnTerms | undefined };

type Typed<Fields> = { readonly [K in keyof Fields]: K extends 'priceMinMinor' | 'priceMaxMinor' ? number | null : Fields[K] };
/** A service's card while it is being filled in: a price may be missing. */
export type ServiceDraft = Typed<ServiceCard['fields']> & { readonly version: number } & Pairs;
/** A team member's card while it is being filled in. */
export type StaffDraft = StaffFields & { readonly version: number } & Pairs;

export const pairOf = (id: string): `with ${string}` => `with ${id}`;

export function serviceDraft({ version, fields, team }: ServiceCard): ServiceDraft {
  return { version, ...fields, ...pairs(team.map(({ staffId, own }) => [staffId, own])) };
}

export function staffDraft({ version, fields, services }: StaffCard): StaffDraft {
  return { version, ...fields, ...pairs(services.map(({ serviceId, own }) => [serviceId, own])) };
}

function pairs(all: readonly (readonly [string, OwnTerms | null])[]): Pairs {
  return Object.fromEntries(all.flatMap(([id, own]) => (own ? [[pairOf(id), own]] : [])));
}

/** What is sent; undefined: something is missing (see `serviceTrouble`). */
export function serviceChange({ team }: ServiceCard, { base, value }: Draft<ServiceDraft>): ServiceChange | undefined {
  const { categoryId, name, description, priceMinMinor, priceMaxMinor, durationMinutes, bufferBeforeMinutes, bufferAfterMinutes } = value;
  const { onlineBooking, onlinePayment, cancellation, tax, kind, places } = value;
  if (priceMinMinor === null) return undefined;
  return {
    version: base.version,
    fields: {
      categoryId,
      name: name.trim(),
      description: description.trim(),
      priceMinMinor,
      // a place at an event is paid in full in advance, so it has one price
      priceMaxMinor: kind === 'event' ? priceMinMinor : (priceMaxMinor ?? priceMinMinor),
      durationMinutes,
      bufferBeforeMinutes,
      bufferAfterMinutes,
      onlineBooking,
      onlinePayment,
      cancellation,
      tax,
      kind,
      places: kind === 'event' ? places : null,
    },
    team: changedPairs(
      team.map(({ staffId }) => staffId),
      base,
      value,
    ).map(({ id, ...pair }) => ({ staffId: id, ...pair })),
  };
}

export function staffChange({ services }: StaffCard, { base, value }: Draft<StaffDraft>): StaffChange {
  const { name, about, color, positionId, onlineBooking, onlinePayment } = value;
  return {
    version: base.version,
    fields: { name: name.trim(), about: about.trim(), color, positionId, onlineBooking, onlinePayment },
    does: changedPairs(
      services.map(({ serviceId }) => serviceId),
      base,
      value,
    ).map(({ id, ...pair }) => ({ serviceId: id, ...pair })),
  };
}

function changedPairs(ids: readonly string[], base: Pairs, value: Pairs) {
  return ids.flatMap((id) => {
    const was = base[pairOf(id)] ?? null;
    const becomes = complete(value[pairOf(id)]) ?? null;
    return JSON.stringify(was) === JSON.stringify(becomes) ? [] : [{ id, was, becomes }];
  });
}

/** One price is enough: the highest is the lowest then. */
function complete(own: OwnTerms | undefined): OwnTerms | undefined {
  return own && { ...own, priceMaxMinor: own.priceMaxMinor ?? own.priceMinMinor };
}

/** What is wrong with the prices of a pair. */
export function ownTermsTrouble({ priceMinMinor, priceMaxMinor }: OwnTerms): TextKey | undefined {
  if (priceMaxMinor === null) return undefined;
  if (priceMinMinor === null) return 'catalog.trouble.price_from_missing';
  return priceMaxMinor < priceMinMinor ? 'catalog.trouble.price_order' : undefined;
}

export type Troubles = Readonly<Partial<Record<'name' | 'priceMinMinor' | 'priceMaxMinor' | 'durationMinutes' | 'pairs' | 'description', TextKey>>>;

/** What is wrong with a service's card, by field: said beside the field, and the reason why it cannot be saved. */
export function serviceTroubles(value: ServiceDraft): Troubles {
  const { priceMinMinor, priceMaxMinor, durationMinutes, description } = value;
  return {
    ...nameTrouble(value),
    ...(description.trim().length > 4000 ? { description: 'catalog.trouble.too_long' as const } : {}),
    ...(priceMinMinor === null ? { priceMinMinor: 'frame.required' as const } : {}),
    ...(priceMinMinor !== null && priceMaxMinor !== null && priceMaxMinor < priceMinMinor
      ? { priceMaxMinor: 'catalog.trouble.price_order' as const }
      : {}),
    ...(durationMinutes < 5 || durationMinutes > 1440 ? { durationMinutes: 'catalog.trouble.duration' as const } : {}),
    ...pairTrouble(value),
  };
}

export function staffTroubles(value: StaffDraft): Troubles {
  return {
    ...nameTrouble(value),
    ...(value.about.trim().length > 2000 ? { description: 'catalog.trouble.too_long' as const } : {}),
    ...pairTrouble(value),
  };
}

function nameTrouble({ name }: { name: string }): Troubles {
  if (name.trim() === '') return { name: 'frame.required' };
  return name.trim().length > 120 ? { name: 'catalog.trouble.too_long' } : {};
}

function pairTrouble(value: Pairs): Troubles {
  const wrong = Object.entries(value).some(
    ([key, own]) =>
      key.startsWith('with ') &&
      own &&
      (ownTermsTrouble(own) !== undefined || (own.durationMinutes !== null && (own.durationMinutes < 5 || own.durationMinutes > 1440))),
  );
  return wrong ? { pairs: 'catalog.trouble.pairs' } : {};
}
