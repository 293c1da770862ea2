import pino from 'pino';
import { expect, test } from 'vitest';
import { createBackground } from './background.ts';

const log = pino({ level: 'silent' });

test('a provider that does not answer holds up no hold that has run out', async () => {
  const provider = Promise.withResolvers<number>();
  const expired = Promise.withResolvers<void>();
  let times = 0;
  const background = createBackground(
    [
      { name: 'payments', run: () => provider.promise },
      {
        name: 'holds',
        run: async () => {
          if (++times === 3) expired.resolve();
          return 0;
        },
      },
    ],
    log,
  );
  background.start(1);
  await expired.promise;
  provider.resolve(0);
  await background.stop();
});

test('one chore is never done twice at once, however often it is asked for', async () => {
  let [atOnce, most, left] = [0, 0, 5];
  const run = async () => {
    most = Math.max(most, ++atOnce);
    await new Promise((done) => setImmediate(done));
    atOnce--;
    return left-- > 0 ? 1 : 0;
  };
  const background = createBackground([{ name: 'only', run }], log);
  background.start(1);
  await Promise.all([background.settleDown(), background.settleDown(), background.settleDown()]);
  await background.stop();
  expect([most, atOnce]).toEqual([1, 0]);
});

test('a chore that fails does not keep the others from being done', async () => {
  let done = 0;
  const fails = async (): Promise<number> => {
    throw new Error('out of order');
  };
  const works = async () => (done++ < 2 ? 1 : 0);
  await createBackground(
    [
      { name: 'fails', run: fails },
      { name: 'works', run: works },
    ],
    log,
  ).settleDown();
  expect(done).toBe(3);
});
