import type { MessageChannel } from '@holdfast/contract/message-kinds';
import type { ChannelWish, MessageSettings } from '@holdfast/contract/messages';

export type SavedChannel = MessageSettings['channels'][number];
export type Adapter = SavedChannel['adapters'][number];

/** Everything that can be typed about a channel, whichever way it goes: another way can be looked at without losing what was typed for the first. */
export interface ChannelDraft {
  readonly version: number | null;
  readonly adapter: Adapter;
  readonly enabled: boolean;
  readonly sender: string;
  readonly host: string;
  readonly port: number | string;
  readonly security: string;
  readonly user: string;
  readonly accountSid: string;
  readonly url: string;
  /** Only what is typed anew; what is kept never comes back from the server. */
  readonly secret: string;
}

export const secretOf = { smtp: 'password', twilio: 'authToken', http: 'token' } as const;

export function draftOf({ setUp, adapters, channel }: SavedChannel): ChannelDraft {
  const { adapter = adapters[0] ?? 'sandbox', sender = '', enabled = true, version = null, hints = {} } = setUp ?? {};
  return {
    version,
    adapter,
    enabled,
    sender,
    host: hints['host'] ?? '',
    port: channel === 'email' ? Number(hints['port'] ?? 587) : '',
    security: hints['security'] ?? 'starttls',
    user: hints['user'] ?? '',
    accountSid: hints['accountSid'] ?? '',
    url: hints['url'] ?? '',
    secret: '',
  };
}

/** Whether the secret that the server keeps still counts: only for where it went before. The server decides by the same. */
export function keepsSecret({ setUp }: SavedChannel, draft: ChannelDraft): boolean {
  if (!setUp || setUp.adapter !== draft.adapter) return false;
  const { hints } = setUp;
  switch (draft.adapter) {
    case 'smtp':
      return (['host', 'port', 'security', 'user'] as const).every((field) => hints[field] === String(draft[field]).trim());
    case 'twilio':
      return hints['accountSid'] === draft.accountSid.trim();
    case 'http':
      return originOf(hints['url'] ?? '') === originOf(draft.url);
    case 'sandbox':
      return true;
  }
}

function originOf(url: string): string | undefined {
  return URL.canParse(url.trim()) ? new URL(url.trim()).origin : undefined;
}

/** The fields that still have to be filled in. */
export function missingFields(saved: SavedChannel, draft: ChannelDraft): readonly string[] {
  const needed = { smtp: ['host', 'port'], twilio: ['accountSid'], http: ['url'], sandbox: [] } as const;
  const empty = ['sender', ...needed[draft.adapter]].filter((field) => String(draft[field as keyof ChannelDraft]).trim() === '');
  return draft.adapter === 'twilio' && draft.secret === '' && !keepsSecret(saved, draft) ? [...empty, 'authToken'] : empty;
}

export function wishOf(saved: SavedChannel, draft: ChannelDraft): ChannelWish {
  const { version, enabled, adapter } = draft;
  // nothing typed is: the one that is kept, where it still counts; else none
  const secret = draft.secret !== '' ? draft.secret : keepsSecret(saved, draft) ? undefined : '';
  const named = <Name extends string>(name: Name) => (secret === undefined ? {} : ({ [name]: secret } as Record<Name, string>));
  const common = { version, enabled, sender: draft.sender.trim() };
  switch (adapter) {
    case 'smtp': {
      const security = draft.security as 'tls' | 'starttls' | 'none';
      const way = { adapter, host: draft.host.trim(), port: Number(draft.port), security, user: draft.user.trim() };
      return { ...common, through: { ...way, ...named('password') } };
    }
    case 'twilio':
      return { ...common, through: { adapter, accountSid: draft.accountSid.trim(), ...named('authToken') } };
    case 'http':
      return { ...common, through: { adapter, url: draft.url.trim(), ...named('token') } };
    case 'sandbox':
      return { ...common, through: { adapter } };
  }
}

/** Where a test may go first: the sender's own address, which is somebody's who sets this up. */
export function testAddress(channel: MessageChannel, sender: string): string {
  return channel === 'email' ? (/<([^<>]+)>$/.exec(sender)?.[1] ?? (sender.includes('@') ? sender : '')) : '';
}
