import { roleChangeShape, roleShape, rolesShape, roleWishShape } from '@holdfast/contract/roles';
import { z } from 'zod';
import type { Deps } from '../kit/deps.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { changeRole, createRole, deleteRole } from './change-role.ts';
import { whoOf } from './guard.ts';
import { seeRoles } from './see-roles.ts';

const tags = ['salon: users'];
const config = { needs: 'users.edit' } as const;
const params = z.object({ role: z.string().min(1).max(60) });

/** Roles and rights: the built-in ones, and those of the chain's own. */
export async function rolesRoutes(http: Http, ctx: Deps): Promise<void> {
  http.get(
    '/roles',
    {
      config,
      schema: { operationId: 'listRoles', tags, summary: 'Roles, and what you may do with them', response: { 200: rolesShape, ...problemAnswers } },
    },
    async (request) => seeRoles(ctx.db.read, whoOf(request)),
  );

  http.post(
    '/roles',
    {
      config,
      schema: {
        operationId: 'createRole',
        tags,
        summary: 'A role of your own',
        body: roleWishShape,
        response: { 200: roleShape, ...problemAnswers },
      },
    },
    async (request) => createRole(ctx, whoOf(request), request.body),
  );

  http.put(
    '/roles/:role',
    {
      config,
      schema: {
        operationId: 'changeRole',
        tags,
        summary: 'Change a role of your own',
        params,
        body: roleChangeShape,
        response: { 200: roleShape, ...problemAnswers },
      },
    },
    async (request) => changeRole(ctx, whoOf(request), request.params.role, request.body),
  );

  http.delete(
    '/roles/:role',
    {
      config,
      schema: {
        operationId: 'deleteRole',
        tags,
        summary: 'Delete a role that nobody has',
        params,
        response: { 200: z.object({ deleted: z.literal(true) }), ...problemAnswers },
      },
    },
    async (request) => {
      await deleteRole(ctx, whoOf(request), request.params.role);
      return { deleted: true as const };
    },
  );
}
