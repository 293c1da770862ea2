import { locationMadeShape, locationsShape, newLocationShape } from '@holdfast/contract/location-settings';
import { whoOf } from '../access/guard.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { addLocation } from './add-location.ts';
import type { SetupContext } from './context.ts';
import { readLocations } from './read-locations.ts';

/** The chain's locations; another one, empty or copied. */
export async function locationsRoutes(http: Http, ctx: SetupContext): Promise<void> {
  http.get(
    '/locations',
    {
      config: { needs: 'location.edit' },
      schema: {
        operationId: 'readLocations',
        tags: ['salon: settings'],
        summary: 'The locations where one has a role',
        response: { 200: locationsShape, ...problemAnswers },
      },
    },
    async (request) => readLocations(ctx, whoOf(request)),
  );

  http.post(
    '/locations',
    {
      config: { needs: 'locations.create' },
      schema: {
        operationId: 'addLocation',
        tags: ['salon: settings'],
        summary: 'Another location, empty or with what another one has',
        description: 'It has its own currency, time zone, books and providers.',
        body: newLocationShape,
        response: { 201: locationMadeShape, ...problemAnswers },
      },
    },
    async (request, reply) => reply.code(201).send(await addLocation(ctx, whoOf(request), request.body)),
  );
}
