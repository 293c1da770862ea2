import { useState } from 'react';

/** Pixels of an hour. */
const heights = [48, 64, 88, 120, 168] as const;
const USUAL = 2;
const KEPT = 'holdfast-calendar-zoom';

/** How tall an hour is: a matter of this browser's screen, so kept there. */
export function useZoom() {
  const [index, setIndex] = useState(() => {
    const kept = Number(localStorage.getItem(KEPT) ?? USUAL);
    return Number.isInteger(kept) && kept >= 0 && kept < heights.length ? kept : USUAL;
  });
  return {
    hourHeight: heights[index] ?? heights[USUAL],
    canIn: index < heights.length - 1,
    canOut: index > 0,
    change: (by: 1 | -1) => {
      const next = Math.min(Math.max(index + by, 0), heights.length - 1);
      localStorage.setItem(KEPT, String(next));
      setIndex(next);
    },
  };
}
