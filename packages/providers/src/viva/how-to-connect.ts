import type { InLanguages } from '../payment-provider.ts';

/** What an owner opens, presses and copies at Viva; the same in more words in README.md. */
export const vivaSteps: readonly InLanguages[] = [
  {
    en: 'Sign in to Viva (www.vivapayments.com). To try it first, open an account at demo.vivapayments.com: it has keys of its own, and no real card is charged there.',
    uk: 'Увійдіть у Viva (www.vivapayments.com). Щоб спершу спробувати, відкрийте рахунок на demo.vivapayments.com: там свої ключі, і справжні картки не списуються.',
    pt: 'Inicie sessão na Viva (www.vivapayments.com). Para experimentar primeiro, abra uma conta em demo.vivapayments.com: tem chaves próprias e aí nenhum cartão real é cobrado.',
  },
  {
    en: 'Open Sales → Online Payments → Websites/Apps and add your website. Paste the address where clients come back to, shown here, as Success URL and as Failure URL. Copy the four digits in the column Code.',
    uk: 'Відкрийте Sales → Online Payments → Websites/Apps і додайте свій сайт. Вставте показану тут адресу, на яку повертаються клієнти, як Success URL і як Failure URL. Скопіюйте чотири цифри зі стовпця Code.',
    pt: 'Abra Sales → Online Payments → Websites/Apps e adicione o seu site. Cole o endereço para onde os clientes regressam, indicado aqui, em Success URL e em Failure URL. Copie os quatro algarismos da coluna Code.',
  },
  {
    en: 'Open Settings → API Access. Copy the Merchant ID and the API Key, and switch on refunds through the API. Under Smart Checkout Credentials generate a Client ID and Client Secret; the secret is shown only once.',
    uk: 'Відкрийте Settings → API Access. Скопіюйте Merchant ID та API Key і дозвольте повернення коштів через API. У розділі Smart Checkout Credentials створіть Client ID і Client Secret; секрет показують лише раз.',
    pt: 'Abra Settings → API Access. Copie o Merchant ID e a API Key e autorize os reembolsos através da API. Em Smart Checkout Credentials gere um Client ID e um Client Secret; o segredo só é mostrado uma vez.',
  },
  {
    en: 'Connect here first: Viva asks at the webhook’s address before it accepts it. Then open Settings → API Access → Webhooks and create one webhook for each of the events, all with the same address: Verify, choose the event, tick Active, Save.',
    uk: 'Спершу підключіть тут: Viva звертається до адреси вебхука, перш ніж її прийняти. Потім відкрийте Settings → API Access → Webhooks і створіть по одному вебхуку на кожну подію, усі з тією самою адресою: Verify, виберіть подію, позначте Active, Save.',
    pt: 'Ligue primeiro aqui: a Viva consulta o endereço do webhook antes de o aceitar. Depois abra Settings → API Access → Webhooks e crie um webhook para cada evento, todos com o mesmo endereço: Verify, escolha o evento, assinale Active, Save.',
  },
];
