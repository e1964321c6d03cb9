import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { recordKinds } from '#/register/kinds/names.ts'
import { type CallHandler, withSallyport } from './call-sallyport.ts'
import { type Command, exitCodes, UsageError } from './command.ts'

interface File {
  readonly kind: string
  readonly id: string
  readonly text: string
}

interface Part {
  readonly files: readonly File[]
  readonly next: string | null
}

export const exportRecords: Command = {
  usage: '--out FOLDER [--kind KIND] [--serving]',
  about:
    'Writes the newest version of every record into FOLDER/KIND/ID.yaml, as "apply" takes it again with nothing to change. Files of other names in the folder stay as they are.',
  options: {
    out: { value: 'FOLDER', about: 'where to; made when it is not there' },
    kind: { value: 'KIND', about: `only of this kind: ${recordKinds.join(', ')}` },
    serving: { about: 'what serves now instead of the newest version' },
  },
  words: [0, 0],
  run: async (asked) => {
    const out = asked.option('out')
    if (out === undefined || out === '') throw new UsageError('--out is missing')
    const kind = asked.option('kind')
    if (kind !== undefined && !(recordKinds as readonly string[]).includes(kind))
      throw new UsageError(`--kind must be one of ${recordKinds.join(', ')}`)
    const which = asked.isSet('serving') ? 'serving' : 'newest'
    const counts = await withSallyport(asked.world, async (call) => {
      const written: Record<string, number> = {}
      for (const each of kind === undefined ? recordKinds : [kind]) {
        const count = await writeKind(out, each, which, call)
        if (count > 0) written[each] = count
      }
      return written
    })
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
    const parts = Object.entries(counts).map(([name, count]) => `${count} ${name}`)
    await asked.tell(
      { folder: out, records: total, counts },
      total === 0 ? 'There is nothing to write.' : `Written to ${out}: ${parts.join(', ')}.`,
    )
    return exitCodes.ok
  },
}

async function writeKind(out: string, kind: string, which: string, call: CallHandler): Promise<number> {
  let count = 0
  for (let after: string | null = ''; after !== null; ) {
    const part = (await call('records.export', { kind, which, after })) as Part
    if (part.files.length > 0) mkdirSync(join(out, kind), { recursive: true })
    for (const { id, text } of part.files) writeWhole(join(out, kind, `${id}.yaml`), text)
    count += part.files.length
    after = part.next
  }
  return count
}

/** Never half a file: one that is cut short would be another record. */
function writeWhole(path: string, text: string): void {
  const part = `${path}.part`
  try {
    writeFileSync(part, text)
    renameSync(part, path)
  } catch (error) {
    rmSync(part, { force: true })
    throw error
  }
}
