import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const inside = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  inside.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  inside.addSubnet(network, bits, 'ipv6');

/** Is this address of a machine one that only this machine or its neighbours reach? */
export function isInside(address: string): boolean {
  return inside.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/**
 * Finds a host as usual, and refuses one that is inside: a bank is on the internet, and whoever types its address into a form must not reach what only this
 * server may. Asked at every connection, so that a name cannot be pointed elsewhere in between.
 */
export const lookupOutside: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, found: LookupAddress[]) => {
    const [first] = found ?? [];
    if (error || !first) return callback(error ?? new Error(`${host} has no address`), '');
    if (found.some(({ address }) => isInside(address))) return callback(notTheInternet(), '');
    return options.all ? callback(null, found) : callback(null, first.address, first.family);
  });
};

/** @throws for a host that is written as an address inside: nobody looks such a one up */
export function refuseInside({ hostname }: URL): void {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && isInside(host)) throw notTheInternet();
}

function notTheInternet(): Error {
  return new Error('this address is not one of the internet');
}
