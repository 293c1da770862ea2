import type { MessageChannel } from '@holdfast/contract/message-kinds';
import type { messageAdapters } from '@holdfast/contract/messages';

const emailAddress = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/;

/** What is wrong with a sender: an e-mail without an address is refused by every mail server, and a line break would begin another header. */
export function senderTrouble(channel: MessageChannel, adapter: (typeof messageAdapters)[number], sender: string): string | undefined {
  if (/\p{Cc}/u.test(sender)) return 'A sender is one line.';
  if (adapter === 'sandbox') return undefined;
  if (channel === 'email') return isMailbox(sender) ? undefined : 'An e-mail address, with a name before it if you like: Salon <salon@example.com>.';
  if (adapter === 'twilio' && !/^(\+\d{7,15}|MG[0-9a-f]{32}|\d{3,8}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/.test(sender))
    return 'A number (+351…), a messaging service (MG…) or a name of at most 11 letters and digits.';
  return undefined;
}

function isMailbox(sender: string): boolean {
  const [, address] = /^[^<>]*<([^<>]*)>$/.exec(sender) ?? [];
  return emailAddress.test(address ?? sender);
}
