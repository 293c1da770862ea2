import { Refusal } from './refusal.ts';

export type FormValue = string | FormValue[] | { [key: string]: FormValue };

const DEEPEST = 10;

/**
 * Stripe's form encoding: `a[b][c]=1` nests, `a[]=1` appends, `a[0][b]=1` indexes. Everything stays text: the shapes decide what is a number.
 * An empty text is kept, because at Stripe it means something (unset) and is refused where nothing can be unset.
 */
export function parseForm(text: string): { [key: string]: FormValue } {
  const root = new Map<string, unknown>();
  for (const [name, value] of new URLSearchParams(text)) {
    const steps = stepsOf(name);
    let place = root;
    steps.slice(0, -1).forEach((step) => {
      const key = step === '' ? String(place.size) : step;
      const next = place.get(key);
      if (next !== undefined && !(next instanceof Map)) throw invalid(name);
      if (next === undefined) place.set(key, new Map());
      place = place.get(key) as Map<string, unknown>;
    });
    const last = steps.at(-1) ?? '';
    const key = last === '' ? String(place.size) : last;
    if (place.get(key) instanceof Map) throw invalid(name);
    place.set(key, value);
  }
  return Object.fromEntries([...root].map(([key, value]) => [key, settle(value)]));
}

function stepsOf(name: string): string[] {
  const head = name.indexOf('[');
  if (head < 0) return [name];
  const tail = name.slice(head);
  if (head === 0 || !/^(\[[^[\]]*\])+$/.test(tail)) throw invalid(name);
  const steps = [name.slice(0, head), ...tail.slice(1, -1).split('][')];
  if (steps.length > DEEPEST) throw invalid(name);
  return steps;
}

/** A level whose keys are all numbers is a list, ordered by them. */
function settle(value: unknown): FormValue {
  if (!(value instanceof Map)) return value as string;
  const entries = [...value] as [string, unknown][];
  if (entries.every(([key]) => /^\d+$/.test(key))) return entries.sort(([a], [b]) => Number(a) - Number(b)).map(([, inner]) => settle(inner));
  return Object.fromEntries(entries.map(([key, inner]) => [key, settle(inner)]));
}

function invalid(name: string): Refusal {
  return new Refusal(400, `Invalid request: the parameter name ${name.slice(0, 80)} cannot be read.`, { param: name.slice(0, 80) });
}
