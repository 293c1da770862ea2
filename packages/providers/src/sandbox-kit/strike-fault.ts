import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FaultMatch, Faults } from './faults.ts';

/**
 * Does a misfortune strike this call, and was it answered by that? `answered`: nothing was done, nothing is left to say · `after`: do the work, then
 * call `loseAnswer` instead of answering · undefined: an ordinary call. `broken` and `tooMany` are the provider's own words for 500 and 429.
 */
export function strikeFault(
  faults: Faults,
  call: Exclude<FaultMatch, 'any'>,
  { request, reply, broken, tooMany }: { request: FastifyRequest; reply: FastifyReply; broken: object | string; tooMany: object | string },
): { readonly kind: 'answered' } | { readonly kind: 'after'; readonly loseAnswer: () => FastifyReply } | undefined {
  const fault = faults.strike(call);
  switch (fault) {
    case undefined:
      return undefined;
    case 'timeout':
      reply.hijack();
      return { kind: 'answered' };
    case 'status500':
      void reply.code(500).send(broken);
      return { kind: 'answered' };
    case 'status429':
      void reply.code(429).send(tooMany);
      return { kind: 'answered' };
    case 'html':
      void reply.code(502).type('text/html').send('<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>');
      return { kind: 'answered' };
    case 'status500_after':
      return { kind: 'after', loseAnswer: () => reply.code(500).send(broken) };
    case 'drop_after':
      return {
        kind: 'after',
        loseAnswer: () => {
          reply.hijack();
          request.raw.socket.destroy();
          return reply;
        },
      };
  }
}
