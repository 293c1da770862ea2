import { Button, FileButton, Group, Input, Text } from '@mantine/core';
import { IconFileUpload, IconX } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useWords } from '../words.tsx';
import { toBase64 } from './to-base64.ts';

const LARGEST_BYTES = 32 * 1024;

/** A small file, such as a certificate: read here, in the browser, and sent with the other values. Only its name is shown. */
export function FileField({
  label,
  description,
  required,
  error,
  value,
  onChange,
}: {
  label: string;
  description: string;
  required: boolean;
  error: string | undefined;
  value: string | undefined;
  onChange: (value: string) => void;
}) {
  const { say } = useWords();
  const [name, setName] = useState('');
  const [trouble, setTrouble] = useState<'too_large' | 'empty' | 'unreadable' | undefined>();
  const id = useId();
  const read = async (file: File | null) => {
    if (!file) return;
    setTrouble(undefined);
    if (file.size > LARGEST_BYTES || file.size === 0) return setTrouble(file.size === 0 ? 'empty' : 'too_large');
    try {
      onChange(toBase64(new Uint8Array(await file.arrayBuffer())));
      setName(file.name);
    } catch {
      setTrouble('unreadable');
    }
  };
  const chosen = value !== undefined && value !== '';
  return (
    <Input.Wrapper
      label={label}
      labelElement="div"
      labelProps={{ id }}
      description={description}
      required={required}
      error={trouble ? say(`cashless.file.${trouble}`) : error}
    >
      <Group gap="sm" mt={6}>
        <FileButton onChange={(file) => void read(file)}>
          {(props) => (
            <Button {...props} size="xs" variant="default" leftSection={<IconFileUpload size={16} aria-hidden />} aria-describedby={id}>
              {say(chosen ? 'cashless.file.other' : 'cashless.file.choose')}
            </Button>
          )}
        </FileButton>
        <Text size="sm" style={{ overflowWrap: 'anywhere' }} role="status">
          {chosen ? <bdi>{name}</bdi> : ''}
        </Text>
        {chosen && (
          <Button size="xs" variant="subtle" leftSection={<IconX size={16} aria-hidden />} onClick={() => onChange('')}>
            {say('cashless.file.remove')}
          </Button>
        )}
      </Group>
    </Input.Wrapper>
  );
}
