import { z } from 'zod';
import { amountMinorShape, currencyShape } from './money.ts';
import { datedRights, rights } from './rights.ts';

const rightShape = z.enum(rights);

/** What a role allows and how far. Of a built-in role nothing is limited. */
const powersShape = z.object({
  rights: z.array(rightShape).max(rights.length),
  registers: z.array(z.string().min(1).max(60)).max(200).nullable().describe('Registers that may be chosen; null: all'),
  lastDays: z
    .partialRecord(z.enum(datedRights), z.int().min(1).max(3650))
    .describe('Right → only for what happened in the last so many days, today included'),
  refundLimitMinor: amountMinorShape.nullable().describe("The largest refund, in minor units of the location's own currency; null: no limit"),
});

export const roleWishShape = powersShape.extend({ name: z.string().trim().min(1).max(80) }).meta({ id: 'RoleWish' });
export type RoleWish = z.infer<typeof roleWishShape>;

export const roleChangeShape = roleWishShape.extend({ version: z.int().min(1).describe('What the change is based on') });

export const roleShape = powersShape
  .extend({
    id: z.string().describe("A built-in role's name, or the id of a role of the chain's own"),
    name: z.string().describe('Empty for built-in roles: screens have their own words for them'),
    builtIn: z.boolean(),
    version: z.int(),
    users: z.int().describe('How many users have it somewhere'),
    locked: z
      .enum(['built_in', 'yours', 'beyond_your_rights'])
      .nullable()
      .describe('Why you cannot change it: nobody can change a built-in role, their own role, or one that allows more than their own'),
    give: z.array(z.string()).describe('Locations where you may give and take it'),
  })
  .meta({ id: 'Role' });
export type Role = z.infer<typeof roleShape>;

export const rolesShape = z
  .object({
    roles: z.array(roleShape),
    rights: z.array(rightShape).describe('The rights that you may put into a role'),
    registers: z
      .array(
        z.object({
          id: z.string(),
          locationId: z.string(),
          locationName: z.string(),
          name: z.string().describe('`main`, `card`, or the name it was given'),
          currency: currencyShape,
        }),
      )
      .describe('Registers of the locations where you edit users'),
  })
  .meta({ id: 'Roles' });
export type Roles = z.infer<typeof rolesShape>;
