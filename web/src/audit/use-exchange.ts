import { useCallback, useEffect, useState } from 'react'
import type { ExchangeDetails } from '#/gateway/api.ts'
import { offline, type Problem, ProblemError } from '../core/problem.ts'
import { indexOf, readExchange } from './api.ts'

/** While an answer is still coming its outcome is asked for this often, and not for ever. */
const pollMs = 1_000
const mostPolls = 600

export interface Exchange {
  readonly details: ExchangeDetails | undefined
  readonly problem: Problem | undefined
  readonly readAgain: () => void
}

/** One exchange of the person, read again until its outcome is written. `isRunning` says the page still streams it. */
export function useExchange(receipt: string | undefined, isRunning: boolean): Exchange {
  const [details, setDetails] = useState<ExchangeDetails>()
  const [problem, setProblem] = useState<Problem>()
  const [asked, setAsked] = useState(0)
  const isOpen = details === undefined ? false : details.status === 'open'

  // biome-ignore lint/correctness/useExhaustiveDependencies: the end of the stream and a press on "Try again" ask anew
  useEffect(() => {
    const index = receipt === undefined ? undefined : indexOf(receipt)
    if (index === undefined) return
    const controller = new AbortController()
    readExchange(index, controller.signal).then(
      (read) => {
        setDetails(read)
        setProblem(undefined)
      },
      (error: unknown) => {
        if (controller.signal.aborted) return
        setProblem(error instanceof ProblemError ? error.problem : offline)
      },
    )
    return () => controller.abort()
  }, [receipt, asked, isRunning])

  const readAgain = useCallback(() => setAsked((times) => times + 1), [])
  useEffect(() => {
    if (!isOpen || asked > mostPolls) return
    const timer = setTimeout(readAgain, pollMs)
    return () => clearTimeout(timer)
  }, [isOpen, asked, readAgain])
  return { details, problem, readAgain }
}
