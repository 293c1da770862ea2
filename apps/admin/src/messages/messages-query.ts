import type { MessageChannel } from '@holdfast/contract/message-kinds';
import type { ChannelTested, MessageLog, MessageSettings } from '@holdfast/contract/messages';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { useLocationHere } from '../session.tsx';

const settingsQuery = (locationId: string) =>
  queryOptions({
    queryKey: ['messages', locationId, 'settings'],
    queryFn: ({ signal }) => ask<MessageSettings>('GET', at(locationId, 'messages', 'settings'), undefined, signal),
  });

export function useMessageSettings() {
  return useQuery(settingsQuery(useLocationHere().id));
}

/** Changes something below `messages/`. What comes back are all settings as they stand now. */
export function useMessageDeed<Wish>() {
  const { id } = useLocationHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ path, wish }: { path: readonly string[]; wish: Wish }) => ask<MessageSettings>('PUT', at(id, 'messages', ...path), wish),
    onSuccess: (settings) => queries.setQueryData(settingsQuery(id).queryKey, settings),
    // somebody was faster: the form shows what is there now, beside what was typed
    onError: () => void queries.invalidateQueries({ queryKey: settingsQuery(id).queryKey }),
  });
}

export function useChannelTest(channel: MessageChannel) {
  const { id } = useLocationHere();
  return useMutation({ mutationFn: (to: string) => ask<ChannelTested>('POST', at(id, 'messages', 'channels', channel, 'test'), { to }) });
}

/** What was said lately; looked at anew while it is on the screen, because messages go by themselves. */
export function useMessageLog() {
  const { id } = useLocationHere();
  return useQuery({
    queryKey: ['messages', id, 'log'],
    queryFn: ({ signal }) => ask<MessageLog>('GET', at(id, 'messages'), undefined, signal),
    refetchInterval: 15_000,
  });
}
