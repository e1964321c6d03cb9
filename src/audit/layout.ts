/** Where things lie below the folder of one log. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { originFolder } from './note.ts'

const numbered = (number: number): string => String(number).padStart(10, '0')

export const logFolder = (auditFolder: string, origin: string): string =>
  join(auditFolder, originFolder(origin))
export const segmentPath = (folder: string, segment: number): string =>
  join(folder, 'seg', `${numbered(segment)}.seg`)
/** Of a segment whose headers ended: the hashes of their leaves. */
export const endedPath = (folder: string, segment: number): string =>
  join(folder, 'ended', `${numbered(segment)}.leaves`)
/** Of a segment whose headers ended: those that stay, in frames. */
export const keptPath = (folder: string, segment: number): string =>
  join(folder, 'ended', `${numbered(segment)}.kept`)
export const payloadPath = (folder: string, file: string): string => join(folder, 'pay', `${file}.pay`)
export const payloadFile = (month: string, number: number): string => `${month}/${numbered(number)}`
export const payloadNumber = (file: string): number => Number(file.slice(file.indexOf('/') + 1))
export const payloadMonth = (file: string): string => file.slice(0, file.indexOf('/'))
/** The two files commits become durable in, by turns. */
export const journalPaths = (folder: string): readonly [string, string] => [
  join(folder, 'commits', '1.commits'),
  join(folder, 'commits', '2.commits'),
]
export const checkpointPath = (folder: string): string => join(folder, 'checkpoint')
export const verifierKeyPath = (folder: string): string => join(folder, 'log.vkey')

/** The file an entry lies in. */
export const placePath = (
  folder: string,
  { segment, isKept }: { readonly segment: number; readonly isKept?: true },
): string => (isKept === true ? keptPath(folder, segment) : segmentPath(folder, segment))

/** The month a payload is kept in and its key is for, `yyyy-mm` in UTC. */
export function monthOf(atMs: number): string {
  const date = new Date(atMs)
  return `${String(date.getUTCFullYear()).padStart(4, '0')}-${String(date.getUTCMonth() + 1).padStart(2, '0')}`
}

/** Numbers of the segments there are, ascending; empty when there is no log yet. */
export async function listSegments(folder: string): Promise<readonly number[]> {
  const names = await readdir(join(folder, 'seg')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  return names
    .filter((name) => /^[0-9]{10}\.seg$/.test(name))
    .map((name) => Number(name.slice(0, 10)))
    .sort((one, other) => one - other)
}
