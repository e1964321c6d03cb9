import { useEffect } from 'react'

/**
 * Escape stops the answer, unless it closes something that lies above the chat. A side panel lies beside it, and
 * takes only the keys that are pressed in it.
 */
export function useStopKey(stop: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const isTaken = document.querySelector(':popover-open, dialog:modal') !== null
      if (event.key === 'Escape' && !isTaken) stop()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [stop])
}
