import type { MembershipsOnSale } from '@holdfast/contract/memberships';
import { toJsonAmount } from '@holdfast/contract/money';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { readOnlineMethod } from '../payments/read-methods.ts';
import { fieldsOf, placesOf, servicesOf, typesOnSale } from './membership-type-rows.ts';

/** What clients may buy themselves at a location. */
export async function readOnSale(q: Queryable, scope: Scope, at: Date): Promise<MembershipsOnSale> {
  const types = (await typesOnSale(q, scope, at)).filter(({ online }) => online);
  const here = (await servicesOf(q, scope.chainId)).filter(
    ({ locationId, membership }) => locationId === scope.locationId && membership !== 'payment',
  );
  const place = (await placesOf(q, scope.chainId)).find(({ id }) => id === scope.locationId);
  return {
    currency: place?.currency ?? '',
    canPay: (await readOnlineMethod(q, scope, 'visit_link')).enabled,
    memberships: types.map((type) => {
      const { name, visits, period, begins, lateHours, serviceIds } = fieldsOf(type);
      const covered = here.filter(({ id }) => serviceIds === null || serviceIds.includes(id));
      return {
        typeId: type.id,
        name,
        visits,
        period,
        begins,
        lateHours,
        priceMinor: toJsonAmount(type.priceMinor),
        allServices: serviceIds === null,
        services: covered.map((one) => one.name),
        serviceIds: covered.map(({ id }) => id),
      };
    }),
  };
}
