import { ga4Events } from '@holdfast/contract/ga4';
import type { WidgetEventFacts } from '@holdfast/contract/widget-events';

export interface Measurement {
  readonly measurementId: string;
  readonly apiSecret: string;
  /** GA4's own names of the browser and of its visit, handed over with the client's consent. */
  readonly clientId: string;
  readonly sessionId: string;
  readonly at: Date;
}

/** A purchase as the Measurement Protocol takes it: part of the visit that led to it, at the moment it happened. */
export function purchaseBody({ clientId, sessionId, at }: Measurement, facts: WidgetEventFacts): Record<string, unknown> {
  return {
    client_id: clientId,
    timestamp_micros: at.getTime() * 1000,
    consent: { ad_user_data: 'DENIED', ad_personalization: 'DENIED' },
    events: ga4Events('payment_completed', facts).map(({ name, params }) => ({
      name,
      // without these GA4 shows the event in no report of the visit
      params: { ...params, session_id: sessionId, engagement_time_msec: 1 },
    })),
  };
}

export const TIMEOUT_MS = 5000;

/** Google answers 204 to whatever it is sent; only that it was reached can be said. What it is too busy for has not reached it. */
export async function sendToGoogle(
  origin: string,
  measurement: Measurement,
  facts: WidgetEventFacts,
): Promise<'accepted' | 'refused' | 'unreachable'> {
  const { measurementId, apiSecret } = measurement;
  const query = new URLSearchParams({ measurement_id: measurementId, api_secret: apiSecret });
  try {
    const answer = await fetch(`${origin}/mp/collect?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(purchaseBody(measurement, facts)),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.arrayBuffer();
    if (answer.status === 429 || answer.status >= 500) return 'unreachable';
    return answer.ok ? 'accepted' : 'refused';
  } catch {
    return 'unreachable';
  }
}
