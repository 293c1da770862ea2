import { Problem } from '../kit/problem.ts';

/** A refusal that names the field, so that a form can say it beside it. */
export function wrongField(field: string, message: string, more: object = {}): Problem {
  return new Problem('invalid_request', 422, message, { fields: [{ field, message }], ...more });
}
