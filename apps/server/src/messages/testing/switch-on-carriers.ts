import { expect } from 'vitest';
import type { StaffUser } from '../../testing/sign-in-as.ts';
import type { Gateway, Mailbox } from './carriers.ts';

/** The salon's e-mails and SMS leave through these, as its owner sets it up. */
export async function switchOnCarriers(owner: StaffUser, { port }: Mailbox, { origin }: Gateway): Promise<void> {
  const smtp = { adapter: 'smtp', host: '127.0.0.1', port, security: 'none', user: '', password: '' };
  const http = { adapter: 'http', url: `${origin}/sms`, token: 'a-token-of-the-gateway' };
  for (const [channel, through, sender] of [
    ['email', smtp, 'Salon <salon@example.com>'],
    ['sms', http, 'Salon'],
  ] as const) {
    const { status } = await owner.here('PUT', `messages/channels/${channel}`, { version: null, enabled: true, sender, through });
    expect(status).toBe(200);
  }
}
