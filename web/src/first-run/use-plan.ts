import { useEffect, useState } from 'react'
import type { FirstRunAnswers, FirstRunPlan } from '#/register/first-run/api.ts'
import { ask } from '../core/ask.ts'
import { offline, type Problem, ProblemError } from '../core/problem.ts'

export interface Planned {
  readonly plan: FirstRunPlan | undefined
  readonly problem: Problem | undefined
  /** The plan is that of the answers as they are now. */
  readonly isCurrent: boolean
}

/** As long as somebody goes on typing nothing is asked. */
const quietMs = 300

/** What the answers would write, asked again whenever they change. `round` asks again for the same. */
export function usePlan(answers: FirstRunAnswers | undefined, csrf: string, round: number): Planned {
  const [state, setState] = useState<{
    readonly asked: string
    readonly plan: FirstRunPlan | undefined
    readonly problem: Problem | undefined
  }>()
  const body = answers === undefined ? '' : JSON.stringify(answers)
  const asked = `${round} ${body}`
  useEffect(() => {
    if (body === '') return
    const controller = new AbortController()
    const timer = setTimeout(() => {
      ask<FirstRunPlan>('/api/first-run/plan', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-sallyport-csrf': csrf },
        body,
        signal: controller.signal,
      }).then(
        (plan) => setState({ asked, plan, problem: undefined }),
        (error: unknown) => {
          if (controller.signal.aborted) return
          const problem = error instanceof ProblemError ? error.problem : offline
          setState((before) => ({ asked, plan: before?.plan, problem }))
        },
      )
    }, quietMs)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
  }, [asked, body, csrf])
  const isCurrent = state?.asked === asked && state.problem === undefined
  return { plan: body === '' ? undefined : state?.plan, problem: state?.problem, isCurrent }
}
