/**
 * Checks an evidence bundle with nothing but itself and a verifier key: plain functions over bytes, so that the single
 * file anybody can run (`bin/sallyport-verify.mjs`) holds the same.
 */
import { createPublicKey, hash, verify } from 'node:crypto'

export interface VerifiedBundle {
  readonly ok: boolean
  /** What is wrong, as sentences; the first hundred. Texts of the bundle in them are as they stand there. */
  readonly problems: readonly string[]
  readonly origin: string | undefined
  readonly verifierKey: string | undefined
  /** The key was given from outside, so that the signature says who. */
  readonly isKeyPinned: boolean
  readonly checkpointSize: number | undefined
  readonly manifest: Manifest | undefined
  readonly entries: number
  readonly contents: number
}

export interface Manifest {
  readonly origin: string
  readonly madeAt: string
  readonly madeBy: string
  readonly reason: string
  readonly asked: string
  readonly exportReceipt: string
  readonly checkpointSize: number
  readonly entries: readonly number[]
  readonly reading: string | null
  readonly missing: readonly string[]
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[]
}

const problemsMost = 100

/** `bytes` is the archive; `pinnedKey` a verifier key from elsewhere. Never throws for what is wrong with the archive. */
export function verifyBundle(bytes: Buffer, pinnedKey?: string): VerifiedBundle {
  const problems: string[] = []
  const report = (problem: string): void => {
    if (problems.length < problemsMost) problems.push(problem)
  }
  const files = readTar(bytes, report)
  const key = keyOf(files, pinnedKey, report)
  const manifest = manifestOf(files, key, report)
  const checkpoint = checkpointOf(files, key, report)
  if (manifest !== undefined) checkFiles(files, manifest, report)
  if (checkpoint !== undefined && manifest?.checkpointSize !== checkpoint.size)
    report('the manifest names another checkpoint than the one in the bundle')
  const headers = checkEntries(files, checkpoint, report)
  if (manifest !== undefined) checkAsked(manifest, headers, report)
  checkGrounds(files, headers, key?.origin, report)
  const contents = checkContents(files, headers, report)
  return {
    ok: problems.length === 0,
    problems,
    origin: key?.origin,
    verifierKey: key?.text,
    isKeyPinned: pinnedKey !== undefined,
    checkpointSize: checkpoint?.size,
    manifest,
    entries: headers.size,
    contents,
  }
}

type Report = (problem: string) => void
type Files = ReadonlyMap<string, Buffer>

// --- The archive -------------------------------------------------------------------------------------------

const blockBytes = 512
const knownNames =
  /^(README\.txt|log\.vkey|checkpoint|grounds\.json|manifest\.(json|note)|entries\/\d{1,15}\.json|proofs\/\d{1,15}\.tlog-proof|contents\/\d{1,15}\.(json|sealed))$/

/** Only what a bundle is made of: each header is made again from its name and size and must be the same bytes. */
function readTar(bytes: Buffer, report: Report): Files {
  const files = new Map<string, Buffer>()
  let at = 0
  for (;;) {
    if (at + 2 * blockBytes > bytes.length) {
      report(`the archive breaks off at byte ${at}`)
      return files
    }
    const header = bytes.subarray(at, at + blockBytes)
    if (header[0] === 0) break
    const name = header.toString('latin1', 0, 100).replace(/\0.*$/s, '')
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8)
    if (!knownNames.test(name)) {
      report(`${JSON.stringify(name)} does not belong into a bundle`)
      return files
    }
    if (!Number.isSafeInteger(size) || !header.equals(tarHeader(name, size))) {
      report(`the header of ${name} in the archive was changed`)
      return files
    }
    const start = at + blockBytes
    const end = start + size
    at = start + Math.ceil(size / blockBytes) * blockBytes
    if (at > bytes.length) {
      report(`the archive breaks off inside ${name}`)
      return files
    }
    if (files.has(name)) report(`${name} stands twice in the archive`)
    if (bytes.subarray(end, at).some((byte) => byte !== 0)) report(`something stands behind ${name}`)
    files.set(name, bytes.subarray(start, end))
  }
  if (bytes.length !== at + 2 * blockBytes || bytes.subarray(at).some((byte) => byte !== 0))
    report('something stands behind the end of the archive')
  return files
}

function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(blockBytes)
  header.write(name, 0, 'latin1')
  header.write('0000644\0', 100, 'latin1')
  header.write('0000000\0', 108, 'latin1')
  header.write('0000000\0', 116, 'latin1')
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1')
  header.write('00000000000\0', 136, 'latin1')
  header.write('        0', 148, 'latin1')
  header.write('ustar\u000000', 257, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}

// --- Signatures --------------------------------------------------------------------------------------------

interface Key {
  readonly text: string
  readonly origin: string
  readonly hash: Buffer
  readonly publicKey: ReturnType<typeof createPublicKey>
}

function keyOf(files: Files, pinned: string | undefined, report: Report): Key | undefined {
  const stated = files.get('log.vkey')?.toString('utf8').trim()
  if (stated === undefined) report('log.vkey is missing')
  if (pinned !== undefined && stated !== undefined && stated !== pinned.trim())
    report('the bundle was signed with another key than the one given')
  const text = pinned?.trim() ?? stated
  if (text === undefined) return undefined
  const key = readKey(text)
  if (key === undefined) report('the verifier key cannot be read')
  return key
}

/** `origin+hash+base64(0x01 || Ed25519 key)`, as C2SP signed-note has it. */
function readKey(text: string): Key | undefined {
  const [, origin, hashHex, encoded] = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+=*)$/.exec(text) ?? []
  if (origin === undefined || hashHex === undefined || encoded === undefined) return undefined
  const bytes = Buffer.from(encoded, 'base64')
  const named = Buffer.concat([Buffer.from(`${origin}\n`), bytes])
  const stated = Buffer.from(hashHex, 'hex')
  if (bytes.length !== 33 || bytes[0] !== 1) return undefined
  if (!hash('sha256', named, 'buffer').subarray(0, 4).equals(stated)) return undefined
  const jwk = { kty: 'OKP', crv: 'Ed25519', x: bytes.subarray(1).toString('base64url') }
  return { text, origin, hash: stated, publicKey: createPublicKey({ key: jwk, format: 'jwk' }) }
}

/** The text of a signed note when the key signed it. */
function openNote(note: string, key: Key): string | undefined {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) return undefined
  const text = note.slice(0, end + 1)
  const isSigned = note
    .slice(end + 2, -1)
    .split('\n')
    .some((line) => {
      const [dash, name, encoded, ...rest] = line.split(' ')
      if (dash !== '\u2014' || name !== key.origin || encoded === undefined || rest.length > 0) return false
      const bytes = Buffer.from(encoded, 'base64')
      if (bytes.toString('base64') !== encoded || bytes.length !== 68) return false
      const isOurs = bytes.subarray(0, 4).equals(key.hash)
      return isOurs && verify(null, Buffer.from(text), key.publicKey, bytes.subarray(4))
    })
  return isSigned ? text : undefined
}

function manifestOf(files: Files, key: Key | undefined, report: Report): Manifest | undefined {
  const bytes = files.get('manifest.json')
  const note = files.get('manifest.note')
  if (bytes === undefined || note === undefined) {
    report('manifest.json or manifest.note is missing')
    return undefined
  }
  if (key !== undefined) {
    const signed = openNote(note.toString('utf8'), key)
    const expected = `sallyport evidence bundle v1\n${key.origin}\n${hash('sha256', bytes, 'base64')}\n`
    if (signed === undefined) report('manifest.note was not signed by the key')
    else if (signed !== expected) report('manifest.json is not the one that was signed')
  }
  const value = readJson(bytes) as Manifest | undefined
  if (value === undefined || !isManifest(value)) {
    report('manifest.json cannot be read')
    return undefined
  }
  if (key !== undefined && value.origin !== key.origin) report('the manifest is of another log')
  return value
}

const isManifest = ({ files, entries, missing, ...texts }: Manifest): boolean =>
  isListOf(files, ({ name, bytes, sha256 }) => isText(name) && isText(sha256) && isCount(bytes)) &&
  Array.isArray(entries) &&
  entries.every(isCount) &&
  Array.isArray(missing) &&
  missing.every(isText) &&
  [texts.origin, texts.madeAt, texts.madeBy, texts.reason, texts.asked, texts.exportReceipt].every(isText)

interface Checkpoint {
  readonly note: string
  readonly size: number
  readonly root: Buffer
}

function checkpointOf(files: Files, key: Key | undefined, report: Report): Checkpoint | undefined {
  const note = files.get('checkpoint')?.toString('utf8')
  if (note === undefined || key === undefined) {
    if (note === undefined) report('checkpoint is missing')
    return undefined
  }
  const [origin, size, root] = openNote(note, key)?.split('\n') ?? []
  const bytes = Buffer.from(root ?? '', 'base64')
  if (origin !== key.origin || !/^\d{1,15}$/.test(size ?? '') || bytes.length !== 32) {
    report('checkpoint was not signed by the key')
    return undefined
  }
  return { note, size: Number(size), root: bytes }
}

// --- What is in it -----------------------------------------------------------------------------------------

function checkFiles(files: Files, manifest: Manifest, report: Report): void {
  const listed = new Set(['manifest.json', 'manifest.note'])
  for (const { name, bytes, sha256 } of manifest.files) {
    if (listed.has(name)) report(`the manifest lists ${name} twice, or itself`)
    listed.add(name)
    const file = files.get(name)
    if (file === undefined) report(`${name} is missing`)
    else if (file.length !== bytes || hash('sha256', file, 'hex') !== sha256)
      report(`${name} is not what the manifest lists`)
  }
  for (const name of files.keys()) if (!listed.has(name)) report(`${name} is not in the manifest`)
}

interface Header {
  readonly index: number
  readonly kind: string
  readonly facts: {
    readonly intent?: number
    readonly about?: string
    readonly digest?: string
    readonly version?: string
  }
  readonly payload?: { readonly length: number; readonly sha256: string }
}

/** Every header is in the tree, and every proof is of a header here. */
function checkEntries(
  files: Files,
  checkpoint: Checkpoint | undefined,
  report: Report,
): ReadonlyMap<number, Header> {
  const headers = new Map<number, Header>()
  for (const [name, bytes] of files) {
    const number = /^proofs\/(\d+)\./.exec(name)?.[1]
    if (number !== undefined && !files.has(`entries/${number}.json`))
      report(`${name} is a proof of an entry that is not here`)
    const entry = /^entries\/(\d+)\./.exec(name)?.[1]
    if (entry === undefined) continue
    const index = Number(entry)
    const header = readJson(bytes) as Header | undefined
    const proof = files.get(`proofs/${entry}.tlog-proof`)?.toString('utf8')
    if (header?.index !== index || String(index) !== entry || !isObject(header.facts))
      report(`${name} is not the header of entry ${entry}`)
    else if (proof === undefined) report(`there is no proof of entry ${entry}`)
    else if (checkpoint !== undefined && !isProven(index, bytes, proof, checkpoint))
      report(`entry ${entry} is not proven to be in the log`)
    else headers.set(index, header)
  }
  return headers
}

/** Source: C2SP tlog-proof; RFC 9162, 2.1.3.2. */
function isProven(index: number, header: Buffer, proof: string, checkpoint: Checkpoint): boolean {
  const end = proof.indexOf('\n\n')
  const [title, ...lines] = proof.slice(0, end).split('\n')
  if (end < 0 || title !== 'c2sp.org/tlog-proof@v1' || proof.slice(end + 2) !== checkpoint.note) return false
  if (lines[0]?.startsWith('extra ')) lines.shift()
  if (lines.shift() !== `index ${index}` || index >= checkpoint.size) return false
  let node = index
  let last = checkpoint.size - 1
  let current = hash('sha256', Buffer.concat([Buffer.from([0]), header]), 'buffer')
  for (const line of lines) {
    const other = Buffer.from(line, 'base64')
    if (other.length !== 32 || other.toString('base64') !== line || last === 0) return false
    if (node % 2 === 1 || node === last) {
      current = hash('sha256', Buffer.concat([Buffer.from([1]), other, current]), 'buffer')
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2)
        last = Math.floor(last / 2)
      }
    } else current = hash('sha256', Buffer.concat([Buffer.from([1]), current, other]), 'buffer')
    node = Math.floor(node / 2)
    last = Math.floor(last / 2)
  }
  return last === 0 && current.equals(checkpoint.root)
}

/** What was asked for is here, exchanges with their end unless the manifest says that one is missing. */
function checkAsked(manifest: Manifest, headers: ReadonlyMap<number, Header>, report: Report): void {
  const ended = new Set([...headers.values()].map(({ facts }) => facts.intent))
  for (const index of manifest.entries) {
    const header = headers.get(index)
    if (header === undefined) report(`entry ${index} was asked for and is not here`)
    else if (header.kind === 'intent' && !ended.has(index)) {
      const isSaid = manifest.missing.some((each) => each.startsWith(`entry ${index} is an exchange without`))
      if (!isSaid) report(`the outcome of entry ${index} is not here`)
    }
  }
  const exported = Number(manifest.exportReceipt.split('#').at(-1))
  if (headers.get(exported)?.kind !== 'export') report('the entry that says this bundle was made is not here')
}

interface Grounds {
  readonly records: readonly {
    readonly kind: string
    readonly id: string
    readonly hash: string
    readonly hashed: string
  }[]
  readonly decisions: readonly {
    readonly kind: string
    readonly id: string
    readonly hash: string
    readonly receipt: string
  }[]
}

/** A record is the text its hash is of; a decision is about that hash, as its entry in the tree says. */
function checkGrounds(
  files: Files,
  headers: ReadonlyMap<number, Header>,
  origin: string | undefined,
  report: Report,
): void {
  const value = readJson(files.get('grounds.json')) as Grounds | undefined
  const isWhole =
    isListOf(value?.records, (each) => [each.kind, each.id, each.hash, each.hashed].every(isText)) &&
    isListOf(value?.decisions, (each) => [each.kind, each.id, each.hash, each.receipt].every(isText))
  if (value === undefined || !isWhole) {
    report('grounds.json is missing or cannot be read')
    return
  }
  for (const { kind, id, hash: stated, hashed } of value.records) {
    if (hash('sha256', hashed, 'hex') !== stated)
      report(`the record ${kind}/${id} is not the one its hash is of`)
    if (!value.decisions.some((decision) => decision.hash === stated))
      report(`no decision about the record ${kind}/${id} is here`)
  }
  for (const { kind, id, hash: stated, receipt } of value.decisions) {
    const at = receipt.lastIndexOf('#')
    const header = receipt.slice(0, at) === origin ? headers.get(Number(receipt.slice(at + 1))) : undefined
    const isProven =
      header?.kind === 'decision' && header.facts.digest === stated && header.facts.about === `${kind}/${id}`
    if (!isProven) report(`the decision ${receipt} about ${kind}/${id} is not in the log as it stands here`)
  }
}

/** Sealed bytes are those the header commits to. The opened text beside them is the company's word. */
function checkContents(files: Files, headers: ReadonlyMap<number, Header>, report: Report): number {
  let contents = 0
  for (const [name, bytes] of files) {
    const [, number, kind] = /^contents\/(\d+)\.(json|sealed)$/.exec(name) ?? []
    if (number === undefined) continue
    const header = headers.get(Number(number))
    if (header === undefined) report(`${name} belongs to an entry that is not here`)
    else if (kind === 'json') {
      contents++
      const content = readJson(bytes) as { readonly index?: unknown } | undefined
      if (content?.index !== header.index) report(`${name} is not the content of entry ${number}`)
    } else if (hash('sha256', bytes, 'hex') !== header.payload?.sha256)
      report(`${name} is not what the header of entry ${number} commits to`)
  }
  return contents
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0
const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isListOf = <T>(list: readonly T[] | undefined, fits: (item: T) => boolean): boolean =>
  Array.isArray(list) && list.every((item) => isObject(item) && fits(item as T))

function readJson(bytes: Buffer | undefined): unknown {
  try {
    const value: unknown = bytes === undefined ? undefined : JSON.parse(bytes.toString('utf8'))
    return isObject(value) ? value : undefined
  } catch {
    // What is no JSON is reported by whoever needed it.
    return undefined
  }
}
