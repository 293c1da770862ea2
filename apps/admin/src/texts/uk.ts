import access from '@holdfast/contract/texts/admin/access/uk.json';
import accounts from '@holdfast/contract/texts/admin/accounts/uk.json';
import appointment from '@holdfast/contract/texts/admin/appointment/uk.json';
import attention from '@holdfast/contract/texts/admin/attention/uk.json';
import calendar from '@holdfast/contract/texts/admin/calendar/uk.json';
import cashless from '@holdfast/contract/texts/admin/cashless/uk.json';
import catalog from '@holdfast/contract/texts/admin/catalog/uk.json';
import checkout from '@holdfast/contract/texts/admin/checkout/uk.json';
import clients from '@holdfast/contract/texts/admin/clients/uk.json';
import events from '@holdfast/contract/texts/admin/events/uk.json';
import frame from '@holdfast/contract/texts/admin/frame/uk.json';
import imports from '@holdfast/contract/texts/admin/imports/uk.json';
import links from '@holdfast/contract/texts/admin/links/uk.json';
import location from '@holdfast/contract/texts/admin/location/uk.json';
import memberships from '@holdfast/contract/texts/admin/memberships/uk.json';
import messages from '@holdfast/contract/texts/admin/messages/uk.json';
import programs from '@holdfast/contract/texts/admin/programs/uk.json';
import receipts from '@holdfast/contract/texts/admin/receipts/uk.json';
import reconciliation from '@holdfast/contract/texts/admin/reconciliation/uk.json';
import refunds from '@holdfast/contract/texts/admin/refunds/uk.json';
import reports from '@holdfast/contract/texts/admin/reports/uk.json';
import schedule from '@holdfast/contract/texts/admin/schedule/uk.json';
import simulator from '@holdfast/contract/texts/admin/simulator/uk.json';
import transactions from '@holdfast/contract/texts/admin/transactions/uk.json';
import users from '@holdfast/contract/texts/admin/users/uk.json';
import waiting from '@holdfast/contract/texts/admin/waiting/uk.json';

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
