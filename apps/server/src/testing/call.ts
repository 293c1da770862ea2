import type { Booking, PaymentStarted } from '@holdfast/contract/booking';
import type { TestApp } from './test-app.ts';

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
}

/** Calls the API as a browser would, without a network. */
export async function call<T = Booking>(
  app: Pick<TestApp, 'http'>,
  method: 'GET' | 'POST',
  url: string,
  body?: unknown,
  address?: string,
): Promise<Answer<T>> {
  const response = await app.http.inject({
    method,
    url,
    ...(body === undefined ? {} : { payload: body as object }),
    ...(address ? { remoteAddress: address } : {}),
  });
  return { status: response.statusCode, body: response.json() as T };
}

/** A client who books through the API and pays at the sandbox. */
export function clientOf(app: TestApp) {
  const base = '/api/v1/locations/test/salon';
  return {
    quote: (appointments: unknown) => call<{ quoteId: string }>(app, 'POST', `${base}/quotes`, { appointments }),
    book: (wish: unknown, address?: string) => call<Booking>(app, 'POST', `${base}/bookings`, wish, address),
    see: (token: string) => call<Booking>(app, 'GET', `/api/v1/bookings/${token}`),
    startPayment: (token: string) => call<PaymentStarted>(app, 'POST', `/api/v1/bookings/${token}/payments`),
    comeBack: (token: string) => call<Booking>(app, 'POST', `/api/v1/bookings/${token}/payment-checks`),
    followLink: (appointmentId: string) => {
      const token = app.booking.links.urlOf(app.scope.chainId, appointmentId).split('/').at(-1);
      return call<PaymentStarted>(app, 'POST', `/api/v1/payment-links/${token}/payments`);
    },
    cancel: (token: string) => call<Booking>(app, 'POST', `/api/v1/bookings/${token}/cancellation`),
    choose: (token: string, appointmentId: string, choice: unknown) =>
      call<Booking>(app, 'POST', `/api/v1/bookings/${token}/appointments/${appointmentId}/choice`, choice),
    /** The provider's name of the page a client was sent to. */
    sessionOf: (page: PaymentStarted) => new URL(page.pageUrl).pathname.split('/').at(-1) ?? '',
  };
}
