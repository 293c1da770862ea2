import type { MembershipUse } from '@holdfast/contract/membership-use';
import { Problem } from '../kit/problem.ts';

interface Covering {
  readonly id: string;
  readonly eventId?: string;
  readonly places?: number;
  readonly services: readonly { readonly serviceId: string; readonly membership: MembershipUse; readonly pay: string }[];
}

/**
 * What `reserve_membership_visits` is asked for: one visit per covered service, or per place; undefined: nothing is covered. Which membership it is, and
 * whether there is one, only the database knows. Refuses with `membership_needed` (members only, and nobody said that a membership covers it),
 * `membership_not_usable` (it is paid for only), `phone_not_confirmed` (memberships belong to whoever has the phone).
 */
export function coveredServices(
  { phoneConfirmed }: { readonly phoneConfirmed: boolean },
  appointments: readonly Covering[],
): readonly { readonly appointmentId: string; readonly serviceId: string; readonly places: number }[] | undefined {
  const covered = appointments.flatMap(({ id, eventId, places = 1, services }, line) =>
    services.flatMap(({ serviceId, membership, pay }) => {
      if (pay !== 'membership') {
        if (membership === 'members') throw new Problem('membership_needed', 409, 'This is for members only.', { line, serviceId });
        return [];
      }
      if (membership === 'payment')
        throw new Problem('membership_not_usable', 409, 'Memberships are not taken for this.', { reason: 'not_covered', serviceId });
      return [{ appointmentId: id, serviceId, places: eventId === undefined ? 1 : places }];
    }),
  );
  if (covered.length === 0) return undefined;
  if (!phoneConfirmed) throw new Problem('phone_not_confirmed', 409, 'The phone has to be confirmed first.', {});
  return covered;
}
