import { everyWay, held, once, paid } from './endings.ts';
import type { Scenario } from './scenario.ts';

/** What people do. */
export const peopleScenarios: readonly Scenario[] = [
  {
    id: 'two_tabs',
    group: 'people',
    title: { en: 'Two tabs', uk: 'Дві вкладки', pt: 'Dois separadores' },
    story: {
      en: 'The client goes to pay in two tabs, pays in one, and tries to pay in the other.',
      uk: 'Клієнт переходить до оплати у двох вкладках, платить в одній і пробує в іншій.',
      pt: 'O cliente avança para o pagamento em dois separadores, paga num e tenta pagar no outro.',
    },
    ways: everyWay,
    steps: [
      { do: 'book' },
      { do: 'go_to_pay' },
      { do: 'clock', at: '0:10' },
      { do: 'second_tab' },
      { do: 'clock', at: '2:00' },
      { do: 'pay' },
      { do: 'clock', at: '2:10' },
      { do: 'pay' },
      { do: 'come_back' },
      { do: 'clock', at: '17:00' },
    ],
    answers: () => [['captured'], ['closed']],
    ends: () => paid,
  },
  {
    id: 'two_want_the_time',
    group: 'people',
    title: { en: 'Another client wants the same time', uk: 'Той самий час хоче інший клієнт', pt: 'Outro cliente quer a mesma hora' },
    story: {
      en: 'Somebody else tries to book the time while it is kept for the first client, who then pays.',
      uk: 'Хтось інший пробує забронювати час, поки його утримують для першого клієнта, а той потім платить.',
      pt: 'Outra pessoa tenta marcar a hora enquanto está reservada para o primeiro cliente, que depois paga.',
    },
    ways: held,
    steps: [
      { do: 'book' },
      { do: 'go_to_pay' },
      { do: 'clock', at: '5:00' },
      { do: 'book', who: 'second' },
      { do: 'clock', at: '6:00' },
      { do: 'pay' },
      { do: 'come_back' },
      { do: 'clock', at: '17:00' },
    ],
    answers: once,
    ends: () => paid,
  },
  {
    id: 'cancelled_then_paid',
    group: 'people',
    title: { en: 'Cancelled, and then paid', uk: 'Скасовано, а потім оплачено', pt: 'Cancelado e depois pago' },
    story: {
      en: 'The client cancels, and then pays on the page that is still open in another tab.',
      uk: 'Клієнт скасовує запис, а тоді платить на сторінці, що лишилася в іншій вкладці.',
      pt: 'O cliente cancela e depois paga na página que ficou aberta noutro separador.',
    },
    ways: everyWay,
    steps: [
      { do: 'book' },
      { do: 'go_to_pay' },
      { do: 'clock', at: '3:00' },
      { do: 'cancel' },
      { do: 'clock', at: '5:00' },
      { do: 'pay' },
      { do: 'clock', at: '75:00' },
    ],
    answers: ({ capabilities }) => (capabilities.closesPages ? [['closed']] : [['captured', 'closed']]),
    ends: ({ answers }) => ({
      outcome: answers[0] === 'captured' ? 'credit' : 'cancelled',
      appointment: 'cancelled',
      holder: null,
      attention: answers[0] === 'captured' ? ['late_payment'] : [],
    }),
  },
];
