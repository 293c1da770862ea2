import { Trouble } from '../api.ts';
import { confirmed } from '../frame/confirm.tsx';
import type { Words } from '../words.tsx';

/** A time at which the membership that pays for a visit is over or frozen: possible, if it is to pay for it all the same. Undefined: no, after all. */
export async function insistOnCover<T>(
  send: (more: { beyondMembership?: true }) => Promise<T>,
  words: Words,
  timeZone: string,
): Promise<T | undefined> {
  try {
    return await send({});
  } catch (error) {
    if (!(error instanceof Trouble) || error.code !== 'membership_not_usable' || typeof error.detail['membershipName'] !== 'string') throw error;
    return (await confirmed(questionAbout(error, words, timeZone))) ? send({ beyondMembership: true }) : undefined;
  }
}

function questionAbout({ detail }: Trouble, { say, shortDay }: Words, timeZone: string) {
  const { membershipName, reason, endsAt } = detail;
  const membership = String(membershipName);
  // it ends with a day: the instant is the next one's beginning
  const last = typeof endsAt === 'string' ? new Intl.DateTimeFormat('en-CA', { timeZone }).format(Date.parse(endsAt) - 1) : '';
  const more =
    reason === 'frozen' || last === ''
      ? say('appointment.beyond_membership.frozen', { membership })
      : say('appointment.beyond_membership.ends_before', { membership, day: shortDay(last) });
  return { title: say('appointment.beyond_membership'), more, yes: say('appointment.outside_hours.yes') };
}
