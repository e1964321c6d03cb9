/**
 * Counts what is found in one text of an answer while it streams past. Nothing is held back: this is for the log.
 *
 * A batch is inspected whenever enough new text has come, together with the text before it. A finding counts once
 * it can grow no more: when it ends well before the end of what has come. Text that is settled is let go but for
 * a little context, at a space where there is one. A finding that still reaches the end (a private key is long,
 * and is found from its first line on) is kept from its start, up to `longestKept`; beyond that it counts as it
 * is. So each character is read about twice, whatever the size of the pieces.
 */
import type { Finding } from '#/core/finding.ts'
import type { Channel } from '#/core/segment.ts'
import type { Inspector } from './api.ts'

/** New text that makes a batch, in UTF-16 units. */
const batch = 2_048
/**
 * Text at the end in which a finding may have begun unseen: more than any detector reads before it reports what
 * then grows (1,200 for the header of a token, 320 for an address, 120 for a term).
 */
const unsettled = 2_048
/** Settled text kept as context of what follows: twice what detectors look back. */
const context = 256
/** Twice the longest private key that is found as one. */
const longestKept = 80_000

export interface AnswerWatcher {
  readonly push: (piece: string) => void
  /** Counts by type of all that was found. Call once. */
  readonly end: () => ReadonlyMap<string, number>
}

/** `look` is shown each finding once, with the text its places lead into. */
export function createAnswerWatcher(
  inspector: Inspector,
  channel: Channel = 'answer',
  look?: (finding: Finding, text: string) => void,
): AnswerWatcher {
  const counts = new Map<string, number>()
  let pieces: string[] = []
  let arrived = 0
  let kept = ''
  /** Findings that start before this position of `kept` are counted. */
  let settled = 0

  const count = (findings: readonly Finding[]): void => {
    for (const finding of findings) {
      if (finding.start < settled) continue
      counts.set(finding.type, (counts.get(finding.type) ?? 0) + 1)
      look?.(finding, kept)
    }
  }
  const takeArrived = (): void => {
    kept += pieces.join('')
    pieces = []
    arrived = 0
  }
  const settle = (): void => {
    const findings = inspector.inspect(kept, channel)
    const border = kept.length - unsettled
    const open = kept.length > longestKept ? undefined : findings.find(({ end }) => end > border)
    const upTo = Math.max(settled, Math.min(border, open?.start ?? border))
    count(findings.filter(({ start }) => start < upTo))
    const from = cutBefore(kept, upTo - context)
    kept = kept.slice(from)
    settled = upTo - from
  }
  return {
    push: (piece) => {
      pieces.push(piece)
      arrived += piece.length
      if (arrived < batch) return
      takeArrived()
      if (kept.length > unsettled) settle()
    },
    end: () => {
      takeArrived()
      count(inspector.inspect(kept, channel))
      return counts
    },
  }
}

/** The last line end or space before a position, so that no word is cut; the position where there is none near. */
function cutBefore(text: string, position: number): number {
  if (position <= 0) return 0
  const near = Math.max(0, position - context)
  const window = text.slice(near, position)
  const place = Math.max(window.lastIndexOf('\n'), window.lastIndexOf(' '))
  return place === -1 ? position : near + place
}
