import { type WidgetEventDetail, widgetEventsVersion } from '@holdfast/contract/widget-events';
import { type Happening, hear } from '../happenings.ts';
import { eventsOf, type Told } from './events-of.ts';
import { type Google, openGoogle } from './google.ts';

/** Tells the page, and Google where the salon measures and the client agrees. Whatever goes wrong here, the booking goes on. */
export function tellOthers(stage: HTMLElement, language: string): void {
  const root = stage.getRootNode();
  const host = root instanceof ShadowRoot ? (root.host as HTMLElement) : stage;
  let google: Google | undefined;
  hear((happening) => {
    try {
      const measurementId = measurementIdOf(happening);
      if (measurementId) google ??= openGoogle(measurementId, { host, embedded: host !== stage, language });
      if ('booking' in happening) google?.sees(happening.booking.token);
      for (const told of eventsOf(happening)) {
        const first = isFirst(told);
        if (first) tellPage(host, told);
        // a payment is Google's to hear of once, from one of two: the server decides; a booking may be paid in several
        if (told.name !== 'payment_completed') {
          if (first) google?.tell(told);
        } else if (isFirst({ name: 'claimed', once: `${told.once} ${told.facts.valueMinor}` }))
          google?.claim((happening as { booking: { token: string } }).booking.token, told.facts);
      }
    } catch {
      // a page may forbid storage, or listen badly
    }
  });
}

function tellPage(host: HTMLElement, { name, facts }: Told): void {
  const detail: WidgetEventDetail = { version: widgetEventsVersion, name, ...facts };
  host.dispatchEvent(new CustomEvent(`holdfast:${name}`, { detail, bubbles: true, composed: true }));
}

function measurementIdOf(happening: Happening): string | null {
  return 'page' in happening ? happening.page.widget.measurementId : happening.booking.link.measurementId;
}

const key = 'holdfast:told';

/** Whether this has not been told in this tab yet. Where nothing can be kept, it has not. */
function isFirst({ name, once }: { name: string; once?: string }): boolean {
  if (once === undefined) return true;
  try {
    const storage = sessionStorage;
    const before = JSON.parse(storage.getItem(key) ?? '[]') as string[];
    const mark = `${name} ${once}`;
    if (before.includes(mark)) return false;
    storage.setItem(key, JSON.stringify([...before.slice(-49), mark]));
  } catch {
    // see above
  }
  return true;
}
