import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { type ProblemAnswer, problemShape } from '@holdfast/contract/problem';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { Problem } from './problem.ts';

/** The refusals every route may answer, for the OpenAPI document. */
export const problemAnswers = { '4xx': problemShape, '5xx': problemShape } as const;

/** Whatever went wrong, in the one shape of an error. Only what nobody expected is logged as a bug. */
export function answerTrouble(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  if (error instanceof Problem) {
    request.log.info({ problem: error.code }, 'refused');
    answerProblem(error, request, reply);
    return;
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation.map((one) => ({ field: one.instancePath.replaceAll('/', '.').replace(/^\./, ''), message: one.message }));
    answerProblem(
      new Problem('invalid_request', 400, 'The request does not have the documented shape.', { where: error.validationContext, fields }),
      request,
      reply,
    );
    return;
  }
  if (error.statusCode === 413) {
    answerProblem(new Problem('too_large', 413, 'The request is larger than this address accepts.'), request, reply);
    return;
  }
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    answerProblem(new Problem('invalid_request', error.statusCode, sentences[error.code] ?? 'The request cannot be read.'), request, reply);
    return;
  }
  request.log.error({ err: error }, 'bug');
  answerProblem(new Problem('internal', 500, 'Something is wrong on our side. Nothing you sent was lost; please try again.'), request, reply);
}

/** What the framework refuses, in words that repeat nothing of what was sent. */
const sentences: Readonly<Record<string, string>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'The body has to be JSON (content-type: application/json).',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is said to be JSON, and is empty.',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'The body is not as long as it is said to be.',
  FST_ERR_BAD_URL: 'The address is not well formed.',
  FST_ERR_MAX_PARAM_LENGTH: 'A part of the address is too long.',
};

/** One refusal, as JSON, with the request's id; how long to wait also as a header. */
export function answerProblem(problem: Problem, request: FastifyRequest, reply: FastifyReply): void {
  const wait = problem.detail['retryAfterSeconds'];
  if (typeof wait === 'number') reply.header('retry-after', String(wait));
  // past the route's own answer shapes: an error has one shape everywhere
  reply
    .code(problem.status)
    .header('x-request-id', request.id)
    .type('application/json; charset=utf-8')
    .serializer(JSON.stringify)
    .send(answerOf(problem, request.id));
}

/** What is no HTTP at all has no request either: it is answered on the bare connection, which is then closed. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const [status, problem] = brokenProblem(error.code);
  const body = JSON.stringify(answerOf(problem, `req_${randomUUID()}`));
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function brokenProblem(code: string | undefined): readonly [string, Problem] {
  if (code === 'HPE_HEADER_OVERFLOW')
    return ['431 Request Header Fields Too Large', new Problem('too_large', 431, 'The headers are larger than this server accepts.')];
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return ['408 Request Timeout', new Problem('invalid_request', 408, 'The request did not arrive in time.')];
  return ['400 Bad Request', new Problem('invalid_request', 400, 'This is not HTTP.')];
}

function answerOf(problem: Problem, requestId: string): ProblemAnswer {
  return { code: problem.code, title: problem.message, requestId, detail: problem.detail };
}
