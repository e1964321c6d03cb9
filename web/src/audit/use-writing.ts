import { useCallback, useRef, useState } from 'react'
import { ask } from '../core/ask.ts'
import { offline, type Problem, ProblemError } from '../core/problem.ts'

export interface Writing {
  readonly problem: Problem | undefined
  readonly isSending: boolean
  /** Calls `onTaken` once the gate took it, also when that is after a sign-in. */
  readonly write: (path: string, body: object, onTaken: () => void) => Promise<void>
  /** The last one once more, with the CSRF token of the session there is now. */
  readonly again: (csrf: string) => void
}

/** Writes to the gate, one thing at a time. */
export function useWriting(csrf: string): Writing {
  const [problem, setProblem] = useState<Problem>()
  const [isSending, setSending] = useState(false)
  const last = useRef<(csrf: string) => void>(undefined)
  const write = useCallback<Writing['write']>(
    async (path, body, onTaken) => {
      const send = async (token: string): Promise<void> => {
        setSending(true)
        setProblem(undefined)
        try {
          await ask(path, {
            method: 'POST',
            headers: { 'content-type': 'application/json', 'x-sallyport-csrf': token },
            body: JSON.stringify(body),
          })
          onTaken()
        } catch (error) {
          setProblem(error instanceof ProblemError ? error.problem : offline)
        } finally {
          setSending(false)
        }
      }
      last.current = send
      await send(csrf)
    },
    [csrf],
  )
  const again = useCallback<Writing['again']>((token) => last.current?.(token), [])
  return { problem, isSending, write, again }
}
