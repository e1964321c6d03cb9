/** Texts with names in them, made from templates, lists and a seed: the same every time. */
import type { Labelled, Span } from './corpora.ts'
import type { NameLists } from './name-lists.ts'
import { plainTexts } from './plain-texts.ts'
import { seeded } from './random.ts'
import {
  bodies,
  companies,
  fillers,
  flats,
  type Language,
  languages,
  places,
  states,
  streets,
  syllables,
  tails,
} from './text-parts.ts'
import { templates } from './text-templates.ts'

/** Half of them English, as the corpora of the other languages are; `count` altogether, and the plain ones. */
export function makeTexts(lists: NameLists, count: number, seed: number): readonly Labelled[] {
  const maker = new TextMaker(lists, seed)
  const made = Array.from({ length: count }, () => maker.make())
  const plain = plainTexts.flatMap((text) => [text, text, text]).map((text) => ({ text, spans: [] }))
  return [...made, ...plain]
}

/** Makes texts, and single names: the same for the same seed. */
export class TextMaker {
  readonly #lists: NameLists
  readonly #random: () => number

  constructor(lists: NameLists, seed: number) {
    this.#lists = lists
    this.#random = seeded(seed)
  }

  make(): Labelled {
    const language = this.#chance(0.5) ? 'en' : this.#pick(languages)
    const made = this.#fill(this.#pick(templates[language]), language)
    // People in chat leave capitals out; forms are shouted.
    if (this.#chance(0.22)) return sameLength(made, made.text.toLowerCase())
    if (this.#chance(0.04)) return sameLength(made, made.text.toUpperCase())
    return made
  }

  #fill(template: string, language: Language): Labelled {
    let text = ''
    const spans: Span[] = []
    for (const part of template.split(/(\{\w+\})/)) {
      const place = /^\{(\w+)\}$/.exec(part)?.[1]
      if (place === undefined) {
        text += part
        continue
      }
      const start = text.length
      if (place === 'A' || place === 'B') {
        const made = place === 'A' ? this.#fullAddress(language) : this.#address(language)
        for (const span of made.spans)
          spans.push({ ...span, start: start + span.start, end: start + span.end })
        text += made.text
        continue
      }
      text += this.value(place, language)
      const type = types[place]
      if (type !== undefined) spans.push({ start, end: text.length, type })
    }
    return { text, spans }
  }

  /** What stands for a place of a template: a name, or one of its fillers. */
  value(place: string, language: Language): string {
    if (place === 'P') return this.#person(language)
    if (place === 'G') return this.#given()
    if (place === 'S') return this.#surname(language)
    if (place === 'C') return this.#city()
    if (place === 'N') return this.#country()
    if (place === 'O') return this.#organisation(language)
    return this.#pick(fillers[place] ?? [''])
  }

  #given(): string {
    return this.#name(this.#lists.given)
  }

  #surname(language: Language): string {
    const surname = this.#name(this.#lists.surnames)
    const chance = this.#random()
    if (chance < 0.05) return `${surname}-${this.#name(this.#lists.surnames)}`
    if (chance < 0.1) return `${this.#pick(particles[language])} ${surname}`
    return surname
  }

  #person(language: Language): string {
    const given = this.#given()
    const surname = this.#surname(language)
    const chance = this.#random()
    const hasTwo = language === 'es' ? 0.5 : language === 'pt' ? 0.4 : 0.05
    if (chance < hasTwo) return `${given} ${surname} ${this.#name(this.#lists.surnames)}`
    if (chance < hasTwo + 0.1) return `${given} ${this.#initial()}${this.#chance(0.5) ? '.' : ''} ${surname}`
    if (chance < hasTwo + 0.15) return `${given} ${this.#given()} ${surname}`
    if (chance < hasTwo + 0.19) return `${given}-${this.#given()} ${surname}`
    if (chance < hasTwo + 0.23) return `${this.#initial()}. ${surname}`
    if (chance < hasTwo + 0.26) return `${surname}, ${given}`
    if (chance < hasTwo + 0.31) return given
    return `${given} ${surname}`
  }

  /** A third is on no list: the beginning of one and the end of another, so that lists are not all that is learnt. */
  #name(list: readonly string[]): string {
    const name = this.#pick(list)
    if (!this.#chance(0.33)) return name
    const other = this.#pick(list)
    if (/[^\p{L}]/u.test(name + other)) return name
    const half = (text: string): number => Math.ceil(text.length / 2)
    return name.slice(0, half(name)) + other.slice(half(other))
  }

  #initial(): string {
    return this.#pick('ABCDEFGHIJKLMNOPRSTVW'.split(''))
  }

  #city(): string {
    return this.#name(this.#lists.cities)
  }

  #country(): string {
    return this.#pick(this.#lists.countries)
  }

  #organisation(language: Language): string {
    const chance = this.#random()
    const surname = () => this.#name(this.#lists.surnames)
    const tail = this.#pick(tails[language])
    if (chance < 0.22) return this.#pick(companies)
    if (chance < 0.37) return this.#invented()
    if (chance < 0.52) return `${this.#invented()} ${tail}`
    if (chance < 0.62) return `${surname()} ${tail}`
    if (chance < 0.7) return `${surname()}, ${surname()} and ${surname()}`
    if (chance < 0.75) return `${surname()}${this.#pick([' & ', '-', ' and '])}${surname()}`
    if (chance < 0.82) return `${this.#invented()} ${this.#invented()} ${tail}`
    if (chance < 0.86) return Array.from({ length: 3 }, () => this.#initial()).join('')
    return this.#pick(bodies[language]).replace(/\{(\w)\}/g, (_, place: string) =>
      place === 'g'
        ? this.#given()
        : place === 's'
          ? surname()
          : place === 'n'
            ? this.#country()
            : this.#city(),
    )
  }

  #invented(): string {
    const length = this.#chance(0.3) ? 3 : 2
    const word = Array.from({ length }, () => this.#pick(syllables)).join('')
    return (word[0] ?? '').toUpperCase() + word.slice(1)
  }

  /** A street alone, or with the town: the parts are marked as what they are. */
  #address(language: Language): Labelled {
    const abroad = this.#chance(0.25) ? this.#pick(languages) : language
    const unit = this.#chance(0.15) ? this.#pick(['{h} ', '{h}/', 'Unit {h}, ']) : ''
    return this.#fillAddress(unit + this.#pick(streets[abroad]), '')
  }

  #fullAddress(language: Language): Labelled {
    const street = this.#address(language)
    if (this.#chance(0.2)) return street
    return this.#fillAddress(this.#pick(places), street.text)
  }

  /** A street is one part; in what follows it towns and countries are places, and flats belong to it. */
  #fillAddress(pattern: string, street: string): Labelled {
    let text = street
    const spans: Span[] = street === '' ? [] : [{ start: 0, end: street.length, type: 'ADR' }]
    for (const part of pattern.split(/(\{\w\})/)) {
      const place = /^\{(\w)\}$/.exec(part)?.[1]
      const start = text.length
      text += place === undefined ? part : this.#small(place)
      if (place === undefined || street === '') continue
      const type = place === 'c' || place === 'n' ? 'LOC' : 'ADR'
      const last = spans.at(-1)
      const isNext = last?.type === 'ADR' && type === 'ADR' && /^,? ?$/.test(text.slice(last.end, start))
      if (isNext) spans[spans.length - 1] = { ...last, end: text.length }
      else spans.push({ start, end: text.length, type })
    }
    // With a postcode it is one address, whatever stands between; without one the town is a place of its own.
    const isWhole = street === '' || pattern.includes('{z}')
    return { text, spans: isWhole ? [{ start: 0, end: text.length, type: 'ADR' }] : spans }
  }

  #small(place: string): string {
    if (place === 'h') return String(1 + Math.floor(this.#random() ** 3 * 9_999))
    if (place === 'z') return this.#postcode()
    if (place === 'g') return this.#given()
    if (place === 's') return this.#name(this.#lists.surnames)
    if (place === 'f') return this.#pick(flats)
    if (place === 'r') return this.#pick(states)
    return place === 'n' ? this.#country() : this.#city()
  }

  #postcode(): string {
    const digits = (count: number) =>
      String(10 ** (count - 1) + Math.floor(this.#random() * 9 * 10 ** (count - 1)))
    const chance = this.#random()
    if (chance < 0.6) return digits(5)
    if (chance < 0.75) return digits(4)
    if (chance < 0.85)
      return `${this.#initial()}${this.#initial()}${digits(1)} ${digits(1)}${this.#initial()}${this.#initial()}`
    if (chance < 0.93) return `${digits(4)} ${this.#initial()}${this.#initial()}`
    return `${digits(4)}-${digits(3)}`
  }

  #pick<T>(from: readonly T[]): T {
    return from[Math.floor(this.#random() * from.length)]!
  }

  #chance(share: number): boolean {
    return this.#random() < share
  }
}

const types: Readonly<Record<string, string>> = {
  P: 'PER',
  G: 'PER',
  S: 'PER',
  C: 'LOC',
  N: 'LOC',
  O: 'ORG',
}

const particles: Readonly<Record<Language, readonly string[]>> = {
  en: ['Mac', 'O’', 'St.', 'de', 'van'],
  de: ['von', 'von der', 'zu', 'van'],
  fr: ['de', 'de la', 'du', 'Le'],
  es: ['de', 'de la', 'del', 'de los'],
  nl: ['van', 'van der', 'de', 'van den', 'ter'],
  pt: ['da', 'dos', 'de', 'do'],
}

/** Spans hold when the length stays; some letters grow ('ß' becomes 'SS'). */
const sameLength = (made: Labelled, text: string): Labelled =>
  text.length === made.text.length ? { text, spans: made.spans } : made
