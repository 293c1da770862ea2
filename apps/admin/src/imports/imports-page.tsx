import { type ImportKind, importFields } from '@holdfast/contract/import-fields';
import type { DataFile } from '@holdfast/contract/imports';
import { Anchor, Badge, Button, FileInput, Group, Paper, Progress, Radio, Stack, Text, Title } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Page } from '../frame/page.tsx';
import { PageLoading } from '../frame/page-loading.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { useBring, useFiles } from './imports-query.ts';

const LARGEST = 20_000_000;
const kinds = Object.keys(importFields) as ImportKind[];

/** Settings → Import: brings a file, and shows those that came. */
export function ImportsPage() {
  const { say } = useWords();
  const files = useFiles();
  return (
    <Page title={say('imports.title')} about={say('imports.about')}>
      <BringFile />
      {files.isPending && <PageLoading />}
      {files.isError && <TroubleNotice error={files.error} onRetry={() => void files.refetch()} />}
      {files.data && files.data.files.length > 0 && (
        <Stack component="section" gap="sm">
          <Title order={2} size="h4">
            {say('imports.files')}
          </Title>
          <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: 'none' }}>
            {files.data.files.map((file) => (
              <FileLine key={file.id} file={file} />
            ))}
          </Stack>
        </Stack>
      )}
    </Page>
  );
}

function BringFile() {
  const { say } = useWords();
  const { slug } = useLocationHere();
  const navigate = useNavigate();
  const bring = useBring();
  const [kind, setKind] = useState<ImportKind>('clients');
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState<number>();
  const [trouble, setTrouble] = useState<unknown>();
  const wrong = file && (file.size === 0 ? 'empty' : file.size > LARGEST ? 'too_large' : undefined);
  const start = async () => {
    if (!file || wrong) return;
    setTrouble(undefined);
    setShare(0);
    try {
      const made = await bring(kind, file, setShare);
      await navigate({ to: '/$location/settings/import/$file', params: { location: slug, file: made.id } });
    } catch (error) {
      setTrouble(error);
      setShare(undefined);
    }
  };
  return (
    <Paper
      withBorder
      p="md"
      component="form"
      onSubmit={(event) => {
        event.preventDefault();
        void start();
      }}
    >
      <Stack gap="md">
        <Radio.Group label={say('imports.kind')} value={kind} onChange={(next) => setKind(kinds.find((one) => one === next) ?? 'clients')}>
          <Stack gap="xs" mt="xs">
            {kinds.map((one) => (
              <Radio
                key={one}
                value={one}
                label={say(`imports.kind.${one}`)}
                description={say(`imports.kind.${one}.about`)}
                disabled={share !== undefined}
              />
            ))}
          </Stack>
        </Radio.Group>
        <FileInput
          label={say('imports.file')}
          placeholder={say('imports.choose')}
          styles={{ placeholder: { color: 'var(--mantine-color-dimmed)' } }}
          leftSection={<IconFileSpreadsheet size={18} aria-hidden />}
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          value={file}
          onChange={setFile}
          error={wrong ? say(`imports.${wrong}`) : undefined}
          disabled={share !== undefined}
        />
        {share !== undefined && <Progress value={share * 100} aria-label={say('imports.coming')} animated />}
        {trouble !== undefined && <TroubleNotice error={trouble} />}
        <Group>
          <Button type="submit" disabled={!file || Boolean(wrong)} loading={share !== undefined}>
            {say('imports.next')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function FileLine({ file }: { file: DataFile }) {
  const { say, when } = useWords();
  const { slug, timeZone } = useLocationHere();
  return (
    <Paper component="li" withBorder p="sm">
      <Group justify="space-between" gap="xs">
        <Stack gap={2} style={{ minWidth: 0 }}>
          <Anchor component={Link} to={`/${slug}/settings/import/${file.id}`} fw={600} style={{ overflowWrap: 'anywhere' }}>
            {file.fileName}
          </Anchor>
          <Text size="xs" c="dimmed">
            {say(`imports.kind.${file.kind}`)} · {file.madeBy} · {when(file.madeAt, timeZone)}
          </Text>
        </Stack>
        <Badge variant="light" tt="none" color={file.status === 'done' ? 'green' : file.status === 'unreadable' ? 'red' : 'gray'}>
          {say(`imports.status.${file.status}`)}
        </Badge>
      </Group>
    </Paper>
  );
}
