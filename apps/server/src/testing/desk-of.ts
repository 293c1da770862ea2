import type { Checkout } from '@holdfast/contract/checkout';
import type { TestApp } from './test-app.ts';

/** Somebody at the desk with the booking window open. `cookie`: their session. */
export function deskOf(app: Pick<TestApp, 'http' | 'scope'>, cookie: string) {
  const base = `/api/v1/admin/locations/${app.scope.locationId}`;
  const ask = async (method: 'GET' | 'POST', path: string, body?: object) => {
    const answer = await app.http.inject({ method, url: `${base}/${path}`, headers: { cookie }, ...(body ? { payload: body } : {}) });
    return { status: answer.statusCode, body: answer.json() as Checkout };
  };
  return {
    /** Looks what is due, and takes all of it in cash. */
    async take(appointmentId: string, key: string) {
      const seen = await ask('GET', `appointments/${appointmentId}/checkout`);
      const { dueMinor, version, registers } = seen.body;
      if (seen.status !== 200 || dueMinor === 0) return seen;
      return ask('POST', `appointments/${appointmentId}/desk-payments`, { key, registerId: registers[0]?.id, amountMinor: dueMinor, version });
    },
    /** Takes back what was taken last. */
    async reverse(appointmentId: string) {
      const seen = await ask('GET', `appointments/${appointmentId}/checkout`);
      const last = seen.status === 200 ? seen.body.payments.find(({ mayReverse }) => mayReverse) : undefined;
      return last ? ask('POST', `desk-payments/${last.id}/reversal`, { because: 'a mistake' }) : seen;
    },
  };
}
