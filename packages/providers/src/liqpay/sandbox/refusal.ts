/** LiqPay's no. It comes with HTTP 200. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, description: string) {
    super(description);
    this.code = code;
  }

  body(): object {
    return { result: 'error', status: 'error', code: this.code, err_code: this.code, err_erc: this.code, err_description: this.message };
  }
}
