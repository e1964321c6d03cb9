import type { SignedIn } from '../identity/session.ts'
import { PageFrame } from '../ui/page-frame.tsx'
import { type LogPlace, logPlaces, logTitles, seesLogPlace } from './log-place.ts'
import { Mine } from './mine.tsx'
import { Readings } from './readings.tsx'

interface Properties {
  readonly place: LogPlace
  readonly person: SignedIn
  readonly csrf: string
}

/** The log for people: what others asked to read, and what it holds of oneself. */
export function LogPage({ place, person, csrf }: Properties) {
  return (
    <PageFrame
      title={logTitles[place]}
      section="Log"
      navigation={
        <nav aria-label="Pages of the log" className="scroll">
          <h2>Log</h2>
          <ul>
            {logPlaces
              .filter((each) => seesLogPlace(each, person.roles))
              .map((each) => (
                <li key={each}>
                  <a href={`#${each}`} aria-current={each === place ? 'page' : undefined}>
                    {logTitles[each]}
                  </a>
                </li>
              ))}
          </ul>
        </nav>
      }
    >
      {place === 'mine' ? <Mine /> : <Readings csrf={csrf} />}
    </PageFrame>
  )
}
