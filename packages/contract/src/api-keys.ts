import { z } from 'zod';
import { rights } from './rights.ts';
import { instantShape } from './time.ts';

const id = z.string().min(1).max(60);

/** `POST /api/v1/admin/api-keys`: never more than its maker may do at these locations. */
export const apiKeyWishShape = z
  .strictObject({
    name: z.string().trim().min(1).max(80).describe('Whose it is: the audit log says it with whatever is done by it'),
    role: id.nullable().describe("A built-in role's name or the id of one of your own; null: `rights`"),
    rights: z.array(z.enum(rights)).max(rights.length).default([]).describe('Only without a role'),
    locations: z.array(id).min(1).max(200),
    expiresAt: instantShape.nullable().describe('Null: until it is revoked'),
  })
  .meta({ id: 'ApiKeyWish' });
export type ApiKeyWish = z.input<typeof apiKeyWishShape>;

export const apiKeyShape = z
  .object({
    id: z.string(),
    name: z.string(),
    prefix: z.string().describe('How it begins'),
    role: z.string().nullable(),
    rights: z.array(z.enum(rights)),
    locations: z.array(z.object({ id: z.string(), name: z.string() })),
    madeBy: z.string(),
    madeAt: instantShape,
    expiresAt: instantShape.nullable(),
    revokedAt: instantShape.nullable(),
    usedAt: instantShape.nullable().describe('To the minute'),
    usedFrom: z.string().describe('The address it was used from last'),
    state: z.enum(['working', 'expired', 'revoked']),
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKeyShape>;

export const apiKeysShape = z
  .object({
    keys: z.array(apiKeyShape),
    roles: z
      .array(z.object({ id: z.string(), name: z.string().describe('Empty for built-in roles'), locations: z.array(z.string()) }))
      .describe('Roles that you may give to a key, and where'),
    locations: z
      .array(z.object({ id: z.string(), name: z.string(), rights: z.array(z.enum(rights)) }))
      .describe('Where you may make keys, out of these rights'),
  })
  .meta({ id: 'ApiKeys' });
export type ApiKeys = z.infer<typeof apiKeysShape>;

export const newApiKeyShape = z
  .object({ key: apiKeyShape, secret: z.string().describe('`hf_…`: shown this once, and kept nowhere') })
  .meta({ id: 'NewApiKey' });
export type NewApiKey = z.infer<typeof newApiKeyShape>;
