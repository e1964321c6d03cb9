import { useCallback, useState } from 'react'
import { ask } from '../core/ask.ts'
import { offline, type Problem, ProblemError } from '../core/problem.ts'

export interface Writing {
  readonly problem: Problem | undefined
  readonly isSending: boolean
  /** Gives whether the gate took it. */
  readonly write: (path: string, body?: object) => Promise<boolean>
}

/** Writes to the gate, one thing at a time. */
export function useWriting(csrf: string): Writing {
  const [problem, setProblem] = useState<Problem>()
  const [isSending, setSending] = useState(false)
  const write = useCallback(
    async (path: string, body: object = {}): Promise<boolean> => {
      setSending(true)
      setProblem(undefined)
      try {
        await ask(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-sallyport-csrf': csrf },
          body: JSON.stringify(body),
        })
        return true
      } catch (error) {
        setProblem(error instanceof ProblemError ? error.problem : offline)
        return false
      } finally {
        setSending(false)
      }
    },
    [csrf],
  )
  return { problem, isSending, write }
}
