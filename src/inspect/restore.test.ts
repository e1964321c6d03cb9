import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRestorer } from './restore.ts'
import { type Random, seeded } from './test-random.ts'

const token = 'EMAIL_0123456789'
const one = new Map([[token, 'anna@example.com']])

function restored(pieces: readonly string[], issued: ReadonlyMap<string, string>): string {
  const restorer = createRestorer(issued)
  return pieces.map((piece) => restorer.push(piece)).join('') + restorer.end()
}

test('a token gives way to its original, wherever it stands', () => {
  const wanted: readonly (readonly [string, string])[] = [
    [token, 'anna@example.com'],
    [`to ${token}.`, 'to anna@example.com.'],
    [`${token}${token}`, 'anna@example.comanna@example.com'],
    [`"${token}", (${token})`, '"anna@example.com", (anna@example.com)'],
    [`**${token}**'s`, "**anna@example.com**'s"],
    [`E${token}`, 'Eanna@example.com'],
    [`EMAIL_01234${token}`, 'EMAIL_01234anna@example.com'],
    ['', ''],
  ]
  for (const [text, result] of wanted) assert.equal(restored([text], one), result)
})

test('what was not issued stays as it is, however much it looks like a token', () => {
  for (const text of ['EMAIL_9876543210', 'EMAIL_012345678', 'EMAIL 0123456789', 'EMAIL_']) {
    assert.equal(restored([text], one), text)
    assert.equal(restored([...text], one), text)
  }
})

test('a token split at any position is put back', () => {
  const text = `to ${token} and ${token}`
  for (let at = 0; at <= text.length; at++) {
    assert.equal(
      restored([text.slice(0, at), text.slice(at)], one),
      'to anna@example.com and anna@example.com',
    )
  }
  assert.equal(restored([...text], one), 'to anna@example.com and anna@example.com')
})

test('a token split into three at any two positions is put back', () => {
  for (let first = 0; first <= token.length; first++) {
    for (let second = first; second <= token.length; second++) {
      const pieces = ['<', token.slice(0, first), token.slice(first, second), token.slice(second), '>']
      assert.equal(restored(pieces, one), '<anna@example.com>')
    }
  }
})

test('text that can be no part of a token is released at once', () => {
  const restorer = createRestorer(one)
  assert.equal(restorer.push('Hello, Anna'), 'Hello, Anna')
  assert.equal(restorer.push(' writes to E'), ' writes to ')
  assert.equal(restorer.push('va'), 'Eva')
  assert.equal(restorer.push(`. ${token}`), '. anna@example.com')
  assert.equal(restorer.push('!'), '!')
  assert.equal(restorer.end(), '')
})

test('what is held at the end is released as it is', () => {
  const restorer = createRestorer(one)
  assert.equal(restorer.push('see EMAIL_01234'), 'see ')
  assert.equal(restorer.end(), 'EMAIL_01234')
  assert.equal(restorer.restored(), 0)
})

test('of tokens that begin alike the longest that stands there counts', () => {
  const issued = new Map([
    ['EMAIL_0123456789', 'short'],
    ['EMAIL_0123456789a', 'longer'],
    ['EMAIL_0123456789abc', 'longest'],
  ])
  const wanted: readonly (readonly [string, string])[] = [
    ['EMAIL_0123456789', 'short'],
    ['EMAIL_0123456789 ', 'short '],
    ['EMAIL_0123456789b', 'shortb'],
    ['EMAIL_0123456789a', 'longer'],
    ['EMAIL_0123456789ab', 'longerb'],
    ['EMAIL_0123456789abd', 'longerbd'],
    ['EMAIL_0123456789abc', 'longest'],
    ['EMAIL_0123456789abcd', 'longestd'],
  ]
  for (const [text, result] of wanted) {
    assert.equal(restored([text], issued), result)
    assert.equal(restored([...text], issued), result)
  }
})

test('an original that looks like a token is not read again', () => {
  const issued = new Map([
    [token, 'PHONE_0123456789'],
    ['PHONE_0123456789', token],
  ])
  assert.equal(restored([`${token} PHONE_0123456789`], issued), `PHONE_0123456789 ${token}`)
  assert.equal(restored([...`${token} PHONE_0123456789`], issued), `PHONE_0123456789 ${token}`)
})

test('an original and the text after it never make a token together', () => {
  const issued = new Map([
    ['A_1', 'B_'],
    ['B_2', 'wrong'],
  ])
  assert.equal(restored(['A_1', '2'], issued), 'B_2')
  assert.equal(restored(['A_12'], issued), 'B_2')
})

test('tokens that were put back are counted', () => {
  const restorer = createRestorer(one)
  restorer.push(`${token} ${token.slice(0, 5)}`)
  assert.equal(restorer.restored(), 1)
  restorer.push(`${token.slice(5)} EMAIL_`)
  assert.equal(restorer.restored(), 2)
  restorer.end()
  assert.equal(restorer.restored(), 2)
})

test('where nothing was issued nothing is held and nothing changes', () => {
  const restorer = createRestorer(new Map())
  assert.equal(restorer.push(token.slice(0, 5)), token.slice(0, 5))
  assert.equal(restorer.push(''), '')
  assert.equal(restorer.end(), '')
  assert.equal(restorer.restored(), 0)
})

test('an empty token is a defect', () => {
  assert.throws(() => createRestorer(new Map([['', 'x']])), /empty token/)
})

/** By trying every token, longest first, at every position. */
function slowly(text: string, issued: ReadonlyMap<string, string>): string {
  const tokens = [...issued.keys()].sort((first, second) => second.length - first.length)
  let result = ''
  for (let at = 0; at < text.length; ) {
    const found = tokens.find((each) => text.startsWith(each, at))
    result += found === undefined ? text.charAt(at) : issued.get(found)
    at += found?.length ?? 1
  }
  return result
}

/** Tokens of few letters, so that they begin, end and hold each other as often as they can. */
function someIssued(random: Random): ReadonlyMap<string, string> {
  const issued = new Map<string, string>()
  for (let left = 1 + random.below(6); left > 0; left--) {
    let name = random.pick(['A', 'B'])
    for (let length = random.below(5); length > 0; length--) name += random.pick(['A', 'B', '_', '1'])
    issued.set(name, random.pick(['x', 'AB', '', 'A_1', '"', '\n', '😀']))
  }
  return issued
}

for (let seed = 1; seed <= 30; seed++) {
  test(`however a text is cut, the result is that of the whole text (${seed})`, () => {
    const random = seeded(seed)
    for (let round = 0; round < 50; round++) {
      const issued = someIssued(random)
      let text = ''
      for (let left = random.below(40); left > 0; left--) {
        text += random.pick([...issued.keys(), 'A', 'B', '_', '1', ' ', 'x', '\ud83d', '😀'])
      }
      const wanted = slowly(text, issued)
      assert.equal(restored([text], issued), wanted, JSON.stringify([text, [...issued]]))
      const pieces = random.cut(text, 1 + random.below(6))
      assert.equal(restored(pieces, issued), wanted, JSON.stringify([pieces, [...issued]]))
    }
  })

  test(`no more is held than the beginning of a token, and nothing that cannot be one (${seed})`, () => {
    const random = seeded(seed)
    for (let round = 0; round < 50; round++) {
      const issued = new Map([...someIssued(random).keys()].map((name): [string, string] => [name, name]))
      const restorer = createRestorer(issued)
      let arrived = ''
      let released = ''
      for (let left = random.below(20); left > 0; left--) {
        const piece = random.pick(['A', 'B', '_', '1', ' ', 'AB', 'A_', 'x'])
        arrived += piece
        released += restorer.push(piece)
        // Every token stands for itself here, so what was released is a beginning of what arrived.
        assert.ok(arrived.startsWith(released))
        const held = arrived.slice(released.length)
        const isBeginning = [...issued.keys()].some((name) => name.startsWith(held) && name !== held)
        assert.ok(held === '' || isBeginning, `${held} is held for nothing`)
      }
    }
  })
}

test('many tokens cost no more for each character than few', () => {
  const text = 'EMAIL_0123 EMAIL_ffff is a name. EEEEEEEE '.repeat(2_000)
  const msFor = (count: number): number => {
    const issued = new Map(
      Array.from({ length: count }, (_, index): [string, string] => [
        `EMAIL_${index.toString(16).padStart(10, '0')}`,
        'x',
      ]),
    )
    let best = Number.POSITIVE_INFINITY
    for (let round = 0; round < 3; round++) {
      const start = performance.now()
      restored([text], issued)
      best = Math.min(best, performance.now() - start)
    }
    return best
  }
  assert.ok(msFor(10_000) < 40 * msFor(10) + 50)
})

test('a long text in pieces of one character takes time in proportion to its length', () => {
  const msFor = (length: number): number => {
    const pieces = [...`${'E'.repeat(20)} EMAIL_012345678 `.repeat(length / 37)]
    const start = performance.now()
    restored(pieces, one)
    return performance.now() - start
  }
  msFor(37_000)
  assert.ok(msFor(740_000) < 80 * msFor(37_000) + 100)
})

test('a token written with other capitals or with the escapes of Markdown is put back, and what follows it stays', () => {
  const wanted: readonly (readonly [string, string])[] = [
    ['email_0123456789', 'anna@example.com'],
    ['Email_0123456789, please', 'anna@example.com, please'],
    ['EMAIL\\_0123456789', 'anna@example.com'],
    ['**email\\_0123456789**', '**anna@example.com**'],
    [`${token}'s list`, "anna@example.com's list"],
    ['email_0123456789\u2019s list', 'anna@example.com\u2019s list'],
    [`all ${token}s`, 'all anna@example.coms'],
    [`${token}${token.toLowerCase()}`, `anna@example.com${token.toLowerCase()}`],
    ['myemail_0123456789', 'myemail_0123456789'],
    ['\u00e9email_0123456789', '\u00e9email_0123456789'],
    ['email__0123456789', 'email__0123456789'],
  ]
  for (const [text, result] of wanted) {
    assert.equal(restored([text], one), result)
    assert.equal(restored([...text], one), result)
    for (let at = 0; at <= text.length; at++) {
      assert.equal(restored([text.slice(0, at), text.slice(at)], one), result)
    }
  }
})

test('of two tokens that differ in capitals only, each gives back its own', () => {
  const issued = new Map([
    ['KEY_ab', 'small'],
    ['KEY_AB', 'large'],
  ])
  assert.equal(restored(['KEY_ab KEY_AB'], issued), 'small large')
})

test('letters that grow when made small do not move what is put back', () => {
  assert.equal(restored([`\u0130\u0130 ${token}`], one), '\u0130\u0130 anna@example.com')
})
