import type { CredentialField, Credentials, PaymentProvider } from '@holdfast/providers/payment-provider';
import { z } from 'zod';
import { Problem } from '../kit/problem.ts';

/** What the adapter says about each field of its credentials, in its order. */
export function fieldsOf({ credentialsShape }: PaymentProvider): readonly { readonly name: string; readonly field: CredentialField }[] {
  return Object.entries(credentialsShape.shape).map(([name, shape]) => ({ name, field: shape.meta() as unknown as CredentialField }));
}

/**
 * As the adapter's schema wants them, without the blanks that pasting brings; what was left empty as its emptiness, a choice nobody made as the first
 * one. Refuses with `invalid_request`, naming fields and repeating no secret. `beforeSetUp`: what the set-up of webhooks is going to bring may be missing.
 */
export function shapedCredentials(adapter: PaymentProvider, typed: Credentials, { beforeSetUp = false } = {}): Credentials {
  const whole = { ...emptyOnes(adapter), ...trimmed(typed) };
  const missing = beforeSetUp ? fieldsOf(adapter).filter(({ name, field }) => field.broughtBySetUp && !whole[name]) : [];
  for (const { name } of missing) delete whole[name];
  const shaped = shapeWithout(
    adapter,
    missing.map(({ name }) => name),
  ).safeParse(whole);
  if (!shaped.success) {
    // the fields' names only: a message may repeat what was typed
    const fields = [...new Set(shaped.error.issues.map((issue) => String(issue.path[0] ?? '')).filter((name) => name !== ''))];
    throw new Problem('invalid_request', 400, 'These credentials do not have the shape that the provider gives them.', { fields });
  }
  return shaped.data as Credentials;
}

/** Of what is kept, only what the adapter still knows; over it what was typed now. What was not typed stays. */
export function mergedCredentials(adapter: PaymentProvider, kept: Credentials, typed: Credentials): Credentials {
  const known = new Set(fieldsOf(adapter).map(({ name }) => name));
  return { ...Object.fromEntries(Object.entries(kept).filter(([name]) => known.has(name))), ...typed };
}

/**
 * What people see of credentials: settings and choices as they are, the last four characters of a line, of longer texts and files only that they are
 * there. What was left empty has no hint.
 */
export function credentialHints(adapter: PaymentProvider, credentials: Credentials): Record<string, string> {
  return Object.fromEntries(
    fieldsOf(adapter).flatMap(({ name, field }) => {
      const value = credentials[name] ?? '';
      if (value === '') return [];
      if (isShown(field)) return [[name, value.slice(0, 500)]];
      return [[name, field.kind === 'lines' || field.kind === 'file' ? '' : lastFour(value)]];
    }),
  );
}

/** Is its value shown as it is once it is saved? Never a secret's. */
export function isShown({ secret, kind, shown }: CredentialField): boolean {
  return !secret && (kind === 'choice' || shown === true);
}

/** Nothing of a secret so short that four characters would tell it. */
function lastFour(secret: string): string {
  return secret.length >= 12 ? secret.slice(-4) : '';
}

function trimmed(typed: Credentials): Record<string, string> {
  return Object.fromEntries(Object.entries(typed).map(([name, value]) => [name, value.trim()]));
}

function emptyOnes(adapter: PaymentProvider): Record<string, string> {
  return Object.fromEntries(
    fieldsOf(adapter).flatMap(({ name, field }) => {
      const first = field.choices?.[0]?.value;
      if (first !== undefined) return [[name, first]];
      return field.optional ? [[name, '']] : [];
    }),
  );
}

function shapeWithout({ credentialsShape }: PaymentProvider, missing: readonly string[]): z.ZodType {
  if (missing.length === 0) return credentialsShape.strict();
  return z.strictObject(Object.fromEntries(Object.entries(credentialsShape.shape).filter(([name]) => !missing.includes(name))));
}
