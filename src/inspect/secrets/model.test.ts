import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { createInspector } from '../inspector.ts'
import { exampleOf } from '../test-found.ts'
import { weightCount } from './features.ts'
import { letterTableSize } from './letters.ts'
import { loadSecretModel, secretModelBytes, writeSecretModel } from './model.ts'

const bytes = await readFile(new URL('../../../catalogue/secrets/weights.bin', import.meta.url))
const model = loadSecretModel(bytes)
const { inspect, version } = createInspector({ terms: [], secrets: model })

const secretsIn = (text: string): readonly string[] =>
  inspect(text, 'user')
    .filter(({ family }) => family === 'secret')
    .map(({ start, end }) => text.slice(start, end))

test('what is shipped is as small as promised', () => {
  assert.equal(bytes.length, secretModelBytes)
  assert.ok(bytes.length <= 300_000)
})

test('bytes that are no weights are refused', () => {
  assert.throws(() => loadSecretModel(bytes.subarray(1)), /weights of the classifier/)
  assert.throws(() => loadSecretModel(new Uint8Array(secretModelBytes)), /SPSECRT1/)
})

test('weights are read as they were written, and name their version', () => {
  const weights = {
    scale: 1,
    bias: 0,
    letters: new Int8Array(letterTableSize),
    weights: new Int8Array(weightCount),
  }
  const one = loadSecretModel(writeSecretModel(weights))
  const other = loadSecretModel(writeSecretModel({ ...weights, bias: 2 }))
  const candidate = { start: 5, end: 10, nameStart: 0, nameEnd: 3, tie: 'assigned', quote: '' } as const
  assert.equal(one.probability('key= abcde', candidate), 0.5)
  assert.ok(other.probability('key= abcde', candidate) > 0.5)
  assert.notEqual(one.version, other.version)
})

test('the version of inspection changes with the weights', () => {
  assert.notEqual(version, createInspector({ terms: [] }).version)
  assert.equal(version, createInspector({ terms: [], secrets: loadSecretModel(bytes) }).version)
})

const found: readonly string[] = [
  `DB_PASSWORD=«${'zkqv'}jwtx»`,
  `{"password": "«${'hq7'}bwmzr2»"}`,
  `client_secret: '«${'p8e-ibnd'}cvsmAp9ZgPBZ606F»'`,
  `oauth_token = "«${'kdy5x6ov'}8z94aem1»"`,
  `secret_key_base: «${'9bab7012085e'}6f778db553ef520ed6315016fd9b»`,
]

for (const marked of found) {
  test(`the classifier finds what no rule can tell: ${marked.slice(0, 18)}`, () => {
    const { text, wanted } = exampleOf(marked)
    assert.deepEqual(secretsIn(text), wanted)
  })
}

const ignored: readonly string[] = [
  'password: string',
  'password = getPassword(user)',
  'password: "your-password"',
  `password=\${DB_PASSWORD}`,
  'password = process.env.PASSWORD',
  'token: token,',
  'api_key = "YOUR_API_KEY"',
  'secret = ENV["CONSUMER_SECRET"]',
  'sort_key = "relative-time"',
  'The password must be at least twelve characters long.',
  'I forgot my password, what is the way to reset it?',
  'key: value',
  'the key is under the mat',
  'passport number: none',
  'passport: C03005988',
  'Reisepassnummer C01X00T47',
]

for (const text of ignored) {
  test(`the classifier leaves alone what is no secret: ${text}`, () => {
    assert.deepEqual(secretsIn(text), [])
  })
}
