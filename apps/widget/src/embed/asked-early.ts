/** What was asked for before the widget was there, by its address. */
export const askedEarly: Record<string, Promise<Response> | undefined> = {};

/** The answer to this very question, where it was asked already: each is taken once. */
export function fetchOnce(address: string, how: RequestInit): Promise<Response> {
  const asked = askedEarly[address];
  delete askedEarly[address];
  return asked ?? fetch(address, how);
}
