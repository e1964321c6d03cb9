import type { DataClass } from '#/core/data-class.ts'
import type { Problem } from '../core/problem.ts'

/**
 * The chats of this tab: what each holds, and how it changes. Pure; sending is in `use-chats.ts`.
 * A draft leaves the composer only when the gate has taken the message, and never while it differs from it.
 */
export interface Chats {
  readonly chats: readonly Chat[]
  readonly openId: string
}

export interface Chat {
  readonly id: string
  readonly title: string
  readonly draft: string
  /** `auto` or the id of an offering. */
  readonly model: string
  /** Chosen by the person; undefined for the usual one. */
  readonly useCase: string | undefined
  /** Chosen by the person; raises the class, never lowers it. */
  readonly declaredClass: DataClass | undefined
  readonly turns: readonly Turn[]
}

export interface Turn {
  readonly id: string
  readonly typed: string
  readonly atMs: number
  readonly sending: Sending
  readonly status: 'sending' | 'answering' | 'answered' | 'stopped' | 'refused' | 'broken'
  readonly answer: string
  readonly crossing: Crossing | undefined
  readonly problem: Problem | undefined
  /** Why the model ended: `stop`, `length`, `content_filter`. */
  readonly finish: string | undefined
}

/** How a turn was sent: as chosen then, not as the composer says now. */
export interface Sending {
  readonly model: string
  /** Undefined for the one the gate takes where none is named. */
  readonly useCase?: string | undefined
  readonly declaredClass: DataClass | undefined
  readonly mask: boolean
  /** Why it may go, where a rule asks. */
  readonly justification?: string
  /** Rules whose notice was read just now. */
  readonly acknowledge?: readonly string[]
  /** What the gate said it would do with findings of this chat; empty when it was not asked in time. */
  readonly expected: readonly string[]
}

/** What the gate says in the headers of an answer. */
export interface Crossing {
  readonly changed: number
  readonly class: DataClass | undefined
  readonly offering: string
  readonly receipt: string | undefined
  readonly requestId: string | undefined
  readonly atMs: number
}

/** How an answer ended. */
export type Ending =
  | { readonly status: 'answered'; readonly finish: string | undefined }
  | { readonly status: 'stopped' }
  | { readonly status: 'refused' | 'broken'; readonly problem: Problem }

interface InChat {
  readonly chatId: string
}

interface InTurn extends InChat {
  readonly turnId: string
}

export type Change =
  | { readonly kind: 'chat-added'; readonly chatId: string; readonly draft?: string }
  | ({ readonly kind: 'chat-opened' } & InChat)
  | ({ readonly kind: 'draft-changed'; readonly draft: string } & InChat)
  | ({ readonly kind: 'model-chosen'; readonly model: string } & InChat)
  | ({ readonly kind: 'use-case-chosen'; readonly useCase: string } & InChat)
  | ({ readonly kind: 'class-declared'; readonly declaredClass: DataClass | undefined } & InChat)
  | ({
      readonly kind: 'turn-sent'
      readonly typed: string
      readonly atMs: number
      readonly sending: Sending
    } & InTurn)
  | ({ readonly kind: 'turn-sent-again'; readonly atMs: number; readonly sending: Sending } & InTurn)
  | ({ readonly kind: 'turn-taken'; readonly crossing: Crossing } & InTurn)
  | ({ readonly kind: 'answer-grew'; readonly text: string } & InTurn)
  | ({ readonly kind: 'turn-ended'; readonly ending: Ending } & InTurn)

export const emptyChat = (id: string, draft = ''): Chat => ({
  id,
  title: 'New chat',
  draft,
  model: 'auto',
  useCase: undefined,
  declaredClass: undefined,
  turns: [],
})

export const firstChats = (draft = ''): Chats => ({ chats: [emptyChat('chat-1', draft)], openId: 'chat-1' })

export function changeChats(state: Chats, change: Change): Chats {
  switch (change.kind) {
    case 'chat-added':
      return addChat(state, change.chatId, change.draft ?? '')
    case 'chat-opened':
      return { ...state, openId: change.chatId }
    case 'draft-changed':
      return withChat(state, change, (chat) => ({ ...chat, draft: change.draft }))
    case 'model-chosen':
      return withChat(state, change, (chat) => ({ ...chat, model: change.model }))
    case 'use-case-chosen':
      return withChat(state, change, (chat) => ({ ...chat, useCase: change.useCase }))
    case 'class-declared':
      return withChat(state, change, (chat) => ({ ...chat, declaredClass: change.declaredClass }))
    case 'turn-sent':
      return withChat(state, change, (chat) => ({
        ...chat,
        title: chat.turns.length === 0 ? titleOf(change.typed) : chat.title,
        turns: [...chat.turns, newTurn(change.turnId, change.typed, change)],
      }))
    case 'turn-sent-again':
      return withTurn(state, change, ({ id, typed }) => newTurn(id, typed, change))
    case 'turn-taken':
      return takeTurn(state, change)
    case 'answer-grew':
      return withTurn(state, change, (turn) => ({ ...turn, answer: turn.answer + change.text }))
    case 'turn-ended':
      return endTurn(state, change)
  }
}

/** An empty chat is enough of a new one: no second is made. */
function addChat(state: Chats, id: string, draft: string): Chats {
  const empty = state.chats.find(({ turns, draft: kept }) => turns.length === 0 && kept === '')
  if (empty !== undefined)
    return { ...withChat(state, { chatId: empty.id }, (chat) => ({ ...chat, draft })), openId: empty.id }
  return { chats: [emptyChat(id, draft), ...state.chats], openId: id }
}

const newTurn = (id: string, typed: string, { atMs, sending }: { atMs: number; sending: Sending }): Turn => ({
  id,
  typed,
  atMs,
  sending,
  status: 'sending',
  answer: '',
  crossing: undefined,
  problem: undefined,
  finish: undefined,
})

function takeTurn(state: Chats, change: Extract<Change, { kind: 'turn-taken' }>): Chats {
  const taken = withTurn(state, change, (turn) => ({
    ...turn,
    status: 'answering',
    crossing: change.crossing,
  }))
  return withChat(taken, change, (chat) => {
    const typed = chat.turns.find(({ id }) => id === change.turnId)?.typed
    return chat.draft.trim() === typed ? { ...chat, draft: '' } : chat
  })
}

/** Text that came stays, whatever ended it. Nothing of a turn that has ended changes any more. */
const endTurn = (state: Chats, change: Extract<Change, { kind: 'turn-ended' }>): Chats =>
  withTurn(state, change, (turn) => {
    const { ending } = change
    return {
      ...turn,
      status: ending.status,
      ...(ending.status === 'answered' ? { finish: ending.finish } : {}),
      ...('problem' in ending ? { problem: ending.problem } : {}),
    }
  })

const withChat = (state: Chats, { chatId }: InChat, change: (chat: Chat) => Chat): Chats => ({
  ...state,
  chats: state.chats.map((chat) => (chat.id === chatId ? change(chat) : chat)),
})

const withTurn = (state: Chats, change: InTurn, of: (turn: Turn) => Turn): Chats =>
  withChat(state, change, (chat) => ({
    ...chat,
    turns: chat.turns.map((turn) => (turn.id === change.turnId ? of(turn) : turn)),
  }))

const longestTitle = 44

/** The first words of the first message. */
export function titleOf(typed: string): string {
  const line = typed.trim().split(/\s+/).slice(0, 12).join(' ')
  if (line.length <= longestTitle) return line
  return `${Array.from(line)
    .slice(0, longestTitle)
    .join('')
    .replace(/\s+\S*$/, '')
    .replace(/\p{P}+$/u, '')}…`
}

export const isRunning = ({ turns }: Chat): boolean => {
  const status = turns.at(-1)?.status
  return status === 'sending' || status === 'answering'
}

/** The chat that is shown. There always is one. */
export const openChat = ({ chats, openId }: Chats): Chat =>
  chats.find(({ id }) => id === openId) ?? (chats[0] as Chat)
