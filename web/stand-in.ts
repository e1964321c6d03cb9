import { join } from 'node:path'
import type { Plugin } from 'vite'

/** What a worker that looks at drafts can have shorter. */
const standIns: readonly (readonly [RegExp, string])[] = [
  [
    /\/@noble\/hashes\/sha2\.js$|\/src\/inspect\/detectors\/payment\/keccak\.ts$/,
    'web/src/conversations/stand-ins/hashes.ts',
  ],
  [/\/src\/inspect\/trigger-scan\.ts$/, 'src/inspect/plain-scan.ts'],
]

const users = /\/src\/inspect\/(?:inspector|views|detectors\/payment\/wallet-checks)\.ts$/

/**
 * Puts these files in place of others, for the worker alone. `test/draft-worker.test.ts` holds that it finds the same.
 */
export const standIn = (): Plugin => ({
  name: 'stand-in',
  enforce: 'pre',
  async resolveId(source, importer, options) {
    // Others name more of these files, and nothing of it is used.
    if (!users.test(importer ?? '')) return null
    const resolved = await this.resolve(source, importer, { ...options, skipSelf: true })
    const file = standIns.find(([path]) => path.test(resolved?.id ?? ''))?.[1]
    return file === undefined ? resolved : join(import.meta.dirname, '..', file)
  },
})
