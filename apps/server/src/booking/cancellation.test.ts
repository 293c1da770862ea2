import { type CancellationPolicy, cancelOnlineUntil, policyFault, sharesFrom, strictestOf } from '@holdfast/contract/cancellation-rules';
import { plainLinkSettings } from '@holdfast/contract/link-settings';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { agreedPolicy, policyFor } from './cancellation-terms.ts';
import { momentThatCounts, shareOfEach } from './quote-cancellation.ts';

const HOUR = 3_600_000;
const at = (iso: string) => Date.parse(iso);
const policy = (steps: CancellationPolicy['steps'], afterPercent = 0, more: Partial<CancellationPolicy> = {}): CancellationPolicy => ({
  steps,
  afterPercent,
  noShowPercent: 0,
  cancelOnline: { unprepaid: 0, prepaid: 0 },
  ...more,
});
const three = policy([
  { hours: 48, percent: 100 },
  { hours: 24, percent: 50 },
]);

describe('what comes back', () => {
  const visit = at('2026-03-05T12:00:00Z');
  test.each([
    ['long before', visit - 1000 * HOUR, [100, 50, 0]],
    ['exactly at the limit', visit - 48 * HOUR, [100, 50, 0]],
    ['one second after it', visit - 48 * HOUR + 1000, [50, 0]],
    ['exactly at the next one', visit - 24 * HOUR, [50, 0]],
    ['one second after that', visit - 24 * HOUR + 1000, [0]],
    ['after it began', visit + HOUR, [0]],
  ])('%s', (_when, now, percents) => {
    expect(sharesFrom(three, visit, now).map(({ percent }) => percent)).toEqual(percents);
  });

  test('hours are real hours, also in the night the clocks change: 24 of them before noon are 11:00 the day before', () => {
    // Europe/Lisbon goes to summer time in the night to 29 March 2026: noon there is 11:00Z, the noon before it 12:00Z
    const noon = at('2026-03-29T11:00:00Z');
    const [first] = sharesFrom(policy([{ hours: 24, percent: 100 }]), noon, noon - 30 * HOUR);
    expect(new Date(first.untilMs ?? 0).toISOString()).toBe('2026-03-28T11:00:00.000Z');
  });

  test('always and never have no steps, and a step that changes nothing is not told', () => {
    expect(sharesFrom(policy([], 100), visit, visit - HOUR)).toEqual([{ percent: 100, untilMs: undefined }]);
    expect(sharesFrom(policy([{ hours: 24, percent: 30 }], 30), visit, visit - 50 * HOUR)).toEqual([{ percent: 30, untilMs: undefined }]);
  });

  test('of several services the strictest counts at every moment, and is named', () => {
    const both = strictestOf([{ policy: three }, { name: 'Colour', policy: policy([{ hours: 72, percent: 80 }], 20) }]);
    const shares = sharesFrom(both, visit, visit - 100 * HOUR).map(({ percent, of }) => [percent, of]);
    expect(shares).toEqual([
      [80, 'Colour'],
      [20, 'Colour'],
      [0, undefined],
    ]);
    fc.assert(
      fc.property(fc.array(anyPolicy, { minLength: 1, maxLength: 4 }), fc.integer({ min: -10, max: 200 }), (policies, hours) => {
        const now = visit - hours * HOUR;
        const one = sharesFrom(strictestOf(policies.map((own, index) => ({ name: `${index}`, policy: own }))), visit, now)[0].percent;
        expect(one).toBe(Math.min(...policies.map((own) => sharesFrom(own, visit, now)[0].percent)));
      }),
    );
  });

  test('nobody gets more by waiting', () => {
    fc.assert(
      fc.property(anyPolicy, (own) => {
        expect(policyFault(own)).toBeUndefined();
        const percents = sharesFrom(own, visit, visit - 9000 * HOUR).map(({ percent }) => percent);
        expect(percents).toEqual([...percents].sort((a, b) => b - a));
      }),
    );
  });

  test('what was agreed before there were policies still holds', () => {
    const old = agreedPolicy({ cancelFreeHours: 24, cancelLatePercent: 50 });
    expect(sharesFrom(old, visit, visit - 30 * HOUR).map(({ percent }) => percent)).toEqual([100, 50]);
  });
});

const anyPolicy = fc
  .record({
    hours: fc.uniqueArray(fc.integer({ min: 0, max: 168 }), { maxLength: 5 }),
    percents: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 6, maxLength: 6 }),
  })
  .map(({ hours, percents }) => {
    const down = [...percents].sort((a, b) => b - a);
    return policy(
      [...hours].sort((a, b) => b - a).map((one, index) => ({ hours: one, percent: down[index] ?? 0 })),
      down.at(-1) ?? 0,
    );
  });

test('a policy that gives more back for less notice, or whose steps are out of order, is wrong', () => {
  expect(policyFault(policy([{ hours: 24, percent: 50 }], 60))).toBe('gives_more_later');
  expect(
    policyFault(
      policy([
        { hours: 24, percent: 100 },
        { hours: 24, percent: 50 },
      ]),
    ),
  ).toBe('not_in_order');
});

test('clients cancel by themselves until the earliest of the limits, and not at all where one says so', () => {
  const visit = at('2026-03-05T12:00:00Z');
  const some = policy([], 0, { cancelOnline: { unprepaid: 2, prepaid: 12 } });
  expect([cancelOnlineUntil(some, false, visit), cancelOnlineUntil(some, true, visit)]).toEqual([visit - 2 * HOUR, visit - 12 * HOUR]);
  const none = policy([], 0, { cancelOnline: { unprepaid: 0, prepaid: null } });
  expect(cancelOnlineUntil(strictestOf([{ policy: some }, { name: 'x', policy: none }]), true, visit)).toBeUndefined();
});

test('services with policies of their own do not ask the location, others do', () => {
  const location = { cancellation: three } as never;
  const own = policy([], 100);
  const services = new Map([
    ['own', { name: 'Own', cancellation: own }],
    ['plain', { name: 'Plain', cancellation: null }],
  ]) as never;
  const back = (ids: string[]) =>
    sharesFrom(policyFor({ location, services }, ids, { settings: plainLinkSettings }), 100 * HOUR, 90 * HOUR)[0].percent;
  expect([back(['own']), back(['plain']), back(['own', 'plain'])]).toEqual([100, 0, 0]);
});

test('shares of several payments add up to the share of all of them, and none is more than it was', () => {
  expect(shareOfEach([333n, 333n, 334n], 50)).toEqual([167n, 166n, 167n]);
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { maxLength: 6 }), fc.integer({ min: 0, max: 100 }), (left, percent) => {
      const parts = shareOfEach(left, percent);
      const sum = (all: readonly bigint[]) => all.reduce((total, one) => total + one, 0n);
      expect(sum(parts)).toBe((sum(left) * BigInt(percent)) / 100n);
      expect(parts.every((part, index) => part >= 0n && part <= (left[index] ?? 0n))).toBe(true);
    }),
  );
});

test('what was shown holds for five minutes, and what comes from tomorrow does not', () => {
  const now = new Date('2026-03-05T12:00:00Z');
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  expect(momentThatCounts(ago(300), now)).toEqual(ago(300));
  expect(momentThatCounts(ago(301), now)).toEqual(now);
  expect(momentThatCounts(ago(-1), now)).toEqual(now);
  expect(momentThatCounts(undefined, now)).toEqual(now);
});
