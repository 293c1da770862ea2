import { randomUUID } from 'node:crypto';
import fastifyCors from '@fastify/cors';
import fastifyHelmet from '@fastify/helmet';
import fastifySwagger from '@fastify/swagger';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import {
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { rememberMethods } from './http-methods.ts';
import { withoutUnused } from './http-openapi.ts';
import { readTextStrictly } from './http-text.ts';
import { answerBrokenRequest, answerProblem, answerTrouble } from './http-trouble.ts';
import { withWebhooks } from './http-webhooks.ts';
import { Problem } from './problem.ts';

export { problemAnswers } from './http-trouble.ts';

export type Http = FastifyInstance<
  import('node:http').Server,
  import('node:http').IncomingMessage,
  import('node:http').ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

export interface HttpOptions {
  readonly log: Logger;
  /** Who may tell us the client's address: false, a number of hops, or addresses. */
  readonly trustProxy: boolean | number | string[];
  /** Served over https: strict transport security, and no plain-text requests. */
  readonly secure: boolean;
}

/** The HTTP server before any route: shapes checked both ways, one error shape, request ids, safe headers, OpenAPI. */
export async function createHttp({ log, trustProxy, secure }: HttpOptions): Promise<Http> {
  const http = Fastify({
    loggerInstance: log as FastifyBaseLogger,
    // one line for each request, when it has been answered: see below
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: typeof trustProxy === 'number' ? (_address, hop) => hop < trustProxy : trustProxy,
    bodyLimit: 64 * 1024,
    genReqId: () => `req_${randomUUID()}`,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    // a client that trickles its request must not hold a connection for ever
    connectionTimeout: 60_000,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    frameworkErrors: answerTrouble,
    clientErrorHandler: answerBrokenRequest,
  }).withTypeProvider<ZodTypeProvider>();
  http.setValidatorCompiler(validatorCompiler);
  http.setSerializerCompiler(serializerCompiler);
  http.setErrorHandler(answerTrouble);
  http.addHook('onResponse', async (request, reply) => {
    request.log.info({ req: request, res: reply, ms: Math.round(reply.elapsedTime) }, 'answered');
  });
  const methodsAt = rememberMethods(http as unknown as FastifyInstance);
  readTextStrictly(http as unknown as FastifyInstance);
  http.setNotFoundHandler((request, reply) => {
    const methods = methodsAt(request.url.split('?')[0] ?? '');
    if (methods.length === 0) return answerProblem(new Problem('not_found', 404, 'There is nothing at this address.'), request, reply);
    reply.header('allow', methods.join(', '));
    return answerProblem(new Problem('method_not_allowed', 405, 'This address does not answer this method.', { allow: methods }), request, reply);
  });
  http.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  // a browser keeps its connection for the next request: while we close, the present one is its last, or we would wait for it
  let closing = false;
  http.addHook('preClose', async () => {
    closing = true;
  });
  http.addHook('onSend', (_request, reply, payload, done) => {
    if (closing) reply.header('connection', 'close');
    done(null, payload);
  });
  await http.register(fastifyHelmet, {
    contentSecurityPolicy: {
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        // no form of ours leads elsewhere; a provider's page is reached by navigation
        formAction: ["'self'"],
        upgradeInsecureRequests: secure ? [] : null,
      },
    },
    strictTransportSecurity: secure,
    // the client's own page has its token in the address
    referrerPolicy: { policy: 'no-referrer' },
  });
  // What a widget on anybody's page needs may be asked for from there, and nothing else; it uses no cookies.
  await http.register(fastifyCors, {
    delegator: ({ url }, answer) =>
      answer(null, {
        origin: /^\/(?:api\/v1\/(?!admin(?:\/|$))|widget\/|embed\.js|pictures\/)/.test(url),
        credentials: false,
        maxAge: 86_400,
        strictPreflight: false,
        exposedHeaders: ['x-request-id', 'retry-after'],
      }),
  });
  await http.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Holdfast',
        version: '1',
        description: 'Online booking that is paid in the booking flow. Amounts are integers of minor units, instants are RFC 3339 in UTC.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      components: {
        securitySchemes: {
          session: { type: 'apiKey', in: 'cookie', name: secure ? '__Host-holdfast' : 'holdfast', description: 'Of somebody who is signed in' },
          apiKey: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'hf_…',
            description: 'A key of Settings → API keys & webhooks, with the rights it was given',
          },
        },
      },
      tags: [
        { name: 'booking', description: 'What the booking widget does, step by step' },
        { name: 'client', description: "The client's own page: see, pay, cancel, choose" },
        { name: 'salon: signing in', description: 'Users of the salon: sessions, second factor, invitations' },
        { name: 'salon: users', description: 'Users, roles and rights, the audit log' },
        { name: 'salon: calendar', description: 'The Appointment Calendar and the booking window' },
        { name: 'salon: checkout', description: 'Paying at the desk and payment links' },
        { name: 'salon: clients', description: 'Clients' },
        { name: 'salon: cashless payment', description: 'Finance → Cashless payment: providers, methods, statuses' },
        { name: 'salon: reconciliation', description: 'Finance → Reconciliation: payouts, differences, files' },
        { name: 'salon: settings', description: 'Services, staff, positions, schedules, business information' },
        { name: 'salon: messages', description: 'SMS and e-mail: channels, templates, what was sent' },
        { name: 'salon: integrations', description: 'API keys, webhooks, importing files' },
        { name: 'webhooks', description: 'What payment providers call' },
        { name: 'outgoing webhooks', description: 'What is sent to the addresses of Settings → API keys & webhooks' },
        { name: 'operation', description: 'For whoever runs the server' },
      ],
    },
    transform: jsonSchemaTransform,
    transformObject: (document) => withoutUnused(withWebhooks(jsonSchemaTransformObject(document))),
  });
  return http;
}
