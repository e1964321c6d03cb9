import { useEffect, useRef } from 'react'
import { readSession, type Session } from './session.ts'
import { tellEveryMs, waitUntilEnd } from './session-clock.ts'

const acts = ['keydown', 'pointerdown'] as const

/** The gate cannot be asked: again after this. */
const againMs = 30_000

/**
 * Keeps the session of somebody who works, and notices the end of anybody's: when its time is up, and when a machine
 * wakes. `onRead` gets what the gate says. Looking alone is no use, so a page that is only open does not keep a session.
 */
export function useSessionEnd(session: Session | undefined, onRead: (session: Session) => void): void {
  const lastUse = useRef(performance.now())
  const endsInMs = session?.person ? session.endsInMs : undefined
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was read anew starts the clock anew, also when it says the same
  useEffect(() => {
    if (endsInMs === undefined) return
    lastUse.current = performance.now()
    let timer: number | undefined
    const wait = (ms: number): void => {
      window.clearTimeout(timer)
      timer = window.setTimeout(look, ms)
    }
    const ask = (isQuiet: boolean): void => {
      readSession(isQuiet).then(onRead, () => wait(againMs))
    }
    const look = (): void => ask(true)
    const onAct = (): void => {
      if (performance.now() - lastUse.current < tellEveryMs(endsInMs)) return
      lastUse.current = performance.now()
      ask(false)
    }
    const onShown = (): void => {
      if (document.visibilityState === 'visible') look()
    }
    wait(waitUntilEnd(endsInMs))
    for (const act of acts) window.addEventListener(act, onAct, { passive: true })
    document.addEventListener('visibilitychange', onShown)
    return () => {
      window.clearTimeout(timer)
      for (const act of acts) window.removeEventListener(act, onAct)
      document.removeEventListener('visibilitychange', onShown)
    }
  }, [session, onRead])
}
