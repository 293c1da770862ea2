/** Local wall-clock minutes from midnight, half open: `[540, 720]` is 09:00 until 12:00. */
export type MinuteSpan = readonly [from: number, to: number];

/** One day's hours of one team member. Lists are sorted and do not touch. */
export interface WorkDay {
  readonly works: readonly MinuteSpan[];
  readonly breaks: readonly MinuteSpan[];
  /** `works` without `breaks`. */
  readonly atWork: readonly MinuteSpan[];
}

/** When the team works: the weekly pattern, and the dates that differ from it. */
export interface Hours {
  /** Team member → ISO weekday (1 = Monday) → hours. No entry: a day off. */
  readonly week: ReadonlyMap<string, ReadonlyMap<number, WorkDay>>;
  /** Team member → `YYYY-MM-DD` → hours instead of the week's. Empty `works`: a day off. */
  readonly days: ReadonlyMap<string, ReadonlyMap<string, WorkDay>>;
}

export function workDay(works: readonly MinuteSpan[], breaks: readonly MinuteSpan[]): WorkDay {
  return { works, breaks, atWork: without(works, breaks) };
}

export const dayOff: WorkDay = workDay([], []);

/** A date's own hours win over the week's. `weekday` is ISO: 1 = Monday. */
export function hoursOn(hours: Hours, staffId: string, day: string, weekday: number): WorkDay {
  return hours.days.get(staffId)?.get(day) ?? hours.week.get(staffId)?.get(weekday) ?? dayOff;
}

function without(spans: readonly MinuteSpan[], holes: readonly MinuteSpan[]): readonly MinuteSpan[] {
  let left = spans;
  for (const [from, to] of holes) {
    left = left.flatMap(([start, end]): MinuteSpan[] => {
      if (to <= start || from >= end) return [[start, end]];
      const parts: MinuteSpan[] = [];
      if (start < from) parts.push([start, from]);
      if (to < end) parts.push([to, end]);
      return parts;
    });
  }
  return left;
}
