import { z } from 'zod';

// What the API Pix 2.9.0 answers, in our own words and strict: a field that the standard does not know is a mistake of the sandbox. For its tests.

const moment = z.iso.datetime();
const valor = z.string().regex(/^\d{1,10}\.\d{2}$/);
const txid = z.string().regex(/^[a-zA-Z0-9]{26,35}$/);
const transfer = z.string().regex(/^[a-zA-Z0-9]{32}$/);
const location = z
  .string()
  .max(77)
  .regex(/^[^/]+\/\S+$/)
  .refine((text) => !text.includes('://'), 'a location has no scheme');
const devedor = z.union([
  z.strictObject({ cpf: z.string().regex(/^\d{11}$/), nome: z.string().max(200) }),
  z.strictObject({ cnpj: z.string().regex(/^[0-9A-Z]{14}$/), nome: z.string().max(200) }),
]);

export const devolucao = z.strictObject({
  id: z.string().regex(/^[a-zA-Z0-9]{1,35}$/),
  rtrId: transfer,
  valor,
  natureza: z.enum(['ORIGINAL', 'RETIRADA', 'MED_OPERACIONAL', 'MED_FRAUDE', 'MED_PIX_AUTOMATICO']).optional(),
  descricao: z.string().max(140).optional(),
  horario: z.strictObject({ solicitacao: moment, liquidacao: moment.optional() }),
  status: z.enum(['EM_PROCESSAMENTO', 'DEVOLVIDO', 'NAO_REALIZADO']),
  motivo: z.string().max(140).optional(),
});

export const pix = z.strictObject({
  endToEndId: transfer,
  txid: txid.optional(),
  valor,
  componentesValor: z.strictObject({ original: z.strictObject({ valor }) }).optional(),
  chave: z.string().max(77).optional(),
  horario: moment,
  infoPagador: z.string().max(140).optional(),
  devolucoes: z.array(devolucao).optional(),
});

export const webhookCall = z.strictObject({ pix: z.array(pix).min(1) });

const made = {
  calendario: z.strictObject({ criacao: moment, expiracao: z.int().positive() }),
  txid,
  revisao: z.int().min(0),
  loc: z.strictObject({ id: z.int(), location, tipoCob: z.literal('cob'), criacao: moment, txid }),
  location,
  status: z.enum(['ATIVA', 'CONCLUIDA', 'REMOVIDA_PELO_USUARIO_RECEBEDOR', 'REMOVIDA_PELO_PSP']),
  devedor: devedor.optional(),
  valor: z.strictObject({ original: valor, modalidadeAlteracao: z.literal([0, 1]).optional() }),
  chave: z.string().max(77),
  solicitacaoPagador: z.string().max(140).optional(),
  infoAdicionais: z
    .array(z.strictObject({ nome: z.string().max(50), valor: z.string().max(200) }))
    .max(50)
    .optional(),
  pixCopiaECola: z.string().max(512).optional(),
};
const cob = z.strictObject(made);
const wholeCob = z.strictObject({ ...made, pix: z.array(pix).optional() });

const webhook = z.strictObject({ webhookUrl: z.url(), chave: z.string().max(77), cnpj: z.string().regex(/^[0-9A-Z]{14}$/), criacao: moment });
const parametros = z.looseObject({
  paginacao: z.strictObject({
    paginaAtual: z.int().min(0),
    itensPorPagina: z.int().min(1),
    quantidadeDePaginas: z.int().min(1),
    quantidadeTotalDeItens: z.int().min(0),
  }),
});
const problem = z.strictObject({
  type: z.union([z.string().regex(/^https:\/\/pix\.bcb\.gov\.br\/api\/v2\/error\/[A-Z][A-Za-z]+$/), z.literal('about:blank')]),
  title: z.string().min(1),
  status: z.int(),
  detail: z.string(),
  violacoes: z.array(z.strictObject({ razao: z.string(), propriedade: z.string(), valor: z.string().optional() })).optional(),
});
const oauthProblem = z.strictObject({ error: z.string(), error_description: z.string() });
const nothing = z.literal('');

/** Method and path, then what a good answer looks like: status and body. */
const answers: readonly (readonly [RegExp, number, z.ZodType])[] = [
  [
    /^POST \/oauth\/token$/,
    200,
    z.strictObject({ access_token: z.string().min(20), token_type: z.literal('Bearer'), expires_in: z.int(), scope: z.string() }),
  ],
  [/^(PUT|POST) \/v2\/cob(\/[^/?]+)?$/, 201, cob],
  [/^PATCH \/v2\/cob\/[^/?]+$/, 200, cob],
  [/^GET \/v2\/cob\/[^/?]+/, 200, wholeCob],
  [/^GET \/v2\/cob\?/, 200, z.strictObject({ parametros, cobs: z.array(wholeCob) })],
  [/^GET \/v2\/loc\/\d+$/, 200, made.loc],
  [
    /^GET \/v2\/loc\/\d+\/qrcode$/,
    200,
    z.strictObject({ qrcode: z.string().max(512), imagemQrcode: z.string().startsWith('data:image/svg+xml;base64,') }),
  ],
  [/^GET \/v2\/pix\?/, 200, z.strictObject({ parametros, pix: z.array(pix) })],
  [/^GET \/v2\/pix\/[^/?]+$/, 200, pix],
  [/^PUT \/v2\/pix\/[^/]+\/devolucao\/[^/]+$/, 201, devolucao],
  [/^GET \/v2\/pix\/[^/]+\/devolucao\/[^/]+$/, 200, devolucao],
  [/^PUT \/v2\/webhook\/[^/]+$/, 200, nothing],
  [/^GET \/v2\/webhook\/[^/?]+$/, 200, webhook],
  [/^GET \/v2\/webhook(\?|$)/, 200, z.strictObject({ parametros, webhooks: z.array(webhook) })],
  [/^DELETE \/v2\/webhook\/[^/]+$/, 204, nothing],
];

/** Throws where an answer is not what the standard promises; refusals are problems, or OAuth's own. */
export function mustKeepTheStandard(call: string, status: number, contentType: string | undefined, body: unknown): void {
  if (status === 401 || (status >= 400 && call.startsWith('POST /oauth/'))) {
    oauthProblem.parse(body);
    return;
  }
  if (status >= 400) {
    const said = problem.parse(body);
    if (said.status !== status || !contentType?.startsWith('application/problem+json'))
      throw new Error(`${call}: ${contentType} says ${said.status}`);
    return;
  }
  const found = answers.find(([pattern]) => pattern.test(call));
  if (!found) throw new Error(`nobody has written down what ${call} answers`);
  const [, expected, shape] = found;
  if (status !== expected) throw new Error(`${call} answers ${status}`);
  shape.parse(body);
}
