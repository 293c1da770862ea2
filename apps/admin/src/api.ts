import type { ProblemAnswer, ProblemCode } from '@holdfast/contract/problem';

/**
 * Why an answer could not be had. `refused` is expected and has a code; `broken` is a fault of the server; `offline` says nothing about what the
 * server did.
 */
export class Trouble extends Error {
  readonly kind: 'refused' | 'broken' | 'offline';
  readonly code: ProblemCode | undefined;
  readonly status: number;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly requestId: string;
  constructor(kind: Trouble['kind'], { code, status = 0, title = kind, detail = {}, requestId = '' }: Partial<ProblemAnswer> & { status?: number }) {
    super(title);
    this.name = 'Trouble';
    this.kind = kind;
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.requestId = requestId;
  }
}

export function codeOf(error: unknown): ProblemCode | undefined {
  return error instanceof Trouble ? error.code : undefined;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const TIMEOUT_MS = 30_000;

const signedOut = new Set<() => void>();
/** Calls `listener` whenever an answer says that nobody is signed in any more. Answers how to stop. */
export function onSignedOut(listener: () => void): () => void {
  signedOut.add(listener);
  return () => signedOut.delete(listener);
}

/** One request to the salon's side: `ask('POST', 'locations/loc_1/appointments', wish)`. Throws {@link Trouble}. */
export async function ask<T>(method: Method, path: string, body?: unknown, signal?: AbortSignal, withinMs = TIMEOUT_MS): Promise<T> {
  const timeout = AbortSignal.timeout(withinMs);
  let answer: Response;
  try {
    answer = await fetch(`/api/v1/admin/${path}`, {
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Trouble('offline', {});
  }
  const value: unknown = await answer.json().catch(() => null);
  if (answer.ok && value !== null) return value as T;
  const problem = (value ?? {}) as Partial<ProblemAnswer>;
  if (!problem.code || problem.code === 'internal') throw new Trouble('broken', { ...problem, status: answer.status });
  if (problem.code === 'not_signed_in') for (const listener of signedOut) listener();
  throw new Trouble('refused', { ...problem, status: answer.status });
}

/** `locations/<id>/…` with the parts made safe: `at(location.id, 'appointments', id)`. */
export function at(locationId: string, ...parts: readonly string[]): string {
  return ['locations', locationId, ...parts].map(encodeURIComponent).join('/');
}
