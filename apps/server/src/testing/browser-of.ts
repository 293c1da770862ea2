import { sql } from 'kysely';
import { hashPassword } from '../access/password-hash.ts';
import type { Answer } from './call.ts';
import type { TestApp } from './test-app.ts';

export const PASSWORD = 'a quiet place by the sea';

/** A user of the test salon who has a password. */
export async function userWithPassword(
  app: TestApp,
  { email = 'ana@salon.example', name = 'Ana', chainId = app.scope.chainId, password = PASSWORD as string | null } = {},
): Promise<{ userId: string; email: string; name: string }> {
  const userId = app.salon.newId('usr');
  const hash = password === null ? null : await hashPassword(password);
  await sql`
    insert into users (chain_id, user_id, email, name, language, password_hash, created_at)
    values (${chainId}, ${userId}, ${email}, ${name}, 'en', ${hash}, ${app.clock.now()})`.execute(app.database.read);
  if (chainId === app.scope.chainId)
    await sql`insert into user_locations (chain_id, user_id, location_id, role) values (${chainId}, ${userId}, ${app.scope.locationId}, 'owner')`.execute(
      app.database.read,
    );
  return { userId, email, name };
}

export interface Browser {
  readonly cookies: Map<string, string>;
  call<T = Record<string, unknown>>(
    method: 'GET' | 'POST' | 'PATCH',
    path: string,
    body?: unknown,
  ): Promise<Answer<T> & { cookies: readonly string[] }>;
}

/** Somebody's browser: keeps what the answers set. Paths are below `/api/v1/admin/`. */
export function browserOf(app: Pick<TestApp, 'http'>, address = '203.0.113.7'): Browser {
  const cookies = new Map<string, string>();
  return {
    cookies,
    async call<T>(method: 'GET' | 'POST' | 'PATCH', path: string, body?: unknown) {
      const response = await app.http.inject({
        method,
        url: `/api/v1/admin/${path}`,
        remoteAddress: address,
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '), 'user-agent': 'a browser' },
        ...(body === undefined ? {} : { payload: body as object }),
      });
      for (const { name, value, maxAge } of response.cookies) {
        if (value === '' || maxAge === 0) cookies.delete(name);
        else cookies.set(name, value);
      }
      const set = response.headers['set-cookie'] ?? [];
      return { status: response.statusCode, body: response.json() as T, cookies: Array.isArray(set) ? set : [set] };
    },
  };
}
