import { z } from 'zod';
import type { FormValue } from './form.ts';
import { Refusal } from './refusal.ts';

/** A rule's message carries Stripe's code before the bar, so that one function can turn every broken rule into Stripe's error. */
const rule = (code: string, message: string) => `${code}|${message}`;

export const text = (longest = 5000) =>
  z
    .string()
    .min(1, rule('parameter_invalid_empty', 'You passed an empty string.'))
    .max(longest, rule('parameter_invalid_string', `Longer than ${longest} characters.`));

export const integer = z
  .string()
  .regex(/^-?\d{1,15}$/, rule('parameter_invalid_integer', 'Invalid integer'))
  .transform(Number);

export const positive = integer.refine((value) => value > 0, rule('parameter_invalid_integer', 'This value must be greater than or equal to 1.'));

export const yesNo = z.enum(['true', 'false']).transform((value) => value === 'true');

export const address = text().refine(
  (value) => ['http:', 'https:'].includes(URL.parse(value)?.protocol ?? ''),
  rule('url_invalid', 'Not a valid URL'),
);

export const email = text(512).refine((value) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value), rule('email_invalid', 'Invalid email address'));

/** At most 50 pairs, names to 40 characters, values to 500; an empty value means "not set". */
export const metadata = z
  .record(
    z.string().max(40, rule('parameter_invalid_string', 'Metadata names are at most 40 characters.')),
    z.string().max(500, rule('parameter_invalid_string', 'Metadata values are at most 500 characters.')),
  )
  .refine((pairs) => Object.keys(pairs).length <= 50, rule('parameter_invalid', 'Metadata can have up to 50 keys.'))
  .transform((pairs) => Object.fromEntries(Object.entries(pairs).filter(([, value]) => value !== '')));

export const expandList = z.array(z.string());

/**
 * Reads form values by a shape, or refuses in Stripe's words. `knownElsewhere` are parameters that Stripe has and this sandbox does not act
 * on: refused too, because taking them silently would teach something false.
 */
export function readShape<T extends z.ZodType>(
  shape: T,
  values: { [key: string]: FormValue },
  knownElsewhere: ReadonlySet<string> = new Set(),
): z.output<T> {
  const read = shape.safeParse(values);
  if (read.success) return read.data;
  const issues = read.error.issues;
  const issue = issues.find((one) => one.code === 'unrecognized_keys') ?? issues[0];
  if (issue === undefined) throw new Refusal(400, 'Invalid request.');
  if (issue.code === 'unrecognized_keys') {
    const param = bracketed([...issue.path, issue.keys[0] ?? '']);
    if (knownElsewhere.has(param))
      throw new Refusal(400, `Stripe knows ${param}, but this sandbox does not act on it.`, { code: 'sandbox_not_supported', param });
    throw new Refusal(400, `Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
  }
  const param = bracketed(issue.path);
  const found = issue.path.reduce<unknown>((place, step) => (place as Record<PropertyKey, unknown> | undefined)?.[step], values);
  if (found === undefined) throw new Refusal(400, `Missing required param: ${param}.`, { code: 'parameter_missing', param });
  if (issue.code === 'invalid_value') throw new Refusal(400, `Invalid ${param}: must be one of ${issue.values.join(', ')}`, { param });
  if (issue.code === 'invalid_type')
    throw new Refusal(400, `Invalid ${issue.expected}: ${param}`, { code: `parameter_invalid_${issue.expected}`, param });
  const [code, message] = issue.message.includes('|') ? issue.message.split('|', 2) : ['parameter_invalid', issue.message];
  throw new Refusal(400, `${message}: ${param}`, { code, param });
}

function bracketed(path: readonly PropertyKey[]): string {
  return path.map((step, at) => (at === 0 ? String(step) : `[${String(step)}]`)).join('');
}
