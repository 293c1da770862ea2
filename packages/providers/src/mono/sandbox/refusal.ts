/** The bank says no, in its own shape. `errText` is for people. */
export class Refusal extends Error {
  readonly status: number;
  readonly errCode: string;

  constructor(status: number, errCode: string, errText: string) {
    super(errText);
    this.status = status;
    this.errCode = errCode;
  }

  body(): { errCode: string; errText: string } {
    return { errCode: this.errCode, errText: this.message };
  }
}

export const badRequest = (errText: string) => new Refusal(400, 'BAD_REQUEST', errText);
export const notFound = (errText: string) => new Refusal(404, 'NOT_FOUND', errText);
