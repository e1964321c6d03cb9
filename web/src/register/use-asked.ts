import { useCallback, useEffect, useState } from 'react'
import { ask } from '../core/ask.ts'
import { offline, type Problem, ProblemError } from '../core/problem.ts'

export interface Asked<Shape> {
  /** What the gate said last; it stays while it is asked again. */
  readonly value: Shape | undefined
  readonly problem: Problem | undefined
  readonly again: () => void
}

/** Asks the gate for something, again whenever the path changes or `again` is called. */
export function useAsked<Shape>(path: string): Asked<Shape> {
  const [state, setState] = useState<{ path: string; value?: Shape; problem?: Problem }>({ path })
  const [times, setTimes] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `times` changes when it is to be asked again
  useEffect(() => {
    const controller = new AbortController()
    ask<Shape>(path, { signal: controller.signal }).then(
      (value) => setState({ path, value }),
      (error: unknown) => {
        if (controller.signal.aborted) return
        setState({ path, problem: error instanceof ProblemError ? error.problem : offline })
      },
    )
    return () => controller.abort()
  }, [path, times])
  const again = useCallback(() => setTimes((count) => count + 1), [])
  const isCurrent = state.path === path
  return {
    value: isCurrent ? state.value : undefined,
    problem: isCurrent ? state.problem : undefined,
    again,
  }
}
