import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{packages,protocols,simulators,modules,apps,tools}/**/test/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**'],
    // Tests that use the database clone it from a template; two at a time suit two cores.
    globalSetup: ['packages/kernel/src/testkit/global-setup.ts'],
    setupFiles: ['tools/lib/property-seed.ts'],
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 120_000,
  },
});
