import { useState } from 'react'
import type { FirstRunView, FirstRunWritten } from '#/register/first-run/api.ts'
import { useWriting } from '../audit/use-writing.ts'
import { WritingProblem } from '../audit/writing-problem.tsx'
import type { SignedIn } from '../identity/session.ts'
import { ClassesStep } from './classes-step.tsx'
import { DirectStep } from './direct-step.tsx'
import { answersOf, type Draft, emptyDraft } from './draft.ts'
import { HomeStep } from './home-step.tsx'
import { forget, keep, readKept } from './kept.ts'
import { PlanView } from './plan-view.tsx'
import { ProviderStep } from './provider-step.tsx'
import { usePlan } from './use-plan.ts'

interface Properties {
  readonly view: FirstRunView
  readonly person: SignedIn
  readonly csrf: string
  readonly onLookAgain: () => void
  readonly onWritten: (written: FirstRunWritten) => void
}

const titles = ['Home', 'Classes', 'Direct use', 'Provider'] as const

/** Four short steps; below them stands what would be written, as far as it is known. */
export function Wizard({ view, person, csrf, onLookAgain, onWritten }: Properties) {
  const [draft, setDraft] = useState(() => readKept(person.id, person.email, sessionStorage))
  const [round, setRound] = useState(0)
  const answers = answersOf(draft)
  const { plan, problem, isCurrent } = usePlan(answers, csrf, round)
  const writing = useWriting(csrf)
  const change = (part: Partial<Draft>): void => {
    const next = { ...draft, ...part }
    setDraft(next)
    keep(person.id, next, sessionStorage)
  }
  const isReady = isCurrent && plan?.offerings.every(({ isConnected }) => isConnected) === true

  const write = async (): Promise<void> => {
    if (writing.isSending || !isReady) return
    const written = await writing.writeFor<FirstRunWritten>('/api/first-run', {
      answers,
      digest: plan.digest,
    })
    // Somebody wrote in between, or the settings are other ones: the plan is made anew.
    if (written === undefined) return setRound((count) => count + 1)
    forget(person.id, sessionStorage)
    onWritten(written.answer)
  }
  const lookAgain = (): void => {
    onLookAgain()
    setRound((count) => count + 1)
  }

  return (
    <>
      <p className="dim">
        Three questions and a provider. What you answer is shown below as records before anything is written,
        and can be taken back until then. It is kept in this tab.
      </p>
      <ol className="first-steps" aria-label="Steps">
        {titles.map((title, index) => (
          <li key={title}>
            <button
              type="button"
              className="btn quiet"
              aria-current={index === draft.step ? 'step' : undefined}
              onClick={() => change({ step: index })}
            >
              {index + 1} {title}
            </button>
          </li>
        ))}
      </ol>
      <section className="sheet-box" aria-label={titles[draft.step] ?? titles[0]}>
        {draft.step === 0 ? <HomeStep draft={draft} change={change} /> : null}
        {draft.step === 1 ? <ClassesStep draft={draft} change={change} /> : null}
        {draft.step === 2 ? <DirectStep draft={draft} change={change} /> : null}
        {draft.step === 3 ? (
          <ProviderStep draft={draft} change={change} view={view} csrf={csrf} onLookAgain={lookAgain} />
        ) : null}
        <div className="row spread">
          <button
            type="button"
            className="btn"
            disabled={draft.step === 0}
            onClick={() => change({ step: draft.step - 1 })}
          >
            Back
          </button>
          {draft.step < titles.length - 1 ? (
            <button
              type="button"
              className="btn primary"
              disabled={draft.home === ''}
              onClick={() => change({ step: draft.step + 1 })}
            >
              Next
            </button>
          ) : null}
        </div>
      </section>
      <PlanView plan={plan} problem={problem} isCurrent={isCurrent} approvers={view.approvers} />
      <WritingProblem problem={writing.problem} again={writing.again} />
      <div className="row">
        <button
          type="button"
          className="btn primary"
          disabled={!isReady || writing.isSending || draft.step < titles.length - 1}
          onClick={write}
        >
          Write these proposals
        </button>
        <button type="button" className="btn" onClick={() => change(emptyDraft(person.email))}>
          Take all answers back
        </button>
        {draft.step < titles.length - 1 ? (
          <span className="small faint">After the last step.</span>
        ) : isReady ? null : (
          <span className="small faint">Once every connection is there and every answer fits.</span>
        )}
      </div>
    </>
  )
}
