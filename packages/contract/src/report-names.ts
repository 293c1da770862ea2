/** The reports there are. No zod here: the admin app reads this list too. */
export const reportNames = ['items', 'services', 'team', 'outstanding', 'providers', 'no_shows'] as const;
export type ReportName = (typeof reportNames)[number];
