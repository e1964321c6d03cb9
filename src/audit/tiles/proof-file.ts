/**
 * A proof in a file that anybody can check without us: `.tlog-proof`.
 * Source: C2SP tlog-proof, "Format"; agrees with transparency-dev/formats `proof`.
 */
import { isHashText } from '../note.ts'

const firstLine = 'c2sp.org/tlog-proof@v1'

export interface ProofFile {
  readonly index: number
  readonly hashes: readonly Buffer[]
  /** The signed note, as it is. */
  readonly checkpoint: string
  /** What the leaf is the hash of, so that the file can be checked by itself. Nobody vouches for it but the proof. */
  readonly extra: Buffer | undefined
}

export function formatProof({ index, hashes, checkpoint, extra }: ProofFile): string {
  const lines = [
    firstLine,
    ...(extra === undefined ? [] : [`extra ${extra.toString('base64')}`]),
    `index ${index}`,
    ...hashes.map((hash) => hash.toString('base64')),
    '',
  ]
  return `${lines.join('\n')}\n${checkpoint}`
}

/** A tree of 2^63 leaves has a path of 63. */
const hashesMax = 63

/** Undefined when the text is not exactly a proof. */
export function readProof(text: string): ProofFile | undefined {
  const end = text.indexOf('\n\n')
  if (end < 0) return undefined
  const [first, ...lines] = text.slice(0, end).split('\n')
  if (first !== firstLine) return undefined
  const extra = lines[0]?.startsWith('extra ') ? readExtra(lines.shift() as string) : 'none'
  const index = /^index (0|[1-9][0-9]{0,14})$/.exec(lines.shift() ?? '')?.[1]
  if (extra === undefined || index === undefined) return undefined
  if (lines.length > hashesMax || !lines.every(isHashText)) return undefined
  return {
    index: Number(index),
    hashes: lines.map((line) => Buffer.from(line, 'base64')),
    checkpoint: text.slice(end + 2),
    extra: extra === 'none' ? undefined : extra,
  }
}

function readExtra(line: string): Buffer | undefined {
  const encoded = line.slice('extra '.length)
  const bytes = Buffer.from(encoded, 'base64')
  return bytes.toString('base64') === encoded ? bytes : undefined
}
