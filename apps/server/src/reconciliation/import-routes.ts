import {
  doneShape,
  importDetailShape,
  importMappingShape,
  importPartShape,
  importPreviewShape,
  importRowShape,
  importStartShape,
  newImportShape,
} from '@holdfast/contract/reconciliation';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { readImport } from './read-imports.ts';
import { beginImport, discardImport, previewImport, startImport, takePart } from './take-file.ts';

const BASE = '/locations/:location/reconciliation/imports';
const id = z.string().max(60);
const here = z.object({ location: id });
const ofImport = here.extend({ import: id });
const tags = ['salon: reconciliation'];
const config = { needs: 'reconciliation.make' } as const;
const PART_BODY = 768 * 1024;

/** Providers' and banks' files: they come in pieces, are looked at, and are read in the background. */
export async function importRoutes(http: Http, ctx: PaymentsContext): Promise<void> {
  http.post(
    BASE,
    {
      config,
      schema: {
        operationId: 'beginImport',
        tags,
        summary: 'A file begins to come',
        params: here,
        body: newImportShape,
        response: { 200: importRowShape, ...problemAnswers },
      },
    },
    async (request) => beginImport(ctx, { who: whoOf(request), place: placeOf(request) }, request.body),
  );
  http.put(
    `${BASE}/:import/parts/:part`,
    {
      config,
      bodyLimit: PART_BODY,
      schema: {
        operationId: 'takeImportPart',
        tags,
        summary: 'A piece of the file',
        description: 'Pieces are counted from 0. The same piece twice is one.',
        params: ofImport.extend({ part: z.coerce.number().int().min(0).max(2000) }),
        body: importPartShape,
        response: { 200: doneShape, ...problemAnswers },
      },
    },
    async (request) => {
      await takePart(ctx, placeOf(request).scope, request.params.import, request.params.part, request.body.base64);
      return { done: true } as const;
    },
  );
  http.get(
    `${BASE}/:import/preview`,
    {
      config,
      schema: {
        operationId: 'previewImport',
        tags,
        summary: 'What the file is taken for, and what its first rows would become',
        params: ofImport,
        response: { 200: importPreviewShape, ...problemAnswers },
      },
    },
    async (request) => previewImport(ctx, placeOf(request).scope, request.params.import),
  );
  http.post(
    `${BASE}/:import/preview`,
    {
      config,
      schema: {
        operationId: 'previewImportAs',
        tags,
        summary: 'The same with other columns',
        params: ofImport,
        body: importMappingShape,
        response: { 200: importPreviewShape, ...problemAnswers },
      },
    },
    async (request) => previewImport(ctx, placeOf(request).scope, request.params.import, request.body),
  );
  http.post(
    `${BASE}/:import/reading`,
    {
      config,
      schema: {
        operationId: 'startImport',
        tags,
        summary: 'Read it, in the background',
        params: ofImport,
        body: importStartShape,
        response: { 200: importRowShape, ...problemAnswers },
      },
    },
    async (request) => startImport(ctx, { who: whoOf(request), place: placeOf(request) }, request.params.import, request.body),
  );
  http.get(
    `${BASE}/:import`,
    {
      config,
      schema: {
        operationId: 'readImport',
        tags,
        summary: 'How far it is, and which rows became nothing',
        params: ofImport,
        querystring: z.object({ after: z.coerce.number().int().min(0).default(0) }),
        response: { 200: importDetailShape, ...problemAnswers },
      },
    },
    async (request) => readImport(ctx.db.read, placeOf(request).scope, request.params.import, request.query.after),
  );
  http.post(
    `${BASE}/:import/discarding`,
    {
      config,
      schema: {
        operationId: 'discardImport',
        tags,
        summary: 'Read no more of it',
        params: ofImport,
        response: { 200: doneShape, ...problemAnswers },
      },
    },
    async (request) => {
      await discardImport(ctx, { who: whoOf(request), place: placeOf(request) }, request.params.import);
      return { done: true } as const;
    },
  );
}
