import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatRequest, ChatSegment, Dialect } from '#/chat/api.ts'
import { patchBody } from '#/chat/patch.ts'
import { changeTo, valueIn } from '#/chat/test-edits.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { readJsonObject } from '#/core/read-json.ts'
import { Refusal } from '#/core/refusal.ts'
import { dialects } from './index.ts'
import { createRandom, randomBody } from './test-random-bodies.ts'

/** The same promise as place by place, for bodies nobody thought of: every mark is seen, or the request is refused. */

const rounds = 1_500

const read = (dialect: Dialect, body: JsonObject): ChatRequest | Refusal => {
  try {
    return dialect.read(body)
  } catch (error) {
    if (error instanceof Refusal) return error
    throw error
  }
}

/** Everything that stands below a part that was reported as unread. */
const unreadSource = (body: JsonObject, { unread }: ChatRequest): string =>
  unread
    .map(({ path }) => {
      let value: JsonValue | undefined = body
      for (const step of path) value = (value as JsonObject)[step]
      return JSON.stringify(value)
    })
    .join('\n')

for (const dialect of dialects) {
  test(`${dialect.name}: of ${rounds} random bodies, no mark leaves without having been looked at`, () => {
    let seen = 0
    let refused = 0
    for (let seed = 1; seed <= rounds; seed++) {
      const { body, marks } = randomBody(dialect.name, seed)
      const asked = read(dialect, body)
      if (asked instanceof Refusal) {
        refused++
        continue
      }
      const looked = `${asked.segments.map(({ text }) => text).join('\n')}\n${unreadSource(body, asked)}`
      for (const mark of marks) assert.ok(looked.includes(mark), `seed ${seed}: ${mark}`)
      seen += marks.length
    }
    assert.ok(seen > rounds * 5, `${seen} marks are enough to mean something`)
    assert.ok(refused < rounds / 2, `${refused} refusals leave enough to read`)
  })

  test(`${dialect.name}: reading never changes a body, and a body reads alike every time`, () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { body } = randomBody(dialect.name, seed)
      const before = JSON.stringify(body)
      const first = read(dialect, body)
      assert.equal(JSON.stringify(body), before)
      assert.deepEqual(read(dialect, body), first)
    }
  })

  test(`${dialect.name}: random edits change what they name and nothing else`, () => {
    let changed = 0
    for (let seed = 1; seed <= 500; seed++) {
      const { body, marks } = randomBody(dialect.name, seed)
      const asked = read(dialect, body)
      if (asked instanceof Refusal) continue
      const random = createRandom(seed)
      let expected = JSON.stringify(body)
      const edits = []
      for (const segment of asked.segments) {
        const mark = onlyMarkOf(segment, marks)
        if (mark === undefined || random(3) > 0) continue
        edits.push(changeTo(segment, valueIn(segment).replace(mark, `new ${mark.toUpperCase()}`)))
        expected = expected.replace(mark, `new ${mark.toUpperCase()}`)
      }
      changed += edits.length
      assert.equal(JSON.stringify(patchBody(body, edits)), expected, `seed ${seed}`)
    }
    assert.ok(changed > 500, `${changed} edits are enough to mean something`)
  })

  test(`${dialect.name}: whatever may change can lose its mark everywhere at once`, () => {
    for (let seed = 1; seed <= 300; seed++) {
      const { body, marks } = randomBody(dialect.name, seed)
      const asked = read(dialect, body)
      if (asked instanceof Refusal) continue
      const free = asked.segments.filter(({ isFixed }) => !isFixed)
      const left = JSON.stringify(
        patchBody(
          body,
          free.map((segment) => changeTo(segment, 'gone')),
        ),
      )
      const kept = [
        ...asked.segments.filter(({ isFixed }) => isFixed).map(({ text }) => text),
        unreadSource(body, asked),
      ].join('\n')
      for (const mark of marks) {
        if (!kept.includes(mark)) assert.ok(!left.includes(mark), `seed ${seed}: ${mark} is still there`)
      }
    }
  })

  test(`${dialect.name}: what was changed is read again by the reader of bodies`, () => {
    for (let seed = 1; seed <= 200; seed++) {
      const { body } = randomBody(dialect.name, seed)
      const asked = read(dialect, body)
      if (asked instanceof Refusal) continue
      const [segment] = asked.segments.filter(({ isFixed, inner }) => !isFixed && inner === undefined)
      if (segment === undefined) continue
      const patched = patchBody(body, [changeTo(segment, '"quoted"\n\u2028 \\ text')])
      const again = readJsonObject(Buffer.from(JSON.stringify(patched)), 100)
      assert.ok(isJsonObject(again))
      assert.deepEqual(again, patched)
    }
  })
}

/** The mark of a segment that has exactly one and is no number. */
function onlyMarkOf(segment: ChatSegment, marks: readonly string[]): string | undefined {
  if (segment.isFixed) return undefined
  const found = valueIn(segment).match(/mark\d+x/g) ?? []
  return found.length === 1 && marks.includes(found[0]) ? found[0] : undefined
}
