import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { asText, PixProblem, type ProblemKind, type Violation } from './problem.ts';

/** Reads a body by its shape; every deviation becomes a violation named as the spec names properties: `cob.valor.original`. */
export function readBody<T extends z.ZodType>(shape: T, body: unknown, as: { readonly kind: ProblemKind; readonly prefix: string }): z.output<T> {
  const result = shape.safeParse(body);
  if (result.success) return result.data;
  const violacoes = result.error.issues.flatMap((issue) => violationsOf(issue, body, as.prefix));
  throw new PixProblem(as.kind, 'A requisição não respeita o schema.', violacoes);
}

const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const count = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const paging = {
  'paginacao.paginaAtual': count.default(0),
  'paginacao.itensPorPagina': count.pipe(z.number().min(1).max(1000)).default(100),
};
export const yesNo = z.enum(['true', 'false']).transform((text) => text === 'true');

export const spanQuery = { inicio: moment, fim: moment, ...paging };
export const openSpanQuery = { inicio: moment.optional(), fim: moment.optional(), ...paging };
export const personQuery = {
  cpf: z
    .string()
    .regex(/^\d{11}$/)
    .optional(),
  cnpj: z
    .string()
    .regex(/^[0-9A-Z]{14}$/)
    .optional(),
};

/** Reads the parameters of a list: those of the spec and no others. */
export function readQuery<T extends z.ZodObject>(shape: T, request: FastifyRequest, kind: ProblemKind): z.output<T> {
  const query = readBody(shape, { ...(request.query as object) }, { kind, prefix: 'parametros' });
  const { inicio, fim, cpf, cnpj } = query as { inicio?: Date; fim?: Date; cpf?: string; cnpj?: string };
  if (inicio && fim && fim < inicio) throw new PixProblem(kind, 'O parâmetro fim é anterior ao parâmetro inicio.');
  if (cpf !== undefined && cnpj !== undefined) throw new PixProblem(kind, 'Somente um dos parâmetros cpf e cnpj pode ser usado.');
  return query;
}

/** One page of a list, and what the answer says about the question. */
export function pageOf<T>(
  items: readonly T[],
  request: FastifyRequest,
  query: { 'paginacao.paginaAtual': number; 'paginacao.itensPorPagina': number },
) {
  const { 'paginacao.paginaAtual': paginaAtual, 'paginacao.itensPorPagina': itensPorPagina } = query;
  const asked = Object.entries(request.query as Record<string, string>).filter(([name]) => !name.startsWith('paginacao.'));
  return {
    items: items.slice(paginaAtual * itensPorPagina, (paginaAtual + 1) * itensPorPagina),
    parametros: {
      ...Object.fromEntries(asked.map(([name, value]) => [name, name.endsWith('resente') ? value === 'true' : value])),
      paginacao: {
        paginaAtual,
        itensPorPagina,
        quantidadeDePaginas: Math.max(1, Math.ceil(items.length / itensPorPagina)),
        quantidadeTotalDeItens: items.length,
      },
    },
  };
}

function violationsOf(issue: z.core.$ZodIssue, body: unknown, prefix: string): Violation[] {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
  return keys.map((key) => {
    const path = key === undefined ? issue.path : [...issue.path, key];
    const valor = path.reduce<unknown>((value, name) => (value as Record<PropertyKey, unknown> | undefined)?.[name], body);
    return {
      razao: key === undefined ? `Não respeita o schema: ${issue.message}` : 'Esta propriedade não é oferecida por este PSP.',
      propriedade: [prefix, ...path].join('.'),
      ...(valor === undefined ? {} : { valor: asText(valor).slice(0, 200) }),
    };
  });
}
