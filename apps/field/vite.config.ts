import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { serviceWorker } from './service-worker.ts';

export default defineConfig({
  base: '/field/',
  plugins: [react(), serviceWorker()],
  // Other packages of the workspace may bring another copy of React; two copies break every hook.
  resolve: { dedupe: ['react', 'react-dom', '@tanstack/react-query'] },
  // Phones of members are older than office PCs: browsers of 2022 on.
  build: { target: 'es2022', outDir: 'dist', emptyOutDir: true },
  server: { proxy: { '/api': process.env['WANGGE_URL'] ?? 'http://127.0.0.1:8080' } },
});
