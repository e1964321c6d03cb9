import { type Detector, type Match, nothing } from '../../detector.ts'
import { caselessExpression } from '../../fold-case.ts'
import { isWithinWord } from '../../named-value.ts'
import {
  createMayEndSaid,
  mayBeOfPerson,
  type PersonalContext,
  personalBefore,
} from './personal-statement.ts'

export interface PersonalTerm {
  /** Beginnings of the terms, lower case ASCII: the triggers. */
  readonly wakes: readonly string[]
  /** The terms, as the inside of a regular expression. */
  readonly terms: string
  /** Verbs that tie a term to the person before it, likewise. */
  readonly verbs: string
  /** Names of a field whose value the term may be, likewise: `religion: …`. */
  readonly fields?: string
  readonly why: string
}

const longestTerm = 48
const longestField = 40

/** Whether a person and a verb may stand before a position, or the sign of a field right before it but for a blank and quotes. */
function mayBeTold(text: string, start: number, mayEndSaid: PersonalContext): boolean {
  for (let at = start - 1; at >= start - longestGap; at--)
    if (fieldSigns.includes(text.charCodeAt(at))) return true
  return mayEndSaid(text, start) && mayBeOfPerson(text, start)
}

const fieldSigns = Array.from(':=|', (sign) => sign.charCodeAt(0))
/** A blank, two quotes, and the sign. */
const longestGap = 4

/** Trigger and search of a term that counts when a person it is said of, or the name of a field, stands before it. */
export function personalTerm({
  wakes,
  terms,
  verbs,
  fields,
  why,
}: PersonalTerm): Pick<Detector, 'trigger' | 'examine' | 'isNamedOnly'> {
  const term = caselessExpression(`^(?:${terms})(?![\\p{L}\\p{N}])`)
  const isSaidOfPerson = personalBefore(verbs)
  const mayEndSaid = createMayEndSaid(verbs)
  const field =
    fields === undefined
      ? undefined
      : caselessExpression(`(?<![\\p{L}])(?:${fields})["'*_]{0,2}\\s?[:=|]\\s?["'*_]{0,2}$`)
  return {
    trigger: { literals: wakes, isAnyCase: true },
    isNamedOnly: true,
    examine: (text, start): readonly Match[] => {
      if (isWithinWord(text, start) || !mayBeTold(text, start, mayEndSaid)) return nothing
      const found = term.exec(text.slice(start, start + longestTerm))
      if (found === null) return nothing
      // A field that is given its own name, `union = union`, is code.
      const named = field?.exec(text.slice(Math.max(0, start - longestField), start))
      const isField = named?.[0].startsWith(found[0]) === false
      if (!isField && !isSaidOfPerson(text, start)) return nothing
      return [{ start, end: start + found[0].length, score: isField ? 0.85 : 0.75, why }]
    },
  }
}
