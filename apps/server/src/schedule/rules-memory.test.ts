import { expect, test } from 'vitest';
import { createRulesMemory } from './rules-memory.ts';
import { plainSalon } from './testing/plain-salon.ts';

const key = { chainId: 'chn', locationId: 'loc' };

function shelf() {
  const asked: (() => void)[] = [];
  const there = { version: 1n };
  const memory = createRulesMemory(async () => {
    const { version } = there; // what a reading that begins now will find
    await new Promise<void>((resolve) => asked.push(resolve));
    const { catalog, hours } = plainSalon({ services: {}, staff: {} });
    return { catalog: { ...catalog, version }, hours };
  });
  return { memory, asked, there };
}

test('whoever misses at the same time shares one reading, and later ones need none', async () => {
  const { memory, asked } = shelf();
  const both = Promise.all([memory.get(key), memory.get(key)]);
  expect(asked).toHaveLength(1);
  asked[0]?.();
  const [one, other] = await both;
  expect(one).toBe(other);
  expect(await memory.get(key)).toBe(one);
  expect(asked).toHaveLength(1);
});

test('a reading that began before the change does not satisfy who has seen the change', async () => {
  const { memory, asked, there } = shelf();
  const early = memory.get(key);
  there.version = 2n;
  const late = memory.getAtLeast(key, 2n);
  asked[0]?.();
  expect((await early)?.catalog.version).toBe(1n);
  await Promise.resolve().then(() => {});
  while (asked.length < 2) await new Promise((resolve) => setImmediate(resolve));
  asked[1]?.();
  expect((await late)?.catalog.version).toBe(2n);
  expect((await memory.get(key))?.catalog.version).toBe(2n);
});

test('what is forgotten while it is being read is not remembered', async () => {
  const { memory, asked } = shelf();
  const early = memory.get(key);
  memory.forget(key);
  asked[0]?.();
  await early;
  void memory.get(key);
  expect(asked).toHaveLength(2);
});

test('a failed reading is told to all who waited, and the next one tries again', async () => {
  let calls = 0;
  const memory = createRulesMemory(async () => {
    calls++;
    throw new Error('line is gone');
  });
  await expect(Promise.all([memory.get(key), memory.get(key)])).rejects.toThrow('line is gone');
  await expect(memory.get(key)).rejects.toThrow('line is gone');
  expect(calls).toBe(2);
});

test('the memory has an end: the location that came first goes first', async () => {
  const read: string[] = [];
  const memory = createRulesMemory(
    async ({ locationId }) => {
      read.push(locationId);
      return plainSalon({ services: {}, staff: {} });
    },
    { most: 2 },
  );
  for (const locationId of ['a', 'b', 'c', 'b', 'a']) await memory.get({ chainId: 'chn', locationId });
  expect(read).toEqual(['a', 'b', 'c', 'a']);
});
