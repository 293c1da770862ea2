import type { ClientLanguage } from '@holdfast/contract/client-language';
import type { BoughtWords } from './bought-link-words.ts';

interface Words extends BoughtWords {
  /** The account that every client has. */
  readonly account: string;
}

/** What the page of a top-up link says. */
export const topUpLinkWords: Readonly<Record<ClientLanguage, Words>> = {
  en: {
    title: 'Top up your account',
    ready: 'You pay on the secure page of our payment provider. The money is then on your account at the salon.',
    paid: 'The money is on your account. You can pay your next visits with it.',
    off: 'The salon does not take payments by link at the moment. You can top up at the salon.',
    account: 'Your account at the salon',
  },
  uk: {
    title: 'Поповнення рахунку',
    ready: 'Оплата відбувається на захищеній сторінці платіжної системи. Потім гроші будуть на вашому рахунку в салоні.',
    paid: 'Гроші на вашому рахунку. Ними можна оплатити наступні візити.',
    off: 'Салон наразі не приймає оплату за посиланням. Поповнити рахунок можна в салоні.',
    account: 'Ваш рахунок у салоні',
  },
  pt: {
    title: 'Carregar a sua conta',
    ready: 'O pagamento é feito na página segura do nosso prestador de pagamentos. Depois, o dinheiro fica na sua conta no salão.',
    paid: 'O dinheiro está na sua conta. Pode pagar com ele as próximas visitas.',
    off: 'De momento o salão não aceita pagamentos por link. Pode carregar a conta no salão.',
    account: 'A sua conta no salão',
  },
  ar: {
    title: 'اشحن رصيدك',
    ready: 'يتم الدفع في الصفحة الآمنة لمزوّد خدمة الدفع، ثم يُضاف المبلغ إلى رصيدك لدى الصالون.',
    paid: 'أُضيف المبلغ إلى رصيدك، ويمكنك أن تدفع منه ثمن زياراتك القادمة.',
    off: 'لا يقبل الصالون الدفع عبر الرابط حاليًا. يمكنك شحن رصيدك في الصالون.',
    account: 'رصيدك لدى الصالون',
  },
};
