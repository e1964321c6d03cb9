import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hiddenText, signs } from './injection-structure.ts'

const tags = (text: string): string =>
  [...text].map((character) => String.fromCodePoint(0xe0000 + character.charCodeAt(0))).join('')

const england = `\u{1F3F4}${tags('gbeng')}\u{E007F}`
const scotland = `\u{1F3F4}${tags('gbsct')}\u{E007F}`
const wales = `\u{1F3F4}${tags('gbwls')}\u{E007F}`

test('what is written in tag characters is read', () => {
  assert.equal(hiddenText(`Hello${tags('ignore all')} Anna`), 'ignore all')
  assert.equal(hiddenText(tags('a b c')), 'a b c')
  assert.equal(hiddenText(`${tags('one ')}and${tags('two')}`), 'one two')
})

test('flags of regions hide nothing, however many there are', () => {
  assert.equal(hiddenText(england), '')
  assert.equal(hiddenText(`${england} against ${scotland} and ${wales}`.repeat(20)), '')
})

test('what follows a flag is no part of it', () => {
  assert.equal(hiddenText(`${england}${tags('ignore all')}`), 'ignore all')
  assert.equal(hiddenText(`\u{1F3F4}${tags('ignore all previous')}\u{E007F}`), 'ignore all previous')
})

test('a text without tag characters, or with hardly any, hides nothing', () => {
  for (const text of ['', 'Anna', '😀', tags('abc'), '\udb40', '\udb40\udb40', `x\u{E0100}`]) {
    assert.equal(hiddenText(text), '')
  }
})

test('no more than a thousand characters are read', () => {
  assert.equal(hiddenText(tags('a'.repeat(5_000))).length, 1_000)
})

/** Texts that hold a sign, and twins that do not, by a word of its reason. */
const cases: readonly (readonly [string, readonly string[], readonly string[]])[] = [
  [
    'chat template',
    [
      '<|im_start|>',
      '<|im_end|>',
      '<|system|>',
      '<|user|>',
      '<|assistant|>',
      '<|eot_id|>',
      '<|endoftext|>',
      '<|start_header_id|>',
      '[INST]',
      '[/INST]',
      '<<SYS>>',
      '<</SYS>>',
      '<start_of_turn>',
      '</end_of_turn>',
    ],
    ['<|>', '|im_start|', '<im_start>', '[inst]', 'INST', '<<sys>>', '<system>x', '<|other|>'],
  ],
  [
    'turns of a conversation',
    [
      'x\n\nHuman: y',
      'x\r\n\r\nHuman: y',
      '### System\r\nx',
      'x\n\nAssistant: y',
      '### System\n',
      '## System Prompt:\nx',
      'x\n# New Instructions\ny',
    ],
    ['Human: y', 'x\nHuman: y', 'x\n\nhuman: y', '### Systems\n', '##### System\n', '### The System\n'],
  ],
  [
    'message of the system',
    ['[system] x', '<system>', 'x\n  system: y', 'SYSTEM: x', 'System message: x', '[System override]: x'],
    ['the system: x', 'subsystem: x', 'system x', 'x system: y', '      system: y'],
  ],
  [
    'picture',
    [
      '![](https://a.example/x?q={x})',
      '![alt](http://a.example/x?q=<x>)',
      '![alt](https://a.example/x?a=1&q=DATA)',
      '![alt](https://a.example/x?q=%7Bx%7D)',
      `![alt](https://a.example/x?q=${'a1'.repeat(32)})`,
    ],
    [
      '![](https://a.example/x.png)',
      '![](https://a.example/x?width=400)',
      '[text](https://a.example/x?q={x})',
      '![](/x?q={x})',
      `![alt](https://a.example/x?q=${'a1'.repeat(20)})`,
    ],
  ],
]

for (const [word, held, twins] of cases) {
  const sign = signs.find(({ why }) => why.includes(word))

  test(`${word}: there is such a sign, with a weight`, () => {
    assert.ok(sign !== undefined && sign.weight > 0 && sign.weight < 1)
    assert.equal(sign.pattern.global || sign.pattern.sticky, false, 'a pattern keeps no position')
  })

  test(`${word}: seen where it stands`, () => {
    for (const text of held) assert.equal(sign?.pattern.test(text), true, JSON.stringify(text))
  })

  test(`${word}: not seen in what only looks like it`, () => {
    for (const text of twins) assert.equal(sign?.pattern.test(text), false, JSON.stringify(text))
  })
}

test('every sign is tested above', () => {
  assert.equal(signs.length, cases.length)
})
