import { Paper } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { Trouble } from '../api.ts';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { BackToOverview } from './back-to-overview.tsx';
import { ImportMappingForm } from './import-mapping-form.tsx';
import { ImportOutcome } from './import-outcome.tsx';
import { useImport, usePreview } from './reconciliation-query.ts';

/** One file: what its columns are, how far it is, which rows became nothing. */
export function ImportPage() {
  const { say, when } = useWords();
  const { timeZone } = useLocationHere();
  const { import: id = '' } = useParams({ strict: false }) as { import?: string };
  const file = useImport(id);
  const status = file.data?.import.status;
  const asks = status === 'uploading' || status === 'mapping';
  const preview = usePreview(id, asks);
  const detail = preview.error instanceof Trouble ? preview.error.detail : {};
  const unreadable = preview.error instanceof Trouble && preview.error.code === 'unreadable_file';
  return (
    <Page
      title={file.data?.import.fileName ?? say('reconciliation.import.file')}
      about={file.data ? `${file.data.import.connectionLabel} · ${when(file.data.import.madeAt, timeZone)}` : undefined}
      wide
      actions={<BackToOverview />}
    >
      {file.isPending && <PageLoading />}
      {file.error && <TroubleNotice error={file.error} onRetry={() => void file.refetch()} />}
      {asks && preview.isPending && <PageLoading />}
      {asks && preview.error && (
        <TroubleNotice
          error={preview.error}
          words={{ step_not_allowed: 'reconciliation.import.not_whole' }}
          sentence={
            unreadable ? say('reconciliation.import.unreadable', { line: typeof detail['line'] === 'number' ? detail['line'] : '?' }) : undefined
          }
          {...(unreadable ? {} : { onRetry: () => void preview.refetch() })}
        />
      )}
      {asks && preview.data && <ImportMappingForm key={preview.data.import.id} first={preview.data} />}
      {file.data && !asks && (
        <Paper withBorder p="md">
          <ImportOutcome detail={file.data} />
        </Paper>
      )}
    </Page>
  );
}
