/**
 * Can a provider on the internet call this address? Not one of a private network or of this machine, nor a name without a dot, which only the
 * neighbours know. What passes may still be behind a firewall: that shows by what arrives.
 */
export function reachesUs(publicUrl: string): boolean {
  const host = new URL(publicUrl).hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
  if (host.includes(':')) return !(host === '::1' || host === '::' || /^f[cd]/.test(host) || /^fe[89ab]/.test(host) || isMappedPrivate(host));
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return !isPrivate(host.split('.').map(Number));
  return host.includes('.') && !/\.(localhost|local|internal|lan|home|test|invalid|example|home\.arpa)$/.test(host);
}

function isPrivate([a = 0, b = 0]: readonly number[]): boolean {
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 192 && b === 168) ||
    (a === 100 && b >= 64 && b <= 127)
  );
}

/** `::ffff:c0a8:1` is 192.168.0.1, as URL writes it. */
function isMappedPrivate(host: string): boolean {
  const [, high, low] = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host) ?? [];
  if (!high || !low) return false;
  const bits = Number.parseInt(high, 16) * 65_536 + Number.parseInt(low, 16);
  return isPrivate([bits >>> 24, (bits >>> 16) & 255]);
}
