/** How many times longer than in production anything may take: hundreds of clients at once, on a machine that does other things too. */
export const PATIENCE = 10;
