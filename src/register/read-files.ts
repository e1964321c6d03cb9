import { setImmediate } from 'node:timers/promises'
import { Refusal } from '#/core/refusal.ts'
import { type FileRecord, readRecordFile } from './read-file.ts'

/** One record in a file is the most there are: as many files as records. */
export const mostFiles = 20_000
export const mostRecords = 20_000

export interface RecordFiles {
  readonly records: readonly FileRecord[]
  /** Whether any of them brings approvals. */
  readonly hasBootstrap: boolean
}

/**
 * All records of some files, in the order of the files. Between two files others have their turn: a server reads them while
 * it answers. Throws `request-invalid` with the file and the line, also for a record that stands in two of them.
 */
export async function readRecordFiles(
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<RecordFiles> {
  const records = new Map<string, FileRecord>()
  let hasBootstrap = false
  for (const { name, text } of files) {
    const read = readRecordFile(text, name)
    hasBootstrap ||= read.bootstrap !== undefined
    for (const record of read.records) {
      const key = `${record.kind} ${record.id}`
      const other = records.get(key)
      if (other !== undefined)
        throw new Refusal('request-invalid', {
          field: `id (${record.place})`,
          problem: `the ${key} stands at ${other.place}, too`,
        })
      records.set(key, record)
    }
    if (records.size > mostRecords)
      throw new Refusal('request-invalid', {
        field: name,
        problem: `more than ${mostRecords} records are too many at once; take them in parts`,
      })
    await setImmediate()
  }
  return { records: [...records.values()], hasBootstrap }
}
