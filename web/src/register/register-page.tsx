import type { RecordSummary } from '#/register/api.ts'
import type { SignedIn } from '../identity/session.ts'
import { publicationsHash } from '../publications/words.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { CataloguePage } from './catalogue-page.tsx'
import { addressOf, type CataloguePlace, catalogueAddress, kinds, kindTitles, type Place } from './place.ts'
import { ProblemNote } from './problem-note.tsx'
import { RecordPage } from './record-page.tsx'
import { StateMark } from './state-mark.tsx'
import { useAsked } from './use-asked.ts'

interface Properties {
  readonly place: Place | CataloguePlace
  readonly person: SignedIn
  readonly csrf: string
  readonly onDecided: () => void
}

/** What is governed: offerings, use cases and policies, who decided what, and the place to decide. */
export function RegisterPage({ place, person, csrf, onDecided }: Properties) {
  const title = place.kind === 'catalogue' ? 'Catalogue' : (place.id ?? kindTitles[place.kind])
  return (
    <PageFrame
      title={title}
      section="Register"
      navigation={
        <nav aria-label="Kinds of records" className="scroll">
          <h2>Register</h2>
          <ul>
            {kinds.map((each) => (
              <li key={each}>
                <a href={addressOf(each)} aria-current={each === place.kind ? 'page' : undefined}>
                  {kindTitles[each]}
                </a>
              </li>
            ))}
            <li>
              <a href={catalogueAddress()} aria-current={place.kind === 'catalogue' ? 'page' : undefined}>
                Catalogue
              </a>
            </li>
            <li>
              <a href={`#${publicationsHash}`}>Publications</a>
            </li>
          </ul>
        </nav>
      }
    >
      {place.kind === 'catalogue' ? (
        <CataloguePage place={place} />
      ) : place.id === undefined ? (
        <RecordList key={place.kind} kind={place.kind} />
      ) : (
        <RecordPage
          key={`${place.kind}/${place.id}`}
          kind={place.kind}
          id={place.id}
          person={person}
          csrf={csrf}
          onDecided={onDecided}
        />
      )}
    </PageFrame>
  )
}

function RecordList({ kind }: Pick<Place, 'kind'>) {
  const { value, problem, again } = useAsked<{ readonly records: readonly RecordSummary[] }>(
    `/api/records/${kind}`,
  )
  return (
    <>
      <h1>{kindTitles[kind]}</h1>
      <p className="dim">
        What is approved here is what exchanges may use, once it is{' '}
        <a className="link" href={`#${publicationsHash}`}>
          published
        </a>
        . An edit waits while the approved version goes on serving.
      </p>
      <ProblemNote problem={problem} onAgain={again} />
      {value === undefined ? null : <RecordTable kind={kind} records={value.records} />}
    </>
  )
}

const RecordTable = ({
  kind,
  records,
}: Pick<Place, 'kind'> & { readonly records: readonly RecordSummary[] }) =>
  records.length === 0 ? (
    <p className="note">
      There is none yet. Write one in a file and take it over with <code>bin/sallyport apply</code>.
    </p>
  ) : (
    <div className="sheet-box scroll">
      <table>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Id</th>
            <th scope="col">Newest version</th>
            <th scope="col">Serving</th>
          </tr>
        </thead>
        <tbody>
          {records.map(({ id, title, state, version, serving, ends }) => (
            <tr key={id}>
              <td>
                <a className="link" href={addressOf(kind, id)}>
                  {title}
                </a>
              </td>
              <td className="mono small">{id}</td>
              <td>
                {version} <StateMark state={state} />
              </td>
              <td>
                {serving === null ? 'nothing' : `version ${serving}`}
                {ends ? <span className="small dim"> check facts and certificate by {ends}</span> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
