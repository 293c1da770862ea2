import { sandboxNames } from '@holdfast/providers/sandbox-registry';
import type { PaymentsContext } from '../payments/context.ts';
import type { LandingSandbox } from './render-landing.ts';

/** Every sandbox that runs beside us, by what its provider calls itself. */
export function sandboxesToShow({ sandboxEndpoint, providerOf }: Pick<PaymentsContext, 'sandboxEndpoint' | 'providerOf'>): readonly LandingSandbox[] {
  return sandboxNames.flatMap((provider) => {
    const endpoint = sandboxEndpoint(provider);
    if (!endpoint) return [];
    const { title } = providerOf({ chainId: '', connectionId: '', provider, sandbox: true });
    return [{ provider, title, pagesOrigin: endpoint.pagesOrigin }];
  });
}
