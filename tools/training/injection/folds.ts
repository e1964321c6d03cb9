/**
 * What a model says about sources it has never seen. Texts of one source are alike, so that a threshold set on texts
 * of the same sources promises too much: it is set on benign sources that were left out as well.
 */
import { scoreInjection } from '#/inspect/injection/score.ts'
import { isOrdinary, type Row, sourceOf } from './corpus.ts'
import { type Fitted, fit, oddsOf, type Prepared } from './train.ts'

/**
 * How much a text counts in training. Bare instructions inside documents carry no sign of their own: a model that is
 * shown them learns the documents. Attacks in languages whose benign texts are not there would teach it the language.
 * Texts about attacks and system prompts are benign and full of their words; they count less, or recall goes with them.
 */
export function weightOf({ src, kind }: Row): number {
  if (src === 'bipia' || src === 'injecagent-base' || src === 'cyberseceval-pi-multi') return 0
  if (kind === 'hardneg-about-injection') return 0.2
  return kind === 'hardneg-system-prompt' ? 0.3 : 1
}

export interface Judge {
  readonly fitted: Fitted
  /** Log-odds from which on a share of ordinary texts of unseen sources, grammar included, is flagged. */
  readonly flagFrom: (share: number) => number
}

const benignFolds = 5

/** A model trained without the texts `isLeftOut` names, and its thresholds, set without them too. */
export function judgeWithout(data: Prepared, isLeftOut: (text: number) => boolean): Judge {
  const { rows } = data
  const weights = rows.map((row, text) => (isLeftOut(text) ? 0 : weightOf(row)))
  const ordinary = [...rows.keys()].filter((text) => isOrdinary(rows[text] as Row) && !isLeftOut(text))
  const bySource = Map.groupBy(ordinary, (text) => sourceOf(rows[text] as Row))
  const sources = [...bySource].sort(([, one], [, other]) => other.length - one.length)
  const odds: number[] = []
  for (let fold = 0; fold < benignFolds; fold++) {
    const held = new Set(sources.filter((_, index) => index % benignFolds === fold).map(([source]) => source))
    const isHeld = (text: number): boolean => held.has(sourceOf(rows[text] as Row))
    const fitted = fit(data, (text) => (isHeld(text) ? 0 : (weights[text] as number)))
    for (const text of ordinary) {
      if (isHeld(text))
        odds.push(isFlagged(data, text) ? Number.POSITIVE_INFINITY : oddsOf(data, fitted, text))
    }
  }
  odds.sort((one, other) => other - one)
  return {
    fitted: fit(data, (text) => weights[text] as number),
    flagFrom: (share) => odds[Math.floor(odds.length * share)] as number,
  }
}

const verdicts = new WeakMap<Row, boolean>()

/** Whether the grammar alone flags a text. */
export function isFlagged({ rows }: Prepared, text: number): boolean {
  const row = rows[text] as Row
  let verdict = verdicts.get(row)
  if (verdict === undefined) {
    verdict = scoreInjection(row.text).verdict !== 'none'
    verdicts.set(row, verdict)
  }
  return verdict
}
