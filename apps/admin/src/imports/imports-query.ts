import type { ImportKind } from '@holdfast/contract/import-fields';
import type { DataFile, DataFiles, FilePreview, FileRows } from '@holdfast/contract/imports';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, at } from '../api.ts';
import { randomKey } from '../checkout/payment-key.ts';
import { bringParts } from '../frame/bring-parts.ts';
import { useLocationHere } from '../session.tsx';
import type { RowsSearch } from './routes.tsx';

const isUnderWay = (status: DataFile['status'] | undefined) => status === 'checking' || status === 'writing';

export function useFiles() {
  const { id } = useLocationHere();
  return useQuery({
    queryKey: ['imports', id, 'files'],
    queryFn: ({ signal }) => ask<DataFiles>('GET', at(id, 'imports'), undefined, signal),
    refetchInterval: ({ state: { data } }) => (data?.files.some(({ status }) => isUnderWay(status)) ? 2_000 : false),
  });
}

export function useFile(file: string) {
  const { id } = useLocationHere();
  return useQuery({
    queryKey: ['imports', id, 'file', file],
    queryFn: ({ signal }) => ask<DataFile>('GET', at(id, 'imports', file), undefined, signal),
    refetchInterval: ({ state: { data } }) => (isUnderWay(data?.status) ? 1_000 : false),
  });
}

export function usePreview(file: string, enabled: boolean) {
  const { id } = useLocationHere();
  return useQuery({
    queryKey: ['imports', id, 'file', file, 'preview'],
    queryFn: ({ signal }) => ask<FilePreview>('GET', at(id, 'imports', file, 'preview'), undefined, signal),
    enabled,
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Rows, page after page; read anew when the file has gone a step further. */
export function useRows(file: DataFile, { outcome }: RowsSearch) {
  const { id } = useLocationHere();
  return useInfiniteQuery({
    queryKey: ['imports', id, 'file', file.id, 'rows', file.status, outcome ?? ''],
    queryFn: ({ pageParam, signal }) => {
      const query = new URLSearchParams({ after: String(pageParam), ...(outcome && { outcome }) });
      return ask<FileRows>('GET', `${at(id, 'imports', file.id, 'rows')}?${query}`, undefined, signal);
    },
    initialPageParam: 0,
    getNextPageParam: ({ next }) => next,
    enabled: file.status === 'checked' || file.status === 'done',
  });
}

/** A step of a file; everything of this area is read anew. */
export function useFileDeed() {
  const { id } = useLocationHere();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ file, step, body }: { file: string; step: 'check' | 'acceptance' | 'discarding'; body?: unknown }) =>
      ask<DataFile>('POST', at(id, 'imports', file, step), body),
    onSettled: () => void queries.invalidateQueries({ queryKey: ['imports', id] }),
  });
}

/** Brings a file; `said` hears how much of it has come, 0 to 1. */
export function useBring() {
  const { id } = useLocationHere();
  return async (kind: ImportKind, file: File, said: (share: number) => void): Promise<DataFile> => {
    const fileId = `imp_${randomKey()}`;
    return bringParts(file, {
      begin: (parts) => ask<DataFile>('POST', at(id, 'imports'), { id: fileId, kind, fileName: file.name.slice(0, 200), bytes: file.size, parts }),
      bring: async (no, base64) => {
        await ask('PUT', at(id, 'imports', fileId, 'parts', String(no)), { base64 }, undefined, 120_000);
      },
      said,
    });
  };
}
