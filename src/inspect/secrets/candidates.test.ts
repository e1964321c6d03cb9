import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleOf } from '../test-found.ts'
import { seeded } from '../test-random.ts'
import { bitsOfTies, candidatesAfter, isInSentence, type Tie, tiedCandidates } from './candidates.ts'
import { keyWords, passwordWords } from './words.ts'

const words = new RegExp([...passwordWords, ...keyWords].join('|'), 'gi')

/** Values of all candidates of a text, as written, each once. */
const valuesIn = (text: string): readonly string[] => {
  const found = new Set<string>()
  for (const { 0: word, index } of text.matchAll(words)) {
    for (const { start, end } of candidatesAfter(text, index, index + word.length))
      found.add(text.slice(start, end))
  }
  return [...found]
}

const notations: readonly string[] = [
  'password = «kx7Qw-2»',
  'password: «kx7Qw-2»\nnext',
  "'password' => '«kx7Qw-2»',",
  '{"client_secret":"«kx7Qw-2»"}',
  '{\\"token\\": \\"«kx7Qw-2»\\"}',
  'PASSWORD+="«kx7Qw-2»"',
  'const token: string = `«kx7Qw-2»`',
  'token := []byte("«kx7Qw-2»")',
  "config['api_key'] = '«kx7Qw-2»'",
  '<password>«kx7Qw-2»</password>',
  '<add key="ApiKey" value="«kx7Qw-2»" />'.replace('key="ApiKey" value', 'apiKey'),
  'mysql --password «kx7Qw-2» -h db',
  'Authorization: Bearer «kx7Qw-2»',
  'Authorization: Basic «YTpiYzEyMw»==',
  "CREATE USER anna IDENTIFIED BY '«kx7Qw-2»'",
  'setPassword("«kx7Qw-2»")',
  "tokens: ['«kx7Qw-2»', '«ab9Zt-4»']",
  '?access_token=«kx7Qw-2»&user=anna',
  "$pass = ConvertTo-SecureString '«kx7Qw-2»' -AsPlainText",
  'the password is «kx7Qw-2».',
  'my password for the router is «kx7Qw-2»',
  'Das Kennwort lautet «kx7Qw-2»',
  'la contraseña es «kx7Qw-2»',
  'a senha é «kx7Qw-2»',
  'het wachtwoord is «kx7Qw-2»',
  'mot de passe : «kx7Qw-2»',
  'vendor SECRET «kx7Qw2»',
  `'API_KEY', '"«kx7Qw-2»"'`,
  'variable "api_token" {\n  default = "«kx7Qw-2»"\n}',
  'PASSWORD = os.environ.get("PASSWORD") or "«kx7Qw-2»"',
  '#define\\tpassword\\t\\"«kx7Qw-2»\\"',
  'password for master:«kx7Qw-2»',
  'Authorization: SSWS «kx7Qw-2»',
  'href="https://example.com?token=&quot;«kx7Qw-2»&quot;"',
  'token = "«kx7Qw-2kx7Qw-2kx7Qw-2»',
]

for (const notation of notations) {
  test(`a candidate is what is given to the name: ${notation.slice(0, 60)}`, () => {
    const { text, wanted } = exampleOf(notation)
    for (const value of wanted)
      assert.ok(
        valuesIn(text).some((found) => found === value || found === `${value}==`),
        `${JSON.stringify(valuesIn(text))} lacks ${value}`,
      )
  })
}

test('words of a sentence beside the name are no candidates', () => {
  assert.deepEqual(valuesIn('the token expires soon and the key opens the door'), [])
})

test('a value without end, or longer than any secret, is no candidate', () => {
  assert.deepEqual(valuesIn('password = "kx7Qw'), [])
  assert.deepEqual(valuesIn(`password = "${'a1'.repeat(2_000)}"`), [])
})

test('where a name is said to be a word of a sentence, no tie that is asked for gives a value', () => {
  const alone: readonly Tie[] = ['assigned', 'beside']
  const asked = { mayEnd: () => true, ties: bitsOfTies(alone) }
  const pieces =
    'points access to for is was lautet Bearer token Key new await bot( foo. a, <b> </a> > = : -> " \n 12 x7-Q für a.b internationalisierungen'.split(
      ' ',
    )
  const random = seeded(11)
  let seen = 0
  let seenAlone = 0
  for (let round = 0; round < 5_000; round++) {
    let text = 'key'
    for (let count = 0; count < 5; count++) text += (random.below(10) > 0 ? ' ' : '') + random.pick(pieces)
    if (isInSentence(text, 3, asked.ties)) {
      seenAlone++
      const given = tiedCandidates(text, 0, 3, false, asked)
      assert.deepEqual(
        given.filter(({ tie }) => alone.includes(tie)),
        [],
        text,
      )
    }
    if (!isInSentence(text, 3)) continue
    seen++
    assert.deepEqual(tiedCandidates(text, 0, 3, false), [], text)
  }
  assert.ok(seen > 300)
  assert.ok(seenAlone > seen)
})

test('whoever asks for values with a digit gets all of them', () => {
  const pieces =
    ': = :: := weather string, none Bearer SSWS token new await bot( a1-b2 12 x7Q x "x7" "word" , . \n'.split(
      ' ',
    )
  const random = seeded(12)
  const asked = { mayEnd: () => true, ties: bitsOfTies(['assigned', 'beside']) }
  const withDigit = (text: string, found: ReturnType<typeof candidatesAfter>) =>
    found.filter(({ start, end }) => /\d/.test(text.slice(start, end)))
  let given = 0
  let spared = 0
  for (let round = 0; round < 40_000; round++) {
    let text = 'key'
    for (let count = 0; count < 5; count++) text += random.pick(['', ' ']) + random.pick(pieces)
    const all = candidatesAfter(text, 0, 3, asked)
    const some = candidatesAfter(text, 0, 3, { ...asked, hasDigit: true })
    assert.deepEqual(withDigit(text, some), withDigit(text, all), text)
    given += withDigit(text, all).length
    spared += all.length - some.length
  }
  assert.ok(given > 300)
  assert.ok(spared > 100)
})

test('names inside one long value are told alike whether or not it was read before', () => {
  const text = `${'key='.repeat(300)}${'a1B2'.repeat(30)}`
  const ends = Array.from({ length: 300 }, (_, at) => 4 * at + 3)
  const found = (end: number): number => candidatesAfter(text, end - 3, end).length
  const inOrder = ends.map(found)
  assert.deepEqual(ends.toReversed().map(found).toReversed(), inOrder)
  assert.equal(inOrder[0], 0)
  assert.equal(inOrder.at(-1), 1)
})
