import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  resolve: { alias: [{ find: /^#\//, replacement: `${join(import.meta.dirname, '..', 'src')}/` }] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The first browsers with light-dark(), popover and nesting: nothing is rewritten for older ones.
    target: ['chrome125', 'edge125', 'firefox128', 'safari18'],
    // The page's policy allows no inline script, style or data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
