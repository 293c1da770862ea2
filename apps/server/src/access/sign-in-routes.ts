import {
  doneShape,
  resetWishShape,
  secondFactorWishShape,
  signedInShape,
  signInWishShape,
  userLinkAcceptanceShape,
  userLinkShape,
  userLinkWishShape,
} from '@holdfast/contract/signing-in';
import { type Http, problemAnswers } from '../kit/http.ts';
import { askReset } from './ask-reset.ts';
import type { AccessContext } from './context.ts';
import { followUserLink, lookAtUserLink } from './follow-user-link.ts';
import { knownDevice, rememberDevice } from './known-device.ts';
import { passSecondFactor } from './pass-second-factor.ts';
import { setSessionCookie } from './session-cookie.ts';
import { signIn } from './sign-in.ts';
import { visitOf } from './visit.ts';

const common = { tags: ['salon: signing in'] };

/** Ways in: with a password, a code, and by the links that are sent to a mailbox. */
export async function signInRoutes(http: Http, ctx: AccessContext): Promise<void> {
  http.post(
    '/sign-in',
    {
      config: { needs: 'nobody' },
      schema: {
        ...common,
        operationId: 'signIn',
        summary: 'Sign in with e-mail address and password',
        description:
          'Whatever is wrong, the answer is wrong_credentials. choose_chain names chains to choose from; too_many_requests says how long to wait.',
        body: signInWishShape,
        response: { 200: signedInShape, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const email = request.body.email.toLowerCase();
      const visit = { ...visitOf(ctx, request), knownDevice: knownDevice(ctx, request, email) };
      const { cookie, secondFactor } = await signIn(ctx, request.body, visit);
      setSessionCookie(reply, cookie, ctx);
      if (!secondFactor) rememberDevice(ctx, reply, email);
      return { secondFactor };
    },
  );

  http.post(
    '/sign-in/second-factor',
    {
      config: { needs: 'nobody' },
      schema: {
        ...common,
        operationId: 'passSecondFactor',
        summary: 'The second half of signing in: a code of the authenticator app, or a recovery code',
        body: secondFactorWishShape,
        response: { 200: signedInShape, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { cookie, email } = await passSecondFactor(ctx, request.body.code, visitOf(ctx, request));
      setSessionCookie(reply, cookie, ctx);
      rememberDevice(ctx, reply, email);
      return { secondFactor: false };
    },
  );

  http.post(
    '/password-resets',
    {
      config: { needs: 'nobody' },
      schema: {
        ...common,
        operationId: 'askPasswordReset',
        summary: 'Ask for a link to a new password',
        description: 'The answer is the same whether anybody has this e-mail address or not.',
        body: resetWishShape,
        response: { 202: doneShape, ...problemAnswers },
      },
    },
    async (request, reply) => {
      await askReset(ctx, request.body.email, visitOf(ctx, request));
      return reply.code(202).send({ done: true });
    },
  );

  http.post(
    '/user-links',
    {
      config: { needs: 'nobody' },
      schema: {
        ...common,
        operationId: 'lookAtUserLink',
        summary: 'What a link that was sent is for (changes nothing)',
        body: userLinkWishShape,
        response: { 200: userLinkShape, ...problemAnswers },
      },
    },
    async (request) => {
      const { kind, chain, user, expiresAt } = await lookAtUserLink(ctx, request.body.token, visitOf(ctx, request));
      return { kind, chain, user, expiresAt: expiresAt.toISOString() };
    },
  );

  http.post(
    '/user-links/acceptance',
    {
      config: { needs: 'nobody' },
      schema: {
        ...common,
        operationId: 'followUserLink',
        summary: 'Accept an invitation, or choose a new password; signs in',
        body: userLinkAcceptanceShape,
        response: { 200: signedInShape, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const { cookie, secondFactor, email } = await followUserLink(ctx, request.body, visitOf(ctx, request));
      setSessionCookie(reply, cookie, ctx);
      if (!secondFactor) rememberDevice(ctx, reply, email);
      return { secondFactor };
    },
  );
}
