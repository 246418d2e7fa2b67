// How the studio is built: hashed files, each beside its compressed forms, all of it embedded in the program.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// The server replaces this by a fresh number in every answer (src/api/pages.cc).
const NONCE = '__MMX_NONCE__';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// What is compressed once here need not be compressed for each visitor.
function compressed(): Plugin {
  let folder = '';
  return {
    name: 'compressed',
    apply: 'build',
    configResolved({ root, build: { outDir } }) { folder = isAbsolute(outDir) ? outDir : join(root, outDir); },
    closeBundle() {
      for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|svg|webmanifest)$/.test(name)) continue;
        const path = join(folder, name);
        const bytes = readFileSync(path);
        writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
        writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
      }
    },
  };
}

// `npm run dev` shows the sources as they are, over the API of a running server.
const server = process.env.MMX_SERVER ?? 'http://127.0.0.1:8420';

export default defineConfig({
  plugins: [svelte(), compressed()],
  html: { cspNonce: NONCE },
  resolve: { alias: { $lib: here('src/lib'), $ui: here('src/ui') } },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': { target: server, changeOrigin: true, headers: { Origin: server } } } },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
