import { useEffect } from 'react'
import { Mark } from '../ui/icon.tsx'
import { tellSignedIn } from './sign-in-again.ts'

/** The end of a sign-in in a window of its own: the page that opened it goes on, and this one closes. */
export function SignedInWindow() {
  useEffect(() => {
    tellSignedIn()
    window.close()
  }, [])
  return (
    <main className="door">
      <Mark />
      <h1>You are signed in</h1>
      <p>The page you came from goes on by itself. This window can be closed.</p>
      <a className="btn" href="/">
        Go on here
      </a>
    </main>
  )
}
