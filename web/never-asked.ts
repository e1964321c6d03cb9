import type { Plugin } from 'vite'
import {
  argumentsFrom,
  calleeOf,
  collectEdits,
  type Edit,
  edited,
  functionOf,
  isNode,
  type Node,
} from './edit-code.ts'

/** What a function of a file gives, whatever it is asked, and what a constant is; an empty text for nothing. */
type Answers = Readonly<Record<string, string>>

/**
 * Questions that a page need not ask, by file of `src/inspect`: filters that never say no where an expression says yes,
 * and only save it time, of which a draft of a few kilobytes has enough; and what is looked for with names, terms,
 * patterns and knowledge of a company, none of which ever comes into a browser. Tables of numbers, too, are not told apart there.
 */
export const answers: Readonly<Record<string, Answers>> = {
  'bytes.ts': {
    blockOf: 'undefined',
    blocks: '',
    shortestBlock: '',
    byteAt: 'Number.parseInt(digits.slice(at, at + 2), 16)',
    digitValues: '',
    endOfAscii: 'from',
    isKept: 'true',
    mayBeText: 'true',
    mayStandForText: 'true',
  },
  'base64.ts': { roomFor: 'new Uint8Array(length)', room: '' },
  'base64-lines.ts': { failedLines: 'undefined' },
  'decode-runs.ts': {
    tried: '',
    isMixed: '/[a-z].*[A-Z\\d]|[A-Z\\d].*[a-z]/.test(text.slice(start, end))',
    isHexRun: '/^(?:[\\da-f]{2}){8,}$/i.test(text.slice(start, end))',
    bytesOfPairs:
      '(digits => bytesOfHex(digits, 0, digits.length))(text.slice(start, end).replace(/0x|[^\\da-f]/gi, ""))',
  },
  'views.ts': {
    decodedReadings: 'disguisedReadings(reading)',
    roomAround: '',
    decode:
      'decoders.map(({ name, patch, isOnce }) => work.left <= 0 || (isOnce && name === reading.encodings.at(-1)) || add(work, reading, name, (patches, text) => patch(patches, text, clues)))',
  },
  'disguise.ts': {
    withMark: 'composedWith(mark, base)',
    composed: '',
    whenSwapped: 'undefined',
    isSwapped: '',
  },
  'word-beginnings.ts': {
    createMayStand: '() => true',
    createMayStandInTurn: '() => true',
    inTurn: '',
    createHoldsWordInTurn: '() => true',
    beginsInCamelCase: '',
    spelledOut: '',
    firstLetters: '',
    unspelled: '',
    partOfPiece: '',
    alternativesOf: '',
    createMayBegin: '() => true',
    letterPlaces: '',
    wordsBehind: '',
    wordsWith: '',
  },
  'word-endings.ts': { createMayEnd: '() => true', allPlaces: '' },
  'context.ts': { foldedBefore: 'foldCase(windowBefore(text, start, reach))' },
  'clue-words.ts': {
    mayBeLeet: 'true',
    lengthsOfLeet: '',
    lengthsByEnd: '',
    beginnings: '',
    furtherWords: '[]',
  },
  'decode-letters.ts': { endOfRow: 'end', goesOn: '' },
  'clues.ts': { isEscape: 'sign !== backslash || beginsEscape(next)' },
  'secrets/candidates.ts': {
    isInSentence: 'false',
    isGivenWord: 'false',
    sayingWords: '',
    wrappingWords: '',
    saidBit: '',
    allTies: '',
    endsOtherwise: 'false',
    tiesAfter: 'ties',
    tiesOf: '',
    tiesApart: '',
    tiesTouching: '',
    elementBit: '',
    mayBeQuoted: 'true',
    quoting: '',
    tooLong: '',
    readOn: '',
    readBack: '',
    passedBefore: '',
    back: 'index - 1',
    unread: 'start',
    withoutLater: '',
    longestLaterWord: '',
    holdsLaterWord: '',
    isEarlier: 'nameEnd > end && laterWord.test(text.slice(end, nameEnd))',
  },
  'passed.ts': { nothingPassed: '0', passedUntil: '', notePassed: '0' },
  'detectors/contact/phone-shapes.ts': { shapesOfRegions: '' },
  'detectors/contact/phone.ts': {
    isGivenOut: 'false',
    isDateAlone: 'false',
    countReadable: 'groups.length',
    contextFor: 'isPhoneContext',
    isFurtherContext: '',
    isNamed: '',
    isAfterSplit: 'false',
  },
  'detectors/contact/phone-alone.ts': {
    mayBeAlone: 'true',
    nationalShapes: '',
    mayBeginName: '',
    lengthOfSplit: '0',
    splitting: '',
    split: '',
  },
  'detectors/contact/phone-words.ts': {
    furtherPhoneWords: '',
    otherWords: '',
    otherLetters: '',
    lastLetters: '',
    isNamedInOtherLetters: 'false',
  },
  'boundary.ts': {
    endsEscape: 'escapeEnd.test(text.slice(Math.max(0, position - longestEscape), position))',
  },
  'id-words.ts': { mayBeNamedBefore: '() => true', namedLikeOthers: '' },
  'identifier.ts': {
    standing:
      'isInside(text, start, start + form.length) || !fits(text, start, form.signs) || goesOn(text, start, start + form.length, form.hasSpaces) ? undefined : compactOf(text, start, form)',
    standsAlone: '',
    lastOf: '',
    lasts: '',
    isNamedLikeOthers: 'sharedNames && namedBefore(sharedNames, spec.isUnchecked)',
  },
  'detectors/contact/email.ts': { mayBeDomain: 'true' },
  'position-map.ts': { shared: '[]', longer: 'stretches' },
  'text-memory.ts': {
    textMemory: '{ units: [] }',
    areBytes: 'true',
    beyondBytes: '',
    textOf: 'memory.units.slice(0, length).map((unit) => String.fromCharCode(unit)).join("")',
  },
  'reading-writer.ts': {
    putUnits:
      'text.slice(start, end).split("").map((unit, at) => (memory.units[from + at] = unit.charCodeAt(0)))',
    shortestBlock: '',
    isLong: 'false',
    longCopy: '',
    roomier: 'memory',
  },
  'decode-escapes.ts': {
    patchPlain: '',
    patchPercent:
      'hasPercent && text.replace(/(?:%[\\da-f]{2})+/gi, (run, index) => addBytes(patches, text, index, index + run.length, 3, 1))',
  },
  'detectors/contact/postcode.ts': { mayBeNamed: 'true', goesOn: 'true', mayBeAfterState: 'true' },
  'detectors/contact/street-address.ts': {
    mayBeOfHouse: 'true',
    mayBeNamed: 'true',
    endsName: 'true',
    mayBeginFrench: '',
    firstsOfStreet: '',
    asStreet: '',
  },
  'detectors/contact/street-names.ts': {
    mayBeRomance: 'true',
    mayHoldRomance: 'true',
    small: '',
    endsLikeStreet: '/ $/',
    beginningOfName: 'from',
  },
  'birth-dates.ts': { numberAt: 'Number(id.slice(from, to))' },
  'detectors/identity/germany.ts': {
    withLetterAsNumber: "id.replace(/[A-Z]/, (letter) => String(letter.charCodeAt(0) - 64).padStart(2, '0'))",
  },
  'detectors/identity/us-ssn.ts': { holdsHyphen: 'true' },
  'detectors/identity/eu-vat.ts': {
    isVatNumber:
      "shape.test((written = written.replace(/[ .-]/g, '').toUpperCase())) && isValid(written) && !/^0+$/.test(written)",
    reachOf:
      'first + (/^..[ -]?[a-z\\d]{1,4}(?:[ .-]?[a-z\\d]{1,12}){0,5}/i.exec(text.slice(first, first + 24))?.[0].length ?? 0)',
    mostParts: '',
    longest: '',
    hyphen: '',
    dot: '',
  },
  'detectors/payment/iban.ts': { mostExact: '0' },
  'detectors/network/ip-address.ts': {
    goesOnBeside: 'true',
    isSeenFromBefore: 'false',
    hasColons: 'true',
    mayFollowOther: 'true',
  },
  'detectors/network/mac-address.ts': { isLone: 'false', goesOnBefore: 'true', mayBeWithin: 'true' },
  'detectors/payment/card-expiry.ts': { isOtherWord: 'false' },
  'detectors/payment/card-networks.ts': { rowsOf: 'networks', byFirstTwo: '' },
  'detectors/payment/payment-card.ts': { mayBegin: 'true', isTable: 'false' },
  'detectors/secret/named-vendor-keys.ts': {
    mayHoldKey: 'true',
    withoutKey: '',
    endOfIdentifier: '',
    identifier: '',
  },
  'detectors/secret/aws-secret-key.ts': { isInLongRun: 'false', passedRun: '' },
  'detectors/secret/named-secret.ts': { asked: '', hasDigits: 'true' },
  'detectors/secret/variety.ts': { mayBecomeKey: 'true', longestKey: '', dull: '', count: '' },
  'detectors/payment/wallet-address.ts': {
    isLikeEthereum: '/^0x[\\da-f]{40}$/i.test(text.slice(start, end))',
    isOfBothCases: '/(?=.*[A-F]).*[a-f]/.test(text.slice(start, end))',
  },
  'detectors/person/personal-statement.ts': {
    mayBeOfPerson: 'true',
    mayHold: '',
    createMayEndSaid: '() => true',
    withoutSign: '',
    statementWords: '',
    spoken: '',
  },
  'last-answer.ts': { keepingLast: 'ask' },
  'detectors/person/statement-words.ts': {
    createMayBeStatement: '() => true',
    rolesOf: '',
    spelled: '',
  },
  'detectors/person/personal-term.ts': { mayBeTold: 'true', fieldSigns: '' },
  'detectors/person/age.ts': { mayBeAge: 'true', isAfterWord: 'true' },
  'inspector.ts': {
    createInspector:
      '({ kinds: allDetectors, inspect: (text) => inspect(text, {}, ruleScan).findings, classOf: (kind) => kind.class })',
    scanWith: 'ruleScan',
    candidateOf: '({ ...match, kind: detector, class: detector.class })',
    collectOwn: '',
    collectNames: '',
    withoutOverlaps: 'resolveOverlaps(candidates)',
    findingOf: 'kind',
    noteFirst: '',
    seeing: '',
    placeOf: '`${start} ${end}`',
    inside: '',
    why: '',
    ownTypes: '',
    typesOfNames: '',
    publicScan: '',
    publicKinds: '',
  },
}

/** What these are given is not looked at any more. */
const makers = [
  'createMayStand',
  'createMayStandInTurn',
  'createHoldsWordInTurn',
  'createMayBegin',
  'createMayEnd',
  'createMayEndSaid',
]

/** Members nobody reads in a page. A family only tells a health number from others there. */
const unread = [
  'touching',
  'needsName',
  'isNamedOnly',
  'isPlain',
  'seen',
  'family',
  'isNoAmount',
  'apart',
  'isApart',
  'inOneGroup',
  'isNearStart',
  'alone',
  'telling',
  'last',
  'wordForms',
  'clue',
]
/** Where issuers of cards stand, their names are for reasons alone. */
const unreadNames = 'detectors/payment/card-networks.ts'

/**
 * Puts the answers in place, for the worker alone: `test/draft-worker.test.ts` holds that it finds the same. What is
 * called otherwise by now is only loaded again; the build says so, and a test fails.
 */
export const neverAsked = (): Plugin => ({
  name: 'never-asked',
  transform: {
    filter: { id: /\/src\/inspect\// },
    handler(code, id) {
      const file = id.split('/src/inspect/')[1] ?? ''
      const known = answers[file] ?? {}
      const members = file === unreadNames ? [...unread, 'name'] : unread
      const met = new Set<string>()
      const edits = collectEdits(this.parse(code), (node) => {
        const name = nameOf(node)
        const answer = known[name]
        if (answer === undefined) return [...argumentEdits(node), ...memberEdits(node, members)]
        met.add(name)
        return answerEdits(node, answer)
      })
      const missing = Object.keys(known).filter((name) => !met.has(name))
      if (missing.length > 0) this.warn(`${file} holds no ${missing.join(', ')}: see web/never-asked.ts`)
      return edited(code, edits)
    },
  },
})

const nameOf = ({ type, id }: Node): string =>
  (type === 'FunctionDeclaration' || type === 'VariableDeclarator') && isNode(id) ? String(id.name) : ''

/** The body of a function gives the answer; a constant is the answer. */
function answerEdits(node: Node, answer: string): readonly Edit[] {
  const { body } = functionOf(node)
  const { start, end } = body ?? (isNode(node.init) ? node.init : node)
  const text = answer === '' ? 'undefined' : answer
  return [{ start, end, text: body === undefined ? text : `{ return ${text} }` }]
}

function argumentEdits(node: Node): readonly Edit[] {
  const span = makers.includes(calleeOf(node)) ? argumentsFrom(node, 0) : undefined
  return span === undefined ? [] : [{ ...span, text: '' }]
}

function memberEdits(node: Node, members: readonly string[]): readonly Edit[] {
  const { type, key, value, shorthand, start, end } = node
  if (type !== 'Property' || shorthand === true || !isNode(key) || !isNode(value)) return []
  return members.includes(String(key.name)) && value.value !== 'health' ? [{ start, end, text: '...{}' }] : []
}
