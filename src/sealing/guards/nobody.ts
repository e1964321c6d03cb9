import type { KeyGuard, KeyGuards } from './api.ts'

/** The key as it is, in a file for its owner only: whoever reads the file has the key. */
export const nobody: KeyGuard = {
  name: 'nobody',
  isRemote: false,
  seal: async (kek) => ({ sealed: kek.toString('base64'), holder: '' }),
  open: async ({ sealed }) => ({ bytes: Buffer.from(sealed, 'base64'), isStale: false }),
  advance: async () => undefined,
  destroy: async () => 'overwritten in keys/kek',
}

export const unguarded: KeyGuards = { current: nobody, all: new Map([[nobody.name, nobody]]) }
