import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hasDisguise, isDisguise, isDisguiseAt, mayDisguise, readingsOf } from './disguise.ts'
import type { View } from './reading-writer.ts'
import { randomText, seeded } from './test-random.ts'

const readings = (text: string): readonly string[] => readingsOf(text).map((view) => view.text)

test('a text without disguise has one reading: itself', () => {
  for (const text of ['', 'Anna', 'née Müller', '中文', 'a—b', '😀', '\ud83d', '\u0000']) {
    assert.deepEqual(readings(text), [text])
  }
})

const invisible: readonly (readonly [string, string])[] = [
  ['soft hyphen', '\u00ad'],
  ['grapheme joiner', '\u034f'],
  ['Hangul filler', '\u115f'],
  ['Mongolian vowel separator', '\u180e'],
  ['zero-width space', '\u200b'],
  ['zero-width non-joiner', '\u200c'],
  ['zero-width joiner', '\u200d'],
  ['right-to-left mark', '\u200f'],
  ['right-to-left override', '\u202e'],
  ['word joiner', '\u2060'],
  ['isolate', '\u2066'],
  ['variation selector', '\ufe0f'],
  ['byte order mark', '\ufeff'],
  ['tag character', '\u{E0041}'],
  ['variation selector 17', '\u{E0100}'],
]

for (const [name, character] of invisible) {
  test(`${name}: gone in one reading, a space in the other`, () => {
    const spaces = ' '.repeat(character.length)
    assert.deepEqual(readings(`ab${character}cd`), ['abcd', `ab${spaces}cd`])
    assert.deepEqual(readings(`${character}ab`), ['ab', `${spaces}ab`])
    assert.deepEqual(readings(`ab${character}`), ['ab', `ab${spaces}`])
    assert.deepEqual(readings(character), ['', spaces])
    assert.ok(isDisguise(character.charCodeAt(0)))
  })
}

const replaced: readonly (readonly [string, string, string])[] = [
  ['no-break space', '\u00a0', ' '],
  ['thin space', '\u2009', ' '],
  ['ideographic space', '\u3000', ' '],
  ['no-break hyphen', '\u2011', '-'],
  ['en dash', '–', '-'],
  ['minus', '−', '-'],
  ['full-width digit', '４', '4'],
  ['full-width letter', 'Ａ', 'A'],
  ['full-width at', '＠', '@'],
  ['Arabic-Indic digit', '٤', '4'],
  ['Persian digit', '۴', '4'],
  ['Devanagari digit', '४', '4'],
  ['Bengali digit', '৪', '4'],
  ['Thai digit', '๔', '4'],
  ['Khmer digit', '៤', '4'],
]

for (const [name, character, plain] of replaced) {
  test(`${name}: one reading, in which it is ${JSON.stringify(plain)}`, () => {
    assert.deepEqual(readings(`ab${character}cd`), [`ab${plain}cd`])
    assert.ok(isDisguise(character.charCodeAt(0)))
  })
}

test('the em dash separates clauses and stays', () => {
  assert.equal(isDisguise('—'.charCodeAt(0)), false)
})

test('half of a pair that is no tag stays, in one reading and in the other', () => {
  assert.deepEqual(readings('\ude00\u200b\ude00'), ['\ude00\ude00', '\ude00 \ude00'])
  assert.deepEqual(readings('\udb40x'), ['x', ' x'])
})

const originalOf = (view: View | undefined, position: number): number =>
  view?.spanOf(position, position + 1).start ?? Number.NaN

test('positions lead back to where a unit stands in the original', () => {
  const text = 'a\u200b\u200bb４\u{E0041}c\ufeff'
  const [joined, parted] = readingsOf(text)
  assert.equal(joined?.text, 'ab4c')
  assert.deepEqual(
    [0, 1, 2, 3].map((position) => originalOf(joined, position)),
    [0, 3, 4, 7],
  )
  assert.equal(parted?.text.length, text.length)
  assert.deepEqual(
    [0, 3, 8].map((position) => originalOf(parted, position)),
    [0, 3, 8],
  )
})

for (let seed = 1; seed <= 20; seed++) {
  test(`every unit of every reading leads back to one that reads so (${seed})`, () => {
    const random = seeded(seed)
    for (let round = 0; round < 40; round++) {
      const text = randomText(random, 30)
      const [joined, parted] = readingsOf(text)
      assert.ok(joined !== undefined)
      let last = -1
      for (let position = 0; position < joined.text.length; position++) {
        const original = originalOf(joined, position)
        assert.ok(original > last && original < text.length, 'positions rise and stay inside')
        const unit = text.charCodeAt(original)
        // A letter that was composed with its mark leads back to the letter.
        const letter = joined.text.charAt(position).normalize('NFD').charAt(0)
        if (!isDisguise(unit)) assert.equal(letter, text.charAt(original).normalize('NFD').charAt(0))
        last = original
      }
      if (parted !== undefined) assert.equal(parted.text.length, text.length)
    }
  })
}

test('marks a text begins with lead back to its beginning', () => {
  for (const marks of ['\u0301', '\u0301\u0302\u0303\u0304']) {
    const [joined, parted] = readingsOf(`${marks}ab`)
    assert.deepEqual(joined?.spanOf(0, 1), { start: 0, end: marks.length })
    assert.deepEqual(parted?.spanOf(marks.length, marks.length + 2), {
      start: marks.length,
      end: marks.length + 2,
    })
  }
})

test('a reading is not disguised any more', () => {
  const random = seeded(21)
  for (let round = 0; round < 200; round++) {
    for (const reading of readings(randomText(random, 30))) {
      for (let index = 0; index < reading.length; index++) {
        assert.equal(isDisguise(reading.charCodeAt(index)), false, JSON.stringify(reading))
      }
    }
  }
})

test('a long row of digits of another script is read without overflowing the stack', () => {
  const [view] = readingsOf('٤'.repeat(300_000))
  assert.equal(view?.text, '4'.repeat(300_000))
})

const lookAlike: readonly (readonly [string, string])[] = [
  ['ignоrе', 'ignore'],
  ['раypal', 'paypal'],
  ['ΑKIA2Χ', 'AKIA2X'],
  ['АКІА2QW', 'AKIA2QW'],
  ['а link', 'a link'],
  ['vаlսe', 'value'],
]

for (const [written, plain] of lookAlike) {
  test(`letters of other alphabets among Latin ones are read as these: ${plain}`, () => {
    assert.deepEqual(readings(written), [plain, written])
  })
}

test('a text in another alphabet is read as it is', () => {
  for (const text of [
    'все сообщения',
    '5 кг, 10см и 3D-печать',
    'παράδειγμα',
    'ΑΒΓ-5',
    'USB-кабель и а',
    'μm 5α',
  ]) {
    assert.deepEqual(readings(text), [text])
    assert.ok(
      !Array.from(text, (_, at) => at).some(
        (at) => mayDisguise(text.charCodeAt(at)) && isDisguiseAt(text, at),
      ),
    )
  }
})

const compatible: readonly (readonly [string, string])[] = [
  ['𝐢𝓰𝔫𝕠𝗿𝚎', 'ignore'],
  ['𝟒𝟙𝟭', '411'],
  ['ⓘⒼ⒩①⒈', 'iGn11'],
  ['🄰🅑🅱', 'ABB'],
  ['ﬁﬂﬀ', 'fiflff'],
  ['Ⅷ ⅳ', 'VIII iv'],
  ['ℋᵃ', 'Ha'],
  ['cafe\u0301 Mu\u0308ller', 'café Müller'],
  ['z\u0337a\u0335\u0321l\u0334g\u0337o\u0338', 'zalgo'],
]

for (const [written, plain] of compatible) {
  test(`compatibility forms and stacked marks are read as what they stand for: ${plain}`, () => {
    assert.equal(readings(written)[0], plain)
  })
}

test('a word of look-alikes alone is read as Latin beside a word that holds a Latin letter, whatever its edges are', () => {
  assert.deepEqual(readings('"І саn\'t", \u0456ѕ rulе'), ['"I can\'t", is rule', '"І саn\'t", іѕ rulе'])
  assert.equal(readings('rulе ѕ')[0], 'rule s')
})

test('a disguise is found wherever it stands, also behind many letters of another alphabet', () => {
  const russian = '\u0432\u0441\u0435 \u0441\u043e\u043e\u0431\u0449\u0435\u043d\u0438\u044f '.repeat(20)
  for (const before of ['', 'plain ', russian]) {
    assert.equal(hasDisguise(`${before}end`), false)
    for (const hidden of ['\u200b', '\uff11', '\u2013', 'p\u0430y', '\ud835\udc1c']) {
      assert.equal(hasDisguise(`${before}${hidden}`), true)
      assert.equal(hasDisguise(`${hidden} ${before}`), true)
    }
  }
})

test('a raised digit after a number is part of it in one reading only', () => {
  assert.deepEqual(readings('555-0123¹'), ['555-01231', '555-0123 '])
})

test('an emoji is no disguise, and neither is what makes it one or joins two', () => {
  for (const text of ['😀', '❤\ufe0f', '👩\u200d💻', '🌀', '🇬🇧']) {
    const isDisguised = Array.from({ length: text.length }, (_, at) => at).some(
      (at) => mayDisguise(text.charCodeAt(at)) && isDisguiseAt(text, at),
    )
    assert.equal(isDisguised, false, text)
  }
})

test('a character that stands for several, or several for one, leads back as a whole', () => {
  const [view] = readingsOf('a\ufb01b𝐜d')
  assert.equal(view?.text, 'afibcd')
  assert.deepEqual(view?.spanOf(1, 3), { start: 1, end: 2 })
  assert.deepEqual(view?.spanOf(2, 3), { start: 1, end: 2 })
  assert.deepEqual(view?.spanOf(4, 5), { start: 3, end: 5 })
})

test('dashes, spaces and full-width signs stand each for one unit of the only reading, beside what they do not touch', () => {
  const text = '1990\u20132001\u00a0（ＡＢ）\uff0c привет 🅰️'.slice(0, -3)
  const views = readingsOf(text)
  assert.deepEqual(
    views.map((view) => view.text),
    ['1990-2001 (AB), привет '],
  )
  for (let at = 0; at < text.length; at++) assert.equal(views[0]?.spanOf(at, at + 1).start, at)
})
