import { type DataClass, higherClass } from '#/core/data-class.ts'
import type { Chat, Turn } from './state.ts'

export interface Message {
  readonly role: 'user' | 'assistant'
  readonly content: string
}

/**
 * The turns that go with the next message. A refused turn is never among them, or it would be refused again with
 * every message that follows; one without an answer is not either.
 */
export const carriedTurns = (turns: readonly Turn[]): readonly Turn[] =>
  turns.filter(({ status, answer }) => status !== 'refused' && status !== 'sending' && answer !== '')

/** What is sent: the turns that count, then the new message. */
export function messagesFor(before: readonly Turn[], typed: string): readonly Message[] {
  const messages: Message[] = carriedTurns(before).flatMap((turn): Message[] => [
    { role: 'user', content: turn.typed },
    { role: 'assistant', content: turn.answer },
  ])
  return [...messages, { role: 'user', content: typed }]
}

/**
 * A message that was sent masked goes along unmasked in the history, and would be refused there: so the whole chat
 * stays masked from then on.
 */
export const isMasked = (turns: readonly Turn[]): boolean =>
  carriedTurns(turns).some(({ sending }) => sending.mask)

/** The history goes along with every message, so what was asked of it would be asked each time: the reason holds for the chat. */
export function reasonGiven(turns: readonly Turn[]): { readonly justification?: string } {
  const justification = carriedTurns(turns).findLast(({ sending }) => sending.justification !== undefined)
    ?.sending.justification
  return justification === undefined ? {} : { justification }
}

/** The lowest class this chat can still have: what went with an earlier message goes along with every later one. */
export const classSoFar = ({ turns }: Chat): DataClass =>
  carriedTurns(turns).reduce<DataClass>(
    (highest, { crossing, sending }) =>
      higherClass(highest, higherClass(crossing?.class ?? 'public', sending.declaredClass ?? 'public')),
    'public',
  )

/** The text a place of a refusal points into: `messages.2.content`. */
export function textAt(messages: readonly Message[], field: string): string | undefined {
  const index = /^messages\.(\d{1,6})\.content$/.exec(field)?.[1]
  return index === undefined ? undefined : messages[Number(index)]?.content
}
