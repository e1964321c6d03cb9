import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FindingCount } from '#/audit/api.ts'
import { openIn, seededRandom } from '#/audit/log-for-tests.ts'
import { systemClock } from '#/core/clock.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person } from '#/core/role.ts'
import { kinds } from '#/inspect/index.ts'
import type { ExchangeFacts, FoundFact } from '#/policy/api.ts'
import { decide } from '#/policy/decide.ts'
import type { Snapshot } from '#/snapshot/api.ts'
import { type CompileServices, compileSnapshot } from '#/snapshot/compile.ts'
import { compare } from '#/snapshot/simulate/run.ts'
import { atLeast, atMost, type Figure, median, quantile, told } from '../figure.ts'
import type { BenchOptions } from '../run.ts'
import { registerOf, sizes, useCaseId } from './records.ts'

const exchanges = 100_000
const dayMs = 86_400_000

/** How fast exchanges are decided, a snapshot is compiled, and a draft is simulated. */
export async function* benchGovernance({ seconds, say }: BenchOptions): AsyncIterable<Figure> {
  say(`${sizes.useCases} use cases, ${sizes.offerings} offerings, ${sizes.rules} rules`)
  const register = registerOf()
  const times = Array.from({ length: 15 }, () => timed(() => compileSnapshot(servicesOf(register), now())))
  yield atMost('snapshot compiled, median', median(times.map(({ wallMs }) => wallMs)), 'ms', 200)
  yield told('snapshot compiled, CPU, median', median(times.map(({ cpuMs }) => cpuMs)), 'ms')
  yield told('snapshot compiled, the first time', times[0]?.wallMs ?? Number.NaN, 'ms')
  const serving = compileSnapshot(servicesOf(register), now()).snapshot
  yield* decided(serving, seconds * 1_000)
  say(`writing a log of ${exchanges} exchanges`)
  const drafted = compileSnapshot(servicesOf(registerOf('remove')), now()).snapshot
  yield* simulated(serving, drafted)
}

const now = (): number => systemClock.now()

/** On a machine that does other things, too, CPU is what the work costs and the wall clock what one waits. */
interface Took {
  readonly wallMs: number
  readonly cpuMs: number
}

function stopwatch(): () => Took {
  const startedAt = performance.now()
  const before = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return { wallMs: performance.now() - startedAt, cpuMs: (user + system) / 1_000 }
  }
}

function timed(work: () => unknown): Took {
  const stop = stopwatch()
  work()
  return stop()
}

const servicesOf = (register: CompileServices['register']): CompileServices => ({
  register,
  findPersonIds: (email) => [email],
  providerAt: () => 'demo',
  standingAccess: () => [],
  probedAt: () => undefined,
  isLookedFor: () => true,
})

const described = kinds.filter(({ type }) =>
  ['email', 'phone', 'iban', 'payment-card', 'ip-address', 'imei', 'private-key', 'company-term'].includes(
    type,
  ),
)

/** Requests of a company: mostly few findings, of the kinds rules are about; eight at most. */
function requests(serving: Snapshot): readonly ExchangeFacts[] {
  const random = seededRandom(7)
  const reachable = new Set(serving.offerings.keys())
  return Array.from({ length: 10_000 }, (_, at) => {
    const useCase = useCaseId(random(sizes.useCases))
    const offerings = serving.useCases.get(useCase)?.offerings ?? []
    const isNamed = random(4) === 0
    return {
      roles: ['employee'],
      personId: `person-${at % 300}@example.com`,
      groups: [],
      keyUseCase: undefined,
      askedUseCase: useCase,
      askedModel: isNamed ? (offerings[random(offerings.length)] ?? 'auto') : 'auto',
      declaredClass: undefined,
      wantsMask: false,
      reachable,
      findings: Array.from({ length: random(9) }, () => foundOf(random)),
      unread: [],
    }
  })
}

function foundOf(random: (below: number) => number): FoundFact {
  const { type, family, label, class: of } = described[random(described.length)] as (typeof described)[number]
  return { type, family, label, class: of, channel: 'user', isFixed: false, field: 'messages.0.content' }
}

/** All that is decided counts: those that go and those that are refused. */
function* decided(serving: Snapshot, forMs: number): Iterable<Figure> {
  const all = requests(serving)
  const nowMs = now()
  const one = (facts: ExchangeFacts): boolean => {
    try {
      return decide(facts, serving, nowMs).offering.id !== ''
    } catch (error) {
      if (error instanceof Refusal) return false
      throw error
    }
  }
  const going = all.filter(one)
  yield told('of all requests go', (going.length / all.length) * 100, '%')
  const some = repeat(() => going.forEach(one), forMs / 2)
  yield atLeast(
    'decided, of those that go, one core',
    (some.times * going.length) / (some.cpuMs / 1_000),
    'a second',
    200_000,
  )
  yield told('the same by the wall clock', (some.times * going.length) / (some.wallMs / 1_000), 'a second')
  const mixed = repeat(() => all.forEach(one), forMs / 2)
  yield told(
    'decided, refusals among them, one core',
    (mixed.times * all.length) / (mixed.cpuMs / 1_000),
    'a second',
  )
  const took: number[] = []
  for (let round = 0; round < 20; round++) {
    for (const facts of going) {
      const startedAt = performance.now()
      one(facts)
      took.push((performance.now() - startedAt) * 1_000)
    }
  }
  took.sort((one, other) => one - other)
  yield told('decided, p50', quantile(took, 0.5), 'us')
  yield atMost('decided, p99', quantile(took, 0.99), 'us', 20)
}

/** For so much CPU, and once before as long to warm up: what is compiled on the way is no part of what deciding costs. */
function repeat(work: () => void, forMs: number): Took & { readonly times: number } {
  const round = () => {
    const stop = stopwatch()
    let times = 0
    let took = stop()
    while (took.cpuMs < forMs) {
      work()
      times++
      took = stop()
    }
    return { ...took, times }
  }
  round()
  return round()
}

async function* simulated(serving: Snapshot, drafted: Snapshot): AsyncIterable<Figure> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'sallyport-bench-'))
  try {
    const { log, close } = await openIn(dataFolder, { segmentBytes: 64 * 1_024 * 1_024 })
    await write(log, requests(serving))
    const delays = monitorEventLoopDelay({ resolution: 1 })
    delays.enable()
    const stop = stopwatch()
    const result = await compare(
      { serving, drafted, sinceMs: now() - 30 * dayMs, untilMs: now() + 1 },
      {
        log,
        clock: systemClock,
        boundsOf: () => undefined,
        findPerson: async (id) => ({ ...employee, id, email: id }),
      },
      () => undefined,
      new AbortController().signal,
    )
    const { wallMs, cpuMs } = stop()
    delays.disable()
    if (result.replayed !== exchanges) throw new Error(`${result.replayed} were decided again`)
    if (result.changed === 0) throw new Error('nothing would change: the draft was not tried')
    yield atMost(`simulated over ${exchanges} logged exchanges`, wallMs / 1_000, 's', 10)
    yield told('the same, CPU', cpuMs / 1_000, 's')
    yield told('of them would change', (result.changed / exchanges) * 100, '%')
    yield told('others wait meanwhile, p99', delays.percentile(99) / 1e6, 'ms')
    yield told('others wait meanwhile, at most', delays.max / 1e6, 'ms')
    await close()
  } finally {
    await rm(dataFolder, { recursive: true, force: true })
  }
}

const employee: Person = {
  ...{ id: '', issuer: 'bench', subject: '', email: '', name: '', roles: ['employee'], groups: [] },
}

const atOnce = 1_000

/** The two entries of each exchange, as the gate writes them: an intent, or a refusal. */
async function write(
  log: Awaited<ReturnType<typeof openIn>>['log'],
  all: readonly ExchangeFacts[],
): Promise<void> {
  for (let at = 0; at < exchanges; at += atOnce) {
    const some = Array.from({ length: atOnce }, (_, each) => at + each)
    const intents = await Promise.all(
      some.map((each) => {
        const facts = all[each % all.length] as ExchangeFacts
        return log.append({
          kind: 'intent',
          subject: facts.personId,
          facts: {
            requestId: `req_${String(each).padStart(16, '0')}`,
            dialect: 'openai-chat',
            isStream: true,
            useCase: facts.askedUseCase,
            offering: 'offering-1',
            provider: 'demo',
            model: 'model-1',
            class: 'internal',
            leavesAs: 'internal',
            asked: { model: facts.askedModel, useCase: facts.askedUseCase },
            findings: facts.findings.map(
              ({ type, channel }): FindingCount => ({ type, channel, action: 'mask', count: 1 }),
            ),
            decision: 'transform',
            rules: ['rule-0', 'rule-1'],
            snapshot: 'a'.repeat(16),
            inspector: 'b'.repeat(16),
            settings: 'c'.repeat(64),
            timingsMs: { inspect: 0.123 },
          },
        })
      }),
    )
    await Promise.all(
      intents.map(({ index }, each) =>
        log.append({
          kind: 'outcome',
          subject: (all[(at + each) % all.length] as ExchangeFacts).personId,
          facts: { intent: index, useCase: 'general-assistant', decision: 'answered', status: 200 },
        }),
      ),
    )
  }
}
