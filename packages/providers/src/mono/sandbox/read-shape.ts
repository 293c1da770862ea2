import type { z } from 'zod';
import { badRequest, Refusal } from './refusal.ts';

/** The request's body or query in its shape, or the bank's refusal naming the first thing that is wrong. */
export function readShape<T>(shape: z.ZodType<T>, values: unknown, knownElsewhere: readonly string[] = []): T {
  const read = shape.safeParse(values);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  if (!issue) throw badRequest('invalid request');
  if (issue.code === 'unrecognized_keys') {
    const field = [...issue.path, issue.keys[0] ?? ''].join('.');
    throw badRequest(knownElsewhere.includes(field) ? `the sandbox does not act on '${field}'` : `unknown field '${field}'`);
  }
  const field = issue.path.join('.');
  const missing = issue.code === 'invalid_type' && valueAt(values, issue.path) === undefined;
  const said = missing ? `empty '${field}'` : `invalid '${field}'`;
  throw issue.path[0] === 'merchantPaymInfo' ? new Refusal(400, 'INVALID_MERCHANT_PAYM_INFO', said) : badRequest(said);
}

function valueAt(values: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined),
    values,
  );
}
