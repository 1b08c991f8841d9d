import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { pushWorker } from './push-worker.ts';

/**
 * Files of our own that only declare things: one that nobody uses of a page is left out of it, though
 * an index names it. Style sheets do something by being imported.
 */
const declaresOnly = /\/(packages\/(texts|ui|client|contract-kit)|modules\/[a-z]+)\/src\/.*\.tsx?$/;

export default defineConfig({
  base: '/console/',
  plugins: [react(), pushWorker()],
  // Other packages of the workspace may bring another copy of React; two copies break every hook.
  resolve: { dedupe: ['react', 'react-dom', '@tanstack/react-query'] },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: true,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      treeshake: { moduleSideEffects: [{ test: declaresOnly, sideEffects: false }] },
    },
  },
  server: { proxy: { '/api': process.env['WANGGE_URL'] ?? 'http://127.0.0.1:8080' } },
});
