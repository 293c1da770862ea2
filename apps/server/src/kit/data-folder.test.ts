import { chmodSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { demoKey, makeDataFolder } from './data-folder.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'holdfast-folder-'));

test('the demo makes its key once, for its owner only, and finds it again', () => {
  const folder = join(newFolder(), 'deep', 'data');
  makeDataFolder(folder);
  const key = demoKey(folder);
  expect(demoKey(folder).equals(key)).toBe(true);
  expect(readdirSync(folder)).toEqual(['key']);
  expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(readFileSync(join(folder, 'key'), 'utf8')).toBe(`${key.toString('base64')}\n`);
});

test('two demos have different keys', () => {
  expect(demoKey(newFolder()).equals(demoKey(newFolder()))).toBe(false);
});

test('a damaged key is never replaced by a new one: what it has sealed would be lost', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'key'), 'damaged');
  expect(() => demoKey(folder)).toThrow(/key in .* is damaged/);
  expect(readFileSync(join(folder, 'key'), 'utf8')).toBe('damaged');
});

test('a data folder that cannot be made is named, with what to do', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'file'), '');
  chmodSync(join(folder, 'file'), 0o600);
  expect(() => makeDataFolder(join(folder, 'file', 'data'))).toThrow(/data folder .*\/file\/data cannot be used .* DATA_DIR/);
});
