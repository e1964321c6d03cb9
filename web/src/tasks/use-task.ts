import { useCallback, useState } from 'react'
import type { TaskAnswer } from '#/gateway/tasks/api.ts'
import type { Answered } from '../conversations/remedies.ts'
import { ask } from '../core/ask.ts'
import { offline, type Problem, ProblemError } from '../core/problem.ts'

interface Asked {
  readonly task: string
  readonly inputs: Readonly<Record<string, string>>
}

/** One question at a time; it can be sent again after a sign-in, and with what rules asked for. */
export function useTask(csrf: string) {
  const [asked, setAsked] = useState<Asked>()
  const [answer, setAnswer] = useState<TaskAnswer>()
  const [problem, setProblem] = useState<Problem>()
  const [isSending, setSending] = useState(false)
  const [token, setToken] = useState(csrf)

  const send = useCallback(
    async (question: Asked, headers: Readonly<Record<string, string>>, fresh: string): Promise<void> => {
      setAsked(question)
      setAnswer(undefined)
      setProblem(undefined)
      setSending(true)
      try {
        const answered = await ask<TaskAnswer>(`/tasks/${question.task}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-sallyport-csrf': fresh, ...headers },
          body: JSON.stringify({ inputs: question.inputs }),
        })
        setAnswer(answered)
      } catch (error) {
        setProblem(error instanceof ProblemError ? error.problem : offline)
      } finally {
        setSending(false)
      }
    },
    [],
  )
  return {
    answer,
    problem,
    isSending,
    send: (question: Asked) => send(question, {}, token),
    /** With a token of the session there is now. */
    again: (fresh: string) => {
      setToken(fresh)
      if (asked !== undefined) void send(asked, {}, fresh)
    },
    masked: () => {
      if (asked !== undefined) void send(asked, { 'x-sallyport-remedy': 'mask' }, token)
    },
    answerRules: (answered: Answered) => {
      if (asked !== undefined) void send(asked, headersOf(answered), token)
    },
  }
}

function headersOf({ acknowledge = [], justification }: Answered): Record<string, string> {
  return {
    ...(acknowledge.length === 0 ? {} : { 'x-sallyport-acknowledge': acknowledge.join(',') }),
    ...(justification === undefined
      ? {}
      : { 'x-sallyport-justification': encodeURIComponent(justification) }),
  }
}
