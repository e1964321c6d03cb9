import { useCallback, useState } from 'react'
import { ask } from '../core/ask.ts'
import { offline, type Problem, ProblemError } from '../core/problem.ts'

export interface Writing {
  readonly problem: Problem | undefined
  readonly isSending: boolean
  /** Gives whether the gate took it. */
  readonly write: (path: string, body?: object) => Promise<boolean>
  /** What the gate answered; undefined when it did not take it. */
  readonly writeFor: <Shape>(path: string, body?: object) => Promise<{ readonly answer: Shape } | undefined>
}

/** Writes to the gate, one thing at a time. */
export function useWriting(csrf: string): Writing {
  const [problem, setProblem] = useState<Problem>()
  const [isSending, setSending] = useState(false)
  const writeFor = useCallback(
    async <Shape>(path: string, body: object = {}): Promise<{ readonly answer: Shape } | undefined> => {
      setSending(true)
      setProblem(undefined)
      try {
        const answer = await ask<Shape>(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-sallyport-csrf': csrf },
          body: JSON.stringify(body),
        })
        return { answer }
      } catch (error) {
        setProblem(error instanceof ProblemError ? error.problem : offline)
        return undefined
      } finally {
        setSending(false)
      }
    },
    [csrf],
  )
  const write = useCallback(
    async (path: string, body?: object): Promise<boolean> => (await writeFor(path, body)) !== undefined,
    [writeFor],
  )
  return { problem, isSending, write, writeFor }
}
