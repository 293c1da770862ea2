import type { BookingWish } from '@holdfast/contract/booking';
import type { NewId } from '../kit/new-id.ts';
import { Problem } from '../kit/problem.ts';

interface Asked {
  readonly id: string;
  /** What has to be paid for it now, minor units. */
  readonly due: number;
}

/** How what has to be paid now is divided: what the client's account keeps for each appointment, and what is asked for online. */
export interface Divided {
  readonly part:
    | {
        readonly typeId: string;
        readonly currency: string;
        readonly lookAt: string;
        readonly holds: readonly { readonly id: string; readonly appointmentId: string; readonly amountMinor: number }[];
      }
    | undefined;
  readonly online: readonly Asked[];
}

/** How long a part is kept where nothing is left to be paid online: it is spent right after the claim, and by the next look if that should fail. */
const LOOK_AFTER_MS = 20_000;

/**
 * The account pays for the appointments in their order, each as far as it goes. Whether there is so much on it only the database knows. Refuses with
 * `invalid_request` a part of more than is due, and one that leaves less than can be charged online (`leastOnlineMinor`).
 */
export function divideDue(
  asked: readonly Asked[],
  part: BookingWish['accountPart'],
  { newId, currency, at, payableUntil, leastOnlineMinor }: { newId: NewId; currency: string; at: Date; payableUntil: Date; leastOnlineMinor: bigint },
): Divided {
  if (!part) return { part: undefined, online: asked };
  const dueMinor = asked.reduce((sum, one) => sum + one.due, 0);
  const restMinor = dueMinor - part.amountMinor;
  if (restMinor < 0) throw new Problem('invalid_request', 422, 'This is more than has to be paid now.', { dueMinor });
  if (restMinor > 0 && BigInt(restMinor) < leastOnlineMinor)
    throw new Problem('invalid_request', 422, 'What is left is too little to be charged online.', { leastOnlineMinor: Number(leastOnlineMinor) });
  let left = part.amountMinor;
  const divided = asked.map(({ id, due }) => {
    const amountMinor = Math.min(left, due);
    left -= amountMinor;
    return { id, due: due - amountMinor, amountMinor };
  });
  return {
    part: {
      typeId: part.typeId ?? '',
      currency,
      lookAt: new Date(restMinor === 0 ? at.getTime() + LOOK_AFTER_MS : payableUntil.getTime()).toISOString(),
      holds: divided
        .filter(({ amountMinor }) => amountMinor > 0)
        .map(({ id, amountMinor }) => ({ id: newId('hld'), appointmentId: id, amountMinor })),
    },
    online: divided.filter(({ due }) => due > 0).map(({ id, due }) => ({ id, due })),
  };
}
