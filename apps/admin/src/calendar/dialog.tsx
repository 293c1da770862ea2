import { Group, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useWords } from '../words.tsx';

/** A dialog over the board. Its heading is no banner of the page, as the component library's own header would be to a screen reader. */
export function Dialog({ title, onClose, children }: { title: string; onClose: () => void; children: ReactNode }) {
  const { say } = useWords();
  return (
    <Modal.Root opened onClose={onClose} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body p="md">
          <Group justify="space-between" wrap="nowrap" mb="sm">
            <Modal.Title fw={650}>{title}</Modal.Title>
            <Modal.CloseButton aria-label={say('frame.close')} />
          </Group>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
