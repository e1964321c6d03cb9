export interface Pacer {
  readonly push: (text: string) => void
  /** Gives what is left now. */
  readonly flush: () => void
}

/** A hidden tab draws no frames; its text still has to be kept up with. */
const hiddenMs = 200

/** Hands text on at most once a frame, however fast it comes: drawing is what costs, not text. */
export function createPacer(give: (text: string) => void): Pacer {
  let waiting = ''
  let isScheduled = false
  const flush = (): void => {
    isScheduled = false
    if (waiting === '') return
    const text = waiting
    waiting = ''
    give(text)
  }
  return {
    push: (text) => {
      waiting += text
      if (isScheduled) return
      isScheduled = true
      if (document.hidden) setTimeout(flush, hiddenMs)
      else requestAnimationFrame(flush)
    },
    flush,
  }
}
