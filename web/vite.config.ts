import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compress } from './compress.ts'
import { leaveOutExamples } from './leave-out-examples.ts'
import { neverAsked } from './never-asked.ts'
import { shortTypes } from './short-types.ts'
import { smallest } from './smallest.ts'
import { standIn } from './stand-in.ts'

// Inspection is pure: what nobody uses of a file can go, whatever the file makes on being loaded.
const rolldownOptions = {
  treeshake: { moduleSideEffects: [{ test: /\/src\/(?:core|inspect)\//, sideEffects: false }] },
}

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), leaveOutExamples(), compress()],
  // A worker is bundled by itself: the page's own plugins do not reach it.
  worker: {
    format: 'es',
    plugins: () => [standIn(), leaveOutExamples(), neverAsked(), shortTypes(), smallest()],
    rolldownOptions,
  },
  resolve: { alias: [{ find: /^#\//, replacement: `${join(import.meta.dirname, '..', 'src')}/` }] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // The first browsers with light-dark(), popover and nesting: nothing is rewritten for older ones.
    target: ['chrome125', 'edge125', 'firefox128', 'safari18'],
    // The page's policy allows no inline script, style or data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions,
  },
})
