import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { answerCalls } from './answer-call.ts';
import { listPage, listParams } from './list-page.ts';
import { readShape } from './read-shape.ts';
import type { SandboxState } from './sandbox-state.ts';
import { createEndpointShape, dropEndpoint, endpointElsewhere, endpointsOf, makeEndpoint, readEndpoint, shownEndpoint } from './webhook-endpoints.ts';

const nothing = z.strictObject({});
const { limit, starting_after, ending_before } = listParams;
const listShape = z.strictObject({ limit, starting_after, ending_before });

/** `/v1/webhook_endpoints`: where events go (docs.stripe.com/api/webhook_endpoints). */
export function endpointRoutes(app: FastifyInstance, state: SandboxState, answer: ReturnType<typeof answerCalls>): void {
  app.post(
    '/v1/webhook_endpoints',
    answer('create', ({ values }) => {
      const wish = readShape(createEndpointShape, values, endpointElsewhere);
      return (work) => makeEndpoint(work, endpointsOf(state, work.account), wish);
    }),
  );
  app.get(
    '/v1/webhook_endpoints',
    answer('read', ({ values }) => {
      const wish = readShape(listShape, values);
      return (work) => listPage(endpointsOf(state, work.account).map(shownEndpoint), wish, '/v1/webhook_endpoints');
    }),
  );
  app.get(
    '/v1/webhook_endpoints/:id',
    answer('read', ({ params, values }) => {
      readShape(nothing, values);
      return (work) => shownEndpoint(readEndpoint(endpointsOf(state, work.account), params['id'] ?? ''));
    }),
  );
  app.delete(
    '/v1/webhook_endpoints/:id',
    answer('close', ({ params, values }) => {
      readShape(nothing, values);
      return (work) => dropEndpoint(state, work, endpointsOf(state, work.account), params['id'] ?? '');
    }),
  );
}
