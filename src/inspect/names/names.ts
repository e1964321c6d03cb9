/** Names of people, places and organisations, found by weights that were trained. */
import type { FoundName, NameFinder, NameWeights } from '../api.ts'
import { stringHash } from '../string-hash.ts'
import { markCandidates } from './candidates.ts'
import { isClinical, markEverything } from './clinical.ts'
import { createSpanFinder, type Span } from './find-spans.ts'
import { nameKinds } from './kinds.ts'
import { openTagger, readStored } from './weights.ts'

/** Throws an `Error` for bytes that are no such weights. Some ten milliseconds, some ten megabytes. */
export function loadNames({ general, clinical }: NameWeights): NameFinder {
  const tagger = openTagger(readStored(general))
  const findAnywhere = createSpanFinder(tagger, markCandidates)
  const findInNote =
    clinical === undefined
      ? undefined
      : createSpanFinder(openTagger(readStored(clinical), tagger.words), markEverything)
  return {
    version: stringHash([general, clinical ?? new Uint8Array()].map(checksum).join(' ')),
    find: (text) => {
      const isNote = findInNote !== undefined && isClinical(text)
      return (isNote ? findInNote(text) : findAnywhere(text)).flatMap(nameOf)
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
