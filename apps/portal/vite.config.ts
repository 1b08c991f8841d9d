/** Residents' style and islands: two small files with names by content, and a list of both. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vite';

/** `assets.json` tells the pages the names. */
function listAssets(): Plugin {
  let folder = '';
  return {
    name: 'wangge-portal-assets',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle() {
      const files = readdirSync(folder);
      // The entry's: parts that are fetched later have other names.
      const named = (ending: string): string | undefined =>
        files.find((f) => f.startsWith('portal-') && f.endsWith(ending));
      writeFileSync(join(folder, 'assets.json'), JSON.stringify({ css: named('.css'), script: named('.js') }));
    },
  };
}

export default defineConfig({
  base: '/portal-assets/',
  plugins: [listAssets()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    modulePreload: false,
    // Phones of some years ago open these pages too.
    target: ['chrome87', 'safari14', 'firefox91'],
    cssTarget: ['chrome87', 'safari14', 'firefox91'],
    rollupOptions: {
      input: 'src/main.ts',
      output: {
        entryFileNames: 'portal-[hash].js',
        chunkFileNames: 'later-[hash].js',
        assetFileNames: 'portal-[hash][extname]',
      },
    },
  },
});
