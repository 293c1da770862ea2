import type { PaymentLink } from '@holdfast/contract/checkout';
import type { ClientLanguage } from '@holdfast/contract/client-language';

type State = PaymentLink['state'] | 'not_paid';

interface Words {
  readonly titles: Readonly<Record<State, string>>;
  readonly texts: Readonly<Record<State, string>>;
  readonly pay: string;
  readonly tryAgain: string;
  readonly lookAgain: string;
  readonly due: string;
  readonly paid: string;
  readonly with: string;
  readonly company: string;
  readonly registration: string;
  readonly call: string;
  readonly demo: string;
  readonly locale: string;
}

/** What a payment link's page says, in every language of clients. */
export const paymentLinkWords: Readonly<Record<ClientLanguage, Words>> = {
  en: {
    locale: 'en-GB',
    titles: {
      ready: 'Pay for your visit',
      not_paid: 'Not paid yet',
      checking: 'Your payment is being checked',
      paid: 'Paid. Thank you!',
      cancelled: 'This visit was cancelled',
      expired: 'This time is no longer kept',
      off: 'Paying online is switched off',
      nothing_due: 'There is nothing to pay',
      unavailable: 'Payment does not work just now',
    },
    texts: {
      ready: 'You pay on the secure page of our payment provider.',
      not_paid: 'No money has been taken. You can pay now, or open this link again later.',
      checking: 'You have done your part. This page shows the result as soon as it is known; please do not pay again.',
      paid: 'Nothing more is due. See you soon!',
      cancelled: 'So there is nothing to pay. If money has been taken from you, the salon will contact you.',
      expired: 'It was not paid in time. If money has been taken from you, it is on your account at the salon.',
      off: 'The salon does not take payments by link at the moment. You can pay at the salon.',
      nothing_due: 'This visit costs nothing at the moment.',
      unavailable: 'The payment provider does not answer. No money has been taken; please try again in a few minutes.',
    },
    pay: 'Pay {amount}',
    tryAgain: 'Try again',
    lookAgain: 'Look again',
    due: 'To pay',
    paid: 'Paid',
    with: 'with {name}',
    company: 'You pay',
    registration: 'Registration number {number}',
    call: 'Questions? Call us:',
    demo: 'Demo: no real salon, no real money.',
  },
  uk: {
    locale: 'uk-UA',
    titles: {
      ready: 'Оплата візиту',
      not_paid: 'Ще не оплачено',
      checking: 'Ваш платіж перевіряється',
      paid: 'Оплачено. Дякуємо!',
      cancelled: 'Цей візит скасовано',
      expired: 'Цей час більше не заброньовано',
      off: 'Онлайн-оплату вимкнено',
      nothing_due: 'Платити нічого не потрібно',
      unavailable: 'Оплата зараз недоступна',
    },
    texts: {
      ready: 'Оплата відбувається на захищеній сторінці платіжної системи.',
      not_paid: 'Гроші не списано. Можна сплатити зараз або відкрити це посилання пізніше.',
      checking: 'Ви все зробили. Щойно результат стане відомий, він з’явиться тут; будь ласка, не платіть ще раз.',
      paid: 'Більше нічого сплачувати не потрібно. До зустрічі!',
      cancelled: 'Платити нічого не потрібно. Якщо гроші вже списано, салон зв’яжеться з вами.',
      expired: 'Оплата не надійшла вчасно. Якщо гроші списано, вони на вашому рахунку в салоні.',
      off: 'Салон наразі не приймає оплату за посиланням. Сплатити можна в салоні.',
      nothing_due: 'Цей візит наразі нічого не коштує.',
      unavailable: 'Платіжна система не відповідає. Гроші не списано; спробуйте ще раз за кілька хвилин.',
    },
    pay: 'Сплатити {amount}',
    tryAgain: 'Спробувати ще раз',
    lookAgain: 'Перевірити ще раз',
    due: 'До сплати',
    paid: 'Сплачено',
    with: 'майстер: {name}',
    company: 'Отримувач',
    registration: 'Код реєстрації {number}',
    call: 'Є запитання? Зателефонуйте:',
    demo: 'Демо: несправжній салон, несправжні гроші.',
  },
  pt: {
    locale: 'pt-PT',
    titles: {
      ready: 'Pagar a sua visita',
      not_paid: 'Ainda não está pago',
      checking: 'O seu pagamento está a ser verificado',
      paid: 'Pago. Obrigado!',
      cancelled: 'Esta visita foi cancelada',
      expired: 'Este horário já não está reservado',
      off: 'O pagamento online está desligado',
      nothing_due: 'Não há nada a pagar',
      unavailable: 'O pagamento não está a funcionar',
    },
    texts: {
      ready: 'O pagamento é feito na página segura do nosso prestador de pagamentos.',
      not_paid: 'Nada foi cobrado. Pode pagar agora ou abrir este link mais tarde.',
      checking: 'Já fez a sua parte. O resultado aparece aqui assim que for conhecido; por favor, não pague outra vez.',
      paid: 'Não há mais nada a pagar. Até breve!',
      cancelled: 'Não há nada a pagar. Se lhe foi cobrado dinheiro, o salão entrará em contacto consigo.',
      expired: 'O pagamento não chegou a tempo. Se lhe foi cobrado dinheiro, está na sua conta no salão.',
      off: 'De momento o salão não aceita pagamentos por link. Pode pagar no salão.',
      nothing_due: 'De momento esta visita não custa nada.',
      unavailable: 'O prestador de pagamentos não responde. Nada foi cobrado; tente de novo dentro de alguns minutos.',
    },
    pay: 'Pagar {amount}',
    tryAgain: 'Tentar de novo',
    lookAgain: 'Verificar de novo',
    due: 'A pagar',
    paid: 'Pago',
    with: 'com {name}',
    company: 'Paga a',
    registration: 'Número de registo {number}',
    call: 'Dúvidas? Ligue-nos:',
    demo: 'Demonstração: não é um salão real, nem dinheiro real.',
  },
  ar: {
    locale: 'ar-u-ca-gregory-nu-latn',
    titles: {
      ready: 'ادفع ثمن زيارتك',
      not_paid: 'لم يتم الدفع بعد',
      checking: 'يجري التحقق من دفعتك',
      paid: 'تم الدفع. شكرًا لك!',
      cancelled: 'أُلغيت هذه الزيارة',
      expired: 'لم يعد هذا الموعد محجوزًا',
      off: 'الدفع عبر الإنترنت متوقف',
      nothing_due: 'لا يوجد ما يُدفع',
      unavailable: 'الدفع لا يعمل حاليًا',
    },
    texts: {
      ready: 'يتم الدفع في الصفحة الآمنة لمزوّد خدمة الدفع.',
      not_paid: 'لم يُخصم أي مبلغ. يمكنك الدفع الآن، أو فتح هذا الرابط مرة أخرى لاحقًا.',
      checking: 'لقد أتممت ما عليك. تظهر النتيجة هنا فور معرفتها، يُرجى عدم الدفع مرة أخرى.',
      paid: 'لم يبقَ أي مبلغ مستحق. إلى اللقاء قريبًا!',
      cancelled: 'لا يوجد ما يُدفع. إذا خُصم منك أي مبلغ فسيتواصل معك الصالون.',
      expired: 'لم يصل الدفع في الوقت المحدد. إذا خُصم منك أي مبلغ فهو في رصيدك لدى الصالون.',
      off: 'لا يقبل الصالون الدفع عبر الرابط حاليًا. يمكنك الدفع في الصالون.',
      nothing_due: 'هذه الزيارة لا تكلّف شيئًا حاليًا.',
      unavailable: 'مزوّد خدمة الدفع لا يستجيب. لم يُخصم أي مبلغ، يُرجى المحاولة مرة أخرى بعد بضع دقائق.',
    },
    pay: 'ادفع {amount}',
    tryAgain: 'إعادة المحاولة',
    lookAgain: 'التحقق مرة أخرى',
    due: 'المبلغ المستحق',
    paid: 'المدفوع',
    with: 'مع {name}',
    company: 'الجهة المستفيدة',
    registration: 'رقم التسجيل {number}',
    call: 'لديك أسئلة؟ اتصل بنا:',
    demo: 'عرض تجريبي: لا صالون حقيقي ولا أموال حقيقية.',
  },
};
