import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatEvent, Dialect, SseEvent, StreamPart } from '#/chat/api.ts'
import { createSseParser } from '#/chat/sse.ts'
import { valueIn } from '#/chat/test-edits.ts'
import { isJsonObject, type JsonObject } from '#/core/json.ts'
import { richBodies } from './test-bodies.ts'

/** What every dialect promises, whatever its wire looks like. One suite for all of them. */

const usage = { inputTokens: 12, outputTokens: 5, cacheReadTokens: 3, cacheWriteTokens: 0 }

const spoken: readonly ChatEvent[] = [
  { kind: 'text', text: 'Hel' },
  { kind: 'text', text: 'lo "you"\n' },
  { kind: 'end', finish: 'stop', usage },
]

/** Two calls that take turns. */
const called: readonly ChatEvent[] = [
  { kind: 'text', text: 'I will.' },
  { kind: 'tool-call', id: 'call_1', name: 'find' },
  { kind: 'tool-arguments', id: 'call_1', text: '{"who":' },
  { kind: 'tool-call', id: 'call_2', name: 'send' },
  { kind: 'tool-arguments', id: 'call_2', text: '{"to":"Bo' },
  { kind: 'tool-arguments', id: 'call_1', text: '"Ada"}' },
  { kind: 'tool-arguments', id: 'call_2', text: 'b"}' },
  { kind: 'end', finish: 'tool-calls', usage },
]

interface Written {
  readonly stream: string
  readonly whole: JsonObject
}

function write(dialect: Dialect, events: readonly ChatEvent[]): Written {
  const writer = dialect.openWriter({
    id: 'r1',
    model: 'west',
    createdAtMs: 1_790_000_000_000,
    includeUsage: true,
  })
  const stream = events.map((event) => writer.event(event)).join('')
  return { stream, whole: writer.whole() }
}

interface Heard {
  readonly events: readonly SseEvent[]
  readonly parts: readonly StreamPart[]
  readonly texts: readonly string[]
}

function hear(dialect: Dialect, stream: string): Heard {
  const reader = dialect.openStream()
  const events = createSseParser().push(stream)
  const parts = events.map((event) => reader.read(event))
  const texts = new Map<string, string>()
  for (const { pieces } of parts)
    for (const { slot, text } of pieces) texts.set(slot, (texts.get(slot) ?? '') + text)
  return { events, parts, texts: [...texts.values()] }
}

const lastOf = <Value>(values: readonly (Value | undefined)[]): Value | undefined =>
  values.findLast((value) => value !== undefined)

export function testDialect(dialect: Dialect): void {
  const { name } = dialect

  test(`${name}: what is written as a stream is heard as it was said`, () => {
    const { parts, texts } = hear(dialect, write(dialect, spoken).stream)
    assert.deepEqual(texts, ['Hello "you"\n'])
    assert.deepEqual(lastOf(parts.map((part) => part.usage)), usage)
    assert.match(lastOf(parts.map((part) => part.finish)) ?? '', /^(stop|end_turn)$/)
    assert.deepEqual(
      parts.map(({ isEnd }) => isEnd),
      [...parts.slice(1).map(() => false), true],
      'only the last event is the end',
    )
    assert.ok(parts.every(({ isError }) => !isError))
  })

  test(`${name}: what is written whole is read as it was said`, () => {
    const answer = dialect.readAnswer(write(dialect, spoken).whole)
    assert.deepEqual(answer.segments.filter(({ part }) => part === 'value').map(valueIn), ['Hello "you"\n'])
    assert.deepEqual(answer.usage, usage)
    assert.match(answer.finish ?? '', /^(stop|end_turn)$/)
    assert.deepEqual(answer.toolNames, [])
  })

  test(`${name}: calls that take turns keep their arguments apart, streamed and whole`, () => {
    const { stream, whole } = write(dialect, called)
    const { parts, texts } = hear(dialect, stream)
    assert.deepEqual(texts, ['I will.', '{"who":"Ada"}', '{"to":"Bob"}'])
    assert.deepEqual(
      parts.flatMap(({ toolNames }) => toolNames),
      ['find', 'send'],
    )
    const json = parts.flatMap(({ pieces }) => pieces).filter(({ channel }) => channel === 'tool-arguments')
    assert.equal(json.map(({ text }) => text).join('').length, '{"who":"Ada"}{"to":"Bob"}'.length)
    const answer = dialect.readAnswer(whole)
    assert.deepEqual(answer.toolNames, ['find', 'send'])
    const inArguments = answer.segments.filter(
      ({ channel, part }) => channel === 'tool-arguments' && part === 'value',
    )
    assert.deepEqual(inArguments.map(valueIn), ['Ada', 'Bob'])
  })

  test(`${name}: arguments of a call that never began are a mistake, not lost`, () => {
    const writer = dialect.openWriter({ id: 'r', model: 'm', createdAtMs: 0, includeUsage: false })
    assert.throws(() => writer.event({ kind: 'tool-arguments', id: 'call_9', text: '{}' }), /never began/)
    assert.throws(() => writer.whole(), /has not ended/)
  })

  test(`${name}: an answer without any text has its end all the same`, () => {
    const { stream, whole } = write(dialect, [{ kind: 'end', finish: 'length', usage }])
    assert.equal(hear(dialect, stream).parts.at(-1)?.isEnd, true)
    assert.match(dialect.readAnswer(whole).finish ?? '', /^(length|max_tokens)$/)
  })

  test(`${name}: an event written with the texts it had says the same`, () => {
    for (const said of [spoken, called]) {
      const { events, parts } = hear(dialect, write(dialect, said).stream)
      for (const [index, part] of parts.entries()) {
        const [again] = createSseParser().push(part.withTexts(part.pieces.map(({ text }) => text)))
        const event = events[index] as SseEvent
        assert.equal(again?.event, event.event)
        if (event.data === '[DONE]') assert.equal(again?.data, '[DONE]')
        else assert.deepEqual(JSON.parse(again?.data ?? ''), JSON.parse(event.data))
      }
    }
  })

  test(`${name}: every text can be held back to its end and released there`, () => {
    const reader = dialect.openStream()
    const held = new Map<string, string>()
    let sent = ''
    for (const event of createSseParser().push(write(dialect, called).stream)) {
      const part = reader.read(event)
      for (const { slot, text } of part.pieces) held.set(slot, (held.get(slot) ?? '') + text)
      for (const slot of part.closes === 'all' ? [...held.keys()] : part.closes) {
        const text = held.get(slot)
        if (text !== undefined) sent += reader.release(slot, text)
        held.delete(slot)
      }
      sent += part.withTexts(part.pieces.map(() => ''))
    }
    assert.equal(held.size, 0)
    assert.deepEqual(hear(dialect, sent).texts, ['I will.', '{"who":"Ada"}', '{"to":"Bob"}'])
  })

  test(`${name}: nothing can be released of what never began`, () => {
    assert.throws(() => dialect.openStream().release('7 nothing', 'x'), /never opened/)
  })

  test(`${name}: an event that is no object is unreadable`, () => {
    for (const data of ['', 'null', '1', '"a"', '[]', '{', '{"a":1}{"b":2}']) {
      assert.throws(() => dialect.openStream().read({ event: undefined, data, raw: '' }), data)
    }
  })

  test(`${name}: an event called error is one, whatever it holds`, () => {
    const part = dialect.openStream().read({ event: 'error', data: '{"message":"internal"}', raw: '' })
    assert.equal(part.isError, true)
    assert.deepEqual(part.pieces, [])
  })

  test(`${name}: an event with more texts than any model sends is unreadable, and quickly so`, () => {
    const data = JSON.stringify({ type: 'later', list: Array.from({ length: 100_000 }, () => 'x') })
    const startedAt = performance.now()
    assert.throws(() => dialect.openStream().read({ event: undefined, data, raw: '' }), /too many texts/)
    assert.ok(performance.now() - startedAt < 1_000)
  })

  test(`${name}: what nobody has heard of is a text, with names, long numbers and arguments`, () => {
    const data: JsonObject = {
      type: 'later',
      'ines@example.com': { deep: ['one', 4_111_111_111_111_111, 7] },
      input: { id: 'two', card: 5 },
    }
    const event: SseEvent = { event: 'later', data: JSON.stringify(data), raw: '' }
    const part = dialect.openStream().read(event)
    assert.deepEqual(
      part.pieces.map(({ text, channel }) => [text, channel]),
      [
        ['one', 'answer'],
        ['4111111111111111', 'answer'],
        ['deep', 'answer'],
        ['ines@example.com', 'answer'],
        ['{"id":"two","card":5}', 'tool-arguments'],
      ],
    )
    assert.deepEqual(
      part.closes,
      part.pieces.map(({ slot }) => slot),
    )
    const written = part.withTexts(['ONE', '[CARD]', 'deep', '[EMAIL]', '{"id":"TWO","card":5}'])
    assert.equal(
      written,
      'event: later\ndata: {"type":"later","[EMAIL]":{"deep":["ONE","[CARD]",7]},"input":{"id":"TWO","card":5}}\n\n',
    )
  })

  test(`${name}: an answer without content is unreadable`, () => {
    for (const body of [{}, { choices: 5 }, { content: 'text' }, { choices: null, content: null }])
      assert.throws(() => dialect.readAnswer(body))
  })

  test(`${name}: an answer is read without being changed`, () => {
    for (const said of [spoken, called]) {
      const { whole } = write(dialect, said)
      const before = JSON.stringify(whole)
      dialect.readAnswer(whole)
      dialect.withoutEchoes(whole)
      assert.equal(JSON.stringify(whole), before)
    }
  })

  test(`${name}: a conversation has the texts, calls and tools of its body`, () => {
    const { model, messages, tools, maxOutputTokens } = dialect.conversation(richBodies[name])
    assert.equal(model, 'west')
    assert.equal(maxOutputTokens, 200)
    assert.ok(messages.some(({ role, text }) => role === 'system' && text === 'Be brief.'))
    assert.ok(messages.some(({ role, text }) => role === 'user' && text.includes('Look at this')))
    assert.ok(messages.some(({ role, text }) => role === 'tool' && text === 'Found her.'))
    const calls = messages.flatMap(({ toolCalls }) => toolCalls)
    assert.equal(calls[0]?.name, 'find')
    assert.ok(isJsonObject(JSON.parse(calls[0]?.arguments ?? '')))
    assert.equal(tools[0]?.name, 'find')
    assert.equal(tools[0]?.description, 'Finds a person')
    assert.equal(tools[0]?.parameters['type'], 'object')
  })
}
