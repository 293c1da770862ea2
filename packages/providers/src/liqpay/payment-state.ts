import type { PaymentFact } from '../payment-provider.ts';
import type { LiqpayStatus } from './wire.ts';

/**
 * A payment's status in our words. Where LiqPay waits, it is told by who has to act: as long as the client has, the page is `open`.
 *
 * @throws RangeError for the statuses of a subscription, which is never ours
 */
export function stateOf(status: LiqpayStatus): PaymentFact['state'] {
  switch (status) {
    case 'success':
    // money has gone back, which is told beside
    case 'reversed':
    // a payment with test keys
    case 'sandbox':
    // paid, and brought to the merchant's account once a day
    case 'wait_compensation':
    // paid, and put aside for a refund that was asked for
    case 'wait_reserve':
      return 'captured';
    case 'failure':
    case 'error':
      return 'failed';
    case '3ds_verify':
    case 'captcha_verify':
    case 'cvv_verify':
    case 'ivr_verify':
    case 'mp_verify':
    case 'otp_verify':
    case 'p24_verify':
    case 'password_verify':
    case 'phone_verify':
    case 'pin_verify':
    case 'receiver_verify':
    case 'sender_verify':
    case 'senderapp_verify':
    case 'wait_qr':
    case 'wait_sender':
    case 'cash_wait':
    case 'invoice_wait':
    case 'prepared':
    case 'try_again':
      return 'open';
    case 'processing':
    case 'hold_wait':
    // taken from the client; goes back by itself when the shop is not confirmed within 60 days
    case 'wait_accept':
    case 'wait_card':
    case 'wait_lc':
    // being looked at: not a success
    case 'wait_secure':
      return 'processing';
    case 'subscribed':
    case 'unsubscribed':
      throw new RangeError(`a payment of ours is no subscription (${status})`);
    default:
      return status satisfies never;
  }
}
