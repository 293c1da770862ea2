import type { Booking } from '@holdfast/contract/booking';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { askBooking, checkPayment, type Trouble } from '../api.ts';
import { setServerNow } from '../server-clock.ts';
import { useLookAgain } from '../use-look-again.ts';

/** After coming back from the provider: how long to wait before each time of asking. Then the page goes back to quiet looking. */
const askAfterMs = [0, 700, 1000, 1500, 2000, 3000, 4000, 6000];
const quietLookMs = 15_000;
const checkingLookMs = 4000;

/** Keeps the booking fresh: asks the provider's answer through the server while that matters, and looks quietly otherwise. */
export function useBooking(initial: Booking, backFromPayment: boolean) {
  const [booking, setBooking] = useState(initial);
  const [asking, setAsking] = useState(backFromPayment && !showsMoney(initial));
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const shown = useRef(initial);

  const take = useCallback((fresh: Booking) => {
    // two questions may overtake each other: what was read earlier must not hide what is known since
    if (Date.parse(fresh.now) < Date.parse(shown.current.now)) return;
    setServerNow(fresh.now);
    shown.current = fresh;
    setBooking(fresh);
    setTrouble(null);
  }, []);

  /** Has the provider asked. A fault is shown, but what was known stays on the screen. */
  const check = useCallback(async (): Promise<boolean> => {
    const answer = await checkPayment(shown.current.token);
    if (answer.ok) take(answer.value);
    else setTrouble(answer.trouble);
    return answer.ok && isSettled(answer.value);
  }, []);

  const look = useCallback(async () => {
    const answer = await askBooking(shown.current.token);
    if (answer.ok) take(answer.value);
  }, []);

  useEffect(() => {
    if (!asking) return;
    let left = false;
    const askOn = async () => {
      for (const wait of askAfterMs) {
        await new Promise((resolve) => setTimeout(resolve, wait));
        if (left || (await check())) break;
      }
      if (!left) setAsking(false);
    };
    void askOn();
    return () => {
      left = true;
    };
  }, [asking]);

  const moving = booking.status === 'held' || booking.status === 'checking' || (booking.status === 'waiting' && booking.payment !== null);
  useEffect(() => {
    if (!moving || asking) return;
    const again = booking.status === 'checking' ? () => void check() : () => void look();
    const timer = setInterval(() => document.visibilityState === 'visible' && again(), booking.status === 'checking' ? checkingLookMs : quietLookMs);
    return () => clearInterval(timer);
  }, [moving, asking, booking.status]);

  useLookAgain(look);

  return { booking, take, asking, check, look, trouble };
}

/** Whoever comes back may have paid a moment ago, late, for a time that was let go: then we have to hear it from the provider, not from the past. */
function showsMoney({ status, dueMinor }: Booking): boolean {
  return status === 'confirmed' || status === 'needs_choice' || (status === 'waiting' && dueMinor === 0);
}

function isSettled(booking: Booking): boolean {
  if (booking.status === 'held' || booking.status === 'checking') return false;
  return !(booking.status === 'waiting' && booking.dueMinor > 0);
}
