import { type RefObject, useCallback, useRef } from 'react'
import { keepDraft } from '../identity/kept-draft.ts'
import { signInAddress } from '../identity/session.ts'
import { onSignedIn, openSignIn } from '../identity/sign-in-again.ts'
import type { Act, Answered } from './remedies.ts'
import type { Change, Chat } from './state.ts'
import type { Sender } from './use-chats.ts'

type Field = RefObject<HTMLTextAreaElement | null>

/** UTF-16 offsets of the first found text in the message that was refused. */
export type Span = readonly [start: number, end: number]

/** Carries out the remedies of the chat that is shown. Stable, so that finished turns are not drawn again. */
export function useActs(
  chat: Chat,
  field: Field,
  change: (change: Change) => void,
  sendAgain: Sender['sendAgain'],
  startChat: (draft?: string) => void,
): (act: Act | Answered, span: Span | undefined) => void {
  const latest = useRef(chat)
  latest.current = chat
  return useCallback(
    (act, span) => {
      const { id, draft, turns } = latest.current
      const typed = turns.at(-1)?.typed ?? ''
      const kept = draft.trim() === '' ? typed : draft
      if (typeof act !== 'string') {
        const { justification, acknowledge } = act
        return sendAgain(id, { acknowledge, ...(justification === undefined ? {} : { justification }) })
      }
      switch (act) {
        case 'send-masked':
          return sendAgain(id, { mask: true })
        case 'send-auto':
          change({ kind: 'model-chosen', chatId: id, model: 'auto' })
          return sendAgain(id, { model: 'auto' })
        case 'send-again':
          return sendAgain(id, {})
        case 'edit-draft':
          change({ kind: 'draft-changed', chatId: id, draft: kept })
          return selectIn(field, typed, span)
        case 'new-chat':
          return startChat(kept)
        case 'ask-access':
          return window.location.assign('#access')
        case 'sign-in':
          if (openSignIn(false)) return sendOnceSignedIn(latest, sendAgain)
          keepDraft(kept, sessionStorage)
          return window.location.assign(signInAddress('/'))
      }
    },
    [change, field, sendAgain, startChat],
  )
}

/** The message that was refused goes once somebody has signed in, unless the chat has gone on without it. */
function sendOnceSignedIn(latest: { readonly current: Chat }, sendAgain: Sender['sendAgain']): void {
  const { id, turns } = latest.current
  const turnId = turns.at(-1)?.id
  const stop = onSignedIn(() => {
    stop()
    const newest = latest.current.turns.at(-1)
    if (latest.current.id === id && newest?.id === turnId && newest?.status === 'refused') sendAgain(id, {})
  })
}

/** Focus in the message box, the found text selected, ready to be typed over: after the draft is drawn. */
function selectIn(field: Field, typed: string, span: Span | undefined): void {
  requestAnimationFrame(() => {
    const box = field.current
    box?.focus()
    const at = box?.value.indexOf(typed) ?? -1
    if (span !== undefined && at !== -1) box?.setSelectionRange(at + span[0], at + span[1])
  })
}
