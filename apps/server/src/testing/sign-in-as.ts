import type { BuiltInRole } from '@holdfast/contract/rights';
import { sql } from 'kysely';
import { startSession } from '../access/start-session.ts';
import type { Answer } from './call.ts';
import type { TestApp } from './test-app.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Somebody of the salon, signed in. */
export interface StaffUser {
  readonly userId: string;
  /** As it goes with every request. */
  readonly cookie: string;
  /** `call('GET', 'session')`: below `/api/v1/admin/`. */
  call<T = Record<string, unknown>>(method: Method, path: string, body?: unknown): Promise<Answer<T>>;
  /** Below `/api/v1/admin/locations/<the salon>/`. */
  here<T = Record<string, unknown>>(method: Method, path: string, body?: unknown): Promise<Answer<T>>;
}

/** A user with this role (a built-in one's name, or a role_id) at the test salon, and a session of theirs. */
export async function signInAs(app: TestApp, role: BuiltInRole | (string & {}), { staffId }: { staffId?: string } = {}): Promise<StaffUser> {
  const { chainId, locationId } = app.scope;
  const userId = app.salon.newId('usr');
  await app.database.transaction(async (tx) => {
    await sql`
      insert into users (chain_id, user_id, email, name, language, created_at)
      values (${chainId}, ${userId}, ${`${userId}@example.com`}, ${role}, 'en', ${app.clock.now()})`.execute(tx);
    await sql`
      insert into user_locations (chain_id, user_id, location_id, role, staff_id)
      values (${chainId}, ${userId}, ${locationId}, ${role}, ${staffId ?? null})`.execute(tx);
  });
  const session = await startSession(app.database.read, app.salon, { chainId, userId, passedTotp: true, address: '127.0.0.1', device: 'test' });
  const cookie = `holdfast=${session.chainId}.${session.sessionId}.${session.secret}`;
  const call: StaffUser['call'] = async <T>(method: Method, path: string, body?: unknown) => {
    const response = await app.http.inject({
      method,
      url: `/api/v1/admin/${path}`,
      headers: { cookie },
      ...(body === undefined ? {} : { payload: body as object }),
    });
    return { status: response.statusCode, body: response.json() as T };
  };
  return { userId, cookie, call, here: (method, path, body) => call(method, `locations/${locationId}/${path}`, body) };
}
