import type { Right } from '@holdfast/contract/rights';

/** Rights by what they are about, in the order of packages/contract/src/rights.ts. A test sees that none is forgotten. */
export const rightGroups = [
  {
    name: 'calendar',
    rights: ['calendar.see', 'calendar.see_all', 'calendar.edit', 'calendar.price', 'appointments.cancel', 'appointments.cancel_paid'],
  },
  { name: 'clients', rights: ['clients.see', 'clients.contacts', 'clients.edit', 'clients.export', 'clients.erase'] },
  {
    name: 'money',
    rights: [
      'checkout.see',
      'checkout.take',
      'payment_links.make',
      'transactions.see',
      'transactions.create',
      'transactions.edit',
      'transactions.delete',
      'accounts.top_up',
      'accounts.pay',
      'refunds.make',
      'reports.see',
      'days.close',
      'reconciliation.make',
      'finance.edit',
    ],
  },
  {
    name: 'settings',
    rights: [
      'catalog.edit',
      'catalog.online_payment',
      'schedule.edit',
      'location.edit',
      'locations.create',
      'online_payment.see',
      'online_payment.edit',
      'messages.edit',
      'users.edit',
      'integrations.edit',
      'imports.make',
      'audit.see',
    ],
  },
] as const satisfies readonly { name: string; rights: readonly Right[] }[];
