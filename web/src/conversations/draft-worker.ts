/** The browser's look at a draft, beside the page: a long paste must not hold up a key stroke. */
import { createInspector } from '#/inspect/index.ts'
import { checkHere, type DraftVerdict } from './draft-check.ts'

export interface DraftQuestion {
  readonly id: number
  readonly text: string
}

export interface DraftAnswer {
  readonly id: number
  readonly verdict: DraftVerdict
}

const inspector = createInspector({ terms: [] })

addEventListener('message', ({ data }: MessageEvent<DraftQuestion>) => {
  const answer: DraftAnswer = { id: data.id, verdict: checkHere(inspector, data.text) }
  postMessage(answer)
})
