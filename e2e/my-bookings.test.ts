import { describe, expect } from 'vitest';
import { codeInInbox } from './code-in-inbox.ts';
import { openStage, type Scene } from './journey.ts';
import { expectNoBarriers } from './look-for-barriers.ts';

const stage = openStage();
const journey = (...told: Parameters<typeof stage.journey>) => stage.journey(...told);

describe('the page of all my bookings', () => {
  journey(
    'a client confirms their phone, sees what is booked with it, opens one, and signs out; in another tab nobody is signed in',
    async ({ demo, arrives }: Scene) => {
      // the demo's first client in São Paulo has been there before
      const person = await arrives({ device: 'phone', language: 'pt', phone: '+44 20 7946 0030' });
      const { page, say, context } = person;
      await page.goto(`${demo.origin}/my/demo/saopaulo`);
      await page.getByRole('heading', { level: 1, name: say('my.title') }).waitFor();
      await expectNoBarriers(page, 'signing in by phone');
      await page.getByRole('button', { name: say('my.send') }).click();
      await page.getByText(say('details.phone_needed')).waitFor();
      await page.getByRole('textbox', { name: say('details.phone') }).fill(person.phone);
      await page.getByRole('button', { name: say('my.send') }).click();
      const field = page.getByRole('textbox', { name: say('phone.code') });
      await field.waitFor();
      await field.fill(await codeInInbox(person, demo.origin, person.phone));
      await page.getByText(say('my.booked_with')).waitFor();
      await page.getByRole('heading', { level: 2, name: say('my.past') }).waitFor();
      await page.getByRole('heading', { level: 2, name: say('own.memberships') }).waitFor();
      await page.getByRole('listitem').filter({ hasText: 'Dez escovas' }).getByText(say('membership.left')).waitFor();
      await expectNoBarriers(page, 'all my bookings');
      expect(await context.cookies()).toEqual([]);
      // a reload asks for no other code
      await page.reload();
      await page
        .getByRole('link', { name: say('my.see') })
        .last()
        .click();
      await page.waitForURL(/\/b\//);
      await page.getByRole('link', { name: say('my.all') }).click();
      await page.getByText(say('my.booked_with')).waitFor();
      const elsewhere = await context.newPage();
      await elsewhere.goto(`${demo.origin}/my/demo/saopaulo`);
      await elsewhere.getByRole('button', { name: say('my.send') }).waitFor();
      await elsewhere.close();
      await page.getByRole('button', { name: say('my.sign_out') }).click();
      await page.getByRole('button', { name: say('my.send') }).waitFor();
      await page.reload();
      await page.getByRole('button', { name: say('my.send') }).waitFor();
    },
  );

  journey('whoever has booked nothing is told so, and after a day the phone is confirmed again', async ({ demo, arrives }: Scene) => {
    const person = await arrives({ language: 'uk' });
    const { page, say } = person;
    await page.goto(`${demo.origin}/my/demo/kyiv`);
    await page.getByRole('textbox', { name: say('details.phone') }).fill(person.phone);
    await page.getByRole('button', { name: say('my.send') }).click();
    const field = page.getByRole('textbox', { name: say('phone.code') });
    await field.waitFor();
    await field.fill(await codeInInbox(person, demo.origin, person.phone));
    await page.getByText(say('my.none')).waitFor();
    await expectNoBarriers(page, 'nothing is booked');
    await demo.passMinutes(24 * 60 + 1);
    await page.reload();
    await page.getByText(say('my.run_out')).waitFor();
    await page.getByRole('button', { name: say('my.send') }).waitFor();
    await expectNoBarriers(page, 'signed out after a day');
  });
});
