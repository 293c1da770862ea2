const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Athens', dateStyle: 'short', timeStyle: 'medium' });
const hourMs = 60 * 60_000;

/**
 * A moment as Viva writes it. Where no zone stands with it, it is the time in Greece: in Viva's own samples `InsDate` is two hours ahead of `Created`, which ends
 * in Z, and three in summer. In the hour that comes twice in autumn it is the first.
 *
 * @throws RangeError when it is no moment
 */
export function vivaMoment(text: string): Date {
  const zoned = /T.*(Z|[+-]\d\d:?\d\d)$/i.test(text);
  const moment = new Date(zoned ? text : `${text}Z`);
  if (Number.isNaN(moment.getTime())) throw new RangeError(`${text} is no moment`);
  if (zoned) return moment;
  const local = text.slice(0, 19).replace('T', ' ');
  const [first, second] = [3, 2].map((hours) => new Date(moment.getTime() - hours * hourMs)) as [Date, Date];
  return clock.format(first) === local ? first : second;
}
