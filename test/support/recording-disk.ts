import { readlinkSync } from 'node:fs'
import { type Disk, systemDisk } from '#/audit/disk.ts'

/** What happened to the files of a log, in order. A sync covers what was written before it began. */
export type DiskEvent =
  | { readonly what: 'write'; readonly path: string; readonly position: number; readonly bytes: Buffer }
  | { readonly what: 'sync-begins' | 'sync-ends'; readonly path: string }
  /** Entries before this one were promised to their callers. */
  | { readonly what: 'promised'; readonly entries: number }
  | { readonly what: 'checkpoint'; readonly note: string }

/** The disk of the system, and a list of what it was asked for. */
export class RecordingDisk implements Disk {
  readonly events: DiskEvent[] = []

  readonly write: Disk['write'] = (file, bytes, position) => {
    this.#written(file, bytes, position)
    return systemDisk.write(file, bytes, position)
  }

  readonly writeAhead: Disk['writeAhead'] = (file, bytes, position, done) => {
    this.#written(file, bytes, position)
    systemDisk.writeAhead(file, bytes, position, done)
  }

  readonly sync: Disk['sync'] = (file, done) => {
    const path = pathOf(file)
    this.events.push({ what: 'sync-begins', path })
    systemDisk.sync(file, (error) => {
      if (error === null) this.events.push({ what: 'sync-ends', path })
      done(error)
    })
  }

  readonly space: Disk['space'] = systemDisk.space

  #written(file: number, bytes: Uint8Array, position: number): void {
    this.events.push({ what: 'write', path: pathOf(file), position, bytes: Buffer.from(bytes) })
  }
}

const pathOf = (file: number): string => readlinkSync(`/proc/self/fd/${file}`)

interface Write {
  readonly path: string
  readonly position: number
  readonly bytes: Buffer
  isCovered: boolean
}

/** What is surely on the device and what may be there or not, as the events come. */
export class CrashImages {
  readonly #durable = new Map<string, Buffer>()
  /** Not covered by a sync that ended, in order. */
  #pending: Write[] = []

  take(event: DiskEvent): void {
    if (event.what === 'write') this.#pending.push({ ...event, isCovered: false })
    if (event.what === 'sync-begins') {
      for (const write of this.#pending) if (write.path === event.path) write.isCovered = true
    }
    if (event.what === 'sync-ends') {
      const isDone = (write: Write): boolean => write.path === event.path && write.isCovered
      const done = this.#pending.filter(isDone)
      const file = roomFor(this.#durable.get(event.path), done)
      for (const { bytes, position } of done) bytes.copy(file, position)
      this.#durable.set(event.path, file)
      this.#pending = this.#pending.filter((write) => !isDone(write))
    }
  }

  /**
   * Files as a power cut could leave them now: of each write that no sync covers all, nothing, or any sectors. A file that
   * did not change since is the same buffer. `random(n)` gives a number below n.
   */
  draw(random: (below: number) => number): ReadonlyMap<string, Buffer> {
    const files = new Map(this.#durable)
    for (const path of new Set(this.#pending.map((write) => write.path))) {
      const landed = this.#pending
        .filter((write) => write.path === path)
        .flatMap((write) => landedOf(write, random))
      if (landed.length === 0) continue
      const file = roomFor(files.get(path), landed)
      for (const { bytes, position } of landed) bytes.copy(file, position)
      files.set(path, file)
    }
    return files
  }
}

type Piece = Pick<Write, 'position' | 'bytes'>

const sectorBytes = 512

function landedOf(write: Write, random: (below: number) => number): readonly Piece[] {
  const fate = random(4)
  if (fate === 0) return []
  if (fate === 1) return [write]
  const pieces: Piece[] = []
  for (let at = 0; at < write.bytes.length; ) {
    const position = write.position + at
    const end = Math.min(write.bytes.length, at + sectorBytes - (position % sectorBytes))
    if (random(2) === 0) pieces.push({ position, bytes: write.bytes.subarray(at, end) })
    at = end
  }
  return pieces
}

/** A copy, long enough; what was never written is zero. */
function roomFor(file: Buffer | undefined, pieces: readonly Piece[]): Buffer {
  const length = pieces.reduce(
    (most, { position, bytes }) => Math.max(most, position + bytes.length),
    file?.length ?? 0,
  )
  const grown = Buffer.alloc(length)
  file?.copy(grown)
  return grown
}
