/** What a column of a file can be, by what is imported. No zod here: the admin app reads this list too. */
export const importFields = {
  clients: ['name', 'surname', 'phone', 'email', 'note'],
  services: ['name', 'category', 'price', 'price_max', 'duration', 'description'],
  appointments: ['date', 'time', 'staff', 'service', 'name', 'surname', 'phone', 'email', 'duration', 'price', 'note'],
} as const;
export type ImportKind = keyof typeof importFields;
export type ImportField = (typeof importFields)[ImportKind][number];

/** Without these nothing can be read; of each group one is enough. */
export const neededFields: Readonly<Record<ImportKind, readonly (readonly ImportField[])[]>> = {
  clients: [['name', 'surname', 'phone']],
  services: [['name'], ['price'], ['duration']],
  appointments: [['date'], ['staff'], ['service'], ['name', 'surname', 'phone']],
};

export function missingImportFields(kind: ImportKind, columns: readonly (ImportField | null)[]): ImportField[] {
  return neededFields[kind].flatMap((group) => (group.some((field) => columns.includes(field)) ? [] : group.slice(0, 1)));
}

/** Why a row is not simply written. */
export const importWhys = [
  'twice_in_file', // the same as an earlier row
  'there_already',
  'no_name',
  'too_long',
  'bad_phone',
  'bad_email',
  'no_price',
  'no_duration',
  'no_date',
  'in_the_past',
  'too_far',
  'no_staff',
  'no_service',
  'does_not_do_it',
  'time_taken',
  'taken_by_row', // an earlier row of the file takes this time
  'taken_meanwhile',
  'right_missing',
  'failed',
] as const;
export type ImportWhy = (typeof importWhys)[number];
