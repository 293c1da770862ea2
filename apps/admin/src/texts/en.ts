import access from '@holdfast/contract/texts/admin/access/en.json';
import appointment from '@holdfast/contract/texts/admin/appointment/en.json';
import calendar from '@holdfast/contract/texts/admin/calendar/en.json';
import cashless from '@holdfast/contract/texts/admin/cashless/en.json';
import catalog from '@holdfast/contract/texts/admin/catalog/en.json';
import checkout from '@holdfast/contract/texts/admin/checkout/en.json';
import clients from '@holdfast/contract/texts/admin/clients/en.json';
import frame from '@holdfast/contract/texts/admin/frame/en.json';
import location from '@holdfast/contract/texts/admin/location/en.json';
import messages from '@holdfast/contract/texts/admin/messages/en.json';
import schedule from '@holdfast/contract/texts/admin/schedule/en.json';
import simulator from '@holdfast/contract/texts/admin/simulator/en.json';
import users from '@holdfast/contract/texts/admin/users/en.json';

export default {
  ...access,
  ...appointment,
  ...calendar,
  ...cashless,
  ...catalog,
  ...checkout,
  ...clients,
  ...frame,
  ...location,
  ...messages,
  ...schedule,
  ...simulator,
  ...users,
};
