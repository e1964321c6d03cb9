import type { AttachmentContent, UnreadReason } from './api.ts'
import { type AttachmentBounds, attachmentBounds } from './bounds.ts'
import { ExtractThread } from './extract-thread.ts'
import { recogniseText } from './picture-text.ts'
import type { Extracted } from './reading.ts'
import { findRecognition } from './recognition.ts'

export interface AttachmentReaderOptions {
  /** Files read at the same time, each in a thread of its own. */
  readonly threads?: number
  readonly bounds?: Partial<AttachmentBounds>
  /** The `tesseract` program; undefined to look for it on the path, null for none. */
  readonly tesseract?: string | null
}

export interface AttachmentReader {
  /** Reads a file. Never throws: what cannot be read, for whatever reason, is in `unread`. Takes a copy. */
  readonly read: (bytes: Uint8Array) => Promise<AttachmentContent>
  /** Ends the threads. What is under way then is unread. */
  readonly close: () => Promise<void>
}

/** Texts out of files, in threads with bounds. Threads start with the first file and stay until `close`. */
export function createAttachmentReader(options: AttachmentReaderOptions = {}): AttachmentReader {
  const bounds = { ...attachmentBounds, ...options.bounds }
  const threads = Array.from({ length: options.threads ?? 1 }, () => new ExtractThread(bounds))
  const idle = [...threads]
  const waiting: ((thread: ExtractThread) => void)[] = []

  const take = (): Promise<ExtractThread> | ExtractThread =>
    idle.pop() ?? new Promise((resolve) => waiting.push(resolve))
  const giveBack = (thread: ExtractThread): void => {
    const next = waiting.shift()
    if (next === undefined) idle.push(thread)
    else next(thread)
  }

  const read = async (bytes: Uint8Array): Promise<AttachmentContent> => {
    if (bytes.length > bounds.fileBytes) return unreadFile('too-large')
    if (idle.length === 0 && waiting.length >= bounds.waiting) return unreadFile('busy')
    const thread = await take()
    try {
      const program = await findRecognition(options.tesseract)
      const extracted = await thread.extract(bytes, program !== null)
      return await withPictures(extracted, bounds, program)
    } finally {
      giveBack(thread)
    }
  }
  return { read, close: async () => void (await Promise.all(threads.map((thread) => thread.close()))) }
}

export const unreadFile = (reason: UnreadReason): AttachmentContent => ({
  texts: [],
  labels: [],
  unread: [{ path: '', reason }],
})

/** The texts of pictures, one after the other until the time of the file is over. */
async function withPictures(
  { pictures, ...content }: Extracted,
  bounds: AttachmentBounds,
  program: string | null,
): Promise<AttachmentContent> {
  if (pictures.length === 0) return content
  const texts = [...content.texts]
  const unread = [...content.unread]
  const endsAt = performance.now() + bounds.milliseconds
  for (const { path, bytes } of pictures) {
    const left = endsAt - performance.now()
    const read =
      left <= 0 ? ({ unread: 'took-too-long' } as const) : await recogniseText(bytes, left, program)
    if ('text' in read) texts.push({ path, text: read.text, kind: 'picture' })
    else unread.push({ path, reason: read.unread })
  }
  return { ...content, texts, unread }
}
