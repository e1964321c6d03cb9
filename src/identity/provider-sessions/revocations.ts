import { withinAMoment } from './within-a-moment.ts'

/** What is told to providers in the background: so many at once, so many waiting. */
const mostAtOnce = 8
const mostWaiting = 10_000

export interface Revocations {
  /** `revoke` is called when it is its turn. What is too much is left out, and told. */
  readonly add: (revoke: () => Promise<void>) => void
  /** Takes nothing more, and waits a moment for what is under way. */
  readonly close: () => Promise<void>
}

export function createRevocations(onError: (error: unknown) => void): Revocations {
  const waiting: (() => Promise<void>)[] = []
  const underWay = new Set<Promise<void>>()
  let isClosed = false

  const next = (): void => {
    while (underWay.size < mostAtOnce) {
      const revoke = waiting.shift()
      if (revoke === undefined) return
      const done = revoke()
        .catch(onError)
        .finally(() => {
          underWay.delete(done)
          next()
        })
      underWay.add(done)
    }
  }
  return {
    add: (revoke) => {
      if (isClosed) return
      if (waiting.length >= mostWaiting) {
        onError(new Error(`${mostWaiting} refresh tokens wait to be revoked; one more is not`))
        return
      }
      waiting.push(revoke)
      next()
    },
    close: async () => {
      isClosed = true
      waiting.length = 0
      await withinAMoment(Promise.allSettled(underWay))
    },
  }
}
