import nodemailer from 'nodemailer';
import { asHtml } from '../as-html.ts';
import { type Carried, type Carry, withoutAnswer } from './adapter.ts';

export interface SmtpSettings {
  readonly adapter: 'smtp';
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly user: string;
  readonly password: string;
}

/** E-mail by SMTP. `domain`: what stands behind the @ of message ids, the same at every try, so that a mailbox shows a repeated one once. */
export function carryBySmtp(settings: SmtpSettings, domain: string): Carry {
  const transport = nodemailer.createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'tls',
    requireTLS: settings.security === 'starttls',
    ignoreTLS: settings.security === 'none',
    ...(settings.user ? { auth: { user: settings.user, pass: settings.password } } : {}),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    // nothing in a message is a file of ours
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async ({ id, from, to, subject, body }) => {
    try {
      const info = await transport.sendMail({ messageId: `<${id}@${domain}>`, from, to, subject, text: body, html: asHtml(body) });
      return { kind: 'sent', providerId: info.messageId };
    } catch (error) {
      return refusalOf(error);
    } finally {
      transport.close();
    }
  };
}

/** SMTP answers by its own rule (RFC 5321, 4.2.1): 4xx for now, 5xx for good. */
function refusalOf(error: unknown): Carried {
  const { responseCode, code } = error as { responseCode?: number; code?: string };
  const why = (error instanceof Error ? error.message : String(error)).slice(0, 300);
  // nothing is wrong with the message: it goes once the password is right
  if (code === 'EAUTH') return { kind: 'later', why };
  if (responseCode !== undefined) return { kind: responseCode >= 500 ? 'refused' : 'later', why };
  return withoutAnswer(error);
}
