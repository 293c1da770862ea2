import type { DataFile } from '@holdfast/contract/imports';
import { Alert, Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Trouble } from '../api.ts';
import { confirmed } from '../frame/confirm.tsx';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { ColumnsForm } from './columns-form.tsx';
import { CountsPicture } from './counts-picture.tsx';
import { useFile, useFileDeed, usePreview } from './imports-query.ts';
import { RowsTable } from './rows-table.tsx';

/** One file, step by step: what its columns are, what would happen, what has happened. */
export function FilePage() {
  const { say, when } = useWords();
  const { slug, timeZone } = useLocationHere();
  const { file: id = '' } = useParams({ strict: false }) as { file?: string };
  const [again, setAgain] = useState(false);
  const file = useFile(id);
  const status = file.data?.status;
  const asks = status === 'uploading' || status === 'mapping' || (status === 'checked' && again);
  const preview = usePreview(id, asks);
  const unreadable = preview.error instanceof Trouble && preview.error.code === 'unreadable_file' ? preview.error.detail : undefined;
  return (
    <Page
      title={file.data?.fileName ?? say('imports.file')}
      about={file.data && `${say(`imports.kind.${file.data.kind}`)} · ${when(file.data.madeAt, timeZone)}`}
      wide
      actions={
        <Button component={Link} to={`/${slug}/settings/import`} variant="default">
          {say('imports.files.all')}
        </Button>
      }
    >
      {file.isPending && <PageLoading />}
      {file.isError && !file.data && <TroubleNotice error={file.error} onRetry={() => void file.refetch()} />}
      {asks && preview.isPending && <PageLoading />}
      {asks && preview.isError && (
        <TroubleNotice
          error={preview.error}
          words={{ step_not_allowed: 'imports.not_whole' }}
          sentence={unreadable && say('imports.unreadable', { line: typeof unreadable['line'] === 'number' ? unreadable['line'] : '?' })}
        />
      )}
      {file.data && asks && preview.data && <ColumnsForm key={id} first={preview.data} onChecked={() => setAgain(false)} />}
      {file.data && !asks && <Walked file={file.data} onColumns={() => setAgain(true)} />}
    </Page>
  );
}

function Walked({ file, onColumns }: { file: DataFile; onColumns: () => void }) {
  const { say } = useWords();
  const { status, readRows, readBytes, bytes, counts, written, trouble } = file;
  const toWrite = counts.new + counts.merge;
  return (
    <Stack gap="md">
      {status === 'checking' && (
        <div>
          <Text size="sm" mb={6} role="status">
            {say('imports.checking', { rows: readRows.toLocaleString() })}
          </Text>
          <Progress value={(100 * readBytes) / bytes} animated aria-label={say('imports.status.checking')} />
        </div>
      )}
      {status === 'writing' && (
        <div>
          <Text size="sm" mb={6} role="status">
            {say('imports.writing', { done: (written.written + written.same + written.refused).toLocaleString(), all: toWrite.toLocaleString() })}
          </Text>
          <Progress
            value={toWrite === 0 ? 100 : (100 * (written.written + written.same + written.refused)) / toWrite}
            animated
            aria-label={say('imports.status.writing')}
          />
        </div>
      )}
      {status === 'done' && (
        <Alert
          color="green"
          variant="light"
          icon={<IconCircleCheck aria-hidden />}
          role="status"
          title={say('imports.status.done')}
          styles={{ title: { color: 'var(--hf-good)' } }}
        >
          {say('imports.done.more', { written: written.written, refused: written.refused + counts.conflict + counts.refused })}
        </Alert>
      )}
      {(status === 'unreadable' || status === 'discarded') && (
        <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} role="alert" title={say(`imports.status.${status}`)}>
          {trouble && say('imports.unreadable', { line: String(trouble.line ?? '?') })}
        </Alert>
      )}
      {(status === 'checked' || status === 'done') && <CountsPicture file={file} />}
      {status === 'checked' && <Accepting file={file} onColumns={onColumns} />}
      {status === 'done' && written.refused + counts.conflict + counts.refused > 0 && <Refused file={file} />}
      {(status === 'checked' || status === 'done') && <RowsTable file={file} />}
    </Stack>
  );
}

function Accepting({ file, onColumns }: { file: DataFile; onColumns: () => void }) {
  const { say } = useWords();
  const { slug } = useLocationHere();
  const navigate = useNavigate();
  const deed = useFileDeed();
  const { counts } = file;
  const toWrite = counts.new + counts.merge;
  const left = counts.conflict + counts.refused;
  const discard = async () => {
    const yes = say('imports.discard');
    if (!(await confirmed({ title: say('imports.discard.ask'), more: say('imports.discard.more'), yes, danger: true }))) return;
    const gone = await deed.mutateAsync({ file: file.id, step: 'discarding' }).catch(() => undefined);
    if (gone) await navigate({ to: `/${slug}/settings/import` });
  };
  return (
    <Stack gap="sm">
      <Text size="sm">{left > 0 ? say('imports.left', { count: left }) : say('imports.whole')}</Text>
      {deed.isError && <TroubleNotice error={deed.error} />}
      <Group gap="sm">
        <Button
          disabled={toWrite === 0}
          loading={deed.isPending}
          onClick={() => deed.mutate({ file: file.id, step: 'acceptance', body: { rows: left > 0 ? 'valid' : 'all' } })}
        >
          {left > 0 ? say('imports.accept.valid', { count: toWrite }) : say('imports.accept.all', { count: toWrite })}
        </Button>
        <Button variant="default" onClick={onColumns}>
          {say('imports.columns.again')}
        </Button>
        <Refused file={file} />
        <Button variant="subtle" color="red" c="var(--hf-bad)" onClick={() => void discard()}>
          {say('imports.discard')}
        </Button>
      </Group>
    </Stack>
  );
}

function Refused({ file }: { file: DataFile }) {
  const { say } = useWords();
  const { id } = useLocationHere();
  if (file.counts.conflict + file.counts.refused + file.written.refused === 0) return null;
  return (
    <div>
      <Button component="a" href={`/api/v1/admin/locations/${id}/imports/${file.id}/refused.csv`} download variant="default">
        {say('imports.download')}
      </Button>
    </div>
  );
}
