import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Step } from '../steps-path.ts';
import laterStyles from '../styles/later.css?url';
import { type Surroundings, useSurroundings } from '../surroundings.ts';
import { areSaid, bringWords, useWords, type Words } from '../words.tsx';
import type { LaterStepProps } from './step-props.ts';

type Part = ComponentType<LaterStepProps>;

/** Every step but the one that nearly everybody begins with is a piece of its own, so that nobody waits for it at the first sight. */
const laterSteps: Partial<Record<Step, () => Promise<{ default: Part }>>> = {
  staff: () => import('./choose-staff.tsx'),
  event: () => import('./choose-event.tsx'),
  time: () => import('./choose-time.tsx'),
  details: () => import('./enter-details.tsx'),
  phone: () => import('./confirm-phone.tsx'),
  membership: () => import('./choose-membership.tsx'),
  payment: () => import('./confirm-payment.tsx'),
};

const pieces: Partial<Record<Step, Part>> = {};
const styled = new WeakSet<Surroundings>();

/** The piece of a step, how it looks and what it says. */
async function fetchStep(step: Step, words: Words, around: Surroundings): Promise<void> {
  const [piece] = await Promise.all([laterSteps[step]?.(), bringWords(words, 'later-steps'), around.bringStyles(laterStyles)]);
  if (piece) pieces[step] = piece.default;
  styled.add(around);
}

/** There can be several widgets on one page, each with its own words and styles. */
function readyPart(step: Step, words: Words, around: Surroundings): Part | undefined {
  return styled.has(around) && areSaid(words, 'later-steps') ? pieces[step] : undefined;
}

/** Fetches these steps, so that they are there when somebody comes to them. What does not come is asked for again then. */
export function fetchAhead(way: readonly Step[], words: Words, around: Surroundings): void {
  for (const step of way) if (step in laterSteps) fetchStep(step, words, around).catch(() => undefined);
}

export function LaterStep({ step, ...props }: LaterStepProps & { step: Step }) {
  const words = useWords();
  const around = useSurroundings();
  const [, draw] = useState(0);
  const Part = readyPart(step, words, around);
  useEffect(() => {
    if (Part || !(step in laterSteps)) return;
    let left = false;
    // where the line breaks just now, the page is asked for anew: what was chosen and typed is kept
    void fetchStep(step, words, around).then(
      () => left || draw(1),
      () => location.reload(),
    );
    return () => {
      left = true;
    };
  }, [step]);
  if (!(step in laterSteps)) return null;
  return Part ? <Part {...props} /> : <div class="bone bone-block" role="status" aria-label={words.say('page.loading')} />;
}
