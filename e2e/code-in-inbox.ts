import { setTimeout as pause } from 'node:timers/promises';
import type { Person } from './person.ts';

/** The newest code in the demo's inbox, which is everybody's telephone, of a number that ends so; another one than `not`. */
export async function codeInInbox({ context }: Pick<Person, 'context'>, origin: string, phone: string, not?: string): Promise<string> {
  const inbox = await context.newPage();
  try {
    const until = Date.now() + 60_000;
    while (Date.now() < until) {
      await inbox.goto(`${origin}/demo/inbox`);
      const message = inbox
        .locator('article', { hasText: endingOf(phone) })
        .filter({ hasText: '#' })
        .first();
      const code = (await message.count()) > 0 ? /#(\d{6})/.exec(await message.innerText())?.[1] : undefined;
      if (code && code !== not) return code;
      await pause(200);
    }
    throw new Error('no code came');
  } finally {
    await inbox.close();
  }
}

/** As the inbox shows a number. */
const endingOf = (phone: string) => `•••${phone.replaceAll(' ', '').slice(-4)}`;
