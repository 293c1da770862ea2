import { mkdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const folder = fileURLToPath(new URL('../docs/pictures/', import.meta.url));
const heaviestBytes = 150_000;

/** The screen as `docs/pictures/<name>.png`, with nothing moving in it. */
export async function writePicture(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready.then(() => (document.activeElement as HTMLElement | null)?.blur()));
  const path = `${folder}${name}.png`;
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = statSync(path);
  if (size > heaviestBytes) throw new Error(`${path} has ${size} bytes, more than ${heaviestBytes}.`);
  console.log(`${name}.png ${Math.round(size / 1000)} kB`);
}
