import { everyWay, held, once, paid } from './endings.ts';
import type { Scenario } from './scenario.ts';

/** A provider that cannot be reached. */
export const outageScenarios: readonly Scenario[] = [
  {
    id: 'provider_down_at_create',
    group: 'outages',
    title: {
      en: 'The provider is down when the client wants to pay',
      uk: 'Провайдер не працює, коли клієнт хоче платити',
      pt: 'O prestador está em baixo quando o cliente quer pagar',
    },
    story: {
      en: 'There is no page to go to for three minutes; the time is kept meanwhile.',
      uk: 'Три хвилини немає сторінки, на яку можна перейти; час тим часом утримується.',
      pt: 'Durante três minutos não há página para onde ir; entretanto a hora fica reservada.',
    },
    ways: everyWay,
    steps: [
      { do: 'book' },
      { do: 'provider_down', at: 'create' },
      { do: 'go_to_pay' },
      { do: 'clock', at: '3:00' },
      { do: 'provider_up' },
      { do: 'go_to_pay' },
      { do: 'clock', at: '4:00' },
      { do: 'pay' },
      { do: 'come_back' },
      { do: 'clock', at: '75:00' },
    ],
    answers: once,
    ends: () => paid,
  },
  {
    id: 'answer_lost_at_create',
    group: 'outages',
    title: {
      en: 'The provider’s answer is lost on the way',
      uk: 'Відповідь провайдера губиться дорогою',
      pt: 'A resposta do prestador perde-se pelo caminho',
    },
    story: {
      en: 'It has made a page and the line breaks before we hear of it. The client tries again, and nobody can pay twice.',
      uk: 'Сторінку вже створено, але зв’язок рветься до відповіді. Клієнт пробує ще раз, і двічі заплатити ніхто не може.',
      pt: 'A página foi criada e a ligação cai antes da resposta. O cliente tenta de novo e ninguém pode pagar duas vezes.',
    },
    ways: held,
    steps: [
      { do: 'book' },
      { do: 'provider_down', at: 'create', answerLost: true },
      { do: 'go_to_pay' },
      { do: 'clock', at: '3:00' },
      { do: 'provider_up' },
      { do: 'go_to_pay' },
      { do: 'clock', at: '4:00' },
      { do: 'pay' },
      { do: 'come_back' },
      { do: 'clock', at: '75:00' },
    ],
    answers: once,
    ends: () => paid,
  },
  {
    id: 'provider_down_at_refund',
    group: 'outages',
    title: {
      en: 'The provider is down when money goes back',
      uk: 'Провайдер не працює, коли повертають гроші',
      pt: 'O prestador está em baixo quando o dinheiro é devolvido',
    },
    story: {
      en: 'The payment is given back in the provider’s dashboard, and for ten minutes nobody can be asked whether that is true.',
      uk: 'Платіж повертають у кабінеті провайдера, і десять хвилин нікого спитати, чи це правда.',
      pt: 'O pagamento é devolvido no painel do prestador e, durante dez minutos, não há a quem perguntar se é verdade.',
    },
    ways: held,
    steps: [
      { do: 'book' },
      { do: 'go_to_pay' },
      { do: 'clock', at: '2:00' },
      { do: 'pay' },
      { do: 'come_back' },
      { do: 'clock', at: '20:00' },
      { do: 'provider_down', at: 'any' },
      { do: 'give_back' },
      { do: 'clock', at: '30:00' },
      { do: 'provider_up' },
      { do: 'clock', at: '75:00' },
    ],
    answers: once,
    ends: () => ({ ...paid, outcome: 'given_back', attention: ['refunded_at_provider'] }),
  },
];
