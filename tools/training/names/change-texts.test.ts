import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withOtherNames, withoutCapitals } from './change-texts.ts'
import type { Labelled } from './corpora.ts'

const lists = {
  given: ['Oda'],
  surnames: ['Sample'],
  cities: ['Exville'],
  countries: ['Exland'],
  germanNouns: [],
}

const labelled = (text: string, ...names: readonly (readonly [string, string])[]): Labelled => ({
  text,
  spans: names.map(([name, type]) => ({
    start: text.indexOf(name),
    end: text.indexOf(name) + name.length,
    type,
  })),
})

test('other names stand where names stood, and what is around them stays', () => {
  const old = labelled('Ask Ann Old in Oldtown about it.', ['Ann Old', 'PER'], ['Oldtown', 'LOC'])
  const made = withOtherNames(
    lists,
    Array.from({ length: 50 }, () => old),
    1,
  )
  assert.ok(made.some(({ text }) => !text.includes('Ann Old') && !text.includes('Oldtown')))
  for (const { text, spans } of made) {
    const [person, place] = spans.map(({ start, end }) => text.slice(start, end))
    assert.equal(text, `Ask ${person} in ${place} about it.`)
  }
})

test('a name without capitals gives way to one without', () => {
  const old = labelled('ask ann old', ['ann old', 'PER'])
  for (const { text } of withOtherNames(
    lists,
    Array.from({ length: 20 }, () => old),
    1,
  ))
    assert.equal(text, text.toLowerCase())
})

test('texts without names are none to change', () => {
  assert.deepEqual(withOtherNames(lists, [labelled('Nobody is here')], 1), [])
})

test('without capitals the spans hold, and a text that would change its length is left out', () => {
  assert.deepEqual(
    withoutCapitals([labelled('Ask Ann', ['Ann', 'PER']), labelled('\u0130zmir')]).map(({ text, spans }) => [
      text,
      spans,
    ]),
    [['ask ann', [{ start: 4, end: 7, type: 'PER' }]]],
  )
})
