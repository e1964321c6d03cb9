import type { TriggerPage } from '#/snapshot/triggers/api.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { FiringCard } from './firing-card.tsx'
import { actionWords } from './words.ts'

/** What is watched for without anybody looking, what fired, and what somebody has to look at. */
export function TriggersPage({ csrf }: { readonly csrf: string }) {
  const { value, problem, again } = useAsked<TriggerPage>('/api/triggers')
  return (
    <PageFrame
      title="Triggers"
      navigation={
        <a className="btn" href="#switches">
          Switches
        </a>
      }
      onFocus={again}
    >
      <h1>Triggers</h1>
      <p className="dim">
        What policies have watched for. A stop stands under Switches until somebody releases it; what is to be
        looked at stays here until security or an owner closes it.
      </p>
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : <Found page={value} csrf={csrf} onChanged={again} />}
    </PageFrame>
  )
}

interface FoundProperties {
  readonly page: TriggerPage
  readonly csrf: string
  readonly onChanged: () => void
}

function Found({ page, csrf, onChanged }: FoundProperties) {
  const { triggers, open, past, mayClose } = page
  return (
    <>
      <div className="row spread">
        <h2>To look at</h2>
        <button type="button" className="btn" onClick={onChanged}>
          Look again
        </button>
      </div>
      {open.length === 0 ? <p className="note">Nothing has to be looked at.</p> : null}
      {open.map((each) => (
        <FiringCard key={each.id} view={each} mayClose={mayClose} csrf={csrf} onChanged={onChanged} />
      ))}
      <h2>Watched for</h2>
      {triggers.length === 0 ? (
        <p className="note">No policy that serves has a trigger.</p>
      ) : (
        <ul>
          {triggers.map(({ id, title, condition, action, owner }) => (
            <li key={id}>
              <b>{title}</b>: {condition}. Then: {actionWords[action]}.{' '}
              <span className="small dim">{owner}</span>
            </li>
          ))}
        </ul>
      )}
      {past.length === 0 ? null : <h2>Fired</h2>}
      {past.map((each) => (
        <FiringCard key={each.id} view={each} mayClose={mayClose} csrf={csrf} onChanged={onChanged} />
      ))}
    </>
  )
}
