/**
 * Every access right there is (B12). A route names the one it needs, a screen shows what it allows, a role is a set of them. No zod here: the
 * admin app reads this list too.
 */
export const rights = [
  // the calendar
  'calendar.see', // their own column; everybody's with calendar.see_all
  'calendar.see_all',
  'calendar.edit', // make, move, change, comment, take steps
  'calendar.price', // change what a service of an appointment costs
  'appointments.cancel',
  'appointments.cancel_paid', // also where money has been paid (B12: delete paid bookings)
  // clients
  'clients.see',
  'clients.contacts', // phone and e-mail
  'clients.edit', // also merge
  'clients.export',
  'clients.erase',
  // money at the desk
  'checkout.see',
  'checkout.take', // cash or card into a register
  'payment_links.make', // copy, show, send; cancel a payment that runs
  'transactions.see',
  'transactions.create',
  'transactions.edit',
  'transactions.delete', // also reverse a payment taken at the desk
  'accounts.top_up',
  'accounts.pay',
  'refunds.make',
  'reports.see',
  'days.close', // after which what happened on them is dated later
  'reconciliation.make', // read payouts and files, accept differences
  'finance.edit', // registers, payment items, account types, tax rates, the refund policy
  // settings
  'catalog.edit', // categories, services, staff, positions
  'catalog.online_payment', // a service's or team member's online payment
  'schedule.edit',
  'location.edit', // business information, company details, online booking
  'locations.create',
  'online_payment.see', // Finance → Cashless payment
  'online_payment.edit',
  'messages.edit',
  'users.edit', // users and roles
  'integrations.edit', // API keys and webhooks
  'imports.make', // clients, services and appointments out of files
  'audit.see',
] as const;
export type Right = (typeof rights)[number];

/** Rights that a custom role may have for what happened in the last so many days only. */
export const datedRights = ['transactions.create', 'transactions.edit', 'transactions.delete'] as const satisfies readonly Right[];

const reception = [
  'calendar.see',
  'calendar.see_all',
  'calendar.edit',
  'appointments.cancel',
  'clients.see',
  'clients.contacts',
  'clients.edit',
  'checkout.see',
  'checkout.take',
  'payment_links.make',
  'accounts.top_up',
  'accounts.pay',
] as const satisfies readonly Right[];

/** The roles every chain has; they cannot be changed, only copied. */
export const builtInRoles = {
  owner: rights,
  administrator: rights.filter((right) => right !== 'locations.create' && right !== 'clients.erase'),
  reception,
  team_member: ['calendar.see', 'clients.see'],
  accountant: [
    'clients.see',
    'checkout.see',
    'transactions.see',
    'transactions.create',
    'transactions.edit',
    'transactions.delete',
    'refunds.make',
    'reports.see',
    'days.close',
    'reconciliation.make',
    'finance.edit',
    'online_payment.see',
    'audit.see',
  ],
} as const satisfies Record<string, readonly Right[]>;
export type BuiltInRole = keyof typeof builtInRoles;
export const builtInRoleNames = Object.keys(builtInRoles) as readonly BuiltInRole[];

export function isRight(name: string): name is Right {
  return (rights as readonly string[]).includes(name);
}
