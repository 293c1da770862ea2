import type { ProblemCode } from '@holdfast/contract/problem';

/** A refusal: expected, with a stable code, and the caller can act on it. A bug is any other error. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: number;
  readonly detail: Record<string, unknown>;
  constructor(code: ProblemCode, status: number, message: string, detail: Record<string, unknown> = {}) {
    super(message);
    this.name = 'Problem';
    this.code = code;
    this.status = status;
    this.detail = detail;
  }
}

/** What cannot be false unless we made a mistake. */
export function invariant(holds: unknown, sentence: string): asserts holds {
  if (!holds) throw new Error(`bug: ${sentence}`);
}
