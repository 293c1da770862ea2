import { randomBytes } from 'node:crypto';
import type { TextKey } from '@holdfast/contract/client-words';
import { digitsOf } from '@holdfast/contract/code-digits';
import { wishedAgain } from '@holdfast/contract/say-waiting';
import { dayWaitingWishShape, waitingWishShape } from '@holdfast/contract/waiting';
import { Problem } from '../../kit/problem.ts';
import { ANY_STAFF, MOST_PLACES } from './choices.ts';
import type { Asked } from './choose-pages.ts';
import { sendCode, tryCode } from './confirm-code.ts';
import { type Booked, consentIn, faultOf, faultsOf, troubles, typedIn } from './form-sent.ts';
import { clockIn, type Joining, joinPart, joinQuery, type Line, minuteIn } from './join-page.ts';
import { type CodeStands, phonePart } from './phone-page.ts';
import type { Place, PlainSources } from './plain-sources.ts';

interface At {
  readonly sources: PlainSources;
  readonly at: Place;
  readonly asked: Asked;
  readonly wait: string;
}

/** The form with which somebody joins a line, where the address asks for one that can be joined; undefined: it does not. */
export async function joinStep(sources: PlainSources, at: Place, asked: Asked, search: string): Promise<string | undefined> {
  const here = { sources, at, asked, wait: new URLSearchParams(search).get('wait') ?? '' };
  const line = await lineOf(here);
  return line && formPage(here, line, randomBytes(18).toString('base64url'), { values: {}, faults: {} });
}

/** The filled form: a place in line, or the code that the booking link demands, or the form again with everything that was typed. Undefined: it was another form. */
export async function takeJoinForm(
  sources: PlainSources,
  at: Place,
  asked: Asked,
  { search, form, address }: { search: string; form: URLSearchParams; address: string },
): Promise<Booked | undefined> {
  const here = { sources, at, asked, wait: new URLSearchParams(search).get('wait') ?? '' };
  const [mark, draftId, signed, phone, resendAt] = sources.read(form.get('draft') ?? '') ?? [];
  if (mark !== 'wait' || !draftId || signed !== here.wait) return undefined;
  const line = await lineOf(here, form);
  if (!line) return { kind: 'goes', to: search || '?' };
  const sent: Sent = { ...here, line, draftId, form, address, code: phone && resendAt ? { phone, resendAt } : undefined };
  if (form.get('step') !== 'code') return join(sent);
  if (form.get('do') === 'change') return again(sent, {});
  if (form.get('do') === 'resend') return askForCode(sent);
  const tried = await tryCode(sources, at, { draftId, phone: form.get('phone') ?? '', digits: digitsOf(form.get('code') ?? '') }, asked.words);
  return 'fault' in tried ? codeAgain(sent, 422, { code: sent.code, fault: tried.fault }) : join(sent, tried.proof);
}

interface Sent extends At {
  readonly line: Line;
  readonly draftId: string;
  readonly form: URLSearchParams;
  readonly address: string;
  readonly code: CodeStands['code'];
}

/** What the address names, with what the form says about it. Whoever could book it at once does not wait. */
async function lineOf({ sources, at, asked, wait }: At, form?: URLSearchParams): Promise<Line | undefined> {
  const wish = wishedAgain(wait);
  const { event: eventId, serviceIds, staff } = asked.choices;
  if (wish && 'places' in wish) {
    const event = eventId ? (await sources.events(at)).find(({ id }) => id === eventId) : undefined;
    if (!event || (!form && event.placesLeft >= wish.places)) return undefined;
    const typed = Number(form?.get('places') ?? wish.places);
    return { kind: 'event', event, places: Number.isInteger(typed) && typed >= 1 && typed <= MOST_PLACES ? typed : wish.places };
  }
  if (!wish || serviceIds.length === 0 || staff === null) return undefined;
  const hour = (name: 'from' | 'to') => (form?.has(name) ? clockIn(minuteIn(form.get(name) ?? '')) : wish[name]);
  return { kind: 'day', day: wish.day, from: hour('from'), to: hour('to') };
}

async function join(sent: Sent, proof?: string): Promise<Booked> {
  const { sources, at, asked, line, draftId, form, address } = sent;
  const { page, choices, words } = asked;
  const { values } = typedIn(form);
  const joining = {
    draftId,
    client: { name: values.name ?? '', phone: values.phone ?? '', email: (values.email ?? '').trim() },
    comment: (values.comment ?? '').trim(),
    language: words.language,
    link: page.widget.link,
    consent: consentIn(values, page),
    ...(proof !== undefined && { phoneConfirmation: proof }),
  };
  try {
    if (line.kind === 'event') {
      const wish = waitingWishShape.safeParse({ ...joining, places: line.places, promise: { by: 'pay' } });
      if (!wish.success) return again(sent, { faults: faultsOf(wish.error.issues, values) });
      return { kind: 'goes', to: await sources.joinEvent(at, line.event.id, wish.data, address) };
    }
    const hours = { fromMinute: minuteIn(line.from), toMinute: minuteIn(line.to) };
    const staffId = choices.staff === ANY_STAFF ? null : choices.staff;
    const wish = dayWaitingWishShape.safeParse({ ...joining, serviceIds: choices.serviceIds, staffId, day: line.day, ...hours });
    if (!wish.success) return again(sent, { faults: faultsOf(wish.error.issues, values) });
    return { kind: 'goes', to: await sources.joinDay(at, wish.data, address) };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'phone_not_confirmed') return askForCode(sent);
    const faults = faultOf(error, values.privacy === 'yes' || !page.widget.privacy);
    if (faults) return again(sent, { faults });
    return again(sent, { trouble: troubleOf(error, line), capacity: Number(error.detail['capacity'] ?? 0) });
  }
}

function troubleOf({ code, detail }: Problem, line: Line): TextKey {
  if (detail['reason'] === 'closed') return 'join.closed';
  if (line.kind === 'day' && detail['reason'] === 'not_offered' && line.from > line.to) return 'join.hours_wrong';
  return refusals[code] ?? troubles[code] ?? 'trouble.refused_title';
}

const refusals: Readonly<Partial<Record<string, TextKey>>> = {
  already_there: 'join.already_there',
  more_than_left: 'join.too_many',
  time_not_offered: 'join.can_no_longer',
  not_found: 'join.can_no_longer',
};

async function askForCode(sent: Sent): Promise<Booked> {
  const { sources, at, asked, draftId, form, address } = sent;
  try {
    const wish = { draftId, phone: form.get('phone') ?? '', language: asked.words.language };
    const { status, stands } = await sendCode(sources, at, wish, address);
    return codeAgain(sent, status, stands);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return again(sent, error.code === 'invalid_phone' ? { faults: { phone: 'details.phone_wrong' } } : { trouble: 'trouble.refused_title' });
  }
}

function codeAgain(sent: Sent, status: number, stands: CodeStands): Booked {
  const { sources, asked, wait, line, draftId, form } = sent;
  const draft = sources.sign(['wait', draftId, wait, ...(stands.code ? [stands.code.phone, stands.code.resendAt] : [])]);
  const about: readonly (readonly [string, string])[] =
    line.kind === 'event'
      ? [['places', String(line.places)]]
      : [
          ['from', line.from],
          ['to', line.to],
        ];
  const kept = [['draft', draft] as const, ...about, ...Object.entries(typedIn(form).values)];
  return { kind: 'asks', status, part: phonePart(asked, { action: joinQuery(asked, wait), kept }, stands) };
}

function again(sent: Sent, said: Partial<Joining>): Booked {
  const { values } = typedIn(sent.form);
  return { kind: 'asks', status: 422, part: formPage(sent, sent.line, sent.draftId, { values, faults: {}, ...said }) };
}

function formPage({ sources, asked, wait }: At, line: Line, draftId: string, joining: Joining): string {
  return joinPart(asked, line, { draft: sources.sign(['wait', draftId, wait]), action: joinQuery(asked, wait) }, joining);
}
