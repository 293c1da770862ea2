import { defineConfig } from 'vite';
import { compressedBeside } from '../../tools/vite/compressed-beside.ts';

// The server reads the manifest and writes the page itself, so there is no index.html here. Each screen is a piece of its own.
export default defineConfig({
  base: './',
  oxc: { jsx: { runtime: 'automatic' } },
  plugins: [compressedBeside()],
  build: {
    manifest: true,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: 'src/main.tsx',
      // "use client" means nothing here, and the component library says it in every file
      onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)),
    },
  },
});
