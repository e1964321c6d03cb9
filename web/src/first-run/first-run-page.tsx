import { useState } from 'react'
import type { FirstRunView, FirstRunWritten } from '#/register/first-run/api.ts'
import type { SignedIn } from '../identity/session.ts'
import { addressOf, kindNames } from '../register/place.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { RegisterLink } from '../register/register-link.tsx'
import { useAsked } from '../register/use-asked.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { Approval } from './approval.tsx'
import { Wizard } from './wizard.tsx'

interface Properties {
  readonly person: SignedIn
  readonly csrf: string
}

/** From an empty register to the first records: three questions, a provider, and a plan. */
export function FirstRunPage({ person, csrf }: Properties) {
  const { value, problem, again } = useAsked<FirstRunView>('/api/first-run')
  // While the gate is asked again the form must not go away.
  const [known, setKnown] = useState<FirstRunView>()
  if (value !== undefined && value !== known) setKnown(value)
  const [written, setWritten] = useState<FirstRunWritten>()
  const view = value ?? known
  return (
    <PageFrame title="First run" navigation={<RegisterLink />}>
      <h1>First run</h1>
      <ProblemNote problem={problem} onAgain={again} />
      {written !== undefined ? (
        <Done written={written} />
      ) : view === undefined ? null : view.isOpen ? (
        <Wizard view={view} person={person} csrf={csrf} onLookAgain={again} onWritten={setWritten} />
      ) : (
        <Over view={view} />
      )}
    </PageFrame>
  )
}

const Done = ({ written: { plan, approvers } }: { readonly written: FirstRunWritten }) => (
  <section className="stack" aria-label="Written">
    <p role="status">
      <b>{plan.filter(({ change }) => change !== 'same').length} records are written. They wait.</b> Until
      somebody else approves them, what served before goes on serving.
    </p>
    <ul className="bullets">
      {plan.map(({ kind, id, version }) => (
        <li key={`${kind}/${id}`}>
          {kindNames[kind]}{' '}
          <a className="link" href={addressOf(kind, id)}>
            {id}
          </a>
          , version {version}
        </li>
      ))}
    </ul>
    <Approval approvers={approvers} />
  </section>
)

const Over = ({ view: { written, approvers } }: { readonly view: FirstRunView }) => (
  <section className="stack" aria-label="It is over">
    <p>
      The register holds more than it began with, so the first run is over. Records are changed one by one: in
      files with <code>sallyport export</code> and <code>sallyport apply</code>. A further provider begins
      with <code>sallyport offering draft</code>.
    </p>
    <ul className="bullets">
      {written.map(({ kind, id, title }) => (
        <li key={`${kind}/${id}`}>
          {kindNames[kind]}{' '}
          <a className="link" href={addressOf(kind, id)}>
            {title}
          </a>
        </li>
      ))}
    </ul>
    <Approval approvers={approvers} />
  </section>
)
