import { useEffect } from 'react'

/** Escape stops the answer, unless it closes something that lies above the chat. */
export function useStopKey(stop: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTaken = document.querySelector(':popover-open, dialog[open]') !== null
      if (event.key === 'Escape' && !isTaken) stop()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [stop])
}
