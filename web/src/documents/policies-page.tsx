import type { Coverage, DocumentCoverage, ReadableDocument } from '#/register/documents/api.ts'
import { linkText, stateWords } from '#/register/documents/api.ts'
import { useWriting } from '../audit/use-writing.ts'
import { WritingProblem } from '../audit/writing-problem.tsx'
import type { SignedIn } from '../identity/session.ts'
import { addressOf, seesRegister } from '../register/place.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { useAsked } from '../register/use-asked.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { dayOf, guideHash } from './words.ts'

interface Properties {
  readonly person: SignedIn
  readonly csrf: string
  /** Whether administration is served here: what keeps a clause is told there only. */
  readonly isAdministration: boolean
}

/** Policies as people read them; whoever sees the register sees what keeps each clause, too. */
export function PoliciesPage({ person, csrf, isAdministration }: Properties) {
  const { value, problem, again } = useAsked<{ readonly documents: readonly ReadableDocument[] }>(
    '/api/policy-documents',
  )
  return (
    <PageFrame
      title="Policies"
      navigation={
        <a className="btn quiet" href={`#${guideHash}`}>
          Guide
        </a>
      }
    >
      <h1>Policies</h1>
      <ProblemNote problem={problem} onAgain={again} />
      {value?.documents.length === 0 ? <p className="note">No policy has a document that serves.</p> : null}
      {value?.documents.map((document) => (
        <Document key={document.policy} document={document} />
      ))}
      {isAdministration && seesRegister(person.roles) ? <Keeping person={person} csrf={csrf} /> : null}
    </PageFrame>
  )
}

const Document = ({ document }: { readonly document: ReadableDocument }) => (
  <section className="sheet-box stack" aria-label={document.title}>
    <h2>{document.title}</h2>
    <p className="small dim">
      Version {document.version}, approved by {document.approvedBy} on {dayOf(document.approvedAt)}, hash{' '}
      <span className="mono">{document.hash.slice(0, 16)}</span>. Ask {document.owner}.
    </p>
    <p>{document.purpose}</p>
    {document.clauses.map(({ id, title, text, state }) => (
      <div key={id}>
        <h3>{title}</h3>
        <p>{text}</p>
        <p className="small faint">{stateWords[state]}</p>
      </div>
    ))}
  </section>
)

function Keeping({ person, csrf }: Omit<Properties, 'isAdministration'>) {
  const { value, problem, again } = useAsked<Coverage>('/api/policy-coverage')
  return (
    <>
      <h2>What keeps what</h2>
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : (
        <>
          <p className="small dim">
            {dayOf(value.since)} to {dayOf(value.until)}: {value.exchanges} exchanges came to the rules, of{' '}
            {value.requests} requests.
            {value.isCut ? ' There was more in the log: the newest were counted.' : ''} Not counted:{' '}
            {value.blind.join(' ')}
          </p>
          {value.documents.map((document) => (
            <Kept key={document.policy} document={document} days={value.days} />
          ))}
          {person.roles.some((role) => role !== 'employee' && role !== 'auditor') &&
          value.documents.every(({ policy }) => policy !== 'acceptable-use') ? (
            <Begin csrf={csrf} onDone={again} />
          ) : null}
        </>
      )}
    </>
  )
}

const Kept = ({ document, days }: { readonly document: DocumentCoverage; readonly days: number }) => (
  <section className="sheet-box stack" aria-label={`What keeps ${document.title}`}>
    <p>
      <a className="link" href={addressOf('policy', document.policy)}>
        {document.title}
      </a>
      , version {document.version}
      {document.serves ? '' : ', waits'}: {document.promises.length} of {document.clauses.length} clauses are
      promises only.
    </p>
    <dl className="kv">
      {document.clauses.map(({ id, state, links }) => (
        <div key={id} className="pair">
          <dt>{id}</dt>
          <dd>
            {stateWords[state]}
            {links.map((link) => (
              <div key={link.what} className="small dim">
                {linkText(link, days)}
              </div>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  </section>
)

function Begin({ csrf, onDone }: { readonly csrf: string; readonly onDone: () => void }) {
  const { problem, isSending, write, again } = useWriting(csrf)
  const begin = async (): Promise<void> => {
    if (!isSending && (await write('/api/policy-documents/acceptable-use'))) onDone()
  }
  return (
    <div className="stack">
      <WritingProblem problem={problem} again={again} />
      <p>
        <button type="button" className="btn" onClick={begin}>
          Draft an acceptable use policy
        </button>
      </p>
    </div>
  )
}
