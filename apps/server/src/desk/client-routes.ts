import {
  clientShape,
  clientsAskedShape,
  clientsShape,
  clientWishShape,
  erasureWishShape,
  mergeWishShape,
  newClientShape,
} from '@holdfast/contract/clients';
import { sql } from 'kysely';
import { z } from 'zod';
import { whoOf } from '../access/guard.ts';
import { noteAudit } from '../access/note-audit.ts';
import type { Who } from '../access/who.ts';
import { typedByClient } from '../booking/visits-of-client.ts';
import { searchClients } from '../clients/search-clients.ts';
import { addClient, changeClient, phoneOf, unlessPhoneIsTaken } from '../clients/write-client.ts';
import { csvStream } from '../kit/csv.ts';
import type { Deps } from '../kit/deps.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { tell } from '../kit/outbox.ts';
import { Problem } from '../kit/problem.ts';
import { eraseClient } from './erase-client.ts';
import { mergeClients } from './merge-clients.ts';
import { asListed, readClient } from './read-client.ts';

const byId = z.object({ client: z.string().max(60) });

/** Clients: found, read, written down, merged, forgotten. They belong to the chain. */
export async function clientRoutes(http: Http, ctx: Deps): Promise<void> {
  const schema = (operationId: string, summary: string) => ({ operationId, summary, tags: ['salon: clients'] });
  const answer = { 200: clientShape, ...problemAnswers };

  http.get(
    '/clients',
    {
      config: { needs: 'clients.see' },
      schema: {
        ...schema('searchClients', 'By any part of name, phone or e-mail; without a search the newest'),
        querystring: clientsAskedShape,
        response: { 200: clientsShape, ...problemAnswers },
      },
    },
    async (request) => {
      const who = whoOf(request);
      const { search, limit, after } = request.query;
      const found = await searchClients(ctx.db.read, who.chainId, { search, limit, after });
      return { clients: await asListed(ctx, who, found.clients), next: found.next };
    },
  );

  http.get(
    '/clients.csv',
    {
      config: { needs: 'clients.export' },
      schema: {
        ...schema('exportClients', 'All clients as a file'),
        response: { 200: { description: 'In the order of their names', content: { 'text/csv': { schema: z.string() } } }, ...problemAnswers },
      },
      serializerCompiler: () => (text) => text as unknown as string,
    },
    async (request, reply) => {
      const who = whoOf(request);
      async function* pages() {
        for (let after: string | undefined, next: string | null = ''; next !== null; after = next ?? undefined) {
          const page = await searchClients(ctx.db.read, who.chainId, { search: '', limit: 500, after });
          next = page.next;
          yield (await asListed(ctx, who, page.clients)).map((one) => [one.name, one.phone, one.email, one.visits, one.lastVisitAt, one.id]);
        }
      }
      await noteAudit(ctx.db.read, ctx, who, { action: 'clients.exported', subject: { kind: 'chain', id: who.chainId } });
      reply.header('content-disposition', `attachment; filename="clients-${ctx.now().toISOString().slice(0, 10)}.csv"`);
      return reply.type('text/csv; charset=utf-8').send(csvStream(['name', 'phone', 'email', 'visits', 'last visit', 'id'], pages()) as never);
    },
  );

  http.get(
    '/clients/:client',
    { config: { needs: 'clients.see' }, schema: { ...schema('readClient', 'All that is known of a client'), params: byId, response: answer } },
    async (request) => readClient(ctx, whoOf(request), request.params.client),
  );

  http.post(
    '/clients',
    {
      config: { needs: 'clients.edit' },
      schema: { ...schema('addClient', 'Write a client down'), body: newClientShape, response: { 201: clientShape, ...problemAnswers } },
    },
    async (request, reply) => {
      const who = whoOf(request);
      const clientId = await addClient(ctx, who.chainId, await countryOf(ctx, who), request.body);
      await noteAudit(ctx.db.read, ctx, who, { action: 'client.created', subject: { kind: 'client', id: clientId } });
      return reply.code(201).send(await readClient(ctx, who, clientId));
    },
  );

  http.put(
    '/clients/:client',
    {
      config: { needs: 'clients.edit' },
      schema: { ...schema('changeClient', 'Correct what is written down'), params: byId, body: clientWishShape, response: answer },
    },
    async (request) => {
      const who = whoOf(request);
      const { client: clientId } = request.params;
      const country = await countryOf(ctx, who);
      await unlessPhoneIsTaken(
        ctx.db.read,
        who.chainId,
        () => phoneOf(request.body.phone, country),
        () =>
          ctx.db.transaction(async (tx) => {
            const fields = await changeClient(tx, who.chainId, country, clientId, request.body);
            if (fields.length > 0) await tell(tx, who.chainId, { id: ctx.newId('out'), topic: 'client.changed', subjectId: clientId, at: ctx.now() });
            // which fields, not what was in them: the log outlives an erasure
            await noteAudit(tx, ctx, who, { action: 'client.changed', subject: { kind: 'client', id: clientId }, after: { fields } });
          }),
      );
      return readClient(ctx, who, clientId);
    },
  );

  http.post(
    '/clients/:client/merge',
    {
      config: { needs: 'clients.edit' },
      schema: { ...schema('mergeClients', 'One person who is there twice becomes one'), params: byId, body: mergeWishShape, response: answer },
    },
    async (request) => {
      await mergeClients(ctx, whoOf(request), request.params.client, request.body);
      return readClient(ctx, whoOf(request), request.params.client);
    },
  );

  http.get(
    '/clients/:client/export',
    {
      config: { needs: 'clients.export' },
      schema: {
        ...schema('exportClient', 'A copy of their data, for the client'),
        params: byId,
        response: { 200: z.object({ exportedAt: z.string(), client: clientShape, bookings: z.array(z.unknown()) }), ...problemAnswers },
      },
    },
    async (request, reply) => {
      const who = whoOf(request);
      const client = await readClient(ctx, who, request.params.client);
      const bookings = await typedByClient(ctx.db.read, who.chainId, client.id);
      await noteAudit(ctx.db.read, ctx, who, { action: 'client.exported', subject: { kind: 'client', id: client.id } });
      reply.header('content-disposition', `attachment; filename="client-${client.id}.json"`);
      return { exportedAt: ctx.now().toISOString(), client, bookings: [...bookings] };
    },
  );

  http.post(
    '/clients/:client/erasure',
    {
      config: { needs: 'clients.erase' },
      schema: {
        ...schema('eraseClient', 'Forget a client: visits and money stay, without a name'),
        params: byId,
        body: erasureWishShape,
        response: answer,
      },
    },
    async (request) => {
      await eraseClient(ctx, whoOf(request), request.params.client, request.body.version);
      return readClient(ctx, whoOf(request), request.params.client);
    },
  );
}

/** National numbers are read in the country of the first location that one works for. */
async function countryOf({ db }: Deps, who: Who): Promise<string> {
  const { rows } = await sql<{ country: string }>`
    select country from locations where chain_id = ${who.chainId} and location_id = any(${[...who.places.keys()]}) order by position, location_id limit 1`.execute(
    db.read,
  );
  if (!rows[0]) throw new Problem('not_found', 404, 'There is no location.');
  return rows[0].country;
}
