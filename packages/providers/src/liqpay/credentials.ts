import { z } from 'zod';
import type { CredentialField, Credentials } from '../payment-provider.ts';

const keys = {
  en: 'LiqPay: Business → your shop → Settings → API',
  uk: 'LiqPay: Бізнес → ваш магазин → Налаштування → API',
  pt: 'LiqPay: Business → a sua loja → Settings → API',
};
const manual = {
  en: 'Version 7 (SHA3-256) unless LiqPay has told you to use version 3 (SHA-1). If the test answers “invalid signature”, take the other one',
  uk: 'Версія 7 (SHA3-256), якщо LiqPay не порадив версію 3 (SHA-1). Якщо перевірка відповідає «invalid signature», оберіть іншу',
  pt: 'Versão 7 (SHA3-256), salvo se a LiqPay lhe indicou a versão 3 (SHA-1). Se o teste responder «invalid signature», escolha a outra',
};

const field = (shape: z.ZodType<string>, about: CredentialField) => shape.meta({ ...about });

export const credentialsShape = z.object({
  publicKey: field(z.string().max(100).regex(/^\w+$/), { secret: false, shown: true, title: 'Public key', where: keys, placeholder: 'i00000000000' }),
  privateKey: field(z.string().max(200).regex(/^\w+$/), {
    secret: true,
    title: 'Private key',
    where: keys,
    placeholder: 'a4825234f4bae72a0be0…',
  }),
  version: field(z.enum(['7', '3']), {
    secret: false,
    title: 'API version',
    ownTitle: { en: 'API version', uk: 'Версія API', pt: 'Versão da API' },
    where: manual,
    placeholder: '7',
    kind: 'choice',
    choices: [
      { value: '7', title: { en: '7 (SHA3-256)', uk: '7 (SHA3-256)', pt: '7 (SHA3-256)' } },
      { value: '3', title: { en: '3 (SHA-1)', uk: '3 (SHA-1)', pt: '3 (SHA-1)' } },
    ],
  }),
});

/** LiqPay's API comes in two generations, which sign with different hashes. */
export type LiqpayVersion = '7' | '3';

export interface LiqpayKeys {
  readonly publicKey: string;
  readonly privateKey: string;
  readonly version: LiqpayVersion;
}

/** Throws when a key is missing: without it everything would be refused, or worse. */
export function keysOf(credentials: Credentials): LiqpayKeys {
  const { publicKey, privateKey, version } = credentials;
  if (!publicKey?.trim() || !privateKey?.trim()) throw new Error('This LiqPay connection has no keys.');
  return { publicKey, privateKey, version: version === '3' ? '3' : '7' };
}
