import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyPixWebhook } from './verify-pix-webhook.ts';

/** FUZZ_RUNS=100000 npx vitest run packages/providers/src/pix/verify-pix-webhook.test.ts */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 5000);
const secret = 'address-secret-of-the-salon';
const address = { came: secret, ours: secret };
const bytes = (text: string) => new TextEncoder().encode(text);
const verify = (body: unknown, came: string | undefined = secret) =>
  verifyPixWebhook({ rawBody: bytes(typeof body === 'string' ? body : JSON.stringify(body)), address: { came, ours: secret } });

const txid = '7978c0c97ea847e78e8849634473c1f1';
const e2e = (n: number) => `E12345678202611211005${String(n).padStart(11, '0')}`;
const pix = (n: number, more: object = {}) => ({
  endToEndId: e2e(n),
  txid,
  valor: '110.00',
  horario: '2026-11-21T10:05:00.358Z',
  infoPagador: 'x',
  ...more,
});
const back = (id: string, status: string) => ({
  id,
  rtrId: `D${e2e(1).slice(1)}`,
  valor: '10.00',
  horario: { solicitacao: '2026-11-21T10:06:00Z' },
  status,
});
const refused = (why: string) => ({ kind: 'refused', why });
const events = (body: unknown) => {
  const verdict = verify(body);
  if (verdict.kind !== 'verified') throw new Error(JSON.stringify(verdict));
  return verdict.events;
};

describe('what a bank reports', () => {
  it('is about a charge, by its name; what it says of money is not taken from it', () => {
    expect(verify({ pix: [pix(1)] })).toEqual({
      kind: 'verified',
      events: [{ eventId: e2e(1), eventType: 'pix', reference: undefined, providerPaymentId: txid }],
    });
  });

  it('may be about several at once, also about some that are not ours or cannot be read', () => {
    const told = events({ pix: [pix(1), pix(2, { txid: 'b'.repeat(30) }), { endToEndId: 'short' }, null, pix(3, { txid: null }), pix(1)] });
    expect(told.map(({ eventId, providerPaymentId }) => [eventId, providerPaymentId])).toEqual([
      [e2e(1), txid],
      [e2e(2), 'b'.repeat(30)],
      [e2e(3), undefined],
    ]);
  });

  it('of money going back is another event each time it stands otherwise, and the same when it is said again', () => {
    const bodies = [
      [],
      [back('1', 'EM_PROCESSAMENTO')],
      [back('1', 'DEVOLVIDO')],
      [back('1', 'DEVOLVIDO'), back('2', 'DEVOLVIDO')],
      [back('2', 'NAO_REALIZADO'), back('1', 'DEVOLVIDO')],
    ].map((devolucoes) => ({ pix: [pix(1, { devolucoes })] }));
    const ids = bodies.map((body) => events(body)[0]?.eventId);
    expect(new Set(ids).size).toBe(bodies.length);
    expect(bodies.map((body) => events(body)[0]?.eventId)).toEqual(ids);
    const turned = { pix: [pix(1, { devolucoes: [back('2', 'DEVOLVIDO'), back('1', 'DEVOLVIDO')] })] };
    expect(events(turned)[0]).toMatchObject({ eventId: ids[3], eventType: 'pix.devolucao' });
  });

  it('may carry one alone instead of a list, as in the official example', () => {
    expect(events({ pix: [pix(1, { devolucoes: back('123ABC', 'EM_PROCESSAMENTO') })] })).toEqual(
      events({ pix: [pix(1, { devolucoes: [back('123ABC', 'EM_PROCESSAMENTO')] })] }),
    );
  });

  it('when the address is registered, Efí’s trial is answered well and tells of nothing', () => {
    expect(verify({ evento: 'teste_webhook', data_criacao: '2026-11-21T10:00:00.000Z' })).toEqual({ kind: 'verified', events: [] });
  });

  it('is refused at any other address, whatever it says', () => {
    for (const came of [undefined, ''])
      expect(verifyPixWebhook({ rawBody: bytes('{}'), address: { came, ours: secret } })).toEqual(refused('missing_signature'));
    for (const came of ['x', `${secret} `, secret.toUpperCase()]) expect(verify({ pix: [pix(1)] }, came)).toEqual(refused('bad_signature'));
    expect(() => verifyPixWebhook({ rawBody: bytes('{}'), address: { came: '', ours: '' } })).toThrow(RangeError);
  });

  it.each([
    ['nothing', ''],
    ['no Pix', { pix: [] }],
    ['only what cannot be read', { pix: [1, 'x', { endToEndId: e2e(1).slice(1) }] }],
    ['no list', { pix: pix(1) }],
    ['a list alone', [pix(1)]],
    ['half of it', JSON.stringify({ pix: [pix(1)] }).slice(0, -2)],
    ['far more than any bank says', JSON.stringify({ pix: [pix(1)] }) + ' '.repeat(20_000_000)],
  ])('is refused when it is %s', (_what, body) => {
    expect(verify(body)).toEqual(refused('unreadable'));
  });

  it('is refused when it is no text', () => {
    expect(verifyPixWebhook({ rawBody: new Uint8Array([0x7b, 0xff, 0x7d]), address })).toEqual(refused('unreadable'));
  });
});

describe('whatever is sent to the address', () => {
  const good = JSON.stringify({ pix: [pix(1, { devolucoes: [back('1', 'DEVOLVIDO')] })] });
  const changed = fc
    .tuple(fc.nat(good.length), fc.nat(12), fc.string({ maxLength: 8 }))
    .map(([at, drop, put]) => good.slice(0, at) + put + good.slice(at + drop));
  const value = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom(txid, e2e(1), '__proto__', '\u0000', ''));
  const strange = fc
    .record({
      pix: fc.array(
        fc.record({
          endToEndId: fc.oneof(fc.constant(e2e(1)), value),
          txid: value,
          devolucoes: fc.oneof(value, fc.array(fc.record({ id: value, status: value }))),
        }),
      ),
    })
    .map((body) => JSON.stringify(body));
  const anyBody = fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.json().map(bytes), changed.map(bytes), strange.map(bytes), fc.constant(bytes(good)));
  const anySecret = fc.oneof(
    fc.constant<string | undefined>(secret),
    fc.constant(undefined),
    fc.string(),
    fc.nat(secret.length).map((at) => secret.slice(0, at)),
    fc.string({ minLength: 1 }).map((more) => secret + more),
  );

  it('nothing breaks it, and nothing is taken but at the very address that the bank was told', () => {
    let taken = 0;
    fc.assert(
      fc.property(anyBody, anySecret, (rawBody, came) => {
        const verdict = verifyPixWebhook({ rawBody, address: { came, ours: secret } });
        if (verdict.kind !== 'verified') return;
        taken += 1;
        expect(came).toBe(secret);
        const ids = verdict.events.map(({ eventId }) => eventId);
        expect(new Set(ids).size).toBe(ids.length);
        for (const { eventId, providerPaymentId, reference } of verdict.events) {
          expect(eventId).toMatch(/^[a-zA-Z0-9]{32}(-[0-9a-f]{24})?$/);
          expect(providerPaymentId ?? 'none').toMatch(/^.{1,35}$/su);
          expect(reference).toBeUndefined();
        }
      }),
      { numRuns },
    );
    // the generators must reach the inside too, or this proves nothing
    expect(taken).toBeGreaterThan(0);
  });
});
