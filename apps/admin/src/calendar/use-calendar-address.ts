import { useNavigate, useSearch } from '@tanstack/react-router';
import type { CalendarSearch } from './routes.tsx';

/** What the board shows lives in the address; changing it keeps the rest of it. */
export function useCalendarAddress() {
  const search = useSearch({ strict: false }) as CalendarSearch;
  const navigate = useNavigate();
  /** `replace`: going back should not lead through every day that was looked at. */
  const go = (change: { [Key in keyof CalendarSearch]: CalendarSearch[Key] | undefined }, replace = false) =>
    void navigate({
      to: '.',
      search: (before: CalendarSearch) => Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== undefined)),
      replace,
      resetScroll: false,
    } as Parameters<typeof navigate>[0]);
  return { search, go };
}
