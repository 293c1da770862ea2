import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useSurroundings } from '../surroundings.ts';

let firstOnPage = true;

/** A screen's heading takes the focus when the screen changes, so that a screen reader starts where the eye does. Not on the first load. */
export function StepTitle({ children, focusKey }: { children: ComponentChildren; focusKey: string }) {
  const around = useSurroundings();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!firstOnPage) {
      around.toTop(heading.current);
      heading.current?.focus({ preventScroll: true });
    }
    firstOnPage = false;
  }, [focusKey]);
  return (
    <h1 ref={heading} tabIndex={-1} class="step-title" aria-level={around.embedded ? 2 : undefined}>
      {children}
    </h1>
  );
}
