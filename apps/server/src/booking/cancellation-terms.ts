import { type CancellationPolicy, strictestOf } from '@holdfast/contract/cancellation-rules';
import type { BookingLink, Catalog } from '../catalog/catalog.ts';
import { policyOfLink } from './settings-of-link.ts';

/** The cancellation terms an appointment was booked under. Those agreed before there were policies have two numbers instead. */
export interface CancellationTerms {
  readonly cancellation?: CancellationPolicy;
  readonly cancelFreeHours?: number;
  readonly cancelLatePercent?: number;
}

/** What was agreed, whenever that was. */
export function agreedPolicy({ cancellation, cancelFreeHours = 0, cancelLatePercent = 0 }: CancellationTerms): CancellationPolicy {
  return (
    cancellation ?? {
      steps: [{ hours: cancelFreeHours, percent: 100 }],
      afterPercent: cancelLatePercent,
      noShowPercent: 0,
      cancelOnline: { unprepaid: 0, prepaid: 0 },
    }
  );
}

/**
 * What is agreed to by booking these services together, coming by this link: the strictest of theirs, of which those without one of their own have the
 * location's.
 */
export function policyFor(
  { location, services }: Pick<Catalog, 'location' | 'services'>,
  serviceIds: readonly string[],
  link: Pick<BookingLink, 'settings'>,
): CancellationPolicy {
  const own = serviceIds.flatMap((id) => {
    const service = services.get(id);
    return service?.cancellation ? [{ name: service.name, policy: service.cancellation }] : [];
  });
  const plain = own.length < serviceIds.length ? [{ policy: policyOfLink(location.cancellation, link) }] : [];
  return { ...strictestOf([...plain, ...own]), moveOnline: link.settings.moving };
}
