import { type LogKeys, openLogKeys } from '#/audit/keys.ts'
import { createKeyGuards } from '#/sealing/guards/index.ts'
import { keyLeaseMs } from '#/sealing/keys.ts'
import { keySecretsOf } from '#/settings/credentials.ts'
import { readSettings } from '#/settings/read.ts'
import type { World } from './command.ts'

/**
 * The keys of a log, to read with: also beside a server that runs. Who guards them is said by the settings.
 * A command may work for longer than what a remote guard opened may be used, so it is asked again meanwhile.
 */
export async function openKeysToRead(
  folder: string,
  origin: string,
  { environment, complain }: World,
): Promise<LogKeys> {
  const guards = createKeyGuards(readSettings(environment).keys, keySecretsOf(environment))
  const keys = await openLogKeys({ folder, origin, isReadOnly: true, guards })
  if (!guards.current.isRemote) return keys
  const renewing = setInterval(() => {
    keys.renew().catch((error: Error) => complain(`${error.message}\n`))
  }, keyLeaseMs / 3).unref()
  return {
    ...keys,
    close: () => {
      clearInterval(renewing)
      keys.close()
    },
  }
}
