import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env['ACCORD_SERVER'] ?? 'http://127.0.0.1:4400';

export default defineConfig({
  root: 'src/entry/web',
  base: '/',
  plugins: [react()],
  build: {
    outDir: '../../../dist/web',
    emptyOutDir: true,
    // Nothing inline: the content security policy allows scripts and images of our own origin only.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
  server: { port: 5173, proxy: { '/api': server, '/health': server } },
});
