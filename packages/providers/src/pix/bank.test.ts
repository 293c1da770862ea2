import { describe, expect, it } from 'vitest';
import { cob, devolucao, key, order, paid, pixAt, txid } from './testing/pix-at.ts';
import { problem, type Said } from './testing/scripted-bank.ts';

describe('speaking with the bank', () => {
  const reading = { [`GET /v2/cob/${txid}`]: [[200, cob()] as Said] };

  it('one token serves until a minute before its end, also for several questions at once', async () => {
    const { provider, bank, keys, later } = await pixAt(reading);
    await Promise.all([1, 2, 3].map(() => provider.readPayment(keys, key)));
    later(58);
    await provider.readPayment(keys, key);
    expect(bank.asked().filter((what) => what.startsWith('POST'))).toHaveLength(1);
    later(1);
    await Promise.all([1, 2, 3].map(() => provider.readPayment(keys, key)));
    expect(bank.asked().filter((what) => what.startsWith('POST'))).toHaveLength(2);
  });

  it('a token taken back before its time is renewed, once', async () => {
    const { provider, bank, keys } = await pixAt({
      [`GET /v2/cob/${txid}`]: [
        [401, ''],
        [200, cob()],
        [401, ''],
      ],
    });
    expect(await provider.readPayment(keys, key)).toMatchObject({ kind: 'done', value: { state: 'open' } });
    expect(bank.heard.at(-1)?.headers['authorization']).toBe('Bearer token-2');
    expect(await provider.readPayment(keys, key)).toMatchObject({ kind: 'declined', code: 'bad_credentials' });
    expect(bank.heard).toHaveLength(7);
  });

  it.each([
    ['form', 'application/x-www-form-urlencoded', 'grant_type=client_credentials'],
    ['json', 'application/json', '{"grant_type":"client_credentials"}'],
  ])('asks for the token as the bank wants it: %s', async (tokenBody, type, body) => {
    const { provider, bank, keys } = await pixAt(reading, { credentials: { tokenBody } });
    await provider.readPayment(keys, key);
    // printf 'Client_Id_salon:Client_Secret_salon' | base64
    const authorization = 'Basic Q2xpZW50X0lkX3NhbG9uOkNsaWVudF9TZWNyZXRfc2Fsb24=';
    expect(bank.heard[0]).toMatchObject({ what: 'POST /oauth/token', body, headers: { 'content-type': type, authorization } });
  });

  it.each([
    [
      'a client it does not know',
      [401, { error: 'invalid_client', error_description: 'Invalid or inactive credentials' }],
      'declined',
      'bad_credentials',
    ],
    ['the same, as some say it', [400, { error: 'invalid_client' }], 'declined', 'bad_credentials'],
    ['a refusal without a word', [401, ''], 'declined', 'bad_credentials'],
    ['another refusal', [400, { error: 'unsupported_grant_type' }], 'declined', 'unsupported_grant_type'],
    [
      'a problem of its own',
      [503, { type: 'https://pix.bcb.gov.br/api/v2/error/ServicoIndisponivel', title: 'x', status: 503 }],
      'unknown',
      undefined,
    ],
    ['a page of something in between', [403, '<html>Forbidden</html>'], 'unknown', undefined],
    ['something else', [200, { token: 'x' }], 'unknown', undefined],
  ] as const)('%s instead of a token is understood', async (_what, said, kind, code) => {
    const { provider, keys } = await pixAt({ 'POST /oauth/token': [said] });
    expect(await provider.readPayment(keys, key)).toMatchObject(code ? { kind, code } : { kind });
  });

  it('no secret, no token is in what the bank’s complaints become', async () => {
    const everything = `Client_Id_salon Client_Secret_salon token-1 ${Buffer.from('Client_Id_salon:Client_Secret_salon').toString('base64')}`;
    const { provider, keys } = await pixAt({ [`GET /v2/cob/${txid}`]: [problem(400, 'RequisicaoInvalida', everything)] });
    expect(await provider.readPayment(keys, key)).toEqual({ kind: 'declined', code: 'RequisicaoInvalida', message: '… … … …' });
  });

  it.each([
    ['a problem of the bank’s', problem(500, 'ErroInternoDoServidor')],
    ['a bank that is shut', problem(503, 'ServicoIndisponivel')],
    ['too many questions', [429, ''] as Said],
    ['a page that says 404', [404, '<html>nginx</html>'] as Said],
    ['a gateway’s own 404', [404, { message: 'no Route matched with those values' }] as Said],
    ['a redirect', [302, ''] as Said],
    ['a status nobody has written down', [200, cob({ status: 'EM_ANALISE' })] as Said],
    ['an amount with a comma', [200, cob({ valor: { original: '750,10' } })] as Said],
    ['an amount as a number', [200, cob({ valor: { original: 750.1 } })] as Said],
    ['paid, and no payment in it', [200, cob({ status: 'CONCLUIDA' })] as Said],
    ['a payment back in a state nobody has written down', [200, paid([devolucao('DEVOLVIDA')])] as Said],
    ['a broken line', undefined],
  ])('%s is unknown, never a no', async (_what, said) => {
    const { provider, keys } = await pixAt({ [`GET /v2/cob/${txid}`]: [said] });
    expect((await provider.readPayment(keys, key)).kind).toBe('unknown');
  });

  it('Efí’s own words for a no are understood', async () => {
    const { provider, keys } = await pixAt({ [`GET /v2/cob/${txid}`]: [[404, { nome: 'cobranca_nao_encontrada', mensagem: 'Nenhuma cobrança' }]] });
    expect(await provider.readPayment(keys, key)).toEqual({ kind: 'done', value: undefined });
  });

  it('what is no name of a charge is no address to ask at', async () => {
    const { provider, bank, keys } = await pixAt({});
    for (const providerPaymentId of ['../webhook/x', 'a', `${txid}/../x`, `${txid}?x=1`, '', 'ї'.repeat(30)]) {
      expect(await provider.readPayment(keys, { ...key, providerPaymentId })).toEqual({ kind: 'done', value: undefined });
      expect(await provider.closePayment(keys, { ...key, providerPaymentId })).toMatchObject({ kind: 'declined', code: 'CobNaoEncontrado' });
    }
    expect(bank.heard).toEqual([]);
  });
});

describe('the certificate', () => {
  const reading = { [`GET /v2/cob/${txid}`]: [[200, cob()] as Said] };

  it('is shown: without one the bank does not even listen', async () => {
    const { provider, bank, keys } = await pixAt(reading, { credentials: { certificate: '' } });
    const answer = await provider.readPayment(keys, key);
    expect(answer).toMatchObject({ kind: 'declined', code: 'bad_certificate' });
    expect(bank.heard).toEqual([]);
  });

  it('is not needed where the bank asks for none', async () => {
    const { provider, keys } = await pixAt(reading, { credentials: { certificate: '' }, demandsCertificate: false });
    expect(await provider.readPayment(keys, key)).toMatchObject({ kind: 'done' });
  });

  it('that has ended, or cannot be read, is told before anything is asked', async () => {
    const ended = await pixAt(reading, { now: new Date('2036-11-18T14:34:47Z') });
    expect(ended.provider.endsAt(ended.keys)).toEqual(new Date('2036-11-18T14:34:47Z'));
    const expired = { kind: 'declined', code: 'certificate_expired', message: expect.stringContaining('2036-11-18') };
    expect(await ended.provider.testConnection(ended.keys)).toEqual(expired);
    expect(await ended.provider.createPayment(ended.keys, { ...order, payableUntil: new Date('2037-01-01') })).toEqual(expired);
    const bad = { ...ended.keys, certificate: 'x' };
    expect(await ended.provider.testConnection(bad)).toMatchObject({ kind: 'declined', code: 'bad_certificate' });
    expect(ended.provider.endsAt(bad)).toBeUndefined();
    expect(ended.bank.heard).toEqual([]);
  });
});

describe('testing the connection', () => {
  const token = (scope?: string): Said => [200, { access_token: 't', expires_in: '300', scope }];
  const page: Said = [
    200,
    { parametros: { paginacao: { paginaAtual: 0, itensPorPagina: 100, quantidadeDePaginas: 1, quantidadeTotalDeItens: 0 } }, cobs: [] },
  ];

  it('names the account and changes nothing', async () => {
    for (const scope of [undefined, 'cob.read cob.write pix.read pix.write gn.balance.read']) {
      const { provider, bank, keys } = await pixAt({ 'POST /oauth/token': [token(scope)], 'GET /v2/cob': [page] });
      const account = { account: 'Salão Tília (salon@example.com)', accountId: 'pix.bank.example/v2/salon@example.com' };
      expect(await provider.testConnection(keys)).toEqual({ kind: 'done', value: account });
      expect(bank.asked()).toEqual(['POST /oauth/token', 'GET /v2/cob']);
    }
  });

  it('asks for a new token each time: the old one says nothing of the credentials', async () => {
    const { provider, bank, keys } = await pixAt({ 'GET /v2/cob': [page] });
    await provider.testConnection(keys);
    await provider.testConnection(keys);
    expect(bank.asked().filter((what) => what.startsWith('POST'))).toHaveLength(2);
  });

  it('says which rights are lacking', async () => {
    const { provider, keys } = await pixAt({ 'POST /oauth/token': [token('cob.read cob.write pix.read')], 'GET /v2/cob': [page] });
    expect(await provider.testConnection(keys)).toMatchObject({
      kind: 'declined',
      code: 'not_permitted',
      message: expect.stringContaining('pix.write'),
    });
  });

  it('is no success where charges cannot be looked at', async () => {
    for (const [said, kind] of [
      [problem(403, 'AcessoNegado'), 'declined'],
      [problem(404, 'NaoEncontrado'), 'declined'],
      [[200, '<html>'] as Said, 'unknown'],
    ] as const) {
      const { provider, keys } = await pixAt({ 'GET /v2/cob': [said] });
      expect((await provider.testConnection(keys)).kind).toBe(kind);
    }
  });
});
