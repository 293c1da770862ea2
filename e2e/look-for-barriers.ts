import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Nothing on this screen may stand in anybody's way: axe finds nothing, in light and in dark, and a phone never scrolls sideways. */
export async function expectNoBarriers(page: Page, screen: string, within?: string): Promise<void> {
  expect({ screen, ...(await barriersOn(page, within === undefined, within)) }).toEqual({ screen, light: [], dark: [], sideways: 0 });
}

/** What axe finds on this screen (`within`: in this element alone, a shadow root behind it included), and by how many pixels it is wider than the window. The colours of the dark are the same at every width. */
export async function barriersOn(page: Page, alsoDark = true, within = 'html') {
  // into the page from outside: its content security policy would refuse a script element; half a megabyte, so once per document
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const light = await run(page, within, { runOnly: rules });
  await page.emulateMedia({ colorScheme: alsoDark ? 'dark' : 'light' });
  const dark = !alsoDark ? [] : await run(page, within, { runOnly: { type: 'rule', values: ['color-contrast'] } });
  await page.emulateMedia({ colorScheme: 'light' });
  return { light, dark, sideways: await page.evaluate(widerThanScreen) };
}

async function run(page: Page, within: string, options: axe.RunOptions): Promise<string[]> {
  const { violations, passes } = await page.evaluate<axe.AxeResults, [string, axe.RunOptions]>(
    ([where, how]) => window.axe.run(where === 'html' ? document : where, how),
    [within, { ...options, resultTypes: ['violations'] }],
  );
  // a run that looked at nothing has found nothing
  expect(passes.length).toBeGreaterThan(0);
  return violations.flatMap(({ id, impact, help, nodes }) => nodes.map((node) => `${impact} ${id}: ${help} – ${node.html.slice(0, 200)}`));
}

function widerThanScreen(): number {
  return Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

declare global {
  interface Window {
    readonly axe: typeof axe;
  }
}
