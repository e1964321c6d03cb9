import { type RefObject, useEffect, useRef, useState } from 'react'
import type { ModelChoice } from '#/gateway/api.ts'
import type { Act, Answered } from './remedies.ts'
import { type Chat, isRunning } from './state.ts'
import { TurnView } from './turn-view.tsx'
import type { Span } from './use-acts.ts'

interface Properties {
  readonly chat: Chat
  readonly models: readonly ModelChoice[]
  readonly onAct: (act: Act | Answered, span: Span | undefined) => void
  readonly onReceipt: (turnId: string) => void
}

/** This close to the end a reader is taken to be following. */
const followingPx = 60

export function Thread({ chat, models, onAct, onReceipt }: Properties) {
  const box = useRef<HTMLDivElement>(null)
  const column = useRef<HTMLDivElement>(null)
  const [isFollowing, setFollowing] = useState(true)
  const running = isRunning(chat)
  const last = chat.turns.at(-1)

  // A new message is always followed; a growing answer only by whoever is at its end.
  const lastId = last?.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the new turn that starts the following
  useEffect(() => setFollowing(true), [lastId])
  useStayAtEnd(box, column, isFollowing)

  const top = useRef(0)
  const onScroll = (): void => {
    const { scrollHeight, scrollTop, clientHeight } = box.current as HTMLDivElement
    const isUpwards = scrollTop < top.current
    top.current = scrollTop
    // Text that grows moves the end away, not the reader; only going up is leaving.
    if (scrollHeight - scrollTop - clientHeight < followingPx) setFollowing(true)
    else if (isUpwards) setFollowing(false)
  }
  return (
    <div className="threadbox">
      <div
        ref={box}
        className="thread"
        role="log"
        aria-label="Conversation"
        aria-busy={running}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
        tabIndex={0}
        onScroll={onScroll}
      >
        <div ref={column} className="col">
          {chat.turns.map((turn, index) => (
            <TurnView
              key={turn.id}
              turn={turn}
              // Only the last turn can be sent again, and only it needs to know what went before it.
              before={turn === last ? chat.turns.slice(0, index) : undefined}
              models={models}
              onAct={onAct}
              onReceipt={onReceipt}
            />
          ))}
        </div>
      </div>
      {isFollowing ? null : (
        <button type="button" className="btn latest" onClick={() => setFollowing(true)}>
          To the end
        </button>
      )}
    </div>
  )
}

/** Keeps the end in sight whatever adds height: text, a card, a block that was not laid out before. */
function useStayAtEnd(
  box: RefObject<HTMLDivElement | null>,
  column: RefObject<HTMLDivElement | null>,
  isFollowing: boolean,
): void {
  useEffect(() => {
    const [outer, inner] = [box.current, column.current]
    if (!isFollowing || outer === null || inner === null) return
    const toEnd = (): void => {
      outer.scrollTop = outer.scrollHeight
    }
    toEnd()
    const observer = new ResizeObserver(toEnd)
    observer.observe(inner)
    observer.observe(outer)
    return () => observer.disconnect()
  }, [box, column, isFollowing])
}
