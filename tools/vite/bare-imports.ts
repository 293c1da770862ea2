import type { Plugin } from 'vite';

/**
 * Vite wraps every later piece in a helper that links its styles and dependencies first. Pieces of the widget have no styles of their own (they stand inside
 * somebody else's page), so the helper would be a kilobyte that everybody fetches for nothing.
 */
export function bareImports(): Plugin {
  return {
    name: 'bare-imports',
    enforce: 'pre',
    load: (id) => (id === '\0vite/preload-helper.js' ? 'export const __vitePreload = (load) => load();' : undefined),
  };
}
