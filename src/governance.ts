import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { searchByPerson } from '#/audit/person-search.ts'
import type { Clock } from '#/core/clock.ts'
import type { ControlHandlers } from '#/core/control-socket.ts'
import type { WriteLine } from '#/core/log-line.ts'
import { Refusal } from '#/core/refusal.ts'
import { type OpenIdentity, openIdentity } from '#/identity/identity.ts'
import { kindsOfNames } from '#/inspect/index.ts'
import { openRegister, type Register } from '#/register/register.ts'
import type { Settings } from '#/settings/api.ts'
import type { ResolvedCredentials } from '#/settings/credentials.ts'
import { didYouMean } from '#/settings/nearest.ts'
import { openSnapshots, type Snapshots } from '#/snapshot/snapshots.ts'
import { openStores, type Stores } from './stores.ts'

export interface GovernanceOptions {
  readonly settings: Settings
  readonly credentials: ResolvedCredentials
  /** The address people use, known once a server listens. */
  readonly publicUrl: () => string
  readonly clock: Clock
  readonly writeLine: WriteLine
}

/** Everything but the way out: what a command needs when no server runs, and what a server is built on. */
export interface Governance {
  readonly stores: Stores
  readonly identity: OpenIdentity
  readonly register: Register
  readonly snapshots: Snapshots
  readonly handlers: ControlHandlers
  readonly close: () => Promise<void>
}

/** Throws when something that must be there is not; nothing stays open then. */
export async function openGovernance(options: GovernanceOptions): Promise<Governance> {
  const { settings, clock, writeLine } = options
  const stores = await openStores(settings, clock, writeLine)
  try {
    const { database, audit } = stores
    let snapshots: Snapshots | undefined
    const identity = await openIdentity({
      database,
      settings,
      publicUrl: options.publicUrl,
      clock,
      writeLine,
      ...(options.credentials.clientSecret === undefined
        ? {}
        : { clientSecret: options.credentials.clientSecret }),
      log: async (entry) => {
        await audit.append(entry)
        // Use cases name people by e-mail: whoever is new may be one of them.
        setImmediate(() => snapshots?.recompile())
      },
    })
    const register = await openRegister({ database, clock, log: audit })
    if (register.isEmpty()) await register.bootstrap(await readFiles(settings.bootstrap))
    snapshots = await openSnapshots({
      register,
      clock,
      log: (entry) => audit.append(entry),
      writeLine,
      findPersonIds: identity.idsOf,
      isLookedFor: (type) =>
        settings.inspection.names === true || !kindsOfNames.some((kind) => kind.type === type),
      providerAt: (id) =>
        Object.hasOwn(settings.connections, id) ? settings.connections[id]?.kind : undefined,
    })
    return {
      stores,
      identity,
      register,
      snapshots,
      handlers: handlersOf(identity, register, stores),
      close: async () => {
        await snapshots?.close()
        await identity.close()
        await stores.close()
      },
    }
  } catch (error) {
    await stores.close()
    throw error
  }
}

const readFiles = (paths: readonly string[]) =>
  Promise.all(paths.map(async (path) => ({ name: basename(path), text: await readFile(path, 'utf8') })))

/** What the command line can ask of a Sallyport, whether it runs or not. */
const handlersOf = (identity: OpenIdentity, register: Register, { audit }: Stores): ControlHandlers => ({
  'key.create': async (input: Parameters<OpenIdentity['createKey']>[0]) => {
    assertUseCase(input.useCase, register)
    return identity.createKey(input)
  },
  'key.revoke': (input: Parameters<OpenIdentity['revokeKey']>[0]) => identity.revokeKey(input),
  apply: (input: Parameters<Register['apply']>[0]) => register.apply(input),
  'audit.search': (input: unknown) => searchByPerson(input, { log: audit, findPeople: identity.findPeople }),
})

/** A key for a use case that is not there could never be used: a typing mistake is told at once. */
function assertUseCase(useCase: string | undefined, register: Register): void {
  if (useCase === undefined || register.find('use-case', useCase) !== undefined) return
  const there = register.list('use-case').map(({ id }) => id)
  const problem = `there is no such use case.${didYouMean(useCase, there) || ` There are: ${there.slice(0, 20).join(', ')}`}`
  throw new Refusal('request-invalid', { field: 'useCase', problem })
}
