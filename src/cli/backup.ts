import { existsSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { type BackupPoint, makeBackup } from '#/audit/backup/make.ts'
import type { Manifest } from '#/audit/backup/manifest.ts'
import { readSettings } from '#/settings/read.ts'
import { askedBy, callSallyport } from './call-sallyport.ts'
import { type Asked, type Command, exitCodes, UsageError } from './command.ts'
import { byteProgress } from './progress.ts'

export const backup: Command = {
  usage: 'DIR [--keys-to DIR | --with-keys]',
  about:
    'Copies everything of a Sallyport, running or not, into a new folder: database, log up to a signed checkpoint, knowledge; then verifies the copy. Keys are left out unless you say where they go: whoever has them and the rest can read all of it.',
  options: {
    'keys-to': { value: 'DIR', about: 'copy the keys too, into a folder of their own' },
    'with-keys': { about: 'copy the keys beside the rest' },
  },
  words: [1, 1],
  run: async (asked) => {
    const { dataFolder } = readSettings(asked.world.environment)
    if (!existsSync(join(dataFolder, 'store.db')))
      throw new UsageError(`there is no Sallyport in ${dataFolder}`)
    const { into, keysInto, keys } = readTargets(asked, dataFolder)
    const progress = byteProgress(asked.world, 'copied')
    const made = await makeBackup({
      dataFolder,
      into,
      keysInto,
      keys,
      begin: async () =>
        (await callSallyport(asked.world, 'backup.begin', { into, keys, by: askedBy() })) as BackupPoint,
      now: asked.world.now,
      onProgress: progress.add,
    })
    progress.end()
    const lines = [
      `Backed up into ${into}: ${made.files} files, ${made.bytes} bytes, ${made.entries} entries, verified.`,
      keys === 'none'
        ? 'WITHOUT KEYS: nobody can open the texts of this backup alone. Back up the keys apart, with --keys-to.'
        : keys === 'apart'
          ? `The keys are in ${keysInto}. Keep them away from the rest.`
          : 'The keys lie beside the rest: whoever has this folder can read all of it.',
    ]
    await asked.tell({ into, keysInto: keysInto ?? null, ...made }, lines.join('\n'))
    return exitCodes.ok
  },
}

function readTargets(asked: Asked, dataFolder: string) {
  const into = resolve(asked.words[0] as string)
  const given = asked.option('keys-to')
  if (given !== undefined && asked.isSet('with-keys'))
    throw new UsageError('give either --keys-to or --with-keys')
  const keysInto = given === undefined ? undefined : resolve(given)
  const keys: Manifest['keys'] = keysInto !== undefined ? 'apart' : asked.isSet('with-keys') ? 'here' : 'none'
  if (isWithin(into, dataFolder) || (keysInto !== undefined && isWithin(keysInto, dataFolder)))
    throw new UsageError('a backup must lie outside the data folder')
  if (keysInto !== undefined && (isWithin(keysInto, into) || isWithin(into, keysInto)))
    throw new UsageError('--keys-to must name a folder apart from the backup')
  return { into, keysInto, keys }
}

const isWithin = (path: string, folder: string): boolean =>
  path === resolve(folder) || path.startsWith(`${resolve(folder)}${sep}`)
