import { startSandbox as startLiqpay } from './liqpay/sandbox/start-sandbox.ts';
import { startSandbox as startMono } from './mono/sandbox/start-sandbox.ts';
import { startSandbox as startPix } from './pix/sandbox/start-sandbox.ts';
import type { StartSandbox } from './sandbox-kit/sandbox.ts';
import { startSandbox as startStripe } from './stripe/sandbox/as-sandbox.ts';
import { startSandbox as startViva } from './viva/sandbox/start-sandbox.ts';

/** Every sandbox there is, by its provider's name. A new one is its folder and one line here. */
const starters = {
  stripe: startStripe,
  mono: startMono,
  liqpay: startLiqpay,
  viva: startViva,
  pix: startPix,
} as const satisfies Record<string, StartSandbox>;

export type SandboxName = keyof typeof starters;

export const sandboxNames = Object.keys(starters) as readonly SandboxName[];

/** How the sandbox of this provider is started; undefined where there is none. */
export function sandboxOf(name: string): StartSandbox | undefined {
  return sandboxNames.some((one) => one === name) ? starters[name as SandboxName] : undefined;
}
