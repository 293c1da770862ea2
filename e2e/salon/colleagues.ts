import { expect } from 'vitest';
import { blocksOf, bookAtTheDesk, quietDay, save, signIn } from '../at-the-desk.ts';
import type { Stage } from '../journey.ts';

/** Several people at several screens. Each journey has a day of its own: they happen at once. */
export function colleaguesJourneys({ journey }: Stage): void {
  journey('two receptionists: what one drags moves in the other one’s calendar by itself', async ({ demo, arrives }) => {
    const day = quietDay(7);
    const [one, other] = [await arrives(), await arrives()];
    await bookAtTheDesk(one, demo.origin, { client: 'Amália', day });
    await one.page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await signIn(other, demo.origin, `/kyiv/calendar?day=${day}`, 'reception');
    await blocksOf(other, 'Amália').waitFor();
    const before = await blocksOf(other, 'Amália').innerText();
    const box = await blocksOf(one, 'Amália').boundingBox();
    if (!box) throw new Error('the appointment is not in sight');
    const { mouse } = one.page;
    await mouse.move(box.x + 40, box.y + 10);
    await mouse.down();
    await mouse.move(box.x + 40, box.y + 60, { steps: 4 });
    await mouse.move(box.x + 40, box.y + 10 + 1.5 * box.height, { steps: 4 });
    await mouse.up();
    const said = await one.page.getByText(/^Amália: now /).innerText();
    const time = /(\d+:\d\d)–/.exec(said)?.[1] ?? 'a time';
    expect(before).not.toContain(time);
    await blocksOf(other, 'Amália').filter({ hasText: time }).waitFor();
    expect(await blocksOf(other, 'Amália').count()).toBe(1);
  });

  journey('the session runs out over a half-filled form, and nothing that was typed is lost', async ({ demo, arrives }) => {
    const desk = await arrives();
    const { page } = desk;
    await signIn(desk, demo.origin, '/kyiv/settings/business-information?tab=company-details');
    const legalName = page.getByRole('textbox', { name: 'Legal name' });
    await legalName.fill('ФОП Липа і Сіль');
    await desk.context.clearCookies();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const again = page.getByRole('dialog', { name: 'You were signed out' });
    await again.getByRole('button', { name: 'Owner' }).click();
    await again.waitFor({ state: 'detached' });
    expect(await legalName.inputValue()).toBe('ФОП Липа і Сіль');
    await save(desk);
  });

  journey('two administrators change one appointment: the second is told, and nothing is overwritten', async ({ demo, arrives }) => {
    const [one, other] = [await arrives(), await arrives()];
    await bookAtTheDesk(one, demo.origin, { client: 'Zulmira', day: quietDay(8) });
    await signIn(other, demo.origin, new URL(one.page.url()).pathname.slice('/admin'.length) + new URL(one.page.url()).search, 'administrator');
    await other.page.getByRole('textbox', { name: 'Comment' }).fill('prefers the window seat');
    await one.page.getByRole('textbox', { name: 'Comment' }).fill('brings her dog');
    await one.page.getByRole('button', { name: 'Save', exact: true }).click();
    const notice = other.page.getByRole('alert').filter({ hasText: 'changed this appointment meanwhile' });
    await notice.getByText('brings her dog').waitFor();
    expect(await other.page.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe('prefers the window seat');
    await notice.getByRole('button', { name: 'Take theirs' }).click();
    await notice.waitFor({ state: 'detached' });
    expect(await other.page.getByRole('textbox', { name: 'Comment' }).inputValue()).toBe('brings her dog');
  });
}
