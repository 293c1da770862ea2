import { loadavg } from 'node:os';
import type { Browser } from 'playwright-core';
import { openPartnerSite } from '../../e2e/partner-page.ts';
import { startDemo } from '../../e2e/running-demo.ts';
import { launchBrowser } from '../../tools/testing/launch-browser.ts';
import { spread, spreadOf, table } from '../kit/compare.ts';
import { servePage } from './thin-page.ts';

/** Lighthouse's slow 4G: 150 ms there and back, 1.6 Mbit/s down, 0.75 up. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const SLOWER = 4;

interface Visit {
  readonly firstAnswer: number;
  readonly painted: number;
  readonly usable: number;
  readonly goesOn: number;
  readonly shift: number;
}

/** The booking page on a slow phone, nothing kept from an earlier visit: how soon it answers, is seen, and can be used. Answers markdown. */
export async function benchWidget({ rounds = 5 } = {}): Promise<string> {
  const before = loadavg()[0] ?? 0;
  const [demo, browser, thin] = await Promise.all([startDemo(), launchBrowser(), servePage()]);
  const partner = await openPartnerSite(demo.origin);
  try {
    const pages = [
      { name: 'thin', url: thin.origin },
      ...['en', 'uk', 'ar'].map((language) => ({ name: language, url: `${demo.origin}/book/demo/lisbon?language=${language}` })),
      { name: 'on a partner’s page', url: `${partner.origin}/hotel?mode=inline` },
    ];
    const visits = new Map<string, Visit[]>(pages.map(({ name }) => [name, []]));
    // the first round warms up and is thrown away
    for (let round = 0; round <= rounds; round++) {
      for (const { name, url } of round % 2 === 0 ? pages : pages.toReversed()) {
        const visit = await visitPage(browser, url);
        if (round > 0) visits.get(name)?.push(visit);
      }
    }
    const of = (name: string) => visits.get(name) ?? [];
    const rows = pages.map(({ name }) => {
      const all = (what: (visit: Visit) => number, digits = 0) => spread(spreadOf(of(name).map(what)), digits);
      const beside = of(name).map((one, round) => one.usable / (of('thin')[round] as Visit).usable);
      return [
        name,
        all((one) => one.firstAnswer),
        all((one) => one.painted),
        all((one) => one.usable),
        all((one) => one.goesOn),
        spread(spreadOf(beside), 1),
        all((one) => one.shift, 3),
      ];
    });
    return [
      table(
        [
          'The booking page',
          'first answer, ms',
          'first paint, ms',
          'usable, ms (goal ≤ 1000)',
          'goes on, ms',
          'usable ÷ thin',
          'layout shift (goal 0)',
        ],
        rows,
      ),
      '',
      `Method: headless Chromium, 390 × 844, an empty cache each time, the processor slowed ${SLOWER} times and the network as slow 4G (150 ms, 1.6 Mbit/s) by the`,
      'browser’s own protocol. Usable: the first service’s box answers a click and is seen to, from the page’s own clock. Goes on: the script has taken over, the box is',
      'still chosen, its price stands in the bar and the way on is open. Thin: a page of 400 bytes with one box and a script of',
      `one line beside it, which is the least that can be measured here. ${rounds} visits of each, in turn, after one to warm up; a ratio is taken within a round; median`,
      `(min–max). Load of the machine with its two cores: ${before.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after.`,
    ].join('\n');
  } finally {
    await browser.close();
    await partner.close();
    await thin.close();
    await demo.stop();
    await demo.removeData();
  }
}

async function visitPage(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  await devtools.send('Network.emulateNetworkConditions', SLOW_4G);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await page.addInitScript(() => {
    const seen = { shift: 0, usable: 0, goesOn: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const one of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!one.hadRecentInput) seen.shift += one.value;
    }).observe({ type: 'layout-shift', buffered: true });
    const look = (): unknown => {
      const inside = document.querySelector('holdfast-booking')?.shadowRoot ?? document;
      const box = inside.querySelector<HTMLInputElement>('input[type=checkbox]');
      if (!box) return requestAnimationFrame(look);
      box.click();
      return requestAnimationFrame(function answered() {
        const choice = box.closest('label');
        const isThin = choice?.className === '';
        const looksChosen = choice && (isThin ? choice.dataset['chosen'] === 'true' : getComputedStyle(choice).boxShadow !== 'none');
        if (seen.usable === 0 && looksChosen) seen.usable = performance.now();
        // whatever drew the box: the script answers for it now
        const goesOn =
          isThin || (inside.querySelector('.choice[data-chosen=true] :checked') && inside.querySelector('.button-main[aria-disabled=false]'));
        if (seen.usable > 0 && goesOn) seen.goesOn = performance.now();
        else requestAnimationFrame(answered);
      });
    };
    requestAnimationFrame(look);
  });
  await page.goto(url);
  await page.waitForFunction(() => (window as unknown as { seen: { goesOn: number } }).seen.goesOn > 0, null, { timeout: 120_000 });
  const visit = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const { seen } = window as unknown as { seen: { shift: number; usable: number; goesOn: number } };
    const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    return { firstAnswer: navigation?.responseStart ?? 0, painted, usable: seen.usable, goesOn: seen.goesOn, shift: seen.shift };
  });
  await context.close();
  return visit;
}
