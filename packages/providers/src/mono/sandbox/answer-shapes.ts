import { z } from 'zod';

/**
 * What the bank's description of its interface (acquiring, v2412) says about the answers that the sandbox gives, in our words: for tests. No
 * field may be there that is not described.
 */
const moment = z.iso.datetime({ offset: true });
const minor = z.int();

const cancel = z.strictObject({
  status: z.enum(['processing', 'success', 'failure']),
  amount: minor.optional(),
  ccy: minor.optional(),
  createdDate: moment,
  modifiedDate: moment,
  approvalCode: z.string().optional(),
  rrn: z.string().optional(),
  extRef: z.string().optional(),
});

export const statusAnswer = z.strictObject({
  invoiceId: z.string().min(1),
  status: z.enum(['created', 'processing', 'hold', 'success', 'failure', 'reversed', 'expired']),
  failureReason: z.string().optional(),
  errCode: z.string().optional(),
  amount: minor,
  ccy: minor,
  finalAmount: minor.optional(),
  createdDate: moment.optional(),
  modifiedDate: moment.optional(),
  reference: z.string().optional(),
  destination: z.string().optional(),
  cancelList: z.array(cancel).optional(),
  paymentInfo: z
    .strictObject({
      maskedPan: z.string(),
      approvalCode: z.string().optional(),
      rrn: z.string().optional(),
      tranId: z.string().optional(),
      terminal: z.string(),
      bank: z.string().optional(),
      paymentSystem: z.enum(['visa', 'mastercard']),
      paymentMethod: z.enum(['pan', 'apple', 'google', 'monobank', 'wallet', 'direct']),
      fee: minor.optional(),
      country: z.string().optional(),
    })
    .optional(),
});

export const createAnswer = z.strictObject({ invoiceId: z.string().min(1), pageUrl: z.url(), appUrl: z.string().optional() });
export const cancelAnswer = z.strictObject({ status: z.enum(['processing', 'success', 'failure']), createdDate: moment, modifiedDate: moment });
export const detailsAnswer = z.strictObject({ merchantId: z.string(), merchantName: z.string(), edrpou: z.string() });
export const errorAnswer = z.strictObject({ errCode: z.string().min(1), errText: z.string() });

/** The description asks for `profit` and describes `profitAmount`: the second is what there is. */
export const statementAnswer = z.strictObject({
  list: z.array(
    z.strictObject({
      invoiceId: z.string(),
      status: z.enum(['hold', 'processing', 'success', 'failure']),
      maskedPan: z.string(),
      date: moment,
      paymentScheme: z.enum(['bnpl_later_30', 'bnpl_parts_4', 'full']),
      amount: minor,
      profitAmount: minor.optional(),
      ccy: minor,
      approvalCode: z.string().optional(),
      rrn: z.string().optional(),
      reference: z.string().optional(),
      destination: z.string().optional(),
      cancelList: z
        .array(
          z.strictObject({
            amount: minor,
            ccy: minor,
            date: moment,
            approvalCode: z.string().optional(),
            rrn: z.string().optional(),
            maskedPan: z.string(),
          }),
        )
        .optional(),
      metadata: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
