import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Step } from '../steps-path.ts';
import { bringWords, useWords } from '../words.tsx';
import type { LaterStepProps } from './step-props.ts';

type Part = ComponentType<LaterStepProps>;

/** Steps that nobody needs for the first sight, and those that not every client comes to: pieces of their own, so that nobody waits for them. */
const laterSteps: Partial<Record<Step, () => Promise<{ default: Part }>>> = {
  event: () => import('./choose-event.tsx'),
  time: () => import('./choose-time.tsx'),
  phone: () => import('./confirm-phone.tsx'),
  payment: () => import('./confirm-payment.tsx'),
};

/** What these say comes with them. */
const wordy: ReadonlySet<Step> = new Set(['event', 'phone', 'payment']);

/** Fetches the pieces of these steps, so that they are there when somebody comes to them. A piece that does not come is asked for again then. */
export function fetchAhead(way: readonly Step[]): void {
  for (const step of way) laterSteps[step]?.().catch(() => undefined);
}

export function LaterStep({ step, ...props }: LaterStepProps & { step: Step }) {
  const words = useWords();
  const [loaded, setLoaded] = useState<{ step: Step; Part: Part } | null>(null);
  useEffect(() => {
    let left = false;
    // where the line breaks just now, the page is asked for anew: what was chosen and typed is kept
    void Promise.all([laterSteps[step]?.(), wordy.has(step) && bringWords(words, 'later-steps')]).then(
      ([piece]) => left || !piece || setLoaded({ step, Part: piece.default }),
      () => location.reload(),
    );
    return () => {
      left = true;
    };
  }, [step]);
  if (!(step in laterSteps)) return null;
  return loaded?.step === step ? <loaded.Part {...props} /> : <div class="bone bone-block" role="status" aria-label={words.say('page.loading')} />;
}
