import { minuteScenarios } from './minute-scenarios.ts';
import { moneyScenarios } from './money-scenarios.ts';
import { outageScenarios } from './outage-scenarios.ts';
import { peopleScenarios } from './people-scenarios.ts';
import type { Scenario } from './scenario.ts';
import { webhookScenarios } from './webhook-scenarios.ts';

/**
 * What may happen between a client, a salon and a provider. The same stories are played against every provider's sandbox by the tests, and by an owner
 * with their own settings.
 */
export const scenarios: readonly Scenario[] = [...webhookScenarios, ...minuteScenarios, ...moneyScenarios, ...outageScenarios, ...peopleScenarios];

export function scenarioNamed(id: string): Scenario | undefined {
  return scenarios.find((one) => one.id === id);
}
