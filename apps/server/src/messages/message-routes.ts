import { type MessageKind, messageChannels, messageKindNames } from '@holdfast/contract/message-kinds';
import {
  channelTestedShape,
  channelTestShape,
  channelWishShape,
  kindWishShape,
  messageLogShape,
  messageSettingsShape,
  templateWishShape,
} from '@holdfast/contract/messages';
import { clientLanguageShape } from '@holdfast/contract/session';
import { z } from 'zod';
import { placeOf, whoOf } from '../access/guard.ts';
import { type Http, problemAnswers } from '../kit/http.ts';
import type { MessagesContext } from './context.ts';
import { changeSettingsOf } from './settings-deeds.ts';

const atLocation = z.object({ location: z.string().max(60) });
const channelShape = z.enum(messageChannels);
const kindShape = z.enum(messageKindNames as readonly [MessageKind, ...MessageKind[]]);

/** Settings → Messages: channels, which kinds go by which, words; and what was said lately. */
export async function messageRoutes(http: Http, ctx: MessagesContext): Promise<void> {
  const deeds = changeSettingsOf(ctx);
  const config = { needs: 'messages.edit' } as const;
  const schema = (operationId: string, summary: string) => ({ operationId, summary, tags: ['salon: messages'] });
  const answer = { 200: messageSettingsShape, ...problemAnswers };

  http.get(
    '/locations/:location/messages/settings',
    { config, schema: { ...schema('readMessageSettings', 'Channels, kinds and words'), params: atLocation, response: answer } },
    async (request) => deeds.settings(placeOf(request)),
  );

  http.get(
    '/locations/:location/messages',
    {
      config,
      schema: { ...schema('readMessages', 'What was said lately'), params: atLocation, response: { 200: messageLogShape, ...problemAnswers } },
    },
    async (request) => deeds.log(placeOf(request)),
  );

  http.put(
    '/locations/:location/messages/channels/:channel',
    {
      config,
      schema: {
        ...schema('setUpMessageChannel', 'Through what a channel goes'),
        params: atLocation.extend({ channel: channelShape }),
        body: channelWishShape,
        response: answer,
      },
    },
    async (request) => deeds.setUp(whoOf(request), placeOf(request), request.params.channel, request.body),
  );

  http.post(
    '/locations/:location/messages/channels/:channel/test',
    {
      config,
      schema: {
        ...schema('testMessageChannel', 'Send a test'),
        params: atLocation.extend({ channel: channelShape }),
        body: channelTestShape,
        response: { 200: channelTestedShape, ...problemAnswers },
      },
    },
    async (request) => deeds.test(whoOf(request), placeOf(request), request.params.channel, request.body.to),
  );

  http.put(
    '/locations/:location/messages/kinds/:kind',
    {
      config,
      schema: {
        ...schema('switchMessageKind', 'By which channels a kind goes'),
        params: atLocation.extend({ kind: kindShape }),
        body: kindWishShape,
        response: answer,
      },
    },
    async (request) => deeds.switchKind(whoOf(request), placeOf(request), request.params.kind, request.body),
  );

  http.put(
    '/locations/:location/messages/templates/:kind/:channel/:language',
    {
      config,
      schema: {
        ...schema('writeMessageTemplate', "The salon's own words"),
        params: atLocation.extend({ kind: kindShape, channel: channelShape, language: clientLanguageShape }),
        body: templateWishShape,
        response: answer,
      },
    },
    async (request) => deeds.writeTemplate(whoOf(request), placeOf(request), request.params, request.body),
  );
}
