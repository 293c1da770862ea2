/** What one message is to whoever carries it. */
export interface Outgoing {
  /** The same at every try: an adapter whose carrier understands it hands it on. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

/**
 * What became of it. `later`: it was certainly not sent, and may be tried again. `unclear`: nobody knows; what costs money or wakes people is not sent a
 * second time then.
 */
export type Carried =
  | { readonly kind: 'sent'; readonly providerId: string }
  | { readonly kind: 'refused'; readonly why: string }
  | { readonly kind: 'later'; readonly why: string }
  | { readonly kind: 'unclear'; readonly why: string };

export type Carry = (message: Outgoing) => Promise<Carried>;

/** Faults of the way there, before anything was handed over. */
const BEFORE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'EDNS', 'ECONNECTION']);

/** A fault that is no answer: certainly not sent, or nobody knows. */
export function withoutAnswer(error: unknown): Carried {
  const codes = [error, (error as { cause?: unknown }).cause].map((one) => (one as { code?: unknown } | undefined)?.code);
  const why = (error instanceof Error ? error.message : String(error)).slice(0, 300);
  return codes.some((code) => typeof code === 'string' && BEFORE.has(code)) ? { kind: 'later', why } : { kind: 'unclear', why };
}
