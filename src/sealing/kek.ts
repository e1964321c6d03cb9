/** The key-encryption key: opened by its guard, renewed, and followed by the next version. */
import { randomBytes } from 'node:crypto'
import type { Clock } from '#/core/clock.ts'
import { createOneAtATime } from '#/core/one-at-a-time.ts'
import type { KeyGuard, KeyGuards, OpenedKek } from './guards/api.ts'
import { type KekFile, type KekVersion, type RetiredKek, readKekFile, writeKekFile } from './kek-file.ts'
import { KeyRing, toKey } from './key-ring.ts'

export interface KekOptions {
  /** `keys/kek`. */
  readonly path: string
  readonly guards: KeyGuards
  readonly isReadOnly: boolean
  readonly clock: Clock
  /** How long what a remote guard opened may be used. */
  readonly leaseMs: number
}

type Ring = ConstructorParameters<typeof KeyRing>[0]

export class Kek {
  readonly #options: KekOptions
  readonly ring: KeyRing
  #file: KekFile
  /** The file has one writer at a time. */
  readonly #turns = createOneAtATime()

  private constructor(options: KekOptions, file: KekFile, opened: Ring, openUntilMs: number | undefined) {
    this.#options = options
    this.#file = file
    this.ring = new KeyRing(opened, options.clock.monotonic, openUntilMs)
  }

  /** Makes the first version when there is none. `mayMake` is false where keys lie that it could not open. */
  static async open(options: KekOptions, mayMake: () => boolean): Promise<Kek> {
    const { path, isReadOnly, guards } = options
    const askedAt = options.clock.monotonic()
    let file = await readKekFile(path)
    if (file === undefined) {
      if (isReadOnly || !mayMake()) {
        throw new Error(
          `${path} is missing, and the keys beside it open with no other: put back the newest copy of it`,
        )
      }
      file = { versions: [await makeVersion(guards.current, 1, options.clock)], retired: [] }
      await writeKekFile(path, file)
    }
    const opened = await openAll(file.versions, guards)
    const versions = opened.map(({ version, bytes }) => ({
      version: version.version,
      bytes: Buffer.from(bytes),
    }))
    const kek = new Kek(
      options,
      file,
      versions.map(({ version, bytes }) => ({ version, key: toKey(bytes) })),
      leaseOf(options, askedAt),
    )
    if (!isReadOnly) await kek.#sealAnew(opened)
    for (const { bytes } of opened) bytes.fill(0)
    return kek
  }

  get newest(): KekVersion {
    return this.#file.versions.at(-1) as KekVersion
  }

  get versions(): number {
    return this.#file.versions.length
  }

  /** More than one version: a rotation is under way, or was when the process ended. */
  get isBetweenVersions(): boolean {
    return this.versions > 1
  }

  get retired(): readonly RetiredKek[] {
    return this.#file.retired
  }

  /** Asks the guard to open every version again; from then on they may be used for another while. */
  renew(): Promise<void> {
    return this.#turns.run(async () => {
      const askedAt = this.#options.clock.monotonic()
      const opened = await openAll(this.#file.versions, this.#options.guards)
      await this.#sealAnew(opened)
      this.ring.replace(
        opened.map(({ version, bytes }) => ({ version: version.version, key: toKey(bytes) })),
        leaseOf(this.#options, askedAt),
      )
    })
  }

  /** Seals the key anew when its guard was given a newer key by others, before they end the older one. */
  catchUp(): Promise<void> {
    return this.#turns.run(async () => {
      const { guards } = this.#options
      const opened = await openAll(this.#file.versions, guards)
      const behind = await Promise.all(
        opened.map(({ version }) => guards.all.get(version.by)?.isBehind?.(version) ?? false),
      )
      await this.#sealAnew(
        opened.map((each, at) => ({ ...each, isStale: each.isStale || behind[at] === true })),
      )
      for (const { bytes } of opened) bytes.fill(0)
    })
  }

  /** Durable before anything is wrapped under it. */
  addVersion(): Promise<void> {
    return this.#turns.run(async () => {
      const { guards, clock } = this.#options
      await guards.current.advance()
      const bytes = randomBytes(32)
      const version = await sealVersion(guards.current, this.newest.version + 1, clock.now(), bytes)
      await this.#write({ ...this.#file, versions: [...this.#file.versions, version] })
      this.ring.add({ version: version.version, key: toKey(bytes) })
    })
  }

  /** Takes out every version but the newest: call it once nothing is wrapped under them. */
  retireOthers(): Promise<void> {
    return this.#turns.run(async () => {
      const { newest } = this
      const retired = this.#file.versions
        .filter((each) => each !== newest)
        .map(({ version, by, holder }) => ({ version, by, holder }))
      await this.#write({ versions: [newest], retired: [...this.#file.retired, ...retired] })
      this.ring.keepOnly(newest.version)
    })
  }

  /** Lets the guard destroy what opened a retired version. Says what was done. */
  destroyRetired({ by, holder }: RetiredKek): Promise<string> {
    const guard = this.#options.guards.all.get(by)
    if (guard === undefined)
      throw new Error(`${by} sealed an old version of keys/kek and is not in the settings any more`)
    return this.#turns.run(() => guard.destroy(holder, this.newest.by === by ? this.newest.holder : ''))
  }

  forgetRetired(version: number): Promise<void> {
    return this.#turns.run(() =>
      this.#write({ ...this.#file, retired: this.#file.retired.filter((each) => each.version !== version) }),
    )
  }

  /** When the settings name another guard than the one that sealed a version, or its seal is stale. */
  async #sealAnew(opened: readonly Opened[]): Promise<void> {
    const { current } = this.#options.guards
    const isRight = ({ version, isStale }: Opened): boolean => version.by === current.name && !isStale
    if (this.#options.isReadOnly || opened.every(isRight)) return
    const versions = await Promise.all(
      opened.map(async (each) => {
        const { version, madeAtMs } = each.version
        return isRight(each) ? each.version : sealVersion(current, version, madeAtMs, each.bytes)
      }),
    )
    await this.#write({ ...this.#file, versions })
  }

  async #write(file: KekFile): Promise<void> {
    await writeKekFile(this.#options.path, file)
    this.#file = file
  }
}

interface Opened extends OpenedKek {
  readonly version: KekVersion
}

async function openAll(versions: readonly KekVersion[], { all }: KeyGuards): Promise<readonly Opened[]> {
  return Promise.all(
    versions.map(async (version) => {
      const guard = all.get(version.by)
      if (guard === undefined) throw new Error(remedyFor(version.by))
      const opened = await guard.open(version, version.version)
      if (opened.bytes.length !== 32) throw new Error('keys/kek holds a key that is not 32 bytes long')
      return { ...opened, version }
    }),
  )
}

const remedyFor = (by: string): string =>
  by === 'passphrase'
    ? 'keys/kek is sealed with a passphrase: name it with keys.passphrase in the settings'
    : `keys/kek is sealed by ${by}, which the settings do not describe: put its part under keys back`

const makeVersion = (guard: KeyGuard, version: number, clock: Clock): Promise<KekVersion> =>
  sealVersion(guard, version, clock.now(), randomBytes(32))

async function sealVersion(
  guard: KeyGuard,
  version: number,
  madeAtMs: number,
  bytes: Buffer,
): Promise<KekVersion> {
  return { version, madeAtMs, by: guard.name, ...(await guard.seal(bytes, version)) }
}

/** Counted from before the guard was asked, so that a slow answer does not prolong it. */
const leaseOf = ({ guards, leaseMs }: KekOptions, askedAtMs: number): number | undefined =>
  guards.current.isRemote ? askedAtMs + leaseMs : undefined
