import { z } from 'zod'
import type { ControlHandlers } from '#/core/control-socket.ts'
import { readWith } from '#/core/http/router.ts'
import type { RecordKind } from './api.ts'
import { type ExportedVersion, exportedText, exportedVersions } from './export.ts'
import { recordKinds } from './kinds/index.ts'
import type { Register } from './register.ts'

/** Files are given in parts: an answer over the control socket has an end. */
const exportedBytes = 8 * 1024 * 1024

const exportShape = z.strictObject({
  kind: z.enum(recordKinds, `must be one of ${recordKinds.join(', ')}`),
  which: z.enum(exportedVersions),
  /** Records after this id, in the order of ids; empty for the first part. */
  after: z.string().max(64),
})

export interface ExportedPart {
  readonly files: readonly { readonly kind: RecordKind; readonly id: string; readonly text: string }[]
  /** What to ask for next; null when this was the last part. */
  readonly next: string | null
}

/** What the command line asks about records of every kind; nothing of it writes. */
export const recordHandlers = (register: Register, now: () => number): ControlHandlers => ({
  'records.export': async (input: unknown) => exportPart(register, readWith(exportShape, input), now()),
  'records.diff': async (input: unknown) => ({ records: await register.diff(input) }),
})

function exportPart(
  register: Register,
  {
    kind,
    which,
    after,
  }: { readonly kind: RecordKind; readonly which: ExportedVersion; readonly after: string },
  nowMs: number,
): ExportedPart {
  const files: { kind: RecordKind; id: string; text: string }[] = []
  let bytes = 0
  for (const history of register.list(kind)) {
    if (history.id <= after) continue
    const text = exportedText(history, which, nowMs)
    if (text === undefined) continue
    files.push({ kind, id: history.id, text })
    bytes += Buffer.byteLength(text)
    if (bytes >= exportedBytes) return { files, next: history.id }
  }
  return { files, next: null }
}
