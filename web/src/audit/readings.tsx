import type { ReadingView } from '#/audit/reading/api.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { AskForm } from './ask-form.tsx'
import { ReadingCard } from './reading-card.tsx'

/** Who asked to read what, who let it happen, and the place to do either. */
export function Readings({ csrf }: { readonly csrf: string }) {
  const { value, problem, again } = useAsked<{ readonly readings: readonly ReadingView[] }>(
    '/api/log/readings',
  )
  return (
    <>
      <h1>Readings</h1>
      <p className="dim">
        What people entered is opened by two: one asks with a reason, another approves, for a time. Each
        opening is in the log, and the person concerned is told who read and why.
      </p>
      <section className="sheet-box" aria-label="Ask for a reading">
        <AskForm csrf={csrf} onAsked={again} />
      </section>
      <ProblemNote problem={problem} onAgain={again} />
      {value?.readings.map((reading) => (
        <section key={reading.id} className="sheet-box" aria-label={`Reading ${reading.id}`}>
          <ReadingCard reading={reading} csrf={csrf} onChanged={again} />
        </section>
      ))}
      {value?.readings.length === 0 ? <p className="note">Nobody has asked for one yet.</p> : null}
    </>
  )
}
