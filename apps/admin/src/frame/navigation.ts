import type { Right } from '@holdfast/contract/rights';
import {
  type Icon,
  IconAddressBook,
  IconBuildingStore,
  IconCalendar,
  IconCashRegister,
  IconPlug,
  IconSettings,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { TextKey } from '../words.tsx';

export interface Place {
  readonly label: TextKey;
  /** Below `/$location/`. */
  readonly path: string;
  /** Shown where the role has one of these. */
  readonly rights: readonly Right[];
  /** How many things wait there stands beside it. */
  readonly counts?: 'attention';
}

export interface Section {
  readonly label: TextKey;
  readonly icon: Icon;
  readonly places: readonly Place[];
}

/** The sections, with the names that the manual uses. A section of one place is that place. */
export const sections: readonly Section[] = [
  { label: 'frame.nav.calendar', icon: IconCalendar, places: [{ label: 'frame.nav.calendar', path: 'calendar', rights: ['calendar.see'] }] },
  { label: 'frame.nav.events', icon: IconUsersGroup, places: [{ label: 'frame.nav.events', path: 'events', rights: ['calendar.see'] }] },
  { label: 'frame.nav.clients', icon: IconAddressBook, places: [{ label: 'frame.nav.clients', path: 'clients', rights: ['clients.see'] }] },
  {
    label: 'frame.nav.finance',
    icon: IconCashRegister,
    places: [
      { label: 'frame.nav.day', path: 'finance/day', rights: ['reports.see'] },
      { label: 'frame.nav.transactions', path: 'finance/transactions', rights: ['transactions.see'] },
      { label: 'frame.nav.attention', path: 'finance/attention', rights: ['transactions.see'], counts: 'attention' },
      { label: 'frame.nav.refunds', path: 'finance/refunds', rights: ['transactions.see'] },
      { label: 'frame.nav.reports', path: 'finance/reports', rights: ['reports.see'] },
      { label: 'frame.nav.reconciliation', path: 'finance/reconciliation', rights: ['transactions.see'] },
      { label: 'frame.nav.receipts', path: 'finance/receipts', rights: ['transactions.see'] },
      { label: 'frame.nav.client_accounts', path: 'finance/client-accounts', rights: ['checkout.see'] },
      { label: 'frame.nav.memberships', path: 'finance/memberships', rights: ['checkout.see'] },
      { label: 'frame.nav.registers', path: 'finance/registers', rights: ['transactions.see'] },
      { label: 'frame.nav.payment_items', path: 'finance/payment-items', rights: ['transactions.see'] },
      { label: 'frame.nav.taxes', path: 'finance/taxes', rights: ['transactions.see'] },
      { label: 'frame.nav.cashless', path: 'finance/cashless-payment', rights: ['online_payment.see'] },
    ],
  },
  {
    label: 'frame.nav.integrations',
    icon: IconPlug,
    places: [{ label: 'frame.nav.integrations', path: 'integrations', rights: ['online_payment.see'] }],
  },
  {
    label: 'frame.nav.main_settings',
    icon: IconSettings,
    places: [
      { label: 'frame.nav.services', path: 'settings/services', rights: ['catalog.edit', 'catalog.online_payment'] },
      { label: 'frame.nav.staff', path: 'settings/staff', rights: ['catalog.edit', 'catalog.online_payment'] },
      { label: 'frame.nav.positions', path: 'settings/positions', rights: ['catalog.edit'] },
      { label: 'frame.nav.schedule', path: 'settings/schedule', rights: ['schedule.edit'] },
      { label: 'frame.nav.users', path: 'settings/users', rights: ['users.edit'] },
      { label: 'frame.nav.roles', path: 'settings/roles', rights: ['users.edit'] },
      { label: 'frame.nav.messages', path: 'settings/messages', rights: ['messages.edit'] },
      { label: 'frame.nav.programs', path: 'settings/api', rights: ['integrations.edit'] },
      { label: 'frame.nav.imports', path: 'settings/import', rights: ['imports.make'] },
      { label: 'frame.nav.audit', path: 'settings/audit', rights: ['audit.see'] },
    ],
  },
  {
    label: 'frame.nav.my_location',
    icon: IconBuildingStore,
    places: [
      { label: 'frame.nav.business_information', path: 'settings/business-information', rights: ['location.edit'] },
      { label: 'frame.nav.online_booking', path: 'settings/online-booking', rights: ['location.edit'] },
      { label: 'frame.nav.phone_confirmation', path: 'settings/phone-confirmation', rights: ['location.edit'] },
      { label: 'frame.nav.booking_links', path: 'settings/booking-links', rights: ['location.edit'] },
      { label: 'frame.nav.locations', path: 'settings/locations', rights: ['locations.create', 'location.edit'] },
    ],
  },
];
