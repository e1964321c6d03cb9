/** A part of the log as a file, once: told to the log before anything is given out. */
import { join } from 'node:path'
import { z } from 'zod'
import { Refusal } from '#/core/refusal.ts'
import type { AuditLog } from '../api.ts'
import type { Header } from '../header.ts'
import { listSegments, logFolder } from '../layout.ts'
import { walkEntries } from '../walk.ts'
import type { EventFormat } from './api.ts'
import { entryEvent } from './events.ts'
import { formats } from './formats/index.ts'

const shape = z.strictObject({
  format: z.enum(Object.keys(formats) as [string, ...string[]]),
  sinceMs: z.number().int().nonnegative(),
  untilMs: z.number().int().nonnegative(),
  /** The account of the machine that asks. */
  by: z.string().min(1).max(200),
})

/** Plain values, so that it can go through the control socket. */
export type WriteQuestion = z.infer<typeof shape>

export interface WriteAnswer {
  readonly origin: string
  /** Of the log, where its segments lie. */
  readonly folder: string
  /** How many entries there are, the one about this export counted. */
  readonly size: number
  readonly receipt: string
}

/** Writes the entry `export`. Throws `request-invalid` naming the field, and what the log throws. */
export async function beginWriting(
  question: unknown,
  { log, dataFolder }: { readonly log: AuditLog; readonly dataFolder: string },
): Promise<WriteAnswer> {
  const read = shape.safeParse(question)
  if (!read.success) {
    const issue = read.error.issues[0]
    throw new Refusal('request-invalid', {
      field: issue?.path.join('.') ?? '',
      problem: issue?.message ?? '',
    })
  }
  const { by, format } = read.data
  const { index, receipt } = await log.append({
    kind: 'export',
    facts: { reason: 'written to a file', about: by, version: format },
    payload: JSON.stringify({ export: read.data }),
  })
  const folder = logFolder(join(dataFolder, 'audit'), log.origin)
  return { origin: log.origin, folder, size: index + 1, receipt }
}

/**
 * The lines of a log as it lies in a folder, oldest first, with aliases and without names. Needs no key: only headers
 * are read. Throws when the log cannot be read to its end; what came before is sound.
 */
export async function* linesOf(
  { origin, folder, size }: WriteAnswer,
  { sinceMs, untilMs }: Pick<WriteQuestion, 'sinceMs' | 'untilMs'>,
  format: EventFormat,
): AsyncGenerator<{ readonly index: number; readonly line: string | undefined }> {
  const walk = walkEntries(folder, await listSegments(folder))
  for (;;) {
    const step = walk.next()
    if (step.done) {
      if (step.value.damage === undefined) return
      throw new Error(`${step.value.damage}: run audit verify`)
    }
    const { header } = step.value
    if (header.index >= size) return
    const isAsked = header.atMs >= sinceMs && header.atMs < untilMs
    const line = isAsked ? lineOf(origin, header, step.value.stored.toString('utf8'), format) : undefined
    yield { index: header.index, line }
  }
}

function lineOf(origin: string, header: Header, text: string, format: EventFormat): string {
  const { index, atMs, kind, facts, subject } = header
  const head = { index, atMs, kind, facts, subject: undefined, alias: subject, header: text }
  return format.format(entryEvent(origin, head, undefined))
}
