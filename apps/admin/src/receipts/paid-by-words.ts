import type { Words } from '../words.tsx';

const providers: Readonly<Record<string, string>> = { stripe: 'Stripe', viva: 'Viva', mono: 'monobank', liqpay: 'LiqPay', pix: 'PIX' };

export function paidByWords(say: Words['say'], paidBy: string): string {
  switch (paidBy) {
    case 'cash':
    case 'card':
    case 'account':
    case 'online':
      return say(`receipts.paid_by.${paidBy}`);
    default:
      return providers[paidBy] ?? paidBy;
  }
}
