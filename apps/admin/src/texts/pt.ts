import access from '@holdfast/contract/texts/admin/access/pt.json';
import accounts from '@holdfast/contract/texts/admin/accounts/pt.json';
import appointment from '@holdfast/contract/texts/admin/appointment/pt.json';
import attention from '@holdfast/contract/texts/admin/attention/pt.json';
import calendar from '@holdfast/contract/texts/admin/calendar/pt.json';
import cashless from '@holdfast/contract/texts/admin/cashless/pt.json';
import catalog from '@holdfast/contract/texts/admin/catalog/pt.json';
import checkout from '@holdfast/contract/texts/admin/checkout/pt.json';
import clients from '@holdfast/contract/texts/admin/clients/pt.json';
import events from '@holdfast/contract/texts/admin/events/pt.json';
import frame from '@holdfast/contract/texts/admin/frame/pt.json';
import imports from '@holdfast/contract/texts/admin/imports/pt.json';
import links from '@holdfast/contract/texts/admin/links/pt.json';
import location from '@holdfast/contract/texts/admin/location/pt.json';
import memberships from '@holdfast/contract/texts/admin/memberships/pt.json';
import messages from '@holdfast/contract/texts/admin/messages/pt.json';
import programs from '@holdfast/contract/texts/admin/programs/pt.json';
import receipts from '@holdfast/contract/texts/admin/receipts/pt.json';
import reconciliation from '@holdfast/contract/texts/admin/reconciliation/pt.json';
import refunds from '@holdfast/contract/texts/admin/refunds/pt.json';
import reports from '@holdfast/contract/texts/admin/reports/pt.json';
import schedule from '@holdfast/contract/texts/admin/schedule/pt.json';
import simulator from '@holdfast/contract/texts/admin/simulator/pt.json';
import transactions from '@holdfast/contract/texts/admin/transactions/pt.json';
import users from '@holdfast/contract/texts/admin/users/pt.json';
import waiting from '@holdfast/contract/texts/admin/waiting/pt.json';

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
