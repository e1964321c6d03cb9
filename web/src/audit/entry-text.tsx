import type { EntryContent } from '#/audit/reading/api.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { messagesOf } from './messages.ts'

/** What an entry holds, as text: what was entered, what left when that was something else, what came back. */
export function EntryText({ path }: { readonly path: string }) {
  const { value, problem, again } = useAsked<EntryContent>(path)
  return (
    <>
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : <Texts content={value} />}
    </>
  )
}

function Texts({ content }: { readonly content: EntryContent }) {
  const { typed, sent, answer, other, isEmpty, isNotKept } = content
  if (isEmpty) {
    return <p className="note">There is nothing to read: it holds no text, or its key was destroyed.</p>
  }
  if (isNotKept) {
    return <p className="note">Nothing of it was kept: its use case keeps no content.</p>
  }
  const isChanged = sent !== null && JSON.stringify(sent) !== JSON.stringify(typed)
  return (
    <div className="stack">
      {typed === null ? null : <Said title="Entered" body={typed} />}
      {isChanged ? <Said title="What left" body={sent} /> : null}
      {answer === null ? null : (
        <section className="came" aria-label="What came back">
          <h3>What came back</h3>
          <p className="said">{answer}</p>
        </section>
      )}
      {other === null ? null : <Said title="What it says" body={other} />}
    </div>
  )
}

const Said = ({ title, body }: { readonly title: string; readonly body: unknown }) => (
  <section className="came" aria-label={title}>
    <h3>{title}</h3>
    {messagesOf(body).map(({ role, text }, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the texts of one entry never change
      <p key={index} className="said">
        <span className="faint">{role}: </span>
        {text}
      </p>
    ))}
  </section>
)
