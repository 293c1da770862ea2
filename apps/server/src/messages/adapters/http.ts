import { type Carry, withoutAnswer } from './adapter.ts';

export interface HttpSettings {
  readonly adapter: 'http';
  readonly url: string;
  readonly token: string;
}

/**
 * SMS by any gateway that takes a JSON POST: `{ id, from, to, text }`, `Authorization: Bearer <token>`, the id also as `Idempotency-Key`. 2xx means taken; an `id` in
 * the answer is kept.
 */
export function carryByHttp({ url, token }: HttpSettings): Carry {
  return async ({ id, from, to, body }) => {
    try {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': id, ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: JSON.stringify({ id, from, to, text: body }),
        redirect: 'error',
        signal: AbortSignal.timeout(15_000),
      });
      const said = (await answer.text().catch(() => '')).slice(0, 10_000);
      if (answer.ok) return { kind: 'sent', providerId: idIn(said) };
      // nothing is wrong with the message: it goes once the token is right, or in a while
      if ([401, 403, 429, 503].includes(answer.status)) return { kind: 'later', why: `The gateway answered ${answer.status}.` };
      return { kind: answer.status >= 500 ? 'unclear' : 'refused', why: `The gateway answered ${answer.status}.` };
    } catch (error) {
      return withoutAnswer(error);
    }
  };
}

function idIn(said: string): string {
  try {
    const { id } = JSON.parse(said) as { id?: unknown };
    return typeof id === 'string' ? id.slice(0, 200) : '';
  } catch {
    return '';
  }
}
