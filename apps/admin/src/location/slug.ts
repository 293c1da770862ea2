import type { TextKey } from '../words.tsx';

/** What is wrong with a part of an address; undefined: nothing. The same rule as the server's. */
export function slugFault(slug: string): TextKey | undefined {
  if (slug.length < 2 || slug.length > 60) return 'location.slug.length';
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug) ? undefined : 'location.slug.letters';
}

/** Ukrainian letters as passports write them (Cabinet of Ministers, resolution 55 of 2010); simplified: the same at the beginning of a word. */
// biome-ignore format: a table reads better as one
const latin: Readonly<Record<string, string>> = {
  а: 'a', б: 'b', в: 'v', г: 'h', ґ: 'g', д: 'd', е: 'e', є: 'ie', ж: 'zh', з: 'z', и: 'y', і: 'i', ї: 'i', й: 'i', к: 'k', л: 'l', м: 'm', н: 'n', о: 'o',
  п: 'p', р: 'r', с: 's', т: 't', у: 'u', ф: 'f', х: 'kh', ц: 'ts', ч: 'ch', ш: 'sh', щ: 'shch', ь: '', ю: 'iu', я: 'ia', '’': '', "'": '',
};

/** A first idea for the address from a name: "Linden & Salt, Porto" → "linden-salt-porto", "Поділ" → "podil". Names in other scripts give none. */
export function slugFrom(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\p{Script=Cyrillic}’']/gu, (letter) => latin[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '');
}
