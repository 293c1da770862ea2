// Where a moment stands on the board. Everything is counted in axis minutes: wall-clock minutes from midnight, with the hour that comes twice in
// autumn standing there twice. So columns of different days stand side by side, and a block is as long as the wall clock says.

type Span = readonly [from: number, to: number];

/** A piece of a day's column in which clock and axis run alike. */
interface Piece {
  readonly fromMs: number;
  readonly toMs: number;
  readonly at: number;
}

export interface AxisDay {
  readonly day: string;
  readonly startsAtMs: number;
  readonly endsAtMs: number;
  readonly pieces: readonly Piece[];
  /** Stretches of the axis that this day does not have: its own or its neighbours' clocks are changed. */
  readonly missing: readonly Span[];
}

/** The axis that all days of a board share. `twice`: wall minutes that one of the days has two times; `never`: minutes that none of them has. */
export interface DayAxis {
  readonly days: readonly AxisDay[];
  readonly twice: Span | null;
  readonly never: Span | null;
  /** In axis minutes. */
  readonly length: number;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

export function makeAxis(timeZone: string, days: readonly { day: string; startsAt: string; endsAt: string }[]): DayAxis {
  const known = days.map(({ day, startsAt, endsAt }) => ({ day, stretches: stretchesOf(timeZone, Date.parse(startsAt), Date.parse(endsAt)) }));
  const twice = known.map(({ stretches }) => repeated(stretches)).find((span) => span !== null) ?? null;
  const [first, ...others] = known.map(({ stretches }) => skipped(stretches));
  const never = first && others.every((span) => span?.[0] === first[0] && span[1] === first[1]) ? first : null;
  const axis = { twice, never, length: DAY_MINUTES + lengthOf(twice) - lengthOf(never) };
  return { ...axis, days: known.map(({ day, stretches }) => axisDay(axis, day, stretches)) };
}

/** Where a moment stands in its day's column; moments outside of the day stand at its edge. */
export function axisMinuteOf({ length }: Pick<DayAxis, 'length'>, { startsAtMs, endsAtMs, pieces }: AxisDay, atMs: number): number {
  if (atMs >= endsAtMs) return length;
  const at = Math.max(atMs, startsAtMs);
  const piece = pieces.findLast(({ fromMs }) => fromMs <= at) as Piece;
  return piece.at + (at - piece.fromMs) / MINUTE_MS;
}

/** The moment at a place of a day's column. At a place that this day does not have, it is the moment after the jump. */
export function instantAt({ pieces, startsAtMs, endsAtMs }: AxisDay, axisMinute: number): number {
  const index = pieces.findLastIndex(({ at }) => at <= axisMinute);
  const piece = pieces[index];
  if (!piece) return startsAtMs;
  const atMs = piece.fromMs + Math.round((axisMinute - piece.at) * MINUTE_MS);
  return atMs < piece.toMs ? atMs : (pieces[index + 1]?.fromMs ?? endsAtMs);
}

/** Where a wall-clock minute stands; of one that comes twice, the first. */
export function wallToAxis({ twice, never }: Pick<DayAxis, 'twice' | 'never'>, wall: number, second = false): number {
  const later = twice && (second || wall >= twice[1]) ? lengthOf(twice) : 0;
  const sooner = never ? Math.min(Math.max(0, wall - never[0]), lengthOf(never)) : 0;
  return wall + later - sooner;
}

/** The moment at the nearest step of the board. */
export function snap(
  axis: Pick<DayAxis, 'length'>,
  day: AxisDay,
  axisMinute: number,
  stepMinutes: number,
  how: 'nearest' | 'down' = 'nearest',
): number {
  const steps = axisMinute / stepMinutes;
  const wanted = (how === 'down' ? Math.floor(steps + 1e-9) : Math.round(steps)) * stepMinutes;
  return instantAt(day, Math.min(Math.max(wanted, 0), axis.length));
}

export interface Tick {
  /** In axis minutes. */
  readonly at: number;
  /** Wall-clock minutes from midnight. */
  readonly wall: number;
  /** The hour comes for the second time. */
  readonly second: boolean;
}

/** The full hours of the axis, from top to bottom. */
export function ticksOf(axis: Pick<DayAxis, 'twice' | 'never'>): readonly Tick[] {
  const found: Tick[] = [];
  for (let wall = 0; wall < DAY_MINUTES; wall += 60) {
    if (axis.never && wall >= axis.never[0] && wall < axis.never[1]) continue;
    found.push({ at: wallToAxis(axis, wall), wall, second: false });
    if (axis.twice && wall >= axis.twice[0] && wall < axis.twice[1]) found.push({ at: wallToAxis(axis, wall, true), wall, second: true });
  }
  return found.sort((a, b) => a.at - b.at);
}

/** A time without a change of the clocks: what the clock shows when it begins, and when it ends. */
interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  readonly wall: number;
  readonly wallEnd: number;
}

function axisDay(axis: Omit<DayAxis, 'days'>, day: string, stretches: readonly Stretch[]): AxisDay {
  const { twice } = axis;
  const own = repeated(stretches);
  const pieces = stretches.flatMap(({ fromMs, toMs, wall, wallEnd }, index): Piece[] => {
    const at = wallToAxis(axis, wall, own !== null && index > 0);
    // beside a day with a doubled hour, the others have a hole where that hour stands for the second time
    if (!twice || own || wall >= twice[1] || wallEnd <= twice[1]) return [{ fromMs, toMs, at }];
    const cut = fromMs + (twice[1] - wall) * MINUTE_MS;
    return [
      { fromMs, toMs: cut, at },
      { fromMs: cut, toMs, at: wallToAxis(axis, twice[1]) },
    ];
  });
  const missing: Span[] = twice && !own ? [[twice[1], wallToAxis(axis, twice[1])]] : [];
  const jumped = skipped(stretches);
  if (jumped && !axis.never) missing.push([wallToAxis(axis, jumped[0]), wallToAxis(axis, jumped[1])]);
  return { day, startsAtMs: stretches[0]?.fromMs ?? 0, endsAtMs: stretches.at(-1)?.toMs ?? 0, pieces, missing };
}

function stretchesOf(timeZone: string, startsAtMs: number, endsAtMs: number): readonly Stretch[] {
  const stretch = (fromMs: number, toMs: number): Stretch => {
    const wall = wallMinuteOf(timeZone, fromMs);
    return { fromMs, toMs, wall, wallEnd: wall + (toMs - fromMs) / MINUTE_MS };
  };
  const whole = stretch(startsAtMs, endsAtMs);
  if (whole.wall === 0 && whole.wallEnd === DAY_MINUTES) return [whole];
  const straight = (atMs: number) => whole.wall + (atMs - startsAtMs) / MINUTE_MS === wallMinuteOf(timeZone, atMs);
  let [before, after] = [startsAtMs, endsAtMs - MINUTE_MS];
  if (straight(after)) return [whole];
  // the clock runs straight until it is changed: halve until the minute of the change is found
  while (after - before > MINUTE_MS) {
    const middle = before + Math.floor((after - before) / MINUTE_MS / 2) * MINUTE_MS;
    if (straight(middle)) before = middle;
    else after = middle;
  }
  return [stretch(startsAtMs, after), stretch(after, endsAtMs)];
}

/** Wall-clock minutes that this day has two times. */
function repeated([one, two]: readonly Stretch[]): Span | null {
  return one && two && two.wall < one.wallEnd ? [two.wall, one.wallEnd] : null;
}

/** Wall-clock minutes that this day does not have. */
function skipped([one, two]: readonly Stretch[]): Span | null {
  if (one && two && two.wall > one.wallEnd) return [one.wallEnd, two.wall];
  return one && one.wall > 0 ? [0, one.wall] : null;
}

function lengthOf(span: Span | null): number {
  return span ? span[1] - span[0] : 0;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the clock there shows, in minutes from midnight. */
export function wallMinuteOf(timeZone: string, atMs: number): number {
  const clock = clocks.get(timeZone) ?? new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', hour: 'numeric', minute: 'numeric' });
  clocks.set(timeZone, clock);
  const part = Object.fromEntries(clock.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  return (part['hour'] ?? 0) * 60 + (part['minute'] ?? 0);
}
