import { z } from 'zod';
import { languageShape } from './session.ts';
import { instantShape } from './time.ts';

export const userPlaceShape = z.object({
  locationId: z.string().min(1).max(60),
  role: z.string().min(1).max(60).describe("A built-in role's name, or the id of a role of the chain's own"),
  staffId: z.string().min(1).max(60).nullable().describe('The team member they are there, if they are one'),
});
export type UserPlace = z.infer<typeof userPlaceShape>;

const personShape = z.object({
  name: z.string().trim().min(1).max(120),
  email: z.string().trim().toLowerCase().max(254).pipe(z.email()),
  language: languageShape,
});
const oncePerLocation = (places: readonly UserPlace[]) => new Set(places.map(({ locationId }) => locationId)).size === places.length;

/** Somebody to be invited. */
export const invitationShape = personShape
  .extend({ places: z.array(userPlaceShape).min(1).max(200).refine(oncePerLocation, 'one role at each location') })
  .meta({ id: 'Invitation' });
export type Invitation = z.infer<typeof invitationShape>;

export const userChangeShape = personShape
  .extend({
    places: z.array(userPlaceShape).max(200).refine(oncePerLocation, 'one role at each location').describe('At the locations where you edit users'),
    version: z.int().min(1).describe('What the change is based on'),
    password: z.string().min(1).max(1000).optional().describe("One's own, when one changes one's own e-mail address"),
  })
  .meta({ id: 'UserChange' });
export type UserChange = z.infer<typeof userChangeShape>;

export const userShape = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    language: languageShape,
    state: z.enum(['invited', 'active', 'disabled']),
    totp: z.boolean().describe('Signs in with a second factor'),
    lastSeenAt: instantShape.nullable(),
    version: z.int(),
    you: z.boolean(),
    places: z.array(
      userPlaceShape.extend({
        locked: z.boolean().describe('Their role there allows more than yours, or they are you: you cannot change or take it'),
      }),
    ),
    elsewhere: z.int().describe('At how many more locations they work where you do not edit users'),
    locked: z
      .enum(['beyond_your_rights', 'elsewhere'])
      .nullable()
      .describe('Why you cannot change their name and e-mail, disable them or end their sessions'),
    onlyOwnerAt: z.array(z.string()).describe('Locations whose last active owner they are'),
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof userShape>;

/** Somebody who has just been invited. */
export const invitedShape = userShape
  .extend({
    link: z.string().nullable().describe('Where no e-mail is set up: the address to hand to them yourself. Null: it is on its way by e-mail'),
  })
  .meta({ id: 'InvitedUser' });
export type InvitedUser = z.infer<typeof invitedShape>;

export const usersShape = z.object({ users: z.array(userShape) }).meta({ id: 'Users' });
export type Users = z.infer<typeof usersShape>;

/** What can be chosen for a user: team members of the locations where you edit users. */
export const userChoicesShape = z
  .object({
    locations: z.array(
      z.object({ id: z.string(), name: z.string(), timeZone: z.string(), staff: z.array(z.object({ id: z.string(), name: z.string() })) }),
    ),
  })
  .meta({ id: 'UserChoices' });
export type UserChoices = z.infer<typeof userChoicesShape>;
