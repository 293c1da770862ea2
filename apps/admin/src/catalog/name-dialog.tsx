import { Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { Dialog } from '../frame/dialog.tsx';
import { DialogFoot } from '../frame/dialog-foot.tsx';
import { TroubleNotice } from '../frame/trouble-notice.tsx';
import { useWords } from '../words.tsx';
import { useCatalogChange } from './catalog-queries.ts';

/** Asks for a name and sends it: a new category or position, or another name for one. */
export function NameDialog({
  title,
  label,
  name = '',
  request,
  onDone,
  onClose,
}: {
  title: string;
  label: string;
  name?: string;
  request: (name: string) => { method: 'POST' | 'PUT'; path: readonly string[]; body: unknown };
  /** With the new thing's id, if one was made. */
  onDone: (id: string | undefined) => void;
  onClose: () => void;
}) {
  const { say } = useWords();
  const [typed, setTyped] = useState(name);
  const [told, setTold] = useState(false);
  const save = useCatalogChange(request);
  const trouble = typed.trim() === '' ? say('frame.required') : typed.trim().length > 120 ? say('catalog.trouble.too_long') : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTold(true);
    if (!trouble) save.mutate(typed.trim(), { onSuccess: (answer) => onDone('id' in answer ? answer.id : undefined) });
  };
  return (
    <Dialog onClose={onClose} title={title}>
      <form onSubmit={submit} noValidate>
        <Stack gap="md">
          <TextInput
            label={label}
            required
            data-autofocus
            value={typed}
            error={told ? trouble : undefined}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
          {save.error && <TroubleNotice error={save.error} />}
          <DialogFoot onCancel={onClose} pending={save.isPending} />
        </Stack>
      </form>
    </Dialog>
  );
}
