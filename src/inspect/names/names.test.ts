import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { processorMs } from '#/core/test-processor-time.ts'
import { createInspector } from '../inspector.ts'
import { randomText, seeded } from '../test-random.ts'
import { loadNames, loadNamesLater } from './names.ts'
import { smallWeights } from './test-weights.ts'

const folder = join(import.meta.dirname, '..', '..', '..', 'catalogue', 'names')
const weights = {
  general: readFileSync(join(folder, 'general.bin')),
  clinical: readFileSync(join(folder, 'clinical.bin')),
}
const shipped = loadNames(weights)
const small = loadNames({ general: smallWeights() })

const namesIn = (text: string): readonly string[] =>
  shipped.find(text).map(({ start, end, kind }) => `${kind.type}: ${text.slice(start, end)}`)

test('people, places and organisations are found in six languages', () => {
  const wanted: readonly (readonly [string, readonly string[]])[] = [
    ['My name is Anna Keller and I live in Boston.', ['person-name: Anna Keller', 'place-name: Boston']],
    [
      'Sehr geehrte Frau Keller, wir sehen uns in Berlin.',
      ['person-title: Frau', 'person-name: Keller', 'place-name: Berlin'],
    ],
    ["Je m'appelle Anna Martin et j'habite à Lyon.", ['person-name: Anna Martin', 'place-name: Lyon']],
    ['Me llamo Ana García y vivo en Madrid.', ['person-name: Ana García', 'place-name: Madrid']],
    ['Ik heet Anna de Vries en woon in Utrecht.', ['person-name: Anna de Vries', 'place-name: Utrecht']],
    ['Meu nome é Ana Souza e moro em Lisboa.', ['person-name: Ana Souza', 'place-name: Lisboa']],
  ]
  for (const [text, names] of wanted) assert.deepEqual(namesIn(text), names, text)
})

test('names without capitals are found where people introduce themselves', () => {
  assert.deepEqual(namesIn('hi, my name is anna keller, can you help me?'), ['person-name: anna keller'])
})

test('forms, tables and JSON are read like sentences', () => {
  assert.ok(namesIn('Name: Anna Keller\nCity: Boston').includes('person-name: Anna Keller'))
  assert.ok(namesIn('{"name": "Anna Keller", "city": "Boston"}').includes('person-name: Anna Keller'))
})

test('a place and an organisation leave a text public, a person does not', () => {
  const inspector = createInspector({ terms: [], names: shipped })
  const classesIn = (text: string): readonly string[] => [
    ...new Set(inspector.inspect(text, 'user').map(inspector.classOf)),
  ]
  assert.deepEqual(classesIn('What is the weather in Berlin?'), ['public'])
  assert.deepEqual(classesIn('My name is Anna Keller.'), ['internal'])
})

test('a form of address is a finding of its own, so that the name keeps its pseudonym', () => {
  assert.deepEqual(namesIn('We met Mrs. Keller.'), ['person-title: Mrs.', 'person-name: Keller'])
})

test('ordinary requests hold no person', () => {
  for (const text of [
    'Write a Python function that sorts a list.',
    'Please summarise the attached report and list the open points.',
    'SELECT name FROM customers ORDER BY name;',
    'Bitte fasse den Text in drei Sätzen zusammen.',
    'What is the difference between TCP and UDP?',
    'const total = items.reduce((sum, item) => sum + item.price, 0)',
  ])
    assert.deepEqual(
      namesIn(text).filter((name) => name.startsWith('person')),
      [],
      text,
    )
})

test('a Spanish clinical note is read by weights of its own', () => {
  const note =
    'Datos del paciente.\nNombre: Ana.\nApellidos: García Ruiz.\nNHC: 1234567.\nFecha de nacimiento: 12/03/1961.\n' +
    'Edad: 55 años Sexo: M.\nMédico: Luis Pérez Gil. NºCol: 28 28 12345.\nInforme clínico del paciente: ingresó en el ' +
    'hospital por dolor. Antecedentes: ninguno. Diagnóstico y tratamiento al alta.'
  const types = new Set(shipped.find(note).map(({ kind }) => kind.type))
  assert.ok(types.has('patient-detail') && types.has('person-name'), [...types].join())
  assert.ok(!namesIn('El plazo termina el 12/03/1961.').some((name) => name.startsWith('patient')))
})

test('names are looked for in what people and tools write, not in instructions', () => {
  const { inspect } = createInspector({ terms: [], names: small })
  assert.equal(inspect('Ask Ada.', 'user').length, 1)
  assert.equal(inspect('Ask Ada.', 'tool-result').length, 1)
  for (const channel of ['system', 'tool-definition', 'assistant', 'answer'] as const)
    assert.equal(inspect('Ask Ada.', channel).length, 0, channel)
})

test('a name inside an address of mail is the address, and a disguised name is found at its place', () => {
  const { inspect } = createInspector({ terms: [], names: small })
  assert.deepEqual(
    inspect('ada@example.com', 'user').map(({ type }) => type),
    ['email'],
  )
  const text = 'Ask A\u200bda.'
  assert.deepEqual(
    inspect(text, 'user').map(({ start, end }) => text.slice(start, end)),
    ['A\u200bda'],
  )
})

test('without names an inspector knows no kind of them; with them its version is another', () => {
  const without = createInspector({ terms: [] })
  const withNames = createInspector({ terms: [], names: small })
  const other = createInspector({ terms: [], names: { ...small, version: 'another' } })
  assert.equal(new Set([without.version, withNames.version, other.version]).size, 3)
  assert.ok(!without.kinds.some(({ type }) => type === 'person-name'))
  assert.ok(withNames.kinds.some(({ type }) => type === 'person-name'))
  assert.deepEqual(without.inspect('Ask Ada.', 'user'), [])
})

test('weights are read when the first text comes, once', () => {
  let reads = 0
  const later = loadNamesLater(small.version, () => {
    reads++
    return { general: smallWeights() }
  })
  assert.equal(reads, 0)
  assert.equal(later.find('Ask Ada.').length, 1)
  assert.equal(later.find('Ask Ada.').length, 1)
  assert.equal(reads, 1)
})

test('the version beside the weights is that of the weights, and all of them are at most 2.5 MB', () => {
  const { version } = JSON.parse(readFileSync(join(folder, 'version.json'), 'utf8'))
  assert.equal(shipped.version, version)
  assert.ok(weights.general.length + weights.clinical.length <= 2_500_000)
})

test('a reason never repeats the name', () => {
  for (const { why } of shipped.find('Anna Keller met Ben Howard in Paris.'))
    assert.doesNotMatch(why, /Anna|Keller|Ben|Howard|Paris/)
})

test('any string is read without an error, in order, without overlap', () => {
  const random = seeded(5)
  for (let round = 0; round < 300; round++) {
    const text = `${randomText(random, 200)} Anna Keller ${randomText(random, 50)}`
    let last = 0
    for (const { start, end, score } of shipped.find(text)) {
      assert.ok(start >= last && end > start && end <= text.length && score >= 0.5 && score <= 1)
      last = end
    }
  }
})

test('a long text gives what its parts give, in time that grows with it', () => {
  const line = 'Anna Keller from Boston called. '
  const found = shipped.find(line.repeat(5_000))
  assert.ok(found.length >= 9_900, String(found.length))
  const names = 'Anna Keller '.repeat(20_000)
  const startedAt = processorMs()
  shipped.find(names)
  assert.ok(processorMs() - startedAt < 5_000)
})
