import type { StatusMatrix } from '@holdfast/contract/cashless';
import { effectivePolicy } from '@holdfast/contract/effective-policy';
import { toJsonAmount } from '@holdfast/contract/money';
import type { Service, TeamMember } from '../catalog/catalog.ts';
import type { BookingRules } from './booking-rules.ts';

/**
 * Services × team members: for each pair what clients meet, by the same rule as their quote. Who and what is archived is left out. Prices that cannot
 * be asked for are told (A3), also while paying online is still switched off: by `minimumChargeMinor`, the least of what is connected.
 */
export function statusMatrix({ catalog, paying }: BookingRules, minimumChargeMinor: bigint): StatusMatrix {
  const { precedence, currency } = catalog.location;
  const staff = [...catalog.staff.values()].filter(({ archived }) => !archived);
  const services = [...catalog.services.values()].filter(({ archived }) => !archived);
  const pair = (service: Service, member: TeamMember) => {
    const offer = catalog.offers.get(member.staffId)?.get(service.serviceId);
    return offer && { service: service.onlinePayment, staff: member.onlinePayment, precedence, prepayMinor: offer.priceMinMinor };
  };
  return {
    version: catalog.version.toString(),
    precedence,
    currency,
    methodOn: paying.enabled,
    minimumChargeMinor: toJsonAmount(minimumChargeMinor),
    categories: catalog.categories
      .filter(({ categoryId }) => services.some((one) => one.categoryId === categoryId))
      .map(({ categoryId, name }) => ({ id: categoryId, name })),
    staff: staff.map((one) => ({ id: one.staffId, name: one.name, position: one.position, status: one.onlinePayment, online: one.online })),
    services: services.map((service) => ({
      id: service.serviceId,
      name: service.name,
      categoryId: service.categoryId,
      status: service.onlinePayment,
      online: service.online,
      cells: staff.map((member) => {
        const asked = pair(service, member);
        return asked ? { ...effectivePolicy(paying, asked), prepayMinor: toJsonAmount(asked.prepayMinor) } : null;
      }),
    })),
    warnings: services.flatMap((service) => {
      // as if paying were on: what is set wrong now would be found by the first client then
      const because = (reason: string) =>
        staff
          .filter((member) => {
            const asked = pair(service, member);
            return asked && effectivePolicy({ enabled: true, minimumChargeMinor }, asked).reason === reason;
          })
          .map(({ staffId }) => staffId);
      return (['below_provider_minimum', 'price_is_zero'] as const)
        .map((code) => ({ code, serviceId: service.serviceId, staffIds: because(code) }))
        .filter(({ staffIds }) => staffIds.length > 0);
    }),
  };
}
