import { isInsideAtStart } from '../../boundary.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'

/** Sites whose pages are persons', and how the path to one begins. */
const profile =
  /^(?:linkedin\.com\/(?:in|pub)\/|facebook\.com\/(?:profile\.php\?id=|people\/)?|fb\.com\/|twitter\.com\/|x\.com\/|instagram\.com\/|tiktok\.com\/@|threads\.net\/@|youtube\.com\/@|medium\.com\/@|t\.me\/|snapchat\.com\/add\/|xing\.com\/profile\/|reddit\.com\/u(?:ser)?\/|keybase\.io\/|about\.me\/|bsky\.app\/profile\/)([\p{L}\d](?:[\p{L}\d_.%-]{0,62}[\p{L}\d])?)/iu
/** Pages of the site itself. */
const pages = new Set(
  'sharer share intent home login signup about help explore search hashtag groups pages events watch marketplace policies privacy terms i p reel reels stories settings ads business developers joinchat addstickers dialog plugins tr legal messages notifications compose'.split(
    ' ',
  ),
)
const longest = 128

function findProfile(text: string, at: number): readonly Match[] {
  const before = text.slice(Math.max(0, at - 24), at)
  const opening = /(?:https?:\/\/)?(?:www\.|[a-z]{2}\.|m\.|mobile\.)?$/i.exec(before)?.[0] ?? ''
  const start = at - opening.length
  if (isInsideAtStart(text, start) || /[.@-]/.test(text.charAt(start - 1))) return nothing
  const found = profile.exec(text.slice(at, at + longest))
  const name = found?.[1]?.toLowerCase()
  if (found === null || name === undefined || pages.has(name)) return nothing
  const end = at + found[0].length
  // What somebody has said in public is cited, not the person.
  if (/^\/[\p{L}\d]/u.test(text.slice(end, end + 2))) return nothing
  return [{ start, end, score: 0.85, why: 'the page of a person on a network' }]
}

/** Addresses of what people say about themselves. */
export const profileUrl: Detector = {
  type: 'profile-url',
  family: 'contact',
  class: 'internal',
  label: 'personal page on a network',
  trigger: {
    literals: [
      ...[
        'linkedin.com/',
        'facebook.com/',
        'fb.com/',
        'twitter.com/',
        'x.com/',
        'instagram.com/',
        'tiktok.com/@',
        'threads.net/@',
        'youtube.com/@',
      ],
      ...[
        'medium.com/@',
        't.me/',
        'snapchat.com/',
        'xing.com/',
        'reddit.com/u',
        'keybase.io/',
        'about.me/',
        'bsky.app/p',
      ],
    ],
    isAnyCase: true,
  },
  examine: findProfile,
  proof: 'a network and a path to one person',
  finds: [
    'see «https://www.linkedin.com/in/anna-muster-42» for her CV',
    '«instagram.com/anna.muster»',
    '«https://x.com/annamuster»',
    '«https://t.me/anna_muster»',
    '(«https://www.facebook.com/profile.php?id=100001»)',
  ],
  ignores: [
    'https://twitter.com/share?url=x',
    'https://www.linkedin.com/company/example',
    'https://linkedin.com/',
    'https://notx.com/anna',
    'https://example.com/in/anna',
    'https://x.com/i/flow',
    'https://x.com/annamuster/status/1',
  ],
  source: 'addresses as the networks give them out',
}
