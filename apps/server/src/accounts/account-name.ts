/** What names a client's account: whose, of which type ('' is the ordinary one), of which currency. */
export interface AccountName {
  readonly clientId: string;
  readonly typeId: string;
  /** ISO 4217. */
  readonly currency: string;
}

/** The owner of its ledger accounts: the client's id, or with a type `client/type`. */
export function ownerOf({ clientId, typeId }: Pick<AccountName, 'clientId' | 'typeId'>): string {
  return typeId === '' ? clientId : `${clientId}/${typeId}`;
}

/** An account's id: it can be said before anything was ever on the account. */
export function accountIdOf({ ownerId, currency }: { readonly ownerId: string; readonly currency: string }): string {
  return `${ownerId.replace('/', '~')}~${currency}`;
}

export function readAccountId(id: string): AccountName | undefined {
  const [, clientId, typeId = '', currency] = /^([A-Za-z0-9_-]{1,60})(?:~([A-Za-z0-9_-]{1,60}))?~([A-Z]{3})$/.exec(id) ?? [];
  return clientId && currency ? { clientId, typeId, currency } : undefined;
}
