import type { LinksContext } from '../links/context.ts';

export interface AnalyticsContext extends LinksContext {
  /** Where the Measurement Protocol is spoken: origin without a slash at the end. */
  readonly analyticsOrigin: string;
}
