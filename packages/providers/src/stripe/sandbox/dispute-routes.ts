import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { answerCalls } from './answer-call.ts';
import { acceptDispute, disputeOf, sendEvidence } from './dispute-charge.ts';
import { evidenceTexts } from './dispute-objects.ts';
import { expand } from './expand.ts';
import { listPage, listParams } from './list-page.ts';
import { expandList, metadata, readShape, text, yesNo } from './read-shape.ts';
import type { Work } from './work.ts';

type Plain = { [key: string]: unknown };
const show = (work: Work, object: object, paths: readonly string[] | undefined) => expand(work.tx, object as Plain, paths ?? []);

const readParams = z.strictObject({ expand: expandList.optional() });
const disputeList = z.strictObject({ ...listParams, payment_intent: text().optional(), charge: text().optional() });
const evidence = z.partialRecord(z.enum(evidenceTexts), text(20_000));
const changeParams = z.strictObject({
  evidence: evidence.optional(),
  submit: yesNo.optional(),
  metadata: metadata.optional(),
  expand: expandList.optional(),
});
const filesAndMore: ReadonlySet<string> = new Set([
  'intended_submission_method',
  'evidence[receipt]',
  'evidence[customer_communication]',
  'evidence[uncategorized_file]',
]);

/** `/v1/disputes`, as at Stripe: looked at, answered with evidence, and given up. Nobody makes one by a call. */
export function disputeRoutes(app: FastifyInstance, answer: ReturnType<typeof answerCalls>): void {
  app.get(
    '/v1/disputes',
    answer('read', ({ values }) => {
      const wish = readShape(disputeList, values);
      return (work) => {
        const asked = work.tx
          .list('dispute')
          .filter(({ account }) => account === work.account.id)
          .map(({ object }) => object)
          .filter(
            (one) =>
              (wish.payment_intent === undefined || one.payment_intent === wish.payment_intent) &&
              (wish.charge === undefined || one.charge === wish.charge),
          );
        return show(work, listPage(asked, wish, '/v1/disputes'), wish.expand);
      };
    }),
  );
  app.get(
    '/v1/disputes/:id',
    answer('read', ({ params, values }) => {
      const wish = readShape(readParams, values);
      return (work) => show(work, disputeOf(work, params['id'] ?? ''), wish.expand);
    }),
  );
  app.post(
    '/v1/disputes/:id',
    answer('refund', ({ params, values }) => {
      const wish = readShape(changeParams, values, filesAndMore);
      return (work) =>
        show(work, sendEvidence(work, params['id'] ?? '', wish.evidence ?? {}, wish.submit ?? wish.evidence !== undefined), wish.expand);
    }),
  );
  app.post(
    '/v1/disputes/:id/close',
    answer('refund', ({ params, values }) => {
      const wish = readShape(readParams, values);
      return (work) => show(work, acceptDispute(work, params['id'] ?? ''), wish.expand);
    }),
  );
}
