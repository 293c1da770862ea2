import { isIP } from 'node:net';
import type { Who } from '../access/who.ts';
import { isLoopbackAddress, isPublicAddress } from '../kit/public-address.ts';

/** Locations where who asks may have endpoints. */
export function locationsForEndpoints(who: Who): readonly string[] {
  return [...who.places].filter(([, place]) => place.rights.has('integrations.edit')).map(([id]) => id);
}

/** Why nothing can be sent to this address, as far as it shows in the address itself: what a name means is looked at each time. Undefined: it may be tried. */
export function whyNotUrl(text: string, { loopback }: { loopback: boolean }): 'not_https' | 'credentials_in_it' | 'private_address' | undefined {
  const url = new URL(text);
  const name = url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  const here = name === 'localhost' || isLoopbackAddress(name);
  if (url.username || url.password) return 'credentials_in_it';
  if (here) return loopback ? undefined : 'private_address';
  if (isIP(name) !== 0 && !isPublicAddress(name)) return 'private_address';
  // names that mean something only inside a network
  if (isIP(name) === 0 && (!name.includes('.') || /\.(local|localhost|internal|lan|home|arpa)$/i.test(name))) return 'private_address';
  return url.protocol === 'https:' ? undefined : 'not_https';
}
