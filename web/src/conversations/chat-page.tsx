import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { higherClass } from '#/core/data-class.ts'
import type { Choices } from '#/gateway/api.ts'
import { ReceiptDrawer } from '../audit/receipt-drawer.tsx'
import type { Problem } from '../core/problem.ts'
import type { Session, SignedIn } from '../identity/session.ts'
import { Icon } from '../ui/icon.tsx'
import { Modal } from '../ui/modal.tsx'
import { ChatTop } from './chat-top.tsx'
import { Composer } from './composer.tsx'
import { likelyDestination } from './destination.ts'
import { DestinationChip } from './destination-chip.tsx'
import { shownClass } from './draft-check.ts'
import { classSoFar, isMasked } from './history.ts'
import { Sidebar } from './sidebar.tsx'
import { Start } from './start.tsx'
import { isRunning, openChat } from './state.ts'
import { Thread } from './thread.tsx'
import { useActs } from './use-acts.ts'
import { namedInRequest, useCaseOf } from './use-case.ts'
import { UseCaseNotice } from './use-case-notice.tsx'
import { nextId, useChats } from './use-chats.ts'
import { useDraftVerdict } from './use-draft-verdict.ts'
import { useStopKey } from './use-stop-key.ts'

interface Properties {
  readonly session: Session
  readonly person: SignedIn
  readonly choices: Choices | undefined
  readonly problem: Problem | undefined
  readonly firstDraft: string
  /** Holds what stands in the message box, for when the page must be left. */
  readonly newestDraft: RefObject<string>
  readonly onRetry: () => void
  readonly refreshSession: () => Promise<Session>
}

/** The room for a signed-in person: chats at the side, the thread, the message box, the receipt. */
export function ChatPage({
  session,
  person,
  choices,
  problem,
  firstDraft,
  newestDraft,
  onRetry,
  refreshSession,
}: Properties) {
  const csrf = session.csrf ?? ''
  const [state, change, { sendDraft, sendAgain, stop }] = useChats({ csrf, refreshSession, firstDraft })
  const [receiptOf, setReceiptOf] = useState<string>()
  const [isSideOpen, setSideOpen] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const chat = openChat(state)
  newestDraft.current = chat.draft
  const useCases = choices?.useCases ?? []
  const useCase = useCaseOf(chat, useCases)
  const verdict = useDraftVerdict(chat.draft, csrf, useCase?.id)

  const leaveChat = useCallback(() => {
    setReceiptOf(undefined)
    setSideOpen(false)
  }, [])
  const startChat = useCallback(
    (draft = '') => {
      change({ kind: 'chat-added', chatId: nextId('chat'), draft })
      leaveChat()
      field.current?.focus()
    },
    [change, leaveChat],
  )
  const openOther = useCallback(
    (chatId: string) => {
      change({ kind: 'chat-opened', chatId })
      leaveChat()
    },
    [change, leaveChat],
  )
  const act = useActs(chat, field, change, sendAgain, startChat)
  useStopKey(useCallback(() => stop(chat.id), [chat.id, stop]))
  useEffect(() => {
    document.title = `${chat.title} – Sallyport`
  }, [chat.title])

  const models = choices?.models ?? []
  const soFar = classSoFar(chat)
  const dataClass = shownClass(verdict, soFar, chat.declaredClass)
  const likely = likelyDestination(models, chat.model, dataClass)
  const isEmpty = chat.turns.length === 0
  const shown = chat.turns.find(({ id }) => id === receiptOf)
  const sidebar = (
    <Sidebar
      chats={state.chats}
      openId={chat.id}
      person={person}
      csrf={csrf}
      onOpen={openOther}
      onStart={() => startChat()}
    />
  )
  const composer = (
    <>
      <UseCaseNotice useCase={useCase} />
      <Composer
        field={field}
        chat={chat}
        models={models}
        useCases={useCases}
        useCase={useCase}
        verdict={verdict}
        dataClass={dataClass}
        lowestClass={higherClass(soFar, verdict?.class ?? 'public')}
        isRunning={isRunning(chat)}
        change={change}
        onSend={() =>
          sendDraft(chat.id, {
            expected: verdict?.text === chat.draft.trim() ? (verdict.actions ?? []) : [],
            useCase: namedInRequest(useCase),
          })
        }
        onStop={() => stop(chat.id)}
      />
    </>
  )
  return (
    <div className={shown === undefined ? 'chat' : 'chat with-drawer'}>
      <a className="skip" href="#message">
        Skip to the message box
      </a>
      <aside className="side" aria-label="Chats">
        {sidebar}
      </aside>
      <main className={isEmpty ? 'main start' : 'main'}>
        <ChatTop
          title={isEmpty ? undefined : chat.title}
          email={person.email}
          destination={<DestinationChip chat={chat} models={models} likely={likely} dataClass={dataClass} />}
          onChats={() => setSideOpen(true)}
          onStart={() => startChat()}
        />
        {isEmpty ? (
          <Start
            person={person}
            choices={choices}
            problem={problem}
            likely={likely}
            keepsContent={useCase?.keepsContent ?? true}
            onRetry={onRetry}
          >
            {composer}
          </Start>
        ) : (
          <>
            <Thread chat={chat} models={models} onAct={act} onReceipt={setReceiptOf} />
            <div className="dock">
              <div className="col">
                {composer}
                <UnderComposer isMasked={isMasked(chat.turns)} />
              </div>
            </div>
          </>
        )}
      </main>
      {shown === undefined ? null : (
        <ReceiptDrawer
          key={shown.id}
          receipt={shown.crossing?.receipt}
          isRunning={shown.status === 'answering'}
          email={person.email}
          onClose={() => setReceiptOf(undefined)}
        />
      )}
      {isSideOpen ? (
        <Modal className="side sheet" label="Chats" onClose={() => setSideOpen(false)}>
          <button
            type="button"
            className="btn quiet close"
            aria-label="Close chats"
            onClick={() => setSideOpen(false)}
          >
            <Icon name="close" />
          </button>
          {sidebar}
        </Modal>
      ) : null}
    </div>
  )
}

const UnderComposer = ({ isMasked: masked }: { readonly isMasked: boolean }) => (
  <p className="under">
    {masked ? <span>What was masked in this chat stays masked</span> : null}
    <span>A refused message is never part of what is sent next</span>
    <span className="wide-only">Checked in this browser first, decided by the gate</span>
  </p>
)
