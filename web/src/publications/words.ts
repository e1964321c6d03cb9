import type {
  ItemChange,
  PublicationCause,
  PublicationPage,
  PublicationSummary,
} from '#/snapshot/publications/api.ts'

export const publicationsHash = 'publications'

/** Reads `publications/12`, or `publications` for all of them; undefined for every other page. */
export function readPublicationPlace(hash: string): { readonly number: number | undefined } | undefined {
  const [page, number, more] = hash.split('/')
  if (page !== publicationsHash || more !== undefined) return undefined
  return { number: number !== undefined && /^[1-9]\d{0,9}$/.test(number) ? Number(number) : undefined }
}

export const addressOfPublication = (number: number): string => `#${publicationsHash}/${number}`

export const causeWords: Readonly<Record<PublicationCause, string>> = {
  start: 'the first one',
  automatic: 'by itself',
  'by-person': 'by a person',
  rollback: 'one step back',
}

export const modeWords = ({ mode, secondPerson }: Pick<PublicationPage, 'mode' | 'secondPerson'>): string => {
  if (mode === 'automatic') return 'What is approved serves at once, when it passes its tests.'
  return secondPerson
    ? 'What is approved waits until somebody publishes it and another person agrees.'
    : 'What is approved waits until somebody publishes it.'
}

export function changeWords({ kind, id, from, to, fields }: ItemChange): string {
  const name = `${kind} ${id}`
  if (from === null) return `${name}, version ${to}`
  if (to === null) return `${name}, version ${from}`
  if (from === to) return `${name}, version ${to}, by another approval`
  return `${name}, version ${from} to ${to}${fields.length === 0 ? '' : ` (${fields.join(', ')})`}`
}

export function countWords({ counts: { added, changed, takenAway } }: PublicationSummary): string {
  const parts = [
    [added, 'added'],
    [changed, 'changed'],
    [takenAway, 'taken away'],
  ] as const
  const words = parts.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]))
  return words.length === 0 ? 'nothing changed' : words.join(', ')
}

export const whoWords = ({ by, second }: PublicationSummary): string =>
  by === null ? '' : second === null ? by : `${by} and ${second}`

export const timeOf = (at: string): string => `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`
