import { defineConfig } from 'vite';
import { bareImports } from '../../tools/vite/bare-imports.ts';
import { compressedBeside } from '../../tools/vite/compressed-beside.ts';

// The server reads the manifest and writes the page itself, so there is no index.html here. Relative addresses inside the bundle let it be
// served from anywhere; each language is a piece of its own, because a client reads only one.
export default defineConfig({
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [bareImports(), compressedBeside()],
  builder: {},
  environments: {
    client: {
      build: {
        manifest: true,
        modulePreload: false,
        rollupOptions: { input: ['src/main.tsx', 'src/embed/embed.ts'], preserveEntrySignatures: 'exports-only' },
      },
    },
    // what the server draws before the script is there, of the same components
    ssr: {
      resolve: { noExternal: true },
      build: { outDir: 'dist/server', ssr: true, rollupOptions: { input: 'src/first-sight.tsx' } },
    },
    // the server writes these lines into an answer of its own, so they are built without what a browser's build adds to look pieces up
    tag: {
      consumer: 'server',
      build: {
        outDir: 'dist/tag',
        ssr: true,
        minify: true,
        target: 'baseline-widely-available',
        rollupOptions: { input: 'src/embed/tag.ts', output: { format: 'iife' } },
      },
    },
  },
});
