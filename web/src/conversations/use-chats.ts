import { useCallback, useEffect, useReducer, useRef } from 'react'
import type { Session } from '../identity/session.ts'
import { carriedTurns, isMasked, messagesFor, reasonGiven } from './history.ts'
import { createPacer } from './pacer.ts'
import { type Outgoing, send } from './send.ts'
import {
  type Change,
  type Chats,
  changeChats,
  type Ending,
  firstChats,
  isRunning,
  type Sending,
} from './state.ts'

export interface Sender {
  /** Sends the chat's draft as a new turn. */
  readonly sendDraft: (chatId: string, known: Pick<Sending, 'expected' | 'useCase'>) => void
  /** Sends the last turn once more, in its place, with what is different this time. */
  readonly sendAgain: (chatId: string, different: Partial<Sending>) => void
  /** Ends the running answer; what came of it stays. */
  readonly stop: (chatId: string) => void
}

interface Services {
  readonly csrf: string
  readonly refreshSession: () => Promise<Session>
  readonly firstDraft: string
}

let made = 0
export const nextId = (what: 'chat' | 'turn'): string => `${what}-${++made + 1}`

/** The chats of this tab and the messages on their way. */
export function useChats({
  csrf,
  refreshSession,
  firstDraft,
}: Services): [Chats, (change: Change) => void, Sender] {
  const [state, change] = useReducer(changeChats, firstDraft, firstChats)
  const latest = useRef({ state, csrf })
  useEffect(() => {
    latest.current = { state, csrf }
  })
  const running = useRef(new Map<string, AbortController>())

  const run = useCallback(
    async (chatId: string, turnId: string, outgoing: Outgoing): Promise<void> => {
      const controller = new AbortController()
      running.current.set(chatId, controller)
      const pacer = createPacer((text) => change({ kind: 'answer-grew', chatId, turnId, text }))
      const listener = {
        onTaken: (crossing: Parameters<Parameters<typeof send>[1]['onTaken']>[0]) =>
          change({ kind: 'turn-taken', chatId, turnId, crossing }),
        onText: pacer.push,
      }
      let ending = await send(outgoing, listener, controller.signal)
      const renewed = await renewedCsrf(ending, outgoing.csrf, refreshSession)
      if (renewed !== undefined)
        ending = await send({ ...outgoing, csrf: renewed }, listener, controller.signal)
      pacer.flush()
      if (running.current.get(chatId) === controller) running.current.delete(chatId)
      change({ kind: 'turn-ended', chatId, turnId, ending })
    },
    [refreshSession],
  )

  const find = useCallback((chatId: string) => latest.current.state.chats.find(({ id }) => id === chatId), [])

  const sendDraft = useCallback<Sender['sendDraft']>(
    (chatId, { expected, useCase }) => {
      const chat = find(chatId)
      const typed = chat?.draft.trim() ?? ''
      if (chat === undefined || typed === '' || isRunning(chat)) return
      const turnId = nextId('turn')
      const { model, declaredClass, turns } = chat
      const earlier = carriedTurns(turns).flatMap(({ sending: { expected: known } }) => known)
      const sending = {
        ...{ model, useCase, declaredClass },
        mask: isMasked(turns),
        ...reasonGiven(turns),
        expected: [...new Set([...earlier, ...expected])],
      }
      change({ kind: 'turn-sent', chatId, turnId, typed, atMs: Date.now(), sending })
      run(chatId, turnId, { messages: messagesFor(turns, typed), sending, csrf: latest.current.csrf })
    },
    [find, run],
  )

  const sendAgain = useCallback<Sender['sendAgain']>(
    (chatId, different) => {
      const chat = find(chatId)
      const turn = chat?.turns.at(-1)
      if (chat === undefined || turn === undefined || isRunning(chat)) return
      const before = chat.turns.slice(0, -1)
      const sending = { ...turn.sending, ...different }
      change({ kind: 'turn-sent-again', chatId, turnId: turn.id, atMs: Date.now(), sending })
      run(chatId, turn.id, { messages: messagesFor(before, turn.typed), sending, csrf: latest.current.csrf })
    },
    [find, run],
  )

  const stop = useCallback((chatId: string) => running.current.get(chatId)?.abort(), [])
  return [state, change, { sendDraft, sendAgain, stop }]
}

/**
 * Whoever signed in again in another tab has a new session here too: then the message goes once more by itself.
 * Only for refusals that say nothing was looked at.
 */
async function renewedCsrf(
  ending: Ending,
  csrf: string,
  refreshSession: () => Promise<Session>,
): Promise<string | undefined> {
  if (ending.status !== 'refused' || !['sign-in-needed', 'origin-refused'].includes(ending.problem.code))
    return undefined
  try {
    const session = await refreshSession()
    return session.csrf !== null && session.csrf !== csrf ? session.csrf : undefined
  } catch {
    // The refusal itself is what the person is told; that asking again failed too adds nothing.
    return undefined
  }
}
