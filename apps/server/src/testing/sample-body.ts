import { z } from 'zod';

type Json = Readonly<Record<string, unknown>>;

/** Where an id can go in a request: the way to it (`places`, `0`, `locationId`), and what it is called there. */
export interface Position {
  readonly way: readonly string[];
  readonly name: string;
}

export interface Sample {
  readonly value: unknown;
  /** Every free text of it. */
  readonly texts: readonly Position[];
}

/** The JSON schema of a route's shape; undefined where it has none. */
export function jsonSchemaOf(shape: unknown): Json | undefined {
  if (!(shape instanceof z.ZodType)) return undefined;
  return z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Json;
}

/**
 * A value that fits this schema, every optional part included, with one element in every list. Where several shapes are possible, `variant` chooses.
 * `text` gives what stands in a free text of this name; undefined: something that fits.
 */
export function sampleOf(schema: Json, { variant = 0, text }: { variant?: number; text?: (name: string) => string | undefined } = {}): Sample {
  const texts: Position[] = [];
  const definitions = (schema['$defs'] ?? {}) as Readonly<Record<string, Json>>;

  function make(part: Json, way: readonly string[], name: string): unknown {
    const ref = part['$ref'];
    if (typeof ref === 'string') return make(ref === '#' ? schema : (definitions[ref.replace('#/$defs/', '')] ?? {}), way, name);
    if ('const' in part) return part['const'];
    if (Array.isArray(part['enum'])) return (part['enum'] as unknown[])[variant % (part['enum'] as unknown[]).length];
    const choices = (part['anyOf'] ?? part['oneOf']) as readonly Json[] | undefined;
    if (choices) {
      if (leftOut.has(way.join('.'))) return null;
      const real = choices.filter(({ type }) => type !== 'null');
      return make(real[variant % real.length] ?? choices[0] ?? {}, way, name);
    }
    const all = part['allOf'] as readonly Json[] | undefined;
    if (all) return Object.assign({}, ...all.map((one) => make(one, way, name))) as unknown;
    switch (part['type']) {
      case 'object': {
        const properties = Object.entries((part['properties'] ?? {}) as Readonly<Record<string, Json>>);
        return Object.fromEntries(properties.map(([key, one]) => [key, make(one, [...way, key], key)]));
      }
      case 'array': {
        const prefix = part['prefixItems'] as readonly Json[] | undefined;
        if (prefix) return prefix.map((one, index) => make(one, [...way, String(index)], name));
        return part['items'] && part['maxItems'] !== 0 ? [make(part['items'] as Json, [...way, '0'], name)] : [];
      }
      case 'integer':
      case 'number':
        return Math.max(Number(part['minimum'] ?? 1), Number(part['exclusiveMinimum'] ?? 0) + (part['exclusiveMinimum'] === undefined ? 0 : 1));
      case 'boolean':
        return true;
      case 'null':
        return null;
      case 'string': {
        const fixed = textOfFormat(part);
        if (fixed !== undefined) return fixed;
        texts.push({ way, name });
        return text?.(name) ?? ordinary[name] ?? 'x'.repeat(Math.max(1, Number(part['minLength'] ?? 1)));
      }
      default:
        return null;
    }
  }
  return { value: make(schema, [], ''), texts };
}

/** What cannot be there beside another part of the same whole. */
const leftOut = new Set(['repeat.count']);
const formats: Readonly<Record<string, string>> = {
  'date-time': '2026-03-03T10:00:00.000Z',
  date: '2026-03-03',
  time: '10:00',
  email: 'somebody@example.com',
  uri: 'https://example.com/',
  uuid: '0191f0c4-7d5e-7000-8000-000000000000',
};
/** Texts that a route looks at more closely than its schema can say. */
const ordinary: Readonly<Record<string, string>> = {
  email: 'somebody@example.com',
  zone: 'Europe/Lisbon',
  timeZone: 'Europe/Lisbon',
  phone: '+351912345678',
};
const guesses = [
  'EUR',
  'PT',
  '2026-03-03',
  '10:00',
  '#336699',
  'G-ABC123DEF4',
  'https://example.com',
  'en',
  'salon',
  '+351912345678',
  '0000',
  '000000',
  'service.changed',
  'draft_0000000000000001',
  'con_01kjpwd6m0h9ayswdmgarbzzba',
  'imp_0123456789abcdef0123456789abcdef',
  'hpo_0123456789abcdef0123456789abcdef',
];

/** Texts of a fixed form are no free texts; undefined: anything goes. */
function textOfFormat(part: Json): string | undefined {
  const known = formats[String(part['format'])];
  if (known) return known;
  if (typeof part['pattern'] !== 'string') return undefined;
  const pattern = new RegExp(part['pattern'], 'u');
  return pattern.test('xx') ? undefined : guesses.find((one) => pattern.test(one));
}

/** The same value with something else at this place. */
export function withAt(value: unknown, [first, ...rest]: readonly string[], placed: unknown): unknown {
  if (first === undefined) return placed;
  if (Array.isArray(value)) return value.map((one: unknown, index) => (String(index) === first ? withAt(one, rest, placed) : one));
  return { ...(value as object), [first]: withAt((value as Json)[first], rest, placed) };
}
