import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '../test-random.ts'
import { mayHoldPerson, mayHoldRelated, pronouns, related, titled } from './persons.ts'

const words =
  'my|seine|a|patient|Patient|PT|paciente|niece|co-worker|mother-in-law|grandson|Schwiegermutter|élève|SŒUR|abuela|avó|zio|ex|mr.|Doña|Ada|I|she|él|has|asthma|of mine|1|(|é|\n'.split(
    '|',
  )

test('no person is left out where one may stand', () => {
  const random = seeded(11)
  const ofRelated = new RegExp(`(?<![\\p{L}\\p{N}'-])(?:${related}|${titled})[ ,']`, 'iu')
  const ofAny = new RegExp(`(?<![\\p{L}\\p{N}'-])(?:${pronouns}|${related}|${titled})[ ,']`, 'iu')
  let found = 0
  let dismissed = 0
  for (let round = 0; round < 20_000; round++) {
    const text = Array.from({ length: 1 + random.below(5) }, () => random.pick(words))
      .join(' ')
      .concat(' ')
    if (ofRelated.test(text)) assert.ok(mayHoldRelated(text, 0, text.length), text)
    else if (!mayHoldRelated(text, 0, text.length)) dismissed++
    if (!ofAny.test(text)) continue
    found++
    assert.ok(mayHoldPerson(text, 0, text.length), text)
  }
  assert.ok(found > 1_000 && dismissed > 1_000)
})
