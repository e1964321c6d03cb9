import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createMayEndSaid, personalBefore } from './personal-statement.ts'

const isPersonal = personalBefore("am|is|'m|'s|has|suffers from|ist|hat")
const says = (before: string): boolean => isPersonal(before, before.length)

test('pronouns, relatives, titles and those a file is about are persons', () => {
  for (const before of [
    'I am ',
    "I'm ",
    'she’s ',
    'He is ',
    'my sister has ',
    'our new colleague is ',
    'Mr. Muster is ',
    'the patient has ',
    'meine Mutter hat ',
    'ich bin es, er ist ',
  ])
    assert.ok(says(before), before)
})

test('words of how, when and how much may stand between', () => {
  for (const before of [
    'she is also now a very ',
    'He currently is ',
    'my boss has had severe ',
    'I am a practising ',
  ])
    assert.ok(says(before), before)
})

test('things, and persons nobody knows, are none', () => {
  for (const before of [
    'the company is ',
    'it is ',
    'Everybody has ',
    'a patient has ',
    'the market is ',
    'wifi is ',
    '',
  ])
    assert.ok(!says(before), before)
})

test('another sentence or line is not about the person any more', () => {
  for (const before of ['I am. It is ', 'she is here. The film is ', 'he has\n', 'I am here: this is '])
    assert.ok(!says(before), before)
})

test('a person too far away is not meant', () => {
  assert.ok(!says(`my sister has ${'very '.repeat(5)}`))
  assert.ok(!says(`my sister${' '.repeat(80)}has `))
})

test('what is said ends with a verb, or a word of how and how much, in any case', () => {
  const mayEndSaid = createMayEndSaid("'m|has|is (?:now )?(?:on)?|está")
  const mayEnd = (before: string): boolean => mayEndSaid(before, before.length)
  for (const before of [
    'I’m ',
    'HAS ',
    'is  ',
    'is now ',
    'is on ',
    'hat seit kurzem ',
    'ESTÁ ',
    'ha\u017f ',
    "j'",
  ])
    assert.ok(mayEnd(before), before)
  for (const before of ['the year 884201377 ', 'my house ', 'has\n', 'has', '(', 'a 統編 '])
    assert.ok(!mayEnd(before), before)
})

test('whoever a clinic or a workplace speaks of is a person', () => {
  const german = ['Patient', 'Patientin', 'Mitarbeiter', 'Mitarbeiterin', 'Bewerber', 'Bewerberin']
  const spokenOf = [
    ...german.map((who) => `die ${who}`),
    'el paciente',
    'le patient',
    'la patiente',
    'the tenant',
  ]
  for (const person of spokenOf) assert.ok(says(`${person} hat `), person)
})
