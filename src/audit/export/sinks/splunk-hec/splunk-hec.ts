/**
 * Splunk's HTTP Event Collector. An answer 200 only means that the events look valid: an error in its body counts as
 * one, and with `acknowledge` a batch has arrived once the indexer says so. A 400 that names an event means that one
 * is not wanted: it is set aside, and the others are sent again without it.
 * Source: help.splunk.com, "Format events for HTTP Event Collector", "About HTTP Event Collector Indexer
 * Acknowledgment", "Troubleshoot HTTP Event Collector", read in November 2026.
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { SplunkSinkSettings } from '#/settings/api.ts'
import {
  type FormattedEvent,
  type RefusedEvent,
  type Sink,
  SinkFailure,
  type SinkKind,
  type SinkSurroundings,
} from '../../api.ts'
import { type Collector, openCollector } from './collector.ts'
import { envelopeOf, piecesOf } from './envelope.ts'

export const splunkSink: SinkKind<'splunk-hec'> = {
  kind: 'splunk-hec',
  settleEveryMs: 0,
  describe: ({ url }) => url,
  open: (settings, around) => new SplunkSink(settings, around),
}

/** An indexer that has not said so by then is asked again with the events themselves. */
const acknowledgedWithinMs = 60_000
const askEveryMs = 250

class SplunkSink implements Sink {
  readonly #settings: SplunkSinkSettings
  readonly #around: SinkSurroundings
  readonly #collector: Collector
  readonly #waiting = new Set<number>()
  #isClosed = false

  constructor(settings: SplunkSinkSettings, around: SinkSurroundings) {
    this.#settings = settings
    this.#around = around
    this.#collector = openCollector({
      settings,
      token: around.token ?? '',
      ca: around.ca,
      channel: settings.acknowledge ? randomUUID() : undefined,
    })
  }

  readonly send = async (events: readonly FormattedEvent[]) => {
    const refused: RefusedEvent[] = []
    const envelopes = events.map((event) => ({
      id: event.event.id,
      text: envelopeOf(event, this.#settings, this.#around),
    }))
    for (const piece of piecesOf(envelopes)) {
      let left = piece
      while (left.length > 0) {
        const answer = await this.#collector.post(left.map(({ text }) => text).join('\n'))
        if (answer.refusedAt === undefined) {
          if (answer.ackId !== undefined) this.#waiting.add(answer.ackId)
          break
        }
        const bad = left[answer.refusedAt]
        if (bad === undefined) {
          throw new SinkFailure(`${this.#settings.url}: refused an event that was not sent (${answer.why})`)
        }
        refused.push({ id: bad.id, why: answer.why })
        left = left.filter((each) => each !== bad)
      }
    }
    return { refused }
  }

  readonly settle = async (): Promise<void> => {
    const untilMs = performance.now() + acknowledgedWithinMs
    while (this.#waiting.size > 0) {
      for (const ackId of await this.#collector.acknowledged([...this.#waiting])) this.#waiting.delete(ackId)
      if (this.#waiting.size === 0) return
      if (this.#isClosed || performance.now() > untilMs) {
        this.#waiting.clear()
        throw new SinkFailure(`${this.#settings.url}: the indexer did not acknowledge in time`)
      }
      await pause(askEveryMs)
    }
  }

  readonly close = async (): Promise<void> => {
    this.#isClosed = true
    await this.#collector.close()
  }
}
