/** Labelled texts again, with other names in them or without capitals: what stands around a name is learnt, not the name. */
import type { Labelled, Span } from './corpora.ts'
import type { NameLists } from './name-lists.ts'
import { seeded } from './random.ts'
import { TextMaker } from './texts.ts'

/** Four names of five give way to another of their type; the spans go with them. */
export function withOtherNames(
  lists: NameLists,
  texts: readonly Labelled[],
  seed: number,
): readonly Labelled[] {
  const maker = new TextMaker(lists, seed)
  const random = seeded(seed + 1)
  return texts.filter(({ spans }) => spans.length > 0).map((labelled) => changed(labelled, maker, random))
}

function changed({ text, spans }: Labelled, maker: TextMaker, random: () => number): Labelled {
  let made = ''
  let from = 0
  const moved: Span[] = []
  for (const { start, end, type } of spans) {
    const old = text.slice(start, end)
    made += text.slice(from, start)
    const name = random() < 0.8 ? writtenLike(old, otherName(old, type, maker, random)) : old
    moved.push({ start: made.length, end: made.length + name.length, type })
    made += name
    from = end
  }
  return { text: made + text.slice(from), spans: moved }
}

function otherName(old: string, type: string, maker: TextMaker, random: () => number): string {
  if (type === 'PER' && old.includes(' ')) return maker.value('P', 'en')
  if (type === 'PER') return maker.value(random() < 0.5 ? 'G' : 'S', 'en')
  if (type === 'LOC') return maker.value(random() < 0.8 ? 'C' : 'N', 'en')
  return type === 'ORG' ? maker.value('O', 'en') : old
}

/** Short names in capitals are abbreviations, and say nothing of how others are written. */
const longestAbbreviation = 3

function writtenLike(old: string, name: string): string {
  if (old === old.toLowerCase()) return name.toLowerCase()
  return old.length > longestAbbreviation && old === old.toUpperCase() ? name.toUpperCase() : name
}

/** People in chat leave capitals out. Texts that change their length are left out: their spans would not hold. */
export const withoutCapitals = (texts: readonly Labelled[]): readonly Labelled[] =>
  texts
    .map(({ text, spans }) => ({ text: text.toLowerCase(), spans, length: text.length }))
    .filter(({ text, length }) => text.length === length)
