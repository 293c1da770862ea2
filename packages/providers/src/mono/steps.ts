import type { InLanguages } from '../payment-provider.ts';

/** What an owner does, in the words of README.md beside this file. */
export const steps: readonly InLanguages[] = [
  {
    en: 'Open your cabinet at web.monobank.ua and go to your shop’s internet acquiring. To try it without money, take a test token at api.monobank.ua.',
    uk: 'Відкрийте кабінет web.monobank.ua, розділ інтернет-еквайрингу вашого магазину. Щоб спробувати без грошей, візьміть тестовий токен на api.monobank.ua.',
    pt: 'Abra a sua área em web.monobank.ua, no acquiring online da sua loja. Para experimentar sem dinheiro, obtenha um token de teste em api.monobank.ua.',
  },
  {
    en: 'Make an API token there and copy it into the field X-Token. The token alone decides whether payments are real.',
    uk: 'Створіть там токен API та скопіюйте його в поле X-Token. Лише токен визначає, чи платежі справжні.',
    pt: 'Crie aí um token da API e copie-o para o campo X-Token. Só o token decide se os pagamentos são reais.',
  },
  {
    en: 'Press Connect. There is no webhook to set up: monobank is told the address with each payment.',
    uk: 'Натисніть «Підключити». Webhook налаштовувати не треба: monobank отримує адресу з кожною оплатою.',
    pt: 'Carregue em Ligar. Não há webhook a configurar: o monobank recebe o endereço com cada pagamento.',
  },
];
