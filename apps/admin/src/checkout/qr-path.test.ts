import { encode } from 'uqr';
import { expect, test } from 'vitest';
import { qrPath } from './qr-path.ts';

test('neighbouring dark modules are drawn as one run', () => {
  expect(
    qrPath([
      [true, true, false, true],
      [false, false, true, true],
    ]),
  ).toBe('M0 0h2v1H0zM3 0h1v1H3zM2 1h2v1H2z');
});

test('every dark module of a payment link is drawn, and nothing in the white around it', () => {
  const { data, size } = encode('https://salon.example/p/abcdefghijklmnopqrstuvwxyz0123456789', { ecc: 'M', border: 4 });
  const drawn = [...qrPath(data).matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, run]) => ({ x: Number(x), y: Number(y), run: Number(run) }));
  expect(drawn.reduce((sum, { run }) => sum + run, 0)).toBe(data.flat().filter(Boolean).length);
  for (const { x, y, run } of drawn) {
    expect(x).toBeGreaterThanOrEqual(4);
    expect(x + run).toBeLessThanOrEqual(size - 4);
    expect(y).toBeGreaterThanOrEqual(4);
    expect(y).toBeLessThan(size - 4);
  }
});
