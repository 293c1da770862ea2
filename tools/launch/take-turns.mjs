import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectFolder, say, Unprepared } from './say.mjs';

const lockFile = join(projectFolder, '.cache', 'setting-up');

/** Two first commands in two terminals must not install into one folder at once: the second waits. A lock whose owner has died is taken over. */
export async function oneAtATime(work) {
  try {
    mkdirSync(dirname(lockFile), { recursive: true });
    accessSync(dirname(lockFile), constants.W_OK);
  } catch (error) {
    throw new Unprepared(`this user may not write to ${dirname(lockFile)} (${error.code}): run it as the user whose folder this is.`);
  }
  for (let waited = false; !takeLock(); waited = true) {
    if (!waited) say('another command is setting this folder up, waiting for it …');
    await sleep(500);
  }
  const release = () => rmSync(lockFile, { force: true });
  process.once('exit', release);
  // without a listener these end the process at once, and no 'exit' is told
  const giveUp = () => process.exit(1);
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.once(signal, giveUp);
  try {
    return await work();
  } finally {
    for (const signal of signals) process.removeListener(signal, giveUp);
    process.removeListener('exit', release);
    release();
  }
}

function takeLock() {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  try {
    const owner = Number(readFileSync(lockFile, 'utf8'));
    if (owner > 0 && !isAlive(owner)) rmSync(lockFile, { force: true });
  } catch {
    // its owner has just removed it
  }
  return false;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
