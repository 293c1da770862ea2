import { z } from 'zod';
import { languageShape } from './session.ts';
import { instantShape } from './time.ts';

/** Anything that was typed: how long is checked before it is hashed, because hashing costs. */
const passwordShape = z.string().min(1).max(1000);
const emailShape = z.string().trim().min(3).max(254).includes('@');
const codeShape = z.string().trim().min(4).max(40).describe('Six digits, or a recovery code');
const nameShape = z.string().trim().min(1).max(100);

export const signInWishShape = z.strictObject({
  email: emailShape,
  password: passwordShape,
  chain: z.string().max(60).optional().describe('The slug of the chain, when several know this e-mail address (choose_chain)'),
});
export const signedInShape = z
  .object({ secondFactor: z.boolean().describe('A code is still needed: POST sign-in/second-factor') })
  .meta({ id: 'SignedIn' });
export type SignedIn = z.infer<typeof signedInShape>;

export const secondFactorWishShape = z.strictObject({ code: codeShape });
export const resetWishShape = z.strictObject({ email: emailShape });
export const doneShape = z.object({ done: z.literal(true) }).meta({ id: 'Done' });

const tokenShape = z.string().min(20).max(200);
export const userLinkWishShape = z.strictObject({ token: tokenShape });
export const userLinkShape = z
  .object({
    kind: z.enum(['invite', 'reset']),
    chain: z.string(),
    user: z.object({ email: z.string(), name: z.string(), language: languageShape }),
    expiresAt: instantShape,
  })
  .meta({ id: 'UserLink' });
export type UserLinkAnswer = z.infer<typeof userLinkShape>;
export const userLinkAcceptanceShape = z.strictObject({
  token: tokenShape,
  password: passwordShape,
  name: nameShape.optional(),
  language: languageShape.optional(),
});

/** `GET account`: what concerns nobody but oneself. */
export const accountShape = z
  .object({
    email: z.string(),
    name: z.string(),
    language: languageShape,
    hasPassword: z.boolean(),
    secondFactor: z.object({ since: instantShape, recoveryCodesLeft: z.int() }).nullable(),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof accountShape>;
export const accountWishShape = z.strictObject({ name: nameShape.optional(), language: languageShape.optional() });
export const passwordWishShape = z.strictObject({ present: passwordShape, next: passwordShape });

export const enrolWishShape = z.strictObject({ password: passwordShape });
export const enrolmentShape = z
  .object({ secret: z.string().describe('Base 32, to be typed'), uri: z.string().describe('otpauth://, to be shown as a QR code') })
  .meta({ id: 'SecondFactorEnrolment' });
export type Enrolment = z.infer<typeof enrolmentShape>;
export const recoveryCodesShape = z.object({ recoveryCodes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' });
export type RecoveryCodes = z.infer<typeof recoveryCodesShape>;
export const endSecondFactorWishShape = z.strictObject({ password: passwordShape, code: codeShape });

export const ownSessionsShape = z
  .object({
    sessions: z.array(
      z.object({
        id: z.string(),
        device: z.string(),
        address: z.string(),
        startedAt: instantShape,
        seenAt: instantShape,
        present: z.boolean().describe('The one that asks'),
      }),
    ),
  })
  .meta({ id: 'OwnSessions' });
export type OwnSessions = z.infer<typeof ownSessionsShape>;
export const endedShape = z.object({ ended: z.int() }).meta({ id: 'SessionsEnded' });
