import { seesLogPlace } from '../audit/log-place.ts'
import { guideHash } from '../documents/words.ts'
import { seesPeople } from '../identity/people-place.ts'
import type { SignedIn } from '../identity/session.ts'
import { addressOf, seesRegister } from '../register/place.ts'
import { seesSwitches, switchesHash } from '../switches/words.ts'
import { tasksHash } from '../tasks/words.ts'
import { toolsHash } from '../tools/words.ts'
import { seesTriggers, triggersHash } from '../triggers/words.ts'

interface PageLink {
  readonly title: string
  readonly address: string
}

/** The pages beside the chat: those for everybody, and those for whoever has a part in deciding. */
function linksOf({ roles }: SignedIn): {
  readonly own: readonly PageLink[]
  readonly govern: readonly PageLink[]
} {
  const seesReadings = seesLogPlace('readings', roles)
  const only = (isSeen: boolean, link: PageLink): readonly PageLink[] => (isSeen ? [link] : [])
  const log = { title: seesReadings ? 'Log' : 'My entries', address: seesReadings ? '#readings' : '#mine' }
  return {
    own: [
      { title: 'Tasks', address: `#${tasksHash}` },
      { title: 'Guide', address: `#${guideHash}` },
      { title: 'AI tools', address: `#${toolsHash}` },
      { title: 'Access', address: '#access' },
      { title: 'My keys', address: '#keys' },
      ...only(!seesReadings, log),
    ],
    govern: [
      ...only(seesRegister(roles), { title: 'Register', address: addressOf('offering') }),
      ...only(seesPeople(roles), { title: 'People', address: '#people' }),
      ...only(seesSwitches(roles), { title: 'Switches', address: `#${switchesHash}` }),
      ...only(seesTriggers(roles), { title: 'Triggers', address: `#${triggersHash}` }),
      ...only(seesReadings, log),
    ],
  }
}

export function PageLinks({ person }: { readonly person: SignedIn }) {
  const { own, govern } = linksOf(person)
  return (
    <nav aria-label="Pages" className="pages">
      <Links title="Yours" links={own} />
      {govern.length === 0 ? null : <Links title="Governance" links={govern} />}
    </nav>
  )
}

const Links = ({ title, links }: { readonly title: string; readonly links: readonly PageLink[] }) => (
  <>
    <h2>{title}</h2>
    <ul>
      {links.map(({ title: name, address }) => (
        <li key={address}>
          <a href={address}>{name}</a>
        </li>
      ))}
    </ul>
  </>
)
