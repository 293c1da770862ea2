/** What the log is filtered by, as it stands in the address. */
export interface AuditSearch {
  readonly from?: string;
  readonly to?: string;
  readonly user?: string;
  readonly place?: string;
  readonly action?: string;
  readonly subject?: string;
}

const shapes: Readonly<Record<keyof AuditSearch, RegExp>> = {
  from: /^\d{4}-\d{2}-\d{2}$/,
  to: /^\d{4}-\d{2}-\d{2}$/,
  user: /^.{1,60}$/,
  place: /^.{1,60}$/,
  action: /^[a-z_]+(\.[a-z_]+)?$/,
  subject: /^.{1,120}$/,
};

/** Only what the server would understand: an old or mistyped address shows the whole log instead of an error. */
export function readAuditSearch(search: Record<string, unknown>): AuditSearch {
  return Object.fromEntries(
    Object.entries(shapes).flatMap(([name, shape]) => {
      const value = search[name];
      return typeof value === 'string' && shape.test(value) && !(shape === shapes.from && Number.isNaN(Date.parse(value))) ? [[name, value]] : [];
    }),
  );
}

/** The same for the server: days are those of the location that one looks from. */
export function auditQueryOf({ place, ...search }: AuditSearch, zone: string): URLSearchParams {
  return new URLSearchParams({ ...search, ...(place ? { location: place } : {}), zone });
}
