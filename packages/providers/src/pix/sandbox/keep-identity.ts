import { X509Certificate } from 'node:crypto';
import { type CertificateWish, issueCertificate, type KeyPair } from './issue-certificate.ts';
import type { Psp } from './psp.ts';

const DAY_MS = 86_400_000;
const AUTHORITY_DAYS = 3650;
const CLIENT_DAYS = 1095;

/** The PSP's own authority and its server's certificate: made at the first start and the same ever after. */
export async function keepIdentity(psp: Psp, hosts: readonly string[]): Promise<{ authority: KeyPair; server: KeyPair }> {
  const known = { authority: psp.journal.get('identity', 'authority'), server: psp.journal.get('identity', 'server') };
  if (known.authority && known.server && hosts.every((host) => known.server?.hosts.includes(host)) && !isEnding(known.server.certificate))
    return { authority: known.authority, server: known.server };
  const authority = known.authority && !isEnding(known.authority.certificate) ? known.authority : await issue(psp, { name: 'PSP', for: 'authority' });
  const server = await issue(psp, { name: 'API Pix', for: 'server', hosts }, authority);
  psp.journal.write((tx) => {
    tx.put('identity', 'authority', { ...authority, hosts: [] });
    tx.put('identity', 'server', { ...server, hosts });
  });
  return { authority, server };
}

/** The certificate a merchant calls with: the same one for the same client_id. */
export async function certificateFor(psp: Psp, clientId: string): Promise<KeyPair> {
  const authority = psp.journal.get('identity', 'authority');
  const known = psp.journal.get('handedOut', clientId);
  if (known) return known;
  const made = await issue(psp, { name: clientId, for: 'client' }, authority);
  return psp.journal.write((tx) => {
    const first = tx.get('handedOut', clientId) ?? made;
    tx.put('handedOut', clientId, first);
    return first;
  });
}

/** TLS goes by the machine's clock and everything else by the sandbox's: a certificate is good by both. */
function issue(psp: Psp, wish: Omit<CertificateWish, 'from' | 'until'>, by?: KeyPair): Promise<KeyPair> {
  const clocks = [psp.now().getTime(), Date.now()];
  const days = wish.for === 'client' ? CLIENT_DAYS : AUTHORITY_DAYS;
  return issueCertificate({ ...wish, from: new Date(Math.min(...clocks) - DAY_MS), until: new Date(Math.max(...clocks) + days * DAY_MS) }, by);
}

function isEnding(certificate: string): boolean {
  return Date.parse(new X509Certificate(certificate).validTo) < Date.now() + CLIENT_DAYS * DAY_MS;
}
