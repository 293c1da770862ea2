/**
 * The document without the schemas that nothing in it refers to: each shape is described once as it comes in and once as it goes out, and most are
 * used one way only.
 */
export function withoutUnused<T extends object>(document: T): T {
  const components = (document as { components?: { schemas?: Record<string, unknown> } }).components;
  if (!components?.schemas) return document;
  const { schemas, ...others } = components;
  const used = new Set<string>();
  const follow = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, one] of Object.entries(value)) {
      const name = key === '$ref' && typeof one === 'string' ? /^#\/components\/schemas\/(.+)$/.exec(one)?.[1] : undefined;
      if (name === undefined) follow(one);
      else if (!used.has(name)) {
        used.add(name);
        follow(schemas[name]);
      }
    }
  };
  follow({ ...document, components: others });
  return { ...document, components: { ...others, schemas: Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name))) } };
}
