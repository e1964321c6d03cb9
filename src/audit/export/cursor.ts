/**
 * How far a sink has got, in `export/` beside the segments: a small file for each, outside of everything that is
 * hashed. It is moved only after what it covers has arrived, so a crash sends some events twice and none never.
 */
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { makeFolder, writeDurably } from '#/core/durable-file.ts'
import { logFolder } from '../layout.ts'

export interface Position {
  /** Index of the first entry that has not arrived. */
  readonly next: number
  /** Size of the last checkpoint that has arrived; -1 before the first. */
  readonly checkpoint: number
}

const shape = z.object({ v: z.literal(1), next: z.int().nonnegative(), checkpoint: z.int().min(-1) })

export const cursorPath = (auditFolder: string, origin: string, sinkId: string): string =>
  join(logFolder(auditFolder, origin), 'export', `${sinkId}.cursor`)

/** Undefined for a sink that has never been sent anything. Throws when the file is not one of ours. */
export async function readCursor(path: string): Promise<Position | undefined> {
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  const read = shape.safeParse(parse(text))
  if (read.success) return { next: read.data.next, checkpoint: read.data.checkpoint }
  throw new Error(`${path} is no cursor: remove it, and the sink starts where its setting "from" says`)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // No cursor; the shape says so.
    return undefined
  }
}

export async function writeCursor(path: string, { next, checkpoint }: Position): Promise<void> {
  await makeFolder(dirname(path))
  await writeDurably(path, `${JSON.stringify({ v: 1, next, checkpoint })}\n`)
}
