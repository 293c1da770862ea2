import access from '@holdfast/contract/texts/admin/access/en.json';
import accounts from '@holdfast/contract/texts/admin/accounts/en.json';
import appointment from '@holdfast/contract/texts/admin/appointment/en.json';
import attention from '@holdfast/contract/texts/admin/attention/en.json';
import calendar from '@holdfast/contract/texts/admin/calendar/en.json';
import cashless from '@holdfast/contract/texts/admin/cashless/en.json';
import catalog from '@holdfast/contract/texts/admin/catalog/en.json';
import checkout from '@holdfast/contract/texts/admin/checkout/en.json';
import clients from '@holdfast/contract/texts/admin/clients/en.json';
import events from '@holdfast/contract/texts/admin/events/en.json';
import frame from '@holdfast/contract/texts/admin/frame/en.json';
import imports from '@holdfast/contract/texts/admin/imports/en.json';
import links from '@holdfast/contract/texts/admin/links/en.json';
import location from '@holdfast/contract/texts/admin/location/en.json';
import memberships from '@holdfast/contract/texts/admin/memberships/en.json';
import messages from '@holdfast/contract/texts/admin/messages/en.json';
import programs from '@holdfast/contract/texts/admin/programs/en.json';
import receipts from '@holdfast/contract/texts/admin/receipts/en.json';
import reconciliation from '@holdfast/contract/texts/admin/reconciliation/en.json';
import refunds from '@holdfast/contract/texts/admin/refunds/en.json';
import reports from '@holdfast/contract/texts/admin/reports/en.json';
import schedule from '@holdfast/contract/texts/admin/schedule/en.json';
import simulator from '@holdfast/contract/texts/admin/simulator/en.json';
import transactions from '@holdfast/contract/texts/admin/transactions/en.json';
import users from '@holdfast/contract/texts/admin/users/en.json';
import waiting from '@holdfast/contract/texts/admin/waiting/en.json';

export default {
  ...access,
  ...accounts,
  ...appointment,
  ...attention,
  ...calendar,
  ...cashless,
  ...catalog,
  ...checkout,
  ...clients,
  ...events,
  ...frame,
  ...imports,
  ...links,
  ...location,
  ...memberships,
  ...messages,
  ...programs,
  ...receipts,
  ...reconciliation,
  ...refunds,
  ...reports,
  ...schedule,
  ...simulator,
  ...transactions,
  ...users,
  ...waiting,
};
