/**
 * Values that are only known by the name before them: `CVV: 123`, `"account_number":"12345678"`, `Konto-Nr. ist …`.
 * The name wakes the search, so a text without the name pays nothing for them.
 */
import { isAfterEscape } from './boundary.ts'
import { isAlphanumeric, isLower, isUpper } from './characters.ts'
import { type Detector, type Match, nothing } from './detector.ts'
import { caselessExpression } from './fold-case.ts'

/** What speaks for a value. */
export type Verdict = Omit<Match, 'start' | 'end'>

export interface NamedValue {
  /** Beginnings of the names, lower case ASCII: the triggers. */
  readonly wakes: readonly string[]
  /** The names, as the inside of a regular expression without groups that capture. */
  readonly names: string
  /** The value, likewise. Neither a letter nor a digit follows it. */
  readonly value: string
  /** Words that may stand between name and value besides the usual ones, likewise. */
  readonly fillers?: string
  /** What speaks for a value that stands after a name, or undefined when it is none after all. */
  readonly judge: (value: string, name: string) => Verdict | undefined
  /** What stands around the name shows that nothing of the kind is meant. */
  readonly isDismissed?: (text: string, start: number) => boolean
  /** Further values may follow, parted by commas and the like. */
  readonly isList?: true
}

/** Name, what stands between and value, in UTF-16 units. */
const longest = 112
/** Values of one list: longer lists are tables, which have their names at the top. */
const mostInList = 12

/** Words and signs between a name and its value: `number is: "`, `-Nr.: `, `</td><td>`. At most twelve. */
const usualFillers =
  'numbers?|no|nr|num|nº|n°|nummer|número|numéro|numero|code|id|is|was|are|ist|war|lautet|lauten|est|es|era|é|è|on|of|the|my|this|der|die|das|de|du|del|la|le|el|van|för|für|for'
const signs = '[\\s"\'“”„«»*_|:=#>()\\[\\]{}`\\\\.,&;–-]'

/** Trigger and search of a detector whose values need their name. */
export function namedValue(named: NamedValue): Pick<Detector, 'trigger' | 'examine' | 'isNamedOnly'> {
  const fillers = named.fillers === undefined ? usualFillers : `${usualFillers}|${named.fillers}`
  const between = `(?:${signs}|</?\\w{1,6}>|(?:${fillers})(?![\\p{L}\\p{N}])){1,12}`
  const pattern = caselessExpression(
    `^(${named.names})(?![\\p{L}])${between}(?<![\\p{L}\\p{N}])(${named.value})(?![\\p{L}\\p{N}])`,
  )
  const next = caselessExpression(
    `^(?:\\s?[,;/|&+]\\s?|\\s(?:and|or|und|et|y|e|en)\\s|\\s)(${named.value})(?![\\p{L}\\p{N}])`,
  )
  return {
    trigger: { literals: named.wakes, isAnyCase: true },
    isNamedOnly: true,
    examine: (text, start) => {
      if (isWithinWord(text, start)) return nothing
      const found = pattern.exec(text.slice(start, start + longest))
      if (found === null || named.isDismissed?.(text, start) === true) return nothing
      const [whole, name = '', value = ''] = found
      const matches: Match[] = []
      let end = start + whole.length
      const take = (taken: string): boolean => {
        const verdict = named.judge(taken, name.toLowerCase())
        if (verdict !== undefined) matches.push({ start: end - taken.length, end, ...verdict })
        return verdict !== undefined
      }
      if (!take(value) || named.isList !== true) return matches
      while (matches.length < mostInList) {
        const another = next.exec(text.slice(end, end + longest))
        if (another === null) break
        end += another[0].length
        if (!take(another[1] ?? '')) break
      }
      return matches
    },
  }
}

/** True inside a word; `userCvv` and `user_cvv` begin a new one. */
export function isWithinWord(text: string, start: number): boolean {
  if (start === 0) return false
  const before = text.charCodeAt(start - 1)
  if (isLower(before) && isUpper(text.charCodeAt(start))) return false
  return (
    (isAlphanumeric(before) || (before > 191 && /[\p{L}\p{N}]/u.test(text.charAt(start - 1)))) &&
    !isAfterEscape(text, start)
  )
}
