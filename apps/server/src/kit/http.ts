import { randomUUID } from 'node:crypto';
import fastifyCors from '@fastify/cors';
import fastifyHelmet from '@fastify/helmet';
import fastifySwagger from '@fastify/swagger';
import { type ProblemAnswer, problemShape } from '@holdfast/contract/problem';
import Fastify, { type FastifyBaseLogger, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  jsonSchemaTransformObject,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { Problem } from './problem.ts';

export type Http = FastifyInstance<
  import('node:http').Server,
  import('node:http').IncomingMessage,
  import('node:http').ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** The refusals every route may answer, for the OpenAPI document. */
export const problemAnswers = { '4xx': problemShape, '5xx': problemShape } as const;

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
    trustProxy: typeof trustProxy === 'number' ? (_address, hop) => hop < trustProxy : trustProxy,
    bodyLimit: 64 * 1024,
    genReqId: () => `req_${randomUUID()}`,
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
    // a client that trickles its request must not hold a connection for ever
    connectionTimeout: 60_000,
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
  }).withTypeProvider<ZodTypeProvider>();
  http.setValidatorCompiler(validatorCompiler);
  http.setSerializerCompiler(serializerCompiler);
  http.setErrorHandler(answerTrouble);
  http.setNotFoundHandler((request, reply) => send(reply, request, new Problem('not_found', 404, 'There is nothing at this address.')));
  http.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
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
  // The public API may be called by any page: it uses no cookies.
  await http.register(fastifyCors, { origin: true, credentials: false, maxAge: 86_400, exposedHeaders: ['x-request-id'] });
  await http.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Holdfast',
        version: '1',
        description: 'Online booking that is paid in the booking flow. Amounts are integers of minor units, instants are RFC 3339 in UTC.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      tags: [
        { name: 'booking', description: 'What the booking widget does, step by step' },
        { name: 'client', description: "The client's own page: see, pay, cancel, choose" },
        { name: 'webhooks', description: 'What payment providers call' },
        { name: 'operation', description: 'For whoever runs the server' },
      ],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
  return http;
}

function answerTrouble(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof Problem) {
    request.log.info({ problem: error.code }, 'refused');
    send(reply, request, error);
    return;
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation.map((one) => ({ field: one.instancePath.replaceAll('/', '.').replace(/^\./, ''), message: one.message }));
    send(reply, request, new Problem('invalid_request', 400, 'The request does not have the documented shape.', { where: error.validationContext, fields }));
    return;
  }
  if (error.statusCode === 413) {
    send(reply, request, new Problem('too_large', 413, 'The request is larger than this address accepts.'));
    return;
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    send(reply, request, new Problem('invalid_request', error.statusCode, error.message));
    return;
  }
  request.log.error({ err: error }, 'bug');
  send(reply, request, new Problem('internal', 500, 'Something is wrong on our side. Nothing you sent was lost; please try again.'));
}

function send(reply: FastifyReply, request: FastifyRequest, problem: Problem): void {
  const answer: ProblemAnswer = { code: problem.code, title: problem.message, requestId: request.id, detail: problem.detail };
  const retryAt = problem.detail['retryAfterSeconds'];
  if (typeof retryAt === 'number') reply.header('retry-after', String(retryAt));
  // past the route's own answer shapes: an error has one shape everywhere
  reply.code(problem.status).type('application/json; charset=utf-8').serializer(JSON.stringify).send(answer);
}
