/** What the tests of the sinks share: surroundings of a sink, and events for it. */
import assert from 'node:assert/strict'
import type { FormattedEvent, SinkSurroundings } from '../api.ts'
import { entryEvent } from '../events.ts'
import { formatNamed } from '../formats/index.ts'

const product = { version: '0.0.0' }

export function surroundings(name = 'sallyport', more: Partial<SinkSurroundings> = {}): SinkSurroundings {
  const format = formatNamed(name, product)
  assert.ok(format !== undefined)
  return { format, product, hostName: 'gate.example.com', ...more }
}

/** Entries as a forwarder hands them over; `text` stands in their facts. */
export function formatted(
  first: number,
  count: number,
  around: SinkSurroundings,
  text = 'allow',
): FormattedEvent[] {
  return Array.from({ length: count }, (_, at) => {
    const index = first + at
    const facts = { decision: text }
    const header = JSON.stringify({ v: 1, index, kind: 'intent', facts })
    const head = {
      index,
      atMs: Date.UTC(2026, 10, 23) + index,
      kind: 'intent' as const,
      facts,
      subject: undefined,
      alias: undefined,
      header,
    }
    const event = entryEvent('log.example.com/test', head, undefined)
    return { event, line: around.format.format(event) }
  })
}
