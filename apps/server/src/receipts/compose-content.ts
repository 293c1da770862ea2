import type { ReceiptContent } from '@holdfast/contract/receipts';
import type { ServiceTax } from '@holdfast/contract/taxes';
import { inProportion } from '../booking/income-rules.ts';
import { taxIn } from '../catalog/tax-rules.ts';

export interface BilledPart {
  readonly amountMinor: bigint;
  readonly lines: readonly {
    readonly name: string;
    readonly costMinor: bigint;
    readonly tax: Pick<ServiceTax, 'name' | 'basisPoints'> | undefined;
  }[];
}

/** What is taken back is taken back as it was issued, whatever the visit's services cost by now. */
export function linesAgain({ lines }: Pick<ReceiptContent, 'lines'>, amountMinor: bigint): BilledPart {
  return {
    amountMinor,
    lines: lines.map(({ name, amountMinor: costMinor, tax }) => ({ name, costMinor: BigInt(costMinor), tax: tax ?? undefined })),
  };
}

/**
 * The lines of a document and its totals by rate. What was paid for a visit is spread over its services in proportion to what they cost, also where it is
 * only a part of that, so that the tax shown is the tax in what was paid. Net and tax of each line add up to it.
 */
export function linesAndTaxes(parts: readonly BilledPart[]): Pick<ReceiptContent, 'lines' | 'taxes'> {
  const lines: ReceiptContent['lines'][number][] = [];
  const taxes = new Map<string, ReceiptContent['taxes'][number]>();
  for (const { amountMinor, lines: services } of parts) {
    const shares = inProportion(
      amountMinor,
      services.map(({ costMinor }) => costMinor),
    );
    services.forEach(({ name, tax }, index) => {
      const share = shares[index] ?? 0n;
      if (share === 0n && services.length > 1) return;
      lines.push({ name, amountMinor: Number(share), tax: tax ? { name: tax.name, basisPoints: tax.basisPoints } : null });
      if (!tax) return;
      const key = `${tax.basisPoints} ${tax.name}`;
      const owed = Number(taxIn(share, tax.basisPoints));
      const known = taxes.get(key) ?? { name: tax.name, basisPoints: tax.basisPoints, netMinor: 0, taxMinor: 0, grossMinor: 0 };
      taxes.set(key, {
        ...known,
        netMinor: known.netMinor + Number(share) - owed,
        taxMinor: known.taxMinor + owed,
        grossMinor: known.grossMinor + Number(share),
      });
    });
  }
  return { lines, taxes: [...taxes.values()].sort((a, b) => b.basisPoints - a.basisPoints) };
}
