import { everyWay, notOffered, once, paid, unpaid } from './endings.ts';
import type { Scenario } from './scenario.ts';

/** Money that is not what was asked, or does not stay. */
export const moneyScenarios: readonly Scenario[] = [
  {
    id: 'wrong_amount',
    group: 'wrong_money',
    title: { en: 'Only half of it comes', uk: 'Надходить лише половина', pt: 'Chega só metade' },
    story: {
      en: 'The provider takes another amount than it was asked for.',
      uk: 'Провайдер списує не ту суму, про яку його просили.',
      pt: 'O prestador cobra um valor diferente do pedido.',
    },
    ways: everyWay,
    steps: [
      { do: 'book' },
      { do: 'go_to_pay' },
      { do: 'clock', at: '2:00' },
      { do: 'pay', amiss: 'half' },
      { do: 'come_back' },
      { do: 'clock', at: '75:00' },
    ],
    answers: () => [['captured', 'not_offered']],
    ends: (seen) => (seen.answers[0] === 'captured' ? { ...unpaid(seen), outcome: 'credit', attention: ['amount_mismatch'] } : notOffered(seen)),
  },
  {
    id: 'wrong_currency',
    group: 'wrong_money',
    title: { en: 'Another currency comes', uk: 'Надходить інша валюта', pt: 'Chega outra moeda' },
    story: {
      en: 'The provider takes the money in a currency that nobody asked for.',
      uk: 'Провайдер списує гроші у валюті, про яку ніхто не просив.',
      pt: 'O prestador cobra numa moeda que ninguém pediu.',
    },
    ways: everyWay,
    steps: [
      { do: 'book' },
      { do: 'go_to_pay' },
      { do: 'clock', at: '2:00' },
      { do: 'pay', amiss: 'another_currency' },
      { do: 'come_back' },
      { do: 'clock', at: '75:00' },
    ],
    answers: () => [['captured', 'not_offered']],
    ends: (seen) => (seen.answers[0] === 'captured' ? { ...unpaid(seen), outcome: 'unplaced', attention: ['currency_mismatch'] } : notOffered(seen)),
  },
  {
    id: 'reversed_after_success',
    group: 'wrong_money',
    title: { en: 'Reversed after success', uk: 'Скасовано після успіху', pt: 'Revertido depois do sucesso' },
    story: {
      en: 'Half an hour after the payment the provider takes all of it back.',
      uk: 'За пів години після оплати провайдер забирає всі гроші назад.',
      pt: 'Meia hora depois do pagamento, o prestador retira-o por inteiro.',
    },
    ways: everyWay,
    steps: [
      { do: 'book' },
      { do: 'go_to_pay' },
      { do: 'clock', at: '2:00' },
      { do: 'pay' },
      { do: 'come_back' },
      { do: 'clock', at: '32:00' },
      { do: 'give_back' },
      { do: 'clock', at: '45:00' },
    ],
    answers: once,
    ends: () => ({ ...paid, outcome: 'given_back', attention: ['refunded_at_provider'] }),
  },
];
