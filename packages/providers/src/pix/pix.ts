import type { Credentials, Outcome, PaymentFact, PaymentOrder, PaymentProvider, ProviderEndpoint } from '../payment-provider.ts';
import { type Bank, createBanks } from './bank.ts';
import { mayList, readCob, txidByReference } from './find-cob.ts';
import { giveBack, readDevolucao } from './give-back.ts';
import { chargeWish, pageOf } from './pix-charge.ts';
import { pixCredentialsShape } from './pix-credentials.ts';
import { pixFact } from './pix-fact.ts';
import { steps } from './steps.ts';
import { tellWhereToReport } from './tell-where-to-report.ts';
import { verifyPixWebhook } from './verify-pix-webhook.ts';
import { type Cob, cobShape, txidShape } from './wire.ts';

/** Without these rights (OAuth2 scopes) a payment could be made and not followed, or not given back. */
const neededRights = ['cob.read', 'cob.write', 'pix.read', 'pix.write'];

/** PIX by the Banco Central's API Pix 2.9, which every bank offers at its own address: the payment of ours is a charge (`cob`), by its txid. See README.md. */
export function createPixProvider(endpoint: ProviderEndpoint = {}): PaymentProvider & Required<Pick<PaymentProvider, 'setUpWebhook' | 'endsAt'>> {
  const now = endpoint.now ?? (() => new Date());
  const bankOf = createBanks({ ...endpoint, now });

  /** `unknown` where the charge says two things at once. */
  function factOf(cob: Cob, credentials: Credentials): Outcome<PaymentFact> {
    const fact = pixFact(cob, { now: now(), feePercent: credentials['feePercent'] });
    return fact ? done(fact) : unknown('a charge that is paid and names no payment');
  }

  /** A charge that exists already, whoever made it a moment ago. */
  function openedBy(cob: Cob, order: PaymentOrder, credentials: Credentials) {
    if (cob.valor.original !== order.amountMinor) return unknown('this charge was made before, for another amount');
    const page = pageOf(cob, credentials, order.ownPageUrl);
    return page ? done(page) : unknown('a charge without a code or a place to make one of');
  }

  async function readBy(bank: Bank, credentials: Credentials, txid: string): Promise<Outcome<PaymentFact | undefined>> {
    const cob = await readCob(bank, txid);
    if (cob.kind !== 'done') return cob;
    return cob.value ? factOf(cob.value, credentials) : done(undefined);
  }

  return {
    name: 'pix',
    title: 'PIX',
    capabilities: {
      currencies: ['BRL'],
      closesPages: true,
      shortestPageMinutes: 0,
      refunds: 'partial',
      tellsExpiry: false,
      createIsIdempotent: true,
      refundIsIdempotent: true,
      knowsUnpaid: true,
      triesAgainOnPage: true,
      // only where the owner has told it: the standard does not
      tellsFees: false,
      findsByReference: true,
      webhookProof: 'address',
      webhooksAreDated: false,
      webhookSetup: 'by_call',
      settlements: 'none',
    },
    credentialsShape: pixCredentialsShape,
    steps,
    webhookEvents: [],
    minimumChargeMinor: () => 1n,

    async testConnection(credentials) {
      const bank = bankOf(credentials);
      const rights = await bank.askRights();
      if (rights.kind !== 'done') return rights;
      const lacking = rights.value ? neededRights.filter((right) => !rights.value?.includes(right)) : [];
      if (lacking.length > 0) return declined('not_permitted', `The bank gives this program no right to ${lacking.join(', ')}.`);
      const listed = await mayList(bank, now());
      if (listed.kind !== 'done') return listed;
      const { baseUrl = '', pixKey = '', receiverName = '' } = credentials;
      const { host, pathname } = new URL(baseUrl);
      return done({ account: `${receiverName} (${pixKey})`, accountId: `${host}${pathname.replace(/\/+$/, '')}/${pixKey.toLowerCase()}` });
    },

    async createPayment(credentials, order) {
      const wish = chargeWish(order, credentials, now());
      if ('refused' in wish) return wish.refused;
      const bank = bankOf(credentials);
      const before = await readCob(bank, wish.txid);
      if (before.kind !== 'done') return before;
      // to a bank, the same charge said again is a change of it
      if (before.value) return openedBy(before.value, order, credentials);
      const made = await bank.ask({ method: 'PUT', path: `/cob/${wish.txid}`, body: wish.body }, cobShape);
      if (made.kind === 'done') return openedBy(made.value, order, credentials);
      if (made.kind === 'unknown') return made;
      // refused because somebody was quicker: then theirs is the answer
      const after = await readCob(bank, wish.txid);
      if (after.kind === 'done' && after.value) return openedBy(after.value, order, credentials);
      return after.kind === 'unknown' ? after : { ...made, kind: 'declined' };
    },

    async readPayment(credentials, key) {
      const bank = bankOf(credentials);
      if (key.providerPaymentId !== undefined) return readBy(bank, credentials, key.providerPaymentId);
      const found = await txidByReference(bank, key, now());
      if (found.kind !== 'done') return found;
      return found.value === undefined ? done(undefined) : readBy(bank, credentials, found.value);
    },

    async closePayment(credentials, { providerPaymentId: txid }) {
      const bank = bankOf(credentials);
      if (!txidShape.safeParse(txid).success) return declined('CobNaoEncontrado', 'The bank knows no such payment.');
      // nothing beside it: the standard forbids to remove a charge and to change it in one call
      const removed = await bank.ask({ method: 'PATCH', path: `/cob/${txid}`, body: { status: 'REMOVIDA_PELO_USUARIO_RECEBEDOR' } }, cobShape);
      if (removed.kind === 'unknown') return removed;
      if (removed.kind === 'done') return factOf(removed.value, credentials);
      // refused because it was just paid, or is over already: then that is the answer
      const after = await readBy(bank, credentials, txid);
      if (after.kind !== 'done') return after;
      return after.value && after.value.state !== 'open' ? done(after.value) : { ...removed, kind: 'declined' };
    },

    async readRefund(credentials, refund) {
      return readDevolucao(bankOf(credentials), refund);
    },

    async refundPayment(credentials, refund) {
      return giveBack(bankOf(credentials), refund);
    },

    async verifyWebhook(_credentials, webhook) {
      return verifyPixWebhook(webhook);
    },

    async setUpWebhook(credentials, wish) {
      return tellWhereToReport(bankOf(credentials), credentials, wish);
    },

    endsAt: (credentials) => bankOf(credentials).certificateEndsAt,
  };
}

function done<T>(value: T): Outcome<T> {
  return { kind: 'done', value };
}

function declined(code: string, message: string): Outcome<never> {
  return { kind: 'declined', code, message };
}

function unknown(what: string): Outcome<never> {
  return { kind: 'unknown', message: `PIX: ${what}` };
}
