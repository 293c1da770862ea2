import type { Stripe } from 'stripe';
import { checkTotal } from './amounts.ts';
import { Refusal } from './refusal.ts';
import type { CreateSession } from './session-shape.ts';
import { seconds, type Work } from './work.ts';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;

/** Dynamic payment methods: the card, and a method that is decided days later where one is usual. */
const DELAYED_BY_CURRENCY: Readonly<Record<string, string>> = {
  eur: 'sepa_debit',
  usd: 'us_bank_account',
  gbp: 'bacs_debit',
  brl: 'boleto',
  jpy: 'konbini',
  mxn: 'oxxo',
};

/** `POST /v1/checkout/sessions`. Refuses before anything is written. */
export function openSession(work: Work, wish: CreateSession): Stripe.Checkout.Session {
  const created = seconds(work.now);
  const expiresAt = wish.expires_at ?? created + DAY;
  checkExpiry(expiresAt, created);
  const currency = wish.line_items[0]?.price_data.currency ?? '';
  const total = wish.line_items.reduce((sum, line) => sum + line.price_data.unit_amount * line.quantity, 0);
  if (wish.line_items.some((line) => line.price_data.currency !== currency)) {
    throw new Refusal(400, 'All line items of a Checkout Session must use the same currency.', { param: 'line_items' });
  }
  checkTotal(total, currency);
  const id = work.newId('cs_test');
  const lines = wish.line_items.map((line) => lineItem(work, line));
  const session: Stripe.Checkout.Session = {
    ...untouched,
    id,
    adaptive_pricing: wish.adaptive_pricing ?? { enabled: false },
    allow_promotion_codes: wish.allow_promotion_codes ?? null,
    amount_subtotal: total,
    amount_total: total,
    billing_address_collection: wish.billing_address_collection ?? null,
    cancel_url: wish.cancel_url ?? null,
    client_reference_id: wish.client_reference_id ?? null,
    created,
    currency,
    customer_creation: wish.customer_creation ?? 'if_required',
    customer_details: wish.customer_email === undefined ? null : customerDetails(wish.customer_email),
    customer_email: wish.customer_email ?? null,
    expires_at: expiresAt,
    locale: wish.locale ?? null,
    metadata: wish.metadata ?? {},
    allowed_payment_method_types: wish.allowed_payment_method_types ?? null,
    payment_method_types: offeredMethods(wish, currency),
    submit_type: wish.submit_type ?? null,
    success_url: wish.success_url,
    url: `${work.publicOrigin}/c/pay/${id}`,
  };
  const data = wish.payment_intent_data;
  const intentData = { description: data?.description ?? null, metadata: data?.metadata ?? {}, receiptEmail: data?.receipt_email ?? null };
  work.tx.put('session', id, { account: work.account.id, session, lines, intentData });
  return session;
}

function offeredMethods(wish: CreateSession, currency: string): string[] {
  if (wish.payment_method_types !== undefined) return wish.payment_method_types;
  const { allowed_payment_method_types: allowed, excluded_payment_method_types: excluded } = wish;
  const dynamic = ['card', DELAYED_BY_CURRENCY[currency] ?? 'customer_balance'];
  const offered = dynamic.filter((method) => (allowed === undefined || allowed.includes(method)) && !excluded?.includes(method));
  if (offered.length === 0)
    throw new Refusal(400, 'No valid payment method types for this Checkout Session.', { param: 'allowed_payment_method_types' });
  return offered;
}

/** 30 minutes to 24 hours from creation (docs.stripe.com/api/checkout/sessions/create), both ends allowed. */
function checkExpiry(expiresAt: number, created: number): void {
  const param = 'expires_at';
  if (expiresAt < created + 30 * MINUTE) {
    throw new Refusal(400, 'The `expires_at` timestamp must be at least 30 minutes from Checkout Session creation.', { param });
  }
  if (expiresAt > created + DAY) {
    throw new Refusal(400, 'The `expires_at` timestamp must be less than 24 hours from Checkout Session creation.', { param });
  }
}

function lineItem(work: Work, line: CreateSession['line_items'][number]): Stripe.LineItem {
  const amount = line.price_data.unit_amount * line.quantity;
  return {
    id: work.newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: line.price_data.currency,
    description: line.price_data.product_data.name,
    metadata: {},
    price: null,
    quantity: line.quantity,
  };
}

export function customerDetails(email: string | null): Stripe.Checkout.Session.CustomerDetails {
  return { address: null, business_name: null, email, individual_name: null, name: null, phone: null, tax_exempt: 'none', tax_ids: [] };
}

type SetAtCreation =
  | ('id' | 'adaptive_pricing' | 'allow_promotion_codes' | 'amount_subtotal' | 'amount_total' | 'billing_address_collection' | 'cancel_url')
  | ('client_reference_id' | 'created' | 'currency' | 'customer_creation' | 'customer_details' | 'customer_email' | 'expires_at' | 'locale')
  | ('metadata' | 'allowed_payment_method_types' | 'payment_method_types' | 'submit_type' | 'success_url' | 'url');

/** Everything a plain payment leaves as it is. */
const untouched: Omit<Stripe.Checkout.Session, SetAtCreation> = {
  object: 'checkout.session',
  after_expiration: null,
  automatic_tax: { enabled: false, liability: null, provider: null, status: null },
  client_secret: null,
  collected_information: null,
  consent: null,
  consent_collection: null,
  currency_conversion: null,
  custom_fields: [],
  custom_text: { after_submit: null, shipping_address: null, submit: null, terms_of_service_acceptance: null },
  customer: null,
  customer_account: null,
  discounts: [],
  integration_identifier: null,
  invoice: null,
  invoice_creation: {
    enabled: false,
    invoice_data: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: null,
      metadata: {},
      rendering_options: null,
    },
  },
  livemode: false,
  managed_payments: null,
  mode: 'payment',
  origin_context: null,
  payment_intent: null,
  payment_link: null,
  payment_method_collection: 'if_required',
  payment_method_configuration_details: null,
  payment_method_options: {},
  payment_status: 'unpaid',
  permissions: null,
  phone_number_collection: { enabled: false },
  recovered_from: null,
  saved_payment_method_options: null,
  setup_intent: null,
  shipping_address_collection: null,
  shipping_cost: null,
  shipping_options: [],
  status: 'open',
  subscription: null,
  total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
  ui_mode: 'hosted_page',
  wallet_options: null,
};
