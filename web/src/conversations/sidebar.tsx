import { useState } from 'react'
import { seesLogPlace } from '../audit/log-place.ts'
import { devicesHash } from '../identity/devices-page.tsx'
import { seesPeople } from '../identity/people-place.ts'
import { type SignedIn, signOut } from '../identity/session.ts'
import { addressOf, seesRegister } from '../register/place.ts'
import { seesSwitches, switchesHash } from '../switches/words.ts'
import { toolsHash } from '../tools/words.ts'
import { seesTriggers, triggersHash } from '../triggers/words.ts'
import { Icon, Mark } from '../ui/icon.tsx'
import { Popover } from '../ui/popover.tsx'
import { ThemeChoice } from '../ui/theme-choice.tsx'
import type { Chat } from './state.ts'

interface Properties {
  readonly chats: readonly Chat[]
  readonly openId: string
  readonly person: SignedIn
  readonly csrf: string
  readonly onOpen: (chatId: string) => void
  readonly onStart: () => void
}

export function Sidebar({ chats, openId, person, csrf, onOpen, onStart }: Properties) {
  const begun = chats.filter(({ turns }) => turns.length > 0)
  return (
    <>
      <p className="brand">
        <Mark />
        Sallyport
      </p>
      <button type="button" className="btn" onClick={onStart}>
        <Icon name="plus" />
        New chat
      </button>
      <nav aria-label="Chats of this tab" className="scroll">
        {begun.length === 0 ? null : <h2>In this tab</h2>}
        <ul>
          {begun.map(({ id, title }) => (
            <li key={id}>
              <button
                type="button"
                aria-current={id === openId ? 'page' : undefined}
                onClick={() => onOpen(id)}
              >
                <span>{title}</span>
              </button>
            </li>
          ))}
        </ul>
        {begun.length === 0 ? null : (
          <p className="faint small">These chats end when this tab is closed or reloaded.</p>
        )}
      </nav>
      <div className="foot stack">
        {seesRegister(person.roles) ? (
          <a className="btn quiet" href={addressOf('offering')}>
            Register
          </a>
        ) : null}
        <a className="btn quiet" href="#access">
          Access
        </a>
        {seesPeople(person.roles) ? (
          <a className="btn quiet" href="#people">
            People
          </a>
        ) : null}
        {seesSwitches(person.roles) ? (
          <a className="btn quiet" href={`#${switchesHash}`}>
            Switches
          </a>
        ) : null}
        {seesTriggers(person.roles) ? (
          <a className="btn quiet" href={`#${triggersHash}`}>
            Triggers
          </a>
        ) : null}
        <a className="btn quiet" href={seesLogPlace('readings', person.roles) ? '#readings' : '#mine'}>
          {seesLogPlace('readings', person.roles) ? 'Log' : 'My entries'}
        </a>
        <a className="btn quiet" href={`#${toolsHash}`}>
          AI tools
        </a>
        <a className="btn quiet" href="#keys">
          My keys
        </a>
        <Popover
          button={
            <>
              <span>{person.name}</span>
              <Icon name="down" />
            </>
          }
          buttonClass="btn quiet"
          panelLabel="Your account"
        >
          {() => <Account person={person} csrf={csrf} />}
        </Popover>
      </div>
    </>
  )
}

function Account({ person, csrf }: Pick<Properties, 'person' | 'csrf'>) {
  const [isStuck, setStuck] = useState(false)
  const leave = (): void => {
    signOut(csrf).then(
      () => window.location.assign('/'),
      () => setStuck(true),
    )
  }
  return (
    <div className="stack">
      <p>
        <b>{person.name}</b>
        <br />
        <span className="dim">{person.email}</span>
        <br />
        <span className="faint small">{person.roles.join(', ')}</span>
      </p>
      <ThemeChoice />
      {isStuck ? <p role="alert">Signing out did not work. Try again.</p> : null}
      <a className="btn" href={`#${devicesHash}`}>
        My devices
      </a>
      {seesSwitches(person.roles) ? null : (
        <a className="btn" href={`#${switchesHash}`}>
          Switches
        </a>
      )}
      <button type="button" className="btn" onClick={leave}>
        Sign out
      </button>
    </div>
  )
}
