import type { Stage } from '../journey.ts';
import { expectNoBarriers } from '../look-for-barriers.ts';
import { chooseService, chooseTeamMember, chooseTime, giveDetails, goOn, heading, openSalon, payWith, proceedToPayment } from '../walk-the-steps.ts';

/** Every screen with axe, in light and in dark. */
export function barrierJourneys({ journey }: Stage): void {
  for (const device of ['phone', 'desktop'] as const) {
    journey(`no step stands in anybody's way on a ${device}`, async ({ demo, arrives }) => {
      const person = await arrives(device === 'phone' ? { device } : { device, language: 'uk' });
      const { page, say } = person;
      const [salon, service, whom] = device === 'phone' ? ['lisbon', 'Limpeza de pele', 'Rita'] : ['kyiv', 'Ламінування вій', 'Ірина'];
      await page.goto(`${demo.origin}/`);
      await expectNoBarriers(page, 'first page of the demo');
      await openSalon(person, demo.origin, salon ?? '');
      await expectNoBarriers(page, 'services');
      await chooseService(person, service ?? '');
      await goOn(person);
      await chooseTeamMember(person, whom);
      await expectNoBarriers(page, 'team members');
      await goOn(person);
      await chooseTime(person, 1);
      await expectNoBarriers(page, 'date and time');
      await goOn(person);
      await heading(page, say('details.title'));
      await goOn(person);
      await page.getByText(say('details.name_needed')).waitFor();
      await expectNoBarriers(page, 'details with faults');
      await giveDetails(person);
      await goOn(person);
      await heading(page, say('payment.title_required'));
      await expectNoBarriers(page, 'what is to be paid');
      await proceedToPayment(person);
      await expectNoBarriers(page, 'payment page');
      await payWith(person, 'pays');
      await heading(page, say('scene.confirmed.title'));
      await expectNoBarriers(page, 'confirmed');
      await page.getByRole('button', { name: say('cancel.open') }).click();
      await page.getByRole('dialog').waitFor();
      await expectNoBarriers(page, 'cancelling');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: say('cancel.confirm') })
        .click();
      await heading(page, say('scene.cancelled.title'));
      await expectNoBarriers(page, 'cancelled');
    });
  }
}
