import { whyWeakPassword } from '@holdfast/contract/password-rules';
import { slugFault } from '../../location/slug.ts';
import type { TextKey } from '../../words.tsx';
import { type Answers, isAnswered, isWhole, minuteOfDay } from './answers.ts';

export const steps = ['code', 'owner', 'place', 'services', 'team'] as const;
export type StepName = (typeof steps)[number];

/** Why one cannot go on from a step yet; undefined: one can. */
export function whyNotOn(step: StepName, { code, owner, chain, location, services, category, team }: Answers): TextKey | undefined {
  const empty = (...fields: readonly string[]) => fields.some((one) => one.trim() === '');
  switch (step) {
    case 'code':
      return empty(code) ? 'frame.required' : undefined;
    case 'owner': {
      if (empty(chain.name, chain.slug, owner.name, owner.email, owner.password)) return 'location.form.incomplete';
      const weak = whyWeakPassword(owner.password, owner);
      return slugFault(chain.slug) ?? (owner.email.includes('@') ? undefined : 'access.required_email') ?? (weak && `access.password.${weak}`);
    }
    case 'place':
      return empty(location.name, location.slug) ? 'location.form.incomplete' : slugFault(location.slug);
    case 'services': {
      const answered = services.filter(isAnswered);
      if (answered.some((one) => !isWhole(one))) return 'access.setup.service.fill';
      return answered.length > 0 && empty(category) ? 'location.form.incomplete' : undefined;
    }
    case 'team': {
      if (!team.works) return undefined;
      const [from, to] = [minuteOfDay(team.from), minuteOfDay(team.to)];
      if (from === undefined || to === undefined) return 'location.form.incomplete';
      return from < to ? undefined : 'access.setup.team.order';
    }
  }
}
