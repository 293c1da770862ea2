export type StripeErrorType = 'invalid_request_error' | 'idempotency_error' | 'api_error' | 'card_error';

/**
 * An answer in Stripe's error shape. `executed` says whether the request had begun to be carried out: only then does Stripe keep the answer
 * under the idempotency key (docs.stripe.com/api/idempotent_requests: failed validation and conflicts are not kept).
 */
export class Refusal extends Error {
  readonly status: number;
  readonly type: StripeErrorType;
  readonly code: string | undefined;
  readonly param: string | undefined;
  readonly executed: boolean;

  constructor(
    status: number,
    message: string,
    more: { type?: StripeErrorType; code?: string | undefined; param?: string | undefined; executed?: boolean } = {},
  ) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.type = more.type ?? 'invalid_request_error';
    this.code = more.code;
    this.param = more.param;
    this.executed = more.executed ?? false;
  }

  body(requestId: string): object {
    return {
      error: {
        ...(this.code === undefined ? {} : { code: this.code, doc_url: `https://stripe.com/docs/error-codes/${this.code.replaceAll('_', '-')}` }),
        message: this.message,
        ...(this.param === undefined ? {} : { param: this.param }),
        request_log_url: `https://dashboard.stripe.com/test/logs/${requestId}`,
        type: this.type,
      },
    };
  }
}

/** Refused while the request was being carried out: the world was not in the state it needs. */
export function refuseInState(message: string, more: { code?: string; param?: string } = {}): Refusal {
  return new Refusal(400, message, { ...more, executed: true });
}

export function noSuch(object: string, id: string, param: string): Refusal {
  return new Refusal(404, `No such ${object}: '${id}'`, { code: 'resource_missing', param });
}
