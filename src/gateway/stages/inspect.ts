import { unreadReasons } from '#/attachments/index.ts'
import type { ModerationFacts } from '#/audit/api.ts'
import type { ChatRequest, UnreadPart } from '#/chat/api.ts'
import { type DataClass, higherClass, highestClass } from '#/core/data-class.ts'
import type { Finding } from '#/core/finding.ts'
import { ClientGone } from '#/core/http/body.ts'
import { Refusal } from '#/core/refusal.ts'
import type { JsonPath, Segment } from '#/core/segment.ts'
import type { Inspector } from '#/inspect/api.ts'
import type { Snapshot } from '#/snapshot/api.ts'
import { findAcross } from '../across-texts.ts'
import type { CarriedFile } from '../file-inspection.ts'
import { inARow } from '../in-a-row.ts'
import type { TextInChannel } from '../inspect-worker.ts'
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
  /** It is about the text as a whole: there is no value in it that could be changed. */
  readonly isWhole?: true
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
  /** Where a moderation model is to be asked: what came of it. */
  readonly moderation?: ModerationFacts
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
      ? await inspectShort(read.chat, inspector, services)
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

function inspectShort(
  { segments, unread }: ChatRequest,
  inspector: Inspector,
  { texts }: GatewayServices,
): Promise<Found> {
  const look = (them: readonly TextInChannel[]) => them.map((each) => texts.inspect(inspector, each))
  const foundIn = (all: readonly (readonly Finding[])[]): Found => ({
    marked: markedOf(segments, all),
    unread,
    labelClass: 'public',
  })
  return inARow('inspect', () => {
    const all = findAcross(segments, look(segments), inspector, look)
    return all instanceof Promise ? all.then(foundIn) : foundIn(all)
  })
}

async function inspectLong(
  { segments, unread }: ChatRequest,
  asked: InspectionAsked,
  { texts, files, identity }: GatewayServices,
): Promise<Found> {
  const look = (them: readonly TextInChannel[]) => texts.inspectAll(asked, them)
  const all = await findAcross(segments, await look(segments), asked.inspector, look)
  const marked = markedOf(segments, all)
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

function markedOf(segments: readonly Segment[], all: readonly (readonly Finding[])[]): Marked[] {
  const marked: Marked[] = []
  for (let index = 0; index < segments.length; index++) {
    const findings = all[index] as readonly Finding[]
    if (findings.length > 0) marked.push({ segment: segments[index] as Segment, findings })
  }
  return marked
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
