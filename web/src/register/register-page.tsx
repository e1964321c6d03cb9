import { firstRunHash, seesFirstRun } from '../first-run/place.ts'
import type { SignedIn } from '../identity/session.ts'
import { publicationsHash } from '../publications/words.ts'
import { seesSimulate } from '../simulate/place.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { CataloguePage } from './catalogue-page.tsx'
import {
  addressOf,
  type CataloguePlace,
  catalogueAddress,
  kinds,
  kindTitles,
  type Place,
  type WaitingPlace,
  waitingAddress,
} from './place.ts'
import { RecordList } from './record-list.tsx'
import { RecordPage } from './record-page.tsx'
import { WaitingPage } from './waiting-page.tsx'

interface Properties {
  readonly place: Place | CataloguePlace | WaitingPlace
  readonly person: SignedIn
  readonly csrf: string
  readonly onDecided: () => void
}

/** What is governed, who decided what, and the place to decide. */
export function RegisterPage({ place, person, csrf, onDecided }: Properties) {
  const title = titleOf(place)
  return (
    <PageFrame
      title={title}
      section="Register"
      navigation={
        <nav aria-label="Kinds of records" className="scroll">
          <h2>Register</h2>
          <ul>
            <li>
              <a href={waitingAddress} aria-current={place.kind === 'waiting' ? 'page' : undefined}>
                Waiting for you
              </a>
            </li>
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
            {seesSimulate(person.roles) ? (
              <li>
                <a href="#simulate">What would change?</a>
              </li>
            ) : null}
            {seesFirstRun(person.roles) ? (
              <li>
                <a href={`#${firstRunHash}`}>First run</a>
              </li>
            ) : null}
          </ul>
        </nav>
      }
    >
      {place.kind === 'waiting' ? (
        <WaitingPage />
      ) : place.kind === 'catalogue' ? (
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

function titleOf(place: Properties['place']): string {
  if (place.kind === 'waiting') return 'Waiting for you'
  return place.kind === 'catalogue' ? 'Catalogue' : (place.id ?? kindTitles[place.kind])
}
