import {
  acceptanceShape,
  dataFileShape,
  dataFilesShape,
  dataMappingShape,
  filePartShape,
  filePreviewShape,
  fileRowsAskedShape,
  fileRowsShape,
  newFileShape,
} from '@holdfast/contract/imports';
import { doneShape } from '@holdfast/contract/signing-in';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import { csvStream } from '../kit/csv.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { acceptFile } from './accept-file.ts';
import type { ImportsContext } from './context.ts';
import { seeRows, walkRefused } from './see-rows.ts';
import { fileHere, newestFiles, shapeFile } from './store.ts';
import { beginFile, checkFile, discardFile, previewFile, takeFilePart } from './take-file.ts';

const BASE = '/locations/:location/imports';
const id = z.string().max(60);
const here = z.object({ location: id });
const ofFile = here.extend({ file: id });
const tags = ['salon: integrations'];
const config = { needs: 'imports.make' } as const;
const PART_BODY = 768 * 1024;

/** Settings → Import: files come in pieces, are looked at, walked through, and written when somebody says so. */
export async function dataImportRoutes(http: Http, ctx: ImportsContext): Promise<void> {
  const asking = (request: Parameters<typeof whoOf>[0]) => ({ who: whoOf(request), place: placeOf(request) });
  http.get(
    BASE,
    {
      config,
      schema: {
        operationId: 'listDataFiles',
        tags,
        summary: 'Files that came, the newest first',
        params: here,
        response: { 200: dataFilesShape, ...problemAnswers },
      },
    },
    async (request) => {
      const files = await newestFiles(ctx.db.read, placeOf(request).scope, 20);
      return { files: await Promise.all(files.map((file) => shapeFile(ctx.db.read, file))) };
    },
  );
  http.post(
    BASE,
    {
      config,
      schema: {
        operationId: 'beginDataFile',
        tags,
        summary: 'A file begins to come',
        params: here,
        body: newFileShape,
        response: { 200: dataFileShape, ...problemAnswers },
      },
    },
    async (request) => beginFile(ctx, asking(request), request.body),
  );
  http.put(
    `${BASE}/:file/parts/:part`,
    {
      config,
      bodyLimit: PART_BODY,
      schema: {
        operationId: 'takeDataFilePart',
        tags,
        summary: 'A piece of the file',
        description: 'Pieces are counted from 0. The same piece twice is one.',
        params: ofFile.extend({ part: z.coerce.number().int().min(0).max(40) }),
        body: filePartShape,
        response: { 200: doneShape, ...problemAnswers },
      },
    },
    async (request) => {
      await takeFilePart(ctx, placeOf(request).scope, request.params.file, request.params.part, request.body.base64);
      return { done: true } as const;
    },
  );
  http.get(
    `${BASE}/:file`,
    {
      config,
      schema: { operationId: 'readDataFile', tags, summary: 'How far it is', params: ofFile, response: { 200: dataFileShape, ...problemAnswers } },
    },
    async (request) => shapeFile(ctx.db.read, await fileHere(ctx.db.read, placeOf(request).scope, request.params.file)),
  );
  http.get(
    `${BASE}/:file/preview`,
    {
      config,
      schema: {
        operationId: 'previewDataFile',
        tags,
        summary: 'What its columns are taken for',
        params: ofFile,
        response: { 200: filePreviewShape, ...problemAnswers },
      },
    },
    async (request) => previewFile(ctx, placeOf(request).scope, request.params.file),
  );
  http.post(
    `${BASE}/:file/check`,
    {
      config,
      schema: {
        operationId: 'checkDataFile',
        tags,
        summary: 'Walk through it without writing anything, in the background',
        params: ofFile,
        body: dataMappingShape,
        response: { 200: dataFileShape, ...problemAnswers },
      },
    },
    async (request) => checkFile(ctx, asking(request), request.params.file, request.body),
  );
  http.get(
    `${BASE}/:file/rows`,
    {
      config,
      schema: {
        operationId: 'listDataFileRows',
        tags,
        summary: 'What is to become of each row, and has become of it',
        params: ofFile,
        querystring: fileRowsAskedShape,
        response: { 200: fileRowsShape, ...problemAnswers },
      },
    },
    async (request) => {
      const { outcome, after } = request.query;
      return seeRows(ctx.db.read, placeOf(request).scope, request.params.file, { ...(outcome ? { outcome } : {}), after });
    },
  );
  http.post(
    `${BASE}/:file/acceptance`,
    {
      config,
      schema: {
        operationId: 'acceptDataFile',
        tags,
        summary: 'Write what the walk has shown, in the background',
        params: ofFile,
        body: acceptanceShape,
        response: { 200: dataFileShape, ...problemAnswers },
      },
    },
    async (request) => acceptFile(ctx, asking(request), request.params.file, request.body),
  );
  http.get(
    `${BASE}/:file/refused.csv`,
    {
      config,
      schema: {
        operationId: 'downloadRefusedRows',
        tags,
        summary: 'The rows that were not written, as they stood in the file, with the reason',
        params: ofFile,
        response: { 200: { description: 'All of them', content: { 'text/csv': { schema: z.string() } } }, ...problemAnswers },
      },
      serializerCompiler: () => (text) => text as unknown as string,
    },
    async (request, reply) => {
      const { scope } = placeOf(request);
      await fileHere(ctx.db.read, scope, request.params.file);
      reply.header('content-disposition', 'attachment; filename="not-imported.csv"');
      return reply
        .type('text/csv; charset=utf-8')
        .send(csvStream(['row', 'why', 'about'], walkRefused(ctx.db.read, scope, request.params.file)) as never);
    },
  );
  http.post(
    `${BASE}/:file/discarding`,
    {
      config,
      schema: {
        operationId: 'discardDataFile',
        tags,
        summary: 'Write nothing more out of it',
        params: ofFile,
        response: { 200: doneShape, ...problemAnswers },
      },
    },
    async (request) => {
      await discardFile(ctx, asking(request), request.params.file);
      return { done: true } as const;
    },
  );
}
