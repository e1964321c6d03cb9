import type { TaskAnswer } from '#/gateway/tasks/api.ts'
import { ClassChip } from '../ui/class-chip.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { aboutAnswer, shownAnswer } from './words.ts'

/** An answer, with what is to be known of it, its receipt and a button that copies it. */
export function TaskResult({ answer }: { readonly answer: TaskAnswer }) {
  const text = shownAnswer(answer)
  const about = aboutAnswer(answer)
  return (
    <section className="stack" aria-label="Answer" aria-live="polite">
      <p className={typeof answer.answer === 'string' ? 'said' : 'said mono'}>{text}</p>
      {about.length === 0 ? null : <p className="note">{about.join(' ')}</p>}
      <div className="row spread">
        <CopyButton text={text} label="Copy" />
        <span className="small dim">
          As <ClassChip of={answer.class} isBare /> to {answer.offering}. Receipt{' '}
          <span className="mono">{answer.receipt}</span>, under <a href="#mine">My entries</a>.
        </span>
      </div>
    </section>
  )
}
