import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FoundName } from '../api.ts'
import { createCountryFinder, withCountries } from './countries.ts'
import { nameKinds, placeKind } from './kinds.ts'

const find = createCountryFinder()
const countriesIn = (text: string): readonly string[] =>
  find(text).map(({ start, end, isUnsure }) => `${text.slice(start, end)}${isUnsure ? '?' : ''}`)

test('countries are found as a whole, with and without capitals', () => {
  assert.deepEqual(countriesIn('from Bosnia and Herzegovina to the Democratic Republic of the Congo'), [
    'Bosnia and Herzegovina',
    'Democratic Republic of the Congo',
  ])
  assert.deepEqual(countriesIn('is it warm in vanuatu or trinidad & tobago?'), [
    'vanuatu',
    'trinidad & tobago',
  ])
  assert.deepEqual(countriesIn("Côte d'Ivoire, Côte d’Ivoire"), ["Côte d'Ivoire", 'Côte d’Ivoire'])
})

test('a word that is more than a country is none without its capital, and unsure with it', () => {
  assert.deepEqual(countriesIn('a turkey in a jersey of china'), [])
  assert.deepEqual(countriesIn('Jordan and Chad'), ['Jordan?', 'Chad?'])
  assert.deepEqual(countriesIn('indiana, omanis and spanish'), [])
})

const name = (text: string, part: string, type: string): FoundName => {
  const start = text.indexOf(part)
  return {
    start,
    end: start + part.length,
    kind: type === 'LOC' ? placeKind : (nameKinds[type] as FoundName['kind']),
    score: 0.7,
    why: 'a reason',
  }
}

const named = (text: string, names: readonly (readonly [part: string, type: string])[]): readonly string[] =>
  withCountries(
    names.map(([part, type]) => name(text, part, type)),
    find(text),
  ).map(({ kind, start, end }) => `${kind.type}: ${text.slice(start, end)}`)

test('pieces of a country are one place, and one nobody found is added in its order', () => {
  assert.deepEqual(
    named('Ada moved from Antigua and Barbuda to nauru with Ben', [
      ['Ada', 'PER'],
      ['Antigua', 'LOC'],
      ['Barbuda', 'LOC'],
      ['Ben', 'PER'],
    ]),
    ['person-name: Ada', 'place-name: Antigua and Barbuda', 'place-name: nauru', 'person-name: Ben'],
  )
})

test('in the name of a person or of an organisation it is a part of that, and an unsure one alone is nothing', () => {
  assert.deepEqual(
    named('Jordan Smith of the Bank of Canada', [
      ['Jordan Smith', 'PER'],
      ['Bank of Canada', 'ORG'],
    ]),
    ['person-name: Jordan Smith', 'organisation-name: Bank of Canada'],
  )
  assert.deepEqual(named('Chad wrote', []), [])
  assert.deepEqual(named('to Chad', [['Chad', 'LOC']]), ['place-name: Chad'])
})

test('a name that holds two countries stays one, and nothing overlaps it', () => {
  assert.deepEqual(named('the Council of France and Germany', [['Council of France and Germany', 'ORG']]), [
    'organisation-name: Council of France and Germany',
  ])
  assert.deepEqual(named('in France and Germany', [['France and Germany', 'LOC']]), [
    'place-name: France and Germany',
  ])
})
