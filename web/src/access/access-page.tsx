import { seesPeople } from '../identity/people-place.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { AskAccess } from './ask-access.tsx'
import { ExplainAccess } from './explain-access.tsx'
import { RequestCard } from './request-card.tsx'
import { dayOf, lastEndOf, type OwnAccess, seesOthers, throughText } from './words.ts'

/** What somebody has and reaches, until when, what they ask for, and what waits for their decision. */
export function AccessPage({ csrf, onChanged }: { readonly csrf: string; readonly onChanged: () => void }) {
  const { value, problem, again } = useAsked<OwnAccess>('/api/access')
  const changed = (): void => {
    again()
    onChanged()
  }
  return (
    <PageFrame title="Access">
      <h1>Access</h1>
      <p className="dim">
        What you may use, and why. What was given to you ends by itself; more is asked for with a reason, and
        somebody else decides.
      </p>
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : <Found access={value} csrf={csrf} onChanged={changed} />}
    </PageFrame>
  )
}

interface FoundProperties {
  readonly access: OwnAccess
  readonly csrf: string
  readonly onChanged: () => void
}

function Found({ access, csrf, onChanged }: FoundProperties) {
  const waiting = access.requests.filter(({ mayDecide }) => mayDecide)
  const mine = access.requests.filter(({ isMine }) => isMine)
  const held = access.roles.map(({ role }) => role)
  return (
    <>
      {waiting.length === 0 ? null : (
        <section className="stack" aria-label="Waits for you">
          <h2>Waits for you</h2>
          {waiting.map((request) => (
            <RequestCard key={request.id} request={request} csrf={csrf} onChanged={onChanged} />
          ))}
        </section>
      )}
      <Reached access={access} />
      <section className="sheet-box" aria-label="Ask for more">
        <AskAccess listed={access.listed} csrf={csrf} onAsked={onChanged} />
      </section>
      {seesOthers(held) ? (
        <section className="sheet-box" aria-label="Explain access">
          <ExplainAccess mayLookUpPeople={seesPeople(held)} />
        </section>
      ) : null}
      {mine.length === 0 ? null : (
        <section className="stack" aria-label="What you asked for">
          <h2>What you asked for</h2>
          {mine.map((request) => (
            <RequestCard key={request.id} request={request} csrf={csrf} onChanged={onChanged} />
          ))}
        </section>
      )}
    </>
  )
}

const Reached = ({ access }: { readonly access: OwnAccess }) => (
  <section className="sheet-box scroll" aria-label="What you reach">
    <table>
      <thead>
        <tr>
          <th scope="col">You have</th>
          <th scope="col">Through</th>
          <th scope="col">Until</th>
          <th scope="col">Offerings</th>
        </tr>
      </thead>
      <tbody>
        {access.useCases
          .filter(({ isOpen }) => isOpen)
          .map(({ id, title, ways, offerings }) => (
            <tr key={id}>
              <td>
                {title} <span className="mono small faint">{id}</span>
              </td>
              <td>{ways.map(throughText).join(' · ')}</td>
              <td>{untilText(ways)}</td>
              <td>
                {offerings
                  .filter(({ isDenied }) => !isDenied)
                  .map((offering) => offering.title)
                  .join(', ') || 'none'}
              </td>
            </tr>
          ))}
        {access.roles.map(({ role, ways }) => (
          <tr key={role}>
            <td>Role {role}</td>
            <td>{ways.map((way) => throughText(way.slice(0, -1))).join(' · ')}</td>
            <td>{untilText(ways)}</td>
            <td />
          </tr>
        ))}
      </tbody>
    </table>
  </section>
)

function untilText(ways: OwnAccess['useCases'][number]['ways']): string {
  const end = lastEndOf(ways)
  return end === undefined ? 'no end' : dayOf(end)
}
