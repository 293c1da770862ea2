import { type Answer, ask } from './api.ts';

export interface DemoClock {
  now: string;
  offsetMinutes: number;
}

export function askDemoClock(): Promise<Answer<DemoClock>> {
  return ask('GET', '/demo/clock');
}

export function moveDemoClock(advanceMinutes: number): Promise<Answer<DemoClock>> {
  return ask('POST', '/demo/clock', { advanceMinutes });
}
