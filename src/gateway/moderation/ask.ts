import { Pieces } from '#/core/http/body.ts'
import type { VendorRequest } from '#/providers/api.ts'
import type { Line } from '../services.ts'
import { callUpstream, type UpstreamCall } from '../upstream.ts'

/** Why there is no answer, as the rest of a sentence about the model. */
export type Away = string

/** A verdict on 64 texts has some hundred kilobytes. */
const answerMaxBytes = 1_048_576

/** Why there is none, and whether the model may have judged the texts all the same. */
export interface NoAnswer {
  readonly away: Away
  readonly isServed: boolean
}

/** What a moderation model answers, or why it does not. Ends within `limitMs`, and never rejects. */
export function askModel(line: Line, request: VendorRequest, limitMs: number): Promise<Buffer | NoAnswer> {
  return new Promise((resolve) => {
    const pieces = new Pieces()
    let call: UpstreamCall | undefined
    let isAnswering = false
    let isOver = false
    const end = (result: Buffer | NoAnswer): void => {
      if (isOver) return
      isOver = true
      clearTimeout(timer)
      call?.abort()
      resolve(result)
    }
    const timer = setTimeout(
      () => end({ away: `did not answer within ${limitMs} ms`, isServed: true }),
      limitMs,
    )
    call = callUpstream(line, request, {
      onHead: ({ status }) => {
        isAnswering = status === 200
        if (!isAnswering) end({ away: `answered with status ${status}`, isServed: false })
      },
      onData: (piece) => {
        pieces.add(piece)
        if (pieces.bytes > answerMaxBytes)
          end({ away: 'answered with more than can be read', isServed: true })
      },
      onEnd: () => end(pieces.joined()),
      onFailure: () =>
        end({
          away: isAnswering ? 'broke off while it answered' : 'cannot be reached',
          isServed: isAnswering,
        }),
    })
    // It may have failed before there was anything to abort.
    if (isOver) call.abort()
  })
}
