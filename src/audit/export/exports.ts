/** All sinks of the settings: opened with the log, closed before it. */
import { setTimeout } from 'node:timers/promises'
import { z } from 'zod'
import { type Clock, systemClock } from '#/core/clock.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import { Refusal } from '#/core/refusal.ts'
import type { SinkSettings } from '#/settings/api.ts'
import type { SinkCredentials } from '#/settings/credentials.ts'
import type { AuditLog } from '../api.ts'
import type { EventFormat, ExportedPerson, Product, Sink } from './api.ts'
import { cursorPath } from './cursor.ts'
import { testEvent } from './events.ts'
import { formatNamed } from './formats/index.ts'
import { Forwarder, type SinkStatus } from './forwarder.ts'
import { describeSink, openSink, settleEveryMs } from './sinks/index.ts'

export interface ExportsOptions {
  readonly sinks: readonly SinkSettings[]
  /** By the id of the sink. */
  readonly credentials: ReadonlyMap<string, SinkCredentials>
  /** `audit/` of the data folder. */
  readonly auditFolder: string
  readonly log: AuditLog
  readonly product: Product
  readonly hostName: string
  /** For sinks that name people. */
  readonly findPerson: (id: string) => Promise<ExportedPerson | undefined>
  readonly writeLine: WriteLine
  readonly clock?: Clock
}

/** One sink, for people who look after it. */
export interface DescribedSink extends SinkStatus {
  readonly id: string
  readonly kind: string
  readonly format: string
  readonly people: boolean
  readonly to: string
}

export interface Exports {
  /** Until then sinks have their place and are sent nothing: a command must not start sending. */
  readonly start: () => void
  readonly status: () => readonly DescribedSink[]
  /** Sends one event that is no entry. Throws `not-found`, and an error that says why it did not arrive. */
  readonly test: (
    asked: unknown,
  ) => Promise<{ readonly id: string; readonly to: string; readonly event: string }>
  readonly close: () => Promise<void>
}

const testShape = z.strictObject({ id: z.string().min(1).max(100) })

export async function openExports(options: ExportsOptions): Promise<Exports> {
  const { sinks, clock = systemClock, log } = options
  const forwarders = new Map<SinkSettings, Forwarder>()
  for (const settings of sinks) {
    const forwarder = new Forwarder({
      settings,
      cursorPath: cursorPath(options.auditFolder, log.origin, settings.id),
      log,
      format: formatOf(settings, options.product),
      openSink: () => open(settings, options),
      settleEveryMs: settleEveryMs(settings),
      findPerson: options.findPerson,
      clock,
      pause: pauseUnlessAborted,
      random: Math.random,
      writeLine: options.writeLine,
    })
    await forwarder.prepare()
    forwarders.set(settings, forwarder)
  }
  return {
    start: () => {
      for (const forwarder of forwarders.values()) forwarder.start()
    },
    status: () =>
      [...forwarders].map(([settings, forwarder]) => describe(settings, forwarder, options.product)),
    test: (asked) => test(asked, options, clock),
    close: async () => {
      await Promise.all([...forwarders.values()].map((forwarder) => forwarder.close()))
    },
  }
}

function describe(settings: SinkSettings, forwarder: Forwarder, product: Product): DescribedSink {
  const { id, kind, people } = settings
  const format = formatOf(settings, product).version
  return { id, kind, format, people, to: describeSink(settings), ...forwarder.status() }
}

function formatOf({ format }: SinkSettings, product: Product): EventFormat {
  const found = formatNamed(format, product)
  if (found === undefined) throw new Error(`there is no format ${format}`)
  return found
}

function open(settings: SinkSettings, { credentials, product, hostName }: ExportsOptions): Sink {
  return openSink(settings, {
    ...credentials.get(settings.id),
    format: formatOf(settings, product),
    product,
    hostName,
  })
}

/** On a connection of its own, so that it says nothing about what is under way. */
async function test(asked: unknown, options: ExportsOptions, clock: Clock) {
  const read = testShape.safeParse(asked)
  if (!read.success)
    throw new Refusal('request-invalid', { field: 'id', problem: 'name a sink of the settings' })
  const settings = options.sinks.find(({ id }) => id === read.data.id)
  if (settings === undefined) throw new Refusal('not-found', { what: 'sink' })
  const event = testEvent(options.log.origin, clock.now())
  const sink = open(settings, options)
  const to = describeSink(settings)
  try {
    const { refused } = await sink.send([{ event, line: formatOf(settings, options.product).format(event) }])
    if (refused[0] !== undefined) throw new Error(`the event is refused: ${refused[0].why}`)
    await sink.settle()
    return { id: settings.id, to, event: event.id }
  } catch (error) {
    throw Object.assign(new Error(`nothing arrived at ${to}: ${describeError(error)}`, { cause: error }), {
      code: 'export-failed',
    })
  } finally {
    await sink.close()
  }
}

async function pauseUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await setTimeout(ms, undefined, { signal, ref: false })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
