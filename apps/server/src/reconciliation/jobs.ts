import type { Chore } from '../kit/background.ts';
import type { PaymentsContext } from '../payments/context.ts';
import { dropAbandonedFiles } from './drop-abandoned.ts';
import { sweepToldFees } from './post-told-fees.ts';
import { sweepProviderBooks } from './read-provider-books.ts';
import { sweepImports } from './run-imports.ts';

/** What reconciliation does again and again. */
export function reconciliationChores(ctx: PaymentsContext): readonly Chore[] {
  return [
    { name: 'fees', run: () => sweepToldFees(ctx) },
    { name: 'provider books', run: () => sweepProviderBooks(ctx, { limit: 10 }) },
    { name: 'settlement files', run: () => sweepImports(ctx) },
    { name: 'abandoned settlement files', run: () => dropAbandonedFiles(ctx) },
  ];
}
