import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** The first browsers with `light-dark()`, on which the tokens stand; otherwise it would be written out. */
const BROWSERS = ['chrome123', 'edge123', 'firefox120', 'safari17.5'];

export default defineConfig({
  plugins: [react()],
  build: { target: BROWSERS, cssTarget: BROWSERS, modulePreload: { polyfill: false }, assetsInlineLimit: 0 },
  server: { proxy: { '/api': process.env.WARDLINE_URL ?? 'http://127.0.0.1:7070' } },
});
