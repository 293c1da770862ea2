import twilio from 'twilio';
import { type Carry, withoutAnswer } from './adapter.ts';

export interface TwilioSettings {
  readonly adapter: 'twilio';
  readonly accountSid: string;
  readonly authToken: string;
}

/** SMS by Twilio's Programmable Messaging. `origin`: where its API is, for tests. */
export function carryByTwilio({ accountSid, authToken }: TwilioSettings, origin?: string): Carry {
  // the SDK's own client, with every call sent to `origin`
  const httpClient = new twilio.RequestClient({ timeout: 15_000 });
  const elsewhere = {
    request: (options: Parameters<typeof httpClient.request>[0]) =>
      httpClient.request({ ...options, uri: options.uri.replace('https://api.twilio.com', origin ?? 'https://api.twilio.com') }),
  };
  const client = twilio(accountSid, authToken, { autoRetry: false, httpClient: elsewhere as unknown as typeof httpClient });
  return async ({ from, to, body }) => {
    try {
      const sender = from.startsWith('MG') ? { messagingServiceSid: from } : { from };
      const sent = await client.messages.create({ ...sender, to, body });
      return { kind: 'sent', providerId: sent.sid };
    } catch (error) {
      const { status, code } = error as { status?: number; code?: number };
      if (status === undefined) return withoutAnswer(error);
      const why = `${code ?? status}: ${error instanceof Error ? error.message : ''}`.slice(0, 300);
      // nothing is wrong with the message: it goes once the token is right, or in a while
      if (status === 401 || status === 429) return { kind: 'later', why };
      // a fault of theirs after they had it: nobody knows
      return status >= 500 ? { kind: 'unclear', why } : { kind: 'refused', why };
    }
  };
}
