import type { SplunkSinkSettings } from '#/settings/api.ts'
import type { FormattedEvent, SinkSurroundings } from '../../api.ts'

/** `time` is in seconds; `fields` are indexed, so that duplicates are dropped with `dedup id`. */
export function envelopeOf(
  { event, line }: FormattedEvent,
  { index }: SplunkSinkSettings,
  { format, hostName }: SinkSurroundings,
): string {
  const fields = {
    id: event.id,
    format: format.version,
    ...(event.is === 'entry' ? { kind: event.head.kind } : {}),
  }
  const head = JSON.stringify({
    time: event.atMs / 1_000,
    host: hostName,
    source: event.origin,
    sourcetype: `sallyport:${format.name}`,
    ...(index === undefined ? {} : { index }),
    fields,
  })
  return `${head.slice(0, -1)},"event":${format.isJson ? line : JSON.stringify(line)}}`
}

/** Far below the limit of a collector (max_content_length of limits.conf) and of proxies before it. */
const pieceMaxBytes = 512 * 1_024

/** Pieces of one request each, at least one event in each. */
export function piecesOf<T extends { readonly text: string }>(
  events: readonly T[],
): readonly (readonly T[])[] {
  const pieces: T[][] = []
  let bytes = 0
  for (const event of events) {
    const length = Buffer.byteLength(event.text) + 1
    if (pieces.length === 0 || bytes + length > pieceMaxBytes) {
      pieces.push([])
      bytes = 0
    }
    pieces.at(-1)?.push(event)
    bytes += length
  }
  return pieces
}
