import { isTokenPart } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'

/** The network and a few signs and words, nothing else: `Instagram: `, `Twitter (X) handle is `. */
const network =
  /(?<![\p{L}\p{N}])(?:twitter|instagram|insta|ig|tiktok|telegram|snapchat|threads|mastodon|bluesky|discord|dm me|follow me|social media)(?:[\s:="'(/|*_,[-]|x|handle|username|user|name|account|profile|is|at|on|as|me|my|follow|here|ist|est|es){0,8}$/iu

function findHandle(text: string, at: number): readonly Match[] {
  if (isTokenPart(text.charCodeAt(at - 1))) return nothing
  if (/[\p{L}\p{N}._@/-]$/u.test(text.slice(Math.max(0, at - 1), at))) return nothing
  const handle = /^@[a-z\d_](?:[a-z\d_.]{1,28}[a-z\d_])(?![\p{L}\p{N}@-]|\.[a-z\d])/iu.exec(
    text.slice(at, at + 40),
  )?.[0]
  if (
    handle === undefined ||
    /^@(?:everyone|here|channel|media|import|override|param|returns?|types?)$/i.test(handle)
  )
    return nothing
  if (!network.test(text.slice(Math.max(0, at - 56), at))) return nothing
  return [
    { start: at, end: at + handle.length, score: 0.8, why: 'a name with its sign after a word for networks' },
  ]
}

/** Names on networks. `@` and a word alone is code as often. */
export const socialHandle: Detector = {
  type: 'social-handle',
  family: 'contact',
  class: 'internal',
  label: 'name on a social network',
  trigger: { literals: ['@'] },
  isNamedOnly: true,
  examine: findHandle,
  proof: 'its sign and the name of a network before it',
  finds: [
    'my Instagram is «@anna.muster_42»',
    'Twitter: «@annamuster»',
    'DM me at «@sample_person».',
    'Telegram («@anna_m»)',
  ],
  ignores: [
    '@Override',
    'use @media for Instagram pages',
    'Twitter uses @ signs',
    'anna@example.com on Twitter',
    'npm i @scope/telegram',
    'twitter @everyone',
    'Telegram bots answer @anna and @bob',
  ],
  source: 'rules of the networks for names: one to thirty letters, digits, underscores and dots',
}
