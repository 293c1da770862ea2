import type { Quote } from '@holdfast/contract/booking';
import type { FreeTimes } from '@holdfast/contract/free-times';
import type { LocationPage } from '@holdfast/contract/location-page';
import type { SimulatedWay } from '@holdfast/contract/simulation';
import { invariant, Problem } from '../kit/problem.ts';
import { askHouse } from './ask-house.ts';
import type { House } from './open-house.ts';

/** What a story's clients want. */
export interface Visit {
  readonly way: SimulatedWay;
  readonly service: { readonly id: string; readonly name: string };
  readonly staff: { readonly id: string; readonly name: string };
  readonly startsAt: string;
  readonly timeZone: string;
  readonly language: 'en' | 'uk' | 'pt';
  readonly termsVersion: number;
  readonly quote: Quote;
}

const DAY_MS = 24 * 3_600_000;

/** Which marks a visit of each way has. */
const marks: Readonly<Record<SimulatedWay, readonly string[]>> = {
  required: ['required'],
  available: ['available'],
  link: ['available', 'not_available'],
};

/**
 * A visit that is paid this way, chosen as a client would: the first free time that is two days off, so that no story reaches the visit itself. Refuses
 * with `time_not_offered` where there is none.
 */
export async function chooseVisit(house: House, way: SimulatedWay, serviceId: string | undefined): Promise<Visit> {
  const page = await get<LocationPage>(house, house.place);
  const soonest = new Date(house.clock.now().getTime() + 2 * DAY_MS).toISOString();
  for (const staff of page.staff) {
    for (const offer of staff.services) {
      if ((serviceId !== undefined && offer.serviceId !== serviceId) || !marks[way].includes(offer.policy.status)) continue;
      if (way === 'link' && offer.priceMinMinor === 0) continue;
      const startsAt = await freeTime(house, page, { serviceId: offer.serviceId, staffId: staff.id, soonest });
      if (!startsAt) continue;
      const appointments = [{ serviceIds: [offer.serviceId], staffId: staff.id, startsAt }];
      const { status, body } = await askHouse<Quote>(house, 'POST', `${house.place}/quotes`, { appointments });
      invariant(status === 200, 'what is offered can be quoted');
      return {
        way,
        service: { id: offer.serviceId, name: page.services.find(({ id }) => id === offer.serviceId)?.name ?? '' },
        staff: { id: staff.id, name: staff.name },
        startsAt,
        timeZone: page.location.timeZone,
        language: languageOf(page.location.defaultLanguage),
        termsVersion: page.location.terms.version,
        quote: body,
      };
    }
  }
  throw new Problem('time_not_offered', 409, 'No service that can be paid this way has a free time.');
}

async function freeTime(
  house: House,
  page: LocationPage,
  { serviceId, staffId, soonest }: { serviceId: string; staffId: string; soonest: string },
): Promise<string | undefined> {
  const query = new URLSearchParams({ services: serviceId, staff: staffId, from: page.location.firstDay, days: '62' });
  const { days } = await get<FreeTimes>(house, `${house.place}/free-times?${query}`);
  const times = days.flatMap((day) => day.times).map(({ at }) => new Date(at).toISOString());
  return times.find((at) => at >= soonest) ?? times.at(-1);
}

async function get<T>(house: House, path: string): Promise<T> {
  const { status, body } = await askHouse<T>(house, 'GET', path);
  invariant(status === 200, `${path} is answered`);
  return body;
}

function languageOf(language: string): Visit['language'] {
  return language === 'uk' || language === 'pt' ? language : 'en';
}
