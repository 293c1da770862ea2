import type { ReconciliationConnection } from '@holdfast/contract/reconciliation';
import { Button, FileInput, Group, Progress, Stack, Text } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Dialog } from '../frame/dialog.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useLocationHere } from '../session.tsx';
import { useWords } from '../words.tsx';
import { uploadFile } from './upload-file.ts';

const LARGEST = 500_000_000;

/** Chooses a file and brings it; what its columns are is asked on its own page. */
export function ImportDialog({ connection, onClose }: { connection: ReconciliationConnection; onClose: () => void }) {
  const { say } = useWords();
  const { id, slug } = useLocationHere();
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [share, setShare] = useState<number>();
  const [trouble, setTrouble] = useState<unknown>();
  const wrong = file && (file.size === 0 ? 'empty' : file.size > LARGEST ? 'too_large' : undefined);
  const bring = async () => {
    if (!file || wrong) return;
    setTrouble(undefined);
    setShare(0);
    try {
      const made = await uploadFile(id, connection.id, file, setShare);
      await navigate({ to: '/$location/finance/reconciliation/imports/$import', params: { location: slug, import: made.id } });
    } catch (error) {
      setTrouble(error);
      setShare(undefined);
    }
  };
  return (
    <Dialog title={say('reconciliation.import.of', { name: connection.label })} {...(share === undefined ? { onClose } : {})}>
      <Stack
        component="form"
        gap="md"
        onSubmit={(event) => {
          event.preventDefault();
          void bring();
        }}
      >
        <Text size="sm">{say('reconciliation.import.more')}</Text>
        <FileInput
          label={say('reconciliation.import.file')}
          placeholder={say('reconciliation.import.choose')}
          styles={{ placeholder: { color: 'var(--mantine-color-dimmed)' } }}
          leftSection={<IconFileSpreadsheet size={18} aria-hidden />}
          accept=".csv,.txt,.tsv,text/csv,text/plain"
          value={file}
          onChange={setFile}
          error={wrong ? say(`reconciliation.import.${wrong}`) : undefined}
          disabled={share !== undefined}
        />
        {share !== undefined && <Progress value={share * 100} aria-label={say('reconciliation.import.coming')} animated />}
        {trouble !== undefined && <TroubleNotice error={trouble} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose} disabled={share !== undefined}>
            {say('frame.cancel')}
          </Button>
          <Button type="submit" disabled={!file || Boolean(wrong)} loading={share !== undefined}>
            {say('reconciliation.import.next')}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
