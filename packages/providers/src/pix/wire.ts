import { z } from 'zod';
import { fromDecimal } from '../kit/decimal-amount.ts';

/**
 * The parts of API Pix 2.9.0 (Banco Central do Brasil) that we read, as they are on the wire. Numbers arrive as the text they were written in. Optional
 * fields may also be null: banks differ. A status that is not documented makes an answer unreadable, never a guess.
 */

/** An `application/problem+json` of RFC 7807, whose `type` ends in the name of the error; Efí answers `nome` and `mensagem` instead. */
export const problemShape = z
  .object({
    type: z.string().nullish(),
    title: z.string().nullish(),
    detail: z.string().nullish(),
    violacoes: z.array(z.object({ razao: z.string().nullish() })).nullish(),
    nome: z.string().nullish(),
    mensagem: z.string().nullish(),
  })
  .catch({});

/** RFC 6749, 5.2. */
export const tokenProblemShape = z.object({ error: z.string(), error_description: z.string().nullish() });

const seconds = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);

export const tokenShape = z.object({ access_token: z.string().min(1), expires_in: seconds.nullish(), scope: z.string().nullish() });

const reais = z
  .string()
  .regex(/^\d{1,10}\.\d{2}$/)
  .transform((text) => fromDecimal(text, 'BRL'));
const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const txidShape = z.string().regex(/^[a-zA-Z0-9]{26,35}$/);

export const devolucaoShape = z.object({
  id: z.string().regex(/^[a-zA-Z0-9]{1,35}$/),
  valor: reais,
  status: z.enum(['EM_PROCESSAMENTO', 'DEVOLVIDO', 'NAO_REALIZADO']),
});
export type Devolucao = z.infer<typeof devolucaoShape>;

/** The schema says a list, the official example of a webhook has one alone. */
const oneOrMany = <Shape extends z.ZodType>(shape: Shape) => z.union([z.array(shape), shape.transform((one) => [one])]);

const endToEndId = z.string().regex(/^[a-zA-Z0-9]{32}$/);

const pixShape = z.object({ endToEndId, valor: reais, devolucoes: oneOrMany(devolucaoShape).nullish() });
export type Pix = z.infer<typeof pixShape>;

const extraShape = z.object({ nome: z.string(), valor: z.string() });

export const cobShape = z.object({
  txid: txidShape,
  status: z.enum(['ATIVA', 'CONCLUIDA', 'REMOVIDA_PELO_USUARIO_RECEBEDOR', 'REMOVIDA_PELO_PSP']),
  calendario: z.object({ criacao: moment, expiracao: seconds.nullish() }),
  valor: z.object({ original: reais }),
  location: z.string().nullish(),
  loc: z.object({ location: z.string().nullish() }).nullish(),
  pixCopiaECola: z.string().nullish(),
  infoAdicionais: z.array(extraShape).nullish(),
  pix: z.array(pixShape).nullish(),
});
export type Cob = z.infer<typeof cobShape>;

/** A page of charges, also other programs': only enough to recognise ours. */
export const cobsShape = z.object({
  parametros: z.object({ paginacao: z.object({ quantidadeDePaginas: seconds }) }),
  cobs: z.array(z.object({ txid: z.string(), status: z.string(), infoAdicionais: z.array(extraShape).nullish() })),
});

export const webhookConfigShape = z.object({ webhookUrl: z.string().min(1) });

/** One Pix of a webhook: what it is about, not what it says of money. That is asked for. */
export const pixNoticeShape = z.object({
  endToEndId,
  txid: z.string().max(35).nullish(),
  devolucoes: oneOrMany(z.object({ id: z.string().max(35), status: z.string().max(40) })).nullish(),
});
export type PixNotice = z.infer<typeof pixNoticeShape>;
