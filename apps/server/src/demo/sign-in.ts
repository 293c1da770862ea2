import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { setSessionCookie } from '../access/session-cookie.ts';
import { startSession } from '../access/start-session.ts';
import type { Deps } from '../kit/deps.ts';
import { Problem } from '../kit/problem.ts';
import { demoChain } from './demo-location.ts';
import { demoUsers, userId } from './demo-users.ts';

/** `/demo/admin` shows the salon's side signed in as the owner; `?as=reception` as somebody else. In the demo only: elsewhere this address does not exist. */
export const demoSignIn: FastifyPluginAsyncZod<{ deps: Deps; secure: boolean }> = async (app, { deps, secure }) => {
  app.get(
    '/demo/admin',
    { schema: { hide: true, querystring: z.object({ as: z.string().max(40).default('owner'), to: z.string().max(200).default('/admin') }) } },
    async (request, reply) => {
      const { as, to } = request.query;
      const user = demoUsers.find(({ key }) => key === as);
      if (!user || !/^\/admin(\/|$)/.test(to)) throw new Problem('not_found', 404, 'There is nobody of this name in the demo.');
      const device = request.headers['user-agent'] ?? '';
      const cookie = await startSession(deps.db.read, deps, {
        chainId: demoChain.chainId,
        userId: userId(user.key),
        passedTotp: true,
        address: request.ip,
        device,
      });
      setSessionCookie(reply, cookie, { secure });
      return reply.redirect(to);
    },
  );
};
