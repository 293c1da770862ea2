import { z } from 'zod';
import { isCurrency } from './amounts.ts';
import { address, email, expandList, integer, metadata, positive, text, yesNo } from './read-shape.ts';
import { Refusal } from './refusal.ts';

/** Stripe's page speaks these; Ukrainian is not among them, so a Ukrainian client is sent with `auto`. */
const LOCALES =
  'auto bg cs da de el en en-GB es es-419 et fi fil fr fr-CA hi-IN hr hu id it ja ko lt lv ms mt nb nl pl pt pt-BR ro ru sk sl sv th tr vi zh zh-HK zh-TW'.split(
    ' ',
  ) as ['auto', ...string[]];

/** Methods whose money is certain only days later. */
export const DELAYED_METHODS = [
  'acss_debit',
  'au_becs_debit',
  'bacs_debit',
  'boleto',
  'customer_balance',
  'konbini',
  'multibanco',
  'oxxo',
  'sepa_debit',
  'us_bank_account',
] as const;

const METHODS = [
  'card',
  ...DELAYED_METHODS,
  ...[
    'affirm afterpay_clearpay alipay alma amazon_pay bancontact blik cashapp eps fpx giropay grabpay ideal kakao_pay klarna kr_card link mb_way',
    'mobilepay naver_pay p24 pay_by_bank payco paynow paypal pix promptpay revolut_pay billie bizum crypto nz_bank_account paypay payto',
    'scalapay sequra sunbit upi samsung_pay satispay sofort swish twint wechat_pay zip',
  ].flatMap((line) => line.split(' ')),
] as ['card', ...string[]];

const currency = z
  .string()
  .refine(isCurrency, 'currency_invalid|Invalid currency')
  .transform((code) => code.toLowerCase());

const line = z.strictObject({
  price_data: z.strictObject({
    currency,
    unit_amount: integer.refine((value) => value >= 0, 'parameter_invalid_integer|Invalid non-negative integer'),
    product_data: z.strictObject({
      name: text(250),
      description: text(500).optional(),
      images: z.array(address).max(8).optional(),
      metadata: metadata.optional(),
    }),
  }),
  quantity: positive,
});

export const createSessionShape = z.strictObject({
  mode: z.enum(['payment']),
  line_items: z.array(line).min(1).max(100),
  success_url: address,
  cancel_url: address.optional(),
  client_reference_id: text(200).optional(),
  metadata: metadata.optional(),
  payment_intent_data: z
    .strictObject({
      metadata: metadata.optional(),
      description: text(1000).optional(),
      receipt_email: email.optional(),
      statement_descriptor: text(22).optional(),
      statement_descriptor_suffix: text(22).optional(),
    })
    .optional(),
  /** Only before the version that took it away: see `checkMethodsFor`. */
  payment_method_types: z.array(z.enum(METHODS)).min(1).optional(),
  allowed_payment_method_types: z.array(z.enum(METHODS)).min(1).optional(),
  excluded_payment_method_types: z.array(z.enum(METHODS)).min(1).optional(),
  customer_email: email.optional(),
  locale: z.enum(LOCALES).optional(),
  expires_at: integer.optional(),
  ui_mode: z.enum(['hosted_page']).optional(),
  submit_type: z.enum(['auto', 'book', 'donate', 'pay', 'subscribe']).optional(),
  customer_creation: z.enum(['always', 'if_required']).optional(),
  billing_address_collection: z.enum(['auto', 'required']).optional(),
  adaptive_pricing: z.strictObject({ enabled: yesNo }).optional(),
  allow_promotion_codes: yesNo.optional(),
  expand: expandList.optional(),
});

/**
 * A list of methods is named `payment_method_types` before 2026-09-30.endive and `allowed_payment_method_types` from then on, where it filters
 * what is offered dynamically (docs.stripe.com/changelog/endive/2026-09-30/remove-payment-method-types-checkout-sessions).
 */
export function checkMethodsFor(version: string, wish: CreateSession): void {
  const gone = version >= '2026-09-30' ? 'payment_method_types' : 'allowed_payment_method_types';
  if (wish[gone] !== undefined) throw new Refusal(400, `Received unknown parameter: ${gone}`, { code: 'parameter_unknown', param: gone });
}

export type CreateSession = z.output<typeof createSessionShape>;

/** Parameters of the real call that the sandbox does not act on (names from the SDK's own types). */
export const knownElsewhere: ReadonlySet<string> = new Set(
  [
    'after_expiration automatic_tax branding_settings consent_collection currency custom_fields custom_text customer customer_account',
    'customer_update discounts integration_identifier invoice_creation managed_payments name_collection optional_items origin_context',
    'payment_method_collection payment_method_configuration payment_method_data payment_method_options permissions phone_number_collection',
    'redirect_on_completion return_url saved_payment_method_options setup_intent_data shipping_address_collection shipping_options',
    'subscription_data tax_id_collection wallet_options payment_intent_data[capture_method] payment_intent_data[setup_future_usage]',
    'payment_intent_data[transfer_group] payment_intent_data[application_fee_amount] payment_intent_data[on_behalf_of]',
    'payment_intent_data[shipping]',
  ].flatMap((line) => line.split(' ')),
);
