import { type ReactNode, useEffect } from 'react'
import { Mark } from './icon.tsx'

interface Properties {
  /** What the window and the column at the side are called. */
  readonly title: string
  /** What the column is called where the page is one of several. */
  readonly section?: string
  /** The other pages of the section. */
  readonly navigation?: ReactNode
  /** Called when somebody comes back to the window. A timer would keep a session alive that nobody uses. */
  readonly onFocus?: () => void
  readonly children: ReactNode
}

/** A page beside the chat: a column with the way back, and what it holds. */
export function PageFrame({ title, section = title, navigation, onFocus, children }: Properties) {
  useEffect(() => {
    const before = document.title
    document.title = `${title} – Sallyport`
    return () => {
      document.title = before
    }
  }, [title])
  useEffect(() => {
    if (onFocus === undefined) return
    window.addEventListener('focus', onFocus)
    return () => window.removeEventListener('focus', onFocus)
  }, [onFocus])
  return (
    <div className="chat register">
      <aside className="side" aria-label={section}>
        <p className="brand">
          <Mark />
          Sallyport
        </p>
        <a className="btn" href="#chat">
          Back to the chat
        </a>
        {navigation}
      </aside>
      <main className="scroll">
        <div className="page stack">{children}</div>
      </main>
    </div>
  )
}
