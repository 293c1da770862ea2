import { type WebhookType, webhookTypes } from '@holdfast/contract/webhook-types';
import { useWords } from '../words.tsx';

/** What an event is called here; a test is no event. */
export function useTypeWord(): (type: string) => string {
  const { say } = useWords();
  return (type) => ((webhookTypes as readonly string[]).includes(type) ? say(`programs.type.${type as WebhookType}`) : say('programs.type.ping'));
}
