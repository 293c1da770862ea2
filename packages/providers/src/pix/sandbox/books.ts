/** How this PSP treats one merchant where the standard leaves it to the PSP. */
export interface Habits {
  /** Answers no `pixCopiaECola`: whoever wants the code builds it from `location`. */
  readonly leavesOutCode: boolean;
  /** A txid said a second time is refused, instead of being read as a change of the charge. */
  readonly refusesRepeatedTxid: boolean;
  /** How many Pix one call of the webhook may bring. */
  readonly pixPerCall: number;
}

export const usualHabits: Habits = { leavesOutCode: false, refusesRepeatedTxid: false, pixPerCall: 1 };

/** A merchant. Their certificate is known by its common name, which is `id`. */
export interface AccountRow {
  /** The client_id. */
  readonly id: string;
  readonly clientSecret: string;
  /** PEM of certificate and private key, as the PSP handed it out; '' when it is not known here. */
  readonly certificate: string;
  readonly pixKey: string;
  readonly receiverName: string;
  readonly receiverCity: string;
  readonly cnpj: string;
  readonly habits: Habits;
}

export type CobStatus = 'ATIVA' | 'CONCLUIDA' | 'REMOVIDA_PELO_USUARIO_RECEBEDOR' | 'REMOVIDA_PELO_PSP';

/** What a charge says; every change of it is a revision. */
export interface CobContent {
  /** Seconds from its making. */
  readonly expiracao: number;
  readonly status: CobStatus;
  readonly valor: { readonly original: string; readonly modalidadeAlteracao?: number | undefined };
  readonly chave: string;
  readonly devedor?: Readonly<Record<string, string | undefined>> | undefined;
  readonly solicitacaoPagador?: string | undefined;
  readonly infoAdicionais?: readonly { readonly nome: string; readonly valor: string }[] | undefined;
}

export interface Location {
  readonly id: number;
  /** Host and path, without a scheme, as it stands in a BR Code. */
  readonly location: string;
  readonly criacao: string;
}

export interface CobRow {
  readonly account: string;
  readonly txid: string;
  readonly criacao: string;
  readonly loc: Location;
  readonly content: CobContent;
  /** Revisions before this one, the oldest first. */
  readonly earlier: readonly CobContent[];
  /** The Pix that paid it. */
  readonly endToEndId?: string | undefined;
}

export interface Devolucao {
  readonly id: string;
  readonly rtrId: string;
  readonly valor: string;
  readonly natureza: 'ORIGINAL' | 'MED_FRAUDE';
  readonly descricao?: string | undefined;
  readonly horario: { readonly solicitacao: string; readonly liquidacao?: string | undefined };
  readonly status: 'EM_PROCESSAMENTO' | 'DEVOLVIDO' | 'NAO_REALIZADO';
  readonly motivo?: string | undefined;
}

/** Money that arrived. */
export interface PixRow {
  readonly account: string;
  readonly endToEndId: string;
  readonly txid: string;
  readonly valor: string;
  readonly chave: string;
  readonly horario: string;
  readonly devolucoes: readonly Devolucao[];
}

export interface WebhookRow {
  readonly account: string;
  readonly chave: string;
  readonly webhookUrl: string;
  readonly criacao: string;
}

export interface TokenRow {
  readonly token: string;
  readonly account: string;
  readonly scopes: readonly string[];
  /** Epoch milliseconds. */
  readonly until: number;
}

/** One call of a webhook that is still to be made. */
export interface LetterRow {
  readonly id: string;
  readonly account: string;
  readonly chave: string;
  /** As the Pix stood when it was told. */
  readonly pix: readonly object[];
  readonly attempts: number;
  /** Epoch milliseconds. */
  readonly dueAt: number;
}

export interface Kinds {
  /** 'authority' and 'server'. */
  identity: { readonly certificate: string; readonly key: string; readonly hosts: readonly string[] };
  /** Certificates made up for a client_id that is perhaps no account yet. */
  handedOut: { readonly certificate: string; readonly key: string };
  account: AccountRow;
  cob: CobRow;
  /** By the last part of the location: whose charge it shows. */
  location: { readonly account: string; readonly txid: string };
  pix: PixRow;
  webhook: WebhookRow;
  token: TokenRow;
  letter: LetterRow;
}

export const kindNames = [
  'identity',
  'handedOut',
  'account',
  'cob',
  'location',
  'pix',
  'webhook',
  'token',
  'letter',
] as const satisfies readonly (keyof Kinds)[];

/** Rows that are one merchant's own: the same txid or key of another merchant is another row. */
export const ownId = (account: string, id: string): string => `${account} ${id}`;
