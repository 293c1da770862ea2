import type { ClientLanguage } from '@holdfast/contract/client-language';
import { fillTemplate } from '@holdfast/contract/fill-template';
import type { MessageChannel, MessageKind } from '@holdfast/contract/message-kinds';
import type { ChannelTested, ChannelWish, KindWish, MessageSettings, TemplateWish } from '@holdfast/contract/messages';
import { sql } from 'kysely';
import type { Place, Who } from '../access/who.ts';
import { readPhone } from '../clients/read-phone.ts';
import { Problem } from '../kit/problem.ts';
import { carrierOf, channelRows, openSettings } from './channels.ts';
import type { MessagesContext } from './context.ts';
import { readMessageLog, readMessageSettings } from './read-settings.ts';
import { setUpChannel } from './set-up-channel.ts';
import { switchKind } from './switch-kind.ts';
import { testTemplate } from './templates.ts';
import { asSubject } from './write-message.ts';
import { writeTemplate } from './write-template.ts';

/** What the settings page does; every change answers all of them anew. */
export function changeSettingsOf(ctx: MessagesContext) {
  const settings = ({ scope }: Place): Promise<MessageSettings> => readMessageSettings(ctx, scope);
  return {
    settings,
    log: (place: Place) => readMessageLog(ctx, place.scope, place.rights.has('clients.contacts')),
    async setUp(who: Who, place: Place, channel: MessageChannel, wish: ChannelWish) {
      await setUpChannel(ctx, who, place, channel, wish);
      return settings(place);
    },
    test: (who: Who, place: Place, channel: MessageChannel, to: string) => testChannel(ctx, who, place, channel, to),
    async switchKind(who: Who, place: Place, kind: MessageKind, wish: KindWish) {
      await switchKind(ctx, who, place, kind, wish);
      return settings(place);
    },
    async writeTemplate(who: Who, place: Place, which: { kind: MessageKind; channel: MessageChannel; language: ClientLanguage }, wish: TemplateWish) {
      await writeTemplate(ctx, who, place, which, wish);
      return settings(place);
    },
  };
}

/** Sends a test through a channel as it is set up; what the carrier says is shown as it is. Refuses with `step_not_allowed` where none is set up. */
async function testChannel(ctx: MessagesContext, who: Who, { scope }: Place, channel: MessageChannel, to: string): Promise<ChannelTested> {
  const row = (await channelRows(ctx.db.read, scope)).find((one) => one.channel === channel);
  if (!row) throw new Problem('step_not_allowed', 409, 'Set the channel up first.');
  const { rows } = await sql<{ name: string; country: string }>`
    select name, country from locations where chain_id = ${scope.chainId} and location_id = ${scope.locationId}`.execute(ctx.db.read);
  const { name = '', country = '' } = rows[0] ?? {};
  const { subject, body } = testTemplate(who.language);
  const address = channel === 'sms' ? readPhone(to, country) : to;
  if (channel === 'email' && !/^[^\s@]+@[^\s@]+$/.test(to))
    throw new Problem('invalid_request', 422, 'This is no e-mail address.', { fields: [{ field: 'to' }] });
  const message = {
    id: ctx.newId('msg'),
    from: row.sender,
    to: address,
    subject: asSubject(fillTemplate(subject, { salon: name })),
    body: fillTemplate(body, { salon: name }),
  };
  const carried = await carrierOf(ctx, openSettings(ctx, scope, row))(message);
  if (carried.kind === 'sent') return { outcome: 'sent', said: '' };
  return { outcome: carried.kind === 'refused' ? 'refused' : 'unreachable', said: carried.why };
}
