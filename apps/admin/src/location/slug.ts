import type { TextKey } from '../words.tsx';

/** What is wrong with a part of an address; undefined: nothing. The same rule as the server's. */
export function slugFault(slug: string): TextKey | undefined {
  if (slug.length < 2 || slug.length > 60) return 'location.slug.length';
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug) ? undefined : 'location.slug.letters';
}

/** A first idea for the address from a name: "Linden & Salt, Porto" → "linden-salt-porto". Names in other scripts give none. */
export function slugFrom(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
}
