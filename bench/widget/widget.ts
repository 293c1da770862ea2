import { loadavg } from 'node:os';
import type { Browser } from 'playwright-core';
import { startDemo } from '../../e2e/running-demo.ts';
import { launchBrowser } from '../../tools/testing/launch-browser.ts';
import { spread, spreadOf, table } from '../kit/compare.ts';

/** Lighthouse's slow 4G: 150 ms there and back, 1.6 Mbit/s down, 0.75 up. */
const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const SLOWER = 4;

interface Visit {
  readonly firstAnswer: number;
  readonly painted: number;
  readonly interactive: number;
  readonly shift: number;
}

/** The booking page on a slow phone, nothing kept from an earlier visit: how soon it answers, is seen, and can be used. Answers markdown. */
export async function benchWidget({ rounds = 7 } = {}): Promise<string> {
  const before = loadavg()[0] ?? 0;
  const [demo, browser] = await Promise.all([startDemo(), launchBrowser()]);
  try {
    const rows: string[][] = [];
    for (const language of ['en', 'uk', 'ar']) {
      const visits: Visit[] = [];
      // the first one warms up and is thrown away
      for (let round = 0; round <= rounds; round++) {
        const visit = await visitPage(browser, `${demo.origin}/book/demo/lisbon?language=${language}`);
        if (round > 0) visits.push(visit);
      }
      const of = (what: (visit: Visit) => number, digits = 0) => spread(spreadOf(visits.map(what)), digits);
      rows.push([language, of((one) => one.firstAnswer), of((one) => one.painted), of((one) => one.interactive), of((one) => one.shift, 3)]);
    }
    return [
      table(['The booking page, language', 'first answer, ms', 'first paint, ms', 'usable, ms (goal ≤ 1000)', 'layout shift (goal 0)'], rows),
      '',
      `Method: the demo's booking page in headless Chromium, 390 × 844, an empty cache each time, the processor slowed ${SLOWER} times and the network as slow 4G`,
      `(150 ms, 1.6 Mbit/s) by the browser's own protocol. Usable: the first service's box answers a click, seen from the page's own clock; ${rounds} visits, median (min–max).`,
      `The first answer has two journeys of the network in it. Load of the machine: ${before.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after.`,
    ].join('\n');
  } finally {
    await browser.close();
    await demo.stop();
    demo.removeData();
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
    const seen = { shift: 0, usable: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const one of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!one.hadRecentInput) seen.shift += one.value;
    }).observe({ type: 'layout-shift', buffered: true });
    const look = () => {
      const box = document.querySelector<HTMLInputElement>('#app input[type=checkbox]');
      if (!box) return requestAnimationFrame(look);
      box.click();
      return requestAnimationFrame(function answered() {
        if (box.closest('[data-chosen=true]')) seen.usable = performance.now();
        else requestAnimationFrame(answered);
      });
    };
    requestAnimationFrame(look);
  });
  await page.goto(url);
  await page.waitForFunction(() => (window as unknown as { seen: { usable: number } }).seen.usable > 0);
  const visit = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const { seen } = window as unknown as { seen: { shift: number; usable: number } };
    const painted = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    return { firstAnswer: navigation?.responseStart ?? 0, painted, interactive: seen.usable, shift: seen.shift };
  });
  await context.close();
  return visit;
}
