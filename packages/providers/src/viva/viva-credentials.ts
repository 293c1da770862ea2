import { z } from 'zod';
import type { CredentialField } from '../payment-provider.ts';

const apiAccess = {
  en: 'Viva: Settings → API Access',
  uk: 'Viva: Settings → API Access',
  pt: 'Viva: Settings → API Access',
};
const smartCheckout = {
  en: 'Viva: Settings → API Access → Smart Checkout Credentials',
  uk: 'Viva: Settings → API Access → Smart Checkout Credentials',
  pt: 'Viva: Settings → API Access → Smart Checkout Credentials',
};
const sources = {
  en: 'Viva: Sales → Online Payments → Websites/Apps, the four digits in the column Code',
  uk: 'Viva: Sales → Online Payments → Websites/Apps, чотири цифри у стовпці Code',
  pt: 'Viva: Sales → Online Payments → Websites/Apps, os quatro algarismos na coluna Code',
};
const address = {
  en: 'The address you sign in to Viva at: demo.vivapayments.com is the demo environment',
  uk: 'Адреса, за якою ви входите у Viva: demo.vivapayments.com — це демонстраційне середовище',
  pt: 'O endereço onde entra na Viva: demo.vivapayments.com é o ambiente de demonstração',
};

const about = (field: CredentialField) => ({ ...field });
const field = (shape: RegExp, meta: CredentialField) => z.string().max(200).regex(shape).meta(about(meta));
/** Viva's keys are short and of any character: `9Vr%9;`. */
const printable = /^[\x21-\x7e]+$/;

/** Two pairs of keys, both needed: orders are made by the first, and looked at, cancelled and given back by the second. */
export const vivaCredentialsShape = z.object({
  clientId: field(/^[\w.-]+$/, { secret: false, shown: true, title: 'Client ID', where: smartCheckout, placeholder: '….apps.vivapayments.com' }),
  clientSecret: field(printable, { secret: true, title: 'Client Secret', where: smartCheckout, placeholder: '' }),
  merchantId: field(/^[\da-fA-F]{8}(-[\da-fA-F]{4}){3}-[\da-fA-F]{12}$/, {
    secret: false,
    title: 'Merchant ID',
    where: apiAccess,
    placeholder: '12345678-90ab-cdef-1234-567890abcdef',
  }),
  apiKey: field(printable, { secret: true, title: 'API Key', where: apiAccess, placeholder: '' }),
  sourceCode: field(/^(\d{4}|Default)$/, { secret: false, title: 'Source Code', where: sources, placeholder: '1234', shown: true }),
  environment: z.enum(['live', 'demo']).meta(
    about({
      secret: false,
      title: 'Environment',
      ownTitle: { en: 'Environment', uk: 'Середовище', pt: 'Ambiente' },
      where: address,
      placeholder: '',
      kind: 'choice',
      choices: [
        { value: 'live', title: { en: 'Live', uk: 'Робоче', pt: 'Produção' } },
        { value: 'demo', title: { en: 'Demo: no real money', uk: 'Демо: без справжніх грошей', pt: 'Demonstração: sem dinheiro real' } },
      ],
    }),
  ),
});
