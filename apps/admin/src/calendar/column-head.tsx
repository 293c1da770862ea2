import type { CSSProperties } from 'react';
import { useWords } from '../words.tsx';
import { initialsOf, inkOn } from './block-marks.ts';
import type { Column, View } from './board-columns.ts';

/** Who or which day a column is. It stays at the top while the day is scrolled. */
export function ColumnHead({ column: { day, staff, works }, view, today }: { column: Column; view: View; today: boolean }) {
  const { day: sayDay, shortDay, say } = useWords();
  const one = staff.length === 1 ? staff[0] : undefined;
  const off = works.length === 0;
  if (view === 'week' || !one) {
    return (
      // biome-ignore lint/a11y/useSemanticElements: see the block
      // biome-ignore lint/a11y/useFocusableInteractive: see the block
      <div role="rowheader" className="cal-head" aria-label={sayDay(day.day)}>
        <span className="cal-who">
          <b data-today={today ? '' : undefined}>{shortDay(day.day)}</b>
          {off && <small>{say('calendar.day_off')}</small>}
        </span>
      </div>
    );
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: see the block
    // biome-ignore lint/a11y/useFocusableInteractive: see the block
    <div role="rowheader" className="cal-head">
      <span className="cal-face" aria-hidden style={{ '--theirs': one.color, '--ink': inkOn(one.color) } as CSSProperties}>
        {initialsOf(one.name)}
      </span>
      <span className="cal-who">
        <b>{one.name}</b>
        <small>{[one.position, one.archived ? say('calendar.archived') : off ? say('calendar.day_off') : ''].filter(Boolean).join(' · ')}</small>
      </span>
    </div>
  );
}
