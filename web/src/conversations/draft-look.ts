import type { DraftVerdict } from './draft-check.ts'
import type { DraftAnswer, DraftQuestion } from './draft-worker.ts'

/** Starts a worker: gives the way to ask it, and is told its answers and its end. */
export type StartWorker = (
  answered: (answer: DraftAnswer) => void,
  failed: () => void,
) => (question: DraftQuestion) => void

export type Look = (text: string) => Promise<DraftVerdict | undefined>

/**
 * Asks a worker that is started with the first question. Only the last question is answered: what is asked for an
 * older draft ends without a verdict, and so does everything once the worker failed. The gate's look goes on.
 */
export function createLook(start: StartWorker): Look {
  let askWorker: ((question: DraftQuestion) => void) | undefined
  let last = 0
  let settle: ((verdict: DraftVerdict | undefined) => void) | undefined
  let hasFailed = false
  const answered = ({ id, verdict }: DraftAnswer): void => {
    if (id === last) settle?.(verdict)
  }
  const failed = (): void => {
    hasFailed = true
    settle?.(undefined)
  }
  return (text) => {
    settle?.(undefined)
    if (hasFailed) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      settle = resolve
      last++
      askWorker ??= start(answered, failed)
      askWorker({ id: last, text })
    })
  }
}

/** The detectors come in a file of their own, once, when the first word is typed. */
export const lookHere: Look = createLook((answered, failed) => {
  const worker = new Worker(new URL('./draft-worker.ts', import.meta.url), { type: 'module', name: 'drafts' })
  worker.addEventListener('message', ({ data }: MessageEvent<DraftAnswer>) => answered(data))
  worker.addEventListener('error', failed)
  return (question) => worker.postMessage(question)
})
