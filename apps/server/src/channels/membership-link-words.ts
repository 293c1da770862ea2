import type { ClientLanguage } from '@holdfast/contract/client-language';
import type { MembershipLink } from '@holdfast/contract/memberships';

type State = MembershipLink['state'] | 'not_paid';

interface Words {
  readonly titles: Readonly<Record<State, string>>;
  readonly texts: Readonly<Record<State, string>>;
  readonly amount: string;
}

/** What the page of a membership’s link says, beside what all payment pages say. */
export const membershipLinkWords: Readonly<Record<ClientLanguage, Words>> = {
  en: {
    titles: {
      ready: 'Buy your membership',
      not_paid: 'Not paid yet',
      checking: 'Your payment is being checked',
      paid: 'Paid. Thank you!',
      returned: 'This payment went back',
      cancelled: 'This link is no longer valid',
      off: 'Paying online is switched off',
      unavailable: 'Payment does not work just now',
    },
    texts: {
      ready: 'You pay on the secure page of our payment provider. The membership is yours as soon as it is paid.',
      not_paid: 'No money has been taken. You can pay now, or open this link again later.',
      checking: 'You have done your part. This page shows the result as soon as it is known; please do not pay again.',
      paid: 'The membership is yours: book with it by confirming your phone.',
      returned: 'The salon has sent the money back to where you paid from. It may take a few days to arrive.',
      cancelled: 'The salon has cancelled it, so there is nothing to pay.',
      off: 'The salon does not take payments by link at the moment. You can buy it at the salon.',
      unavailable: 'The payment provider does not answer. No money has been taken; please try again in a few minutes.',
    },
    amount: 'Amount',
  },
  uk: {
    titles: {
      ready: 'Купівля абонемента',
      not_paid: 'Ще не оплачено',
      checking: 'Ваш платіж перевіряється',
      paid: 'Оплачено. Дякуємо!',
      returned: 'Цей платіж повернено',
      cancelled: 'Посилання більше не дійсне',
      off: 'Онлайн-оплату вимкнено',
      unavailable: 'Оплата зараз недоступна',
    },
    texts: {
      ready: 'Оплата відбувається на захищеній сторінці платіжної системи. Щойно його сплачено, абонемент ваш.',
      not_paid: 'Гроші не списано. Можна сплатити зараз або відкрити це посилання пізніше.',
      checking: 'Ви все зробили. Щойно результат стане відомий, він з’явиться тут; будь ласка, не платіть ще раз.',
      paid: 'Абонемент ваш: записуйтеся за ним, підтвердивши номер телефону.',
      returned: 'Салон повернув гроші туди, звідки ви сплатили. Зарахування може тривати кілька днів.',
      cancelled: 'Салон скасував його, тож платити нічого не потрібно.',
      off: 'Салон наразі не приймає оплату за посиланням. Купити абонемент можна в салоні.',
      unavailable: 'Платіжна система не відповідає. Гроші не списано; спробуйте ще раз за кілька хвилин.',
    },
    amount: 'Сума',
  },
  pt: {
    titles: {
      ready: 'Comprar o seu passe',
      not_paid: 'Ainda não está pago',
      checking: 'O seu pagamento está a ser verificado',
      paid: 'Pago. Obrigado!',
      returned: 'Este pagamento foi devolvido',
      cancelled: 'Este link já não é válido',
      off: 'O pagamento online está desligado',
      unavailable: 'O pagamento não está a funcionar',
    },
    texts: {
      ready: 'O pagamento é feito na página segura do nosso prestador de pagamentos. O passe é seu assim que estiver pago.',
      not_paid: 'Nada foi cobrado. Pode pagar agora ou abrir este link mais tarde.',
      checking: 'Já fez a sua parte. O resultado aparece aqui assim que for conhecido; por favor, não pague outra vez.',
      paid: 'O passe é seu: marque com ele confirmando o seu telefone.',
      returned: 'O salão devolveu o dinheiro para onde pagou. Pode demorar alguns dias a chegar.',
      cancelled: 'O salão cancelou-o, por isso não há nada a pagar.',
      off: 'De momento o salão não aceita pagamentos por link. Pode comprá-lo no salão.',
      unavailable: 'O prestador de pagamentos não responde. Nada foi cobrado; tente de novo dentro de alguns minutos.',
    },
    amount: 'Valor',
  },
  ar: {
    titles: {
      ready: 'اشترِ اشتراكك',
      not_paid: 'لم يتم الدفع بعد',
      checking: 'يجري التحقق من دفعتك',
      paid: 'تم الدفع. شكرًا لك!',
      returned: 'أُعيدت هذه الدفعة',
      cancelled: 'لم يعد هذا الرابط صالحًا',
      off: 'الدفع عبر الإنترنت متوقف',
      unavailable: 'الدفع لا يعمل حاليًا',
    },
    texts: {
      ready: 'يتم الدفع في الصفحة الآمنة لمزوّد خدمة الدفع، ويصبح الاشتراك لك فور الدفع.',
      not_paid: 'لم يُخصم أي مبلغ. يمكنك الدفع الآن، أو فتح هذا الرابط مرة أخرى لاحقًا.',
      checking: 'لقد أتممت ما عليك. تظهر النتيجة هنا فور معرفتها، يُرجى عدم الدفع مرة أخرى.',
      paid: 'الاشتراك لك الآن: احجز به بعد تأكيد رقم هاتفك.',
      returned: 'أعاد الصالون المبلغ إلى الوسيلة التي دفعت بها. قد يستغرق وصوله بضعة أيام.',
      cancelled: 'ألغاه الصالون، لذا لا يوجد ما يُدفع.',
      off: 'لا يقبل الصالون الدفع عبر الرابط حاليًا. يمكنك شراؤه في الصالون.',
      unavailable: 'مزوّد خدمة الدفع لا يستجيب. لم يُخصم أي مبلغ، يُرجى المحاولة مرة أخرى بعد بضع دقائق.',
    },
    amount: 'المبلغ',
  },
};
