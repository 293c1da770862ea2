/** What every hosted page of a sandbox says. */
export const pageLanguages = ['en', 'uk', 'pt'] as const;
export type PageLanguage = (typeof pageLanguages)[number];

const en = {
  itself: 'English',
  sandbox: '{provider} sandbox: no real money',
  title: 'Payment',
  toPay: 'To pay',
  timeLeft: 'Time left to pay',
  hours: 'h',
  minutes: 'min',
  lessThanAMinute: 'less than a minute',
  choose: 'How should this test payment go?',
  pays: 'Card that pays',
  declines: 'Card that is declined',
  later: 'Card that the bank decides about later',
  laterHint: 'The payment stays “processing” until it is settled in the sandbox.',
  pay: 'Pay',
  back: 'Back without paying',
  declined: 'The card was declined. Nothing was charged.',
  tryAgain: 'Try another card.',
  unknownChoice: 'The sandbox does not know this card. Choose one from the list.',
  paidTitle: 'Paid',
  paidText: 'This payment is complete. You can close this page.',
  processingTitle: 'Being processed',
  processingText: 'The payment is being processed. You can close this page.',
  failedTitle: 'Not paid',
  failedText: 'The card was declined. Nothing was charged.',
  expiredTitle: 'This page has expired',
  expiredText: 'The time to pay is over. Nothing was charged.',
  unknownTitle: 'No such payment',
  unknownText: 'This address does not belong to any payment of this sandbox.',
  goBack: 'Back to the merchant',
};
export type PageWords = Readonly<Record<keyof typeof en, string>>;

export const pageWords: Readonly<Record<PageLanguage, PageWords>> = {
  en,
  uk: {
    itself: 'Українська',
    sandbox: 'Пісочниця {provider}: гроші не справжні',
    title: 'Оплата',
    toPay: 'До сплати',
    timeLeft: 'Залишилося часу на оплату',
    hours: 'год',
    minutes: 'хв',
    lessThanAMinute: 'менш ніж хвилина',
    choose: 'Як має пройти ця тестова оплата?',
    pays: 'Картка, яка платить',
    declines: 'Картка, яку відхилено',
    later: 'Картка, щодо якої банк вирішує пізніше',
    laterHint: 'Оплата обробляється, доки її не завершать у пісочниці.',
    pay: 'Сплатити',
    back: 'Назад без оплати',
    declined: 'Картку відхилено. Гроші не списано.',
    tryAgain: 'Спробуйте іншу картку.',
    unknownChoice: 'Пісочниця не знає цієї картки. Оберіть картку зі списку.',
    paidTitle: 'Сплачено',
    paidText: 'Оплату завершено. Цю сторінку можна закрити.',
    processingTitle: 'Оплата обробляється',
    processingText: 'Оплата обробляється. Цю сторінку можна закрити.',
    failedTitle: 'Не сплачено',
    failedText: 'Картку відхилено. Гроші не списано.',
    expiredTitle: 'Час сторінки вийшов',
    expiredText: 'Час на оплату минув. Гроші не списано.',
    unknownTitle: 'Такої оплати немає',
    unknownText: 'Ця адреса не належить жодній оплаті цієї пісочниці.',
    goBack: 'Назад до продавця',
  },
  pt: {
    itself: 'Português',
    sandbox: 'Sandbox {provider}: sem dinheiro real',
    title: 'Pagamento',
    toPay: 'A pagar',
    timeLeft: 'Tempo restante para pagar',
    hours: 'h',
    minutes: 'min',
    lessThanAMinute: 'menos de um minuto',
    choose: 'Como deve correr este pagamento de teste?',
    pays: 'Cartão que paga',
    declines: 'Cartão recusado',
    later: 'Cartão sobre o qual o banco decide mais tarde',
    laterHint: 'O pagamento fica em processamento até ser concluído no sandbox.',
    pay: 'Pagar',
    back: 'Voltar sem pagar',
    declined: 'O cartão foi recusado. Nada foi cobrado.',
    tryAgain: 'Tente outro cartão.',
    unknownChoice: 'O sandbox não conhece este cartão. Escolha um da lista.',
    paidTitle: 'Pago',
    paidText: 'O pagamento está concluído. Pode fechar esta página.',
    processingTitle: 'Em processamento',
    processingText: 'O pagamento está a ser processado. Pode fechar esta página.',
    failedTitle: 'Não foi pago',
    failedText: 'O cartão foi recusado. Nada foi cobrado.',
    expiredTitle: 'Esta página expirou',
    expiredText: 'O tempo para pagar terminou. Nada foi cobrado.',
    unknownTitle: 'Pagamento inexistente',
    unknownText: 'Este endereço não pertence a nenhum pagamento deste sandbox.',
    goBack: 'Voltar ao vendedor',
  },
};

/** What was chosen on the page, else what the merchant asked for, else what the browser prefers, else English. */
export function pageLanguage(chosen: string | undefined, asked: string | undefined, accepted: string | undefined): PageLanguage {
  const wishes = [chosen, asked, ...(accepted ?? '').split(',').map((part) => part.split(';')[0]?.trim())];
  for (const wish of wishes) {
    const known = pageLanguages.find((language) => wish?.toLowerCase().split('-')[0] === language);
    if (known !== undefined) return known;
  }
  return 'en';
}
