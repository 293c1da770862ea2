import type { FastifyInstance } from 'fastify';
import type { Control } from './control.ts';

/** What can be asked without a program: what stands in the books, and to do what the clock has made due. */
export function controlRoutes(app: FastifyInstance, control: Control): void {
  app.get('/_sandbox/payments', () => ({
    payments: control.payments().map(({ amountMinor, capturedMinor, refundedMinor, ...rest }) => ({
      ...rest,
      amountMinor: amountMinor.toString(),
      capturedMinor: capturedMinor.toString(),
      refundedMinor: refundedMinor.toString(),
    })),
  }));
  app.post('/_sandbox/tick', async () => {
    await control.tick();
    return { done: true };
  });
}
