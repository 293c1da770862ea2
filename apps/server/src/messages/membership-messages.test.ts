import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { membershipDesk } from '../testing/memberships-of.ts';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { type Mailbox, openMailbox } from './testing/carriers.ts';

const DAY = 86_400;
let app: TestApp;
let mailbox: Mailbox;
let owner: StaffUser;
let desk: ReturnType<typeof membershipDesk>;

beforeAll(async () => {
  mailbox = await openMailbox();
  app = await testApp({
    salon: { services: { yoga: { price: 2000, minutes: 60, status: 'not_available' } }, staff: { anna: { status: 'available' } } },
    listen: false,
  });
  await sql`update services set membership = 'either'`.execute(app.database.read);
  owner = await signInAs(app, 'owner');
  desk = membershipDesk(app, { ...owner, here: (...asked) => owner.here(...asked) });
  const through = { adapter: 'smtp', host: '127.0.0.1', port: mailbox.port, security: 'none', user: '', password: '' };
  const { status } = await owner.here('PUT', 'messages/channels/email', {
    version: null,
    enabled: true,
    sender: 'Salon <salon@example.com>',
    through,
  });
  expect(status).toBe(200);
});
afterAll(async () => {
  await app.close();
  await mailbox.close();
});
beforeEach(async () => {
  // weeks pass here, and nobody stays signed in for ever
  owner = await signInAs(app, 'owner');
  mailbox.mails.length = 0;
});

async function sold(of: number, wish: Parameters<typeof desk.sold>[1]) {
  await sql`update clients set email = ${`client${of}@example.com`} where client_id = ${await desk.client(of)}`.execute(app.database.read);
  return desk.sold(of, wish);
}
const pass = async (seconds: number) => {
  await app.pass({ seconds });
  await app.pass({ seconds: 1 });
};
const subjects = () => mailbox.mails.map((mail) => /^Subject: (.*)$/m.exec(mail)?.[1]);

test('who buys a membership is told what is theirs, once; a week before its end they hear that it runs out, once', async () => {
  await sold(1, { visits: 10, period: { count: 30, unit: 'days' } });
  await pass(1);
  expect(subjects()).toEqual([expect.stringContaining('Your membership at Salon')]);
  expect(mailbox.mails[0]).toContain('Visits left: 10 of 10');
  await pass(22 * DAY);
  expect(subjects()).toHaveLength(1);
  await pass(DAY);
  await pass(DAY);
  expect(subjects().slice(1)).toEqual([expect.stringContaining('is running out')]);
});

test('who has used the last visit hears it once, and of its end nothing more', async () => {
  const { id } = await sold(2, { visits: 1, period: { count: 60, unit: 'days' } });
  await pass(1);
  mailbox.mails.length = 0;
  await sql`update memberships set visits_used = 1 where membership_id = ${id}`.execute(app.database.read);
  await pass(1);
  expect(mailbox.mails).toHaveLength(1);
  expect(mailbox.mails[0]).toContain('All visits are used');
  await pass(55 * DAY);
  expect(mailbox.mails).toHaveLength(1);
});

test('of one that lasts a few days nobody is told right after buying it that it ends', async () => {
  await sold(3, { visits: null, period: { count: 7, unit: 'days' } });
  await pass(DAY);
  expect(subjects()).toEqual([expect.stringContaining('Your membership at Salon')]);
});
