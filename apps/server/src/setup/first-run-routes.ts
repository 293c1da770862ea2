import { firstRunDoneShape, firstRunShape, installationShape, setupCodeWishShape } from '@holdfast/contract/first-run';
import { doneShape } from '@holdfast/contract/signing-in';
import { setSessionCookie } from '../access/session-cookie.ts';
import { visitOf } from '../access/visit.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { checkSetupCode, type FirstRunContext, isSetUp, openInstallation } from './open-installation.ts';

const tags = ['salon: signing in'];

/** The first run of an empty installation. Once there is a chain these addresses answer `not_found` for ever. */
export async function firstRunRoutes(http: Http, ctx: FirstRunContext & { readonly demo: boolean }): Promise<void> {
  http.get(
    '/setup',
    {
      config: { needs: 'nobody' },
      schema: {
        operationId: 'readInstallation',
        tags,
        summary: 'Whether there is a chain yet, and whether this is a demo',
        response: { 200: installationShape, ...problemAnswers },
      },
    },
    async () => ({ setUp: await isSetUp(ctx.db.read), demo: ctx.demo }),
  );

  http.post(
    '/setup/code',
    {
      config: { needs: 'nobody' },
      schema: {
        operationId: 'checkSetupCode',
        tags,
        summary: 'Whether this is the code that the server printed',
        body: setupCodeWishShape,
        response: { 200: doneShape, ...problemAnswers },
      },
    },
    async (request) => {
      await checkSetupCode(ctx, request.body.code, visitOf(ctx, request));
      return { done: true as const };
    },
  );

  http.post(
    '/setup',
    {
      config: { needs: 'nobody' },
      schema: {
        operationId: 'openInstallation',
        tags,
        summary: 'Set up an empty installation: chain, owner, first location; signs the owner in',
        body: firstRunShape,
        response: { 201: firstRunDoneShape, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { cookie, location, bookingPage } = await openInstallation(ctx, request.body, visitOf(ctx, request));
      setSessionCookie(reply, cookie, ctx);
      return reply.code(201).send({ location, bookingPage });
    },
  );
}
