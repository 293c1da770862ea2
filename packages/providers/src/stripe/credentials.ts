import { z } from 'zod';
import type { CredentialField, InLanguages } from '../payment-provider.ts';

const apiKeys = {
  en: 'Stripe Dashboard: Developers → API keys',
  uk: 'Stripe Dashboard: Developers → API keys',
  pt: 'Painel da Stripe: Developers → API keys',
};
const endpoints = {
  en: 'Stripe Dashboard: Developers → Webhooks. Click the URL in the Endpoints line, then Reveal',
  uk: 'Stripe Dashboard: Developers → Webhooks. Натисніть URL у рядку Endpoints, потім Reveal',
  pt: 'Painel da Stripe: Developers → Webhooks. Clique no URL na linha Endpoints e depois em Reveal',
};
const field = (shape: RegExp, about: CredentialField) =>
  z
    .string()
    .max(500)
    .regex(shape)
    .meta({ ...about });

/** A5: the three values of an account. */
export const credentialsShape = z.object({
  publishableKey: field(/^pk_\w+$/, { secret: false, title: 'Publishable key', where: apiKeys, placeholder: 'pk_live_…' }),
  secretKey: field(/^(sk|rk)_\w+$/, { secret: true, title: 'Secret key', where: apiKeys, placeholder: 'sk_live_…' }),
  signingSecret: field(/^whsec_[\w+/=]+$/, { secret: true, title: 'Signing secret', where: endpoints, placeholder: 'whsec_…', broughtBySetUp: true }),
});

export const steps: readonly InLanguages[] = [
  {
    en: 'Sign in to the Stripe Dashboard (dashboard.stripe.com). To try it first, switch to test mode or a sandbox: no real card is charged there.',
    uk: 'Увійдіть у Stripe Dashboard (dashboard.stripe.com). Щоб спершу спробувати, перейдіть у тестовий режим або sandbox: справжні картки там не списуються.',
    pt: 'Inicie sessão no painel da Stripe (dashboard.stripe.com). Para experimentar primeiro, mude para o modo de teste ou para um sandbox: aí nenhum cartão real é cobrado.',
  },
  {
    en: 'Open Developers → API keys. Copy the Publishable key and the Secret key, both of the same mode.',
    uk: 'Відкрийте Developers → API keys. Скопіюйте Publishable key і Secret key, обидва з одного режиму.',
    pt: 'Abra Developers → API keys. Copie a Publishable key e a Secret key, ambas do mesmo modo.',
  },
  {
    en: 'Webhook: let Holdfast set it up for you, or open Developers → Webhooks, add an endpoint with the address shown here, tick the events, and copy its Signing secret.',
    uk: 'Вебхук: дозвольте Holdfast налаштувати його за вас або відкрийте Developers → Webhooks, додайте endpoint з адресою, що показана тут, позначте події та скопіюйте його Signing secret.',
    pt: 'Webhook: deixe o Holdfast configurá-lo por si, ou abra Developers → Webhooks, adicione um endpoint com o endereço indicado aqui, assinale os eventos e copie o Signing secret.',
  },
];
