import { useBlocker } from '@tanstack/react-router';
import { useWords } from '../words.tsx';
import { confirmed } from './confirm.tsx';

/** Asks before a form with unsaved changes is left, also when the tab is closed. Another tab of the same page is no leaving. */
export function useLeaveGuard(dirty: boolean): void {
  const { say } = useWords();
  useBlocker({
    disabled: !dirty,
    enableBeforeUnload: () => dirty,
    shouldBlockFn: async ({ current, next }) => {
      if (current.pathname === next.pathname) return false;
      return !(await confirmed({
        title: say('frame.leave'),
        more: say('frame.leave.more'),
        yes: say('frame.leave.yes'),
        no: say('frame.leave.no'),
        danger: true,
      }));
    },
  });
}
