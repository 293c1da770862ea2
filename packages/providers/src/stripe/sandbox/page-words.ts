export const languages = ['en', 'uk', 'pt'] as const;
export type Language = (typeof languages)[number];

export interface Words {
  readonly itself: string;
  readonly sandbox: string;
  readonly title: string;
  readonly toPay: string;
  readonly timeLeft: string;
  readonly hours: string;
  readonly minutes: string;
  readonly lessThanAMinute: string;
  readonly choose: string;
  readonly pays: string;
  readonly declines: string;
  readonly poor: string;
  readonly asksBank: string;
  readonly disputes: string;
  readonly delayed: string;
  readonly delayedHint: string;
  readonly pay: string;
  readonly back: string;
  readonly declined: string;
  readonly insufficient_funds: string;
  readonly bank_refused: string;
  readonly unknown_card: string;
  readonly bankTitle: string;
  readonly bankAsks: string;
  readonly approve: string;
  readonly refuse: string;
  readonly paidTitle: string;
  readonly paidText: string;
  readonly processingText: string;
  readonly expiredTitle: string;
  readonly expiredText: string;
  readonly unknownTitle: string;
  readonly unknownText: string;
  readonly goBack: string;
}

export const words: Readonly<Record<Language, Words>> = {
  en: {
    itself: 'English',
    sandbox: 'Stripe sandbox — no real money',
    title: 'Payment',
    toPay: 'To pay',
    timeLeft: 'Time left to pay',
    hours: 'h',
    minutes: 'min',
    lessThanAMinute: 'less than a minute',
    choose: 'How should this test payment go?',
    pays: 'Card that pays',
    declines: 'Card that is declined',
    poor: 'Card without enough money',
    asksBank: 'Card that asks the bank (3-D Secure)',
    disputes: 'Card that pays, and whose holder then disputes it',
    delayed: 'Bank debit, decided days later',
    delayedHint: 'The payment stays “processing” until it is settled in the sandbox.',
    pay: 'Pay',
    back: 'Back without paying',
    declined: 'The card was declined. Nothing was charged. Try another card.',
    insufficient_funds: 'There is not enough money on this card. Nothing was charged. Try another card.',
    bank_refused: 'The bank did not confirm the payment. Nothing was charged. You can try again.',
    unknown_card: 'The sandbox does not know this card. Choose one from the list.',
    bankTitle: 'Your bank (sandbox)',
    bankAsks: 'Do you confirm this payment?',
    approve: 'Approve',
    refuse: 'Refuse',
    paidTitle: 'Paid',
    paidText: 'This payment is complete. You can close this page.',
    processingText: 'The payment is being processed. You can close this page.',
    expiredTitle: 'This page has expired',
    expiredText: 'The time to pay is over. Nothing was charged.',
    unknownTitle: 'No such payment',
    unknownText: 'This address does not belong to any payment of this sandbox.',
    goBack: 'Back to the merchant',
  },
  uk: {
    itself: 'Українська',
    sandbox: 'Пісочниця Stripe — гроші не справжні',
    title: 'Оплата',
    toPay: 'До сплати',
    timeLeft: 'Залишилося часу на оплату',
    hours: 'год',
    minutes: 'хв',
    lessThanAMinute: 'менш ніж хвилина',
    choose: 'Як має пройти ця тестова оплата?',
    pays: 'Картка, яка платить',
    declines: 'Картка, яку відхилено',
    poor: 'Картка, на якій бракує коштів',
    asksBank: 'Картка, що питає банк (3-D Secure)',
    disputes: 'Картка, яка платить, а потім її власник оскаржує платіж',
    delayed: 'Банківське списання з рішенням за кілька днів',
    delayedHint: 'Оплата обробляється, доки її не завершать у пісочниці.',
    pay: 'Сплатити',
    back: 'Назад без оплати',
    declined: 'Картку відхилено. Гроші не списано. Спробуйте іншу картку.',
    insufficient_funds: 'На картці бракує коштів. Гроші не списано. Спробуйте іншу картку.',
    bank_refused: 'Банк не підтвердив оплату. Гроші не списано. Можна спробувати ще раз.',
    unknown_card: 'Пісочниця не знає цієї картки. Оберіть картку зі списку.',
    bankTitle: 'Ваш банк (пісочниця)',
    bankAsks: 'Підтверджуєте цю оплату?',
    approve: 'Підтвердити',
    refuse: 'Відмовитися',
    paidTitle: 'Сплачено',
    paidText: 'Оплату завершено. Цю сторінку можна закрити.',
    processingText: 'Оплата обробляється. Цю сторінку можна закрити.',
    expiredTitle: 'Час сторінки вийшов',
    expiredText: 'Час на оплату минув. Гроші не списано.',
    unknownTitle: 'Такої оплати немає',
    unknownText: 'Ця адреса не належить жодній оплаті цієї пісочниці.',
    goBack: 'Назад до продавця',
  },
  pt: {
    itself: 'Português',
    sandbox: 'Sandbox Stripe — sem dinheiro real',
    title: 'Pagamento',
    toPay: 'A pagar',
    timeLeft: 'Tempo restante para pagar',
    hours: 'h',
    minutes: 'min',
    lessThanAMinute: 'menos de um minuto',
    choose: 'Como deve correr este pagamento de teste?',
    pays: 'Cartão que paga',
    declines: 'Cartão recusado',
    poor: 'Cartão sem saldo suficiente',
    asksBank: 'Cartão que pede confirmação ao banco (3-D Secure)',
    disputes: 'Cartão que paga e cujo titular depois contesta o pagamento',
    delayed: 'Débito bancário, decidido dias depois',
    delayedHint: 'O pagamento fica em processamento até ser concluído no sandbox.',
    pay: 'Pagar',
    back: 'Voltar sem pagar',
    declined: 'O cartão foi recusado. Nada foi cobrado. Tente outro cartão.',
    insufficient_funds: 'O cartão não tem saldo suficiente. Nada foi cobrado. Tente outro cartão.',
    bank_refused: 'O banco não confirmou o pagamento. Nada foi cobrado. Pode tentar de novo.',
    unknown_card: 'O sandbox não conhece este cartão. Escolha um da lista.',
    bankTitle: 'O seu banco (sandbox)',
    bankAsks: 'Confirma este pagamento?',
    approve: 'Confirmar',
    refuse: 'Recusar',
    paidTitle: 'Pago',
    paidText: 'O pagamento está concluído. Pode fechar esta página.',
    processingText: 'O pagamento está a ser processado. Pode fechar esta página.',
    expiredTitle: 'Esta página expirou',
    expiredText: 'O tempo para pagar terminou. Nada foi cobrado.',
    unknownTitle: 'Pagamento inexistente',
    unknownText: 'Este endereço não pertence a nenhum pagamento deste sandbox.',
    goBack: 'Voltar ao vendedor',
  },
};

/** What the client chose on the page, else the session's locale, else (`auto`) what the browser prefers. */
export function pageLanguage(chosen: string | undefined, locale: string | null, accepted: string | undefined): Language {
  const wishes = [chosen, locale === 'auto' ? null : locale, ...(accepted ?? '').split(',').map((part) => part.split(';')[0]?.trim())];
  for (const wish of wishes) {
    if (wish === null || wish === undefined || wish === '') continue;
    const known = languages.find((language) => wish.toLowerCase().split('-')[0] === language);
    if (known !== undefined) return known;
    // The session asked for a language of Stripe's that this page does not have.
    if (wish === locale) return 'en';
  }
  return 'en';
}
