/** Viva speaks from three hosts: who one is, the newer interface, and the pages with the older interface. */
export interface VivaHosts {
  readonly accounts: string;
  readonly api: string;
  readonly www: string;
}

const hosts: Readonly<Record<'live' | 'demo', VivaHosts>> = {
  live: { accounts: 'https://accounts.vivapayments.com', api: 'https://api.vivapayments.com', www: 'https://www.vivapayments.com' },
  demo: { accounts: 'https://demo-accounts.vivapayments.com', api: 'https://demo-api.vivapayments.com', www: 'https://demo.vivapayments.com' },
};

/** Of the environment that the credentials name; all of them at `origin` where there is one. */
export function vivaHosts(environment: string | undefined, origin: string | undefined): VivaHosts {
  if (origin !== undefined) return { accounts: origin, api: origin, www: origin };
  return environment === 'demo' ? hosts.demo : hosts.live;
}
