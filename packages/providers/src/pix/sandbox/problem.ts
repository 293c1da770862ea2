/** The spec's kinds of refusal with their HTTP status and what they are called. */
const kinds = {
  RequisicaoInvalida: [400, 'Requisição inválida'],
  AcessoNegado: [403, 'Acesso negado'],
  NaoEncontrado: [404, 'Não encontrado'],
  ErroInternoDoServidor: [500, 'Erro interno do servidor'],
  CobNaoEncontrado: [404, 'Cobrança não encontrada'],
  CobOperacaoInvalida: [400, 'Cobrança inválida'],
  CobConsultaInvalida: [400, 'Consulta de cobranças inválida'],
  PayloadLocationNaoEncontrado: [404, 'Location não encontrada'],
  PixNaoEncontrado: [404, 'Pix não encontrado'],
  PixConsultaInvalida: [400, 'Consulta de Pix inválida'],
  PixDevolucaoNaoEncontrada: [404, 'Devolução não encontrada'],
  PixDevolucaoInvalida: [400, 'Devolução inválida'],
  WebhookNaoEncontrado: [404, 'Webhook não encontrado'],
  WebhookOperacaoInvalida: [400, 'Webhook inválido'],
  WebhookConsultaInvalida: [400, 'Consulta de webhooks inválida'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemKind = keyof typeof kinds;

export interface Violation {
  readonly razao: string;
  readonly propriedade: string;
  readonly valor?: string | undefined;
}

/** A refusal by RFC 7807, as the API Pix gives it. */
export class PixProblem extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(kind: ProblemKind, detail: string, violacoes: readonly Violation[] = []) {
    super(detail);
    const [status, title] = kinds[kind];
    this.status = status;
    this.body = {
      type: `https://pix.bcb.gov.br/api/v2/error/${kind}`,
      title,
      status,
      detail,
      ...(violacoes.length > 0 ? { violacoes } : {}),
    };
  }
}

/** Refuses because of one property. */
export function violates(kind: ProblemKind, propriedade: string, razao: string, valor?: unknown): PixProblem {
  return new PixProblem(kind, razao, [{ razao, propriedade, ...(valor === undefined ? {} : { valor: asText(valor) }) }]);
}

export function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
