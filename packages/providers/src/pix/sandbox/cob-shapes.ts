import { z } from 'zod';

const calendario = z.strictObject({ expiracao: z.int().min(1).max(2_147_483_647).optional() });
const original = z.string().regex(/^\d{1,10}\.\d{2}$/);
const modalidadeAlteracao = z.int().min(0).max(1).optional();
const nome = z.string().min(1).max(200);
const devedor = z.union([
  z.strictObject({ cpf: z.string().regex(/^\d{11}$/), nome }),
  z.strictObject({ cnpj: z.string().regex(/^[0-9A-Z]{14}$/), nome }),
]);
const loc = z.strictObject({ id: z.int().min(0), tipoCob: z.enum(['cob', 'cobv']).optional() });
const infoAdicionais = z.array(z.strictObject({ nome: z.string().max(50), valor: z.string().max(200) })).max(50);
const chave = z.string().min(1).max(77);
const solicitacaoPagador = z.string().max(140);

/** The body of PUT and POST /cob. */
export const newCob = z.strictObject({
  calendario,
  valor: z.strictObject({ original, modalidadeAlteracao }),
  chave,
  devedor: devedor.optional(),
  loc: loc.optional(),
  solicitacaoPagador: solicitacaoPagador.optional(),
  infoAdicionais: infoAdicionais.optional(),
});

/** The body of PATCH /cob. */
export const changedCob = z.strictObject({
  calendario: calendario.optional(),
  valor: z.strictObject({ original: original.optional(), modalidadeAlteracao }).optional(),
  chave: chave.optional(),
  devedor: devedor.optional(),
  loc: loc.optional(),
  solicitacaoPagador: solicitacaoPagador.optional(),
  infoAdicionais: infoAdicionais.optional(),
  status: z.literal('REMOVIDA_PELO_USUARIO_RECEBEDOR').optional(),
});

export const txidShape = /^[a-zA-Z0-9]{26,35}$/;
