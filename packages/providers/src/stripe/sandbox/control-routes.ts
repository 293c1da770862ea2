import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { faultKinds, faultMatches } from '../../sandbox-kit/faults.ts';
import type { Control } from './control.ts';
import { deliveryModes } from './deliver-events.ts';
import { Refusal } from './refusal.ts';
import type { SandboxState } from './sandbox-state.ts';

const pay = z.strictObject({ card: z.string().optional(), delayed: z.boolean().optional() });
const yesNo = z.strictObject({ succeed: z.boolean() });
const fault = z.strictObject({ match: z.enum(faultMatches), kind: z.enum(faultKinds), times: z.int().min(1).max(1000).optional() });
const mode = z.strictObject({ mode: z.enum(deliveryModes) });
const release = z.strictObject({ times: z.int().min(1).max(10).optional(), shuffle: z.boolean().optional(), types: z.array(z.string()).optional() });
const dispute = z.strictObject({
  amountMinor: z.coerce.bigint().positive().optional(),
  reason: z.string().optional(),
  inquiry: z.boolean().optional(),
});
const decision = z.strictObject({ won: z.boolean() });
const refunds = z.strictObject({ mode: z.enum(['succeeded', 'pending', 'failed']) });

/** The control surface over HTTP, JSON in and out; the same deeds as the methods of the started sandbox. */
export function controlRoutes(app: FastifyInstance, state: SandboxState, control: Control): void {
  const id = (request: FastifyRequest) => (request.params as { id: string }).id;
  const events = () => ({ mode: state.deliveries.mode, pending: state.deliveries.pending().map(({ id: eventId, type }) => ({ id: eventId, type })) });
  const faults = () => ({ faults: state.faults.list().map(({ match, kind, left }) => ({ match, kind, left })) });

  app.get('/_sandbox/payments', () => ({ payments: control.payments() }));
  app.post('/_sandbox/sessions/:id/pay', (request) => ({ outcome: control.pay(id(request), read(pay, request)) }));
  app.post('/_sandbox/sessions/:id/bank', (request) => ({ outcome: control.answerBank(id(request), read(yesNo, request).succeed) }));
  app.post('/_sandbox/sessions/:id/settle-delayed', (request) => {
    control.settleDelayed(id(request), read(yesNo, request).succeed);
    return { settled: true };
  });
  app.get('/_sandbox/refunds', () => ({ refunds: control.refunds() }));
  app.post('/_sandbox/refunds', (request) => {
    control.answerRefunds(read(refunds, request).mode);
    return { mode: state.refundMode };
  });
  app.post('/_sandbox/refunds/:id/settle', (request) => {
    control.settleRefund(id(request), read(yesNo, request).succeed);
    return { settled: true };
  });
  app.get('/_sandbox/disputes', () => ({ disputes: control.disputes() }));
  app.post('/_sandbox/sessions/:id/dispute', (request) => ({ id: control.dispute(id(request), read(dispute, request)) }));
  app.post('/_sandbox/disputes/:id/decide', (request) => {
    control.decideDispute(id(request), read(decision, request).won);
    return { disputes: control.disputes() };
  });
  app.post('/_sandbox/disputes/:id/answer', (request) => {
    control.answerDispute(id(request));
    return { disputes: control.disputes() };
  });
  app.post('/_sandbox/disputes/:id/escalate', (request) => {
    control.escalateDispute(id(request));
    return { disputes: control.disputes() };
  });
  app.get('/_sandbox/faults', faults);
  app.post('/_sandbox/faults', (request) => {
    const { times, ...order } = read(fault, request);
    state.faults.add({ ...order, times: times ?? 1 });
    return faults();
  });
  app.delete('/_sandbox/faults', () => {
    state.faults.clear();
    return faults();
  });
  app.get('/_sandbox/webhooks', events);
  app.post('/_sandbox/webhooks', (request) => {
    state.deliveries.setMode(read(mode, request).mode);
    return events();
  });
  app.post('/_sandbox/webhooks/flush', async (request) => {
    const { times, shuffle, types } = read(release, request);
    await state.deliveries.release({ times: times ?? 1, shuffle: shuffle ?? false, ...(types === undefined ? {} : { types }) });
    return events();
  });
  app.post('/_sandbox/tick', async () => {
    await control.tick();
    return events();
  });
}

function read<T extends z.ZodType>(shape: T, request: FastifyRequest): z.output<T> {
  const result = shape.safeParse(request.body ?? {});
  if (!result.success) throw new Refusal(400, z.prettifyError(result.error));
  return result.data;
}
