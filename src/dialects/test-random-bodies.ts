import type { DialectName } from '#/chat/api.ts'
import type { JsonObject, JsonValue } from '#/core/json.ts'

/**
 * For tests: bodies as no client would write them, in which every text, every long number and every unusual name of a
 * member is marked, so that each can be looked for. The same seed gives the same body.
 */
export interface RandomBody {
  readonly body: JsonObject
  /** Marked texts as they stand, each once in the body. */
  readonly marks: readonly string[]
}

export type Random = (below: number) => number

/** Mulberry32. Source: public domain, Tommy Ettinger, 2017. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** Surroundings in which a text could be taken for something it is not. */
const surroundings = ['', ' ', '"', '\\', '\n', 'é', '😀', '{', '[', 'data', '": "', "'", '\u2028', '\t', '=']

class Maker {
  readonly marks: string[] = []
  readonly random: Random

  constructor(random: Random) {
    this.random = random
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.random(items.length)] as Item
  }

  isOnce(inHowMany: number): boolean {
    return this.random(inHowMany) === 0
  }

  text(): string {
    const mark = `mark${this.marks.length}x`
    this.marks.push(mark)
    return `${this.pick(surroundings)}${mark}${this.pick(surroundings)}`
  }

  /** Sixteen digits, none of which `Number` loses. */
  number(): number {
    const value = 4_000_000_000_000_000 + this.random(1_000_000_000) * 1_000 + this.marks.length
    this.marks.push(String(value))
    return value
  }

  list<Item>(most: number, make: () => Item): Item[] {
    return Array.from({ length: this.random(most + 1) }, make)
  }

  /** Anything: as a client sends it in a field nobody has heard of. */
  any(depth: number): JsonValue {
    switch (this.random(depth > 0 ? 8 : 4)) {
      case 0:
        return this.number()
      case 1:
        return this.pick<JsonValue>([null, true, 0.5, 12, '', 'text'])
      case 4:
      case 5:
        return this.list(3, () => this.any(depth - 1))
      case 6:
      case 7:
        return this.object(depth - 1)
      default:
        return this.text()
    }
  }

  /** Names that dialects know stand here too, where they mean nothing. */
  object(depth: number): JsonObject {
    const made: JsonObject = {}
    for (let left = this.random(4); left > 0; left--) {
      const known = this.pick(knownNames)
      const name = this.isOnce(3) ? this.text() : known
      if (name !== '__proto__') made[name] = this.any(depth)
    }
    return made
  }

  /** The members a part has, with others added and some put in place of them. */
  spoil(members: JsonObject): JsonObject {
    const made: JsonObject = { ...members }
    if (this.isOnce(3)) made[this.pick(knownNames.filter((name) => !(name in members)))] = this.any(2)
    if (this.isOnce(4)) made[this.text()] = this.any(1)
    if (this.isOnce(8)) {
      const [name] = Object.keys(members).filter((each) => each !== 'type' && each !== 'role')
      if (name !== undefined) made[name] = this.any(2)
    }
    return made
  }
}

const knownNames = (
  'name id type data text input arguments signature encrypted_content source title cache_control thinking content url ' +
  'password description properties enum role tool_use_id metadata citations filename format context detail refusal'
).split(' ')

function openaiPart(make: Maker): JsonObject {
  return make.spoil(
    make.pick<() => JsonObject>([
      () => ({ type: 'text', text: make.text() }),
      () => ({ type: 'image_url', image_url: { url: `https://${make.text()}`, detail: 'low' } }),
      () => ({ type: 'image_url', image_url: { url: `data:image/png;base64,${make.text()}` } }),
      () => ({ type: 'input_audio', input_audio: { data: make.text(), format: make.text() } }),
      () => ({ type: 'file', file: { filename: make.text(), file_data: make.text() } }),
      () => ({ type: make.text(), [make.text()]: make.any(2) }),
      () => ({ type: 'refusal', refusal: make.text() }),
    ])(),
  )
}

function openaiMessage(make: Maker): JsonObject {
  const role = make.pick(['system', 'developer', 'user', 'assistant', 'tool', 'function'])
  const content = make.isOnce(2) ? make.text() : make.list(3, () => openaiPart(make))
  const call = (): JsonObject =>
    make.spoil({
      id: make.text(),
      type: 'function',
      function: {
        name: make.text(),
        arguments: make.pick([() => make.text(), () => JSON.stringify(make.object(3)), () => make.any(2)])(),
      },
    })
  return make.spoil({
    content,
    role,
    ...(role === 'assistant' && make.isOnce(2) ? { tool_calls: make.list(3, call) } : {}),
    ...(role === 'tool' ? { tool_call_id: make.text() } : {}),
    ...(make.isOnce(4) ? { name: make.text() } : {}),
  })
}

function openaiBody(make: Maker): JsonObject {
  return {
    model: 'west',
    messages: [...make.list(4, () => openaiMessage(make)), { role: 'user', content: make.text() }],
    ...(make.isOnce(2)
      ? { tools: make.list(2, () => make.spoil({ type: 'function', function: make.object(4) })) }
      : {}),
    ...(make.isOnce(3) ? { [make.pick(openaiFields)]: make.any(3) } : {}),
    ...(make.isOnce(3) ? { [make.text()]: make.any(3) } : {}),
  }
}

const openaiFields = (
  'stop user metadata logit_bias reasoning_effort service_tier modalities prediction response_format seed temperature ' +
  'web_search_options tool_choice function_call functions verbosity stream_options logprobs prompt_cache_key store'
).split(' ')

function anthropicSource(make: Maker): JsonValue {
  return make.pick<() => JsonValue>([
    () => ({ type: 'base64', media_type: make.text(), data: make.text() }),
    () => ({ type: 'url', url: make.text() }),
    () => ({ type: 'text', media_type: 'text/plain', data: make.text() }),
    () => ({ type: 'content', content: make.list(2, () => anthropicBlock(make, 0)) }),
    () => make.any(2),
  ])()
}

function anthropicBlock(make: Maker, depth: number): JsonObject {
  return make.spoil(
    make.pick<() => JsonObject>([
      () => ({ type: 'text', text: make.text() }),
      () => ({ type: 'thinking', thinking: make.text(), signature: make.text() }),
      () => ({ type: 'redacted_thinking', data: make.text() }),
      () => ({ type: 'tool_use', id: make.text(), name: make.text(), input: make.object(3) }),
      () => ({ type: 'image', source: anthropicSource(make) }),
      () => ({
        type: 'document',
        title: make.text(),
        context: make.text(),
        source: anthropicSource(make),
      }),
      () => ({
        type: 'tool_result',
        tool_use_id: make.text(),
        content: depth > 0 ? make.list(2, () => anthropicBlock(make, depth - 1)) : make.text(),
      }),
      () => ({ type: make.text(), [make.text()]: make.any(2) }),
    ])(),
  )
}

function anthropicBody(make: Maker): JsonObject {
  const message = (): JsonObject =>
    make.spoil({
      content: make.isOnce(3) ? make.text() : make.list(3, () => anthropicBlock(make, 2)),
      role: make.pick(['user', 'assistant', 'system']),
    })
  return {
    model: 'west',
    max_tokens: 100,
    messages: [...make.list(4, message), { role: 'user', content: make.text() }],
    ...(make.isOnce(3) ? { system: make.isOnce(2) ? make.text() : [anthropicBlock(make, 1)] } : {}),
    ...(make.isOnce(2) ? { tools: make.list(2, () => make.spoil(make.object(4))) } : {}),
    ...(make.isOnce(3) ? { [make.pick(anthropicFields)]: make.any(3) } : {}),
    ...(make.isOnce(3) ? { [make.text()]: make.any(3) } : {}),
  }
}

const anthropicFields = (
  'metadata stop_sequences thinking service_tier tool_choice output_config context_management mcp_servers speed ' +
  'inference_geo temperature top_k cache_control container'
).split(' ')

const makers: Readonly<Record<DialectName, (make: Maker) => JsonObject>> = {
  'openai-chat': openaiBody,
  'anthropic-messages': anthropicBody,
}

export function randomBody(dialect: DialectName, seed: number): RandomBody {
  const make = new Maker(createRandom(seed))
  const made = makers[dialect](make)
  const source = JSON.stringify(made)
  // A place may be filled twice: what was put away first is not in the body.
  return { body: JSON.parse(source) as JsonObject, marks: make.marks.filter((mark) => source.includes(mark)) }
}
