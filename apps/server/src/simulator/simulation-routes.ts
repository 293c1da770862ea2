import { simulationChoicesShape, simulationShape, simulationWishShape } from '@holdfast/contract/simulation';
import { z } from 'zod';
import { placeOf } from '../access/guard.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { createSimulator, type SimulatorContext } from './simulate.ts';

const here = z.object({ location: z.string().max(60) });
const see = { needs: 'online_payment.see' } as const;

/** Finance → Cashless payment → What happens if…: stories that are really played, in a copy of the salon that is thrown away. */
export async function simulationRoutes(http: Http, ctx: SimulatorContext): Promise<void> {
  const simulator = createSimulator(ctx);
  const about = { tags: ['salon: cashless payment'], params: here };

  http.get(
    '/locations/:location/simulations/scenarios',
    {
      config: see,
      schema: {
        operationId: 'readSimulationChoices',
        summary: 'What can be played here, and why something cannot',
        ...about,
        response: { 200: simulationChoicesShape, ...problemAnswers },
      },
    },
    async (request) => simulator.choices(placeOf(request).scope),
  );

  http.post(
    '/locations/:location/simulations',
    {
      config: see,
      schema: {
        operationId: 'simulate',
        summary: 'Play a scenario with the settings of this location',
        description:
          'In a copy in memory, against the provider’s sandbox, on a clock of its own; takes some seconds. Changes nothing here and nothing at a provider.',
        ...about,
        body: simulationWishShape,
        response: { 200: simulationShape, ...problemAnswers },
      },
    },
    async (request) => simulator.simulate(placeOf(request).scope, request.body),
  );
}
