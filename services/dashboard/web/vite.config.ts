import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The gateway of a local run, for `npx vite` beside it. */
const GATEWAY = `http://127.0.0.1:${process.env['GDTX_PORT'] ?? 8080}`;

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    // Nothing inline: the policy lets nothing in but files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    reportCompressedSize: false,
    chunkSizeWarningLimit: 600,
  },
  server: { proxy: { '/v1': GATEWAY, '/session': GATEWAY } },
});
