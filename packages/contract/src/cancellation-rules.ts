/** Until so many hours before a visit, so much of what was paid comes back. No zod here: the booking page and the admin app reckon with it too. */
export interface CancellationStep {
  readonly hours: number;
  readonly percent: number;
  /** The service whose own policy made it so strict; left out: the location's. */
  readonly of?: string | undefined;
}

/** What cancelling means. Shares are of what was paid; who has paid nothing loses nothing. */
export interface CancellationPolicy {
  /** Earliest first: fewer hours never give more back. */
  readonly steps: readonly CancellationStep[];
  /** After the last of them. */
  readonly afterPercent: number;
  readonly noShowPercent: number;
  /** Until so many hours before the visit clients cancel by themselves; null: never, they have to call. */
  readonly cancelOnline: { readonly unprepaid: number | null; readonly prepaid: number | null };
  /** The same for moving; left out where it was agreed before there were such rules: never. */
  readonly moveOnline?: { readonly unprepaid: number | null; readonly prepaid: number | null } | undefined;
}

export interface Share {
  readonly percent: number;
  /** Until then, epoch milliseconds, that moment included; undefined: from now on. */
  readonly untilMs: number | undefined;
  readonly of?: string | undefined;
}

const HOUR_MS = 3_600_000;

/** What comes back at `atMs` and at each later moment when it becomes less. Hours before a visit are real hours, also in the night the clocks change. */
export function sharesFrom(policy: CancellationPolicy, startsAtMs: number, atMs: number): readonly [Share, ...Share[]] {
  const ahead = policy.steps
    .map((step): Share & { untilMs: number } => ({ percent: step.percent, untilMs: startsAtMs - step.hours * HOUR_MS, of: step.of }))
    .filter(({ untilMs }) => untilMs >= atMs);
  const all: readonly Share[] = [...ahead, { percent: policy.afterPercent, untilMs: undefined }];
  // a step that changes nothing is none
  const told = all.filter((share, index) => share.percent !== all[index + 1]?.percent);
  return told as unknown as [Share, ...Share[]];
}

/** Until when a client may cancel without calling, epoch milliseconds; undefined: not at all. Never after the visit has begun. */
export function cancelOnlineUntil(policy: CancellationPolicy, prepaid: boolean, startsAtMs: number): number | undefined {
  const hours = prepaid ? policy.cancelOnline.prepaid : policy.cancelOnline.unprepaid;
  return hours === null ? undefined : startsAtMs - hours * HOUR_MS;
}

/** Until when a client may move it without calling, epoch milliseconds; undefined: not at all. */
export function moveOnlineUntil({ moveOnline }: CancellationPolicy, prepaid: boolean, startsAtMs: number): number | undefined {
  const hours = (prepaid ? moveOnline?.prepaid : moveOnline?.unprepaid) ?? null;
  return hours === null ? undefined : startsAtMs - hours * HOUR_MS;
}

/**
 * What holds for several services together: at every moment the least of what any of them gives back, and the earliest end of cancelling online. Each step says
 * which service made it so.
 */
export function strictestOf(policies: readonly { readonly name?: string | undefined; readonly policy: CancellationPolicy }[]): CancellationPolicy {
  const [first] = policies;
  if (!first) throw new Error('bug: something is booked, so something is agreed');
  if (policies.length === 1 && first.name === undefined) return first.policy;
  const hours = [...new Set(policies.flatMap(({ policy }) => policy.steps.map((step) => step.hours)))].sort((a, b) => b - a);
  const least = <T extends { percent: number }>(all: readonly T[]): T => all.reduce((one, other) => (other.percent < one.percent ? other : one));
  const at = (hour: number) =>
    least(
      policies.map(({ name, policy }) => ({ percent: policy.steps.find((step) => step.hours <= hour)?.percent ?? policy.afterPercent, of: name })),
    );
  const steps = hours.map((hour): CancellationStep => {
    const { percent, of } = at(hour);
    return { hours: hour, percent, ...(of === undefined ? {} : { of }) };
  });
  const soonest = (of: (policy: CancellationPolicy) => number | null) => {
    const all = policies.map(({ policy }) => of(policy));
    return all.includes(null) ? null : Math.max(...all.map((one) => one ?? 0));
  };
  return {
    steps: steps.filter((step, index) => {
      const next = steps[index + 1];
      return !next || next.percent !== step.percent || next.of !== step.of;
    }),
    afterPercent: Math.min(...policies.map(({ policy }) => policy.afterPercent)),
    noShowPercent: Math.min(...policies.map(({ policy }) => policy.noShowPercent)),
    cancelOnline: { unprepaid: soonest((policy) => policy.cancelOnline.unprepaid), prepaid: soonest((policy) => policy.cancelOnline.prepaid) },
  };
}

/** The same policy, never giving back more than this: moving a visit does not bring back what was lost by then. */
export function atMost(policy: CancellationPolicy, percent: number): CancellationPolicy {
  const less = (share: number) => Math.min(share, percent);
  return {
    ...policy,
    steps: policy.steps.map((step) => ({ ...step, percent: less(step.percent) })),
    afterPercent: less(policy.afterPercent),
    noShowPercent: less(policy.noShowPercent),
  };
}

/**
 * The policy once the salon has moved a visit by itself, as its client has not agreed to the new time: what they could have had back, and could have done online, at
 * that moment by the old one they have and can until it begins. The same policy where nothing is lost by it.
 */
export function movedBySalon(policy: CancellationPolicy, { from, to, atMs }: { from: number; to: number; atMs: number }): CancellationPolicy {
  const [before] = sharesFrom(policy, from, atMs);
  const [then] = sharesFrom(policy, to, atMs);
  const lost = (hours: number | null) => hours !== null && from - hours * HOUR_MS >= atMs && to - hours * HOUR_MS < atMs;
  const { unprepaid, prepaid } = policy.cancelOnline;
  const cancelOnline = { unprepaid: lost(unprepaid) ? 0 : unprepaid, prepaid: lost(prepaid) ? 0 : prepaid };
  if (then.percent >= before.percent) return { ...policy, cancelOnline };
  const more = (share: number) => Math.max(share, before.percent);
  const steps = policy.steps.filter(({ hours }) => hours > 0).map((step) => ({ ...step, percent: more(step.percent) }));
  return { ...policy, cancelOnline, steps: [...steps, { hours: 0, percent: before.percent }] };
}

/** What is wrong with a policy that somebody typed: steps out of order, or less notice that gives more back. */
export function policyFault({
  steps,
  afterPercent,
}: Pick<CancellationPolicy, 'steps' | 'afterPercent'>): 'not_in_order' | 'gives_more_later' | undefined {
  if (steps.some((step, index) => index > 0 && step.hours >= (steps[index - 1]?.hours ?? Infinity))) return 'not_in_order';
  const shares = [...steps.map(({ percent }) => percent), afterPercent];
  return shares.some((percent, index) => index > 0 && percent > (shares[index - 1] ?? 100)) ? 'gives_more_later' : undefined;
}
