import type { BookingContext } from '../booking/context.ts';
import type { MessagesContext } from '../messages/context.ts';

export interface ReceiptContext extends BookingContext, Pick<MessagesContext, 'receiptLinks'> {}
