import { useState } from 'react'
import { ask } from '../core/ask.ts'
import { offline, type Problem, ProblemError } from '../core/problem.ts'

/** Ends what stands at a path and belongs to whoever asks. */
export function useEnd(csrf: string, onEnded: () => void) {
  const [problem, setProblem] = useState<Problem>()
  const end = async (path: string): Promise<void> => {
    setProblem(undefined)
    try {
      await ask(path, { method: 'DELETE', headers: { 'x-sallyport-csrf': csrf } })
      onEnded()
    } catch (error) {
      setProblem(error instanceof ProblemError ? error.problem : offline)
    }
  }
  return { problem, end }
}
