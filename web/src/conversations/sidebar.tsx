import { useState } from 'react'
import { devicesHash } from '../identity/devices-page.tsx'
import { type SignedIn, signOut } from '../identity/session.ts'
import { seesSwitches, switchesHash } from '../switches/words.ts'
import { Icon, Mark } from '../ui/icon.tsx'
import { Popover } from '../ui/popover.tsx'
import { ThemeChoice } from '../ui/theme-choice.tsx'
import { PageLinks } from './page-links.tsx'
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
        <PageLinks person={person} />
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
