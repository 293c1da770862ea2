import type { BuiltInRole } from '@holdfast/contract/rights';
import type { DemoLanguage } from './demo-location.ts';

export interface LandingTexts {
  readonly title: string;
  readonly demo: string;
  readonly lead: string;
  readonly noMoney: string;
  readonly languages: string;
  readonly locations: string;
  readonly open: string;
  readonly localTime: string;
  readonly currency: string;
  readonly tryThis: string;
  readonly required: string;
  readonly available: string;
  readonly notAvailable: string;
  readonly salonSide: string;
  readonly salonSideLead: string;
  readonly asWhom: Readonly<Record<BuiltInRole, string>>;
  readonly inbox: string;
  readonly inboxLead: string;
  readonly openInbox: string;
  readonly cards: string;
  readonly cardsLead: string;
  readonly card: string;
  readonly outcome: string;
  readonly pays: string;
  readonly declined: string;
  readonly secure: string;
  readonly sandboxes: string;
  readonly sandboxesLead: string;
  readonly provider: string;
  readonly connectedAt: string;
  readonly developers: string;
  readonly keysOf: (provider: string) => string;
  readonly clock: string;
  readonly clockLead: string;
  readonly ahead: (minutes: number) => string;
  readonly notAhead: string;
  readonly moves: readonly { readonly minutes: number; readonly label: string; readonly why: string }[];
  readonly afresh: string;
}

/** "1 day 2 h 5 min", in the words of one language. */
function span(minutes: number, language: DemoLanguage): string {
  const parts = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor(minutes / 60) % 24, 'hour'],
    [minutes % 60, 'minute'],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, unit]) => new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: unit === 'day' ? 'long' : 'short' }).format(count))
    .join(' ');
}

export const landingTexts: Readonly<Record<DemoLanguage, LandingTexts>> = {
  en: {
    title: 'Book a visit, pay for it, watch what happens',
    demo: 'Demo',
    lead: 'Three made-up salons with busy calendars. Book as a client would: choose a service, a person and a time, pay when the salon asks for it, and come back to your appointment.',
    noMoney: 'Nothing here is real: no visit takes place, no money moves, no message leaves this machine.',
    languages: 'Language',
    locations: 'The salons',
    open: 'Open the booking page',
    localTime: 'Now there',
    currency: 'Prices in',
    tryThis: 'Three services to begin with',
    required: 'must be paid to be booked: the time is held for 15 minutes',
    available: 'may be paid online, or at the visit',
    notAvailable: 'is paid at the visit',
    salonSide: 'The salon’s side',
    salonSideLead: 'The Appointment Calendar, the booking window, payment links and all settings, signed in without a password as:',
    asWhom: { owner: 'Owner', administrator: 'Administrator', reception: 'Reception', team_member: 'Team member', accountant: 'Accountant' },
    inbox: 'Inbox',
    inboxLead: 'SMS and e-mail of the demo arrive here and nowhere else.',
    openInbox: 'Open the inbox',
    cards: 'Cards for the payment page',
    cardsLead: 'The payment page is a sandbox on this machine. It takes these test cards, with any name, any later date and any code.',
    card: 'Card number',
    outcome: 'What happens',
    pays: 'pays at once',
    declined: 'is declined; try again with another',
    secure: 'asks for 3-D Secure first',
    sandboxes: 'The payment providers',
    sandboxesLead:
      'Each is a sandbox on this machine and behaves as the provider does. To connect one yourself, make keys on its page for developers and follow Finance → Cashless payment → Connect.',
    provider: 'Provider',
    connectedAt: 'Connected at',
    developers: 'For developers',
    keysOf: (provider) => `Keys of ${provider}`,
    clock: 'The demo’s clock',
    clockLead: 'It can be moved forward, so that nobody has to wait for a deadline. Everything that becomes due is done at once.',
    ahead: (minutes) => `It is ${span(minutes, 'en')} ahead of the real time.`,
    notAhead: 'It shows the real time.',
    moves: [
      { minutes: 5, label: '+5 min', why: 'watch a hold count down' },
      { minutes: 16, label: '+16 min', why: 'an unpaid hold runs out' },
      { minutes: 60, label: '+1 h', why: 'a payment page closes' },
      { minutes: 1440, label: '+1 day', why: 'tomorrow' },
    ],
    afresh: 'To begin afresh, stop Holdfast and delete its data folder; the next start makes a new demo.',
  },
  uk: {
    title: 'Запишіться, сплатіть і подивіться, що буде',
    demo: 'Демо',
    lead: 'Три вигадані салони із заповненими календарями. Записуйтеся, як клієнт: оберіть послугу, майстра й час, сплатіть, якщо салон цього просить, і поверніться до свого запису.',
    noMoney: 'Тут немає нічого справжнього: візити не відбуваються, гроші не рухаються, повідомлення не надсилаються.',
    languages: 'Мова',
    locations: 'Салони',
    open: 'Відкрити сторінку запису',
    localTime: 'Там зараз',
    currency: 'Ціни в',
    tryThis: 'Три послуги для початку',
    required: 'записують лише після оплати: час тримається 15 хвилин',
    available: 'можна сплатити онлайн або під час візиту',
    notAvailable: 'оплачується під час візиту',
    salonSide: 'Сторона салону',
    salonSideLead: 'Журнал записів, вікно запису, посилання на оплату та всі налаштування. Увійти без пароля як:',
    asWhom: { owner: 'Власник', administrator: 'Адміністратор', reception: 'Рецепція', team_member: 'Співробітник', accountant: 'Бухгалтер' },
    inbox: 'Вхідні',
    inboxLead: 'SMS та e-mail демо надходять лише сюди.',
    openInbox: 'Відкрити вхідні',
    cards: 'Картки для сторінки оплати',
    cardsLead:
      'Сторінка оплати — це пісочниця на цьому комп’ютері. Вона приймає ці тестові картки з будь-яким ім’ям, будь-якою майбутньою датою та будь-яким кодом.',
    card: 'Номер картки',
    outcome: 'Що станеться',
    pays: 'оплата проходить одразу',
    declined: 'відмова; спробуйте іншу картку',
    secure: 'спершу потрібне підтвердження 3-D Secure',
    sandboxes: 'Платіжні провайдери',
    sandboxesLead:
      'Кожен — це пісочниця на цьому комп’ютері, яка поводиться так само, як провайдер. Щоб підключити його самостійно, створіть ключі на його сторінці для розробників і пройдіть Фінанси → Безготівкова оплата → Підключити.',
    provider: 'Провайдер',
    connectedAt: 'Підключено в',
    developers: 'Для розробників',
    keysOf: (provider) => `Ключі ${provider}`,
    clock: 'Годинник демо',
    clockLead: 'Його можна пересунути вперед, щоб не чекати на строки. Усе, чому настав час, виконується одразу.',
    ahead: (minutes) => `Він попереду справжнього часу на ${span(minutes, 'uk')}.`,
    notAhead: 'Він показує справжній час.',
    moves: [
      { minutes: 5, label: '+5 хв', why: 'відлік утримання часу' },
      { minutes: 16, label: '+16 хв', why: 'несплачений час звільняється' },
      { minutes: 60, label: '+1 год', why: 'сторінка оплати закривається' },
      { minutes: 1440, label: '+1 день', why: 'завтра' },
    ],
    afresh: 'Щоб почати спочатку, зупиніть Holdfast і видаліть теку з даними; наступний запуск створить нове демо.',
  },
  pt: {
    title: 'Marque, pague e veja o que acontece',
    demo: 'Demonstração',
    lead: 'Três salões inventados com agendas preenchidas. Marque como um cliente: escolha o serviço, a pessoa e a hora, pague quando o salão o pedir e volte à sua marcação.',
    noMoney: 'Nada aqui é real: as visitas não se realizam, o dinheiro não se move, nenhuma mensagem é enviada.',
    languages: 'Idioma',
    locations: 'Os salões',
    open: 'Abrir a página de marcações',
    localTime: 'Lá são agora',
    currency: 'Preços em',
    tryThis: 'Três serviços para começar',
    required: 'só fica marcado depois de pago: a hora é guardada durante 15 minutos',
    available: 'pode ser pago online ou na visita',
    notAvailable: 'paga-se na visita',
    salonSide: 'O lado do salão',
    salonSideLead: 'A agenda, a janela de marcação, as ligações de pagamento e todas as definições. Entrar sem palavra-passe como:',
    asWhom: {
      owner: 'Proprietário',
      administrator: 'Administrador',
      reception: 'Receção',
      team_member: 'Membro da equipa',
      accountant: 'Contabilista',
    },
    inbox: 'Caixa de entrada',
    inboxLead: 'SMS e e-mail da demonstração chegam aqui e a mais lado nenhum.',
    openInbox: 'Abrir a caixa',
    cards: 'Cartões para a página de pagamento',
    cardsLead:
      'A página de pagamento é uma simulação neste computador. Aceita estes cartões de teste, com qualquer nome, qualquer data futura e qualquer código.',
    card: 'Número do cartão',
    outcome: 'O que acontece',
    pays: 'paga de imediato',
    declined: 'é recusado; tente com outro',
    secure: 'pede primeiro 3-D Secure',
    sandboxes: 'Os prestadores de pagamentos',
    sandboxesLead:
      'Cada um é uma simulação neste computador e comporta-se como o prestador. Para ligar um, crie chaves na respetiva página para programadores e siga Finanças → Pagamento sem numerário → Ligar.',
    provider: 'Prestador',
    connectedAt: 'Ligado em',
    developers: 'Para programadores',
    keysOf: (provider) => `Chaves de ${provider}`,
    clock: 'O relógio da demonstração',
    clockLead: 'Pode ser adiantado, para ninguém ter de esperar por um prazo. Tudo o que entretanto vence é feito logo.',
    ahead: (minutes) => `Está ${span(minutes, 'pt')} à frente da hora real.`,
    notAhead: 'Mostra a hora real.',
    moves: [
      { minutes: 5, label: '+5 min', why: 'ver a contagem de uma reserva' },
      { minutes: 16, label: '+16 min', why: 'uma reserva por pagar termina' },
      { minutes: 60, label: '+1 h', why: 'uma página de pagamento fecha' },
      { minutes: 1440, label: '+1 dia', why: 'amanhã' },
    ],
    afresh: 'Para recomeçar, pare o Holdfast e apague a pasta de dados; o próximo arranque cria uma nova demonstração.',
  },
};
