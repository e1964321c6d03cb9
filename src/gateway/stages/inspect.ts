import { unreadReasons } from '#/attachments/index.ts'
import type { ChatRequest, UnreadPart } from '#/chat/api.ts'
import { type DataClass, higherClass, highestClass } from '#/core/data-class.ts'
import type { Finding } from '#/core/finding.ts'
import { ClientGone } from '#/core/http/body.ts'
import { Refusal } from '#/core/refusal.ts'
import type { JsonPath, Segment } from '#/core/segment.ts'
import type { Inspector } from '#/inspect/api.ts'
import type { Snapshot } from '#/snapshot/api.ts'
import type { CarriedFile } from '../file-inspection.ts'
import { inARow } from '../in-a-row.ts'
import { holdsOwnKey, reportInFile, reportInRequest } from '../own-keys.ts'
import type { GatewayServices } from '../services.ts'
import { type InspectionAsked, mostInPlace } from '../text-inspection.ts'
import type { Read } from './read.ts'

declare const inspected: unique symbol

/** A segment in which something was found, or a file: then its places lead nowhere in the request. */
export interface Marked {
  readonly segment: Segment
  readonly findings: readonly Finding[]
  readonly isFile?: true
}

/** What nobody has read, with the reason where somebody tried. */
export interface Unread {
  readonly path: JsonPath
  readonly mediaType: string
  readonly why?: string
}

/** Stage 4: every text was looked at, and every file opened. The snapshot is taken here, once, for the whole exchange. */
export interface Inspected {
  readonly [inspected]: true
  readonly read: Read
  readonly snapshot: Snapshot
  readonly inspector: Inspector
  /** Only segments and files with findings, in the order they stand; files last. */
  readonly marked: readonly Marked[]
  readonly unread: readonly Unread[]
  /** What labels on files say, at least. */
  readonly labelClass: DataClass
  readonly tookMs: number
}

/** What was found, wherever it was looked at. */
type Found = Pick<Inspected, 'marked' | 'unread' | 'labelClass'>

/** Rejects with `inspection-failed` and `inspection-busy`: what could not be inspected is not sent. */
export async function inspectRequest(read: Read, services: GatewayServices): Promise<Inspected> {
  const startedAt = services.clock.monotonic()
  const snapshot = services.snapshot()
  const inspector = services.inspectorFor(snapshot)
  const { response } = read.admitted.identified.received
  const asked: InspectionAsked = { snapshot, inspector, isWanted: () => !response.destroyed }
  try {
    const found = isShort(read.chat)
      ? await inARow('inspect', () => inspectInPlace(read.chat, inspector, services))
      : await inspectLong(read.chat, asked, services)
    const { marked, unread } = found
    if (holdsOwnKey(marked)) await reportInRequest(marked, services)
    const tookMs = services.clock.monotonic() - startedAt
    const labelClass = higherClass(found.labelClass, read.labelClass)
    const plain: Omit<Inspected, typeof inspected> = {
      read,
      snapshot,
      inspector,
      marked,
      unread,
      labelClass,
      tookMs,
    }
    return plain as Inspected
  } catch (error) {
    if (error instanceof Refusal || error instanceof ClientGone) throw error
    throw new Refusal('inspection-failed', {}, { cause: error })
  }
}

/** Most requests are: nothing waits for a thread then. */
function isShort({ segments, unread }: ChatRequest): boolean {
  let characters = 0
  for (const { text } of segments) characters += text.length
  return characters <= mostInPlace && !unread.some(({ base64 }) => base64 !== undefined)
}

function inspectInPlace(
  { segments, unread }: ChatRequest,
  inspector: Inspector,
  { texts }: GatewayServices,
): Found {
  const marked: Marked[] = []
  for (const segment of segments) {
    const findings = texts.inspect(inspector, segment)
    if (findings.length > 0) marked.push({ segment, findings })
  }
  return { marked, unread, labelClass: 'public' }
}

async function inspectLong(
  { segments, unread }: ChatRequest,
  asked: InspectionAsked,
  { texts, files, identity }: GatewayServices,
): Promise<Found> {
  const all = await texts.inspectAll(asked, segments)
  const marked: Marked[] = segments
    .map((segment, index) => ({ segment, findings: all[index] ?? [] }))
    .filter(({ findings }) => findings.length > 0)
  const stillUnread: Unread[] = []
  const labels: DataClass[] = []
  let opened = 0
  for (const part of unread) {
    if (!isFile(part) || opened++ >= mostFiles) {
      stillUnread.push(part)
      continue
    }
    const { path, mediaType } = part
    const verdict = await files.inspect(asked, part, reportInFile({ identity }))
    if (verdict.findings.length > 0) marked.push(markedFile(path, verdict.findings))
    labels.push(verdict.labelClass)
    for (const reason of verdict.unread) stillUnread.push({ path, mediaType, why: unreadReasons[reason] })
  }
  return { marked, unread: stillUnread, labelClass: highestClass(labels) }
}

/** Files of one request that are opened; a conversation that carries more has them told as unread. */
const mostFiles = 200

const isFile = (part: UnreadPart): part is UnreadPart & CarriedFile => part.base64 !== undefined

/** What stands in a file cannot be changed on the way. */
const markedFile = (path: JsonPath, findings: readonly Finding[]): Marked => ({
  segment: { text: '', channel: 'attachment', path, part: 'value', isFixed: true },
  findings,
  isFile: true,
})
