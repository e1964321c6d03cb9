import { type Pattern, patternLimits, stepsOf } from '#/inspect/patterns/index.ts'
import type { FileRecord } from './read-file.ts'
import type { Records } from './records.ts'
import { servingOf } from './serving.ts'
import { stateOf } from './state.ts'

/**
 * Why the patterns of policies that come would cost too much beside those that serve; undefined when they do not. What comes takes
 * the place of what serves under its id; one that costs no more than before is not held against it.
 */
export function findTooManySteps(
  register: Pick<Records, 'list'>,
  records: readonly Pick<FileRecord, 'kind' | 'id' | 'body'>[],
  nowMs: number,
): string | undefined {
  const coming = new Map(
    records.flatMap((each) => (each.kind === 'policy' ? [[each.id, patternsIn(each)]] : [])),
  )
  if (coming.size === 0) return undefined
  const serving = servingPatterns(register, nowMs)
  const before = together([...serving.values()])
  const after = together([...new Map([...serving, ...coming]).values()])
  if (after <= patternLimits.stepsTogether || after <= before) return undefined
  const others = [...serving].filter(([id, patterns]) => !coming.has(id) && patterns.length > 0)
  const beside = others.length === 0 ? '' : ` with those of ${others.map(([id]) => id).join(', ')}`
  return `have ${after} steps${beside} and may have ${patternLimits.stepsTogether} together: repeat less`
}

/**
 * That the patterns of policies that come, and of those that wait, would cost too much if all of them were approved: one sentence,
 * undefined where they would not. Nothing is refused for it, or whoever proposes much would keep everybody else from proposing.
 */
export function tellTooManySteps(
  register: Pick<Records, 'list'>,
  records: readonly Pick<FileRecord, 'kind' | 'id' | 'body'>[],
  nowMs: number,
): string | undefined {
  const coming = records.flatMap((each) =>
    each.kind === 'policy' ? [[each.id, patternsIn(each)] as const] : [],
  )
  if (coming.every(([, patterns]) => patterns.length === 0)) return undefined
  const names = new Set(coming.map(([id]) => id))
  const waiting = register.list('policy').flatMap((history) => {
    const newest = stateOf(history, nowMs).versions.at(-1)
    if (names.has(history.id) || newest?.state !== 'proposed') return []
    return [[history.id, newest.record.body.patterns] as const]
  })
  const withPatterns = waiting.filter(([, patterns]) => patterns.length > 0)
  if (withPatterns.length === 0) return undefined
  const after = together([...new Map([...servingPatterns(register, nowMs), ...waiting, ...coming]).values()])
  if (after <= patternLimits.stepsTogether) return undefined
  const others = withPatterns.map(([id]) => id).join(', ')
  return `With the policies that wait (${others}) all patterns would have ${after} steps, and they may have ${patternLimits.stepsTogether} together: not all of them can be approved.`
}

const servingPatterns = (
  register: Pick<Records, 'list'>,
  nowMs: number,
): ReadonlyMap<string, readonly Pattern[]> =>
  new Map(
    register.list('policy').map((history) => {
      const { serving } = servingOf(history, nowMs)
      return [history.id, serving?.record.body.patterns ?? []] as const
    }),
  )

const patternsIn = ({ body }: Pick<FileRecord, 'body'>): readonly Pattern[] =>
  (body as { readonly patterns: readonly Pattern[] }).patterns

const together = (lists: readonly (readonly Pattern[])[]): number =>
  lists.flat().reduce((sum, each) => sum + stepsOf(each), 0)
