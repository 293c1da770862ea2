import { z } from 'zod';
import { messageChannels, messageKindNames } from './message-kinds.ts';
import { clientLanguageShape } from './session.ts';
import { instantShape } from './time.ts';

const channelShape = z.enum(messageChannels);
const kindShape = z.enum(messageKindNames as [string, ...string[]] as [(typeof messageKindNames)[number]]);
export const messageAdapters = ['smtp', 'twilio', 'http', 'sandbox'] as const;

/** `GET …/messages/settings` */
export const messageSettingsShape = z
  .object({
    channels: z.array(
      z.object({
        channel: channelShape,
        adapters: z.array(z.enum(messageAdapters)).describe('What it can go through here'),
        setUp: z
          .object({
            adapter: z.enum(messageAdapters),
            sender: z.string(),
            hints: z.record(z.string(), z.string()).describe('Names as they are; of secrets the last four characters'),
            enabled: z.boolean(),
            version: z.int(),
          })
          .nullable(),
      }),
    ),
    kinds: z.array(z.object({ kind: kindShape, email: z.boolean(), sms: z.boolean(), hoursBefore: z.int().nullable().describe('Of a reminder') })),
    templates: z.array(
      z.object({
        kind: kindShape,
        channel: channelShape,
        language: clientLanguageShape,
        subject: z.string().describe('Empty for SMS'),
        body: z.string(),
        own: z.boolean().describe('false: our words; true: the salon’s'),
      }),
    ),
    languages: z.array(clientLanguageShape),
  })
  .meta({ id: 'MessageSettings' });
export type MessageSettings = z.infer<typeof messageSettingsShape>;

const text = (longest: number) => z.string().trim().min(1).max(longest);
const secret = (longest: number) => z.string().max(longest).optional();
/** `PUT …/messages/channels/:channel`. A secret left out stays as it is, as long as it goes to the same server and account. */
export const channelWishShape = z.strictObject({
  version: z.int().min(1).nullable().describe('null: it was not set up'),
  enabled: z.boolean(),
  sender: z.string().trim().min(1).max(200).describe('E-mail: name and address; SMS: a number or a name that the provider allows'),
  through: z.discriminatedUnion('adapter', [
    z.strictObject({
      adapter: z.literal('smtp'),
      host: text(200).regex(/^[\w.:-]+$/, 'a name or an address of a server'),
      port: z.int().min(1).max(65_535),
      security: z.enum(['tls', 'starttls', 'none']),
      user: z.string().max(200),
      password: secret(500),
    }),
    z.strictObject({
      adapter: z.literal('twilio'),
      accountSid: text(100).regex(/^AC[0-9a-f]{32}$/i, 'AC and 32 digits'),
      authToken: secret(200),
    }),
    z.strictObject({
      adapter: z.literal('http'),
      // what stands before an @ in it would be shown to everybody who sees the settings
      url: z
        .url({ protocol: /^https?$/ })
        .max(500)
        .refine((url) => !/^https?:\/\/[^/?#]*@/i.test(url), 'no name and password in the address'),
      token: secret(500),
    }),
    z.strictObject({ adapter: z.literal('sandbox') }),
  ]),
});
export type ChannelWish = z.infer<typeof channelWishShape>;

/** `POST …/messages/channels/:channel/test` */
export const channelTestShape = z.strictObject({ to: text(200) });
export const channelTestedShape = z.object({ outcome: z.enum(['sent', 'refused', 'unreachable']), said: z.string() }).meta({ id: 'ChannelTested' });
export type ChannelTested = z.infer<typeof channelTestedShape>;

const kindSwitches = { email: z.boolean(), sms: z.boolean(), hoursBefore: z.int().min(1).max(168).nullable() };
/** `PUT …/messages/kinds/:kind` */
export const kindWishShape = z.strictObject({ ...kindSwitches, was: z.strictObject(kindSwitches).describe('What the change is based on') });
export type KindWish = z.infer<typeof kindWishShape>;

/** `PUT …/messages/templates/:kind/:channel/:language`; null: our words again. */
export const templateWishShape = z.strictObject({
  own: z.strictObject({ subject: z.string().max(200), body: text(2000) }).nullable(),
  was: z
    .strictObject({ subject: z.string().max(200), body: z.string().max(2000) })
    .nullable()
    .describe('The own words it is based on; null: there were none'),
});
export type TemplateWish = z.infer<typeof templateWishShape>;

/** `GET …/messages`: what was said lately. */
export const messageLogShape = z
  .object({
    messages: z.array(
      z.object({
        id: z.string(),
        kind: kindShape,
        channel: channelShape,
        status: z.enum(['waiting', 'sending', 'sent', 'failed', 'dropped', 'unclear']),
        because: z.string(),
        recipient: z.string().nullable(),
        subject: z.string().nullable(),
        body: z.string().nullable(),
        createdAt: instantShape,
        sentAt: instantShape.nullable(),
        dueAt: instantShape.nullable(),
      }),
    ),
  })
  .meta({ id: 'MessageLog' });
export type MessageLog = z.infer<typeof messageLogShape>;
