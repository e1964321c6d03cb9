import { useCallback, useEffect, useState } from 'react'
import type { SimulationView } from '#/snapshot/simulate/api.ts'
import { ask } from '../core/ask.ts'
import { offline, type Problem, ProblemError } from '../core/problem.ts'

export interface Followed {
  readonly view: SimulationView | undefined
  readonly problem: Problem | undefined
  readonly follow: (begun: SimulationView | undefined) => void
  readonly cancel: () => void
}

/** Follows one simulation to its end; the gate answers when it has ended, or after a second. */
export function useSimulation(csrf: string): Followed {
  const [view, setView] = useState<SimulationView>()
  const [problem, setProblem] = useState<Problem>()
  const id = view?.state === 'running' ? view.id : undefined

  useEffect(() => {
    if (id === undefined) return
    const controller = new AbortController()
    const go = async (): Promise<void> => {
      for (;;) {
        const seen = await ask<SimulationView>(`/api/simulations/${id}`, { signal: controller.signal })
        setView(seen)
        if (seen.state !== 'running') return
      }
    }
    go().catch((error: unknown) => {
      if (controller.signal.aborted) return
      setView(undefined)
      setProblem(error instanceof ProblemError ? error.problem : offline)
    })
    return () => controller.abort()
  }, [id])

  const cancel = useCallback(() => {
    if (id === undefined) return
    ask<SimulationView>(`/api/simulations/${id}`, {
      method: 'DELETE',
      headers: { 'x-sallyport-csrf': csrf },
    }).then(setView, (error: unknown) => setProblem(error instanceof ProblemError ? error.problem : offline))
  }, [id, csrf])

  const follow = useCallback((begun: SimulationView | undefined): void => {
    setProblem(undefined)
    setView(begun)
  }, [])
  return { view, problem, follow, cancel }
}
