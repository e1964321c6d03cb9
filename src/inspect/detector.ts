import type { Kind } from './api.ts'

/**
 * What a detector waits for. One pass over the text finds all triggers of all detectors, each through a table: fifty
 * detectors that wait for numbers cost what one does. A number is digits, and spaces, hyphens, dots, slashes and
 * brackets between them, at most two in a row: numbers of a list with spaces between them are one number.
 * - `literals`: one of these texts. A literal that is chosen well is rare in prose. Woken with its position. With
 *   `isWordStart` one that begins with a letter or digit wakes only where none stands before it, but for those of escapes.
 * - `digits`: a number of at least so many digits and at most `most`. Woken with the position from its first to its
 *   last digit. With `touching` only where what it says stands beside the number, unless that has more units than
 *   `upTo`: most numbers stand alone, and whoever looks for others need not be asked. With `isApart` not as one group of
 *   digits right behind a letter that is no end of an escape; with `inOneGroup` as one group only of so many digits.
 * - `groups`: groups of digits of these lengths that follow each other in a number: `9`, `3-2-4`. Woken with the
 *   position of each such stretch, whatever else the number holds and whatever letters touch it; those of `apart` not
 *   where a letter that is no end of an escape stands right before the number, all of `isNoAmount` not where a sign of an
 *   amount stands right behind it, all of `isNearStart` not where more than `longestBefore` units stand between them and
 *   the last letter before the number: they follow letters. Those of `alone` not where a digit stands beyond a hyphen, dot or
 *   slash beside them; nor, as several groups with a space behind the first one, where one stands beyond a space.
 * - `mixed`: a word of so many ASCII letters and digits, at least one of each, that is no part of an identifier.
 *   Woken with its position. `groups` and `mixed` may stand together. With `wordForms` only a word that has one of them
 *   is: `A` is a letter, `9` a digit, `*` either, a sign before or behind them stands beside the word. Those of `needsName`
 *   only where its name may stand before them.
 * - `countryCode`: two letters at the start of a word, then a digit. Woken with the position of the letters.
 */
export type Trigger =
  | { readonly literals: readonly string[]; readonly isAnyCase?: boolean; readonly isWordStart?: boolean }
  | {
      readonly digits: number
      readonly most?: number
      readonly touching?: Touching
      readonly isApart?: true | undefined
      readonly inOneGroup?: number | undefined
    }
  | {
      readonly groups: readonly string[]
      readonly apart?: readonly string[]
      readonly isNoAmount?: true | undefined
      readonly isNearStart?: boolean
      readonly alone?: readonly string[]
      readonly needsName?: NeedsName | undefined
    }
  | {
      readonly mixed: { readonly shortest: number; readonly longest: number }
      readonly wordForms?: readonly string[] | undefined
      readonly needsName?: NeedsName | undefined
    }
  | { readonly countryCode: true }

/**
 * Units of ASCII of which one stands right before a number or right behind it. Where that is a space, and units for
 * what is beyond it are given, one of these stands there. The start of the text, and beyond ASCII letters and blanks, always do;
 * signs beyond ASCII only where they are among the units.
 */
export interface Touching {
  readonly before: string
  readonly after: string
  readonly beforeSpace?: string
  readonly afterSpace?: string
  /** The same where another unit of `after` than a space stands right behind the number. */
  readonly afterOther?: string
  /**
   * Or one of these words ends before the signs of ASCII, at least one and at most `signs`, that stand before the number; as
   * far as their last three letters tell (`word-endings.ts`). None ends with a digit.
   */
  readonly named?: { readonly words: readonly string[]; readonly signs: number }
  /**
   * Right behind a letter only in words of at most `longestShortWord` letters and digits of ASCII, or with signs between its
   * digits: in digests each second unit is a number.
   */
  readonly isInShortWord?: true
  /** Or one of these units stands before the number and one behind it. */
  readonly bothSides?: string
  /** Or, before a number of at least so many digits, one of these units. */
  readonly longer?: { readonly digits: number; readonly before: string }
  /**
   * But one group of digits only in a run of at most `longest` hexadecimal digits beside which one of these units stands: in
   * digests and rows of escapes nearly each number has such letters beside it.
   */
  readonly inRun?: { readonly longest: number; readonly beside: string }
  /** Numbers of several groups with more units are looked at whatever touches them. All are short unless said. */
  readonly upTo?: number
}

/** Units between the letters a number begins behind and the groups that tell: `FR 12 345678901`. */
export const longestBefore = 4

/** Longer than an escape, the number of a colour in it, and what begins behind it. */
export const longestShortWord = 20

/**
 * Lengths of groups, and of mixed words, that are nothing without one of `words`, pieces of an expression in lower case,
 * in the 64 units before them; as far as their letters tell (`name-tree.ts`), and where 64 or 32 units
 * begin inside a word also as if it began there.
 */
export interface NeedsName {
  readonly groups: readonly string[]
  readonly lengths: readonly number[]
  readonly words: readonly string[]
  /** Groups that are likewise nothing, unless this stands right behind them, in any case of letters. */
  readonly unless: readonly { readonly groups: string; readonly behind: string }[]
}

/** One find. UTF-16 offsets, end exclusive; `score` from 0 to 1; `why` never repeats the text. */
export interface Match {
  readonly start: number
  readonly end: number
  readonly score: number
  readonly why: string
  /** A checksum or a structure that chance does not produce settles it. */
  readonly isProved?: boolean | undefined
  /** Its kind, when the detector finds those of others; otherwise that of the detector. */
  readonly kind?: Kind
}

/**
 * A kind of thing and how to find it. Adding one is a file and a line in `detectors/index.ts`.
 * Pure data in, data out: no detector reads the whole text or throws, and what one keeps of a text changes nothing it finds.
 */
export interface Detector extends Kind {
  readonly trigger: Trigger
  /**
   * Looks at a bounded window around a trigger. In order of position, not overlapping; scores below 0.5 are not
   * given at all.
   */
  readonly examine: (text: string, start: number, end: number) => readonly Match[]
  /** What makes a find sure, for people: 'Luhn sum and issuer range'. */
  readonly proof: string
  /** A bare value is too common to be found: it needs a name or an address around it. */
  readonly isNamedOnly?: true
  /** Texts in which exactly the parts between « and » are found. */
  readonly finds: readonly string[]
  /** Texts in which nothing of this kind is found. */
  readonly ignores: readonly string[]
  /** Where format and check come from. */
  readonly source: string
}

/** What was woken, and where. */
export type Wake = (detector: Detector, start: number, end: number) => void

export const nothing: readonly Match[] = []
