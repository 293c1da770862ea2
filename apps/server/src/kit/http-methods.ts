import type { FastifyInstance } from 'fastify';

/**
 * Remembers which methods each address answers, so that a wrong method can be told from a wrong address. Call it before the routes are made;
 * answers the methods that are known at a path.
 */
export function rememberMethods(http: FastifyInstance): (path: string) => readonly string[] {
  const known = new Map<string, { readonly parts: readonly string[]; readonly methods: Set<string> }>();
  http.addHook('onRoute', ({ url, method }) => {
    // the preflight answers everywhere: that is not an address
    if (url === '*') return;
    const parts = partsOf(url);
    const place = parts.join('/');
    const { methods } = known.get(place) ?? { methods: new Set<string>() };
    for (const one of Array.isArray(method) ? method : [method]) methods.add(one);
    known.set(place, { parts, methods });
  });
  return (path) => {
    const parts = partsOf(path);
    return [...new Set([...known.values()].filter((one) => fits(one.parts, parts)).flatMap(({ methods }) => [...methods]))].sort();
  };
}

function partsOf(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}

function fits(pattern: readonly string[], parts: readonly string[]): boolean {
  if (pattern.at(-1) === '*') return parts.length >= pattern.length - 1 && fits(pattern.slice(0, -1), parts.slice(0, pattern.length - 1));
  return pattern.length === parts.length && pattern.every((part, index) => part.startsWith(':') || part === parts[index]);
}
