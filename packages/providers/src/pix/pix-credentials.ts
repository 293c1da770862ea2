import { z } from 'zod';
import type { CredentialField, InLanguages } from '../payment-provider.ts';

const applications: InLanguages = {
  en: 'Your bank’s pages for developers: API Pix → applications',
  uk: 'Сторінки банку для розробників: API Pix → застосунки (aplicações)',
  pt: 'Páginas do banco para programadores: API Pix → aplicações',
};
const documentation: InLanguages = {
  en: 'The bank’s documentation of its API Pix. Other addresses for tests than for real payments',
  uk: 'Документація банку до API Pix. Для тестів і справжніх платежів адреси різні',
  pt: 'Documentação da API Pix do banco. Os endereços de testes e de produção são diferentes',
};
const certificates: InLanguages = {
  en: 'The bank gives it with the application: a text with the certificate and its private key (PEM), or a file (P12). One of the two is enough',
  uk: 'Банк видає його разом із застосунком: текст із сертифікатом і закритим ключем (PEM) або файл (P12). Досить одного з двох',
  pt: 'O banco entrega-o com a aplicação: um texto com o certificado e a chave privada (PEM), ou um ficheiro (P12). Basta um dos dois',
};
const receiver: InLanguages = {
  en: 'As the account’s owner is called at the bank: the client sees it before paying. Accents are left out',
  uk: 'Як названо власника рахунку в банку: клієнт бачить це перед оплатою. Діакритичні знаки зникнуть',
  pt: 'Como o titular da conta consta no banco: o cliente vê-o antes de pagar. Os acentos são retirados',
};

const field = (shape: z.ZodString, about: CredentialField) => shape.meta({ ...about });
const text = (max: number) => z.string().trim().max(max);
const address = text(300).regex(/^https:\/\/[^\s/?#@]+(?:[/?][^\s#]*)?$/);
const oneOf = (values: readonly string[]) => z.string().regex(new RegExp(`^(?:${values.join('|')})$`));

/** What an owner fills in. The parts with accents of `receiverName` and `receiverCity` are folded when a code is made of them. */
export const pixCredentialsShape = z.object({
  baseUrl: field(address, { secret: false, shown: true, title: 'API URL', where: documentation, placeholder: 'https://pix.bank.example/v2' }),
  tokenUrl: field(address, {
    secret: false,
    shown: true,
    title: 'Token URL (OAuth2)',
    where: documentation,
    placeholder: 'https://pix.bank.example/oauth/token',
  }),
  clientId: field(text(500).min(1), { secret: false, shown: true, title: 'Client ID', where: applications, placeholder: 'Client_Id_…' }),
  clientSecret: field(text(500).min(1), { secret: true, title: 'Client Secret', where: applications, placeholder: 'Client_Secret_…' }),
  certificate: field(text(30_000), {
    secret: true,
    title: 'Certificate and private key (PEM)',
    ownTitle: { en: 'Certificate and private key (PEM)', uk: 'Сертифікат і закритий ключ (PEM)', pt: 'Certificado e chave privada (PEM)' },
    where: certificates,
    placeholder: '-----BEGIN CERTIFICATE-----…',
    kind: 'lines',
    optional: true,
  }),
  certificateFile: field(text(60_000).regex(/^[A-Za-z0-9+/]*={0,2}$/), {
    secret: true,
    title: 'Certificate (P12)',
    ownTitle: { en: 'Certificate (P12)', uk: 'Сертифікат (P12)', pt: 'Certificado (P12)' },
    where: certificates,
    placeholder: '.p12, .pfx',
    kind: 'file',
    optional: true,
  }),
  certificatePassword: field(z.string().max(500), {
    secret: true,
    title: 'Password of the certificate',
    ownTitle: { en: 'Password of the certificate', uk: 'Пароль сертифіката', pt: 'Palavra-passe do certificado' },
    where: {
      en: 'Given with the certificate. Many have none: leave it empty then',
      uk: 'Видається разом із сертифікатом. Часто його немає: тоді залиште порожнім',
      pt: 'É dada com o certificado. Muitos não têm nenhuma: nesse caso deixe vazio',
    },
    placeholder: '',
    optional: true,
  }),
  pixKey: field(text(77).min(1), {
    secret: false,
    shown: true,
    title: 'Chave Pix',
    where: {
      en: 'The bank’s app: Pix → My keys. A key of the account that shall receive the money',
      uk: 'Застосунок банку: Pix → Мої ключі. Ключ рахунку, на який мають надходити гроші',
      pt: 'Aplicação do banco: Pix → Minhas chaves. Uma chave da conta que vai receber o dinheiro',
    },
    placeholder: '7d9f0335-8dcc-4054-9bf9-0dbd61d36906',
  }),
  receiverName: field(text(100).min(1), {
    secret: false,
    shown: true,
    title: 'Receiver’s name',
    ownTitle: { en: 'Receiver’s name', uk: 'Ім’я отримувача', pt: 'Nome do recebedor' },
    where: receiver,
    placeholder: 'Salao Linden',
  }),
  receiverCity: field(text(100).min(1), {
    secret: false,
    shown: true,
    title: 'Receiver’s city',
    ownTitle: { en: 'Receiver’s city', uk: 'Місто отримувача', pt: 'Cidade do recebedor' },
    where: receiver,
    placeholder: 'Sao Paulo',
  }),
  tokenBody: field(oneOf(['form', 'json']), {
    secret: false,
    title: 'How the token is asked for',
    ownTitle: { en: 'How the token is asked for', uk: 'Як запитувати токен', pt: 'Como se pede o token' },
    where: documentation,
    placeholder: '',
    kind: 'choice',
    choices: [
      { value: 'form', title: { en: 'As a form (most banks)', uk: 'Формою (більшість банків)', pt: 'Como formulário (a maioria dos bancos)' } },
      { value: 'json', title: { en: 'As JSON (Efí)', uk: 'У JSON (Efí)', pt: 'Em JSON (Efí)' } },
    ],
  }),
  webhookDelivery: field(oneOf(['standard', 'efi_skip_mtls']), {
    secret: false,
    title: 'How the bank reports payments',
    ownTitle: { en: 'How the bank reports payments', uk: 'Як банк повідомляє про оплати', pt: 'Como o banco comunica os pagamentos' },
    where: {
      en: 'As the standard says, unless the bank is Efí and this server asks callers for no certificate',
      uk: 'За стандартом, якщо тільки банк не Efí, а цей сервер не вимагає сертифіката',
      pt: 'Como diz a norma, salvo se o banco for a Efí e este servidor não exigir certificado',
    },
    placeholder: '',
    kind: 'choice',
    choices: [
      { value: 'standard', title: { en: 'As the standard says', uk: 'За стандартом', pt: 'Como diz a norma' } },
      { value: 'efi_skip_mtls', title: { en: 'Efí, without mTLS', uk: 'Efí, без mTLS', pt: 'Efí, sem mTLS' } },
    ],
  }),
  feePercent: field(text(10).regex(/^(?:\d{1,2}(?:[.,]\d{1,4})?)?$/), {
    secret: false,
    shown: true,
    title: 'The bank’s fee, %',
    ownTitle: { en: 'The bank’s fee, %', uk: 'Комісія банку, %', pt: 'Comissão do banco, %' },
    where: {
      en: 'Your contract with the bank: PIX does not tell it. Left empty, no fee is shown',
      uk: 'Ваш договір із банком: PIX її не повідомляє. Якщо порожньо, комісія не показується',
      pt: 'O seu contrato com o banco: o PIX não a comunica. Se ficar vazio, não é mostrada nenhuma comissão',
    },
    placeholder: '0.99',
    optional: true,
  }),
});
