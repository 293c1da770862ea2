import { archivedChangeShape, onlinePaymentChangeShape, serviceCardShape, serviceChangeShape, serviceWishShape } from '@holdfast/contract/catalog';
import { z } from 'zod';
import { placeOf } from '../access/guard.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { archiveService } from './archive-from-catalog.ts';
import { changeService, createService, setServicePayment } from './change-service.ts';
import type { CatalogContext } from './context.ts';
import { deleteService } from './delete-from-catalog.ts';
import { deletedShape, editorOf, here } from './editor-of.ts';
import { readServiceCard } from './read-cards.ts';

const oneShape = here.extend({ service: z.string().max(60) });

/** Settings → Services: the card of each particular service. */
export async function serviceRoutes(http: Http, ctx: CatalogContext): Promise<void> {
  http.get(
    '/locations/:location/catalog/services/:service',
    {
      config: { needs: 'signed_in' },
      schema: {
        operationId: 'readServiceCard',
        tags: ['salon: settings'],
        summary: 'The card of a service',
        description: 'Everybody who works here may see it; what it says is on the booking page or in the calendar.',
        params: oneShape,
        response: { 200: serviceCardShape, ...problemAnswers },
      },
    },
    async (request) => readServiceCard(ctx, placeOf(request).scope, request.params.service),
  );

  http.post(
    '/locations/:location/catalog/services',
    {
      config: { needs: 'catalog.edit' },
      schema: {
        operationId: 'createService',
        tags: ['salon: settings'],
        summary: 'Add a service',
        params: here,
        body: serviceWishShape,
        response: { 201: serviceCardShape, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const id = await createService(ctx, editorOf(request), request.body);
      return reply.code(201).send(await readServiceCard(ctx, placeOf(request).scope, id));
    },
  );

  http.put(
    '/locations/:location/catalog/services/:service',
    {
      config: { needs: 'catalog.edit' },
      schema: {
        operationId: 'changeService',
        tags: ['salon: settings'],
        summary: 'Save the card of a service',
        description:
          "The answer is the card as it is now, with warnings about what can never work as it is set, such as an amount below the provider's minimum.",
        params: oneShape,
        body: serviceChangeShape,
        response: { 200: serviceCardShape, ...problemAnswers },
      },
    },
    async (request) => {
      await changeService(ctx, editorOf(request), request.params.service, request.body);
      return readServiceCard(ctx, placeOf(request).scope, request.params.service);
    },
  );

  http.put(
    '/locations/:location/catalog/services/:service/online-payment',
    {
      config: { needs: 'catalog.online_payment' },
      schema: {
        operationId: 'setServiceOnlinePayment',
        tags: ['salon: settings'],
        summary: 'Change nothing of a service but the online payment status',
        params: oneShape,
        body: onlinePaymentChangeShape,
        response: { 200: serviceCardShape, ...problemAnswers },
      },
    },
    async (request) => {
      await setServicePayment(ctx, editorOf(request), request.params.service, request.body);
      return readServiceCard(ctx, placeOf(request).scope, request.params.service);
    },
  );

  http.put(
    '/locations/:location/catalog/services/:service/archived',
    {
      config: { needs: 'catalog.edit' },
      schema: {
        operationId: 'archiveService',
        tags: ['salon: settings'],
        summary: 'Archive a service, or bring it back',
        description: 'Future appointments stay as they are: appointmentsAhead says how many.',
        params: oneShape,
        body: archivedChangeShape,
        response: { 200: serviceCardShape, ...problemAnswers },
      },
    },
    async (request) => {
      await archiveService(ctx, editorOf(request), request.params.service, request.body);
      return readServiceCard(ctx, placeOf(request).scope, request.params.service);
    },
  );

  http.delete(
    '/locations/:location/catalog/services/:service',
    {
      config: { needs: 'catalog.edit' },
      schema: {
        operationId: 'deleteService',
        tags: ['salon: settings'],
        summary: 'Delete a service that was never used',
        params: oneShape,
        response: { 200: deletedShape, ...problemAnswers },
      },
    },
    async (request) => {
      await deleteService(ctx, editorOf(request), request.params.service);
      return { deleted: true as const };
    },
  );
}
