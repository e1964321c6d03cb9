import type { ChatMessage, Conversation } from '#/chat/api.ts'

/** What is shown of a long message; the rest is counted. */
const shownLength = 4_000

/** Shapes of what the gate puts in place of a value: `EMAIL_k7q2m9xabc` and `[PAYMENT CARD NUMBER]`. */
const replacement = /\b[A-Z][A-Z_]*_[a-z2-9]{8,}\b|\[[A-Z][A-Z -]+\]/g

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
  return shown
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n')
}

/**
 * The model sees tokens and masks. In the answer the caller reads, tokens are back to what was typed, so the tokens are
 * spelled out here in a way that is not put back: with the letters apart.
 */
function explain(text: string): string {
  const seen = [...new Set(text.match(replacement) ?? [])].slice(0, 20)
  if (seen.length === 0) return 'Nothing in it was replaced or masked.'
  const rows = seen.map((token) =>
    token.startsWith('[')
      ? `- \`${token}\` stands for something I never get.`
      : `- \`${apart(token)}\` is all I saw of this: ${token}`,
  )
  return ['What the gate changed before it reached me:', '', ...rows].join('\n')
}

const apart = (token: string): string => token.replace('_', '_ ')

const conversationNote = (messages: readonly ChatMessage[]): string => {
  const earlier = messages.filter(({ role }) => role !== 'system').length - 1
  return earlier > 0
    ? `With it came ${earlier} earlier ${earlier === 1 ? 'message' : 'messages'} of this conversation.`
    : ''
}
