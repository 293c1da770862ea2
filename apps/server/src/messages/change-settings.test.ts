import type { ChannelWish, MessageSettings } from '@holdfast/contract/messages';
import type { InvitedUser } from '@holdfast/contract/users';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type StaffUser, signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';

let app: TestApp;
let owner: StaffUser;
beforeAll(async () => {
  app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'required' } }, staff: { anna: { status: 'available' } } },
    listen: false,
  });
  owner = await signInAs(app, 'owner');
});
afterAll(() => app.close());

const smtp = { adapter: 'smtp', host: 'mail.example.com', port: 587, security: 'starttls', user: 'salon', password: 'a-long-password-1234' } as const;
const put = async (channel: 'email' | 'sms', wish: Partial<ChannelWish>) => {
  const { channels } = (await owner.here<MessageSettings>('GET', 'messages/settings')).body;
  const version = channels.find((one) => one.channel === channel)?.setUp?.version ?? null;
  const { status, body } = await owner.here<{ detail: { fields?: { field: string }[] } }>('PUT', `messages/channels/${channel}`, {
    version,
    enabled: true,
    sender: channel === 'email' ? 'Salon <salon@example.com>' : 'Salon',
    ...wish,
  });
  return [status, body.detail?.fields?.[0]?.field];
};
const invite = async (email: string) => {
  const wish = { name: 'Olena', email, language: 'uk', places: [{ locationId: 'loc_test', role: 'reception', staffId: null }] };
  return (await owner.call('POST', 'users', wish)) as { status: number; body: InvitedUser };
};

test('who is invited while no e-mail is set up gets the link from whoever invited them, and it opens the house once', async () => {
  const { status, body } = await invite('olena@example.com');
  expect([status, body.link]).toEqual([200, expect.stringMatching(/\/admin\/invitation#.+/)]);
  const again = await owner.call<InvitedUser>('POST', `users/${body.id}/invitations`);
  expect(again.body.link).not.toBe(body.link);
  const seen = await owner.call('GET', `users/${body.id}`);
  expect(JSON.stringify(seen.body)).not.toContain('invitation#');
});

test.each(['salon', 'Salon <salon@>', 'Salon <salon@example.com>, other@example.com', 'a@example.com b@example.com'])(
  'an e-mail cannot come from %j',
  async (sender) => {
    expect(await put('email', { sender, through: smtp })).toEqual([422, 'sender']);
  },
);

test.each([
  ['twilio', { adapter: 'twilio', accountSid: 'US123', authToken: 'secret' }],
  ['an address with a password in it', { adapter: 'http', url: 'https://me:secret@sms.example.com/', token: '' }],
  ['a file', { adapter: 'http', url: 'file:///etc/passwd', token: '' }],
] as const)('SMS do not go through %s that could never work', async (_what, through) => {
  expect((await put('sms', { through: through as ChannelWish['through'] }))[0]).toBe(400);
});

test('a password that was not typed again goes to no other server, and is not sent in the clear where it was not before', async () => {
  expect(await put('email', { through: smtp })).toEqual([200, undefined]);
  const { password: _, ...without } = smtp;
  expect(await put('email', { through: without })).toEqual([200, undefined]);
  expect(await put('email', { through: { ...without, host: 'mine.example.org' } })).toEqual([422, 'password']);
  expect(await put('email', { through: { ...without, security: 'none' } })).toEqual([422, 'password']);
  expect(await put('email', { through: { ...without, host: 'mine.example.org', password: 'another' } })).toEqual([200, undefined]);
  expect(await put('sms', { through: { adapter: 'http', url: 'https://sms.example.com/a', token: 'a-token-of-mine' } })).toEqual([200, undefined]);
  expect(await put('sms', { through: { adapter: 'http', url: 'https://sms.example.com/b' } })).toEqual([200, undefined]);
  expect(await put('sms', { through: { adapter: 'http', url: 'https://evil.example.com/b' } })).toEqual([422, 'token']);
});

test('once e-mail is set up, nobody sees an invitation’s link but who is invited', async () => {
  const { status, body } = await invite('maria@example.com');
  expect([status, body.link]).toEqual([200, null]);
});

test('two who switch the same kind at once: the second is told, and nothing of the first is lost', async () => {
  const was = { email: true, sms: false, hoursBefore: null };
  const answers = await Promise.all([
    owner.here<{ code?: string }>('PUT', 'messages/kinds/paid', { ...was, sms: true, was }),
    owner.here<{ code?: string }>('PUT', 'messages/kinds/paid', { ...was, email: false, was }),
  ]);
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
  expect(answers.find(({ status }) => status === 409)?.body.code).toBe('changed_meanwhile');
});

test('two who write the same words at once: the second is told, also where there were none before', async () => {
  const answers = await Promise.all(
    ['{salon} A', '{salon} B'].map((body) => owner.here('PUT', 'messages/templates/paid/sms/en', { own: { subject: '', body }, was: null })),
  );
  expect(answers.map(({ status }) => status).sort((a, b) => a - b)).toEqual([200, 409]);
});

test.each([
  ['booked', 'body', '{ client }'],
  ['booked', 'body', '{клієнт}'],
  ['payment_link', 'body', 'Pay us.'],
  ['user_invited', 'kind', '{link}'],
])('words for %s are refused beside the %s: %s', async (kind, field, body) => {
  const own = { subject: 'Hello', body };
  const answer = await owner.here<{ detail: { fields: { field: string }[] } }>('PUT', `messages/templates/${kind}/email/en`, { own, was: null });
  expect([answer.status, answer.body.detail.fields[0]?.field]).toEqual([422, field]);
});

test('what goes to users cannot be switched off', async () => {
  const was = { email: true, sms: false, hoursBefore: null };
  expect((await owner.here('PUT', 'messages/kinds/user_reset', { ...was, email: false, was })).status).toBe(422);
});
