import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';

/** Writes each file's compressed forms beside it: the server hands them out as they are. */
function compressedBeside(): Plugin {
  return {
    name: 'compressed-beside',
    writeBundle({ dir = 'dist' }) {
      const folder = join(dir, 'assets');
      for (const name of readdirSync(folder).filter((one) => /\.(?:js|css)$/.test(one))) {
        const bytes = readFileSync(join(folder, name));
        writeFileSync(join(folder, `${name}.br`), brotliCompressSync(bytes));
        writeFileSync(join(folder, `${name}.gz`), gzipSync(bytes, { level: 9 }));
      }
    },
  };
}

// The server reads the manifest and writes the page itself, so there is no index.html here. Relative addresses inside the bundle let it be
// served from anywhere; each language is a piece of its own, because a client reads only one.
export default defineConfig({
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [compressedBeside()],
  build: {
    manifest: true,
    modulePreload: false,
    rollupOptions: { input: 'src/main.tsx' },
  },
});
