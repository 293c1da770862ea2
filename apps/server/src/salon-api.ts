import { accountRoutes } from './access/account-routes.ts';
import { auditRoutes } from './access/audit-routes.ts';
import type { AccessContext } from './access/context.ts';
import { guardRoutes } from './access/guard.ts';
import { keyRoutes } from './access/key-routes.ts';
import { rolesRoutes } from './access/roles-routes.ts';
import { sessionRoutes } from './access/session-routes.ts';
import { signInRoutes } from './access/sign-in-routes.ts';
import { usersRoutes } from './access/users-routes.ts';
import { measuredEventRoutes } from './analytics/events-routes.ts';
import { attentionRoutes } from './attention/routes.ts';
import { appointmentRoutes } from './booking/appointment-routes.ts';
import { bookableRoutes } from './booking/bookable-routes.ts';
import { calendarRoutes } from './booking/calendar-routes.ts';
import { catalogPorts } from './booking/catalog-ports.ts';
import type { BookingContext } from './booking/context.ts';
import { liveRoutes } from './booking/live-routes.ts';
import { schedulePorts } from './booking/schedule-ports.ts';
import { statusesRoutes } from './booking/statuses-routes.ts';
import { catalogRoutes } from './catalog/routes.ts';
import type { ConfirmationContext } from './confirmations/context.ts';
import { salonCodeRoutes } from './confirmations/salon-code-routes.ts';
import { accountDeskRoutes } from './desk/account-routes.ts';
import { checkoutRoutes } from './desk/checkout-routes.ts';
import { clientRoutes } from './desk/client-routes.ts';
import { deskDeletions } from './desk/desk-deletions.ts';
import { membershipRoutes } from './desk/membership-routes.ts';
import { eventRoutes } from './events/event-routes.ts';
import { betweenRoutes } from './finance/between-routes.ts';
import { deletionsByHand } from './finance/delete-by-hand.ts';
import { registerRoutes } from './finance/register-routes.ts';
import { transactionRoutes } from './finance/transaction-routes.ts';
import { dataImportRoutes } from './imports/routes.ts';
import type { Http } from './kit/http.ts';
import type { Live } from './kit/live.ts';
import { bookingLinkRoutes } from './links/link-routes.ts';
import type { MessagesContext } from './messages/context.ts';
import { messageRoutes } from './messages/message-routes.ts';
import { canReachUsers } from './messages/reach-users.ts';
import { connectionRoutes } from './payments/connection-routes.ts';
import { connectionTestRoutes } from './payments/connection-test-routes.ts';
import { noteRoutes } from './payments/note-routes.ts';
import type { ReceiptContext } from './receipts/context.ts';
import { receiptRoutes } from './receipts/receipt-routes.ts';
import { importRoutes } from './reconciliation/import-routes.ts';
import { reconciliationRoutes } from './reconciliation/reconciliation-routes.ts';
import { refundRoutes } from './refunds/routes.ts';
import { booksRoutes } from './reports/books-routes.ts';
import { dayRoutes } from './reports/day-routes.ts';
import { figuresLiveRoutes } from './reports/figures-live-routes.ts';
import { reportRoutes } from './reports/report-routes.ts';
import { scheduleRoutes } from './schedule/schedule-routes.ts';
import { firstRunRoutes } from './setup/first-run-routes.ts';
import { locationSettingsRoutes } from './setup/location-settings-routes.ts';
import { locationsRoutes } from './setup/locations-routes.ts';
import type { WaitingContext } from './waiting/context.ts';
import { waitingRoutes } from './waiting/waiting-routes.ts';
import type { WebhooksContext } from './webhooks/context.ts';
import { webhookRoutes } from './webhooks/routes.ts';

/** What the salon's side is made of. */
export interface SalonContext
  extends BookingContext,
    AccessContext,
    MessagesContext,
    ReceiptContext,
    ConfirmationContext,
    WaitingContext,
    WebhooksContext {
  /** Users are signed in by links, without a password. */
  readonly demo: boolean;
  /** What other screens have changed. */
  readonly live: Live;
}

/** Everything the admin app does, under one guard: each room brings its own routes, each route says which right it needs. */
export async function salonApi(http: Http, ctx: SalonContext): Promise<void> {
  await guardRoutes(http, ctx);
  await firstRunRoutes(http, { ...ctx, mark: ctx.payments.mark });
  await signInRoutes(http, ctx);
  await sessionRoutes(http, ctx);
  await usersRoutes(http, { ...ctx, reachesUsers: canReachUsers });
  await rolesRoutes(http, ctx);
  await keyRoutes(http, ctx);
  await webhookRoutes(http, ctx);
  await auditRoutes(http, ctx);
  await accountRoutes(http, ctx);
  await bookableRoutes(http, ctx);
  await calendarRoutes(http, ctx);
  await clientRoutes(http, ctx);
  await appointmentRoutes(http, ctx);
  await eventRoutes(http, ctx);
  await waitingRoutes(http, ctx);
  await liveRoutes(http, ctx);
  await locationSettingsRoutes(http, ctx);
  await locationsRoutes(http, ctx);
  await bookingLinkRoutes(http, ctx);
  await measuredEventRoutes(http, ctx);
  await dataImportRoutes(http, { ...ctx, ports: catalogPorts(ctx) });
  await catalogRoutes(http, { ...ctx, ports: catalogPorts(ctx) });
  await scheduleRoutes(http, { ...ctx, ports: schedulePorts });
  await checkoutRoutes(http, ctx);
  await attentionRoutes(http, ctx);
  await registerRoutes(http, ctx);
  await betweenRoutes(http, ctx);
  await transactionRoutes(http, { ...ctx, deletions: { ...deletionsByHand(ctx), ...deskDeletions(ctx) } });
  await accountDeskRoutes(http, ctx);
  await membershipRoutes(http, ctx);
  await refundRoutes(http, ctx);
  await messageRoutes(http, ctx);
  await salonCodeRoutes(http, ctx);
  await connectionRoutes(http, ctx.payments);
  await noteRoutes(http, ctx.payments);
  await reconciliationRoutes(http, ctx.payments);
  await importRoutes(http, ctx.payments);
  await connectionTestRoutes(http, ctx.payments);
  await statusesRoutes(http, ctx);
  await receiptRoutes(http, ctx);
  await booksRoutes(http, ctx);
  await dayRoutes(http, ctx);
  await figuresLiveRoutes(http, ctx);
  await reportRoutes(http, ctx);
}
