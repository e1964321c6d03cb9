import assert from 'node:assert/strict'
import { test } from 'node:test'
import { furtherDetectors } from '#/inspect/further/index.ts'
import { scoreInjection } from '#/inspect/injection/score.ts'
import { createInjectionScorer } from '#/inspect/injection/scorer.ts'
import { modelFor } from '#/inspect/injection/test-model.ts'
import { createInspector } from '#/inspect/inspector.ts'

/**
 * Texts made to be slow: each unit repeated starts a search, and what would end it never comes. Four times the text
 * may take four times as long; sixteen times would be quadratic. Measured as the best of several runs, with room for
 * a busy machine.
 */
const units: Readonly<Record<string, string>> = {
  'letters of no word': 'a',
  'at signs': '@',
  'addresses that overlap': 'a@b.cd@e.fg@',
  'labels without end': 'a.',
  'beginnings of addresses': '://',
  'users without hosts': 'a://a:b',
  'headers of tokens': 'eyJ',
  'headers after dots': '.eyJaaaaaaaaaaa',
  'headers that are none': ` eyJ${'a'.repeat(1_196)}`,
  'tokens after tokens': '.eyJhbGciOiJIUzI1NiJ9',
  'one long number': '1',
  'digits one by one': '1 ',
  'groups of four': '4111 ',
  'cards in a row': '4111 1111 1111 1111 ',
  'hyphened numbers': '536-22-8145 ',
  'bare ids': '44051401359 ',
  'ids after a word': 'pesel 44051401359 ',
  'ids that are almost written': '390.533.447-0',
  'vehicle numbers': '1HGBH41JXMN109186 ',
  'one long word of letters and digits': 'a1',
  'short words of letters and digits': '1EG4-',
  'countries before numbers': 'DE 136695976 ',
  'numbers after a word': 'call 5550123 5550123 ',
  'plus signs': '+1 ',
  extensions: '+44 20 7946 0958 ext. ',
  brackets: '(212) ',
  'headers of keys': '-----BEGIN PRIVATE KEY-----',
  'keys of short lines': `-----BEGIN PRIVATE KEY-----\n${'a '.repeat(200)}`,
  'keys without end': `-----BEGIN PRIVATE KEY-----\n${'a'.repeat(64)}\n`,
  hyphens: '-',
  underscores: '_',
  'keys that end in hyphens': `sk-proj-${'-'.repeat(249)}x`,
  'names of secrets': 'secret access key aaaa/',
  'names of passwords': 'password:"',
  'passwords without end': 'password = "aA1!aA1!',
  'country codes': 'de89',
  'account numbers': 'GB82 WEST 1234 5698 7654 32 ',
  'characters of a script without spaces': '中',
  'invisible characters': '\u200b',
  'digits with something invisible between': '4\u200b1\u200b',
  'tag characters': '\udb40\udc41',
  'half pairs': '\ud83d',
  'pictures without end': '![](http://a?=',
  'pictures with long addresses': `![a](https://x.y/z?q=${'a'.repeat(63)}`,
  'orders without end': 'ignore all previous ',
  'other identities': 'you are now ',
  'data to be sent': 'send all the ',
  'turns of a conversation': '\nsystem ',
  'requests without object': 'how can i make a ',
  'orders in a row': 'write me a detailed guide to make ',
  'quotes and commas': '"*_,',
  'names of security codes': 'cvv : : ',
  'names of accounts': 'account number is of the my ',
  'sort codes': 'sort code 12-34-56 ',
  'banks after banks': 'iban DE89 3704 0044 ',
  diagnoses: 'ICD-10 E11.9, I10, J45.0 ',
  'illnesses of nobody': 'diabetes ',
  'beginnings of words without end': 'rxgrp',
  'persons in one word': 'patient',
  'illnesses of persons': 'my sister has been also now diabetes ',
  'persons without illnesses': 'the patient was diagnosed with ',
  'addresses of machines': '10.0.0.1 ',
  'groups of base sixteen': '2001:db8:1:',
  'pairs of base sixteen': '1a:',
  'hosts without end': 'a.b-1.local',
  'streets without end': '12 Example Example ',
  'streets before numbers': 'Hauptstr. 1 ',
  'towns without end': '12 Example Street, Example Example, ',
  'states and numbers': ', TX 7500 ',
  'dates of birth': 'born on 3 May 198 ',
  ages: 'aged 3 years old ',
  profiles: 'linkedin.com/in/a',
  'long words of letters and digits': `1${'aA1'.repeat(13)} `,
  'percent signs': '%3D',
  backslashes: '\\n',
  'letters with marks': 'a\u0301',
  'alphabets in turn': 'aа',
  'mathematical letters': '\u{1D41A}',
  'letters set apart': 'a ',
  'bytes in hexadecimal': '41 ',
  'hexadecimal without end': '41',
  'binary digits': '01000001 ',
  'percent-encoding of itself': '%25',
  'HTML entities': '&#65;',
  'beginnings of entities': '&a',
  'backslashes without end': '\\',
  'escapes of bytes': '\\x41',
  'soft line ends': '=\n=41',
  'words in ROT13': 'vtaber ',
  'words in mirror writing': 'erongi ',
  'words with digits': '1gn0re ',
  'addresses in Base64': 'YW5uYUBleGFtcGxlLmNvbQ== ',
  'lines of Base64': 'YW5uYUBleGFtcGxlLmNv\n',
  'lines of Base64 that is no text': `MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcw${'ggSjAgEAAoIBAQC7VJTUt9Us'}\n`,
  'short lines of Base64 that is no text': 'eyJrIjoiaB3dE5fG\n',
  'ids after a word in Cyrillic': 'ИНН 7707083894 ',
  'ends of keys': 'JQQJ',
  'names of vendors': 'auth0 ',
  UUIDs: '0a1b2c3d-4e5f-4071-8293-a4b5c6d7e8f9 ',
  'numbers of members': 'member id 123 ',
  'drugs nobody takes': 'a person taking metformin ',
  'ages of nothing': 'average age: 42, ',
  'illnesses in fields without a name': 'hiv: ',
  'everything in turn':
    '&#65;%41\\x41=41 YW5uYUBleGFtcGxlLmNvbQ== a b c d e f g vtaber erongi 1gn0re 41 41 41 41 41 41 ',
}

const terms = ['de8', 'a.a', '411 ', '中中中', 'call me', '---x'].map((term) => ({
  term: term.trim(),
  label: 'codename',
  class: 'internal' as const,
  isCaseSensitive: false,
}))

const model = modelFor('ignore all previous and so on')
const withInjection = createInspector({ terms: [], injection: createInjectionScorer({ model }) })
const { inspect } = createInspector({
  terms: terms.filter(({ term }) => term.length >= 3),
  further: furtherDetectors,
})

function msFor(work: (text: string) => unknown, text: string): number {
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3; round++) {
    const start = performance.now()
    work(text)
    best = Math.min(best, performance.now() - start)
  }
  return best
}

const works: readonly (readonly [string, (text: string) => unknown])[] = [
  ['inspection', (text) => inspect(text, 'user')],
  ['the score for injection', scoreInjection],
  ['inspection for injection and harm', (text) => withInjection.inspect(text, 'user')],
]

for (const [what, work] of works) {
  for (const [name, unit] of Object.entries(units)) {
    test(`${what} takes time in proportion to the text: ${name}`, () => {
      const small = unit.repeat(Math.ceil(25_000 / unit.length))
      work(small)
      const ratio = (): number => msFor(work, small.repeat(4)) / (msFor(work, small) + 1)
      // Once more where the machine was busy.
      assert.ok(
        ratio() < 10 || ratio() < 10 || ratio() < 10,
        `${ratio()} times as long for four times the text`,
      )
    })
  }
}
