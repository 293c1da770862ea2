import { type Browser, chromium } from 'playwright-core';

/** What draws the browser's own window: buttons that are web pages themselves, in a process for each window, though nobody sees it. A quarter of all its work. */
const OF_THE_WINDOW = [
  'PreloadTopChromeWebUI',
  'PreloadTopChromeWebUILessNavigations',
  'InitialWebUI',
  'WebUIReloadButton',
  'WebUIToolbar',
  'WebUIHomeButton',
  'WebUILocationBar',
  'WebUISplitTabsButton',
  'WebUIAvatarButton',
  'WebUIPinnedToolbarActions',
  'WebUIOmniboxPopup',
  'WebUIOmniboxFullPopup',
  'WebUIOmniboxAimPopup',
  'Webium',
];
/** What Playwright switches off itself (chromiumSwitches): of two such lists the browser hears the last one only. */
const OF_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
];

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
      `--disable-features=${[...OF_PLAYWRIGHT, ...OF_THE_WINDOW].join(',')}`,
      ...more,
    ],
  });
}
