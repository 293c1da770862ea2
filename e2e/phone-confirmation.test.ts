import { describe, expect } from 'vitest';
import { codeInInbox } from './code-in-inbox.ts';
import { openStage, type Scene } from './journey.ts';
import type { Person } from './person.ts';
import { chooseService, chooseTeamMember, chooseTime, giveDetails, goOn, heading, payWith, proceedToPayment } from './walk-the-steps.ts';

const stage = openStage();
const journey = (...told: Parameters<typeof stage.journey>) => stage.journey(...told);

/** By the demo's link that confirms phones, up to the step that does. */
async function upToTheCode(person: Person, origin: string, day: number): Promise<void> {
  const { page, say } = person;
  await page.goto(`${origin}/book/demo/lisbon?link=instagram`);
  await heading(page, say('services.title'));
  await chooseService(person, 'Coloração de raiz');
  await goOn(person);
  await chooseTeamMember(person, 'Beatriz');
  await goOn(person);
  await chooseTime(person, day);
  await goOn(person);
  await giveDetails(person);
  await goOn(person);
  await heading(page, say('phone.title'));
}

const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

describe('a booking link that confirms phones', () => {
  journey('a client types the code wrong, then right, after a reload, and pays', async ({ demo, arrives }: Scene) => {
    const person = await arrives({ device: 'phone' });
    const { page, say } = person;
    await upToTheCode(person, demo.origin, 1);
    const field = page.getByRole('textbox', { name: say('phone.code') });
    await field.waitFor();
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
    expect(await field.getAttribute('inputmode')).toBe('numeric');
    const code = await codeInInbox(person, demo.origin, person.phone);
    await field.fill(wrong(code));
    await page.getByText(say('phone.wrong')).waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    // what was asked for is kept, and a reload sends nothing more
    await page.reload();
    await heading(page, say('phone.title'));
    await page.getByRole('textbox', { name: say('phone.code') }).fill(`${code.slice(0, 3)} ${code.slice(3)}`);
    await heading(page, say('payment.title_required'));
    await page.goBack();
    await page.getByText(say('phone.confirmed')).waitFor();
    await goOn(person);
    await proceedToPayment(person);
    await payWith(person, 'pays');
    await heading(page, say('scene.confirmed.title'));
    expect(person.booked()).toBe(1);
    expect(person.wishes[0]?.phoneConfirmation).toBeTruthy();
  });

  journey('a client with a keyboard alone changes the number, and the new one is confirmed', async ({ demo, arrives }: Scene) => {
    const person = await arrives();
    const { page, say } = person;
    await upToTheCode(person, demo.origin, 2);
    await codeInInbox(person, demo.origin, person.phone);
    await page.getByRole('button', { name: say('phone.change') }).focus();
    await page.keyboard.press('Enter');
    await heading(page, say('details.title'));
    await page.getByRole('textbox', { name: say('details.phone') }).fill('+351 913 000 777');
    await goOn(person);
    await heading(page, say('phone.title'));
    const field = page.getByRole('textbox', { name: say('phone.code') });
    await field.waitFor();
    const code = await codeInInbox(person, demo.origin, '+351 913 000 777');
    await field.focus();
    await page.keyboard.type(code);
    await heading(page, say('payment.title_required'));
  });
});
