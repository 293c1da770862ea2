import type { Step } from '../steps-path.ts';
import { type TextKey, useWords } from '../words.tsx';
import { Icon } from './icon.tsx';

const names: Record<Step, TextKey> = {
  services: 'progress.services',
  staff: 'progress.staff',
  time: 'progress.time',
  event: 'progress.event',
  details: 'progress.details',
  phone: 'progress.phone',
  membership: 'progress.membership',
  payment: 'progress.payment',
};

interface Props {
  steps: readonly Step[];
  here: Step;
  canOpen: (step: Step) => boolean;
  onOpen: (step: Step) => void;
  onBack: () => void;
}

export function Progress({ steps, here, canOpen, onOpen, onBack }: Props) {
  const { say } = useWords();
  const position = steps.indexOf(here) + 1;
  return (
    <nav class="progress" data-first={position === 1} aria-label={say('progress.label')}>
      {position > 1 && (
        <button type="button" class="round-button progress-back" aria-label={say('progress.back')} onClick={onBack}>
          <Icon name="back" />
        </button>
      )}
      <ol>
        {steps.map((step, index) => (
          <li key={step} data-done={index + 1 < position} aria-current={step === here ? 'step' : undefined}>
            <button type="button" disabled={step === here || !canOpen(step)} onClick={() => onOpen(step)}>
              {say(names[step])}
            </button>
          </li>
        ))}
      </ol>
      <p class="progress-count" aria-hidden="true">
        {say('progress.of', { position, total: steps.length })}
      </p>
    </nav>
  );
}
