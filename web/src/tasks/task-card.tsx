import { type FormEvent, useId, useState } from 'react'
import type { TaskView } from '#/gateway/tasks/api.ts'
import { AnswerForm } from '../conversations/answer-form.tsx'
import { asksForSignIn, SignInButton } from '../identity/sign-in-button.tsx'
import { ClassChip } from '../ui/class-chip.tsx'
import { InputField } from './input-field.tsx'
import { TaskResult } from './task-result.tsx'
import { useTask } from './use-task.ts'
import { emptyInputs } from './words.ts'

interface Properties {
  readonly task: TaskView
  readonly csrf: string
}

/** One task: what it is for, its form, and its last answer. */
export function TaskCard({ task, csrf }: Properties) {
  const { title, purpose, highestClass, notice, needsReview, keepsContent } = task
  const id = useId()
  const [inputs, setInputs] = useState(() => emptyInputs(task))
  const asking = useTask(csrf)
  const send = (event: FormEvent): void => {
    event.preventDefault()
    if (!asking.isSending && isOpen) void asking.send({ task: task.id, inputs })
  }
  const isOpen = task.models.length > 0
  const known = [
    ...(isOpen ? [] : ['No model takes this task now: ask whoever owns it.']),
    ...(notice === null ? [] : [notice]),
    ...(needsReview ? ['A person must check each answer before it is used.'] : []),
    ...(keepsContent ? [] : ['The log keeps nothing of what you enter or get.']),
  ]
  return (
    <article className="sheet-box" aria-labelledby={id}>
      <div className="row spread">
        <h2 id={id}>{title}</h2>
        <span className="small dim">
          up to <ClassChip of={highestClass} />
        </span>
      </div>
      <p>{purpose}</p>
      {known.length === 0 ? null : <p className="note">{known.join(' ')}</p>}
      <form className="asking stack" aria-label={title} onSubmit={send}>
        {task.inputs.map((input) => (
          <InputField
            key={input.name}
            input={input}
            value={inputs[input.name] ?? ''}
            onChange={(value) => setInputs((now) => ({ ...now, [input.name]: value }))}
          />
        ))}
        <div className="row">
          <button type="submit" className="btn primary" disabled={asking.isSending || !isOpen}>
            {asking.isSending ? 'Asking' : 'Ask'}
          </button>
        </div>
      </form>
      <TaskProblem asking={asking} />
      {asking.answer === undefined ? null : <TaskResult answer={asking.answer} />}
    </article>
  )
}

/** Why there is no answer, and the ways on that work here. */
function TaskProblem({ asking }: { readonly asking: ReturnType<typeof useTask> }) {
  const { problem, again, masked, answerRules } = asking
  if (problem === undefined) return null
  const found = [...new Set(problem.findings.map(({ label }) => label))]
  const others = problem.remedies.filter(({ id }) => id !== 'mask-and-send')
  return (
    <div role="alert" className="note stack">
      <p>
        <b>{problem.message}</b> {found.length === 0 ? null : `Found: ${found.join(', ')}.`}
      </p>
      {asksForSignIn(problem) ? <SignInButton isStepUp={false} onDone={again} /> : null}
      {problem.asks === undefined ? null : <AnswerForm asks={problem.asks} onAnswer={answerRules} />}
      {problem.remedies.length === others.length ? null : (
        <div className="row">
          <button type="button" className="btn" onClick={masked}>
            Send it masked
          </button>
        </div>
      )}
      {problem.asks === undefined && others.length > 0 ? (
        <p>{others.map(({ text }) => text).join(' ')}</p>
      ) : null}
    </div>
  )
}
