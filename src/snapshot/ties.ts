import { type DataClass, highestClass, isAtMost, lowerClass } from '#/core/data-class.ts'
import type { RecordHistory, RecordKind, UseCase } from '#/register/api.ts'
import { endOfDayMs, startOfDayMs } from '#/register/fields.ts'
import type { Register } from '#/register/register.ts'
import { stateOf } from '#/register/state.ts'
import type { PlainUseCase } from './access.ts'

interface Sources {
  readonly pilot: ReadonlyMap<string, RecordHistory<'pilot'>>
  readonly dataset: ReadonlyMap<string, RecordHistory<'dataset'>>
}

type Ties = Pick<UseCase, 'pilot' | 'datasets'>

/** Use cases with what they are tied to: those that may not serve are left out, each with a sentence. */
export function tied(
  useCases: readonly PlainUseCase[],
  bodies: ReadonlyMap<string, Ties>,
  register: Pick<Register, 'list'>,
  nowMs: number,
): {
  readonly useCases: readonly PlainUseCase[]
  readonly changes: readonly number[]
  readonly warnings: readonly string[]
} {
  const changes: number[] = []
  const warnings: string[] = []
  const all: Sources = { pilot: byId(register.list('pilot')), dataset: byId(register.list('dataset')) }
  const serving = useCases.flatMap((useCase): readonly PlainUseCase[] => {
    const body = bodies.get(useCase.id)
    if (body?.pilot === undefined && body?.datasets === undefined) return [useCase]
    const ties = tiesOf({ ...body, contextClass: useCase.contextClass }, useCase.highestClass, all, nowMs)
    changes.push(...ties.changes)
    if (ties.why === undefined) return [withTies(useCase, ties)]
    warnings.push(`Use case ${useCase.id} does not serve: ${ties.why}.`)
    return []
  })
  return { useCases: serving, changes, warnings }
}

const withTies = (
  useCase: PlainUseCase,
  { highestClass: highest, contextClass, untilMs }: Tied,
): PlainUseCase => ({
  ...useCase,
  highestClass: highest,
  contextClass,
  unreadClass: lowerClass(useCase.unreadClass, highest),
  untilMs: untilMs === undefined ? useCase.untilMs : Math.min(untilMs, useCase.untilMs ?? untilMs),
})

/** What a use case is tied to beside its offerings: a pilot that must run, datasets that must be approved. */
interface Tied {
  /** Why it does not serve, as the end of a sentence; undefined when it may. */
  readonly why: string | undefined
  readonly highestClass: DataClass
  readonly contextClass: DataClass
  /** When what it is tied to ends by itself. */
  readonly untilMs: number | undefined
  /** When this must be looked at again; before that nothing changes but by a decision. */
  readonly changes: readonly number[]
}

/** The classes and the end of a use case that would be allowed `highest` by its own record. */
function tiesOf(
  { pilot, datasets = [], contextClass }: Ties & { readonly contextClass: DataClass },
  highest: DataClass,
  all: Sources,
  nowMs: number,
): Tied {
  const trial = pilot === undefined ? undefined : trialOf(pilot, all, nowMs)
  const sources = datasets.map((id) => sourceOf(id, all, nowMs))
  const context = highestClass([contextClass, ...sources.map((each) => each.class)])
  const capped = lowerClass(highest, trial?.class ?? highest)
  const ends = [trial, ...sources].flatMap((each) => each?.untilMs ?? [])
  const why =
    trial?.why ??
    sources.find((each) => each.why !== undefined)?.why ??
    (isAtMost(context, capped) ? undefined : `its data is ${context}, and it goes up to ${capped}`)
  return {
    why,
    highestClass: capped,
    contextClass: context,
    untilMs: ends.length === 0 ? undefined : Math.min(...ends),
    changes: [...ends, ...(trial?.fromMs === undefined ? [] : [trial.fromMs])],
  }
}

interface Tie {
  readonly why: string | undefined
  readonly class: DataClass
  readonly untilMs: number | undefined
}

function trialOf(id: string, all: Sources, nowMs: number): Tie & { readonly fromMs: number | undefined } {
  const serving = servingOf(all.pilot.get(id), nowMs)
  if (serving === undefined)
    return { why: `the pilot ${id} is not approved`, class: 'public', untilMs: undefined, fromMs: undefined }
  const { body } = serving.record
  const fromMs = startOfDayMs(body.from) ?? Number.POSITIVE_INFINITY
  const untilMs = Math.min(serving.approval.untilMs ?? Number.POSITIVE_INFINITY, endOfDayMs(body.until))
  return {
    why:
      nowMs < fromMs
        ? `the pilot ${id} starts on ${body.from}`
        : untilMs <= nowMs
          ? `the pilot ${id} is over`
          : undefined,
    class: lowerClass(body.highestClass, serving.approval.conditions.highestClass ?? body.highestClass),
    untilMs: untilMs <= nowMs ? undefined : untilMs,
    fromMs: nowMs < fromMs ? fromMs : undefined,
  }
}

function sourceOf(id: string, all: Sources, nowMs: number): Tie {
  const serving = servingOf(all.dataset.get(id), nowMs)
  if (serving === undefined)
    return { why: `the dataset ${id} is not approved`, class: 'public', untilMs: undefined }
  const { uses, class: own } = serving.record.body
  return {
    why: uses.includes('inference') ? undefined : `the dataset ${id} is not approved for inference`,
    class: own,
    untilMs: serving.approval.untilMs,
  }
}

const servingOf = <K extends RecordKind>(history: RecordHistory<K> | undefined, nowMs: number) =>
  history && stateOf(history, nowMs).serving

const byId = <K extends RecordKind>(
  histories: readonly RecordHistory<K>[],
): ReadonlyMap<string, RecordHistory<K>> => new Map(histories.map((each) => [each.id, each]))
