import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Journal } from './journal.ts';

interface Kinds {
  coin: { worth: number };
  note: { text: string };
}
const kinds = ['coin', 'note'] as const;
const path = () => join(mkdtempSync(join(tmpdir(), 'journal-')), 'rows.jsonl');

test('what was written is there after a restart, in the order in which it came', () => {
  const file = path();
  const first = new Journal<Kinds>(kinds, file);
  first.write((tx) => tx.put('coin', 'b', { worth: 1 }));
  first.write((tx) => tx.put('coin', 'a', { worth: 2 }));
  first.write((tx) => {
    tx.put('coin', 'b', { worth: 3 });
    tx.put('note', 'n', { text: 'gone' });
  });
  first.write((tx) => tx.drop('note', 'n'));
  first.close();
  for (let restart = 0; restart < 2; restart++) {
    const again = new Journal<Kinds>(kinds, file);
    expect(again.list('coin')).toEqual([{ worth: 3 }, { worth: 2 }]);
    expect(again.list('note')).toEqual([]);
    again.close();
  }
});

test('a deed that fails has not happened, and one deed sees its own changes', () => {
  const journal = new Journal<Kinds>(kinds);
  expect(() =>
    journal.write((tx) => {
      tx.put('coin', 'a', { worth: 1 });
      expect([tx.get('coin', 'a'), tx.list('coin')]).toEqual([{ worth: 1 }, [{ worth: 1 }]]);
      expect(journal.get('coin', 'a')).toBeUndefined();
      throw new Error('changed my mind');
    }),
  ).toThrow('changed my mind');
  expect(journal.list('coin')).toEqual([]);
});

test('a line torn by a crash is left out, and nothing before it', () => {
  const file = path();
  const journal = new Journal<Kinds>(kinds, file);
  journal.write((tx) => tx.put('coin', 'a', { worth: 1 }));
  journal.close();
  appendFileSync(file, '[["coin","b",{"worth":');
  const again = new Journal<Kinds>(kinds, file);
  expect(again.list('coin')).toEqual([{ worth: 1 }]);
  again.write((tx) => tx.put('coin', 'c', { worth: 3 }));
  again.close();
  expect(new Journal<Kinds>(kinds, file).list('coin')).toEqual([{ worth: 1 }, { worth: 3 }]);
});

test('whatever was acknowledged before kill -9 is there afterwards', async () => {
  const file = path();
  const module = JSON.stringify(new URL('./journal.ts', import.meta.url).href);
  const program = `
    const { Journal } = await import(${module});
    const journal = new Journal(['coin'], ${JSON.stringify(file)});
    for (let n = 0; ; n++) { journal.write((tx) => tx.put('coin', String(n), { worth: n })); process.stdout.write(n + '\\n'); await new Promise(setImmediate); }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const part of child.stdout) {
    said += String(part);
    if (said.split('\n').length > 20) child.kill('SIGKILL');
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  const acknowledged = Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
  expect(readFileSync(file, 'utf8').length).toBeGreaterThan(0);
  const kept = new Journal<{ coin: { worth: number } }>(['coin'], file).list('coin').map((coin) => coin.worth);
  expect(kept.length).toBeGreaterThan(acknowledged);
  expect(kept).toEqual(kept.map((_, n) => n));
});
