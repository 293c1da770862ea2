import type { FastifyInstance } from 'fastify';
import { paymentsAccount } from './payments-account.ts';
import type { SandboxState } from './sandbox-state.ts';

/** The little that is steered over HTTP; a program has the methods of the started sandbox. */
export function controlRoutes(app: FastifyInstance, state: SandboxState): void {
  app.get('/_sandbox/payments', (_request, reply) =>
    reply
      .type('application/json; charset=utf-8')
      .send(
        JSON.stringify({ payments: paymentsAccount(state.journal, state.now()) }, (_key, value: unknown) =>
          typeof value === 'bigint' ? String(value) : value,
        ),
      ),
  );
  app.post('/_sandbox/tick', async () => {
    await state.tick();
    return { waiting: state.deliveries.waiting() };
  });
}
