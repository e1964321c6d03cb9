import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readSettings } from '#/settings/read.ts'
import { callSallyport } from './call-sallyport.ts'
import type { World } from './command.ts'
import type { Inspected } from './inspect-text.ts'

/** Keys one run reports; a folder with more is somebody's list. */
const mostKeys = 1_000

export interface KeyReport {
  readonly inspectText: (text: string) => Inspected
  /** Ends what was found, and says so on standard error. Does nothing where there was no key. */
  readonly send: (world: World) => Promise<void>
}

/** Notes keys of a Sallyport while texts are inspected, so that those of this one are revoked: they are no secret any more. */
export function createKeyReport(inspectText: (text: string) => Inspected): KeyReport {
  const seen = new Set<string>()
  return {
    inspectText: (text) => {
      const inspected = inspectText(text)
      for (const { type, start, end } of inspected.findings)
        if (type === 'sallyport-key' && seen.size < mostKeys) seen.add(text.slice(start, end))
      return inspected
    },
    send: async (world) => {
      if (seen.size === 0) return
      // Without a Sallyport here a folder of one must not come into being by looking at a text.
      if (!existsSync(join(readSettings(world.environment).dataFolder, 'store.db'))) {
        world.complain(
          `sallyport: ${seen.size} keys of a Sallyport were found. There is none in this data folder: report them to yours, POST /api/keys/leaked.\n`,
        )
        return
      }
      const { revoked } = (await callSallyport(world, 'key.leaked', {
        texts: [...seen],
        where: 'a scan',
      })) as {
        readonly revoked: readonly { readonly keyId: string }[]
      }
      for (const { keyId } of revoked)
        world.complain(`sallyport: the key ${keyId} was found here, and is revoked. Its owner is told.\n`)
    },
  }
}
