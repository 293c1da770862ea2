import { expect, test } from 'vitest';
import { draftOf, keepsSecret, missingFields, type SavedChannel, testAddress, wishOf } from './channel-draft.ts';

const fresh: SavedChannel = { channel: 'email', adapters: ['smtp'], setUp: null };
const hints = { host: 'mail.example.com', port: '587', security: 'starttls', user: 'salon', password: 'wxyz' };
const saved: SavedChannel = { ...fresh, setUp: { adapter: 'smtp', sender: 'Salon <salon@example.com>', hints, enabled: true, version: 3 } };
const sms: SavedChannel = { channel: 'sms', adapters: ['twilio', 'http'], setUp: null };

test('what the server shows of a channel goes back as it was, and the secret stays', () => {
  expect(wishOf(saved, draftOf(saved))).toEqual({
    version: 3,
    enabled: true,
    sender: 'Salon <salon@example.com>',
    through: { adapter: 'smtp', host: 'mail.example.com', port: 587, security: 'starttls', user: 'salon' },
  });
});

test.each([{ host: 'other.example.com' }, { port: 25 }, { security: 'none' }, { user: 'somebody' }])(
  'the kept password does not go with %o',
  (part) => {
    const draft = { ...draftOf(saved), ...part };
    expect([keepsSecret(saved, draft), wishOf(saved, draft).through]).toEqual([false, expect.objectContaining({ password: '' })]);
  },
);

test('an SMS gateway’s token stays for another path of the same server, and for nothing else', () => {
  const gateway: SavedChannel = {
    ...sms,
    setUp: { adapter: 'http', sender: 'Salon', hints: { url: 'https://sms.example.com/a', token: '' }, enabled: true, version: 1 },
  };
  const to = (url: string) => keepsSecret(gateway, { ...draftOf(gateway), url });
  expect([to('https://sms.example.com/b'), to('http://sms.example.com/a'), to('https://sms.example.org/a'), to('nonsense')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

test('what is missing is named, the auth token too unless it is kept', () => {
  expect(missingFields(fresh, draftOf(fresh))).toEqual(['sender', 'host']);
  expect(missingFields(sms, { ...draftOf(sms), sender: 'Salon', accountSid: 'AC1' })).toEqual(['authToken']);
  expect(missingFields(sms, { ...draftOf(sms), sender: ' ', adapter: 'http', url: '' })).toEqual(['sender', 'url']);
});

test.each([
  ['email', 'Salon <salon@example.com>', 'salon@example.com'],
  ['email', 'salon@example.com', 'salon@example.com'],
  ['email', 'Salon', ''],
  ['sms', '+351912345678', ''],
] as const)('a test of %s from %j goes to %j at first', (channel, sender, to) => expect(testAddress(channel, sender)).toBe(to));
