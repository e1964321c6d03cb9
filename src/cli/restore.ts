import { resolve } from 'node:path'
import { type LostEntries, type RestoredBackup, restoreBackup } from '#/audit/backup/restore.ts'
import { printable } from '#/audit/printable.ts'
import { readSettings } from '#/settings/read.ts'
import { askedBy } from './call-sallyport.ts'
import { type Asked, type Command, exitCodes, needOption } from './command.ts'
import { byteProgress } from './progress.ts'

export const restore: Command = {
  usage: 'DIR --into FOLDER [--keys DIR] [--accept-loss REASON]',
  about:
    'Puts a backup into a new folder, checks every file against the manifest and verifies the log. FOLDER can then be named with SALLYPORT_DATA. A backup that is older than a checkpoint the keys know of is refused; --accept-loss takes it all the same and writes an entry that names the lost range.',
  options: {
    into: { value: 'FOLDER', about: 'a new or empty folder' },
    keys: { value: 'DIR', about: 'a backup of the keys, or the keys folder of a Sallyport that is no more' },
    'accept-loss': { value: 'REASON', about: 'go on though entries are lost for ever; why, for the log' },
  },
  words: [1, 1],
  run: async (asked) => {
    const from = resolve(asked.words[0] as string)
    const into = resolve(needOption(asked, 'into'))
    const keys = asked.option('keys')
    const reason = asked.option('accept-loss')?.trim()
    const progress = byteProgress(asked.world, 'restored')
    const restored = await restoreBackup({
      from,
      into,
      keysFrom: keys === undefined ? undefined : resolve(keys),
      acceptLoss:
        reason === undefined || reason === '' ? undefined : (lost) => say(asked, into, lost, reason),
      onProgress: progress.add,
    })
    progress.end()
    const { manifest, missing, lost } = restored
    const json = { into, madeAt: manifest.madeAt, entries: manifest.entries, missing, lost: lost ?? null }
    await asked.tell(json, format(into, restored))
    return exitCodes.ok
  },
}

/** The restored folder is opened once, as a start would, so that the entry stands there before anything else. */
async function say({ world }: Asked, into: string, lost: LostEntries, reason: string): Promise<void> {
  const local = await world.openLocal({ ...readSettings(world.environment), dataFolder: into })
  try {
    await local.handlers['backup.accept-loss']?.({ ...lost, reason, by: askedBy() } as never)
  } finally {
    await local.close()
  }
}

function format(into: string, { manifest, verified, missing, lost }: RestoredBackup): string {
  return [
    `Restored into ${into}: ${manifest.entries} entries, made ${manifest.madeAt}, verified.`,
    ...missing.map((each) => `MISSING: ${each}`),
    ...(lost === undefined
      ? []
      : [`LOST: entries ${lost.from} to ${lost.to - 1} are gone; an entry of the log says so.`]),
    ...verified.notes.map((note) => `note: ${note}`),
    `Start it with: SALLYPORT_DATA=${into} npm start`,
  ]
    .map(printable)
    .join('\n')
}
