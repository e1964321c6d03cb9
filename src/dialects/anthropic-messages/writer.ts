import type { AnswerWriter, ChatEvent, Usage } from '#/chat/api.ts'
import type { JsonObject, JsonValue } from '#/core/json.ts'
import { writeEvent } from '../stream-event.ts'

interface Block {
  readonly kind: 'text' | 'tool'
  readonly id: string
  readonly name: string
  text: string
  isOpen: boolean
}

const finishes = { stop: 'end_turn', 'tool-calls': 'tool_use', length: 'max_tokens' } as const

/** Writes canonical events as an Anthropic message, streamed and whole. Calls may take turns: each stays open to the end. */
export function openWriter(facts: { readonly id: string; readonly model: string }): AnswerWriter {
  const head = { id: `msg_${facts.id}`, type: 'message', role: 'assistant', model: facts.model }
  const blocks: Block[] = []
  let hasBegun = false
  let end: Extract<ChatEvent, { kind: 'end' }> | undefined

  const begin = (): string => {
    if (hasBegun) return ''
    hasBegun = true
    const usage = { input_tokens: 0, output_tokens: 0 }
    const message = { ...head, content: [], stop_reason: null, stop_sequence: null, usage }
    return writeEvent('message_start', { type: 'message_start', message })
  }

  /** Ends the blocks that are open: texts when another block begins, calls only with the answer. */
  const close = (kinds: readonly Block['kind'][]): string =>
    blocks
      .map((block, index) => {
        if (!block.isOpen || !kinds.includes(block.kind)) return ''
        block.isOpen = false
        return writeEvent('content_block_stop', { type: 'content_block_stop', index })
      })
      .join('')

  const open = (kind: Block['kind'], id = '', name = ''): string => {
    const before = begin() + close(['text'])
    blocks.push({ kind, id, name, text: '', isOpen: true })
    const opened: JsonObject =
      kind === 'text' ? { type: 'text', text: '' } : { type: 'tool_use', id, name, input: {} }
    const started = { type: 'content_block_start', index: blocks.length - 1, content_block: opened }
    return before + writeEvent('content_block_start', started)
  }

  const add = (index: number, text: string, delta: JsonObject): string => {
    const block = blocks[index]
    if (block === undefined || !block.isOpen) throw new Error('text for a block that never began')
    block.text += text
    return writeEvent('content_block_delta', { type: 'content_block_delta', index, delta })
  }

  const event = (given: ChatEvent): string => {
    switch (given.kind) {
      case 'text': {
        const last = blocks.at(-1)
        const opened = last?.kind === 'text' && last.isOpen ? '' : open('text')
        return opened + add(blocks.length - 1, given.text, { type: 'text_delta', text: given.text })
      }
      case 'tool-call':
        return open('tool', given.id, given.name)
      case 'tool-arguments': {
        const index = blocks.findIndex(({ kind, id }) => kind === 'tool' && id === given.id)
        return add(index, given.text, { type: 'input_json_delta', partial_json: given.text })
      }
      case 'end': {
        end = given
        const delta = { stop_reason: finishes[given.finish], stop_sequence: null }
        const last = { type: 'message_delta', delta, usage: toUsage(given.usage) }
        return (
          begin() +
          close(['text', 'tool']) +
          writeEvent('message_delta', last) +
          writeEvent('message_stop', { type: 'message_stop' })
        )
      }
    }
  }

  const whole = (): JsonObject => {
    if (end === undefined) throw new Error('the answer has not ended')
    const content = blocks.map(
      ({ kind, id, name, text }): JsonValue =>
        kind === 'text'
          ? { type: 'text', text }
          : { type: 'tool_use', id, name, input: JSON.parse(text === '' ? '{}' : text) as JsonObject },
    )
    return {
      ...head,
      content,
      stop_reason: finishes[end.finish],
      stop_sequence: null,
      usage: toUsage(end.usage),
    }
  }

  return { event, whole }
}

const toUsage = (usage: Usage): JsonObject => ({
  input_tokens: usage.inputTokens,
  output_tokens: usage.outputTokens,
  cache_read_input_tokens: usage.cacheReadTokens,
  cache_creation_input_tokens: usage.cacheWriteTokens,
})
