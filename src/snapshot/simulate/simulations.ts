import { setTimeout as pause } from 'node:timers/promises'
import type { AuditLog } from '#/audit/api.ts'
import { randomId } from '#/core/id.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Register } from '#/register/register.ts'
import type { Snapshot } from '../api.ts'
import type { Compiled } from '../compile.ts'
import type { SimulationResult, SimulationState, SimulationView } from './api.ts'
import type { AskedSimulation } from './asked.ts'
import { type Draft, readDraft } from './draft.ts'
import { type Simulator, simulationEntry } from './entries.ts'
import { compare, type Progress, type RunServices } from './run.ts'

export interface SimulationServices extends RunServices {
  readonly log: Pick<AuditLog, 'origin' | 'size' | 'newestHeads' | 'append'>
  readonly register: Pick<Register, 'list' | 'find' | 'apply'>
  readonly serving: () => Snapshot
  /** Throws what compiling throws. */
  readonly compileWith: (register: Pick<Register, 'list'>) => Compiled
  readonly writeLine: WriteLine
}

export interface Simulations {
  /**
   * Begins one, and answers once it is in the log. Throws `simulation-busy` while another one runs, `request-invalid` for a
   * draft that cannot be taken or does not compile, and what the log throws.
   */
  readonly begin: (asked: AskedSimulation, by: Simulator) => Promise<SimulationView>
  /** How far it is; waits up to `waitMs` for its end. Throws `not-found` for one that is not there, or is somebody else's. */
  readonly look: (id: string, by: Simulator, waitMs?: number) => Promise<SimulationView>
  readonly cancel: (id: string, by: Simulator) => Promise<SimulationView>
  /** Ends the one that runs. */
  readonly close: () => Promise<void>
}

/** Results that are kept for whoever asked; the oldest goes first. */
const keptResults = 5

const dayMs = 86_400_000

interface Job {
  readonly id: string
  readonly by: Simulator
  readonly controller: AbortController
  state: SimulationState
  progress: Progress
  result: SimulationResult | null
  problem: string | null
  ended: Promise<void>
}

/** One at a time, in this process, between exchanges; in memory alone. */
export function openSimulations(services: SimulationServices): Simulations {
  const { log, register, clock } = services
  const jobs = new Map<string, Job>()
  let isBeginning = false

  const find = (id: string, by: Simulator): Job => {
    const job = jobs.get(id)
    if (job === undefined || keyOf(job.by) !== keyOf(by))
      throw new Refusal('not-found', { what: 'simulation' })
    return job
  }

  const prepare = async ({ draft: asked, days }: AskedSimulation, by: Simulator) => {
    const untilMs = clock.now()
    const draft = await readDraft(asked, register, by.name, untilMs)
    const serving = services.serving()
    const compiled = compileDraft(draft, services)
    const range = { sinceMs: untilMs - days * dayMs, untilMs }
    const source = 'file' in asked ? 'file' : 'waiting'
    const { digest, records } = draft
    await log.append(simulationEntry({ by, source, digest, serving: serving.version, records, ...range }))
    // What does not serve already says so elsewhere; here only what the draft brings.
    const before = new Set(services.compileWith(register).warnings)
    const notes = [...draft.notes, ...compiled.warnings.filter((warning) => !before.has(warning))]
    return { comparison: { serving, drafted: compiled.snapshot, ...range }, records, notes }
  }

  return {
    begin: async (asked, by) => {
      if (isBeginning || [...jobs.values()].some(({ state }) => state === 'running'))
        throw new Refusal('simulation-busy')
      isBeginning = true
      try {
        const { comparison, records, notes } = await prepare(asked, by)
        const controller = new AbortController()
        const job: Job = {
          id: `simulation_${randomId(12)}`,
          by,
          controller,
          state: 'running',
          progress: { exchanges: 0, share: 0 },
          result: null,
          problem: null,
          ended: Promise.resolve(),
        }
        const tell = (progress: Progress): void => {
          job.progress = progress
        }
        job.ended = compare(comparison, services, tell, controller.signal).then(
          (figures) => {
            job.result = { records, notes, ...figures }
            job.state = 'done'
          },
          (error: unknown) => {
            job.state = controller.signal.aborted ? 'cancelled' : 'failed'
            if (job.state === 'cancelled') return
            job.problem = 'The log could not be gone through; standard error says why.'
            services.writeLine({ level: 'error', what: 'a simulation failed', problem: describeError(error) })
          },
        )
        keep(jobs, job)
        return viewOf(job)
      } finally {
        isBeginning = false
      }
    },
    look: async (id, by, waitMs = 0) => {
      const job = find(id, by)
      if (waitMs > 0 && job.state === 'running') {
        const waited = new AbortController()
        await Promise.race([
          job.ended,
          pause(waitMs, undefined, { signal: waited.signal }).catch(() => undefined),
        ])
        waited.abort()
      }
      return viewOf(job)
    },
    cancel: async (id, by) => {
      const job = find(id, by)
      job.controller.abort()
      await job.ended
      return viewOf(job)
    },
    close: async () => {
      for (const { controller } of jobs.values()) controller.abort()
      await Promise.all([...jobs.values()].map(({ ended }) => ended))
    },
  }
}

function compileDraft(draft: Draft, { compileWith }: SimulationServices): Compiled {
  try {
    return compileWith(draft.register)
  } catch (error) {
    const problem = `it does not compile: ${error instanceof Error ? error.message : String(error)}`
    throw new Refusal(
      'request-invalid',
      { field: 'draft', problem: problem.replace(/\.$/, '') },
      { cause: error },
    )
  }
}

function keep(jobs: Map<string, Job>, job: Job): void {
  jobs.set(job.id, job)
  const [oldest] = jobs.keys()
  if (jobs.size > keptResults && oldest !== undefined) jobs.delete(oldest)
}

/** A person, or an account of the machine. */
const keyOf = ({ personId, name }: Simulator): string => personId ?? name

const viewOf = ({ id, state, progress, result, problem }: Job): SimulationView => ({
  id,
  state,
  ...progress,
  result,
  problem,
})
