/**
 * For tests and benchmarks: what wakes a detector, said once more and as plainly as it can be. Each detector is looked
 * at by itself, at every position of the text; slow, and not linear.
 */
import { isAfterAlphanumeric, isAfterEscape, isInsideAtEnd, isInsideAtStart } from './boundary.ts'
import { isSignBeyondAscii } from './characters.ts'
import { type Detector, longestBefore, longestShortWord, type Touching } from './detector.ts'
import { NameTree } from './name-tree.ts'
import { createMayBeginWith } from './word-beginnings.ts'
import { createMayEnd } from './word-endings.ts'

/** Whether a unit is one with which the name of any of these may begin. */
export const createBeginsName = (detectors: readonly Detector[]): BeginsName =>
  createMayBeginWith(
    detectors.flatMap(({ trigger }) => ('needsName' in trigger ? (trigger.needsName?.words ?? []) : [])),
  )

type BeginsName = (code: number) => boolean

/** Every place at which the detector, one of several, is woken: `start-end`, sorted. The text holds no disguise. */
export function plainTriggers(
  { trigger }: Detector,
  text: string,
  beginsName: BeginsName,
): readonly string[] {
  const places: string[] = []
  const add = (start: number, end: number): void => void places.push(`${start}-${end}`)
  if ('literals' in trigger) {
    for (let at = 0; at < text.length; at++) {
      for (const literal of trigger.literals) {
        const there = text.slice(at, at + literal.length)
        if ((trigger.isAnyCase === true ? there.toLowerCase() : there) !== literal) continue
        const isInside =
          trigger.isWordStart === true && /^[a-z\d]/i.test(literal) && isAfterAlphanumeric(text, at)
        if (!isInside) add(at, at + literal.length)
      }
    }
  }
  for (const { index: start, 0: number } of text.matchAll(/\d(?:[-./ ()]{0,2}\d)*/g)) {
    const digits = number.replace(/\D/g, '').length
    const isNumber = 'digits' in trigger && digits >= trigger.digits && digits <= (trigger.most ?? digits)
    const isPart =
      'digits' in trigger &&
      trigger.isApart === true &&
      number.length === digits &&
      isAfterAlphanumeric(text, start)
    const isWhole =
      'digits' in trigger && (number.length > digits || digits === (trigger.inOneGroup ?? digits))
    if (isNumber && !isPart && isWhole && isTouched(trigger.touching, text, start, start + number.length))
      add(start, start + number.length)
    if ('groups' in trigger) {
      const { groups, apart, isNoAmount, isNearStart, alone, needsName } = trigger
      addGroups(groups, number, start, (at, end, shape) => {
        if (apart?.includes(shape) === true && at === start && isAfterAlphanumeric(text, start)) return
        if (isNearStart === true && !/[a-z]/i.test(text.slice(Math.max(0, at - longestBefore - 1), at)))
          return
        if (isNoAmount === true && /^(?:[@$€]|%(?![\da-f]{2}))/i.test(text.slice(end, end + 3))) return
        if (alone?.includes(shape) === true && isWithinNumber(shape, text, at, end)) return
        const behind = needsName?.unless.find((each) => each.groups === shape)?.behind
        const isNeeded = behind !== undefined || needsName?.groups.includes(shape) === true
        if (
          isNeeded &&
          !mayBeNamed(needsName?.words ?? [], text, at, beginsName) &&
          !isBehind(behind, text, end)
        )
          return
        add(at, end)
      })
    }
    if (
      'countryCode' in trigger &&
      /[a-z]{2}$/i.test(text.slice(0, start)) &&
      !isInsideAtStart(text, start - 2)
    )
      add(start - 2, start)
  }
  if ('mixed' in trigger) {
    for (const { index, 0: word } of text.matchAll(/[a-z\d]+/gi)) {
      const end = index + word.length
      const start = startOfWord(text, index, end)
      const { shortest, longest } = trigger.mixed
      if (end - start < shortest || end - start > longest) continue
      if (!/^(?=.*\d)(?=.*[a-z])/i.test(text.slice(start, end))) continue
      const { wordForms, needsName } = trigger
      if (wordForms !== undefined && !wordForms.some((form) => hasForm(form, text, start, end))) continue
      if (
        needsName?.lengths.includes(end - start) === true &&
        !mayBeNamed(needsName.words, text, start, beginsName)
      )
        continue
      if (!isInsideAtStart(text, start) && !isInsideAtEnd(text, end)) add(start, end)
    }
  }
  return places.toSorted()
}

/** Whether a number goes on beside some of its groups; over a space only where one stands behind the first of several. */
function isWithinNumber(shape: string, text: string, start: number, end: number): boolean {
  const isSpaced = shape.includes('-') && /^\d+ /.test(text.slice(start, end))
  const signs = isSpaced ? '[-./ ]' : '[-./]'
  return (
    new RegExp(`\\d${signs}$`).test(text.slice(0, start)) || new RegExp(`^${signs}\\d`).test(text.slice(end))
  )
}

const isBehind = (what: string | undefined, text: string, at: number): boolean =>
  what !== undefined && text.slice(at).toLowerCase().startsWith(what)

function hasForm(form: string, text: string, start: number, end: number): boolean {
  const parts: Readonly<Record<string, string>> = { A: '[A-Za-z]', 9: '\\d', '*': '[A-Za-z\\d]' }
  const [, before = '', word = '', after = ''] = /^([^A-Za-z\d*]?)([A9*]+)([^A-Za-z\d*]?)$/.exec(form) ?? []
  const pattern = new RegExp(`^${word.replace(/./g, (sign) => parts[sign] ?? '')}$`)
  const isBeside = before === '' || text.charAt(start - 1) === before
  return isBeside && text.slice(end).startsWith(after) && pattern.test(text.slice(start, end))
}

/** Whether what stands beside a number is what is waited for. */
function isTouched(touching: Touching | undefined, text: string, start: number, end: number): boolean {
  if (touching === undefined) return true
  const { before, after, bothSides, beforeSpace, afterSpace, afterOther, named, inRun, longer } = touching
  const digits = text.slice(start, end).replace(/\D/g, '').length
  if (digits < end - start && end - start > (touching.upTo ?? end)) return true
  if (inRun !== undefined && digits === end - start && !isInRun(inRun, text, start, end)) return false
  if (touching.isInShortWord === true && isInLongWord(text, start, end)) return false
  const [unitBefore, unitAfter] = [text.charAt(start - 1), text.charAt(end)]
  return (
    start === 0 ||
    (named !== undefined && isNamed(named, text, start)) ||
    (longer !== undefined && digits >= longer.digits && isAmong(unitBefore, longer.before)) ||
    (bothSides !== undefined && isAmong(unitBefore, bothSides) && isAmong(unitAfter, bothSides)) ||
    stands(unitBefore, before, text.charAt(start - 2), beforeSpace) ||
    (stands(text.charAt(end), after, text.charAt(end + 1), afterSpace) &&
      (text.charAt(end) === ' ' || afterOther === undefined || isAmong(text.charAt(end + 1), afterOther)))
  )
}

function isInRun(
  { longest, beside }: Required<Touching>['inRun'],
  text: string,
  start: number,
  end: number,
): boolean {
  const [before = ''] = /[\da-f]*$/i.exec(text.slice(0, start)) ?? []
  const [from = ''] = /^[\da-f]*/i.exec(text.slice(start)) ?? []
  const [unitBefore, unitAfter] = [text.charAt(start - before.length - 1), text.charAt(start + from.length)]
  const isBeside = [unitBefore, unitAfter].some((unit) => unit !== '' && beside.includes(unit))
  return before.length + from.length <= longest && isBeside
}

function isInLongWord(text: string, start: number, end: number): boolean {
  const [before = ''] = /[a-z\d]*$/i.exec(text.slice(0, start)) ?? []
  const [from = ''] = /^[a-z\d]*/i.exec(text.slice(start)) ?? []
  return (
    /[a-z]$/i.test(before) && before.length + from.length > longestShortWord && from.length >= end - start
  )
}

function isNamed({ words, signs }: Required<Touching>['named'], text: string, start: number): boolean {
  const [gap = ''] = /[^a-z\d\u0080-\uffff]*$/i.exec(text.slice(0, start)) ?? []
  const last = start - gap.length - 1
  if (gap === '' || gap.length > signs || /\d/.test(text.charAt(last))) return false
  if (isSignBeyondAscii(text.charCodeAt(last))) return false
  return createMayEnd(words)(text, last)
}

const stands = (beside: string, units: string, beyond: string, beyondUnits: string | undefined): boolean =>
  isAmong(beside, units) && (beside !== ' ' || beyondUnits === undefined || isAmong(beyond, beyondUnits))

const isAmong = (unit: string, units: string): boolean =>
  unit !== '' && (units.includes(unit) || (/[^\0-\x7f]/.test(unit) && !isSignBeyondAscii(unit.charCodeAt(0))))

/** Whether one of them may begin where a word does, or where the stretch begins that is looked through. */
function mayBeNamed(words: readonly string[], text: string, start: number, beginsName: BeginsName): boolean {
  const tree = treeOf(words)
  return [64, 32].some((reach) => {
    const from = Math.max(0, start - reach)
    for (let at = from; at < start; at++)
      if ((at === from || beginsWord(text, at, beginsName)) && tree.addAt(text, at, new Int32Array(1), 0))
        return true
    return false
  })
}

const beginsWord = (text: string, at: number, beginsName: BeginsName): boolean =>
  text.charCodeAt(at) > 127
    ? beginsName(text.charCodeAt(at))
    : /^(?:[^A-Za-z\d][A-Za-z]|n[A-Za-z]|[a-z][A-Z])/.test(text.slice(at - 1, at + 1))

const trees = new Map<readonly string[], NameTree>()

function treeOf(words: readonly string[]): NameTree {
  const tree = trees.get(words) ?? new NameTree([words])
  trees.set(words, tree)
  return tree
}

function addGroups(
  shapes: readonly string[],
  number: string,
  at: number,
  add: (start: number, end: number, shape: string) => void,
): void {
  const groups = [...number.matchAll(/\d+/g)]
  for (let first = 0; first < groups.length; first++) {
    // No shape has more groups than a long number is usually written in.
    for (let last = first; last < Math.min(groups.length, first + 9); last++) {
      const stretch = groups.slice(first, last + 1)
      const shape = stretch.map(([digits]) => digits.length).join('-')
      if (!shapes.includes(shape)) continue
      const [start, end] = [stretch[0]?.index ?? 0, stretch.at(-1) as RegExpExecArray]
      add(at + start, at + end.index + end[0].length, shape)
    }
  }
}

/** After an escape that the letters or digits belong to, where there is one. */
function startOfWord(text: string, start: number, end: number): number {
  if (!/[\\%[;]$/.test(text.slice(0, start))) return start
  for (let index = start + 1; index <= Math.min(end, start + 5); index++) {
    if (isAfterEscape(text, index)) return index
  }
  return start
}
