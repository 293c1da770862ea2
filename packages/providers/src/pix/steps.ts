import type { InLanguages } from '../payment-provider.ts';

/** What an owner does, in the words of README.md beside this file. */
export const steps: readonly InLanguages[] = [
  {
    en: 'In your bank’s pages for developers make an application for the API Pix with the scopes cob.read, cob.write, pix.read, pix.write, webhook.read and webhook.write. Try it in the bank’s test environment first: it has other addresses and another certificate.',
    uk: 'На сторінках банку для розробників створіть застосунок для API Pix із правами cob.read, cob.write, pix.read, pix.write, webhook.read і webhook.write. Спершу спробуйте в тестовому середовищі банку: там інші адреси та інший сертифікат.',
    pt: 'Nas páginas do banco para programadores, crie uma aplicação para a API Pix com os âmbitos cob.read, cob.write, pix.read, pix.write, webhook.read e webhook.write. Experimente primeiro no ambiente de testes do banco: tem outros endereços e outro certificado.',
  },
  {
    en: 'Copy the addresses, the Client ID and the Client Secret, and choose the certificate: the file (P12), or the text with certificate and private key (PEM).',
    uk: 'Скопіюйте адреси, Client ID і Client Secret та виберіть сертифікат: файл (P12) або текст із сертифікатом і закритим ключем (PEM).',
    pt: 'Copie os endereços, o Client ID e o Client Secret e escolha o certificado: o ficheiro (P12), ou o texto com o certificado e a chave privada (PEM).',
  },
  {
    en: 'Enter the Pix key of the account that is to receive the money, and its owner’s name and city as clients shall see them.',
    uk: 'Введіть ключ Pix рахунку, на який мають надходити гроші, а також ім’я та місто власника, як їх бачитимуть клієнти.',
    pt: 'Indique a chave Pix da conta que vai receber o dinheiro, e o nome e a cidade do titular como os clientes os verão.',
  },
  {
    en: 'Webhook: leave the tick, and Holdfast tells the bank the address. A Pix key has only one: if another program uses it, you are asked first.',
    uk: 'Webhook: залиште позначку, і Holdfast сам повідомить банку адресу. Ключ Pix має лише одну: якщо її використовує інша програма, спершу спитаємо вас.',
    pt: 'Webhook: deixe a marca e o Holdfast comunica o endereço ao banco. Uma chave Pix só tem um: se outro programa o usar, é-lhe perguntado primeiro.',
  },
  {
    en: 'Then make a test payment: whether the Pix key belongs to the account shows only with the first charge.',
    uk: 'Потім зробіть тестову оплату: чи належить ключ Pix рахунку, видно лише з першого платежу.',
    pt: 'Depois faça um pagamento de teste: só na primeira cobrança se vê se a chave Pix pertence à conta.',
  },
];
