import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { merchant, sandboxForTest } from './sandbox-for-test.ts';

/** A port that nobody has, the one after it taken. */
async function portBesideTaken(): Promise<number> {
  const listen = (port: number) =>
    new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
      const server = createServer();
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => resolve(server));
    });
  for (;;) {
    const first = await listen(0);
    const { port } = first.address() as { port: number };
    const second = await listen(port + 1).catch(() => undefined);
    await new Promise((resolve) => {
      first.close(resolve);
    });
    if (!second) continue;
    onTestFinished(() => void second.close());
    return port;
  }
}

test('pages are on the next free port, in plain http, and the API at its own, in https', async () => {
  const port = await portBesideTaken();
  const { sandbox } = await sandboxForTest({ port });
  expect(sandbox.origin).toBe(`https://127.0.0.1:${port}`);
  expect(sandbox.pagesOrigin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(Number(new URL(sandbox.pagesOrigin).port)).toBeGreaterThan(port + 1);
  expect((await fetch(`${sandbox.pagesOrigin}/app`)).status).toBe(200);
});

test('behind another address, codes name that address', async () => {
  const { sandbox } = await sandboxForTest({ publicOrigin: 'https://pix.salon.example' });
  const salon = await merchant(sandbox, 'salon');
  const { location, pixCopiaECola } = await salon.good('POST', '/v2/cob', salon.cobOf());
  expect([sandbox.pagesOrigin, location]).toEqual([
    'https://pix.salon.example',
    expect.stringMatching(/^pix\.salon\.example\/qr\/v2\/[0-9a-f]{32}$/),
  ]);
  expect(pixCopiaECola).toContain(location);
});
