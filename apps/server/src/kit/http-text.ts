import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problem.ts';

/**
 * Bodies are JSON in UTF-8, and every text in a request is one that can be kept: PostgreSQL has no zero character, and half a surrogate pair is no
 * character at all. Without this such a name would come as far as the database and be answered as a fault of ours.
 */
export function readTextStrictly(http: FastifyInstance): void {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const parseJson = http.getDefaultJsonParser('error', 'error');
  http.removeAllContentTypeParsers();
  http.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let text: string;
    try {
      text = utf8.decode(body as Buffer);
    } catch {
      done(new Problem('invalid_request', 400, 'The body is not UTF-8.'));
      return;
    }
    // no body is no body, whatever it is said to be: routes that need one say so
    if (text === '') done(null, undefined);
    else
      void parseJson(request, text, (error, value) =>
        error ? done(new Problem('invalid_request', 400, 'The body is not JSON.')) : done(null, value),
      );
  });
  // after the shapes, which leave nothing that is deep or endless
  http.addHook('preHandler', async (request) => {
    const { schema } = request.routeOptions;
    if (schema?.params) refuseUnkeepable('params', request.params);
    if (schema?.querystring) refuseUnkeepable('querystring', request.query);
    if (schema?.body) refuseUnkeepable('body', request.body);
  });
}

type Where = 'params' | 'querystring' | 'body';

function refuseUnkeepable(where: Where, value: FastifyRequest['body'], field = ''): void {
  if (typeof value === 'string') {
    if (!value.isWellFormed() || value.includes('\0')) {
      const fields = [{ field, message: 'This text holds something that is no character.' }];
      throw new Problem('invalid_request', 400, 'The request does not have the documented shape.', { where, fields });
    }
  } else if (typeof value === 'object' && value !== null && !Buffer.isBuffer(value)) {
    for (const [name, one] of Object.entries(value)) refuseUnkeepable(where, one, field === '' ? name : `${field}.${name}`);
  }
}
