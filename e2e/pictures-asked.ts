/** `npm run screenshots -- finance event`: only pictures with one of these in their names, and no walk through the booking. */
const wanted = process.argv.slice(2);

export const isAsked = (name: string): boolean => wanted.length === 0 || wanted.some((part) => name.includes(part));

export const allAreAsked = wanted.length === 0;
