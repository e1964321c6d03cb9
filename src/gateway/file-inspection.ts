import { hash } from 'node:crypto'
import {
  type AttachmentContent,
  type AttachmentReader,
  classOfLabels,
  isOfStatedType,
  type UnreadReason,
} from '#/attachments/index.ts'
import type { DataClass } from '#/core/data-class.ts'
import type { Finding } from '#/core/finding.ts'
import { Refusal } from '#/core/refusal.ts'
import { ownKeyType } from './own-keys.ts'
import type { InspectionAsked, TextInspection } from './text-inspection.ts'

/** The bytes of a file as they stand in a request, and its type as the client states it. */
export interface CarriedFile {
  readonly base64: string
  readonly mediaType: string
}

/** What is known of a file. No text of it, and nothing that leads to a place in it. */
export interface FileVerdict {
  readonly findings: readonly Finding[]
  /** What labels on it say, at least. */
  readonly labelClass: DataClass
  /** Why parts of it were not read, each reason once; empty when all of it was. */
  readonly unread: readonly UnreadReason[]
}

/** The text of a file without the file. What labels on it say holds for its text, too. */
export interface FileText {
  readonly text: string
  readonly labelClass: DataClass
}

/** A verdict takes some hundred bytes, more where much was found. */
const keptVerdicts = 2_000

/**
 * Opens files of requests and looks at their texts. Verdicts are kept by a hash of the file, its stated type and the
 * version of the inspector: a file that is sent again with every turn costs its hash.
 */
export class FileInspection {
  readonly #reader: Pick<AttachmentReader, 'read'>
  readonly #texts: TextInspection
  readonly #verdicts = new Map<string, FileVerdict>()

  constructor(reader: Pick<AttachmentReader, 'read'>, texts: TextInspection) {
    this.#reader = reader
    this.#texts = texts
  }

  /**
   * Rejects as `TextInspection.inspectAll` does; what cannot be read is told in `unread`. `onOwnKey` is called with
   * each text that is found to be a key of ours, the first time the file is seen.
   */
  async inspect(
    asked: InspectionAsked,
    file: CarriedFile,
    onOwnKey: (found: string) => Promise<void>,
  ): Promise<FileVerdict> {
    const key = hash('sha256', `${asked.inspector.version}\n${file.mediaType}\n${file.base64}`, 'base64')
    const known = this.#verdicts.get(key)
    if (known !== undefined) return known
    const content = await this.#open(file)
    const texts = textsOf(content)
    const found = await this.#texts.inspectAll(
      asked,
      texts.map((text) => ({ text, channel: 'attachment' })),
    )
    for (const [index, findings] of found.entries()) {
      for (const { type, start, end } of findings)
        if (type === ownKeyType) await onOwnKey(texts[index]?.slice(start, end) ?? '')
    }
    const verdict: FileVerdict = {
      findings: found.flat(),
      labelClass: classOfLabels(content.labels),
      unread: [...new Set(content.unread.map(({ reason }) => reason))],
    }
    // How long it took says how busy this machine was, and nothing of the file.
    if (!verdict.unread.includes('took-too-long')) this.#keep(key, verdict)
    return verdict
  }

  /** All text of a file, to be sent instead of it; undefined where some of it cannot be read. */
  async textOf(file: CarriedFile): Promise<FileText | undefined> {
    const { texts, labels, unread } = await this.#open(file)
    if (unread.length > 0) return undefined
    return { text: texts.map(({ text }) => text).join('\n\n'), labelClass: classOfLabels(labels) }
  }

  async #open({ base64, mediaType }: CarriedFile): Promise<AttachmentContent> {
    const bytes = decode(base64)
    if (bytes === undefined || !isOfStatedType(bytes, mediaType)) return damaged
    const content = await this.#reader.read(bytes)
    if (content.unread.some(({ reason }) => reason === 'busy')) throw new Refusal('inspection-busy')
    return content
  }

  #keep(key: string, verdict: FileVerdict): void {
    const [oldest] = this.#verdicts.keys()
    if (this.#verdicts.size >= keptVerdicts && oldest !== undefined) this.#verdicts.delete(oldest)
    this.#verdicts.set(key, verdict)
  }
}

const damaged: AttachmentContent = { texts: [], labels: [], unread: [{ path: '', reason: 'damaged' }] }

/** Undefined for what readers of Base64 could understand in different ways. */
function decode(base64: string): Buffer | undefined {
  const bytes = Buffer.from(base64, 'base64')
  if (bytes.toString('base64') === base64) return bytes
  return bytes.toString('base64') === base64.replace(/[\r\n]/g, '') ? bytes : undefined
}

/** The texts, and the names of what lies in a mail or an archive, where no text lists them: they leave with it. */
function textsOf({ texts, unread }: AttachmentContent): readonly string[] {
  const listed = new Set(
    texts.filter(({ kind }) => kind === 'metadata').flatMap(({ text }) => text.split('\n')),
  )
  const names = new Set([...texts, ...unread].map(({ path }) => path).filter((path) => !listed.has(path)))
  return [...texts.map(({ text }) => text), [...names].join('\n')]
}
