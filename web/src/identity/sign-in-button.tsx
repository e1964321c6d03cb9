import { useEffect, useRef, useState } from 'react'
import type { Problem } from '../core/problem.ts'
import { placeHere, readSession, signInAddress } from './session.ts'
import { onSignedIn, openSignIn } from './sign-in-again.ts'

interface Properties {
  /** Also of somebody who is signed in: the gate wants it fresh. */
  readonly isStepUp?: boolean
  /** Goes on where it stopped, with the CSRF token of the session there is now. */
  readonly onDone: (csrf: string) => void
  /** The window could not be opened: what must not be lost on the way through this page. */
  readonly onLeave?: () => void
}

/** Signs in again in a window of its own; the page stays as it is. */
export function SignInButton({ isStepUp = false, onDone, onLeave }: Properties) {
  const [isBlocked, setBlocked] = useState(false)
  const done = useRef(onDone)
  done.current = onDone
  useEffect(
    () =>
      onSignedIn(() => {
        readSession().then(
          ({ csrf }) => {
            if (csrf !== null) done.current(csrf)
          },
          // The button is still there, and says what to do.
          () => undefined,
        )
      }),
    [],
  )
  if (isBlocked)
    return (
      <a className="btn primary" href={signInAddress(placeHere(), isStepUp)} onClick={onLeave}>
        Sign in on this page
      </a>
    )
  return (
    <button type="button" className="btn primary" onClick={() => setBlocked(!openSignIn(isStepUp))}>
      Sign in again
    </button>
  )
}

/** Refusals that a sign-in puts right. */
export const asksForSignIn = ({ code }: Problem): boolean =>
  code === 'sign-in-needed' || code === 'step-up-needed'

export const isStepUp = ({ code }: Problem): boolean => code === 'step-up-needed'
