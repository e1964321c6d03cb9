/** Names of people, places and organisations, found by weights that were trained. */
import type { FoundName, NameFinder, NameWeights } from '../api.ts'
import { stringHash } from '../string-hash.ts'
import { markCandidates } from './candidates.ts'
import { isClinical, markEverything } from './clinical.ts'
import { countriesVersion, createCountryFinder, withCountries } from './countries.ts'
import { createSpanFinder, type Span } from './find-spans.ts'
import { nameKinds, titleKind } from './kinds.ts'
import { openTagger, readStored } from './weights.ts'

/** Throws an `Error` for bytes that are no such weights. Some ten milliseconds, some ten megabytes. */
export function loadNames({ general, clinical }: NameWeights): NameFinder {
  const tagger = openTagger(readStored(general))
  const findAnywhere = createSpanFinder(tagger, markCandidates)
  const findCountries = createCountryFinder()
  const findInNote =
    clinical === undefined
      ? undefined
      : createSpanFinder(openTagger(readStored(clinical), tagger.words), markEverything)
  return {
    version: stringHash(
      [...[general, clinical ?? new Uint8Array()].map(checksum), countriesVersion].join(' '),
    ),
    find: (text) => {
      if (findInNote !== undefined && isClinical(text)) return findInNote(text).flatMap(nameOf)
      const found: FoundName[] = []
      for (const span of findAnywhere(text)) {
        if (namesValue.test(text.slice(span.start, span.end))) continue
        for (const name of withTitle(text, span)) {
          // 'Dr.' can be found as the name before and as the title of the next one.
          if (name.start >= (found.at(-1)?.end ?? 0)) found.push(name)
        }
      }
      return withCountries(found, findCountries(text))
    },
  }
}

/** As `loadNames`, and loads when the first text comes: `version` must be that of the weights. */
export function loadNamesLater(version: string, load: () => NameWeights): NameFinder {
  let loaded: NameFinder | undefined
  return {
    version,
    find: (text) => {
      loaded ??= loadNames(load())
      return loaded.find(text)
    },
  }
}

function nameOf({ start, end, type, score }: Span): readonly FoundName[] {
  const kind = nameKinds[type]
  return kind === undefined ? [] : [{ start, end, kind, score, why: kind.proof }]
}

/** What a number beside it is called looks like the name of an organisation. */
const namesValue = /^(?:iban|bic|swift|ssn|tin|ein|vat|nino?|nhs|pin|cvv|cvc|imei|isin|lei|dob)$/i

/** The form of address before a name is a finding of its own: the same person without it keeps the same pseudonym. */
function withTitle(text: string, span: Span): readonly FoundName[] {
  const names = nameOf(span)
  if (span.type !== 'PER') return names
  const { start, end, score } = span
  const titleAt = (from: number, to: number): FoundName => ({
    start: from,
    end: to,
    kind: titleKind,
    score,
    why: titleKind.proof,
  })
  if (titleAlone.test(text.slice(start, end))) return [titleAt(start, end)]
  const [title = ''] = titleBefore.exec(text.slice(Math.max(0, start - longestTitle), start)) ?? []
  if (title === '') return names
  return [titleAt(start - title.length, start - title.length + title.trimEnd().length), ...names]
}

const longestTitle = 14

/** Forms of address of the six languages. */
const titles =
  '(?:mrs?|ms|miss|mx|dr|prof|professor|doctor|sir|madam|herrn?|frau|mme|mlle|madame|monsieur|mademoiselle|sra?|srta|' +
  'dra|señora?|senhora?|dona|don|doña|dhr|mevr|mevrouw|meneer|m(?=\\.))\\.?'
const titleAlone = new RegExp(`^${titles}$`, 'iu')
const titleBefore = new RegExp(`(?<![\\p{L}\\p{N}.])${titles}[ \\u00a0]$`, 'iu')

/** Adler's two sums: tells weights apart, protects against nothing. */
function checksum(bytes: Uint8Array): string {
  let one = 1
  let other = 0
  for (const byte of bytes) {
    one = (one + byte) % 65_521
    other = (other + one) % 65_521
  }
  return `${bytes.length}:${one}:${other}`
}
