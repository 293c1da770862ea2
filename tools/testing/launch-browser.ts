import { type Browser, chromium } from 'playwright-core';

/**
 * The Chromium that `npm test` found or brought; its path is in CHROMIUM_PATH. It talks to our own pages on loopback only, which is why it may
 * run without its sandbox (root has none, and many containers refuse it to others), and must not look around the network by itself.
 */
export async function launchBrowser(...more: readonly string[]): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'];
  if (!executablePath)
    throw new Error('CHROMIUM_PATH is not set. "npm test" finds a browser and sets it; without npm, set it to a Chromium or Chrome.');
  return chromium.launch({
    executablePath,
    chromiumSandbox: false,
    args: [
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}
