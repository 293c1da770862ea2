import type { TLSSocket } from 'node:tls';
import type { FastifyRequest } from 'fastify';

/** Whose certificate the call came with: its common name. TLS has already refused what this PSP's authority did not issue. */
export function clientOf({ raw }: FastifyRequest): string | undefined {
  const subject = (raw.socket as TLSSocket).getPeerCertificate().subject as { CN?: string } | undefined;
  return subject?.CN;
}
