import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { strangerPays } from '../simulator/stranger-pays.ts';
import { type EveryHouse, everyHouse, everyProvider } from './testing/every-provider.ts';
import { type Post, partsOf, textOf } from './testing/webhook-posts.ts';

const each = test.concurrent.each(everyProvider);
const DAY = 24 * 60;

/** A client who has paid, what the provider posted about it, which has not reached us, and the one of those posts that names the payment. */
async function paidUnheard(house: EveryHouse, at = house.us) {
  const visit = await house.onThePage(at);
  const posts = await house.payUnheard(visit.id);
  const post = posts.find((one) => [visit.id, visit.reference].some((name) => textOf(house.provider.name, one).includes(name)));
  if (!post) throw new Error('the provider posts about it');
  return { visit, posts, post };
}

const withBody = (post: Post, body: string | Buffer): Post => ({ ...post, body: Buffer.from(body) });

each('%s: a webhook that proves nothing is refused and leaves nothing behind, and the client loses nothing', async (provider) => {
  const house = await everyHouse(provider);
  const next = await house.neighbour();
  const { visit, posts, post } = await paidUnheard(house);
  const { open, secret, rest } = partsOf(post.url);
  const text = post.body.toString();
  const other = partsOf(next.webhookUrl);
  const bad: Record<string, Post> = {
    empty: withBody(post, ''),
    truncated: withBody(post, post.body.subarray(0, -7)),
    rubbish: withBody(post, '<html>502 Bad Gateway</html>'),
    'no text at all': withBody(post, Buffer.from([0xff, 0xfe, 0, 0xd8])),
    'larger than a megabyte': withBody(post, `${text}${' '.repeat(1024 * 1024)}`),
    'a thousand brackets': withBody(post, '['.repeat(1000)),
    'to the address of another merchant': { ...post, url: `${other.open}${secret ? `/${secret}${rest}` : ''}` },
    'to an address that is nobody’s': { ...post, url: post.url.replace(house.us.connectionId, 'con_nobody') },
    'to an address with a zero character': { ...post, url: `${open}%00${secret ? `/${secret}${rest}` : ''}` },
  };
  if (house.provider.capabilities.webhookProof === 'signature') {
    const flipped = Buffer.from(post.body);
    flipped[Math.floor(flipped.length / 2)] = (flipped[Math.floor(flipped.length / 2)] ?? 0) ^ 1;
    const without = text.replace(/(^|&)signature=[^&]*/, '');
    Object.assign(bad, {
      'without its signature': { ...withBody(post, without), headers: { 'content-type': post.headers['content-type'] ?? '' } },
      'one bit changed': withBody(post, flipped),
      'a space more': withBody(post, `${text} `),
      'written anew': withBody(post, text.startsWith('{') ? JSON.stringify(JSON.parse(text), null, 1) : text.replace('data=', 'data=IA')),
      'signed by another merchant': provider === 'mono' ? withBody(post, `${text}\n`) : house.forge(post, (same) => same, next),
    });
  }
  if (secret) {
    const addressed = (came: string) => ({ ...post, url: `${open}${came}${rest}` });
    Object.assign(bad, {
      'without the secret of the address': { ...post, url: open },
      'with a wrong one': addressed(`/${'x'.repeat(secret.length)}`),
      'with a piece of it': addressed(`/${secret.slice(0, -1)}`),
      'with more than it': addressed(`/${secret}A`),
      'with far more than it': addressed(`/${secret.repeat(30)}`),
      'with that of another connection': addressed(`/${other.secret}`),
      'in capitals': addressed(`/${secret.toUpperCase()}`),
    });
  }
  for (const [what, one] of Object.entries(bad)) {
    const { status, body } = await house.deliver(one);
    expect([what, status, body.code]).toEqual([what, expect.toBeOneOf([400, 404, 413, 414]), expect.any(String)]);
    expect(JSON.stringify(body), what).not.toContain(secret ?? visit.reference);
  }
  await house.app.afterwards();
  expect([await house.inbox(), await house.inbox(next)]).toEqual([{}, {}]);
  expect(await house.payment()).toMatchObject({ id: visit.id, status: 'open' });
  for (const one of posts) expect((await house.deliver(one)).status).toBe(200);
  await house.settle();
  expect(await house.see(visit.token)).toMatchObject({ status: 'confirmed', paidMinor: 43_210 });
  const secrets = [secret, other.secret, ...Object.values(house.credentials).filter((value) => value.length > 12 && !value.startsWith('http'))];
  for (const one of secrets) if (one) expect(house.logged()).not.toContain(one);
  expect(await house.everyCent()).toEqual([]);
});

each('%s: a webhook that comes a hundred times is one event, and its money is booked once', async (provider) => {
  const house = await everyHouse(provider);
  const { visit, posts } = await paidUnheard(house);
  for (let round = 0; round < 10; round++) {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => house.deliver(posts[n % posts.length] as Post)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
  }
  await house.settle();
  const stored = await house.inbox();
  expect(Object.values(stored).reduce((sum, n) => sum + n, 0)).toBe(new Set(posts.map((post) => post.body.toString())).size);
  expect(await house.see(visit.token)).toMatchObject({ status: 'confirmed', paidMinor: 43_210 });
  expect(await house.everyCent()).toEqual([]);
});

each('%s: a webhook that proves itself and lies is not believed: the books follow what asking says', async (provider) => {
  const house = await everyHouse(provider);
  const { visit: paid, posts, post } = await paidUnheard(house);
  const unpaid = await house.onThePage();
  const more = (text: string) => text.replaceAll(/\b43210\b/g, '99999').replaceAll(/\b432\.10?\b/g, '999.99');
  const ofTheOther = (text: string) => text.replaceAll(paid.id, unpaid.id).replaceAll(paid.reference, unpaid.reference);
  for (const lie of [house.forge(post, (text) => ofTheOther(text)), house.forge(post, (text) => more(ofTheOther(text))), house.forge(post, more)])
    expect([(await house.deliver(lie)).status, textOf(provider, lie)]).toEqual([200, expect.not.stringMatching(/^$/)]);
  await house.settle();
  expect(await house.see(unpaid.token)).toMatchObject({ status: 'held', paidMinor: 0 });
  expect(await house.see(paid.token)).toMatchObject({ status: 'confirmed', paidMinor: 43_210 });
  for (const one of posts) expect((await house.deliver(one)).status).toBe(200);
  await house.settle();
  expect(await house.attention()).toEqual([]);
  expect(await house.everyCent()).toEqual([]);
});

each('%s: what another merchant’s provider says about our payment touches nothing of ours', async (provider) => {
  const house = await everyHouse(provider);
  const next = await house.neighbour();
  const ours = await house.onThePage();
  const { visit: theirs, post } = await paidUnheard(house, next);
  const { secret, rest } = partsOf(post.url);
  // what is theirs, to our door; then, at their own door, words about our payment with all the proof they can make
  const atOurs = { ...post, url: `${partsOf(house.us.webhookUrl).open}${secret ? `/${secret}${rest}` : ''}` };
  expect((await house.deliver(secret ? atOurs : { ...atOurs, url: house.us.webhookUrl })).status).toBeGreaterThanOrEqual(400);
  const about = house.forge(post, (text) => text.replaceAll(theirs.id, ours.id).replaceAll(theirs.reference, ours.reference), next);
  expect((await house.deliver(about)).status).toBe(200);
  await house.settle();
  expect(await house.see(ours.token)).toMatchObject({ status: 'held', paidMinor: 0 });
  expect(await house.inbox()).toEqual({});
  expect(await house.inbox(next)).toEqual({
    [house.provider.capabilities.webhookProof === 'address' && provider === 'pix' ? 'not_ours' : 'parked']: 1,
  });
  expect((await house.deliver(post)).status).toBe(200);
  await house.settle();
  expect(await house.see(theirs.token)).toMatchObject({ status: 'confirmed' });
  expect(await house.everyCent()).toEqual([]);
});

each(
  '%s: money with our mark that nobody knows is parked and shown to a person after a day, once; other sales of the merchant are kept and hidden',
  async (provider) => {
    const house = await everyHouse(provider);
    const sale = async (reference: string) => {
      const made = await house.provider.createPayment(house.credentials, {
        reference,
        idempotencyKey: `other_${reference}`,
        amountMinor: 3_000n,
        currency: house.currency,
        lines: [{ text: 'Shampoo', amountMinor: 3_000n }],
        createdAt: house.clock.now(),
        payableUntil: new Date(house.clock.now().getTime() + 900_000),
        returnUrl: `${house.entrance.origin}/`,
        cancelUrl: `${house.entrance.origin}/`,
        webhookUrl: house.webhookUrl,
        ownPageUrl: `${house.entrance.origin}/`,
        language: 'en',
        instantMethodsOnly: true,
      });
      if (made.kind !== 'done') throw new Error(JSON.stringify(made));
      const { page, providerPaymentId } = made.value;
      if (page?.kind === 'form') await fetch(page.action, { method: 'POST', redirect: 'manual', body: new URLSearchParams(page.fields) });
      return providerPaymentId;
    };
    for (const reference of ['order-77', 'hf_othermark_pay_1']) expect(house.sandbox.pay(await sale(reference))).toBe('captured');
    await house.settle();
    expect(Object.keys(await house.inbox())).toEqual(['not_ours']);
    const quote = { requiredMinor: 3_000, currency: house.currency };
    const lost = await strangerPays(house, { quote, service: { name: 'Shampoo' }, language: 'en' } as Parameters<typeof strangerPays>[1]);
    await house.settle();
    expect(Object.keys(await house.inbox()).sort()).toEqual(['not_ours', 'parked']);
    await house.pass({ minutes: DAY - 120 });
    expect(await house.attention()).toEqual([]);
    await house.pass({ minutes: 3 * DAY });
    expect(await house.attention()).toEqual([{ kind: 'unknown_payment', subject: lost.reference }]);
    const { rows } = await sql<{ tries: number }>`select max(tries)::int tries from webhook_inbox where status = 'parked'`.execute(
      house.database.read,
    );
    expect(rows[0]?.tries).toBeGreaterThan(10);
    expect(await house.everyCent({ strangers: [lost.reference] })).toEqual([]);
  },
);

each('%s: numbers, references and names of events with any characters are stored and do no harm', async (provider) => {
  const house = await everyHouse(provider);
  const { visit, posts, post } = await paidUnheard(house);
  const odd = ['a\\u0000b', '\\ud800', '🐈'.repeat(200), '\\u202Eevil', "'; drop table bookings; --", '=cmd()', '<script>alert(1)</script>'];
  for (const words of odd) {
    const strange = house.forge(post, (text) => (provider === 'pix' ? text : text.replaceAll(visit.reference, words)));
    expect([words, (await house.deliver(strange)).status]).toEqual([words, 200]);
  }
  const numbered: Record<string, (text: string) => string> = {
    stripe: (text) => text.replace(/"id":"evt_\w+"/, '"id":"evt\\u0000_1"'),
    viva: (text) => text.replace(/"MessageId":"[^"]+"/, '"MessageId":"a\\u0000b"'),
    mono: (text) => text.replace(/"modifiedDate":"[^"]+"/, '"modifiedDate":"a\\u0000b"'),
  };
  const edit = numbered[provider];
  if (edit) expect((await house.deliver(house.forge(post, edit))).status).toBe(200);
  for (const type of [undefined, 'text/plain', 'application/octet-stream', 'application/json; charset=windows-1251']) {
    const { 'content-type': _, ...headers } = post.headers;
    expect([type, (await house.deliver({ ...post, headers: type ? { ...headers, 'content-type': type } : headers })).status]).toEqual([type, 200]);
  }
  for (const one of posts) expect((await house.deliver(one)).status).toBe(200);
  await house.settle();
  expect(await house.see(visit.token)).toMatchObject({ status: 'confirmed', paidMinor: 43_210 });
  expect(await house.everyCent()).toEqual([]);
});

test('pix: one call that reports several payments, one of them not ours, settles ours and keeps the other', async () => {
  const house = await everyHouse('pix');
  const [one, two] = [await paidUnheard(house), await paidUnheard(house)];
  const list = [one, two].flatMap(({ post }) => (JSON.parse(post.body.toString()) as { pix: { endToEndId: string; txid: string }[] }).pix);
  const strange = { ...list[0], txid: 'outravenda0000000000000000001', endToEndId: 'E0000000020260302090000000000001' };
  const unreadable = { ...list[0], endToEndId: 'short' };
  const { txid: _, ...withoutTxid } = { ...list[0], endToEndId: 'E0000000020260302090000000000002' };
  const pix = [strange, list[0], unreadable, withoutTxid, 7, list[1], list[0]];
  expect((await house.deliver(withBody(one.post, JSON.stringify({ pix })))).status).toBe(200);
  await house.settle();
  for (const { visit } of [one, two]) expect(await house.see(visit.token)).toMatchObject({ status: 'confirmed', paidMinor: 43_210 });
  expect(await house.inbox()).toEqual({ done: 2, not_ours: 2 });
  expect(await house.everyCent()).toEqual([]);
});

test('viva: order codes beyond what a number of JavaScript can hold come through webhook, database and answer to the last digit', async () => {
  const house = await everyHouse('viva');
  const { visit, post } = await paidUnheard(house);
  expect(BigInt(visit.id)).toBeGreaterThan(2n ** 53n);
  expect(post.body.toString()).toContain(`"OrderCode":${visit.id},`);
  const beside = house.forge(post, (text) => text.replaceAll(visit.id, String(BigInt(visit.id) + 1n)).replaceAll(visit.reference, 'order-1'));
  expect((await house.deliver(beside)).status).toBe(200);
  await house.settle();
  expect([await house.inbox(), await house.see(visit.token)]).toMatchObject([{ not_ours: 1 }, { status: 'held' }]);
  expect((await house.deliver(post)).status).toBe(200);
  await house.settle();
  expect(await house.see(visit.token)).toMatchObject({ status: 'confirmed' });
  const { rows } = await sql<{ id: string }>`select provider_payment_id id from webhook_inbox where status = 'done'`.execute(house.database.read);
  expect(rows).toEqual([{ id: visit.id }]);
  expect(await house.everyCent()).toEqual([]);
});
