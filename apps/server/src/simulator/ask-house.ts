import type { House } from './open-house.ts';

export interface Answered<T> {
  readonly status: number;
  readonly body: T;
}

/** Calls the house's own API as a browser would. `path` is below `/api/v1/`. */
export async function askHouse<T>(house: House, method: 'GET' | 'POST', path: string, body?: unknown): Promise<Answered<T>> {
  const answer = await fetch(`${house.apiUrl}/${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as T };
}

/**
 * Goes where a client is sent to pay, as a browser would: a page of ours that posts itself to the provider is posted. What happens on the provider's page is
 * for the sandbox to say. Answers whether it opened.
 */
export async function openPaymentPage(house: House, pageUrl: string): Promise<boolean> {
  try {
    return await follow(house, pageUrl);
  } catch {
    return false;
  }
}

async function follow(house: House, pageUrl: string): Promise<boolean> {
  const page = await fetch(pageUrl);
  const html = await page.text();
  if (!pageUrl.startsWith(house.entrance.origin)) return page.ok;
  const form = /<form\b[^>]*>[\s\S]*?<\/form>/i.exec(html)?.[0];
  const action = form && attribute(form, 'action');
  if (!form || !action || new URL(action, pageUrl).origin === house.entrance.origin) return page.ok;
  const fields = [...form.matchAll(/<input\b[^>]*>/gi)].map(([input]): [string, string] => [
    attribute(input, 'name') ?? '',
    attribute(input, 'value') ?? '',
  ]);
  const posted = await fetch(new URL(action, pageUrl), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams(fields.filter(([name]) => name !== '')),
  });
  await posted.body?.cancel();
  return posted.status < 400;
}

function attribute(tag: string, name: string): string | undefined {
  const value = new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag)?.[1];
  return value?.replaceAll(/&(amp|lt|gt|quot|#39|#x27);/g, (_entity, which: string) => entities[which] ?? '');
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'" };
