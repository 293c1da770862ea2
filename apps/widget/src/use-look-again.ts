import { useEffect } from 'preact/hooks';
import { onClockMoved } from './server-clock.ts';

/** Looks again when somebody comes back to the page or their line comes back: what they see may have changed elsewhere. Always the first `look`. */
export function useLookAgain(look: () => unknown): void {
  useEffect(() => {
    const seen = () => document.hidden || void look();
    document.addEventListener('visibilitychange', seen);
    addEventListener('online', seen);
    const forget = onClockMoved(() => void look());
    return () => {
      document.removeEventListener('visibilitychange', seen);
      removeEventListener('online', seen);
      forget();
    };
  }, []);
}
