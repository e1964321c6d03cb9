import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { attachmentBounds, createAttachmentReader } from '#/attachments/index.ts'
import { type Asked, exitCodes } from './command.ts'
import { type InspectedFile, inspectFile } from './inspect-file.ts'
import type { Inspected } from './inspect-text.ts'
import { formatTree, TreeReportBuilder } from './tree-report.ts'
import { walkTree } from './walk-tree.ts'

/** One thread reads while another is at a slow file; more would only wait for the inspection. */
const atOnce = 2
const progressAfterMs = 1_000
const progressEveryMs = 2_000

/**
 * What every file below a folder holds, by folder. Exit code 0 when files were read, whatever they hold; 1 when there
 * was no file, or not one could be read.
 */
export async function inspectTree(
  root: string,
  asked: Asked,
  inspectText: (text: string) => Inspected,
): Promise<number> {
  const reader = createAttachmentReader({ threads: atOnce })
  const builder = new TreeReportBuilder(root)
  const progress = createProgress(asked)
  const running = new Set<Promise<void>>()
  try {
    for await (const walked of walkTree(root)) {
      if (walked.kind === 'skipped') {
        builder.addSkipped(walked.path, walked.why)
        continue
      }
      const { folder, path, bytes } = walked
      const read = readOne(join(root, path), bytes, (content) => inspectFile(content, reader, inspectText))
      const done = read.then((file) => {
        if (file === undefined) builder.addDenied(folder, path)
        else builder.addFile(folder, path, bytes, file)
        progress(bytes)
        running.delete(done)
      })
      running.add(done)
      if (running.size >= atOnce) await Promise.race(running)
    }
    await Promise.all(running)
  } finally {
    await reader.close()
  }
  const { report } = builder
  await asked.tell(report, formatTree(report))
  return report.totals.readFiles === 0 ? exitCodes.refused : exitCodes.ok
}

/** Undefined for a file that cannot be opened. */
async function readOne(
  path: string,
  bytes: number,
  inspectBytes: (content: Uint8Array) => Promise<InspectedFile>,
): Promise<InspectedFile | undefined> {
  if (bytes > attachmentBounds.fileBytes) return tooLarge
  const content = await readFile(path).catch(() => undefined)
  return content === undefined ? undefined : inspectBytes(content)
}

const tooLarge: InspectedFile = {
  class: null,
  parts: [],
  labels: [],
  unread: [{ path: '', reason: 'too-large' }],
  plainText: undefined,
  texts: [],
}

/** Says how far it is, to standard error, when it takes long enough for somebody to wonder. */
function createProgress({ world }: Asked): (bytes: number) => void {
  let files = 0
  let sum = 0
  let nextAt = world.now() + progressAfterMs
  return (bytes) => {
    files++
    sum += bytes
    const now = world.now()
    if (now < nextAt) return
    nextAt = now + progressEveryMs
    world.complain(`sallyport: ${files} files, ${(sum / 1_000_000).toFixed(1)} MB\n`)
  }
}
