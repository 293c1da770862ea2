import {
  accountShape,
  accountWishShape,
  doneShape,
  endedShape,
  endSecondFactorWishShape,
  enrolmentShape,
  enrolWishShape,
  ownSessionsShape,
  passwordWishShape,
  recoveryCodesShape,
  secondFactorWishShape,
} from '@holdfast/contract/signing-in';
import { z } from 'zod';
import { type Http, problemAnswers } from '../kit/http.ts';
import { Problem } from '../kit/problem.ts';
import { changeAccount } from './change-account.ts';
import { changePassword } from './change-password.ts';
import type { AccessContext } from './context.ts';
import { endSessions } from './end-sessions.ts';
import { whoOf } from './guard.ts';
import { noteAudit } from './note-audit.ts';
import { readAccount, readOwnSessions } from './read-account.ts';
import { confirmSecondFactor, endSecondFactor, enrolSecondFactor } from './switch-second-factor.ts';

const signedIn = { needs: 'signed_in' } as const;
const tags = ['salon: signing in'];
const done = { done: true } as const;

/** What everybody may do with their own account, whatever their role. */
export async function accountRoutes(http: Http, ctx: AccessContext): Promise<void> {
  http.get(
    '/account',
    {
      config: signedIn,
      schema: { operationId: 'readAccount', tags, summary: "One's own account", response: { 200: accountShape, ...problemAnswers } },
    },
    async (request) => readAccount(ctx, whoOf(request)),
  );

  http.patch(
    '/account',
    {
      config: signedIn,
      schema: {
        operationId: 'changeAccount',
        tags,
        summary: "One's own name and language",
        body: accountWishShape,
        response: { 200: doneShape, ...problemAnswers },
      },
    },
    async (request) => {
      await changeAccount(ctx, whoOf(request), request.body);
      return done;
    },
  );

  http.post(
    '/account/password',
    {
      config: signedIn,
      schema: {
        operationId: 'changePassword',
        tags,
        summary: "Change one's own password; all other sessions end",
        body: passwordWishShape,
        response: { 200: doneShape, ...problemAnswers },
      },
    },
    async (request) => {
      await changePassword(ctx, whoOf(request), request.body);
      return done;
    },
  );

  http.post(
    '/account/second-factor',
    {
      config: signedIn,
      schema: {
        operationId: 'enrolSecondFactor',
        tags,
        summary: 'A secret for an authenticator app; shown once, in force when a code has confirmed it',
        body: enrolWishShape,
        response: { 200: enrolmentShape, ...problemAnswers },
      },
    },
    async (request) => enrolSecondFactor(ctx, whoOf(request), request.body.password),
  );

  http.post(
    '/account/second-factor/confirmation',
    {
      config: signedIn,
      schema: {
        operationId: 'confirmSecondFactor',
        tags,
        summary: 'Switch the second factor on; answers the recovery codes, once',
        body: secondFactorWishShape,
        response: { 200: recoveryCodesShape, ...problemAnswers },
      },
    },
    async (request) => ({ recoveryCodes: [...(await confirmSecondFactor(ctx, whoOf(request), request.body.code))] }),
  );

  http.post(
    '/account/second-factor/end',
    {
      config: signedIn,
      schema: {
        operationId: 'endSecondFactor',
        tags,
        summary: 'Switch the second factor off, with password and code',
        body: endSecondFactorWishShape,
        response: { 200: doneShape, ...problemAnswers },
      },
    },
    async (request) => {
      await endSecondFactor(ctx, whoOf(request), request.body);
      return done;
    },
  );

  http.get(
    '/account/sessions',
    {
      config: signedIn,
      schema: { operationId: 'readOwnSessions', tags, summary: 'Where one is signed in', response: { 200: ownSessionsShape, ...problemAnswers } },
    },
    async (request) => readOwnSessions(ctx, whoOf(request)),
  );

  http.post(
    '/account/sessions/:session/end',
    {
      config: signedIn,
      schema: {
        operationId: 'endOwnSession',
        tags,
        summary: "End one of one's own sessions",
        params: z.object({ session: z.string().max(60) }),
        response: { 200: endedShape, ...problemAnswers },
      },
    },
    async (request) => {
      const who = whoOf(request);
      const { session } = request.params;
      const ended = await ctx.db.transaction(async (tx) => {
        const count = await endSessions(tx, ctx, who, { only: session });
        if (count > 0) await noteAudit(tx, ctx, who, { action: 'session.ended', subject: { kind: 'session', id: session } });
        return count;
      });
      if (ended === 0) throw new Problem('not_found', 404, 'There is no such session.');
      return { ended };
    },
  );

  http.post(
    '/account/sessions/end-others',
    {
      config: signedIn,
      schema: {
        operationId: 'endOtherSessions',
        tags,
        summary: "End all of one's own sessions but this one",
        response: { 200: endedShape, ...problemAnswers },
      },
    },
    async (request) => {
      const who = whoOf(request);
      const ended = await ctx.db.transaction(async (tx) => {
        const count = await endSessions(tx, ctx, who, { but: who.sessionId });
        if (count > 0)
          await noteAudit(tx, ctx, who, { action: 'sessions.ended', subject: { kind: 'user', id: who.userId }, after: { others: count } });
        return count;
      });
      return { ended };
    },
  );
}
