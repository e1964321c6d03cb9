import { signInAddress } from './session.ts'

/** Pages of this browser tell each other here that somebody has signed in. Nothing but that is said. */
const channelName = 'sallyport-session'

/** Where the sign-in of a window of its own ends. */
export const signedInHash = 'signed-in'

/**
 * Opens the sign-in in a window of its own, so that the page keeps what was typed and what was said. Must follow a
 * click. Gives false when the browser opens none.
 */
export const openSignIn = (isStepUp: boolean): boolean =>
  window.open(
    signInAddress(`/#${signedInHash}`, isStepUp),
    'sallyport-sign-in',
    'popup,width=520,height=720',
  ) !== null

export function tellSignedIn(): void {
  const channel = new BroadcastChannel(channelName)
  channel.postMessage('signed-in')
  channel.close()
}

/** Calls `listener` when somebody has signed in, in whichever window. Gives how to stop listening. */
export function onSignedIn(listener: () => void): () => void {
  const channel = new BroadcastChannel(channelName)
  channel.addEventListener('message', listener)
  return () => channel.close()
}
