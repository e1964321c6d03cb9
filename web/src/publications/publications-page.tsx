import { useEffect } from 'react'
import type { PublicationPage, PublicationSummary, PublicationView } from '#/snapshot/publications/api.ts'
import { ProblemNote } from '../register/problem-note.tsx'
import { RegisterLink } from '../register/register-link.tsx'
import { useAsked } from '../register/use-asked.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { CheckView } from './check-view.tsx'
import { DifferenceView } from './difference-view.tsx'
import { StepBack } from './step-back.tsx'
import { WaitingCard } from './waiting-card.tsx'
import {
  addressOfPublication,
  causeWords,
  countWords,
  modeWords,
  publicationsHash,
  timeOf,
  whoWords,
} from './words.ts'

interface Properties {
  /** The one that is looked at; undefined for all of them. */
  readonly number: number | undefined
  readonly csrf: string
}

/** Which version of what was approved serves, what waits for one, and the way back. */
export const PublicationsPage = ({ number, csrf }: Properties) => (
  <PageFrame
    title={number === undefined ? 'Publications' : `Publication ${number}`}
    section="Publications"
    navigation={<RegisterLink />}
  >
    {number === undefined ? <All csrf={csrf} /> : <One key={number} number={number} />}
  </PageFrame>
)

function All({ csrf }: Pick<Properties, 'csrf'>) {
  const { value, problem, again } = useAsked<PublicationPage>('/api/publications')
  useEffect(() => {
    // Somebody else may have published. A timer would keep a session alive that nobody uses.
    window.addEventListener('focus', again)
    return () => window.removeEventListener('focus', again)
  }, [again])
  return (
    <>
      <h1>Publications</h1>
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : <Found page={value} csrf={csrf} onChanged={again} />}
    </>
  )
}

interface FoundProperties {
  readonly page: PublicationPage
  readonly csrf: string
  readonly onChanged: () => void
}

const Found = ({ page, csrf, onChanged }: FoundProperties) => (
  <>
    <p className="dim">
      Publication {page.serving} serves. {modeWords(page)} What is stopped, suspended or has ended never
      waits.
    </p>
    {page.isHeld ? (
      <p className="note" role="status">
        A step back was made: nothing is published until somebody does.
      </p>
    ) : null}
    {page.trouble === null ? null : (
      <p className="note" role="alert">
        {page.trouble}
      </p>
    )}
    {page.waiting === null ? (
      <p className="note">Nothing that is approved waits to be published.</p>
    ) : (
      <WaitingCard page={page} waiting={page.waiting} csrf={csrf} onDone={onChanged} />
    )}
    <section className="sheet-box" aria-label="What serves">
      <h2>What serves</h2>
      <CheckView check={page.check} />
    </section>
    <StepBack page={page} csrf={csrf} onDone={onChanged} />
    <Table publications={page.publications} />
  </>
)

const Table = ({ publications }: { readonly publications: readonly PublicationSummary[] }) => (
  <div className="sheet-box scroll">
    <table>
      <caption className="sr">Publications, the newest first</caption>
      <thead>
        <tr>
          <th scope="col">Number</th>
          <th scope="col">When</th>
          <th scope="col">How</th>
          <th scope="col">What</th>
          <th scope="col">Who and why</th>
        </tr>
      </thead>
      <tbody>
        {publications.map((each) => (
          <tr key={each.number}>
            <td>
              <a className="link" href={addressOfPublication(each.number)}>
                {each.number}
              </a>
            </td>
            <td>{timeOf(each.at)}</td>
            <td>{causeWords[each.cause]}</td>
            <td>{countWords(each)}</td>
            <td>
              {whoWords(each)}
              {each.reason === '' ? '' : `: ${each.reason}`}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)

function One({ number }: { readonly number: number }) {
  const { value, problem, again } = useAsked<PublicationView>(`/api/publications/${number}`)
  return (
    <>
      <h1>Publication {number}</h1>
      <p>
        <a className="link" href={`#${publicationsHash}`}>
          All publications
        </a>
      </p>
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : (
        <>
          <p className="dim">
            {timeOf(value.at)}, {causeWords[value.cause]}
            {value.by === null ? '' : `: ${whoWords(value)}`}
          </p>
          {value.reason === '' ? null : <p className="reason">{value.reason}</p>}
          <DifferenceView difference={value.difference} />
          <p className="small faint mono">{value.digest}</p>
        </>
      )}
    </>
  )
}
