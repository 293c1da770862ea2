const parts = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Athens',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'longOffset',
});

function inAthens(moment: Date) {
  const of = Object.fromEntries(parts.formatToParts(moment).map(({ type, value }) => [type, value]));
  const day = `${of['year']}-${of['month']}-${of['day']}`;
  const fraction = String(moment.getUTCMilliseconds()).padStart(3, '0').replace(/0+$/, '');
  const time = `${of['hour']}:${of['minute']}:${of['second']}${fraction === '' ? '' : `.${fraction}`}`;
  return { day, local: `${day}T${time}`, offset: (of['timeZoneName'] ?? '').replace('GMT', '') || '+00:00' };
}

/**
 * Viva's older answers and its webhooks carry Greek local time and do not say so: in the published samples `InsDate` is two or three hours ahead
 * of `Created`, which ends in Z.
 */
export function greekTime(moment: Date): string {
  return inAthens(moment).local;
}

/** The newer answers say which offset it is. */
export function greekTimeWithOffset(moment: Date): string {
  const { local, offset } = inAthens(moment);
  return `${local}${offset}`;
}

export function greekDay(moment: Date): string {
  return inAthens(moment).day;
}
