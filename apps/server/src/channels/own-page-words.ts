import type { ClientLanguage } from '@holdfast/contract/client-language';

interface Words {
  readonly locale: string;
  readonly payWith: string;
  /** Where there is nobody in between whose name would help. */
  readonly howToPay: string;
  readonly leaving: string;
  readonly goOn: string;
  readonly amount: string;
  readonly timeLeft: string;
  readonly timeIsUp: string;
  readonly steps: readonly [string, string, string];
  readonly scan: string;
  readonly code: string;
  readonly copy: string;
  readonly copyValue: string;
  readonly copied: string;
  readonly waiting: string;
  readonly received: string;
  readonly checking: string;
  readonly trouble: string;
  readonly back: string;
  readonly toPayBy: string;
  readonly done: string;
  readonly sandboxApp: string;
  readonly demo: string;
}

/** What our own payment pages say, in every language of clients. */
export const ownPageWords: Readonly<Record<ClientLanguage, Words>> = {
  en: {
    locale: 'en-GB',
    payWith: 'Pay with {provider}',
    howToPay: 'How to pay',
    leaving: 'You are being taken to the payment page of {provider}.',
    goOn: 'Go on to {provider}',
    amount: 'To pay',
    timeLeft: 'Time left to pay',
    timeIsUp: 'The time to pay is over.',
    steps: [
      'Open your bank’s app and choose to pay by {provider}.',
      'Scan the code, or copy it and paste it there.',
      'Stay here: the confirmation appears by itself.',
    ],
    scan: 'Code to scan',
    code: 'Code to copy and paste',
    copy: 'Copy the code',
    copyValue: 'Copy',
    copied: 'Copied',
    waiting: 'Waiting for your payment…',
    received: 'Paid. Thank you!',
    checking: 'Your payment is being checked.',
    trouble: 'No connection just now. Your payment is not lost; we keep looking.',
    back: 'Back without paying',
    toPayBy: 'To be paid by {time}',
    done: 'Done, back to my booking',
    sandboxApp: 'Open the sandbox’s bank app',
    demo: 'Demo: no real salon, no real money.',
  },
  uk: {
    locale: 'uk-UA',
    payWith: 'Оплата через {provider}',
    howToPay: 'Як сплатити',
    leaving: 'Переходимо на сторінку оплати {provider}.',
    goOn: 'Перейти до {provider}',
    amount: 'До сплати',
    timeLeft: 'Час на оплату',
    timeIsUp: 'Час на оплату минув.',
    steps: [
      'Відкрийте застосунок свого банку й оберіть оплату через {provider}.',
      'Відскануйте код або скопіюйте його і вставте там.',
      'Залишайтеся тут: підтвердження з’явиться саме.',
    ],
    scan: 'Код для сканування',
    code: 'Код для копіювання',
    copy: 'Скопіювати код',
    copyValue: 'Скопіювати',
    copied: 'Скопійовано',
    waiting: 'Чекаємо на ваш платіж…',
    received: 'Оплачено. Дякуємо!',
    checking: 'Ваш платіж перевіряється.',
    trouble: 'Зараз немає зв’язку. Ваш платіж не загубиться, ми перевіряємо далі.',
    back: 'Повернутися без оплати',
    toPayBy: 'Сплатити до {time}',
    done: 'Готово, до мого запису',
    sandboxApp: 'Відкрити банківський застосунок пісочниці',
    demo: 'Демо: салон і гроші несправжні.',
  },
  pt: {
    locale: 'pt-PT',
    payWith: 'Pagar com {provider}',
    howToPay: 'Como pagar',
    leaving: 'Está a ser levado para a página de pagamento da {provider}.',
    goOn: 'Continuar para {provider}',
    amount: 'A pagar',
    timeLeft: 'Tempo para pagar',
    timeIsUp: 'O tempo para pagar terminou.',
    steps: [
      'Abra a aplicação do seu banco e escolha pagar com {provider}.',
      'Leia o código, ou copie-o e cole-o lá.',
      'Fique aqui: a confirmação aparece sozinha.',
    ],
    scan: 'Código para ler',
    code: 'Código copia e cola',
    copy: 'Copiar o código',
    copyValue: 'Copiar',
    copied: 'Copiado',
    waiting: 'À espera do seu pagamento…',
    received: 'Pago. Obrigado!',
    checking: 'O seu pagamento está a ser verificado.',
    trouble: 'Sem ligação neste momento. O seu pagamento não se perde; continuamos a verificar.',
    back: 'Voltar sem pagar',
    toPayBy: 'A pagar até {time}',
    done: 'Feito, voltar à minha marcação',
    sandboxApp: 'Abrir a aplicação bancária da sandbox',
    demo: 'Demonstração: salão e dinheiro não são reais.',
  },
  ar: {
    locale: 'ar-u-ca-gregory-nu-latn',
    payWith: 'الدفع عبر {provider}',
    howToPay: 'طريقة الدفع',
    leaving: 'يجري نقلك إلى صفحة الدفع لدى {provider}.',
    goOn: 'المتابعة إلى {provider}',
    amount: 'المبلغ المستحق',
    timeLeft: 'الوقت المتبقي للدفع',
    timeIsUp: 'انتهى وقت الدفع.',
    steps: ['افتح تطبيق مصرفك واختر الدفع عبر {provider}.', 'امسح الرمز، أو انسخه وألصقه هناك.', 'ابقَ في هذه الصفحة: يظهر التأكيد تلقائيًا.'],
    scan: 'رمز للمسح',
    code: 'رمز للنسخ واللصق',
    copy: 'نسخ الرمز',
    copyValue: 'نسخ',
    copied: 'تم النسخ',
    waiting: 'في انتظار دفعتك…',
    received: 'تم الدفع. شكرًا لك!',
    checking: 'يجري التحقق من دفعتك.',
    trouble: 'لا يوجد اتصال حاليًا. لن تضيع دفعتك، ونواصل التحقق.',
    back: 'العودة دون دفع',
    toPayBy: 'يُدفع حتى {time}',
    done: 'تم، العودة إلى حجزي',
    sandboxApp: 'فتح تطبيق المصرف التجريبي',
    demo: 'عرض تجريبي: لا صالون حقيقي ولا أموال حقيقية.',
  },
};
