import { type FormEvent, useId, useState } from 'react'
import type { PersonAccess, Reach } from '#/identity/access/api.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { Suggestions } from './suggestions.tsx'
import { type Question, questions, wayText } from './words.ts'

/** "Who can reach this, and why?", for those who look after others. */
export function ExplainAccess({ mayLookUpPeople }: { readonly mayLookUpPeople: boolean }) {
  const [question, setQuestion] = useState<Question>('offering')
  const [name, setName] = useState('')
  const [path, setPath] = useState<string>()
  const id = useId()
  const ask = (event: FormEvent): void => {
    event.preventDefault()
    setPath(`/api/access/explain?${new URLSearchParams({ [question]: name.trim() })}`)
  }
  return (
    <>
      <form className="asking stack" onSubmit={ask} aria-label="Explain access">
        <h2>Explain access</h2>
        <div className="terms">
          <div className="field">
            <label htmlFor={`${id}-question`}>Question</label>
            <select
              id={`${id}-question`}
              value={question}
              onChange={({ target }) => {
                setQuestion(questions.find(([each]) => each === target.value)?.[0] ?? 'offering')
                setName('')
              }}
            >
              {questions.map(([each, label]) => (
                <option key={each} value={each}>
                  {label}
                </option>
              ))}
            </select>
          </div>
          <div className="field">
            <label htmlFor={`${id}-name`}>
              {question === 'person' ? 'E-mail address' : 'Id; a part of its name finds it'}
            </label>
            <input
              id={`${id}-name`}
              className="mono"
              required
              maxLength={254}
              autoComplete="off"
              list={`${id}-names`}
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
            {question === 'person' && !mayLookUpPeople ? null : (
              <Suggestions id={`${id}-names`} question={question} text={name} />
            )}
          </div>
        </div>
        <div className="row">
          <button type="submit" className="btn">
            Explain
          </button>
        </div>
      </form>
      {path === undefined ? null : <Explained path={path} />}
    </>
  )
}

function Explained({ path }: { readonly path: string }) {
  const { value, problem, again } = useAsked<PersonAccess | Reach>(path)
  return (
    <div className="stack" role="status">
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : 'useCases' in value ? (
        <PersonReaches access={value} />
      ) : (
        <Reached reach={value} />
      )}
    </div>
  )
}

const Reached = ({ reach }: { readonly reach: Reach }) => (
  <>
    <p>
      {reach.title}: reached by {reach.peopleTogether}, kept out {reach.deniedTogether}.
    </p>
    <ul className="bullets small">
      {reach.people.flatMap(({ ways }) => ways.map((way) => <li key={wayText(way)}>{wayText(way)}</li>))}
      {reach.denied.flatMap(({ denials }) =>
        denials.map((way) => (
          <li key={wayText(way)}>
            <b>Denied:</b> {wayText(way)}
          </li>
        )),
      )}
    </ul>
    {reach.peopleTogether > reach.people.length ? (
      <p className="small dim">The first {reach.people.length} are shown.</p>
    ) : null}
  </>
)

const PersonReaches = ({ access }: { readonly access: PersonAccess }) => (
  <>
    <p>
      {access.person.email}: {access.person.roles.join(', ')}
    </p>
    <ul className="bullets small">
      {access.useCases.map(({ id, title, isOpen, why, ways }) => (
        <li key={id}>
          <b>{title}</b>: {isOpen ? ways.map(wayText).join(' · ') : why}
        </li>
      ))}
    </ul>
  </>
)
