import { type StaffStep, staffSteps } from '@holdfast/contract/steps';
import { Badge, Group } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconUserCheck, IconUserX } from '@tabler/icons-react';
import { Part } from '../frame/part.tsx';
import { ReasonButton } from '../frame/reason-button.tsx';
import { useMay } from '../session.tsx';
import { useWords } from '../words.tsx';
import { ChangeTrouble } from './change-trouble.tsx';
import { StatusBadge } from './status-badge.tsx';
import type { Editing } from './use-editing.ts';

const icons: Readonly<Record<StaffStep, typeof IconCheck>> = {
  confirm: IconCheck,
  arrive: IconUserCheck,
  undoArrive: IconArrowBackUp,
  markNoShow: IconUserX,
  undoNoShow: IconArrowBackUp,
};
/** A step's undo stands in its place while it can be undone. */
const undoneBy: Partial<Record<StaffStep, StaffStep>> = { arrive: 'undoArrive', markNoShow: 'undoNoShow' };

export function StatusPart({ editing }: { editing: Editing }) {
  const { say } = useWords();
  const may = useMay();
  const { now, trouble, saving } = editing;
  const steps = staffSteps
    .filter((step) => !Object.values(undoneBy).includes(step))
    .map((step) => {
      const undo = undoneBy[step];
      return undo && now.steps.includes(undo) ? undo : step;
    });
  const reasonFor = (step: StaffStep) => {
    if (!may('calendar.edit')) return say('frame.no_right');
    return now.steps.includes(step) ? undefined : say('appointment.step.not_from', { status: say(`appointment.status.${now.status}`) });
  };
  return (
    <Part title={say('appointment.status')}>
      <Group gap="xs" role="status">
        <StatusBadge status={now.status} />
        {now.prepayment !== 'none' && (
          <Badge variant="outline" color="gray" c="var(--mantine-color-text)" tt="none" fw={500} size="lg">
            {say(`appointment.prepayment.${now.prepayment}`)}
          </Badge>
        )}
      </Group>
      {trouble?.at === 'steps' && <ChangeTrouble error={trouble.error} />}
      <Group gap="xs">
        {steps.map((step) => {
          const Icon = icons[step];
          const reason = reasonFor(step);
          return (
            <ReasonButton
              key={step}
              reason={reason}
              variant="default"
              disabled={saving && !reason}
              leftSection={<Icon size={16} aria-hidden />}
              onClick={() => void editing.step(step)}
            >
              {say(`appointment.step.${step}`)}
            </ReasonButton>
          );
        })}
      </Group>
    </Part>
  );
}
