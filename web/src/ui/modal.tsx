import { type MouseEvent, type ReactNode, useEffect, useRef } from 'react'

interface Properties {
  readonly className: string
  readonly label?: string
  readonly labelledBy?: string
  /** A side panel of a wide window stays beside the page and traps nothing; everything else is modal. */
  readonly isModal?: boolean
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The browser's own dialog: it keeps the focus inside, closes on Escape and gives the focus back. */
export function Modal({ className, label, labelledBy, isModal = true, onClose, children }: Properties) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    const before = document.activeElement
    if (isModal) element?.showModal()
    else element?.show()
    return () => {
      element?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [isModal])
  return (
    <dialog
      ref={dialog}
      className={className}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(labelledBy === undefined ? {} : { 'aria-labelledby': labelledBy })}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        // This one is gone by the time the browser acts on the key: it would close the one below as well.
        event.preventDefault()
        onClose()
      }}
      onClick={(event: MouseEvent<HTMLDialogElement>) => {
        if (isModal && event.target === event.currentTarget) onClose()
      }}
    >
      {children}
    </dialog>
  )
}
