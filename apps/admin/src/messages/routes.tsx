import { type ClientLanguage, clientLanguages } from '@holdfast/contract/client-language';
import { type MessageChannel, type MessageKind, messageChannels, messageKindNames } from '@holdfast/contract/message-kinds';
import { type AnyRoute, createRoute, lazyRouteComponent } from '@tanstack/react-router';

export const messageTabs = ['channels', 'kinds', 'words', 'sent'] as const;

/** What stands in the address of Settings → Messages: the tab, and which words are being looked at. */
export interface MessagesSearch {
  readonly tab?: (typeof messageTabs)[number];
  readonly kind?: MessageKind;
  readonly channel?: MessageChannel;
  readonly language?: ClientLanguage;
}

export function messageRoutes(parent: AnyRoute): AnyRoute[] {
  return [
    createRoute({
      getParentRoute: () => parent,
      path: '/settings/messages',
      validateSearch: (search): MessagesSearch => {
        const tab = messageTabs.find((one) => one === search['tab']);
        const kind = messageKindNames.find((one) => one === search['kind']);
        const channel = messageChannels.find((one) => one === search['channel']);
        const language = clientLanguages.find((one) => one === search['language']);
        return { ...(tab ? { tab } : {}), ...(kind ? { kind } : {}), ...(channel ? { channel } : {}), ...(language ? { language } : {}) };
      },
      component: lazyRouteComponent(() => import('./messages-page.tsx'), 'MessagesPage'),
    }),
  ];
}
