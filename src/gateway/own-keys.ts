import type { Finding } from '#/core/finding.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import type { Segment } from '#/core/segment.ts'
import type { Identity } from '#/identity/api.ts'

/** The kind under which keys of this gateway are found. */
export const ownKeyType = 'sallyport-key'

interface Reporting {
  readonly identity: Pick<Identity, 'reportLeaked'>
}

/** Keys, and the tokens of signed-in tools. */
const shape = /sp[dr]?_[a-z0-9]{40}/g

/**
 * What may be a key of ours in a text that was found to hold one: as it stands, without what was put between its
 * characters, and out of Base64 or percent signs.
 */
export function keysIn(found: string): readonly string[] {
  const readings = [
    found,
    found.replace(/[^A-Za-z0-9_]/g, ''),
    Buffer.from(found, 'base64').toString('latin1'),
    found.replace(/%([0-9a-f]{2})/gi, (_, byte: string) => String.fromCharCode(Number.parseInt(byte, 16))),
  ]
  return [...new Set(readings.flatMap((reading) => reading.match(shape) ?? []))]
}

type Marked = readonly { readonly segment: Segment; readonly findings: readonly Finding[] }[]

export const holdsOwnKey = (marked: Marked): boolean =>
  marked.some(({ findings }) => findings.some(({ type }) => type === ownKeyType))

/** Ends keys of ours that stand in a request, also in pieces. Throws `log-unavailable`. */
export async function reportInRequest(marked: Marked, { identity }: Reporting): Promise<void> {
  for (const { text, channel } of ownKeysOf(marked)) await identity.reportLeaked(keysIn(text), channel)
}

/** What was found, the pieces of one value joined. */
function ownKeysOf(marked: Marked): readonly Pick<Segment, 'text' | 'channel'>[] {
  const whole: { text: string; channel: Segment['channel'] }[] = []
  for (const { segment, findings } of marked) {
    for (const { type, start, end, isContinued } of findings) {
      if (type !== ownKeyType || segment.text === '') continue
      const text = segment.text.slice(start, end)
      const last = whole.at(-1)
      if (isContinued && last !== undefined) last.text += text
      else whole.push({ text, channel: segment.channel })
    }
  }
  return whole
}

/** The same in a text of a file, whose places lead nowhere in the request. */
export const reportInFile =
  ({ identity }: Reporting) =>
  async (found: string): Promise<void> =>
    void (await identity.reportLeaked(keysIn(found), 'attachment'))

/** The key ends at once; that its entry could not be written is told and does not hold up the answer. */
export const reportInAnswer =
  ({ identity, writeLine }: Reporting & { readonly writeLine: WriteLine }) =>
  (found: string): void =>
    void identity.reportLeaked(keysIn(found), 'answer').catch((error: unknown) =>
      writeLine({
        level: 'error',
        what: 'a key seen in an answer is revoked, and that could not be logged',
        problem: describeError(error),
      }),
    )
