import { Refusal } from '#/core/refusal.ts'

export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

/** Shorter is no reason; longer would fill headers, once each character of it takes nine. */
const reasonCharacters = { least: 10, most: 500 } as const

/**
 * The reason for which something may go, from a header, where what is not plain ASCII is percent-encoded UTF-8.
 * Throws `header-invalid`.
 */
export function readJustification(header: Headers[string]): string | undefined {
  if (header === undefined) return undefined
  const text = typeof header === 'string' ? decoded(header)?.trim() : undefined
  const isReason = text !== undefined && /^\P{Cc}*$/u.test(text)
  const length = text?.length ?? 0
  if (isReason && length >= reasonCharacters.least && length <= reasonCharacters.most) return text
  throw new Refusal('header-invalid', {
    header: 'x-sallyport-justification',
    problem: `it takes a reason of ${reasonCharacters.least} to ${reasonCharacters.most} characters on one line, percent-encoded where they are not plain`,
  })
}

function decoded(header: string): string | undefined {
  // Node reads header bytes as Latin-1: a letter that is not plain has been lost already.
  if (!/^[\x20-\x7e]*$/.test(header)) return undefined
  try {
    return decodeURIComponent(header)
  } catch (error) {
    // A sign of per cent in plain text is no code.
    if (error instanceof URIError) return header
    throw error
  }
}

/** As many as there may be rules that ask at once and somebody would still read. */
const mostAcknowledged = 20

/** Rules whose notice was read, by id. One that asks nothing here changes nothing. Throws `header-invalid`. */
export function readAcknowledges(header: Headers[string]): readonly string[] {
  if (header === undefined) return []
  const ids = typeof header === 'string' ? header.split(',').map((each) => each.trim()) : []
  const areIds = ids.every((id) => /^[a-z0-9][a-z0-9-]{0,63}$/.test(id))
  if (areIds && ids.length > 0 && ids.length <= mostAcknowledged) return ids
  throw new Refusal('header-invalid', {
    header: 'x-sallyport-acknowledge',
    problem: `it takes ids of rules, ${mostAcknowledged} at most, with a comma between them`,
  })
}
