import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gateway, openGateway } from '../messages/testing/carriers.ts';
import { switchOnlinePayment } from '../payments/connect-provider.ts';
import { membershipDesk } from '../testing/memberships-of.ts';
import { openEvent } from '../testing/open-event.ts';
import { signInAs } from '../testing/sign-in-as.ts';
import { type TestApp, testApp } from '../testing/test-app.ts';
import { readWidgetFiles } from './page-shell.ts';

const built = Boolean(readWidgetFiles());
let app: TestApp;
let gateway: Gateway;
let desk: ReturnType<typeof membershipDesk>;
beforeAll(async () => {
  gateway = await openGateway();
  app = await testApp({
    salon: {
      services: {
        srv_cut: { price: 3000, minutes: 30, status: 'not_available' },
        srv_class: { price: 2000, minutes: 60, status: 'required' },
        srv_club: { price: 3000, minutes: 30, status: 'required' },
      },
      staff: { stf_ana: { status: 'required' }, stf_eva: { status: 'required' } },
    },
    listen: false,
  });
  await openEvent(app, { eventId: 'evt_class', serviceId: 'srv_class', staffId: 'stf_eva', startsAt: '2026-03-05T10:00:00.000Z', capacity: 5 });
  await sql`update services set price_max_minor = price_min_minor where service_id = 'srv_class'`.execute(app.database.read);
  await sql`update services set membership = 'members' where service_id = 'srv_club'`.execute(app.database.read);
  await app.database.transaction((tx) => switchOnlinePayment(tx, app.scope, { method: 'visit_link', enabled: true, connectionId: app.connectionId }));
  const owner = await signInAs(app, 'owner');
  desk = membershipDesk(app, owner);
  const through = { adapter: 'http', url: `${gateway.origin}/sms`, token: 'a-token-of-the-gateway' };
  await owner.here('PUT', 'messages/channels/sms', { version: null, enabled: true, sender: 'Salon', through });
  await sql`
    insert into booking_links (chain_id, location_id, link_id, slug, name, settings)
    select chain_id, location_id, 'lnk_strict', 'strict', 'Strict', settings || '{"phoneConfirmation": "always"}'
      from booking_links where location_id = ${app.scope.locationId} limit 1`.execute(app.database.read);
});
afterAll(async () => {
  await app.close();
  await gateway.close();
});

const get = async (query: Record<string, string>) => (await app.http.inject({ url: at(query) })).body;
const at = (query: Record<string, string>) => `/book/test/salon?${new URLSearchParams(query)}`;
const send = (url: string, fields: Record<string, string>) =>
  app.http.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(fields).toString(),
  });
const draftOn = (page: string) => /name="draft" value="([^"]+)"/.exec(page)?.[1] ?? '';
let people = 0;
const details = () => ({ name: 'Ana <b>', phone: `+351 912 345 6${10 + ++people}`, email: '', comment: 'a "comment"', terms: 'yes' });
/** Everything that a form carries without being seen. */
const hidden = (page: string) =>
  Object.fromEntries(
    [...page.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)">/g)].map(([, name = '', value = '']) => [
      name,
      value.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
    ]),
  );
const codes = async () => {
  await app.background.settleDown();
  return gateway.calls.flatMap(({ body }) => /#(\d{6})"/.exec(body)?.[1] ?? []);
};
/** Codes that were asked for at once may come in any order. */
const codeTo = async (phone: string) => {
  await app.background.settleDown();
  const to = gateway.calls.findLast(({ body }) => body.includes(phone.replaceAll(' ', '')));
  return /#(\d{6})"/.exec(to?.body ?? '')?.[1] ?? '';
};
const another = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const chosen = (time: string) => ({ service: 'srv_cut', staff: 'stf_ana', time, link: 'strict' });

test.runIf(built)('without a script, places at an event are chosen with what all of them cost, and paid whole', async () => {
  expect(await get({})).toContain('Classes and events');
  expect(await get({ event: '' })).toContain('5 places left');
  const asks = await get({ event: 'evt_class', link: 'main' });
  expect(asks).toContain('2 places · €40<');
  expect(asks).toContain('5 places · €100<');
  expect(asks).not.toContain('6 places');
  expect(hidden(asks)).toEqual({ event: 'evt_class', link: 'main' });
  const url = at({ event: 'evt_class', places: '3', link: 'main' });
  const page = (await app.http.inject({ url })).body;
  expect(page).toContain('3 places · €60<');
  const draft = draftOn(page);
  const other = await send(at({ event: 'evt_class', places: '1', link: 'main' }), { ...details(), draft });
  expect(other.headers.location, 'the number of places cannot be exchanged').toContain('places=1');
  const person = details();
  const [one, two] = await Promise.all([send(url, { ...person, draft }), send(url, { ...person, draft })]);
  expect([one.statusCode, two.statusCode]).toEqual([303, 303]);
  const { rows } = await sql<{ places: number; due: bigint; status: string }>`
    select places, due_minor due, status from appointments where event_id = 'evt_class'`.execute(app.database.read);
  expect(rows).toEqual([{ places: 3, due: 6000n, status: 'held' }]);
});

test.runIf(built)('an event that runs full while somebody types says so, with what is left', async () => {
  const url = at({ event: 'evt_class', places: '2' });
  const drafts = [draftOn((await app.http.inject({ url })).body), draftOn((await app.http.inject({ url })).body)];
  expect((await send(url, { ...details(), draft: drafts[0] ?? '' })).statusCode).toBe(303);
  const late = await send(url, { ...details(), draft: drafts[1] ?? '' });
  expect(late.statusCode).toBe(409);
  expect(late.body).toContain('These places are gone');
  expect(late.body).toContain('Full');
  expect(await get({ event: '' })).toContain('data-off="true"');
  expect(await get({ event: 'evt_class' }), 'nothing to send any more').not.toContain('<select');
  expect(await get({ event: 'evt_class', places: '1' })).toContain('These places are gone');
  for (const event of ['evt_gone', '<script>', 'x'.repeat(500)]) expect(await get({ event })).toContain('Choose an event');
  for (const places of ['0', '-1', '51', '1.5', 'x']) expect(await get({ event: 'evt_class', places })).not.toContain('name="draft"');
});

test.runIf(built)('a link that demands it has the telephone confirmed by a form, and nothing typed is lost', async () => {
  const url = at(chosen('2026-03-03T10:00:00.000Z'));
  const person = details();
  const asked = await send(url, { ...person, draft: draftOn((await app.http.inject({ url })).body) });
  expect(asked.statusCode).toBe(200);
  expect(asked.body).toContain('Confirm your phone');
  expect(asked.body).toContain('Send another code in 1:00');
  expect(hidden(asked.body)).toMatchObject(person);
  const code = (await codes()).at(-1) ?? '';
  const form = { ...hidden(asked.body), do: 'confirm' };
  for (const [typed, said] of [
    ['12', 'enter all six digits'],
    [another(code), '4 more tries'],
  ] as const) {
    const again = await send(url, { ...form, code: typed });
    expect([again.statusCode, again.body.includes(said), again.body.includes('autofocus')]).toEqual([422, true, true]);
    expect(hidden(again.body)).toMatchObject(person);
  }
  const [one, two] = await Promise.all([send(url, { ...form, code: `${code.slice(0, 3)} ${code.slice(3)}` }), send(url, { ...form, code })]);
  expect([one.statusCode, two.statusCode]).toEqual([303, 303]);
  expect(one.headers.location).toBe(two.headers.location);
  const { rows } = await sql<{
    link: string;
    comment: string;
  }>`select link_id link, comment from bookings where contact ->> 'phone' = ${person.phone}`.execute(app.database.read);
  expect(rows).toEqual([{ link: 'lnk_strict', comment: 'a "comment"' }]);
  const page = (await app.http.inject({ url: String(one.headers.location) })).body;
  expect(page, 'whoever books again comes by the same link').toContain('http://salon.test/book/test/salon?link=strict');
});

test.runIf(built)(
  'a time that goes away while the telephone is being confirmed: another one is booked without a new code, and nothing is typed again',
  async () => {
    const time = '2026-03-04T15:00:00.000Z';
    const url = at(chosen(time));
    const person = details();
    const asked = await send(url, { ...person, draft: draftOn((await app.http.inject({ url })).body) });
    const code = await codeTo(person.phone);
    const faster = details();
    const theirs = at({ ...chosen(time), link: 'main' });
    expect((await send(theirs, { ...faster, draft: draftOn((await app.http.inject({ url: theirs })).body) })).statusCode).toBe(303);
    const gone = await send(url, { ...hidden(asked.body), do: 'confirm', code });
    expect(gone.statusCode).toBe(409);
    const sent = (await codes()).length;
    const links = [...gone.body.matchAll(/href="([^"]*time=[^"]*kept=[^"]*)"/g)].map(([, to = '']) => to.replaceAll('&amp;', '&'));
    const next = `/book/test/salon${links[0]}`;
    const page = (await app.http.inject({ url: next })).body;
    expect(page).toContain(`value="${person.phone}"`);
    expect(page).toContain('value="Ana &lt;b&gt;"');
    // another number is not confirmed by it
    const other = await send(next, { ...person, phone: details().phone, draft: draftOn(page) });
    expect(other.body).toContain('Confirm your phone');
    expect((await send(next, { ...person, draft: draftOn(page) })).statusCode).toBe(303);
    expect((await codes()).length, 'one for the other number').toBe(sent + 1);
    const { rows } = await sql`select 1 from bookings where contact ->> 'phone' = ${person.phone}`.execute(app.database.read);
    expect(rows).toHaveLength(1);
  },
);

test.runIf(built)('another code comes after a minute, another number at once, and after five the limit is said', async () => {
  const url = at(chosen('2026-03-03T12:00:00.000Z'));
  const person = details();
  let page = (await send(url, { ...person, draft: draftOn((await app.http.inject({ url })).body) })).body;
  const sent = (await codes()).length;
  page = (await send(url, { ...hidden(page), do: 'resend' })).body;
  expect((await codes()).length, 'too soon').toBe(sent);
  for (let no = 1; no < 5; no++) {
    app.clock.advance({ seconds: 60 });
    page = (await send(url, { ...hidden(page), do: 'resend' })).body;
    expect((await codes()).length).toBe(sent + no);
  }
  app.clock.advance({ seconds: 60 });
  const refused = await send(url, { ...hidden(page), do: 'resend' });
  expect(refused.statusCode).toBe(429);
  expect(refused.body).toContain('Too many codes were sent to this number today.');
  expect(refused.body).toContain('Please try again after');
  const change = await send(url, { ...hidden(refused.body), do: 'change' });
  expect(change.body).toContain('value="Ana &lt;b&gt;"');
  const other = await send(url, { ...details(), draft: draftOn(change.body) });
  expect([other.statusCode, other.body.includes('name="code"')]).toEqual([200, true]);
});

const club = (time: string) => at({ service: 'srv_club', staff: 'stf_ana', time, link: 'main' });
const buttonFor = (page: string, name: string) => new RegExp(`name="buy" value="([^"]+)">[^<]*<span class="unseen"> ${name}<`).exec(page)?.[1] ?? '';

test.runIf(built)('without a script, who needs a membership buys one in the middle of the booking and goes on with everything typed', async () => {
  const type = await desk.type({ priceMinor: 4000, visits: 1 });
  const url = club('2026-03-06T10:00:00.000Z');
  const person = details();
  const first = (await app.http.inject({ url })).body;
  expect([first.includes('Members only'), first.includes('€30')]).toEqual([true, false]);
  const code = await send(url, { ...person, ...hidden(first) });
  const asks = await send(url, { ...hidden(code.body), do: 'confirm', code: await codeTo(person.phone) });
  const step = String(asks.headers.location);
  expect(step, 'what was typed can be read by nobody else').not.toMatch(/Ana|912/);
  const open = async () => (await app.http.inject({ url: `/book/test/salon${step}` })).body;
  expect(await open()).toContain('there is no membership on your phone number yet');
  expect(await open()).not.toContain('value="book"');
  const act = (fields: Record<string, string>) => send(`/book/test/salon${step}`, fields);
  expect((await act({ do: 'book', cover: 'srv_club' })).body, 'nothing is booked without').toContain(
    'there is no membership on your phone number yet',
  );
  const dear = await act({ buy: `${type.id} 1` });
  expect([dear.statusCode, dear.body.includes('The price has changed')]).toEqual([409, true]);
  const bought = String((await act({ buy: buttonFor(await open(), type.name) })).headers.location);
  app.sandbox.pay(new URL(bought).pathname.split('/').at(-1) ?? '');
  await app.pass({ minutes: 1 });
  expect(await open()).toContain(`Covered by`);
  const [one, two] = await Promise.all([act({ do: 'book', cover: 'srv_club' }), act({ do: 'book', cover: 'srv_club' })]);
  expect([one.statusCode, one.headers.location]).toEqual([303, two.headers.location]);
  expect((await app.http.inject({ url: String(one.headers.location) })).body).toContain('1 visit is booked');
  const { rows } = await sql<{ due: bigint; comment: string }>`
    select a.due_minor due, b.comment from bookings b join appointments a using (chain_id, booking_id) where b.contact ->> 'phone' = ${person.phone}`.execute(
    app.database.read,
  );
  expect(rows).toEqual([{ due: 0n, comment: 'a "comment"' }]);
  // for another time the same address is worth nothing
  const moved = await app.http.inject({ url: `/book/test/salon${step.replace('10%3A00', '11%3A00')}` });
  expect(moved.body).toContain('name="draft"');
  expect(moved.body).not.toContain('Ana');
});

test.runIf(built)('without a script, all bookings and memberships of a telephone are shown to whoever has it, for a day', async () => {
  const type = await desk.type({ visits: 5 });
  const url = '/my/test/salon?language=en';
  const { phone } = details();
  const start = (await app.http.inject({ url })).body;
  expect(start, 'what can be bought is there to be seen').toContain(type.name);
  expect((await send(url, { draft: 'made-up', phone })).headers.location).toBe(url);
  expect((await send(url, { ...hidden(start), phone: '12' })).body).toContain('phone-fault');
  const asked = (await send(url, { ...hidden(start), phone })).body;
  const code = await codeTo(phone);
  expect((await send(url, { ...hidden(asked), do: 'confirm', code: another(code) })).body).toContain('4 more tries');
  const mine = String((await send(url, { ...hidden(asked), do: 'confirm', code })).headers.location);
  expect(mine).not.toContain(phone.slice(-6));
  const open = async () => (await app.http.inject({ url: mine })).body;
  expect(await open()).toContain('Nothing is booked with this number yet.');
  const buy = buttonFor(await open(), type.name);
  expect((await send(mine, { buy })).statusCode, 'a name is missing').toBe(422);
  const bought = String((await send(mine, { buy, name: 'Eva <i>' })).headers.location);
  app.sandbox.pay(new URL(bought).pathname.split('/').at(-1) ?? '');
  await app.pass({ minutes: 1 });
  expect(await open()).toContain('5 of 5 visits left');
  const elsewhere = await app.http.inject({ url: mine.replace('/test/salon', '/test/nowhere') });
  expect(elsewhere.statusCode).toBe(404);
  app.clock.advance({ minutes: 24 * 60 + 1 });
  const late = await open();
  expect([late.includes('signed out after a day'), late.includes('visits left')]).toEqual([true, false]);
});

/** The place in line to which a form leads. */
async function inLine(answer: Awaited<ReturnType<typeof send>>): Promise<{ url: string; page: string }> {
  expect(answer.statusCode, answer.body).toBe(303);
  const url = String(answer.headers.location);
  expect(url).toMatch(/^\/waiting\//);
  return { url, page: (await app.http.inject({ url })).body };
}

test.runIf(built)('a full event is waited for without a script; an offer is passed on, left to the next, and the line left', async () => {
  await openEvent(app, { eventId: 'evt_small', serviceId: 'srv_class', staffId: 'stf_eva', startsAt: '2026-03-06T10:00:00.000Z', capacity: 1 });
  expect(await get({ event: 'evt_small' }), 'more than there are can be waited for').toContain('evt_small&amp;wait=2');
  const booked = at({ event: 'evt_small', places: '1' });
  const paid = await send(booked, { ...details(), draft: draftOn((await app.http.inject({ url: booked })).body) });
  const booking = String(paid.headers.location);
  expect(await get({ event: '' })).toContain('evt_small&amp;wait=1');

  const url = at({ event: 'evt_small', wait: '1' });
  const page = (await app.http.inject({ url })).body;
  expect(page).toContain('Join the waiting list');
  const [one, two] = [details(), details()];
  const join = async (person: object, more = {}) =>
    send(url, { ...person, draft: draftOn((await app.http.inject({ url })).body), places: '1', ...more });
  const large = await join(one, { places: '2' });
  expect([large.statusCode, large.body.includes('only 1 place in all'), large.body.includes('value="Ana &lt;b&gt;"')]).toEqual([422, true, true]);
  const { terms: _, ...silent } = one;
  expect((await join(silent)).body).toContain('id="terms-fault"');
  const first = await inLine(await join(one));
  expect(first.page).toContain('You are number 1 in line');
  expect((await join(one)).body).toContain('This phone is on this list already');
  const second = await inLine(await join(two));
  expect(second.page).toContain('1 party is before you');

  await sql`update appointments set status = 'cancelled', changed_at = ${app.clock.now()} where event_id = 'evt_small' and status = 'held'`.execute(
    app.database.read,
  );
  expect(booking).not.toBe('');
  expect((await app.http.inject({ url: first.url })).body).toContain('It is your turn');
  expect((await send(`${first.url}/pass`, {})).headers.location).toBe(first.url);
  const gone = (await app.http.inject({ url: first.url })).body;
  expect(gone).toContain('The offer has gone to the next in line');
  expect(gone, 'joining again is the same wish').toContain('event=evt_small&amp;wait=1');
  expect((await app.http.inject({ url: second.url })).body).toContain('It is your turn');
  expect((await send(`${second.url}/leave`, {})).headers.location).toBe(second.url);
  expect((await app.http.inject({ url: second.url })).body).toContain('You are no longer on the list');
  expect(await get({ event: 'evt_small', wait: '1' }), 'whoever can book does not wait').not.toContain('Join the waiting list</h1>');
});

test.runIf(built)('by a link that demands it, the phone is confirmed when somebody joins, and when they take an offer that asks for it', async () => {
  const day = '2026-03-12';
  await sql`
    insert into occupancy (chain_id, location_id, resource_id, span, source_kind, source_id)
    values (${app.scope.chainId}, ${app.scope.locationId}, 'stf_ana', tstzrange(${`${day}T00:00Z`}::timestamptz, ${`${day}T23:00Z`}::timestamptz), 'break', 'brk_whole')`.execute(
    app.database.read,
  );
  const choose = { service: 'srv_cut', staff: 'stf_ana', link: 'strict' };
  expect(await get({ ...choose, day })).toContain(`wait=${day}`);
  const url = at({ ...choose, wait: `${day},600,840` });
  const page = (await app.http.inject({ url })).body;
  expect(page).toContain('value="10:00"');
  const person = details();
  const asks = await send(url, { ...person, draft: draftOn(page), from: '11:00', to: '14:00' });
  expect([asks.statusCode, asks.body.includes('Confirm your phone')]).toEqual([200, true]);
  expect(hidden(asks.body)).toMatchObject({ ...person, from: '11:00', to: '14:00' });
  const code = (await codes()).at(-1) ?? '';
  expect((await send(url, { ...hidden(asks.body), do: 'confirm', code: another(code) })).statusCode).toBe(422);
  const joined = await inLine(await send(url, { ...hidden(asks.body), do: 'confirm', code }));
  expect(joined.page).toContain('between 11:00 and 14:00');

  // staff put somebody in line, whose phone nobody has confirmed
  const owner = await signInAs(app, 'owner');
  const phone = '+351912345999';
  const added = await owner.here<{ entries: { id: string }[] }>('POST', 'waiting', {
    client: { name: 'Eva', phone, email: '' },
    serviceIds: ['srv_cut'],
    staffId: null,
    day,
    fromMinute: null,
    toMinute: null,
  });
  expect(added.status).toBe(201);
  await sql`update waiting_entries set link_id = 'lnk_strict' where phone = ${phone}`.execute(app.database.read);
  await sql`delete from occupancy where source_id = 'brk_whole'`.execute(app.database.read);
  await app.background.settleDown();
  await app.pass({ seconds: 1 });
  const { rows } = await sql<{ entryId: string; status: string }>`
    select entry_id "entryId", status from waiting_entries where day = ${day}::date order by line_no`.execute(app.database.read);
  expect(rows.map(({ status }) => status)).toEqual(['offered', 'offered']);
  const theirs = `/waiting/${app.salon.waitingLinks.sign(app.scope.chainId, rows[1]?.entryId ?? '')}`;
  const offer = (await app.http.inject({ url: theirs })).body;
  const asked = await send(`${theirs}/take`, { ...hidden(offer), terms: 'yes' });
  expect([asked.statusCode, asked.body.includes('Confirm your phone'), asked.body.includes('value="change"')]).toEqual([200, true, false]);
  const theirCode = (await codes()).at(-1) ?? '';
  expect((await send(`${theirs}/take`, { ...hidden(asked.body), do: 'confirm', code: '12' })).body).toContain('enter all six digits');
  const taken = await send(`${theirs}/take`, { ...hidden(asked.body), do: 'confirm', code: theirCode });
  expect([taken.statusCode, taken.headers.location]).toEqual([303, expect.stringMatching(/^\/b\//)]);
});
