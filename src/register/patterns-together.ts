import { type Pattern, patternLimits, stepsOf } from '#/inspect/patterns/index.ts'
import type { Records } from './before-approval.ts'
import type { FileRecord } from './read-file.ts'
import { servingOf } from './serving.ts'

/**
 * Why the patterns of policies that come would cost too much beside those that serve; undefined when they do not. What comes takes
 * the place of what serves under its id; one that costs no more than before is not held against it.
 */
export function findTooManySteps(
  register: Pick<Records, 'list'>,
  records: readonly FileRecord[],
  nowMs: number,
): string | undefined {
  const coming = new Map(
    records.flatMap((each) => (each.kind === 'policy' ? [[each.id, patternsIn(each)]] : [])),
  )
  if (coming.size === 0) return undefined
  const serving = new Map(
    register.list('policy').map((history) => {
      const { serving: now } = servingOf(history, nowMs)
      return [history.id, now?.record.body.patterns ?? []] as const
    }),
  )
  const before = together([...serving.values()])
  const after = together([...new Map([...serving, ...coming]).values()])
  if (after <= patternLimits.stepsTogether || after <= before) return undefined
  const others = [...serving].filter(([id, patterns]) => !coming.has(id) && patterns.length > 0)
  const beside = others.length === 0 ? '' : ` with those of ${others.map(([id]) => id).join(', ')}`
  return `have ${after} steps${beside} and may have ${patternLimits.stepsTogether} together: repeat less`
}

const patternsIn = ({ body }: FileRecord): readonly Pattern[] =>
  (body as { readonly patterns: readonly Pattern[] }).patterns

const together = (lists: readonly (readonly Pattern[])[]): number =>
  lists.flat().reduce((sum, each) => sum + stepsOf(each), 0)
