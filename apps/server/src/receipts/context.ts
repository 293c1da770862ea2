import type { BookingContext } from '../booking/context.ts';

export interface ReceiptContext extends BookingContext {
  readonly receiptLinks: {
    /** The page of a document, for whoever is sent it. */
    urlOf(chainId: string, receiptId: string): string;
    /** Undefined: nothing that we signed. */
    read(token: string): { readonly chainId: string; readonly receiptId: string } | undefined;
  };
}
