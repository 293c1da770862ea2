import { taxesShape, taxRateWishShape, taxUseShape } from '@holdfast/contract/taxes';
import { z } from 'zod';
import { placeOf } from '../access/guard.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { changeTaxRate, endTaxRate, makeTaxRate, useTaxes } from './change-taxes.ts';
import type { CatalogContext } from './context.ts';
import { editorOf, here } from './editor-of.ts';
import { readTaxes } from './read-taxes.ts';

const oneShape = here.extend({ rate: z.string().max(60) });

/** Finance → Tax rates. */
export async function taxRoutes(http: Http, ctx: CatalogContext): Promise<void> {
  const config = { needs: 'finance.edit' } as const;
  const tags = ['salon: finance'];
  const response = { 200: taxesShape, ...problemAnswers };

  http.get(
    '/locations/:location/taxes',
    {
      config: { needs: 'transactions.see' },
      schema: { operationId: 'readTaxes', tags, summary: 'Tax rates, and what they are for', params: here, response },
    },
    async (request) => readTaxes(ctx.db.read, placeOf(request).scope),
  );

  http.post(
    '/locations/:location/taxes',
    {
      config,
      schema: {
        operationId: 'createTaxRate',
        tags,
        summary: 'Add a tax rate',
        params: here,
        body: taxRateWishShape,
        response: { 201: taxesShape, ...problemAnswers },
      },
    },
    async (request, reply) => {
      await makeTaxRate(ctx, editorOf(request), request.body);
      return reply.code(201).send(await readTaxes(ctx.db.read, placeOf(request).scope));
    },
  );

  http.put(
    '/locations/:location/taxes/use',
    { config, schema: { operationId: 'useTaxes', tags, summary: 'Which rate is for what', params: here, body: taxUseShape, response } },
    async (request) => {
      await useTaxes(ctx, editorOf(request), request.body);
      return readTaxes(ctx.db.read, placeOf(request).scope);
    },
  );

  http.put(
    '/locations/:location/taxes/:rate',
    {
      config,
      schema: {
        operationId: 'changeTaxRate',
        tags,
        summary: 'Change a tax rate from now on',
        description: 'Another rate takes its place for what is booked from now on; what was booked before keeps what was agreed.',
        params: oneShape,
        body: taxRateWishShape,
        response,
      },
    },
    async (request) => {
      await changeTaxRate(ctx, editorOf(request), request.params.rate, request.body);
      return readTaxes(ctx.db.read, placeOf(request).scope);
    },
  );

  http.post(
    '/locations/:location/taxes/:rate/end',
    { config, schema: { operationId: 'endTaxRate', tags, summary: 'Use a tax rate no more', params: oneShape, response } },
    async (request) => {
      await endTaxRate(ctx, editorOf(request), request.params.rate);
      return readTaxes(ctx.db.read, placeOf(request).scope);
    },
  );
}
