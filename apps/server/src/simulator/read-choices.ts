import { effectivePolicy } from '@holdfast/contract/effective-policy';
import { type SimulatedWay, type SimulationChoices, type SimulationReason, simulatedWays } from '@holdfast/contract/simulation';
import { providerNamed } from '@holdfast/providers/provider-registry';
import type { Scope } from '../access/scope.ts';
import type { Catalog } from '../catalog/catalog.ts';
import { readCatalog } from '../catalog/read-catalog.ts';
import type { Database } from '../kit/database.ts';
import { invariant } from '../kit/problem.ts';
import { openChannels } from '../messages/channels.ts';
import { readOnlineMethod } from '../payments/read-methods.ts';
import { playedProviders } from './play-every-scenario.ts';
import { scenarios } from './scenarios.ts';
import { connectedProviders } from './store.ts';

/** What can be played with the settings of this location, and why something cannot. */
export async function readChoices({ read }: Pick<Database, 'read'>, scope: Scope): Promise<SimulationChoices> {
  const catalog = await readCatalog(read, scope.chainId, scope.locationId);
  invariant(catalog, 'the location in the address is there');
  const connected = await connectedProviders(read, scope);
  const registration = await readOnlineMethod(read, scope, 'online_registration');
  const byLink = await readOnlineMethod(read, scope, 'visit_link');
  const providers = playedProviders.map((name) => providerShown(name, catalog.location.currency, connected));
  const services = [...catalog.services.values()]
    .filter(({ archived }) => !archived)
    .map(({ serviceId, name }) => ({ id: serviceId, name, ...howPaid(catalog, serviceId, leastCharge(providers, catalog.location.currency)) }));
  return {
    scenarios: scenarios.map(({ id, group, title, story, ways }) => ({ id, group, title, story, ways: [...ways] })),
    ways: simulatedWays.map((way) => ({
      way,
      reason: services.some(({ ways }) => ways.includes(way)) ? null : nothingFor[way],
      switchedOn: way === 'link' ? byLink.enabled : registration.enabled,
    })),
    providers,
    services,
    messages: (await openChannels(read, scope)).length > 0,
  };
}

const nothingFor: Readonly<Record<SimulatedWay, SimulationReason>> = {
  required: 'none_required',
  available: 'none_available',
  link: 'none_without',
};

function providerShown(name: string, currency: string, connected: readonly string[]): SimulationChoices['providers'][number] {
  const { title, capabilities } = providerNamed(name);
  const takes = capabilities.currencies === 'any' || capabilities.currencies.includes(currency);
  return { name, title, reason: takes ? null : 'takes_other_currencies', connected: connected.includes(name) };
}

/** What the one that would be chosen charges at least. */
function leastCharge(providers: SimulationChoices['providers'], currency: string): bigint {
  const chosen = firstProvider(providers);
  return chosen ? providerNamed(chosen.name).minimumChargeMinor(currency) : 0n;
}

/** The one that is connected, else any that takes the currency. */
export function firstProvider(providers: SimulationChoices['providers']): SimulationChoices['providers'][number] | undefined {
  const usable = providers.filter(({ reason }) => reason === null);
  return usable.find(({ connected }) => connected) ?? usable[0];
}

function howPaid(catalog: Catalog, serviceId: string, minimumChargeMinor: bigint): Pick<SimulationChoices['services'][number], 'ways' | 'reason'> {
  const service = catalog.services.get(serviceId);
  const offers = [...catalog.offers.values()].flatMap((those) => those.get(serviceId) ?? []).filter(({ online }) => online);
  if (!service?.online) return { ways: [], reason: 'booked_by_staff_only' };
  if (offers.length === 0) return { ways: [], reason: 'nobody_does_it' };
  const found = new Set<SimulatedWay>();
  for (const { staffId, priceMinMinor } of offers) {
    const staff = catalog.staff.get(staffId)?.onlinePayment ?? 'not_available';
    const asked = { service: service.onlinePayment, staff, precedence: catalog.location.precedence, prepayMinor: priceMinMinor };
    const { status } = effectivePolicy({ enabled: true, minimumChargeMinor }, asked);
    if (status !== 'not_available') found.add(status);
    if (status !== 'required' && priceMinMinor > 0n && priceMinMinor >= minimumChargeMinor) found.add('link');
  }
  return { ways: simulatedWays.filter((way) => found.has(way)), reason: null };
}
