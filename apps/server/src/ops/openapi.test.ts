import { readFileSync } from 'node:fs';
import { problemShape } from '@holdfast/contract/problem';
import { Validator } from '@seriousme/openapi-schema-validator';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '../testing/call.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { wishFor } from '../testing/wishes.ts';

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: object;
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: { readonly $ref?: string } }>> }>>;
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}

let app: TestApp;
let document: Document;
let token: string;
let appointmentId: string;

const operations = () =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );

beforeAll(async () => {
  app = await testApp({
    salon: { services: { srv_color: { price: 5000, minutes: 60, status: 'required' } }, staff: { stf_ana: { status: 'available' } } },
  });
  document = (await app.http.inject('/api/openapi.json')).json<Document>();
  const wish = await wishFor(app, { serviceIds: ['srv_color'], staffId: 'stf_ana', startsAt: '2026-03-03T10:00:00.000Z' });
  const { body } = await clientOf(app).book(wish(1));
  token = body.token;
  appointmentId = body.appointments[0]?.id ?? '';
});

afterAll(() => app.close());

test('the API is described in valid OpenAPI 3.1, and every reference in it leads somewhere', async () => {
  expect(document.openapi).toMatch(/^3\.1\./);
  const validator = new Validator();
  expect(await validator.validate(structuredClone(document) as unknown as Record<string, unknown>)).toEqual({ valid: true });
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(([, path]) => path ?? '');
  expect(references.length).toBeGreaterThan(10);
  for (const reference of references) {
    const found = reference.split('/').reduce<unknown>((place, name) => (place as Record<string, unknown> | undefined)?.[name], document);
    expect([reference, typeof found]).toEqual([reference, 'object']);
  }
});

test('the copy in docs is the one that is served: npm run openapi writes it', () => {
  const kept = readFileSync(new URL('../../../../docs/openapi.json', import.meta.url), 'utf8');
  expect(JSON.parse(kept)).toEqual(document);
});

test('every operation has a name of its own, says what it is for, and answers errors in the one shape', () => {
  const names = operations().map(({ operation }) => operation.operationId);
  expect(names.length).toBeGreaterThanOrEqual(12);
  expect(new Set(names).size).toBe(names.length);
  for (const { path, operation } of operations()) {
    expect([path, operation.operationId]).toEqual([path, expect.stringMatching(/^[a-z][A-Za-z]+$/)]);
    expect([path, operation.summary?.length]).toEqual([path, expect.any(Number)]);
    expect([path, operation.tags]).toEqual([path, [expect.any(String)]]);
    for (const status of ['4XX', '5XX']) {
      expect([path, operation.responses[status]?.content?.['application/json']?.schema?.$ref]).toEqual([path, '#/components/schemas/Problem']);
    }
  }
});

test('what is no JSON says so: the calendar file is a calendar, and comes as it is described', async () => {
  const described = document.paths['/api/v1/bookings/{token}/calendar.ics']?.['get']?.responses['200']?.content;
  expect(Object.keys(described ?? {})).toEqual(['text/calendar']);
  const file = await app.http.inject(`/api/v1/bookings/${token}/calendar.ics`);
  expect(file.headers['content-type']).toBe('text/calendar; charset=utf-8');
  expect(file.body).toMatch(/^BEGIN:VCALENDAR\r\n/);
});

const bodies: Readonly<Record<string, { payload?: string; type?: string }>> = {
  nothing: {},
  'an empty object': { payload: '{}', type: 'application/json' },
  'an empty list': { payload: '[]', type: 'application/json' },
  garbage: { payload: '{"a":', type: 'application/json' },
  'a text': { payload: 'hello', type: 'text/plain' },
  'a form': { payload: 'a=1', type: 'application/x-www-form-urlencoded' },
  'bytes without a type': { payload: '\u0000\u0001' },
};
const unreadable = ['garbage', 'a text', 'a form', 'bytes without a type'];

test('every documented route answers nonsense with a refusal in the one shape, and never with a fault of its own', async () => {
  const real: Record<string, string> = {
    chain: 'test',
    location: 'salon',
    token,
    appointmentId,
    chainId: app.scope.chainId,
    connectionId: app.connectionId,
  };
  let asked = 0;
  for (const { path, method, operation } of operations()) {
    const names = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
    const places = names.length === 0 ? ['real'] : ['real', 'unknown', 'weird', 'long'];
    for (const kind of places) {
      const word = { real: undefined, unknown: 'nobody', weird: '%00%F0%9F%98%80..%2f', long: 'x'.repeat(199) }[kind];
      const url = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => word ?? real[name] ?? name);
      for (const [what, { payload, type }] of Object.entries(bodies)) {
        if (method === 'GET' && what !== 'nothing') continue;
        // cancelling the real booking is what its route is for
        if (kind === 'real' && operation.requestBody === undefined && !unreadable.includes(what)) continue;
        // and what the client was shown may be left out of it, as may the page to which they come back from paying
        const mayBeEmpty = ['cancellation', 'payments'].some((deed) => url.endsWith(`/bookings/${token}/${deed}`));
        if (kind === 'real' && mayBeEmpty && ['nothing', 'an empty object'].includes(what)) continue;
        const response = await app.http.inject({
          method: method as 'GET' | 'POST',
          url,
          ...(payload === undefined ? {} : { payload, headers: type ? { 'content-type': type } : {} }),
        });
        const saw = `${method} ${url} with ${what}: ${response.statusCode}`;
        expect(response.statusCode, saw).toBeGreaterThanOrEqual(400);
        expect(response.statusCode, saw).toBeLessThan(500);
        expect(problemShape.strict().safeParse(response.json()).success, saw).toBe(true);
        asked++;
      }
    }
  }
  expect(asked).toBeGreaterThan(100);
  expect((await clientOf(app).see(token)).body.status).toBe('held');
});
