import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { DemoClock } from './demo-clock.ts';

const clockShape = z
  .object({
    now: z.iso.datetime().describe("The demo's clock"),
    offsetMinutes: z.int().min(0).describe('How far it is ahead of the machine'),
  })
  .meta({ id: 'DemoClock' });
const moveShape = z.strictObject({ advanceMinutes: z.int().min(1).max(100_000) });

/** The movable clock over HTTP. Registered in the demo only: elsewhere these addresses do not exist. */
export const demoClockRoutes: FastifyPluginAsyncZod<{ clock: DemoClock }> = async (app, { clock }) => {
  const reading = () => ({ now: clock.now().toISOString(), offsetMinutes: clock.offsetMinutes });

  app.get('/demo/clock', { schema: { hide: true, response: { 200: clockShape } } }, async () => reading());

  app.post('/demo/clock', { schema: { hide: true, body: moveShape, response: { 200: clockShape } } }, async (request) => {
    await clock.move(request.body.advanceMinutes);
    return reading();
  });
};
