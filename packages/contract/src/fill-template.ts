/** Fills a template. What a client typed is never read as a template again; a line whose fact is empty goes. */
export function fillTemplate(template: string, facts: Readonly<Partial<Record<string, string>>>): string {
  return template
    .split('\n')
    .flatMap((line) => {
      const filled = line.replace(/\{(\w+)\}/g, (_, name: string) => facts[name] ?? '');
      return filled.trim() === '' && line.trim() !== '' ? [] : [filled];
    })
    .join('\n');
}
