import type { StatusMatrix } from '@holdfast/contract/cashless';
import type { OnlinePaymentStatus } from '@holdfast/contract/online-payment';
import { type KeyboardEvent, type MouseEvent, memo, useRef, useState } from 'react';
import { useWords } from '../words.tsx';
import { gridTarget, type Spot, selectionAt, spotOf } from './grid-selection.ts';
import { StatusIcon } from './status-colours.tsx';
import type { DraftedCell, DraftedMatrix, Selection } from './statuses-draft.ts';
import './statuses.css';

/**
 * Services × team members as an ARIA grid: arrows move, Shift extends what is selected, Space or a click selects (a heading: its whole row or column), Ctrl adds.
 * `onLook`: which pair the pointer or the keyboard is at, so that its reason can be said.
 */
export function StatusGrid({
  matrix,
  drafted,
  selection,
  onSelect,
  onLook,
}: {
  matrix: StatusMatrix;
  drafted: DraftedMatrix;
  selection: Selection;
  onSelect: (selection: Selection) => void;
  onLook: (spot: Spot) => void;
}) {
  const { say } = useWords();
  const table = useRef<HTMLTableElement>(null);
  const [active, setActive] = useState<Spot>({ row: 0, column: 0 });
  const anchor = useRef<Spot>({ row: 0, column: 0 });
  const size = { rows: matrix.services.length, columns: matrix.staff.length };

  const goTo = (spot: Spot) => {
    setActive(spot);
    onLook(spot);
    const cell = table.current?.querySelector<HTMLElement>(`[data-row="${spot.row}"][data-column="${spot.column}"]`);
    cell?.focus({ preventScroll: true });
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const select = (spot: Spot, { extend, add }: { extend: boolean; add: boolean }) => {
    if (!extend) anchor.current = spot;
    onSelect(selectionAt(matrix, extend ? anchor.current : spot, spot, add ? selection : undefined));
  };
  const press = (event: MouseEvent) => {
    const spot = spotOf(event.target);
    if (!spot) return;
    goTo(spot);
    select(spot, { extend: event.shiftKey, add: event.ctrlKey || event.metaKey });
  };
  const key = (event: KeyboardEvent) => {
    const ctrl = event.ctrlKey || event.metaKey;
    if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      select(active, { extend: event.shiftKey, add: ctrl });
      return;
    }
    const next = gridTarget(active, event.key, size, ctrl);
    if (!next) return;
    event.preventDefault();
    goTo(next);
    if (event.shiftKey) select(next, { extend: true, add: false });
  };
  const focusable = (row: number, column: number) => (active.row === row && active.column === column ? 0 : -1);

  return (
    <section className="hf-statuses" aria-label={say('cashless.statuses.table')}>
      <table
        ref={table}
        // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells are selected is a grid
        role="grid"
        aria-multiselectable="true"
        onClick={press}
        onKeyDown={key}
        onMouseOver={(event) => {
          const spot = spotOf(event.target);
          if (spot) onLook(spot);
        }}
        onFocus={() => onLook(active)}
      >
        <thead>
          <tr>
            <th data-row={-1} data-column={-1} tabIndex={focusable(-1, -1)}>
              {say('cashless.statuses.all')}
            </th>
            {matrix.staff.map((one, column) => {
              const status = drafted.staffStatus(one.id);
              return (
                <th
                  key={one.id}
                  scope="col"
                  data-row={-1}
                  data-column={column}
                  tabIndex={focusable(-1, column)}
                  aria-selected={selection.staff.has(one.id)}
                  className={status === one.status ? undefined : 'hf-changed'}
                >
                  <div>{one.name}</div>
                  <Status status={status} />
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {matrix.services.map((service, row) => {
            const status = drafted.serviceStatus(service.id);
            const category = matrix.categories.find(({ id }) => id === service.categoryId);
            const first = matrix.services[row - 1]?.categoryId !== service.categoryId;
            return (
              <Row
                key={service.id}
                row={row}
                name={service.name}
                category={first ? (category?.name ?? '') : undefined}
                columns={size.columns}
                status={status}
                changed={status !== service.status}
                selected={selection.services.has(service.id)}
                cells={drafted.cells[row] ?? []}
                staff={matrix.staff}
                selectedStaff={selection.staff}
                activeColumn={active.row === row ? active.column : undefined}
              />
            );
          })}
        </tbody>
      </table>
    </section>
  );
}

interface RowProps {
  readonly row: number;
  readonly name: string;
  /** The heading of its category, above the category's first service. */
  readonly category: string | undefined;
  readonly columns: number;
  readonly status: OnlinePaymentStatus;
  readonly changed: boolean;
  readonly selected: boolean;
  readonly cells: readonly (DraftedCell | null)[];
  readonly staff: StatusMatrix['staff'];
  readonly selectedStaff: ReadonlySet<string>;
  readonly activeColumn: number | undefined;
}

/** Drawn again only when something of it changes: there may be hundreds of rows. */
const Row = memo(function Row({ row, name, category, columns, status, changed, selected, cells, staff, selectedStaff, activeColumn }: RowProps) {
  const { say } = useWords();
  return (
    <>
      {category !== undefined && (
        <tr className="hf-group">
          <th colSpan={columns + 1} scope="colgroup">
            <span>{category}</span>
          </th>
        </tr>
      )}
      <tr>
        <th
          scope="row"
          data-row={row}
          data-column={-1}
          tabIndex={activeColumn === -1 ? 0 : -1}
          aria-selected={selected}
          className={changed ? 'hf-changed' : undefined}
        >
          <div>{name}</div>
          <Status status={status} />
        </th>
        {cells.map((cell, column) => {
          const member = staff[column];
          if (!member) return null;
          return (
            <td
              key={member.id}
              // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a grid
              role="gridcell"
              data-row={row}
              data-column={column}
              tabIndex={activeColumn === column ? 0 : -1}
              aria-selected={selected && selectedStaff.has(member.id)}
              className={cell?.changed ? 'hf-changed' : undefined}
              aria-description={cell ? say(`cashless.reason.${cell.reason}`) : say('cashless.statuses.not_done')}
            >
              {cell ? <Status status={cell.status} /> : <span className="hf-none">—</span>}
            </td>
          );
        })}
      </tr>
    </>
  );
});

function Status({ status }: { status: OnlinePaymentStatus }) {
  const { say } = useWords();
  return (
    <span className="hf-status">
      <StatusIcon status={status} />
      {say(`cashless.status.${status}`)}
    </span>
  );
}
