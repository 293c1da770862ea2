/** What a service says of memberships: paid for only, either, or members only. No zod here: browsers read it too. */
export const membershipUses = ['payment', 'either', 'members'] as const;
export type MembershipUse = (typeof membershipUses)[number];

/** Why no membership of a client covers a service at a time. */
export const notCoveredReasons = ['none', 'used_up', 'ends_before', 'frozen', 'not_covered'] as const;
export type NotCoveredReason = (typeof notCoveredReasons)[number];
