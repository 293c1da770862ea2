import type { ClientLanguage } from '@holdfast/contract/client-language';
import type { BoughtWords } from './bought-link-words.ts';

/** What the page of a membership’s link says. */
export const membershipLinkWords: Readonly<Record<ClientLanguage, BoughtWords>> = {
  en: {
    title: 'Buy your membership',
    ready: 'You pay on the secure page of our payment provider. The membership is yours as soon as it is paid.',
    paid: 'The membership is yours: book with it by confirming your phone.',
    off: 'The salon does not take payments by link at the moment. You can buy it at the salon.',
  },
  uk: {
    title: 'Купівля абонемента',
    ready: 'Оплата відбувається на захищеній сторінці платіжної системи. Щойно його сплачено, абонемент ваш.',
    paid: 'Абонемент ваш: записуйтеся за ним, підтвердивши номер телефону.',
    off: 'Салон наразі не приймає оплату за посиланням. Купити абонемент можна в салоні.',
  },
  pt: {
    title: 'Comprar o seu passe',
    ready: 'O pagamento é feito na página segura do nosso prestador de pagamentos. O passe é seu assim que estiver pago.',
    paid: 'O passe é seu: marque com ele confirmando o seu telefone.',
    off: 'De momento o salão não aceita pagamentos por link. Pode comprá-lo no salão.',
  },
  ar: {
    title: 'اشترِ اشتراكك',
    ready: 'يتم الدفع في الصفحة الآمنة لمزوّد خدمة الدفع، ويصبح الاشتراك لك فور الدفع.',
    paid: 'الاشتراك لك الآن: احجز به بعد تأكيد رقم هاتفك.',
    off: 'لا يقبل الصالون الدفع عبر الرابط حاليًا. يمكنك شراؤه في الصالون.',
  },
};
