import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { startOfDayMs } from '../fields.ts'
import { readRecordFile } from '../read-file.ts'
import { draftOf } from './draft.ts'
import { catalogueFolder, readCatalogueOfferings, readOfferings } from './read-catalogue.ts'
import { factsOf, viewOfCatalogue } from './view.ts'

const offerings = readCatalogueOfferings()
/** The day the catalogue was written: ceilings fall as its facts end. */
const writtenMs = Date.parse('2026-11-26T12:00:00Z')

test('there are at least 30 offerings, no two with the same id', () => {
  assert.ok(offerings.length >= 30, String(offerings.length))
  assert.equal(new Set(offerings.map(({ id }) => id)).size, offerings.length)
})

test('every fact has an https address and a day that is not in the future, and so has what conflicts with it', () => {
  const days = offerings.flatMap(({ id, facts }) =>
    Object.values(facts).flatMap((fact) =>
      [fact, ...fact.conflicts].map(({ asOf, source }) => ({ id, asOf, source })),
    ),
  )
  assert.ok(days.length > 200)
  for (const { id, asOf, source } of days) {
    assert.equal(new URL(source).protocol, 'https:', id)
    assert.ok(startOfDayMs(asOf)! <= Date.now(), `${id}: ${asOf}`)
    assert.ok(asOf >= '2026-01-01', `${id}: ${asOf} is no fact of 2026`)
  }
})

test('where sources differ, at least one says something else', () => {
  const differing = offerings.flatMap(({ facts }) =>
    Object.values(facts).filter(({ conflicts }) => conflicts.length > 0),
  )
  assert.ok(differing.length >= 10)
  for (const { is, conflicts } of differing) assert.ok(conflicts.some((each) => each.is !== is))
})

test('of two numbers of days the longer is chosen, and of two ways of training the more open', () => {
  const openness = ['never', 'opt-in', 'opt-out', 'yes']
  for (const { id, facts } of offerings) {
    const { retentionDays, trains } = facts
    for (const { is } of retentionDays?.conflicts ?? [])
      assert.ok(Number(is) <= Number(retentionDays?.is), id)
    for (const { is } of trains?.conflicts ?? [])
      assert.ok(openness.indexOf(String(is)) <= openness.indexOf(String(trains?.is)), id)
  }
})

test('every offering becomes a record that can be applied, facts and sources as they are', () => {
  for (const offering of offerings) {
    const file = readRecordFile(draftOf(offering, { connection: 'west', model: 'large' }), 'draft.yaml')
    const [record] = file.records
    assert.equal(record?.id, offering.id)
    assert.deepEqual((record!.body as { facts: object }).facts, factsOf(offering))
  }
})

test('a draft tells what differs, what is unknown and what is to be kept in mind', () => {
  const groq = offerings.find(({ id }) => id === 'groq-cloud')!
  const text = draftOf(groq, { connection: 'west', model: 'large' })
  assert.match(text, /^# Sources differ: retentionDays is 30 here; https:\S+ said 0 on 2026-11-26\./m)
  assert.match(text, /^# Unknown, and so it carries less: region, /m)
  const own = offerings.find(({ id }) => id === 'self-vllm')!
  assert.match(
    draftOf(own, { connection: 'own', model: 'm' }),
    /^# Own machines are approved once selfHosted/m,
  )
})

test('a fact without an end is relied on for 180 days, and unknown after', () => {
  const bedrock = offerings.find(({ id }) => id === 'bedrock-none-private')!
  assert.equal(bedrock.facts.dpa?.asOf, '2026-08-05')
  assert.equal(bedrock.facts.dpa?.until, '2027-02-01')
  const on = (day: string) => viewOfCatalogue(bedrock, Date.parse(`${day}T12:00:00Z`)).ceiling.class
  assert.equal(on('2027-02-01'), 'restricted')
  assert.equal(on('2027-02-02'), 'internal')
})

test('the ceilings are those of the table, so that a changed fact shows', () => {
  const table = offerings
    .map((each) => `${each.id.padEnd(36)} ${viewOfCatalogue(each, writtenMs).ceiling.class ?? 'nothing'}`)
    .join('\n')
  const pinned = readFileSync(join(import.meta.dirname, 'ceilings.txt'), 'utf8')
  assert.equal(`${table}\n`, pinned.replace(/^#.*\n/gm, ''))
})

test('consumer terms carry nothing, whoever they are of', () => {
  const personal = offerings.filter(({ facts }) => facts.tier?.is === 'consumer')
  assert.ok(personal.length >= 4)
  for (const each of personal) assert.equal(viewOfCatalogue(each, writtenMs).ceiling.class, null, each.id)
})

test('every file of the folder is one of ours, and the sources are told about', () => {
  const names = readdirSync(catalogueFolder)
  assert.deepEqual(
    names.filter((name) => !/^[a-z-]+\.yaml$/.test(name)),
    ['SOURCES.md'],
  )
  const told = readFileSync(join(catalogueFolder, 'SOURCES.md'), 'utf8')
  const hosts = new Set(
    offerings.flatMap(({ facts }) =>
      Object.values(facts).flatMap((fact) =>
        [fact, ...fact.conflicts].map(({ source }) => new URL(source).hostname),
      ),
    ),
  )
  for (const host of hosts) assert.ok(told.includes(host), `${host} is not in SOURCES.md`)
})

test('a conflict without a reason, a fact without an address and an unknown field are refused', () => {
  const file = (fact: string) =>
    `platform: P\nofferings:\n  - { id: x, title: X, models: M, facts: { retentionDays: ${fact} } }\n`
  const read = (fact: string) => () => readOfferings(file(fact), 'x.yaml')
  const rest = 'source: https://example.com/terms, asOf: 2026-11-01, by: doc'
  assert.doesNotThrow(read(`{ is: 0, ${rest} }`))
  const conflicts = 'conflicts: [{ is: 30, source: https://example.com/a, asOf: 2026-11-01 }]'
  assert.throws(read(`{ is: 0, ${rest}, ${conflicts} }`), /must stand beside conflicts/)
  assert.throws(read('{ is: 0, source: somebody said, asOf: 2026-11-01, by: doc }'), /https address/)
  assert.throws(read(`{ is: soon, ${rest} }`), /whole number of days/)
  assert.throws(read(`{ is: 0, ${rest}, colour: red }`), /colour/)
})
