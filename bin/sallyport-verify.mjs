#!/usr/bin/env node
/**
 * Checks a log of Sallyport, or a proof out of one, with Node alone: no repository, no network, nothing installed.
 * It is written apart from the gateway and shares no code with it; formats are described in docs/operate/log-proofs.md.
 *
 *     node sallyport-verify.mjs log DIR [--key VKEY] [--since CHECKPOINT]
 *     node sallyport-verify.mjs proof FILE --key VKEY [--entry HEADERFILE]
 *     node sallyport-verify.mjs consistency OLD NEW DIR [--key VKEY]
 *     node sallyport-verify.mjs bundle FILE [--key VKEY]
 *
 * DIR is the folder of one log: the one with `seg`, `tile`, `checkpoint` and `log.vkey` in it. `--json` for programs.
 * Exit code: 0 all is well, 1 something is wrong, 2 called wrongly.
 */
import * as crypto from 'node:crypto'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import * as zlib from 'node:zlib'

// --- Hashes and the tree (RFC 6962, section 2.1) -------------------------------------------------------------

// `crypto.hash` came with Node 20.12 and is three times faster.
const sha256 = crypto.hash
  ? (bytes) => Buffer.from(crypto.hash('sha256', bytes, 'binary'), 'binary')
  : (bytes) => crypto.createHash('sha256').update(bytes).digest()

const pair = Buffer.alloc(65, 1)

export function nodeHash(left, right) {
  pair.set(left, 1)
  pair.set(right, 33)
  return sha256(pair)
}

export const leafHash = (entry) => sha256(Buffer.concat([Buffer.from([0]), entry]))

/** The largest power of two below `count`. */
function split(count) {
  let half = 1
  while (half * 2 < count) half *= 2
  return half
}

/** The head of a tree over these hashes. */
export function treeHash(hashes) {
  if (hashes.length === 0) return sha256(Buffer.alloc(0))
  if (hashes.length === 1) return hashes[0]
  const half = split(hashes.length)
  return nodeHash(treeHash(hashes.slice(0, half)), treeHash(hashes.slice(half)))
}

/** Whether `proof` shows that `leaf` stands at `index` of the tree of `size` with this `root`. */
export function isIncluded(index, size, leaf, root, proof) {
  if (!(index >= 0 && index < size)) return false
  const hashes = [...proof]
  const climb = (at, count) => {
    if (count === 1) return leaf
    const other = hashes.pop()
    if (other === undefined) return undefined
    const half = split(count)
    const inner = at < half ? climb(at, half) : climb(at - half, count - half)
    if (inner === undefined) return undefined
    return at < half ? nodeHash(inner, other) : nodeHash(other, inner)
  }
  const found = climb(index, size)
  return found !== undefined && hashes.length === 0 && found.equals(root)
}

/** Whether `proof` shows that the tree `newer` goes on from `older`; both are { size, root }. */
export function isConsistent(older, newer, proof) {
  if (older.size > newer.size) return false
  if (older.size === 0) return proof.length === 0 && older.root.equals(treeHash([]))
  const hashes = [...proof]
  /** Both heads of the subtree of `count` leaves of which the older tree has `had`. */
  const climb = (had, count, isLeftEdge) => {
    if (had === count) {
      const whole = isLeftEdge ? older.root : hashes.pop()
      return whole && [whole, whole]
    }
    const other = hashes.pop()
    if (other === undefined) return undefined
    const half = split(count)
    const heads = had <= half ? climb(had, half, isLeftEdge) : climb(had - half, count - half, false)
    if (heads === undefined) return undefined
    return had <= half
      ? [heads[0], nodeHash(heads[1], other)]
      : [nodeHash(other, heads[0]), nodeHash(other, heads[1])]
  }
  const heads = climb(older.size, newer.size, true)
  return (
    heads !== undefined && hashes.length === 0 && heads[0].equals(older.root) && heads[1].equals(newer.root)
  )
}

/** Which subtrees, as [start, end], make the proof that a tree of `newer` leaves goes on from one of `older`. */
export function consistencyParts(older, newer) {
  const parts = []
  const descend = (start, end, isLeftEdge) => {
    if (end === older) {
      if (!isLeftEdge) parts.push([start, end])
      return
    }
    const middle = start + split(end - start)
    if (older <= middle) {
      descend(start, middle, isLeftEdge)
      parts.push([middle, end])
    } else {
      descend(middle, end, false)
      parts.push([start, middle])
    }
  }
  if (older > 0) descend(0, newer, true)
  return parts
}

// --- Signed notes (C2SP signed-note, tlog-checkpoint, tlog-proof) --------------------------------------------

/** Base64 has several spellings of the same bytes; only the usual one is taken. */
function fromBase64(text) {
  const bytes = Buffer.from(text, 'base64')
  return bytes.toString('base64') === text ? bytes : undefined
}

/** Throws with what is wrong. */
export function readKey(text) {
  const parts = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text.trim())
  const typed = parts && fromBase64(parts[3])
  if (!typed) throw new Error('the key is not a verifier key: NAME+HASH+KEY')
  const id = sha256(Buffer.concat([Buffer.from(`${parts[1]}\n`), typed])).subarray(0, 4)
  if (id.toString('hex') !== parts[2]) throw new Error('the key is not a verifier key: its hash does not fit')
  if (typed[0] !== 1)
    throw new Error(`the key has the signature type ${typed[0]}; only 1 (Ed25519) can be checked`)
  if (typed.length !== 33) throw new Error('the key is not a verifier key: its length is wrong')
  const key = { kty: 'OKP', crv: 'Ed25519', x: typed.subarray(1).toString('base64url') }
  return { origin: parts[1], id, publicKey: crypto.createPublicKey({ key, format: 'jwk' }) }
}

/** { origin, size, root } of a signed checkpoint. Throws with what is wrong. */
export function readCheckpoint(note, key) {
  const end = note.lastIndexOf('\n\n')
  if (end < 0 || !note.endsWith('\n')) throw new Error('is not a signed note')
  const body = note.slice(0, end + 1)
  const isSigned = note
    .slice(end + 2, -1)
    .split('\n')
    .some((line) => isSignedBy(line, body, key))
  if (!isSigned) throw new Error('is not signed by the key of this log')
  const [origin, size, root] = body.split('\n')
  const bytes = fromBase64(root ?? '')
  if (origin !== key.origin) throw new Error('is of another log')
  if (!/^(0|[1-9][0-9]{0,14})$/.test(size ?? '') || bytes?.length !== 32)
    throw new Error('is not a checkpoint')
  return { origin, size: Number(size), root: bytes }
}

function isSignedBy(line, body, key) {
  const [dash, name, encoded, ...more] = line.split(' ')
  if (dash !== '\u2014' || name !== key.origin || more.length > 0) return false
  const bytes = fromBase64(encoded ?? '')
  if (bytes?.length !== 68 || !bytes.subarray(0, 4).equals(key.id)) return false
  return crypto.verify(null, Buffer.from(body), key.publicKey, bytes.subarray(4))
}

/** { index, hashes, checkpoint, extra } of a .tlog-proof. Throws with what is wrong. */
export function readProof(text) {
  const end = text.indexOf('\n\n')
  const lines = text.slice(0, Math.max(0, end)).split('\n')
  if (end < 0 || lines.shift() !== 'c2sp.org/tlog-proof@v1') throw new Error('is not a .tlog-proof')
  const extra = lines[0]?.startsWith('extra ') ? fromBase64(lines.shift().slice(6)) : null
  const index = /^index (0|[1-9][0-9]{0,14})$/.exec(lines.shift() ?? '')?.[1]
  const hashes = lines.map(fromBase64)
  if (extra === undefined || index === undefined || hashes.length > 63)
    throw new Error('is not a whole .tlog-proof')
  if (hashes.some((hash) => hash?.length !== 32)) throw new Error('holds a line that is no hash')
  return { index: Number(index), hashes, checkpoint: text.slice(end + 2), extra }
}

// --- Segments: length u32 | crc32 u32 | commit u32 | kind u8 | 0x00 | header, little-endian ------------------

const beforeHeader = 14
const headerMax = 65_535

function frameAt(bytes, at) {
  if (at + beforeHeader > bytes.length) return undefined
  const length = bytes.readUInt32LE(at)
  const end = at + beforeHeader + length
  if (length === 0 || length > headerMax || end > bytes.length || bytes[at + 13] !== 0) return undefined
  if (checksum(bytes.subarray(at + 8, end)) !== bytes.readUInt32LE(at + 4)) return undefined
  return { commit: bytes.readUInt32LE(at + 8), kind: bytes[at + 12], leaf: bytes.subarray(at + 13, end), end }
}

// `zlib.crc32` came with Node 20.15; before that a table does it.
const checksum = zlib.crc32 ?? crcByTable
let table
function crcByTable(bytes) {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    return value
  })
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ table[(crc ^ byte) & 255]
  return (crc ^ 0xffffffff) >>> 0
}

const chunk = 4 * 1024 * 1024

/** Frames of a segment; returns the offset behind the last sound one. */
function* frames(file) {
  const buffer = Buffer.allocUnsafe(chunk)
  let base = 0
  let filled = fs.readSync(file, buffer, 0, chunk, 0)
  let at = 0
  for (;;) {
    const frame = frameAt(buffer.subarray(0, filled), at)
    if (frame !== undefined) {
      yield { ...frame, offset: base + at }
      at = frame.end
      continue
    }
    if (at === 0 && filled === chunk) return base
    buffer.copyWithin(0, at, filled)
    base += at
    filled -= at
    at = 0
    const got = fs.readSync(file, buffer, filled, chunk - filled, base + filled)
    if (got === 0) return base
    filled += got
  }
}

/** What lies behind the last sound frame: nothing, a commit a crash cut short, or damage. */
function tailOf(file, offset) {
  const { size } = fs.fstatSync(file)
  // A commit is far shorter than this; zeros written ahead are what else lies here.
  const tail = Buffer.alloc(Math.max(0, Math.min(size - offset, 128 * 1024 * 1024)))
  fs.readSync(file, tail, 0, tail.length, offset)
  let length = tail.length
  while (length > 0 && tail[length - 1] === 0) length--
  // It came since this segment was read to its end: somebody writes this log.
  if (frameAt(tail.subarray(0, length), 0) !== undefined) return { lost: 0, isDamage: false }
  for (let at = 1; at < length; at++) {
    const frame = frameAt(tail.subarray(0, length), at)
    if (frame === undefined) continue
    if (frame.commit > offset || !hasEmptySector(tail.subarray(0, at), offset))
      return { lost: length, isDamage: true }
    at = frame.end - 1
  }
  return { lost: length, isDamage: false }
}

/** A sector the disk never got is all zeros. */
function hasEmptySector(bytes, offset) {
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + 512 - ((offset + at) % 512))
    if (bytes.subarray(at, end).every((byte) => byte === 0)) return true
    at = end
  }
  return false
}

// --- Journal: what a power cut may leave there alone, until a start puts it into segments and payload files ------
// "sallycmt" | 1 u32 | crc32 u32 | first f64 | entries, frames, payloads, segment, offset u32 | year, month u16
// | payload file, offset u32 | 0 u32 | frames | payloads

const journalHead = 60
/** A log writes less. */
const journalMax = 1024 * 1024 * 1024

function* journalRecords(bytes) {
  const magic = Buffer.from('sallycmt')
  let broken = 0
  for (let at = bytes.indexOf(magic), next; at >= 0; at = bytes.indexOf(magic, next)) {
    next = at + 1
    if (at + journalHead > bytes.length) return
    const u32 = (offset) => bytes.readUInt32LE(at + offset)
    const framesEnd = at + journalHead + u32(28)
    const end = framesEnd + u32(32)
    if (u32(8) !== 1 || end > bytes.length) continue
    const padded = (number, width) => String(number).padStart(width, '0')
    const month = `${padded(bytes.readUInt16LE(at + 44), 4)}-${padded(bytes.readUInt16LE(at + 46), 2)}`
    const record = {
      first: bytes.readDoubleLE(at + 16),
      entries: u32(24),
      places: [
        [join('seg', `${padded(u32(36), 10)}.seg`), u32(40), bytes.subarray(at + journalHead, framesEnd)],
        [join('pay', month, `${padded(u32(48), 10)}.pay`), u32(52), bytes.subarray(framesEnd, end)],
      ],
    }
    if (checksum(bytes.subarray(at + 16, framesEnd)) === u32(12) && isWholeRecord(record)) {
      next = end
      yield record
      continue
    }
    // A crash leaves one broken. As many that each claim the whole file would be read for hours.
    broken += end - at
    if (broken > bytes.length * 16) throw new Error('the journal is full of broken commits')
  }
}

/** As a start sees it: its frames are those of its entries, its payloads those the headers commit to. */
function isWholeRecord({ first, entries, places: [[, segmentAt, headers], [, payloadAt, payloads]] }) {
  if (!Number.isSafeInteger(first + entries) || entries === 0) return false
  let at = 0
  let used = 0
  for (let index = first; index < first + entries; index++) {
    const frame = frameAt(headers, at)
    const header = frame && parse(frame.leaf.subarray(1))
    if (header?.index !== index || frame.commit !== segmentAt) return false
    at = frame.end
    const { payload } = header
    if (payload === undefined) continue
    if (payload?.offset !== payloadAt + used || !Number.isSafeInteger(payload.length) || payload.length < 0)
      return false
    const text = payloads.subarray(used, used + payload.length)
    if (text.length !== payload.length || sha256(text).toString('hex') !== payload.sha256) return false
    used += payload.length
  }
  return at === headers.length && used === payloads.length
}

function parse(bytes) {
  try {
    return JSON.parse(bytes.toString())
  } catch {
    return undefined
  }
}

function readJournal(dir, report) {
  try {
    return ['1.commits', '2.commits'].flatMap((name) => {
      const path = join(dir, 'commits', name)
      if (!fs.existsSync(path)) return []
      if (fs.statSync(path).size > journalMax)
        throw new Error(`${name} of the journal is larger than a log writes`)
      return [...journalRecords(fs.readFileSync(path))]
    })
  } catch (error) {
    report.problem(error.message)
    return []
  }
}

/** The first entry that does not lie at its place yet; undefined when all do. No checkpoint covers one. */
function firstWaiting(dir, signedSize, report) {
  const records = readJournal(dir, report)
    .filter(({ first }) => first >= signedSize)
    .sort((one, other) => one.first - other.first)
  return records.find(({ places }) => places.some((place) => !holds(dir, place)))?.first
}

function holds(dir, [name, offset, bytes]) {
  if (bytes.length === 0) return true
  if (!fs.existsSync(join(dir, name))) return false
  const file = fs.openSync(join(dir, name), 'r')
  try {
    const there = Buffer.alloc(bytes.length)
    return fs.readSync(file, there, 0, there.length, offset) === bytes.length && there.equals(bytes)
  } finally {
    fs.closeSync(file)
  }
}

// --- Tiles (C2SP tlog-tiles) ---------------------------------------------------------------------------------

export function tileName(level, number, width) {
  let parts = String(number % 1000).padStart(3, '0')
  for (let rest = Math.floor(number / 1000); rest > 0; rest = Math.floor(rest / 1000)) {
    parts = `x${String(rest % 1000).padStart(3, '0')}/${parts}`
  }
  return `tile/${level}/${parts}${width < 256 ? `.p/${width}` : ''}`
}

const readIfThere = (path) => (fs.existsSync(path) ? fs.readFileSync(path) : undefined)

/** At least the first `width` of a tile: a partial one is the beginning of every later state. */
function readTile(dir, level, number, width) {
  const exact = readIfThere(join(dir, tileName(level, number, width)))
  if (exact !== undefined || width === 256) return exact
  const partials = join(dir, `${tileName(level, number, 256)}.p`)
  const wider = fs.existsSync(partials)
    ? fs
        .readdirSync(partials)
        .map(Number)
        .find((each) => each > width)
    : undefined
  return readIfThere(join(dir, tileName(level, number, wider ?? 256)))
}

/** The hash of the leaves `start` to `end` of a log of `size`, out of its tiles. Throws when one is missing. */
function rangeHash(dir, size, start, end) {
  const count = end - start
  const level = Math.floor(Math.log2(count) / 8)
  const span = 256 ** level
  if (start % count === 0 && Number.isInteger(Math.log2(count))) {
    const first = start / span
    const number = Math.floor(first / 256)
    const width = Math.min(256, Math.floor(size / span) - number * 256)
    const tile = readTile(dir, level, number, width)
    if (!tile || tile.length < width * 32)
      throw new Error(`${tileName(level, number, width)} is missing or too short`)
    const hashes = []
    for (let at = first % 256; hashes.length < count / span; at++)
      hashes.push(tile.subarray(at * 32, at * 32 + 32))
    return treeHash(hashes)
  }
  const middle = start + split(count)
  return nodeHash(rangeHash(dir, size, start, middle), rangeHash(dir, size, middle, end))
}

/** Builds the tree over the entries of a log as they come, and compares each tile as soon as it is complete. */
class Tiles {
  constructor(dir, signedSize, problem) {
    this.dir = dir
    this.signedSize = fs.existsSync(join(dir, 'tile')) ? signedSize : 0
    this.problem = problem
    this.size = 0
    this.ended = 0
    this.levels = [[]]
    this.bundle = []
  }

  /** Of a header that has ended only the hash is left, and its bundle is not kept. */
  addEnded(hash) {
    this.ended = this.size + 1
    this.push(hash)
  }

  add(leaf) {
    if (this.size < this.signedSize && Math.floor(this.size / 256) * 256 >= this.ended) {
      // The reader's buffer is used again, so the entry is copied.
      const framed = Buffer.allocUnsafe(leaf.length + 1)
      framed.writeUInt16BE(leaf.length - 1, 0)
      leaf.copy(framed, 2, 1)
      this.bundle.push(framed)
    }
    this.push(sha256(leaf))
  }

  push(hash) {
    const number = Math.floor(this.size / 256)
    this.levels[0].push(hash)
    this.size++
    if (this.levels[0].length === 256) this.full(0, number)
    if (this.size === this.signedSize) this.end()
  }

  full(level, number) {
    const hashes = this.levels[level]
    // Of one that is signed in part, that part was compared: the rest may come with the next checkpoint.
    if ((number + 1) * 256 ** (level + 1) <= this.signedSize) this.compare(level, number, hashes)
    this.levels[level] = []
    this.levels[level + 1] ??= []
    this.levels[level + 1].push(treeHash(hashes))
    if (this.levels[level + 1].length === 256) this.full(level + 1, Math.floor(number / 256))
  }

  /** At the size of the checkpoint: the partial tiles it needs. */
  end() {
    for (const [level, hashes] of this.levels.entries()) {
      if (hashes.length === 0) continue
      this.compare(level, Math.floor(this.size / 256 ** (level + 1)), hashes)
    }
  }

  compare(level, number, hashes) {
    this.compareBytes(level, number, hashes.length, Buffer.concat(hashes))
    if (level > 0 || number * 256 < this.ended) return
    this.compareBytes('entries', number, hashes.length, Buffer.concat(this.bundle.slice(0, hashes.length)))
    this.bundle = []
  }

  compareBytes(level, number, width, expected) {
    const found = readTile(this.dir, level, number, width)
    const isSame =
      found?.subarray(0, expected.length).equals(expected) &&
      (width < 256 || found.length === expected.length)
    if (!isSame)
      this.problem(`${tileName(level, number, width)} ${found ? 'differs from the segments' : 'is missing'}`)
  }

  /** A full subtree of one level counts as one; what is left over at the levels below comes behind it. */
  root() {
    let rest
    for (const hashes of this.levels) {
      const parts = rest ? [...hashes, rest] : hashes
      if (parts.length > 0) rest = treeHash(parts)
    }
    return rest ?? treeHash([])
  }
}

// --- Sealed texts: nobody needs a key to see that they are what their header commits to ----------------------

/** What stands where a text was erased; zeros follow. */
const eraseMark = Buffer.from('sallyport erased this\n')

const isErased = (bytes) =>
  bytes.subarray(0, eraseMark.length).equals(eraseMark) &&
  bytes.subarray(eraseMark.length).every((byte) => byte === 0)

class Payloads {
  constructor(dir) {
    this.dir = dir
    this.ahead = Buffer.alloc(0)
    this.start = 0
  }

  /** 'sound', 'missing', 'erased', 'short' or 'changed'. */
  check({ file, offset, length, sha256: stated }) {
    if (!/^[0-9]{4,6}-[0-9]{2}\/[0-9]{10}$/.test(file)) return 'changed'
    if (file !== this.name && !this.open(file)) return 'missing'
    const hashOf = (bytes) => sha256(bytes).toString('hex')
    const at = offset - this.start
    if (
      at >= 0 &&
      at + length <= this.ahead.length &&
      hashOf(this.ahead.subarray(at, at + length)) === stated
    )
      return 'sound'
    if (offset + length > fs.fstatSync(this.file).size) return 'short'
    this.start = offset
    this.ahead = Buffer.allocUnsafe(Math.max(length, 1024 * 1024))
    this.ahead = this.ahead.subarray(0, fs.readSync(this.file, this.ahead, 0, this.ahead.length, offset))
    const bytes = this.ahead.subarray(0, length)
    if (bytes.length === length && hashOf(bytes) === stated) return 'sound'
    if (isErased(bytes)) return 'erased'
    return hasEmptySector(bytes, offset) ? 'short' : 'changed'
  }

  open(file) {
    this.close()
    const path = join(this.dir, 'pay', `${file}.pay`)
    if (!fs.existsSync(path)) return false
    this.file = fs.openSync(path, 'r')
    this.name = file
    return true
  }

  close() {
    if (this.file !== undefined) fs.closeSync(this.file)
    this.file = undefined
    this.name = undefined
    this.ahead = Buffer.alloc(0)
  }
}

// --- What every entry must keep to ---------------------------------------------------------------------------

/** Kinds of entries whose headers stay when the others of their time end. */
const lastingKinds = new Set([
  'record',
  'decision',
  'snapshot',
  'publication',
  'hold',
  'hold-ended',
  'erase',
  'retention',
])

class Rules {
  /** `first`: entries before it have no header any more. Entries before `signedSize` are covered by the checkpoint. */
  constructor(dir, { first, signedSize }, problem, note) {
    this.first = first
    this.signedSize = signedSize
    this.segmentEnds = new Map()
    /** Headers so far that stay. */
    this.kept = 0
    this.saidEnded = []
    this.problem = problem
    this.note = note
    this.payloads = new Payloads(dir)
    this.kinds = new Map()
    this.open = new Map()
    this.boots = new Set()
    this.incomplete = []
    /** Texts that are not there, and what entries further on say of that. */
    this.missing = new Map()
    this.erased = []
    this.saidGone = new Map()
    this.saidErased = new Map()
  }

  take(index, frame, header, segment, isSigned) {
    this.checkPlace(index, frame, header)
    this.checkTime(index, header)
    this.checkPair(index, header)
    this.checkPayload(index, frame, header, segment, isSigned)
    this.checkEndings(index, header)
    this.last = header
  }

  checkPlace(index, frame, header) {
    if (header.index !== index) this.problem(`entry ${header.index} stands where entry ${index} belongs`)
    const kind = this.kinds.get(frame.kind) ?? header.kind
    this.kinds.set(frame.kind, kind)
    if (kind !== header.kind) this.problem(`entry ${index}: a ${header.kind} in a frame of ${kind}`)
  }

  checkTime(index, { boot, kind, monoMs, atMs }) {
    if (this.last?.boot === boot) {
      if (monoMs < this.last.monoMs) this.problem(`entry ${index}: steady time runs backwards within one run`)
    } else if (index === this.first && index > 0) {
      // The beginning of its run has ended.
    } else if (kind !== 'start') this.problem(`entry ${index}: a run begins without a start entry`)
    else if (this.boots.has(boot)) this.problem(`entry ${index}: the run ${boot} begins a second time`)
    this.boots.add(boot)
    if (atMs < this.last?.atMs)
      this.note(`entry ${index}: the clock was set back by ${this.last.atMs - atMs} ms`)
  }

  checkPair(index, { kind, facts }) {
    if (kind === 'intent') this.open.set(index, facts.requestId)
    if (kind !== 'outcome' || facts.intent < this.first) return
    if (!this.open.has(facts.intent)) {
      this.problem(
        `entry ${index}: an outcome of ${facts.intent}, which is no intent or already has an outcome`,
      )
      return
    }
    if (facts.requestId !== undefined && facts.requestId !== this.open.get(facts.intent)) {
      this.problem(`entry ${index}: the outcome names another request than intent ${facts.intent}`)
    }
    this.open.delete(facts.intent)
  }

  /** A text may be absent in the very last commit only: there its entry was never acknowledged. */
  checkPayload(index, frame, { payload }, segment, isSigned) {
    const commit = `${segment}/${frame.commit}`
    if (commit !== this.commit) {
      for (const each of this.incomplete) this.problem(`entry ${each}: its text is not whole`)
      this.incomplete = []
      this.commit = commit
    }
    if (payload === undefined) return
    const state = this.payloads.check(payload)
    if (state === 'short' && !isSigned) this.incomplete.push(index)
    else if (state === 'missing') this.addMissing(payload.file, index)
    else if (state === 'erased') this.erased.push(index)
    else if (state !== 'sound') this.problem(`entry ${index}: its text is ${state}`)
  }

  addMissing(file, index) {
    const known = this.missing.get(file)
    if (known === undefined) this.missing.set(file, [index])
    else known.push(index)
  }

  /**
   * A `retention` names the files and headers that ended, an `erase` the entries whose text was overwritten. Only a signed
   * one counts: anybody who can write can add one behind the checkpoint.
   */
  checkEndings(index, { kind, facts }) {
    const list = (value) => (Array.isArray(value) ? value : [])
    if (lastingKinds.has(kind)) this.kept++
    if (index >= this.signedSize) return
    if (kind === 'retention') for (const file of list(facts.goneFiles)) this.saidGone.set(String(file), index)
    const { below, root, kept } = (kind === 'retention' && facts.ended) || {}
    if (Number.isSafeInteger(below) && below <= index) this.saidEnded.push({ by: index, below, root, kept })
    if (kind !== 'erase') return
    for (const each of list(facts.erased)) if (Number(each) < index) this.saidErased.set(Number(each), index)
  }

  /** Headers end with a segment, and a signed entry says up to where, what the tree over them comes to, how many stay. */
  takeRoot(size, root) {
    this.segmentEnds.set(size, { root: root.toString('hex'), kept: this.kept })
  }

  endHeaders() {
    if (this.first === 0) return
    const range = `the headers of entries 0 to ${this.first - 1}`
    const said = this.saidEnded.filter(({ below }) => below >= this.first)
    const sound = said.find(({ below, root }) => this.segmentEnds.get(below)?.root === root)
    const there = sound && this.segmentEnds.get(sound.below).kept
    if (sound && (sound.kept ?? there) !== there)
      this.problem(`${range} ended but for ${sound.kept}, as entry ${sound.by} says, and ${there} are there`)
    else if (sound) this.note(`${range} ended by retention: entry ${sound.by}`)
    else if (said.length > 0) this.problem(`${range} are gone, and entry ${said[0].by} names other ones`)
    else this.problem(`${range} are gone, and no entry says that retention ended them`)
  }

  end() {
    this.endHeaders()
    for (const [file, indexes] of this.missing) {
      const by = this.saidGone.get(file)
      if (by !== undefined) this.note(`${indexes.length} texts in ${file} ended by retention: entry ${by}`)
      else for (const index of indexes) this.problem(`entry ${index}: the file ${file} of its text is gone`)
    }
    for (const index of this.erased) {
      const by = this.saidErased.get(index)
      if (by !== undefined) this.note(`entry ${index}: its text was erased by entry ${by}`)
      else this.problem(`entry ${index}: its text was overwritten, and no entry says why`)
    }
    for (const each of this.incomplete) this.note(`entry ${each} belongs to a commit that is not finished`)
    this.payloads.close()
  }
}

// --- Commands ------------------------------------------------------------------------------------------------

const listedMax = 100

class Report {
  problems = []
  notes = []
  problemCount = 0
  problem = (text) => {
    this.problemCount++
    if (this.problems.length < listedMax) this.problems.push(text)
  }
  note = (text) => {
    if (this.notes.length < listedMax) this.notes.push(text)
  }
}

/** Every check of a log folder. `since`: signed notes by name that the log must go on from. */
export function verifyLog(dir, { key: expected, since = {}, onProgress = () => {} } = {}) {
  const report = new Report()
  const stated = readIfThere(join(dir, 'log.vkey'))?.toString()
  if (expected !== undefined && stated !== undefined && stated.trim() !== expected.trim()) {
    report.problem('log.vkey is not the key that was expected')
  }
  const heads = readHeads(dir, expected ?? stated, since, report)
  const signedSize = heads.find(({ isOwn }) => isOwn)?.size ?? 0
  const tiles = new Tiles(dir, signedSize, report.problem)
  const names = segmentNames(dir)
  const ended = endedFiles(dir, names)
  const first = ended.reduce((sum, { size }) => sum + size / 32, 0)
  const rules = new Rules(dir, { first, signedSize }, report.problem, report.note)
  const compareHeads = () => {
    for (const { name, size, root } of heads) {
      if (size === tiles.size && !root.equals(tiles.root())) {
        report.problem(`the first ${size} entries are not those ${name} covers`)
      }
    }
  }
  compareHeads()
  for (const { path, kept } of ended) {
    const hashes = fs.readFileSync(path)
    const stays = readKept(kept, report)
    rules.kept += stays.size
    for (const index of stays.keys())
      if (!(index >= tiles.size && index < tiles.size + hashes.length / 32))
        report.problem(`entry ${index}: a header kept of an ended segment stands in another one`)
    for (let at = 0; at < hashes.length; at += 32) {
      const hash = hashes.subarray(at, at + 32)
      if (stays.get(tiles.size)?.equals(hash) === false)
        report.problem(`entry ${tiles.size}: a header kept of an ended segment was changed`)
      tiles.addEnded(hash)
      compareHeads()
    }
  }
  let current
  const waiting = firstWaiting(dir, signedSize, report)
  if (waiting !== undefined)
    report.note(
      `entries from ${waiting} on are not signed and wait in the journal: a start puts them in their place`,
    )
  const isAtWaiting = () => tiles.size === waiting
  readEntries(dir, names, report, isAtWaiting, (frame, segment) => {
    const index = tiles.size
    if (segment !== current) rules.takeRoot(index, tiles.root())
    current = segment
    const header = readHeader(frame.leaf)
    if (header === undefined) {
      report.problem(`entry ${index}: the frame holds no header`)
      return false
    }
    rules.take(index, frame, header, segment, index < signedSize)
    tiles.add(frame.leaf)
    compareHeads()
    if (tiles.size % 65_536 === 0) onProgress(tiles.size)
    return true
  })
  rules.end()
  for (const { name, size } of heads) {
    if (size > tiles.size) report.problem(`${name} covers ${size} entries, but only ${tiles.size} are there`)
  }
  if (tiles.size === rules.first) report.problem('there is no entry')
  const { problems, problemCount, notes } = report
  const openIntents = [...rules.open.keys()]
  const root = tiles.root().toString('base64')
  return {
    ok: problemCount === 0,
    entries: tiles.size,
    ended: rules.first,
    signed: signedSize,
    root,
    openIntents,
    problems,
    problemCount,
    notes,
  }
}

function readHeads(dir, keyText, since, report) {
  const heads = []
  try {
    if (keyText === undefined) throw new Error('the file log.vkey is missing and no --key was given')
    const key = readKey(keyText)
    const own = readIfThere(join(dir, 'checkpoint'))?.toString()
    if (own === undefined) report.note('there is no checkpoint yet, so nothing is signed')
    const named = [...(own === undefined ? [] : [['the signed checkpoint', own]]), ...Object.entries(since)]
    for (const [name, note] of named) {
      try {
        heads.push({ ...readCheckpoint(note, key), name, isOwn: note === own })
      } catch (error) {
        report.problem(`${name} ${error.message}`)
      }
    }
  } catch (error) {
    report.problem(error.message)
  }
  return heads
}

/** In order. */
function segmentNames(dir) {
  const folder = join(dir, 'seg')
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : []
  return names.filter((name) => /^[0-9]{10}\.seg$/.test(name)).sort()
}

const segmentNumber = (name) => Number(name.slice(0, 10))

/** Files of leaf hashes of the segments before the first one there is; none when they are not all there. */
function endedFiles(dir, [first = '0000000001']) {
  const files = []
  for (let segment = 1; segment < segmentNumber(first); segment++) {
    const name = join(dir, 'ended', String(segment).padStart(10, '0'))
    const path = `${name}.leaves`
    const size = fs.existsSync(path) ? fs.statSync(path).size : 0
    if (size === 0 || size % 32 > 0) return []
    files.push({ path, size, kept: `${name}.kept` })
  }
  return files
}

/** Headers that stayed of an ended segment: their leaf hashes by index. */
function readKept(path, report) {
  const kept = new Map()
  const bytes = readIfThere(path) ?? Buffer.alloc(0)
  for (let at = 0; at < bytes.length; ) {
    const frame = frameAt(bytes, at)
    const index = frame && readHeader(frame.leaf)?.index
    if (index === undefined) {
      report.problem('headers kept of an ended segment cannot be read')
      break
    }
    kept.set(index, sha256(frame.leaf))
    at = frame.end
  }
  return kept
}

/** Hands over every sound frame until `ends` gives true or `take` false, and says why it ended. */
function readEntries(dir, names, report, ends, take) {
  const folder = join(dir, 'seg')
  const hasEnded = endedFiles(dir, names).length > 0
  const first = hasEnded ? segmentNumber(names[0]) : 1
  for (const [at, name] of names.entries()) {
    const segment = first + at
    if (segmentNumber(name) !== segment)
      return report.problem(`segment ${segment} is missing; nothing after it was read`)
    const file = fs.openSync(join(folder, name), 'r')
    try {
      const walk = frames(file)
      let step = walk.next()
      for (; !step.done; step = walk.next()) if (ends() || !take(step.value, segment)) return
      if (ends()) return
      const { lost, isDamage } = tailOf(file, step.value)
      if (isDamage || (lost > 0 && at + 1 < names.length)) {
        return report.problem(`segment ${segment}, byte ${step.value}: damaged; nothing after it was read`)
      }
      if (lost > 0) report.note(`${lost} bytes at the end belong to a commit that is not finished`)
    } finally {
      fs.closeSync(file)
    }
  }
}

function readHeader(leaf) {
  try {
    const header = JSON.parse(leaf.toString('utf8', 1))
    return typeof header?.facts === 'object' && typeof header.kind === 'string' ? header : undefined
  } catch {
    return undefined
  }
}

/** Checks a .tlog-proof; `entry` instead of the header the file carries. Throws with what is wrong. */
export function verifyProof(text, keyText, entry) {
  const { index, hashes, checkpoint: note, extra } = readProof(text)
  const { origin, size, root } = readCheckpoint(note, readKey(keyText))
  const proved = entry ?? extra
  if (!proved) throw new Error('does not carry the entry it is about: name it with --entry')
  if (!isIncluded(index, size, leafHash(proved), root, hashes)) throw new Error('does not prove that entry')
  return {
    receipt: `${origin}#${index}`,
    size,
    root: root.toString('base64'),
    header: proved.toString('utf8'),
  }
}

/** Checks out of the tiles in `dir` that one checkpoint goes on from another. Throws with what is wrong. */
export function verifyConsistency(oldNote, newNote, dir, keyText) {
  const key = readKey(keyText)
  const named = (name, note) => {
    try {
      return readCheckpoint(note, key)
    } catch (error) {
      throw new Error(`the ${name} checkpoint ${error.message}`)
    }
  }
  const older = named('older', oldNote)
  const newer = named('newer', newNote)
  if (older.size > newer.size)
    throw new Error(`the older checkpoint covers ${older.size} entries, the newer ${newer.size}`)
  const proof = consistencyParts(older.size, newer.size).map(([start, end]) =>
    rangeHash(dir, newer.size, start, end),
  )
  if (!isConsistent(older, newer, proof))
    throw new Error('the newer checkpoint does not go on from the older one')
  return { older: older.size, newer: newer.size }
}

// --- Evidence bundles: a tar archive, described in docs/operate/evidence.md ----------------------------------

const tarBlock = 512
const bundleNames =
  /^(README\.txt|log\.vkey|checkpoint|grounds\.json|manifest\.(json|note)|entries\/\d{1,15}\.json|proofs\/\d{1,15}\.tlog-proof|contents\/\d{1,15}\.(json|sealed))$/

/** Follows from name and size alone: whoever reads an archive makes each header again and compares. */
function tarHeader(name, size) {
  const header = Buffer.alloc(tarBlock)
  const fields = [
    [name, 0],
    ['0000644\0', 100],
    ['0000000\0', 108],
    ['0000000\0', 116],
    [`${size.toString(8).padStart(11, '0')}\0`, 124],
    ['00000000000\0', 136],
    ['        0', 148],
    ['ustar\u000000', 257],
  ]
  for (const [text, at] of fields) header.write(text, at, 'latin1')
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}

/** The files of an archive by name, up to the first thing that does not belong into a bundle. */
function readTar(bytes, report) {
  const files = new Map()
  let at = 0
  for (;;) {
    if (at + 2 * tarBlock > bytes.length) {
      report.problem(`the archive breaks off at byte ${at}`)
      return files
    }
    const header = bytes.subarray(at, at + tarBlock)
    if (header[0] === 0) break
    const name = header.toString('latin1', 0, 100).replace(/\0.*$/s, '')
    const size = Number.parseInt(header.toString('latin1', 124, 135), 8)
    const start = at + tarBlock
    const end = start + size
    at = start + Math.ceil(size / tarBlock) * tarBlock
    const problem = !bundleNames.test(name)
      ? `${JSON.stringify(name)} does not belong into a bundle`
      : !Number.isSafeInteger(size) || size < 0 || !header.equals(tarHeader(name, size))
        ? `the header of ${name} in the archive was changed`
        : at > bytes.length
          ? `the archive breaks off inside ${name}`
          : undefined
    if (problem !== undefined) {
      report.problem(problem)
      return files
    }
    if (files.has(name)) report.problem(`${name} stands twice in the archive`)
    if (bytes.subarray(end, at).some((byte) => byte !== 0)) report.problem(`something stands behind ${name}`)
    files.set(name, bytes.subarray(start, end))
  }
  if (bytes.length !== at + 2 * tarBlock || bytes.subarray(at).some((byte) => byte !== 0))
    report.problem('something stands behind the end of the archive')
  return files
}

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)
const isText = (value) => typeof value === 'string'
const isCount = (value) => Number.isSafeInteger(value) && value >= 0
const isListOf = (list, fits) => Array.isArray(list) && list.every((item) => isObject(item) && fits(item))

/** An object, or undefined: whoever needed it says what is missing. */
function readObject(bytes) {
  try {
    const value = JSON.parse(String(bytes))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** Every check of a bundle of evidence. Does not throw, whatever the bytes are. */
export function verifyBundle(bytes, expected) {
  const report = new Report()
  const files = readTar(bytes, report)
  const key = bundleKey(files, expected, report)
  const manifest = bundleManifest(files, key, report)
  const checkpoint = bundleCheckpoint(files, key, report)
  if (manifest !== undefined) checkListed(files, manifest, report)
  if (manifest !== undefined && checkpoint !== undefined && manifest.checkpointSize !== checkpoint.size)
    report.problem('the manifest names another checkpoint than the one in the bundle')
  const headers = provenHeaders(files, checkpoint, report)
  if (manifest !== undefined) checkAsked(manifest, headers, report)
  checkGrounds(files, headers, key?.origin, report)
  const contents = checkContents(files, headers, report)
  const { problems, problemCount } = report
  return {
    ok: problemCount === 0,
    origin: key?.origin,
    isKeyPinned: expected !== undefined,
    checkpointSize: checkpoint?.size,
    manifest,
    entries: headers.size,
    contents,
    problems,
    problemCount,
  }
}

function bundleKey(files, expected, report) {
  const stated = files.get('log.vkey')?.toString('utf8').trim()
  if (stated === undefined) report.problem('log.vkey is missing')
  else if (expected !== undefined && stated !== expected.trim())
    report.problem('the bundle was signed with another key than the one given')
  const text = expected ?? stated
  if (text === undefined) return undefined
  try {
    return readKey(text)
  } catch (error) {
    report.problem(error.message)
    return undefined
  }
}

function bundleManifest(files, key, report) {
  const bytes = files.get('manifest.json')
  const note = files.get('manifest.note')?.toString('utf8')
  if (bytes === undefined || note === undefined) {
    report.problem('manifest.json or manifest.note is missing')
    return undefined
  }
  const signed = key && `sallyport evidence bundle v1\n${key.origin}\n${sha256(bytes).toString('base64')}\n`
  const end = note.lastIndexOf('\n\n')
  const lines = note.slice(end + 2, -1).split('\n')
  const isNote = end >= 0 && note.endsWith('\n')
  const isSigned = key && isNote && lines.some((line) => isSignedBy(line, note.slice(0, end + 1), key))
  if (key && !isSigned) report.problem('manifest.note was not signed by the key')
  else if (key && note.slice(0, end + 1) !== signed)
    report.problem('manifest.json is not the one that was signed')
  const value = readObject(bytes)
  const isWhole =
    value !== undefined &&
    isListOf(value.files, (file) => isText(file.name) && isText(file.sha256) && isCount(file.bytes)) &&
    Array.isArray(value.entries) &&
    value.entries.every(isCount) &&
    Array.isArray(value.missing) &&
    value.missing.every(isText) &&
    ['origin', 'madeAt', 'madeBy', 'reason', 'asked', 'exportReceipt'].every((name) => isText(value[name]))
  if (!isWhole) report.problem('manifest.json cannot be read')
  else if (key && value.origin !== key.origin) report.problem('the manifest is of another log')
  return isWhole ? value : undefined
}

function bundleCheckpoint(files, key, report) {
  const note = files.get('checkpoint')?.toString('utf8')
  if (note === undefined) report.problem('checkpoint is missing')
  if (note === undefined || key === undefined) return undefined
  try {
    return { note, ...readCheckpoint(note, key) }
  } catch (error) {
    report.problem(`checkpoint ${error.message}`)
    return undefined
  }
}

/** The files of the manifest, no more and no fewer, and as they were listed. */
function checkListed(files, manifest, report) {
  const listed = new Set(['manifest.json', 'manifest.note'])
  for (const { name, bytes, sha256: stated } of manifest.files) {
    if (listed.has(name)) report.problem(`the manifest lists ${name} twice, or itself`)
    listed.add(name)
    const file = files.get(name)
    if (file === undefined) report.problem(`${name} is missing`)
    else if (file.length !== bytes || sha256(file).toString('hex') !== stated)
      report.problem(`${name} is not what the manifest lists`)
  }
  for (const name of files.keys()) if (!listed.has(name)) report.problem(`${name} is not in the manifest`)
}

/** Every header is in the tree of the checkpoint, and every proof is of a header here. */
function provenHeaders(files, checkpoint, report) {
  const headers = new Map()
  for (const [name, bytes] of files) {
    const number = /^(?:entries|proofs)\/(\d+)\./.exec(name)?.[1]
    if (number === undefined) continue
    if (name.startsWith('proofs/')) {
      if (!files.has(`entries/${number}.json`))
        report.problem(`${name} is a proof of an entry that is not here`)
      continue
    }
    const header = readObject(bytes)
    const proof = files.get(`proofs/${number}.tlog-proof`)
    if (String(header?.index) !== number || !isObject(header.facts))
      report.problem(`${name} is not the header of entry ${number}`)
    else if (proof === undefined) report.problem(`there is no proof of entry ${number}`)
    else if (checkpoint !== undefined && !provesHeader(header.index, bytes, proof, checkpoint))
      report.problem(`entry ${number} is not proven to be in the log`)
    else headers.set(header.index, header)
  }
  return headers
}

function provesHeader(index, bytes, proof, { note, size, root }) {
  try {
    const read = readProof(proof.toString('utf8'))
    const isHere = read.index === index && read.checkpoint === note
    return isHere && isIncluded(index, size, leafHash(bytes), root, read.hashes)
  } catch {
    // Not a proof at all: said by the caller, with the number of the entry.
    return false
  }
}

/** What was asked for is here, exchanges with their end unless the manifest says that one is missing. */
function checkAsked(manifest, headers, report) {
  const ended = new Set(
    [...headers.values()].filter(({ kind }) => kind === 'outcome').map(({ facts }) => facts.intent),
  )
  for (const index of manifest.entries) {
    const header = headers.get(index)
    const isSaid = manifest.missing.some((text) => text.startsWith(`entry ${index} is an exchange without`))
    if (header === undefined) report.problem(`entry ${index} was asked for and is not here`)
    else if (header.kind === 'intent' && !ended.has(index) && !isSaid)
      report.problem(`the outcome of entry ${index} is not here`)
  }
  const exported = Number(manifest.exportReceipt.split('#').at(-1))
  if (headers.get(exported)?.kind !== 'export')
    report.problem('the entry that says this bundle was made is not here')
}

/** A record is the text its hash is of; a decision is about that hash, as its entry in the tree says. */
function checkGrounds(files, headers, origin, report) {
  const value = readObject(files.get('grounds.json'))
  const isWhole =
    isListOf(value?.records, (each) => [each.kind, each.id, each.hash, each.hashed].every(isText)) &&
    isListOf(value?.decisions, (each) => [each.kind, each.id, each.hash, each.receipt].every(isText))
  if (!isWhole) return report.problem('grounds.json is missing or cannot be read')
  const decided = new Set(value.decisions.map(({ hash }) => hash))
  for (const { kind, id, hash, hashed } of value.records) {
    if (sha256(hashed).toString('hex') !== hash)
      report.problem(`the record ${kind}/${id} is not the one its hash is of`)
    if (!decided.has(hash)) report.problem(`no decision about the record ${kind}/${id} is here`)
  }
  for (const { kind, id, hash, receipt } of value.decisions) {
    const at = receipt.lastIndexOf('#')
    const header = receipt.slice(0, at) === origin ? headers.get(Number(receipt.slice(at + 1))) : undefined
    const isProven =
      header?.kind === 'decision' && header.facts.digest === hash && header.facts.about === `${kind}/${id}`
    if (!isProven)
      report.problem(`the decision ${receipt} about ${kind}/${id} is not in the log as it stands here`)
  }
}

/** Sealed bytes are those the header commits to. The opened text beside them is the company's word. Gives how many. */
function checkContents(files, headers, report) {
  let contents = 0
  for (const [name, bytes] of files) {
    const [, number, kind] = /^contents\/(\d+)\.(json|sealed)$/.exec(name) ?? []
    if (number === undefined) continue
    const header = headers.get(Number(number))
    if (header === undefined) report.problem(`${name} belongs to an entry that is not here`)
    else if (kind === 'sealed') {
      if (sha256(bytes).toString('hex') !== header.payload?.sha256)
        report.problem(`${name} is not what the header of entry ${number} commits to`)
    } else {
      contents++
      if (readObject(bytes)?.index !== header.index)
        report.problem(`${name} is not the content of entry ${number}`)
    }
  }
  return contents
}

// What people put into a log must not move the cursor of whoever reads it.
const plain = (text) => text.replace(/[^\x20-\x7e\n]/g, (sign) => `\\u{${sign.codePointAt(0).toString(16)}}`)

const usage = `usage:
  sallyport-verify.mjs log DIR [--key VKEY] [--since CHECKPOINT]
  sallyport-verify.mjs proof FILE --key VKEY [--entry HEADERFILE]
  sallyport-verify.mjs consistency OLD NEW DIR [--key VKEY]
  sallyport-verify.mjs bundle FILE [--key VKEY]
`

class WrongCall extends Error {}

const commands = {
  log: ({ words: [dir], key, since }) => {
    const isLog = dir !== undefined && fs.existsSync(join(dir, 'seg'))
    if (!isLog) throw new WrongCall(`${dir ?? 'DIR'} is not the folder of a log: it has no seg in it`)
    const onProgress = (entries) => process.stderr.write(`${entries} entries checked\n`)
    const named = since === undefined ? {} : { [since]: fs.readFileSync(since, 'utf8') }
    const result = verifyLog(dir, { key, since: named, onProgress })
    const { ok, entries, signed, root, openIntents, notes, problems } = result
    return [
      result,
      [
        `${ok ? 'OK' : 'NOT OK'}  ${entries} entries, ${signed} of them signed`,
        `  root ${root}`,
        ...(key === undefined
          ? ['  the key is the one in the folder itself; --key names one noted elsewhere']
          : []),
        ...(openIntents.length > 0 ? [`  ${openIntents.length} intents without an outcome`] : []),
        ...notes.map((text) => `  note: ${text}`),
        ...problems.map((text) => `  PROBLEM: ${text}`),
      ],
    ]
  },
  proof: ({ words: [file], key, entry }) => {
    if (file === undefined || key === undefined) throw new WrongCall('a proof needs FILE and --key')
    const bytes = entry === undefined ? undefined : fs.readFileSync(entry)
    const proved = verifyProof(fs.readFileSync(file, 'utf8'), key, bytes)
    const lines = [`OK  ${proved.receipt} is entry of a log of ${proved.size}, signed by the key given`]
    return [{ ok: true, ...proved }, [...lines, `  ${proved.header}`]]
  },
  consistency: ({ words: [older, newer, dir], key }) => {
    if (dir === undefined) throw new WrongCall('two checkpoints and the folder of the log are needed')
    const keyText = key ?? fs.readFileSync(join(dir, 'log.vkey'), 'utf8')
    const found = verifyConsistency(
      fs.readFileSync(older, 'utf8'),
      fs.readFileSync(newer, 'utf8'),
      dir,
      keyText,
    )
    return [
      { ok: true, ...found },
      [`OK  the log of ${found.newer} entries goes on from the one of ${found.older}`],
    ]
  },
  bundle: ({ words: [file], key }) => {
    if (file === undefined) throw new WrongCall('a bundle needs FILE')
    const result = verifyBundle(fs.readFileSync(file), key)
    const { ok, entries, contents, checkpointSize, manifest, problems } = result
    return [
      result,
      [
        `${ok ? 'OK' : 'NOT OK'}  ${entries} entries and ${contents} contents out of ${result.origin ?? 'an unknown log'}`,
        `  proven against its checkpoint of ${checkpointSize ?? '?'} entries`,
        ...(manifest === undefined
          ? []
          : [
              `  made ${manifest.madeAt} by ${manifest.madeBy}: ${JSON.stringify(manifest.reason)}`,
              ...manifest.missing.map((text) => `  missing, as it says itself: ${text}`),
            ]),
        ...(key === undefined
          ? ['  the key is the one in the bundle itself; --key names one you got elsewhere']
          : []),
        ...(contents === 0 ? [] : ['  the text of contents is the word of whoever signed it']),
        ...problems.map((text) => `  PROBLEM: ${text}`),
      ],
    ]
  },
}

function readArguments(argv) {
  const asked = { words: [], isJson: false }
  for (let at = 0; at < argv.length; at++) {
    const word = argv[at]
    if (word === '--json') asked.isJson = true
    else if (['--key', '--since', '--entry'].includes(word)) {
      at++
      if (argv[at] === undefined) throw new WrongCall(`${word} needs a value`)
      asked[word.slice(2)] = argv[at]
    } else if (word.startsWith('--')) throw new WrongCall(`there is no option ${word}`)
    else asked.words.push(word)
  }
  return asked
}

/** The exit code. */
export function run([name, ...argv], write = (text) => process.stdout.write(text)) {
  let asked = { isJson: false }
  if (name === '--help' || argv.includes('--help')) {
    write(usage)
    return 0
  }
  try {
    if (!Object.hasOwn(commands, name ?? ''))
      throw new WrongCall(`there is no command ${name ?? '(none given)'}`)
    asked = readArguments(argv)
    const [result, lines] = commands[name](asked)
    write(asked.isJson ? `${JSON.stringify(result)}\n` : `${plain(lines.join('\n'))}\n`)
    return result.ok ? 0 : 1
  } catch (error) {
    if (error instanceof WrongCall) {
      process.stderr.write(`${error.message}\n${usage}`)
      return 2
    }
    const problem = plain(`${name} ${asked.words?.[0] ?? ''}: ${error.message}`)
    write(asked.isJson ? `${JSON.stringify({ ok: false, problems: [problem] })}\n` : `NOT OK  ${problem}\n`)
    return 1
  }
}

if (
  process.argv[1] !== undefined &&
  import.meta.url === pathToFileURL(fs.realpathSync(process.argv[1])).href
) {
  process.exitCode = run(process.argv.slice(2))
}
