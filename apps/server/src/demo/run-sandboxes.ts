import { join } from 'node:path';
import type { Sandbox } from '@holdfast/providers/sandbox-kit/sandbox';
import { sandboxNames, sandboxOf } from '@holdfast/providers/sandbox-registry';
import type { SandboxEndpoint } from '../payments/context.ts';

/** Every provider's sandbox, in this process. */
export interface Sandboxes {
  readonly endpointOf: (provider: string) => SandboxEndpoint | undefined;
  readonly all: readonly Sandbox[];
  of(provider: string): Sandbox;
  /** What the clock has made due since, at all of them. */
  tick(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Starts all of them, each with a file of its own under `folder`. `portFor` says where each should listen, so that pages which are open survive a
 * restart; 0: anywhere. `tickEveryMs` as at {@link Sandbox}.
 */
export async function runSandboxes({
  now,
  host,
  folder,
  portFor,
  tickEveryMs,
}: {
  readonly now: () => Date;
  readonly host: string;
  readonly folder: string | undefined;
  readonly portFor: (index: number) => Promise<number>;
  readonly tickEveryMs?: number;
}): Promise<Sandboxes> {
  const all: Sandbox[] = [];
  for (const [index, name] of sandboxNames.entries()) {
    const statePath = folder === undefined ? undefined : join(folder, `${name}-sandbox.jsonl`);
    const start = sandboxOf(name);
    if (start) all.push(await start({ now, host, statePath, port: await portFor(index), tickEveryMs }));
  }
  const find = (provider: string) => all.find((one) => one.provider === provider);
  return {
    all,
    endpointOf: (provider) => {
      const found = find(provider);
      return found && { origin: found.origin, pagesOrigin: found.pagesOrigin, ca: found.ca };
    },
    of(provider) {
      const found = find(provider);
      if (!found) throw new RangeError(`there is no sandbox of ${provider}`);
      return found;
    },
    tick: async () => void (await Promise.all(all.map((one) => one.tick()))),
    close: async () => void (await Promise.all(all.map((one) => one.close()))),
  };
}
