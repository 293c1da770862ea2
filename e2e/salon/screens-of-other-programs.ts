import { signIn } from '../at-the-desk.ts';
import type { Stage } from '../journey.ts';
import { lookAround, type Seen } from './look-around.ts';

/** What is there only once other programs are told something, or have brought something. */
export function otherProgramsJourney({ journey }: Stage, seen: Seen): void {
  journey('every screen of what other programs hear and bring is looked at', async ({ demo, arrives }) => {
    const person = await arrives();
    const { page, go, press, dialog, look } = lookAround(person, demo.origin, seen);
    await signIn(person, demo.origin, '/lisbon/settings/api?tab=webhooks');
    await dialog('New endpoint');
    await look('a new endpoint');
    await page.getByRole('textbox', { name: 'Address' }).fill('https://93.184.215.14/holdfast');
    await press('button', 'Save');
    await page.getByRole('textbox', { name: 'Signing secret' }).waitFor();
    await look('a new endpoint’s secret');
    await page.getByRole('link', { name: 'https://93.184.215.14/holdfast' }).click();
    await page.getByRole('heading', { level: 1, name: 'https://93.184.215.14/holdfast' }).waitFor();
    await look('an endpoint');

    await go('/lisbon/settings/import');
    const choosing = page.waitForEvent('filechooser');
    await press('button', /^File/);
    const buffer = Buffer.from('Nome;Telemóvel\r\nImportada Faria;912 555 104\r\nSem Número;isto não é');
    await (await choosing).setFiles({ name: 'clientes.csv', mimeType: 'text/csv', buffer });
    await press('button', 'Next');
    await page.getByRole('combobox', { name: 'What is the column Nome?' }).waitFor();
    await look('the columns of a file');
  });
}
