import { invitationShape, invitedShape, userChangeShape, userChoicesShape, userShape, usersShape } from '@holdfast/contract/users';
import { z } from 'zod';
import { type Http, problemAnswers } from '../kit/http.ts';
import { changeUser } from './change-user.ts';
import { disableUser, endSessions } from './disable-user.ts';
import { whoOf } from './guard.ts';
import { type InviteContext, inviteAgainAs, inviteAs } from './invite-as.ts';
import { seeUser, seeUserChoices, seeUsers } from './see-users.ts';
import { takeSecondFactor } from './take-second-factor.ts';

const tags = ['salon: users'];
const config = { needs: 'users.edit' } as const;
const params = z.object({ user: z.string().min(1).max(60) });
const answersUser = { 200: userShape, ...problemAnswers };
const answersInvited = { 200: invitedShape, ...problemAnswers };

/** Who works here, and as what. */
export async function usersRoutes(http: Http, ctx: InviteContext): Promise<void> {
  http.get(
    '/users',
    {
      config,
      schema: { operationId: 'listUsers', tags, summary: 'Users who work where you edit users', response: { 200: usersShape, ...problemAnswers } },
    },
    async (request) => ({ users: [...(await seeUsers(ctx.db.read, whoOf(request)))] }),
  );

  http.get(
    '/user-choices',
    {
      config,
      schema: {
        operationId: 'readUserChoices',
        tags,
        summary: 'What a user’s places are chosen from',
        response: { 200: userChoicesShape, ...problemAnswers },
      },
    },
    async (request) => seeUserChoices(ctx.db.read, whoOf(request)),
  );

  http.post(
    '/users',
    { config, schema: { operationId: 'inviteUser', tags, summary: 'Invite somebody', body: invitationShape, response: answersInvited } },
    async (request) => inviteAs(ctx, whoOf(request), request.body),
  );

  http.get(
    '/users/:user',
    { config, schema: { operationId: 'readUser', tags, summary: 'One user', params, response: answersUser } },
    async (request) => seeUser(ctx.db.read, whoOf(request), request.params.user),
  );

  http.put(
    '/users/:user',
    {
      config,
      schema: {
        operationId: 'changeUser',
        tags,
        summary: 'Change name, e-mail, language, places and roles',
        params,
        body: userChangeShape,
        response: answersUser,
      },
    },
    async (request) => changeUser(ctx, whoOf(request), request.params.user, request.body),
  );

  http.put(
    '/users/:user/disabled',
    {
      config,
      schema: {
        operationId: 'disableUser',
        tags,
        summary: 'Disable or enable',
        params,
        body: z.object({ disabled: z.boolean() }),
        response: answersUser,
      },
    },
    async (request) => disableUser(ctx, whoOf(request), request.params.user, request.body.disabled),
  );

  http.post(
    '/users/:user/invitations',
    { config, schema: { operationId: 'inviteUserAgain', tags, summary: 'Send the invitation again', params, response: answersInvited } },
    async (request) => inviteAgainAs(ctx, whoOf(request), request.params.user),
  );

  http.delete(
    '/users/:user/second-factor',
    {
      config,
      schema: {
        operationId: 'takeUserSecondFactor',
        tags,
        summary: 'Take a lost second factor away; all their sessions end',
        params,
        response: answersUser,
      },
    },
    async (request) => takeSecondFactor(ctx, whoOf(request), request.params.user),
  );

  http.delete(
    '/users/:user/sessions',
    {
      config,
      schema: {
        operationId: 'endUserSessions',
        tags,
        summary: 'Sign them out everywhere (yourself: everywhere else)',
        params,
        response: { 200: z.object({ ended: z.int() }), ...problemAnswers },
      },
    },
    async (request) => endSessions(ctx, whoOf(request), request.params.user),
  );
}
