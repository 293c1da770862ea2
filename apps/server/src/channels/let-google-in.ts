import type { FastifyReply } from 'fastify';

/** Only a page that is measured may speak to Google; whether it does, the client says. */
export function letGoogleIn(reply: FastifyReply): void {
  const google = 'https://*.google-analytics.com https://*.analytics.google.com https://www.googletagmanager.com';
  const policy = String(reply.getHeader('content-security-policy') ?? '')
    .replace(/script-src 'self'/, '$& https://www.googletagmanager.com')
    .replace(/connect-src 'self'/, `$& ${google}`)
    .replace(/img-src 'self'/, `$& ${google}`);
  reply.header('content-security-policy', policy);
}
