import type { SimulatedWay } from '@holdfast/contract/simulation';

/** Which story is open, and with what it is to be played. */
export interface SimulatorSearch {
  readonly scenario?: string;
  readonly way?: SimulatedWay;
  readonly provider?: string;
  readonly service?: string;
}

export function readSimulatorSearch({ scenario, way, provider, service }: Readonly<Record<string, unknown>>): SimulatorSearch {
  return {
    ...(typeof scenario === 'string' ? { scenario } : {}),
    ...(way === 'required' || way === 'available' || way === 'link' ? { way } : {}),
    ...(typeof provider === 'string' ? { provider } : {}),
    ...(typeof service === 'string' ? { service } : {}),
  };
}
