import { fileURLToPath } from 'node:url';

export const projectFolder = fileURLToPath(new URL('../..', import.meta.url));

/** Something this machine lacks and we could not bring. The message is for a person and says what they can do. */
export class Unprepared extends Error {}

export function say(line) {
  console.log(`holdfast: ${line}`);
}

/** One line before something slow, one after it: a silent minute looks like a hang. */
export async function withProgress(what, work) {
  const began = performance.now();
  say(`${what} …`);
  const answer = await work();
  say(`${what}: done (${((performance.now() - began) / 1000).toFixed(1)} s)`);
  return answer;
}
