import type { InLanguages } from '../payment-provider.ts';

/** What an owner does, in the words of README.md beside this file. */
export const steps: readonly InLanguages[] = [
  {
    en: 'Sign in to LiqPay and open Business → your shop → Settings → API. To try it without money, take the shop’s test keys: they begin with sandbox_.',
    uk: 'Увійдіть у LiqPay і відкрийте Бізнес → ваш магазин → Налаштування → API. Щоб спробувати без грошей, візьміть тестові ключі магазину: вони починаються з sandbox_.',
    pt: 'Inicie sessão na LiqPay e abra Business → a sua loja → Settings → API. Para experimentar sem dinheiro, use as chaves de teste da loja: começam por sandbox_.',
  },
  {
    en: 'Copy the public key and the private key. Leave API version at 7, unless LiqPay has told you to use 3.',
    uk: 'Скопіюйте публічний і приватний ключі. Версію API залиште 7, якщо LiqPay не порадив 3.',
    pt: 'Copie a chave pública e a chave privada. Deixe a versão da API em 7, salvo se a LiqPay lhe tiver indicado a 3.',
  },
  {
    en: 'Press Connect. There is no webhook to set up: LiqPay is told the address with each payment.',
    uk: 'Натисніть «Підключити». Webhook налаштовувати не треба: LiqPay отримує адресу з кожною оплатою.',
    pt: 'Carregue em Ligar. Não há webhook a configurar: a LiqPay recebe o endereço com cada pagamento.',
  },
];
