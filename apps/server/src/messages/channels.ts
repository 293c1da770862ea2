import type { MessageChannel } from '@holdfast/contract/message-kinds';
import { sql } from 'kysely';
import type { Scope } from '../access/scope.ts';
import type { Queryable } from '../kit/database.ts';
import { seal, unseal } from '../kit/seal.ts';
import type { Carry } from './adapters/adapter.ts';
import { carryByHttp, type HttpSettings } from './adapters/http.ts';
import { carryBySmtp, type SmtpSettings } from './adapters/smtp.ts';
import { carryByTwilio, type TwilioSettings } from './adapters/twilio.ts';
import type { MessagesContext } from './context.ts';

export type ChannelSettings = SmtpSettings | TwilioSettings | HttpSettings | { readonly adapter: 'sandbox' };

export interface ChannelRow {
  readonly channel: MessageChannel;
  readonly adapter: ChannelSettings['adapter'];
  readonly sender: string;
  readonly settings: Uint8Array;
  readonly hints: Readonly<Record<string, string>>;
  readonly enabled: boolean;
  readonly version: number;
}

export async function channelRows(q: Queryable, { chainId, locationId }: Scope): Promise<readonly ChannelRow[]> {
  const { rows } = await sql<ChannelRow>`
    select channel, adapter, sender, settings, hints, enabled, version from message_channels
     where chain_id = ${chainId} and location_id = ${locationId}`.execute(q);
  return rows;
}

/** By which channels something can be sent from this location now. */
export async function openChannels(q: Queryable, scope: Scope): Promise<readonly MessageChannel[]> {
  return (await channelRows(q, scope)).filter(({ enabled }) => enabled).map(({ channel }) => channel);
}

function sealedFor({ chainId, locationId }: Scope, channel: MessageChannel): string {
  return `message_channels/${chainId}/${locationId}/${channel}`;
}

export function sealSettings(ctx: Pick<MessagesContext, 'sealingKey'>, scope: Scope, channel: MessageChannel, settings: ChannelSettings): Uint8Array {
  return seal(ctx.sealingKey, JSON.stringify(settings), sealedFor(scope, channel));
}

export function openSettings(ctx: Pick<MessagesContext, 'sealingKey'>, scope: Scope, { channel, settings }: ChannelRow): ChannelSettings {
  return JSON.parse(unseal(ctx.sealingKey, settings, sealedFor(scope, channel))) as ChannelSettings;
}

/** Who carries a message with these settings. What goes into the sandbox goes nowhere: its row is the inbox. */
export function carrierOf(ctx: Pick<MessagesContext, 'publicUrl' | 'sandboxMessages'>, settings: ChannelSettings): Carry {
  switch (settings.adapter) {
    case 'smtp':
      return carryBySmtp(settings, new URL(ctx.publicUrl).hostname);
    case 'twilio':
      return carryByTwilio(settings);
    case 'http':
      return carryByHttp(settings);
    case 'sandbox':
      return async () => (ctx.sandboxMessages ? { kind: 'sent', providerId: '' } : { kind: 'refused', why: 'Sandboxes are not used here.' });
  }
}
