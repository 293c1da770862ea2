import { expect } from 'vitest';
import type { Person } from './person.ts';

/** The newest code in the demo's inbox, which is everybody's telephone, of a number that ends so; another one than `not`. */
export async function codeInInbox({ context }: Pick<Person, 'context'>, origin: string, phone: string, not?: string): Promise<string> {
  const inbox = await context.newPage();
  let code: string | undefined;
  const look = async () => {
    await inbox.goto(`${origin}/demo/inbox`);
    const message = inbox
      .locator('article', { hasText: endingOf(phone) })
      .filter({ hasText: '#' })
      .first();
    code = (await message.count()) > 0 ? /#(\d{6})/.exec(await message.innerText())?.[1] : undefined;
    return code !== undefined && code !== not;
  };
  try {
    await expect.poll(look, { message: `a code for ${phone}`, timeout: 180_000, interval: 300 }).toBe(true);
    return code ?? '';
  } finally {
    await inbox.close();
  }
}

/** As the inbox shows a number. */
const endingOf = (phone: string) => `•••${phone.replaceAll(' ', '').slice(-4)}`;
