import type { Report } from '@holdfast/contract/reports';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../testing/call.ts';
import { membershipDesk } from '../testing/memberships-of.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { auditEverything } from './audit.ts';

let app: TestApp;
let owner: StaffUser;
let desk: ReturnType<typeof membershipDesk>;
beforeAll(async () => {
  app = await testApp({
    salon: {
      services: { srv_yoga: { price: 2000, minutes: 30, status: 'available' } },
      staff: Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`stf_${n}`, { status: 'available' as const }])),
    },
  });
  await sql`update services set membership = 'either' where service_id = 'srv_yoga'`.execute(app.database.read);
  owner = await signInAs(app, 'owner');
  desk = membershipDesk(app, owner);
});
afterAll(() => app.close());

const deed = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('book' as const), inDays: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('cancel' as const, 'cover' as const, 'uncover' as const), which: fc.nat(9) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('step' as const),
      which: fc.nat(9),
      step: fc.constantFrom('arrive', 'undoArrive', 'markNoShow', 'undoNoShow'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('pass' as const), hours: fc.integer({ min: 1, max: 60 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('freeze' as const, 'unfreeze' as const, 'refund' as const), days: fc.integer({ min: 1, max: 5 }) }),
  },
);

test('whatever is sold, booked, cancelled, frozen and given back, in whatever order: visits and books agree', async () => {
  let n = 300;
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        visits: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
        days: fc.integer({ min: 3, max: 12 }),
        priceMinor: fc.integer({ min: 1, max: 1000 }),
        begins: fc.constantFrom('sale' as const, 'first_visit' as const),
        lateHours: fc.option(fc.integer({ min: 0, max: 48 }), { nil: null }),
      }),
      fc.array(deed, { minLength: 4, maxLength: 14 }),
      async ({ visits, days, priceMinor, begins, lateHours }, deeds) => {
        const of = n++;
        const { clientId, id } = await desk.sold(of, {
          visits,
          priceMinor,
          begins,
          lateHours,
          period: { count: days, unit: 'days' },
          freezeDays: 9,
          freezeTimes: 3,
        });
        const booked: { id: string; token: string }[] = [];
        for (const one of deeds) {
          if (one.kind === 'book') {
            const day = new Date(app.clock.now().getTime() + one.inDays * 86_400_000).toISOString().slice(0, 10);
            const made = await desk.book(
              of,
              { serviceIds: ['srv_yoga'], staffId: `stf_${taken++ % 40}`, startsAt: `${day}T1${taken % 8}:00:00.000Z` },
              `n${taken}`,
            );
            if (made.status === 201) booked.push(made);
            else expect(made.status).toBe(409);
          } else if (one.kind === 'pass') {
            await app.pass({ minutes: one.hours * 60 });
          } else if (one.kind === 'cancel' || one.kind === 'cover' || one.kind === 'uncover' || one.kind === 'step') {
            const visit = booked[one.which % Math.max(1, booked.length)];
            if (!visit) continue;
            if (one.kind === 'cancel') await clientOf(app).cancel(visit.token);
            else if (one.kind === 'step')
              await owner.here('POST', `appointments/${visit.id}/steps`, { version: (await desk.checkout(visit.id)).version, step: one.step });
            else await desk.cover(visit.id, one.kind === 'uncover');
          } else {
            const { version } = await desk.see(clientId, id);
            await desk.deed(id, one.kind, {
              version,
              ...(one.kind === 'freeze' ? { days: one.days } : {}),
              ...(one.kind === 'refund' ? { because: 'moves away' } : {}),
            });
          }
          const now = await desk.see(clientId, id);
          expect(now.left === null || now.left >= 0).toBe(true);
          expect(now.earnedMinor + now.refundableMinor + now.refundedMinor).toBe(priceMinor);
        }
        await app.pass({ minutes: 1 });
        expect((await auditEverything(app.payments)).disagreements).toEqual([]);
        // what they have earned stands in the reports: all of it, by service and by team member
        for (const name of ['services', 'team']) {
          const [group] = (await owner.here<Report>('GET', `reports/${name}?from=2026-01-01&to=2029-12-31`)).body.groups;
          const tie = group?.ties[0];
          expect(tie?.listedMinor).toBe(tie?.booksMinor);
          expect(group?.totals[0]).toBe(tie?.booksMinor);
        }
      },
    ),
    { numRuns: Number(process.env['MEMBERSHIP_RUNS'] ?? 6) },
  );
});
