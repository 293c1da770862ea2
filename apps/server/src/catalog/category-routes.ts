import { archivedChangeShape, nameChangeShape, nameWishShape, orderChangeShape, salonCatalogShape } from '@holdfast/contract/catalog';
import { z } from 'zod';
import { placeOf } from '../access/guard.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { archiveCategory } from './archive-from-catalog.ts';
import type { CatalogContext } from './context.ts';
import { deleteCategory, deletePosition } from './delete-from-catalog.ts';
import { editorOf, here } from './editor-of.ts';
import { createCategory, createPosition, renameCategory, renamePosition } from './name-in-catalog.ts';
import { orderCatalog } from './order-catalog.ts';
import { readSalonCatalog } from './read-cards.ts';

const categoryShape = here.extend({ category: z.string().max(60) });
const positionShape = here.extend({ position: z.string().max(60) });
const createdShape = z.object({ id: z.string() });

/** The lists of the settings, their order, categories and positions. Changes answer the lists anew. */
export async function categoryRoutes(http: Http, ctx: CatalogContext): Promise<void> {
  http.get(
    '/locations/:location/catalog',
    {
      config: { needs: 'signed_in' },
      schema: {
        operationId: 'readCatalog',
        tags: ['salon: settings'],
        summary: 'Categories, services, staff and positions',
        description: "Archived ones included, in the owner's order. Everybody who works here may see it.",
        params: here,
        response: { 200: salonCatalogShape, ...problemAnswers },
      },
    },
    async (request) => readSalonCatalog(ctx, placeOf(request).scope),
  );

  http.put(
    '/locations/:location/catalog/order',
    {
      config: { needs: 'catalog.edit' },
      schema: {
        operationId: 'orderCatalog',
        tags: ['salon: settings'],
        summary: 'Put categories, services or staff in order',
        params: here,
        body: orderChangeShape,
        response: { 200: salonCatalogShape, ...problemAnswers },
      },
    },
    async (request) => {
      await orderCatalog(ctx, editorOf(request), request.body);
      return readSalonCatalog(ctx, placeOf(request).scope);
    },
  );

  http.post(
    '/locations/:location/catalog/categories',
    {
      config: { needs: 'catalog.edit' },
      schema: {
        operationId: 'createCategory',
        tags: ['salon: settings'],
        summary: 'Add a category',
        params: here,
        body: nameWishShape,
        response: { 201: createdShape, ...problemAnswers },
      },
    },
    async (request, reply) => reply.code(201).send({ id: await createCategory(ctx, editorOf(request), request.body.name) }),
  );

  http.put(
    '/locations/:location/catalog/categories/:category',
    {
      config: { needs: 'catalog.edit' },
      schema: {
        operationId: 'renameCategory',
        tags: ['salon: settings'],
        summary: 'Rename a category',
        params: categoryShape,
        body: nameChangeShape,
        response: { 200: salonCatalogShape, ...problemAnswers },
      },
    },
    async (request) => {
      await renameCategory(ctx, editorOf(request), request.params.category, request.body);
      return readSalonCatalog(ctx, placeOf(request).scope);
    },
  );

  http.put(
    '/locations/:location/catalog/categories/:category/archived',
    {
      config: { needs: 'catalog.edit' },
      schema: {
        operationId: 'archiveCategory',
        tags: ['salon: settings'],
        summary: 'Archive a category, or bring it back',
        params: categoryShape,
        body: archivedChangeShape,
        response: { 200: salonCatalogShape, ...problemAnswers },
      },
    },
    async (request) => {
      await archiveCategory(ctx, editorOf(request), request.params.category, request.body);
      return readSalonCatalog(ctx, placeOf(request).scope);
    },
  );

  http.delete(
    '/locations/:location/catalog/categories/:category',
    {
      config: { needs: 'catalog.edit' },
      schema: {
        operationId: 'deleteCategory',
        tags: ['salon: settings'],
        summary: 'Delete a category that is not used',
        params: categoryShape,
        response: { 200: salonCatalogShape, ...problemAnswers },
      },
    },
    async (request) => {
      await deleteCategory(ctx, editorOf(request), request.params.category);
      return readSalonCatalog(ctx, placeOf(request).scope);
    },
  );

  http.post(
    '/locations/:location/catalog/positions',
    {
      config: { needs: 'catalog.edit' },
      schema: {
        operationId: 'createPosition',
        tags: ['salon: settings'],
        summary: 'Add a position',
        params: here,
        body: nameWishShape,
        response: { 201: createdShape, ...problemAnswers },
      },
    },
    async (request, reply) => reply.code(201).send({ id: await createPosition(ctx, editorOf(request), request.body.name) }),
  );

  http.put(
    '/locations/:location/catalog/positions/:position',
    {
      config: { needs: 'catalog.edit' },
      schema: {
        operationId: 'renamePosition',
        tags: ['salon: settings'],
        summary: 'Rename a position',
        params: positionShape,
        body: nameChangeShape,
        response: { 200: salonCatalogShape, ...problemAnswers },
      },
    },
    async (request) => {
      await renamePosition(ctx, editorOf(request), request.params.position, request.body);
      return readSalonCatalog(ctx, placeOf(request).scope);
    },
  );

  http.delete(
    '/locations/:location/catalog/positions/:position',
    {
      config: { needs: 'catalog.edit' },
      schema: {
        operationId: 'deletePosition',
        tags: ['salon: settings'],
        summary: 'Delete a position that is not used',
        params: positionShape,
        response: { 200: salonCatalogShape, ...problemAnswers },
      },
    },
    async (request) => {
      await deletePosition(ctx, editorOf(request), request.params.position);
      return readSalonCatalog(ctx, placeOf(request).scope);
    },
  );
}
