import { archivedChangeShape, onlinePaymentChangeShape, staffCardShape, staffChangeShape, staffFieldsShape } from '@holdfast/contract/catalog';
import { z } from 'zod';
import { placeOf } from '../access/guard.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import { archiveTeamMember } from './archive-from-catalog.ts';
import { changeTeamMember, createTeamMember, setStaffPayment } from './change-team-member.ts';
import type { CatalogContext } from './context.ts';
import { deleteTeamMember } from './delete-from-catalog.ts';
import { deletedShape, editorOf, here } from './editor-of.ts';
import { readStaffCard } from './read-cards.ts';

const oneShape = here.extend({ staff: z.string().max(60) });

/** Settings → Staff: the card of each team member. */
export async function staffRoutes(http: Http, ctx: CatalogContext): Promise<void> {
  http.get(
    '/locations/:location/catalog/staff/:staff',
    {
      config: { needs: 'signed_in' },
      schema: {
        operationId: 'readTeamMemberCard',
        tags: ['salon: settings'],
        summary: 'The card of a team member',
        description: 'Everybody who works here may see it; what it says is on the booking page or in the calendar.',
        params: oneShape,
        response: { 200: staffCardShape, ...problemAnswers },
      },
    },
    async (request) => readStaffCard(ctx, placeOf(request).scope, request.params.staff),
  );

  http.post(
    '/locations/:location/catalog/staff',
    {
      config: { needs: 'catalog.edit' },
      schema: {
        operationId: 'createTeamMember',
        tags: ['salon: settings'],
        summary: 'Add a team member',
        params: here,
        body: staffFieldsShape,
        response: { 201: staffCardShape, ...problemAnswers },
      },
    },
    async (request, reply) => {
      const id = await createTeamMember(ctx, editorOf(request), request.body);
      return reply.code(201).send(await readStaffCard(ctx, placeOf(request).scope, id));
    },
  );

  http.put(
    '/locations/:location/catalog/staff/:staff',
    {
      config: { needs: 'catalog.edit' },
      schema: {
        operationId: 'changeTeamMember',
        tags: ['salon: settings'],
        summary: 'Save the card of a team member',
        description:
          "The answer is the card as it is now, with warnings about what can never work as it is set, such as an amount below the provider's minimum.",
        params: oneShape,
        body: staffChangeShape,
        response: { 200: staffCardShape, ...problemAnswers },
      },
    },
    async (request) => {
      await changeTeamMember(ctx, editorOf(request), request.params.staff, request.body);
      return readStaffCard(ctx, placeOf(request).scope, request.params.staff);
    },
  );

  http.put(
    '/locations/:location/catalog/staff/:staff/online-payment',
    {
      config: { needs: 'catalog.online_payment' },
      schema: {
        operationId: 'setTeamMemberOnlinePayment',
        tags: ['salon: settings'],
        summary: 'Change nothing of a team member but the online payment status',
        params: oneShape,
        body: onlinePaymentChangeShape,
        response: { 200: staffCardShape, ...problemAnswers },
      },
    },
    async (request) => {
      await setStaffPayment(ctx, editorOf(request), request.params.staff, request.body);
      return readStaffCard(ctx, placeOf(request).scope, request.params.staff);
    },
  );

  http.put(
    '/locations/:location/catalog/staff/:staff/archived',
    {
      config: { needs: 'catalog.edit' },
      schema: {
        operationId: 'archiveTeamMember',
        tags: ['salon: settings'],
        summary: 'Archive a team member, or bring it back',
        description: 'Future appointments stay as they are: appointmentsAhead says how many.',
        params: oneShape,
        body: archivedChangeShape,
        response: { 200: staffCardShape, ...problemAnswers },
      },
    },
    async (request) => {
      await archiveTeamMember(ctx, editorOf(request), request.params.staff, request.body);
      return readStaffCard(ctx, placeOf(request).scope, request.params.staff);
    },
  );

  http.delete(
    '/locations/:location/catalog/staff/:staff',
    {
      config: { needs: 'catalog.edit' },
      schema: {
        operationId: 'deleteTeamMember',
        tags: ['salon: settings'],
        summary: 'Delete a team member that was never used',
        params: oneShape,
        response: { 200: deletedShape, ...problemAnswers },
      },
    },
    async (request) => {
      await deleteTeamMember(ctx, editorOf(request), request.params.staff);
      return { deleted: true as const };
    },
  );
}
