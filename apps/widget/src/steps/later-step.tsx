import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Step } from '../steps-path.ts';
import { useWords } from '../words.tsx';
import type { LaterStepProps } from './step-props.ts';

type Part = ComponentType<LaterStepProps>;

/** Steps that not every client comes to: each is a piece of its own, so that nobody else waits for it. */
const laterSteps: Partial<Record<Step, () => Promise<{ default: Part }>>> = {};

export function LaterStep({ step, ...props }: LaterStepProps & { step: Step }) {
  const { say } = useWords();
  const [loaded, setLoaded] = useState<{ step: Step; Part: Part } | null>(null);
  useEffect(() => {
    let left = false;
    // where the line breaks just now, the page is asked for anew: what was chosen and typed is kept
    void laterSteps[step]?.().then(
      ({ default: Part }) => left || setLoaded({ step, Part }),
      () => location.reload(),
    );
    return () => {
      left = true;
    };
  }, [step]);
  if (!(step in laterSteps)) return null;
  return loaded?.step === step ? <loaded.Part {...props} /> : <div class="bone bone-block" role="status" aria-label={say('page.loading')} />;
}
