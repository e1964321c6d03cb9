import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Lists of names; sources stand in the README of this folder. */
export interface NameLists {
  readonly given: readonly string[]
  readonly surnames: readonly string[]
  readonly cities: readonly string[]
  readonly countries: readonly string[]
  /** Common nouns of German in all their cases: for the word list only, no texts are made of them. */
  readonly germanNouns: readonly string[]
}

const folder = join(import.meta.dirname, 'lists')

const linesOf = (name: string): readonly string[] =>
  readFileSync(join(folder, name), 'utf8')
    .split('\n')
    .filter((line) => line !== '')

export const readNameLists = (): NameLists => ({
  given: linesOf('given-names.txt'),
  surnames: linesOf('surnames.txt'),
  cities: linesOf('cities.txt'),
  countries: countryNames(),
  germanNouns: linesOf('german-nouns.txt'),
})

/** Countries in the six languages, from the tables of the runtime (Unicode CLDR). */
function countryNames(): readonly string[] {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index))
  const codes = letters.flatMap((one) => letters.map((other) => one + other))
  return ['en', 'de', 'fr', 'es', 'nl', 'pt'].flatMap((language) => {
    const names = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
    return codes.flatMap((code) => {
      if (/^(EU|EZ|UN|XA|XB|ZZ|QO)$/.test(code)) return []
      const name = names.of(code)
      return name === undefined ? [] : [name.replace(/ \(.*\)/, '')]
    })
  })
}
