import { fillTemplate } from '@holdfast/contract/fill-template';
import { codeToSend } from '../confirmations/code-to-send.ts';
import { hideCode } from '../confirmations/hide-code.ts';
import type { Composed, MessageRow } from './compose-message.ts';
import type { MessagesContext } from './context.ts';
import { placeOf } from './place-of.ts';
import { templateOf } from './templates.ts';

/**
 * The code that confirms a telephone. The last line lets a browser fill it in by itself, on our page only (origin-bound one-time codes, as WebOTP and iOS read
 * them). What is kept of the message has dots for digits: nobody at the salon reads a client's code.
 */
export async function composeCode(ctx: MessagesContext, row: MessageRow): Promise<Composed> {
  const sent = await codeToSend(ctx, row.scope.chainId, row.subjectId);
  if (!sent) return { kind: 'drop', because: 'no_longer_true' };
  const { name } = await placeOf(ctx, row.scope);
  const template = await templateOf(ctx.db.read, row.scope, row.kind, row.channel, sent.language);
  const body = `${fillTemplate(template.body, { salon: name, code: sent.code }).trim()}\n\n@${sent.host} #${sent.code}`;
  return {
    kind: 'ready',
    to: sent.phone,
    language: sent.language,
    subject: '',
    body,
    kept: { to: hidePhone(sent.phone), body: hideCode(body, sent.code) },
  };
}

/** Enough to be recognised by whoever has the number in front of them. */
function hidePhone(phone: string): string {
  return `${phone.slice(0, -7)}•••${phone.slice(-4)}`;
}
