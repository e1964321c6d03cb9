import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { offeringText, policyText, recordsText, useCaseText } from '../../test/support/records.ts'
import { atLeast, atMost, type Figure, median, told } from '../figure.ts'
import type { BenchOptions } from '../run.ts'
import type { Job, Result } from './load.ts'
import { sendLongTexts } from './long-texts.ts'
import { cpuMsOf, Load, residentMbOf, startSallyportProcess, startWithPort, stop } from './processes.ts'

/** One thing to send load to. */
interface Target {
  readonly name: 'direct' | 'bare' | 'governed'
  readonly port: number
  readonly authorization: string
  /** Processor time of the gateway so far; not a number for `direct`. */
  readonly cpuMs: () => number
}

const rounds = 3

/**
 * A gateway runs for days, and V8 compiles for the first ten seconds of a load: measured at 3,600 requests a second, 478
 * functions in the first second of it, 68 in the fifth and 20 in the tenth.
 */
const warmSeconds = 10
/** Streams are other code, and few of them come in the rounds that are measured. */
const warmStreamSeconds = 3

/**
 * What a governed exchange costs: key, inspection both ways, decision, durable sealed log. Three targets in one
 * run, in turn, so that a noisy machine is noisy for all of them: the provider itself, a bare pass-through,
 * Sallyport. All processes share the machine's cores.
 */
export async function* benchExchange({ seconds, say }: BenchOptions): AsyncGenerator<Figure> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-bench-'))
  const simulator = await startWithPort('test/simulator/main.ts', '--port', '0')
  const bare = await startWithPort('bench/exchange/bare.ts', String(simulator.port))
  const sallyport = await startGoverned(folder, simulator.port)
  const load = new Load()
  try {
    yield atMost('idle memory of Sallyport', residentMbOf(sallyport), 'MB', 150)
    const authorization = `Bearer ${await createKey(folder)}`
    const targets: Target[] = [
      { name: 'direct', port: simulator.port, authorization, cpuMs: () => Number.NaN },
      { name: 'bare', port: bare.port, authorization, cpuMs: () => cpuMsOf(bare.child) },
      { name: 'governed', port: sallyport.port, authorization, cpuMs: () => cpuMsOf(sallyport) },
    ]
    yield* throughput(targets, load, seconds, say)
    yield* firstToken(targets, load, seconds, say)
    yield* openLoop(targets, load, seconds, say)
    yield told('memory of Sallyport after load', residentMbOf(sallyport), 'MB')
    yield* besideLongTexts(targets[2] as Target, load, seconds, say)
    yield told('memory of Sallyport after long texts', residentMbOf(sallyport), 'MB')
  } finally {
    await load.stop()
    await stop(sallyport)
    await stop(bare.child)
    await stop(simulator.child)
    await rm(folder, { recursive: true, force: true })
  }
}

let sent = 0

function jobFor(target: Target, job: Partial<Job>): Job {
  sent += 10_000_000
  return {
    kind: 'closed',
    port: target.port,
    path: '/v1/chat/completions',
    authorization: target.authorization,
    model: 'sim-fast',
    connections: 32,
    seconds: 1,
    perSecond: 0,
    from: sent,
    ...job,
  }
}

interface Measured {
  readonly result: Result
  readonly cpuMsPerRequest: number
}

async function measure(target: Target, load: Load, job: Partial<Job>): Promise<Measured> {
  const before = target.cpuMs()
  const result = await load.run(jobFor(target, job))
  return { result, cpuMsPerRequest: (target.cpuMs() - before) / result.requests }
}

async function* throughput(
  targets: readonly Target[],
  load: Load,
  seconds: number,
  say: BenchOptions['say'],
) {
  say(`warming each target up for ${warmSeconds} s`)
  for (const target of targets) await measure(target, load, { seconds: warmSeconds })
  yield told('warm-up of each target', warmSeconds, 's')
  say(`closed loop, 32 connections, 1 KB, ${rounds} rounds of ${seconds} s each`)
  const measured = new Map<string, Measured[]>(targets.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const target of targets) measured.get(target.name)?.push(await measure(target, load, { seconds }))
  }
  const rates = new Map<string, number[]>()
  for (const { name } of targets) {
    const all = measured.get(name) as Measured[]
    rates.set(
      name,
      all.map(({ result }) => result.requests / result.seconds),
    )
    yield told(`${name}: requests per second`, median(rates.get(name) as number[]), 'req/s')
    yield told(`${name}: p50`, median(all.map(({ result }) => result.p50Ms)), 'ms')
    yield told(`${name}: p99`, median(all.map(({ result }) => result.p99Ms)), 'ms')
  }
  // Ratios round by round: both of a pair ran within seconds of each other.
  const shares = (rates.get('governed') as number[]).map(
    (rate, round) => (100 * rate) / (rates.get('bare') as number[])[round]!,
  )
  yield atLeast('governed share of bare', median(shares), '%', 30)
  const cpu = (name: string) => median((measured.get(name) as Measured[]).map((each) => each.cpuMsPerRequest))
  yield told('bare: processor time per exchange', cpu('bare'), 'CPU-ms')
  yield atMost('governed: processor time per exchange', cpu('governed'), 'CPU-ms', 0.15)
}

async function* firstToken(
  targets: readonly Target[],
  load: Load,
  seconds: number,
  say: BenchOptions['say'],
) {
  say('first token: 20 chunks 5 ms apart, 4 at a time, pseudonyms restored')
  const job: Partial<Job> = { kind: 'first-token', model: 'sim-slow-5ms', connections: 4, seconds }
  for (const target of targets)
    await measure(target, load, { ...job, connections: 32, seconds: warmStreamSeconds })
  const p50: Record<string, number[]> = {}
  for (let round = 0; round < rounds; round++) {
    for (const { name, ...rest } of targets) {
      const { result } = await measure({ name, ...rest }, load, job)
      p50[name] = [...(p50[name] ?? []), result.p50Ms]
    }
  }
  for (const { name } of targets) yield told(`${name}: first token p50`, median(p50[name] ?? []), 'ms')
  const later = (p50['governed'] ?? []).map((ms, round) => ms - (p50['direct']?.[round] ?? Number.NaN))
  yield atMost('governed: first token later than direct', median(later), 'ms', 2)
}

async function* openLoop(targets: readonly Target[], load: Load, seconds: number, say: BenchOptions['say']) {
  say('open loop: 500 requests per second by the clock')
  const job: Partial<Job> = { kind: 'open', connections: 16, seconds, perSecond: 500 }
  const p99: Record<string, number[]> = {}
  const p50: Record<string, number[]> = {}
  for (let round = 0; round < rounds; round++) {
    for (const { name, ...rest } of targets) {
      const { result } = await measure({ name, ...rest }, load, job)
      p99[name] = [...(p99[name] ?? []), result.p99Ms]
      p50[name] = [...(p50[name] ?? []), result.p50Ms]
    }
  }
  for (const { name } of targets) {
    yield told(`${name}: open loop p50`, median(p50[name] ?? []), 'ms')
    yield told(`${name}: open loop p99`, median(p99[name] ?? []), 'ms')
  }
  const added = (p99['governed'] ?? []).map((ms, round) => ms - (p99['direct']?.[round] ?? Number.NaN))
  yield atMost('governed: added p99 at 500 req/s', median(added), 'ms', 8)
}

/** What one document costs everybody else: a worker looks at it, but it is read, sealed and sent by the main thread. */
async function* besideLongTexts(
  governed: Target,
  load: Load,
  seconds: number,
  say: BenchOptions['say'],
): AsyncGenerator<Figure> {
  say('open loop, 200 requests per second, alone and while prompts of 1 MB come one after the other')
  const job: Partial<Job> = { kind: 'open', connections: 16, seconds, perSecond: 200 }
  const alone: Result[] = []
  const beside: Result[] = []
  const took: number[] = []
  // The first long text starts the thread; that is paid once.
  took.push(...(await sendLongTexts(governed.port, governed.authorization, 'sim-fast').stop()))
  yield told('1 MB at first sight, starting a worker', took[0] ?? Number.NaN, 'ms')
  took.length = 0
  for (let round = 0; round < rounds; round++) {
    alone.push((await measure(governed, load, job)).result)
    const long = sendLongTexts(governed.port, governed.authorization, 'sim-fast')
    beside.push((await measure(governed, load, job)).result)
    took.push(...(await long.stop()))
  }
  yield told('1 MB at first sight, whole exchange, median', median(took), 'ms')
  yield told('other exchanges p99, no long text', median(alone.map(({ p99Ms }) => p99Ms)), 'ms')
  yield told('other exchanges p50 while 1 MB is inspected', median(beside.map(({ p50Ms }) => p50Ms)), 'ms')
  yield atMost(
    'other exchanges p99 while 1 MB is inspected',
    median(beside.map(({ p99Ms }) => p99Ms)),
    'ms',
    50,
  )
}

async function startGoverned(folder: string, simulatorPort: number) {
  const settings = join(folder, 'sallyport.yaml')
  await writeFile(settings, settingsText(simulatorPort))
  await writeFile(join(folder, 'records.yaml'), records)
  return startSallyportProcess({
    PORT: '0',
    SALLYPORT_DATA: join(folder, 'data'),
    SALLYPORT_SETTINGS: settings,
  })
}

const models = ['sim-fast', 'sim-slow-5ms']
const records = recordsText([
  ...models.map((id) => offeringText({ id, connection: 'simulator' })),
  useCaseText('general-assistant', models),
  policyText(),
])

const settingsText = (port: number): string => `
connections:
  simulator: { kind: compatible, url: "http://127.0.0.1:${port}/v1" }
limits: { requestsPerMinute: 100000000, openPerCaller: 1000 }
bootstrap: [records.yaml]
`

async function createKey(folder: string): Promise<string> {
  const command = join(import.meta.dirname, '..', '..', 'bin', 'sallyport')
  const environment = {
    ...process.env,
    SALLYPORT_DATA: join(folder, 'data'),
    SALLYPORT_SETTINGS: join(folder, 'sallyport.yaml'),
  }
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [command, 'key', 'create', '--person', 'bench@example.com', '--json'],
    { env: environment },
  )
  return (JSON.parse(stdout) as { key: string }).key
}
