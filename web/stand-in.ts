import { join } from 'node:path'
import type { Plugin } from 'vite'

/** What a worker that looks at drafts never uses of a file, or can have shorter. */
const standIns: readonly (readonly [RegExp, string])[] = [
  [/\/@noble\/hashes\/(?:sha2|sha3)\.js$/, 'hashes.ts'],
  [/\/src\/inspect\/terms\.ts$/, 'terms.ts'],
  [/\/src\/inspect\/secrets\/judged\.ts$/, 'judged.ts'],
  [/\/src\/inspect\/detectors\/other\/index\.ts$/, 'public-detectors.ts'],
]

const users = /\/src\/inspect\/(?:inspector|detectors\/payment\/wallet-checks)\.ts$/

/**
 * Puts the files of `src/conversations/stand-ins/` in place of others, for the worker alone. `test/draft-worker.test.ts` holds that it finds the same.
 */
export const standIn = (): Plugin => ({
  name: 'stand-in',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    // Others name more of these files, and nothing of it is used.
    if (!users.test(importer ?? '')) return null
    const resolved = await this.resolve(source, importer, { ...options, skipSelf: true })
    const file = standIns.find(([path]) => path.test(resolved?.id ?? ''))?.[1]
    return file === undefined
      ? resolved
      : join(import.meta.dirname, 'src', 'conversations', 'stand-ins', file)
  },
})
