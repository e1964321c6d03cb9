import type { ReactNode } from 'react'
import { Icon } from '../ui/icon.tsx'

interface Properties {
  /** Undefined on the start screen, whose greeting is the heading. */
  readonly title: string | undefined
  readonly email: string
  readonly destination: ReactNode
  readonly onChats: () => void
  readonly onStart: () => void
}

/** The head of the chat; on a phone it also holds the way to the other chats. */
export const ChatTop = ({ title, email, destination, onChats, onStart }: Properties) => (
  <header className="top">
    <button type="button" className="btn quiet narrow" aria-label="Chats" onClick={onChats}>
      <Icon name="menu" />
    </button>
    {title === undefined ? <span className="title dim small">Signed in as {email}</span> : <h1>{title}</h1>}
    <span className="end">{destination}</span>
    <button type="button" className="btn quiet narrow" aria-label="New chat" onClick={onStart}>
      <Icon name="plus" />
    </button>
  </header>
)
