import type { Appended, NewEntry } from '#/audit/api.ts'
import type { Clock } from '#/core/clock.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import type { Register } from '#/register/register.ts'
import type { Settings } from '#/settings/api.ts'
import type { Snapshot } from './api.ts'
import type { CheckServices } from './check.ts'
import { type Compiled, type CompileServices, compileSnapshot, withAccess } from './compile.ts'
import { openPublications, type Publications } from './publications/publications.ts'
import type { PublicationStore } from './publications/store.ts'
import { stillServing } from './still-serving.ts'

export interface SnapshotServices
  extends CompileServices,
    Pick<CheckServices, 'groupSources' | 'inspectorFor'> {
  readonly register: Pick<Register, 'list' | 'onChange'>
  readonly clock: Clock
  /** Resolves once the entry is durable. */
  readonly log: (entry: NewEntry) => Promise<Appended>
  readonly writeLine: WriteLine
  readonly publicationStore: PublicationStore
  readonly publication: Settings['publication']
}

/** The snapshot that serves, kept current. */
export interface Snapshots {
  /** Compiles again first when an approval or a fact has ended since. */
  readonly current: () => Snapshot
  /** For what a snapshot depends on beside the records: a person who signed in for the first time. */
  readonly recompile: () => void
  /** What these records would give now, with everything else as it is; nothing serves by it. Throws what compiling throws. */
  readonly compileWith: (register: Pick<Register, 'list'>) => Compiled
  readonly publications: Publications
  /** Waits until every version that served is in the log. */
  readonly close: () => Promise<void>
}

/** After a compilation that failed, the next one is tried no sooner. */
const againAfterMs = 10_000

/** Throws when the first snapshot does not compile. Later ones that do not leave the one before serving. */
export async function openSnapshots(services: SnapshotServices): Promise<Snapshots> {
  const { register, clock, writeLine } = services
  const publications = await openPublications({
    ...{ register, clock, writeLine },
    ...services.publication,
    store: services.publicationStore,
    log: services.log,
    check: { ...services, monotonic: clock.monotonic },
  })
  const entryOf = ({ snapshot }: Compiled): NewEntry => ({
    kind: 'snapshot',
    facts: { version: snapshot.version, about: `publication/${publications.history.newest?.number}` },
  })
  const warn = (warnings: readonly string[], known: readonly string[]): void => {
    for (const problem of warnings)
      if (!known.includes(problem)) writeLine({ level: 'warning', what: 'the register', problem })
  }
  /** What waits is published first, where it may. Throws when what was published does not compile. */
  const compile = (nowMs: number): Compiled =>
    publications.publishWaiting(nowMs) ??
    compileSnapshot({ ...services, register: publications.view(nowMs) }, nowMs)

  let serving = compile(clock.now())
  warn(serving.warnings, [])
  await services.log(entryOf(serving))
  let logged: Promise<unknown> = Promise.resolve()

  const serve = (compiled: Compiled): void => {
    const isNew = serving.snapshot.version !== compiled.snapshot.version
    serving = isNew ? compiled : { ...compiled, snapshot: serving.snapshot }
    if (isNew) logged = Promise.all([logged, append(entryOf(compiled))])
  }
  const recompile = (): void => {
    try {
      const compiled = compile(clock.now())
      warn(compiled.warnings, serving.warnings)
      serve(compiled)
    } catch (error) {
      writeLine({
        level: 'error',
        what: 'the snapshot does not compile; the one before serves on',
        problem: describeError(error),
      })
      // Records that do not compile must not keep a stop or a denial from serving, or what was given from ending.
      const left = stillServing(serving.records, services, clock.now())
      serve(withAccess(left, services.standingAccess(), clock.now()))
      serving = { ...serving, nextChangeAtMs: clock.now() + againAfterMs }
    }
  }

  /** A log that is dead refuses every exchange by itself; here it is only said. */
  const append = async (entry: NewEntry): Promise<void> => {
    try {
      await services.log(entry)
    } catch (error) {
      writeLine({ level: 'error', what: 'a new snapshot is not in the log', problem: describeError(error) })
    }
  }

  register.onChange(recompile)
  publications.onChange(recompile)
  return {
    current: () => {
      if (serving.nextChangeAtMs !== undefined && clock.now() >= serving.nextChangeAtMs) recompile()
      return serving.snapshot
    },
    recompile,
    compileWith: (drafted) => compileSnapshot({ ...services, register: drafted }, clock.now()),
    publications,
    close: async () => {
      await publications.close()
      await logged
    },
  }
}
