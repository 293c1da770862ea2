import { sql } from 'kysely';
import { Secret, TOTP } from 'otpauth';
import { expect, test } from 'vitest';
import { createLogger } from '../kit/log.ts';
import { browserOf, PASSWORD, userWithPassword } from '../testing/browser-of.ts';
import { testApp } from '../testing/test-app.ts';
import { linkOfUserToken } from './user-link.ts';

test('no log, no row and no later answer ever holds a password, a secret, a code or a link of somebody who signs in', async () => {
  const lines: string[] = [];
  const app = await testApp({
    salon: { services: { cut: { price: 4000, minutes: 60, status: 'required' } }, staff: { anna: { status: 'available' } } },
    listen: false,
    parts: { log: createLogger('trace', { write: (line: string) => void lines.push(line) }) },
  });
  const answers: string[] = [];
  const secrets = [PASSWORD, 'wrong wrong wrong', 'eleven green bottles', 'twelve brown bottles'];
  const browser = browserOf(app);
  const call: typeof browser.call = async (method, path, body) => {
    const answer = await browser.call(method, path, body);
    answers.push(JSON.stringify(answer.body));
    secrets.push(...[...browser.cookies.values()].flatMap((value) => value.split('.').filter((part) => part.length > 30)));
    return answer as never;
  };
  await userWithPassword(app);
  const email = 'ana@salon.example';
  await call('POST', 'sign-in', { email, password: 'wrong wrong wrong' });
  await call('POST', 'sign-in', { email, password: PASSWORD });
  const enrolled = await browser.call<{ secret: string }>('POST', 'account/second-factor', { password: PASSWORD });
  const totp = new TOTP({ secret: Secret.fromBase32(enrolled.body.secret) });
  const code = () => totp.generate({ timestamp: app.clock.now().getTime() });
  secrets.push(enrolled.body.secret);
  const confirmed = await browser.call<{ recoveryCodes: string[] }>('POST', 'account/second-factor/confirmation', { code: code() });
  secrets.push(...confirmed.body.recoveryCodes, ...confirmed.body.recoveryCodes.map((one) => one.replace('-', '')));
  await call('POST', 'sign-in', { email, password: PASSWORD });
  await call('POST', 'sign-in/second-factor', { code: confirmed.body.recoveryCodes[0] });
  await call('POST', 'account/password', { present: PASSWORD, next: 'eleven green bottles' });
  await call('POST', 'account/password', { present: 'wrong wrong wrong', next: 'twelve brown bottles' });
  await call('GET', 'account');
  await call('GET', 'account/sessions');
  await call('POST', 'password-resets', { email });
  await app.afterwards();
  const { rows } = await sql<{ id: string }>`select token_id id from user_tokens where used_at is null`.execute(app.database.read);
  const link = await linkOfUserToken(app.salon, app.scope.chainId, rows[0]?.id ?? '');
  const token = link?.address.split('#')[1] ?? '';
  secrets.push(token);
  await call('POST', 'user-links', { token });
  await call('POST', 'user-links/acceptance', { token, password: 'twelve brown bottles' });
  app.clock.advance({ seconds: 60 });
  await call('POST', 'sign-in/second-factor', { code: code() });
  await call('POST', 'account/second-factor/end', { password: 'twelve brown bottles', code: confirmed.body.recoveryCodes[1] });
  await app.background.settleDown();

  const tables = ['audit_log', 'outbox', 'users', 'sessions', 'user_tokens', 'sign_in_tries'];
  const kept = await Promise.all(
    tables.map(async (name) => JSON.stringify((await sql`select to_jsonb(t) row from ${sql.table(name)} t`.execute(app.database.read)).rows)),
  );
  await app.close();
  const logged = lines.join('');
  expect([logged.length > 1000, answers.length, kept[0]?.includes('user.password_reset')]).toEqual([true, 13, true]);
  expect(secrets.length).toBeGreaterThan(30);
  const everything = `${logged}\n${answers.join('\n')}\n${kept.join('\n')}`;
  expect(secrets.filter((secret) => everything.includes(secret))).toEqual([]);
});
