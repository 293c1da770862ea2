import type { StatusMatrix } from '@holdfast/contract/cashless';
import { effectivePolicy } from '@holdfast/contract/effective-policy';
import type { OnlinePaymentPolicy, OnlinePaymentStatus, Precedence } from '@holdfast/contract/online-payment';

/** What was chosen and not saved yet. */
export interface StatusesDraft {
  readonly services: Readonly<Record<string, OnlinePaymentStatus>>;
  readonly staff: Readonly<Record<string, OnlinePaymentStatus>>;
  readonly precedence?: Precedence;
}

export const emptyDraft: StatusesDraft = { services: {}, staff: {} };

export interface Selection {
  readonly services: ReadonlySet<string>;
  readonly staff: ReadonlySet<string>;
}

export const nothingSelected: Selection = { services: new Set(), staff: new Set() };

/** The table as it would be with the draft. Paying online is taken as switched on: what the statuses say, not whether they count yet. */
export interface DraftedMatrix {
  readonly precedence: Precedence;
  readonly serviceStatus: (id: string) => OnlinePaymentStatus;
  readonly staffStatus: (id: string) => OnlinePaymentStatus;
  /** Service by service, in the order of the team members; null: they do not do it. */
  readonly cells: readonly (readonly (DraftedCell | null)[])[];
  /** How many pairs come to mean what; only those that change. */
  readonly effect: Readonly<Record<OnlinePaymentStatus, number>>;
}

export interface DraftedCell extends OnlinePaymentPolicy {
  readonly changed: boolean;
}

export function draftedMatrix(matrix: StatusMatrix, draft: StatusesDraft): DraftedMatrix {
  const precedence = draft.precedence ?? matrix.precedence;
  const paying = { enabled: true, minimumChargeMinor: BigInt(matrix.minimumChargeMinor) };
  const effect = { required: 0, available: 0, not_available: 0 };
  const cells = matrix.services.map((service) =>
    service.cells.map((cell, column): DraftedCell | null => {
      const member = matrix.staff[column];
      if (!cell || !member) return null;
      const prepayMinor = BigInt(cell.prepayMinor);
      const was = effectivePolicy(paying, { service: service.status, staff: member.status, precedence: matrix.precedence, prepayMinor });
      const is = effectivePolicy(paying, {
        service: draft.services[service.id] ?? service.status,
        staff: draft.staff[member.id] ?? member.status,
        precedence,
        prepayMinor,
      });
      const changed = was.status !== is.status;
      if (changed) effect[is.status] += 1;
      return { ...is, changed };
    }),
  );
  const known = <T extends { id: string; status: OnlinePaymentStatus }>(all: readonly T[]) => new Map(all.map((one) => [one.id, one.status]));
  const [services, staff] = [known(matrix.services), known(matrix.staff)];
  return {
    precedence,
    serviceStatus: (id) => draft.services[id] ?? services.get(id) ?? 'not_available',
    staffStatus: (id) => draft.staff[id] ?? staff.get(id) ?? 'not_available',
    cells,
    effect,
  };
}

/** Chosen, without what is so already: somebody else may have saved the same meanwhile. Of what is gone nothing is left. */
export function pruned(matrix: StatusMatrix, draft: StatusesDraft): StatusesDraft {
  const differing = (chosen: StatusesDraft['services'], all: readonly { id: string; status: OnlinePaymentStatus }[]) =>
    Object.fromEntries(all.flatMap(({ id, status }) => (chosen[id] !== undefined && chosen[id] !== status ? [[id, chosen[id]]] : [])));
  return {
    services: differing(draft.services, matrix.services),
    staff: differing(draft.staff, matrix.staff),
    ...(draft.precedence !== undefined && draft.precedence !== matrix.precedence ? { precedence: draft.precedence } : {}),
  };
}

export function isEmpty(draft: StatusesDraft): boolean {
  return Object.keys(draft.services).length === 0 && Object.keys(draft.staff).length === 0 && draft.precedence === undefined;
}

export function withStatus(draft: StatusesDraft, side: 'services' | 'staff', ids: Iterable<string>, status: OnlinePaymentStatus): StatusesDraft {
  return { ...draft, [side]: { ...draft[side], ...Object.fromEntries([...ids].map((id) => [id, status])) } };
}
