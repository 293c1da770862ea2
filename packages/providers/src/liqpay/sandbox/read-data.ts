import { z } from 'zod';
import type { Merchant, Version } from './kinds.ts';
import { Refusal } from './refusal.ts';
import { signData } from './sign-data.ts';

export interface SignedData {
  readonly merchant: Merchant;
  readonly version: Version;
  readonly action: string;
  /** Every number as the text it was written as. */
  readonly fields: Readonly<Record<string, unknown>>;
}

const headShape = z.object({ version: z.enum(['3', '7']), public_key: z.string().min(1), action: z.string().min(1) });

/** `data` and `signature` as they came in a form or in the address. Checks whose they are before anything else is believed. */
export function readData(form: URLSearchParams, merchantOf: (publicKey: string) => Merchant | undefined): SignedData {
  const data = form.get('data') ?? '';
  const signature = form.get('signature') ?? '';
  for (const [name, value] of Object.entries({ data, signature })) if (value === '') throw new Refusal('err_missing', `Parameter ${name} is missing`);
  const fields = decoded(data);
  const head = headShape.safeParse(fields);
  if (!head.success) {
    const [name] = head.error.issues[0]?.path ?? ['data'];
    throw new Refusal(
      fields[String(name)] === undefined ? 'err_missing' : 'err_wrong',
      `Parameter ${String(name)} is ${fields[String(name)] === undefined ? 'missing' : 'wrong'}`,
    );
  }
  const { version, public_key: publicKey, action } = head.data;
  const merchant = merchantOf(publicKey);
  if (!merchant) throw new Refusal('public_key_not_found', 'Public key not found');
  if (signData(data, merchant.privateKey, version) !== signature) throw new Refusal('invalid_signature', 'Invalid signature');
  return { merchant, version, action, fields };
}

function decoded(data: string): Record<string, unknown> {
  const wrong = new Refusal('err_wrong', 'Parameter data is wrong');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(data)) throw wrong;
  const exact = (_key: string, value: unknown, { source }: { source?: string }) => (typeof value === 'number' ? source : value);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(data, 'base64'));
    // the third argument is in the standard before it is in the types
    const json: unknown = JSON.parse(text, exact as Parameters<typeof JSON.parse>[1]);
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Record<string, unknown>;
  } catch {
    // told below
  }
  throw wrong;
}
