export type Consent = 'granted' | 'denied' | 'unknown';

interface Where {
  readonly host: HTMLElement;
  readonly embedded: boolean;
}

/**
 * Whether the client has agreed to be measured, now and whenever it changes. On somebody else's page that page knows: by the attribute `consent` of our element
 * (`granted`, `denied`), or by gtag's own consent mode. On a page of ours the client is asked, and the answer is kept in the browser.
 */
export function watchConsent({ host, embedded }: Where, tell: (consent: Consent) => void): void {
  if (!embedded) {
    tell(keptAnswer());
    return;
  }
  const now = () => {
    const said = host.getAttribute('consent');
    tell(said === 'granted' || said === 'denied' ? said : consentOfGtag());
  };
  new MutationObserver(now).observe(host, { attributes: true, attributeFilter: ['consent'] });
  const layer = dataLayer();
  const push = layer.push.bind(layer);
  layer.push = (...items: unknown[]) => {
    const length = push(...items);
    if (items.some((item) => isConsent(item))) now();
    return length;
  };
  now();
}

const answerKey = 'holdfast:measuring';

function keptAnswer(): Consent {
  try {
    const kept = localStorage.getItem(answerKey);
    return kept === 'granted' || kept === 'denied' ? kept : 'unknown';
  } catch {
    return 'denied'; // nothing can be kept, so the question would come again and again
  }
}

export function keepAnswer(answer: Consent): void {
  try {
    localStorage.setItem(answerKey, answer);
  } catch {
    // see above
  }
}

export function dataLayer(): unknown[] {
  const page = window as { dataLayer?: unknown[] };
  page.dataLayer ??= [];
  return page.dataLayer;
}

/** gtag keeps what it is told as `arguments`: `consent`, `default` or `update`, what is granted. The last word counts. */
function consentOfGtag(): Consent {
  const said = dataLayer()
    .filter(isConsent)
    .flatMap((item) => item[2].analytics_storage ?? []);
  const last = said.at(-1);
  return last === 'granted' || last === 'denied' ? last : 'unknown';
}

function isConsent(item: unknown): item is ['consent', string, { analytics_storage?: string }] {
  const said = Object(item) as Record<number, unknown>; // an `arguments` is no array
  return said[0] === 'consent' && typeof said[2] === 'object' && said[2] !== null;
}
