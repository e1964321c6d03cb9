import type { Finding } from '#/core/finding.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Segment } from '#/core/segment.ts'
import type { Inspector } from '#/inspect/api.ts'
import type { Snapshot } from '#/snapshot/api.ts'
import type { GatewayServices } from '../services.ts'
import type { Read } from './read.ts'

declare const inspected: unique symbol

/** A segment in which something was found. */
export interface Marked {
  readonly segment: Segment
  readonly findings: readonly Finding[]
}

/** Stage 4: every text was looked at. The snapshot is taken here, once, for the whole exchange. */
export interface Inspected {
  readonly [inspected]: true
  readonly read: Read
  readonly snapshot: Snapshot
  readonly inspector: Inspector
  /** Only segments with findings, in the order they stand. */
  readonly marked: readonly Marked[]
  readonly tookMs: number
}

/** No kind is shorter than this; the shortest term a company may list has this length too. */
const shortestFinding = 3

/** Throws `inspection-failed`: what could not be inspected is not sent. */
export function inspectRequest(read: Read, services: GatewayServices): Inspected {
  const startedAt = services.clock.monotonic()
  const snapshot = services.snapshot()
  const inspector = services.inspectorFor(snapshot)
  const marked: Marked[] = []
  try {
    for (const segment of read.chat.segments) {
      if (segment.text.length < shortestFinding) continue
      const findings = services.verdicts.inspect(inspector, segment.text, segment.channel)
      if (findings.length > 0) marked.push({ segment, findings })
    }
  } catch (error) {
    throw new Refusal('inspection-failed', {}, { cause: error })
  }
  const tookMs = services.clock.monotonic() - startedAt
  const plain: Omit<Inspected, typeof inspected> = { read, snapshot, inspector, marked, tookMs }
  return plain as Inspected
}
