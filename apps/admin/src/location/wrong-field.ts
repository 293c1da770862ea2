import { Trouble } from '../api.ts';

/** The field that a refusal names, so that the form can say it beside the field. */
export function wrongField(error: unknown): string | undefined {
  if (!(error instanceof Trouble)) return undefined;
  const { field, fields } = error.detail as { field?: string; fields?: readonly { field: string }[] };
  return field ?? fields?.[0]?.field;
}
