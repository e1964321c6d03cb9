import { useSyncExternalStore } from 'react'

/** The part of the address behind `#`: which page is open. The server never sees it. */
export const useHash = (): string => useSyncExternalStore(listen, () => window.location.hash.slice(1))

function listen(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange)
  return () => window.removeEventListener('hashchange', onChange)
}
