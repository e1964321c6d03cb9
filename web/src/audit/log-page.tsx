import { useEffect } from 'react'
import type { SignedIn } from '../identity/session.ts'
import { Mark } from '../ui/icon.tsx'
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
  useEffect(() => {
    const before = document.title
    document.title = `${logTitles[place]} – Sallyport`
    return () => {
      document.title = before
    }
  }, [place])
  return (
    <div className="chat register">
      <aside className="side" aria-label="Log">
        <p className="brand">
          <Mark />
          Sallyport
        </p>
        <a className="btn" href="#chat">
          Back to the chat
        </a>
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
      </aside>
      <main className="scroll">
        <div className="page stack">{place === 'mine' ? <Mine /> : <Readings csrf={csrf} />}</div>
      </main>
    </div>
  )
}
