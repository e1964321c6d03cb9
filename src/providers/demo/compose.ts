import type { ChatMessage, Conversation } from '#/chat/api.ts'

/** What is shown of a long message; the rest is counted. */
const shownLength = 4_000

/** Shapes of what the gate puts in place of a value: `EMAIL_0a5c6f4aae`, and `[PAYMENT CARD]`. */
const token = /\b[A-Z][A-Z_]*_[a-z0-9]{8,}\b/g
const mask = /\[[A-Z][A-Z -]+\]/g

/** An answer that shows what reached the model, so that a newcomer sees the protection work. */
export function composeAnswer({ messages }: Conversation): string {
  const last = messages.findLast(({ role }) => role === 'user' || role === 'tool')
  const text = last?.text ?? ''
  return [
    'This is the demo model. It runs inside Sallyport, calls no one and keeps nothing.',
    last?.role === 'tool' ? 'The tool gave back:' : 'What reached me:',
    quote(text),
    explain(text),
    conversationNote(messages),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function quote(text: string): string {
  if (text === '') return '> (nothing)'
  const shown =
    text.length > shownLength
      ? `${text.slice(0, shownLength)} … and ${text.length - shownLength} more characters`
      : text
  return dotted(shown)
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')
}

/**
 * The model sees tokens and masks. In the answer the caller reads, tokens are back to what was typed, so that what the
 * model saw is written with a dot: nothing puts that back.
 */
function explain(text: string): string {
  const tokens = [...new Set(text.match(token) ?? [])].slice(0, shownValues)
  const masks = [...new Set(text.match(mask) ?? [])].slice(0, shownValues)
  if (tokens.length + masks.length === 0) return 'Nothing in it was replaced or masked.'
  const rows = [
    ...tokens.map((each) => `- \`${dotted(each)}\` is all I got. In an answer to you it reads: ${each}`),
    ...masks.map((each) => `- \`${each}\` is all I got, and it does not come back.`),
  ]
  return ['What the gate changed before it reached me:', '', ...rows].join('\n')
}

/** So many values are explained; what reached the model is shown anyway. */
const shownValues = 20

const dotted = (text: string): string => text.replace(token, (each) => each.replace(/_(?=[a-z0-9]+$)/, '·'))

const conversationNote = (messages: readonly ChatMessage[]): string => {
  const earlier = messages.filter(({ role }) => role !== 'system').length - 1
  return earlier > 0
    ? `With it came ${earlier} earlier ${earlier === 1 ? 'message' : 'messages'} of this conversation.`
    : ''
}
