import type { LocationKey } from '../catalog/catalog.ts';
import { type SealingKey, seal, unseal } from '../kit/seal.ts';

/** The secret of the Measurement Protocol is written once and never shown again; moved to another link it does not open. */
export function sealApiSecret(key: SealingKey, scope: LocationKey, linkId: string, secret: string): Buffer {
  return seal(key, secret, placeOf(scope, linkId));
}

export function openApiSecret(key: SealingKey, scope: LocationKey, linkId: string, sealed: Uint8Array): string {
  return unseal(key, sealed, placeOf(scope, linkId));
}

function placeOf({ chainId, locationId }: LocationKey, linkId: string): string {
  return `measurement/${chainId}/${locationId}/${linkId}`;
}
