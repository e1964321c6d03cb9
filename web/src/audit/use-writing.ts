import { useCallback, useRef, useState } from 'react'
import { ask } from '../core/ask.ts'
import { offline, type Problem, ProblemError } from '../core/problem.ts'
import { asksForSignIn } from '../identity/sign-in-button.tsx'

export interface Writing {
  readonly problem: Problem | undefined
  readonly isSending: boolean
  /** Gives whether the gate took it. Where it asks for a sign-in first, that is known once `again` was called. */
  readonly write: (path: string, body?: object) => Promise<boolean>
  /** What the gate answered; undefined when it did not take it. */
  readonly writeFor: <Shape>(path: string, body?: object) => Promise<{ readonly answer: Shape } | undefined>
  /** After the sign-in: the same once more, with the CSRF token of the session there is now. */
  readonly again: (csrf: string) => void
}

/** Writes to the gate, one thing at a time. */
export function useWriting(csrf: string): Writing {
  const [problem, setProblem] = useState<Problem>()
  const [isSending, setSending] = useState(false)
  const waiting = useRef<(csrf: string | undefined) => void>(undefined)

  const send = useCallback(async <Shape>(path: string, body: object, token: string) => {
    setSending(true)
    setProblem(undefined)
    try {
      const answer = await ask<Shape>(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-sallyport-csrf': token },
        body: JSON.stringify(body),
      })
      return { answer }
    } catch (error) {
      const met = error instanceof ProblemError ? error.problem : offline
      setProblem(met)
      return met
    } finally {
      setSending(false)
    }
  }, [])

  const writeFor = useCallback(
    async <Shape>(path: string, body: object = {}): Promise<{ readonly answer: Shape } | undefined> => {
      // What waited for a sign-in is given up: this is what the person wants now.
      waiting.current?.(undefined)
      let token: string | undefined = csrf
      // Each round is a sign-in by hand.
      while (token !== undefined) {
        const came: { readonly answer: Shape } | Problem = await send<Shape>(path, body, token)
        if ('answer' in came) return came
        if (!asksForSignIn(came)) return undefined
        token = await new Promise<string | undefined>((resolve) => {
          waiting.current = resolve
        })
      }
      return undefined
    },
    [csrf, send],
  )
  const write = useCallback(
    async (path: string, body?: object): Promise<boolean> => (await writeFor(path, body)) !== undefined,
    [writeFor],
  )
  const again = useCallback<Writing['again']>((token) => waiting.current?.(token), [])
  return { problem, isSending, write, writeFor, again }
}
