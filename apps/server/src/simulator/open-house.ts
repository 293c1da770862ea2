import type { Credentials, PaymentProvider } from '@holdfast/providers/payment-provider';
import type { Sandbox, StartSandbox } from '@holdfast/providers/sandbox-kit/sandbox';
import type { Logger } from 'pino';
import { mintScope, type Scope } from '../access/scope.ts';
import type { App, AppParts } from '../app.ts';
import { MovableClock } from '../kit/clock.ts';
import type { Database } from '../kit/database.ts';
import { newSealingKey } from '../kit/seal.ts';
import { webhookAddress } from '../payments/webhook-address.ts';
import { type Entrance, openEntrance } from './entrance.ts';
import { furnish } from './furnish.ts';
import type { SalonRows } from './salon-rows.ts';

/** A whole house of its own: the program, its salon, its provider's sandbox and its clock, which nothing but a story moves. */
export interface House {
  readonly app: App;
  readonly scope: Scope;
  /** Of the public API: `http://127.0.0.1:…/api/v1`. */
  readonly apiUrl: string;
  /** Of this location there: `locations/<chain>/<location>`. */
  readonly place: string;
  readonly entrance: Entrance;
  readonly clock: MovableClock;
  readonly sandbox: Sandbox;
  readonly provider: PaymentProvider;
  readonly credentials: Credentials;
  readonly webhookUrl: string;
  close(): Promise<void>;
}

export interface HousePlan {
  /** Empty and migrated; closed with the house. */
  readonly db: Database;
  readonly salon: SalonRows;
  readonly provider: string;
  readonly start: StartSandbox;
  /** What its clock shows until it is moved. */
  readonly at: Date;
  readonly log: Logger;
  /** `createApp` */
  readonly create: (parts: AppParts) => Promise<App>;
}

/** Builds it, listening on this machine only. If that fails nothing of it is left. */
export async function openHouse(plan: HousePlan): Promise<House> {
  const { db, salon, provider, log } = plan;
  const clock = new MovableClock({ start: plan.at });
  const now = () => clock.now();
  const entrance = await openEntrance();
  const sandbox = await plan.start({ now, tickEveryMs: 0 });
  const shut = async (inside: { close(): Promise<void> }) => {
    await entrance.close();
    await inside.close();
    // the provider last: requests under way may still have to ask it
    await sandbox.close();
  };
  try {
    const { origin, pagesOrigin, ca } = sandbox;
    const app = await plan.create({
      db,
      now,
      log,
      key: newSealingKey(),
      publicUrl: entrance.origin,
      trustProxy: false,
      sandboxEndpoint: (name) => (name === provider ? { origin, pagesOrigin, ca } : undefined),
      sandboxMessages: true,
    });
    await app.http.ready();
    entrance.lead((request, response) => app.http.routing(request, response));
    const { chainId, locationId } = salon;
    const credentials = await sandbox.inventKeys('simulation');
    const connectionId = await furnish(app, mintScope(chainId, locationId), salon, { provider, credentials });
    const adapter = app.payments.providerOf({ chainId, connectionId, provider, sandbox: true });
    const webhookUrl = webhookAddress(app.payments, { chainId, locationId, connectionId }, adapter.capabilities);
    sandbox.setAccount(credentials, webhookUrl);
    return {
      app,
      scope: mintScope(chainId, locationId),
      apiUrl: `${entrance.origin}/api/v1`,
      place: `locations/${salon.chainSlug}/${salon.locationSlug}`,
      entrance,
      clock,
      sandbox,
      provider: adapter,
      credentials,
      webhookUrl,
      close: () => shut(app),
    };
  } catch (error) {
    await shut(db);
    throw error;
  }
}
