import { readFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import { acceptLoss, beginBackup } from '#/audit/backup/entries.ts'
import { bundleFor } from '#/audit/evidence/control.ts'
import { type Exports, openExports } from '#/audit/export/exports.ts'
import { beginWriting } from '#/audit/export/write.ts'
import { indexHandlers } from '#/audit/index/commands.ts'
import { findAllWith } from '#/audit/index/find-all.ts'
import { createLogSearch, type LogSearch } from '#/audit/index/search-log.ts'
import { readingHandlers } from '#/audit/reading/control.ts'
import { keepTelling } from '#/audit/reading/keep-telling.ts'
import { openReadings, type Readings } from '#/audit/reading/readings.ts'
import { openRetention, type Retention } from '#/audit/retention/retention.ts'
import { proveReceipt } from '#/audit/tiles/prove-receipt.ts'
import { type Clock, withoutGoingBack } from '#/core/clock.ts'
import type { ControlHandlers } from '#/core/control-socket.ts'
import type { KeyBounds } from '#/core/key-bounds.ts'
import type { WriteLine } from '#/core/log-line.ts'
import { readProductVersion } from '#/core/product.ts'
import { Refusal } from '#/core/refusal.ts'
import { textOfFile } from '#/core/text-of-file.ts'
import { dialects } from '#/dialects/index.ts'
import { inspectorsBySnapshot } from '#/gateway/inspectors.ts'
import type { Grant } from '#/identity/access/api.ts'
import { isOwnAddress } from '#/identity/access/own-address.ts'
import { accountHandlers } from '#/identity/accounts/control.ts'
import { type OpenIdentity, openIdentity } from '#/identity/identity.ts'
import { sessionHandlers } from '#/identity/sessions/control.ts'
import { isOfModeration, kindsOfNames } from '#/inspect/index.ts'
import { ruleTable } from '#/policy/rule-table/api.ts'
import { offeringHandlers } from '#/register/catalogue/control.ts'
import { recordHandlers } from '#/register/control.ts'
import { documentHandlers } from '#/register/documents/control.ts'
import { type Documents, openDocuments } from '#/register/documents/documents.ts'
import { firstRunHandlers } from '#/register/first-run/control.ts'
import { type FirstRun, openFirstRun } from '#/register/first-run/first-run.ts'
import { groundsFrom } from '#/register/grounds.ts'
import { probeHandlers } from '#/register/probes/control.ts'
import { unsafeBecause } from '#/register/probes/merge.ts'
import { openProbesOf } from '#/register/probes/open.ts'
import type { Probes } from '#/register/probes/probes.ts'
import { openRegister, type Register } from '#/register/register.ts'
import { servingOf } from '#/register/serving.ts'
import { toolHandlers } from '#/register/vendors/control.ts'
import { keepToolLists, type ToolLists } from '#/register/vendors/tool-lists.ts'
import type { HowRotated } from '#/sealing/keeper.ts'
import { createSealer } from '#/sealing/sealer.ts'
import type { Settings } from '#/settings/api.ts'
import type { ResolvedCredentials } from '#/settings/credentials.ts'
import { didYouMean } from '#/settings/nearest.ts'
import type { StandingAccess } from '#/snapshot/access.ts'
import { publicationHandlers } from '#/snapshot/publications/control.ts'
import { takeOver } from '#/snapshot/publications/log-lines.ts'
import type { Publications } from '#/snapshot/publications/publications.ts'
import { createPublicationStore } from '#/snapshot/publications/store.ts'
import type { ViewServices } from '#/snapshot/publications/views.ts'
import { simulationHandlers } from '#/snapshot/simulate/control.ts'
import { openSimulations, type Simulations } from '#/snapshot/simulate/simulations.ts'
import { openSnapshots, type Snapshots } from '#/snapshot/snapshots.ts'
import { switchHandlers } from '#/snapshot/switches/control.ts'
import { createSwitchStore } from '#/snapshot/switches/store.ts'
import { openSwitches, type Switches } from '#/snapshot/switches/switches.ts'
import { triggerHandlers } from '#/snapshot/triggers/control.ts'
import { createTriggerStore } from '#/snapshot/triggers/store.ts'
import { openTriggers, type Triggers } from '#/snapshot/triggers/triggers.ts'
import { keptStores } from './kept-stores.ts'
import type { MakeInspectors } from './services.ts'
import { openStores, type Stores } from './stores.ts'

export interface GovernanceOptions {
  readonly settings: Settings
  readonly credentials: ResolvedCredentials
  /** Those of sign-in as of now, where they can be renewed. */
  readonly providerSecrets?: (() => ResolvedCredentials['signIn']) | undefined
  /** The address people use, known once a server listens. */
  readonly publicUrl: () => string
  readonly clock: Clock
  readonly writeLine: WriteLine
  readonly inspectors: MakeInspectors
  /** Whether people decide here: then rules with tests may come while it runs. */
  readonly decides: boolean
  /** What a connection shows its provider; asked for only by a probe. */
  readonly credentialOf: (connection: string) => Promise<string | undefined>
}

/** Everything but the way out: what a command needs when no server runs, and what a server is built on. */
export interface Governance {
  readonly stores: Stores
  readonly identity: OpenIdentity
  readonly register: Register
  readonly probes: Probes
  readonly toolLists: ToolLists
  readonly snapshots: Snapshots
  readonly publications: ViewServices
  readonly switches: Switches
  readonly triggers: Triggers
  readonly simulations: Simulations
  readonly documents: Documents
  readonly firstRun: FirstRun
  readonly retention: Retention
  readonly readings: Readings
  readonly logSearch: LogSearch
  /** Not started: a command must not begin to send. */
  readonly exports: Exports
  readonly handlers: ControlHandlers
  readonly close: () => Promise<void>
}

/** Throws when something that must be there is not; nothing stays open then. */
export async function openGovernance(options: GovernanceOptions): Promise<Governance> {
  const { settings, clock, writeLine } = options
  const stores = await openStores(settings, options.credentials.keys, clock, writeLine)
  try {
    const { database, audit } = stores
    let snapshots: Snapshots | undefined
    let records: Register | undefined
    const identity = await openIdentity({
      database,
      settings,
      publicUrl: options.publicUrl,
      exchangePaths: dialects.map(({ path }) => path),
      clock,
      writeLine,
      scimTokens: options.credentials.scim,
      providerSecrets: options.providerSecrets ?? (() => options.credentials.signIn),
      sealer: createSealer(stores.keys, settings.audit.origin),
      slice: () => {
        if (snapshots === undefined) throw new Error('access was asked about before there was a snapshot')
        return snapshots.current()
      },
      log: async (entry) => {
        await audit.append(entry)
        // Use cases name people by e-mail: whoever is new may be one of them.
        setImmediate(() => snapshots?.recompile())
      },
      assertKnown: (bounds) => {
        if (records !== undefined) assertKnown(bounds, records)
      },
    })
    const register = await openRegister({ database, clock, log: audit })
    records = register
    if (register.isEmpty()) await register.bootstrap(await readFiles(settings.bootstrap))
    const probes = await openProbesOf(settings, options.credentials.retention, {
      database,
      log: audit,
      credentialOf: options.credentialOf,
      clock,
      writeLine,
    })
    const toolLists = keepToolLists({
      ...{ register, clock },
      keepOpen: () => [...ownNames(settings, options.publicUrl())],
    })
    for (const what of identity.problems()) writeLine({ level: 'warning', what })
    const publicationStore = createPublicationStore(database)
    await takeOver(audit, publicationStore)
    snapshots = await openSnapshots({
      register,
      publicationStore,
      publication: settings.publication,
      inspectorFor: await inspectorsForTests(options, register),
      groupSources: [...settings.identity.providers, ...settings.identity.scim].map(({ id }) => id),
      // An approval that has ended must not serve again because the clock was set back.
      clock: withoutGoingBack(clock),
      log: (entry) => audit.append(entry),
      writeLine,
      findPersonIds: identity.idsOf,
      standingAccess: () => identity.standing().flatMap(toStandingAccess),
      isLookedFor: (type) =>
        (settings.inspection.names === true || !kindsOfNames.some((kind) => kind.type === type)) &&
        (settings.inspection.moderation !== undefined || !isOfModeration(type)),
      providerAt: (id) =>
        Object.hasOwn(settings.connections, id) ? settings.connections[id]?.kind : undefined,
      probedAt: probes.of,
    })
    probes.onChange(snapshots.recompile)
    identity.onAccessChanged(snapshots.recompile)
    const publications: ViewServices = {
      publications: snapshots.publications,
      register,
      ...settings.publication,
      now: clock.now,
    }
    const { current } = snapshots
    const switches = await openSwitches({
      store: createSwitchStore(database),
      log: audit,
      clock,
      writeLine,
      personIdOf: identity.accounts.idOf,
      findPerson: identity.findPerson,
      hasKey: identity.hasKey,
      holdersOf: identity.holdersOf,
      idsOf: (kind) => register.list(kind).map(({ id }) => id),
      ownedBy: (person) =>
        [...current().useCases.values()]
          .filter(({ owner }) => isOwnAddress({ findByEmail: identity.findByEmail }, owner, person))
          .map(({ id }) => id),
    })
    const triggers = await openTriggers({
      ...{ log: audit, clock, writeLine, switches },
      store: createTriggerStore(database),
      serving: current,
      rollBack: snapshots.publications.rollBack,
      findPerson: identity.findPerson,
      unsafeOfferings: () =>
        register.list('offering').flatMap((history) => {
          const connection = servingOf(history, clock.now()).serving?.record.body.connection
          const isUnsafe = connection !== undefined && unsafeBecause(probes.of(connection)) !== undefined
          return isUnsafe ? [history.id] : []
        }),
    })
    probes.onChange(triggers.hearProbes)
    const simulations = openSimulations({
      log: audit,
      register,
      serving: current,
      compileWith: snapshots.compileWith,
      findPerson: identity.findPerson,
      boundsOf: identity.boundsOf,
      clock,
      writeLine,
    })
    const documents = openDocuments({ register, log: audit, serving: current, now: clock.now })
    const firstRun = openFirstRun({
      register,
      probes,
      connections: settings.connections,
      holdersOf: identity.holdersOf,
      now: clock.now,
    })
    const retention = await openRetention({
      database,
      log: audit,
      keys: stores.keys,
      dataFolder: stores.folder.path,
      settings: settings.retention,
      stores: keptStores(settings, stores.keys),
      findPeople: identity.findPeople,
      clock,
    })
    const { findPeople, findPerson, holdersOf } = identity
    const logSearch = createLogSearch({
      log: audit,
      index: stores.index,
      aliases: stores.keys,
      findPeople,
      findPerson,
      clock,
    })
    const readings = await openReadings({
      database,
      clock,
      log: audit,
      findPeople,
      findPerson,
      holdersOf,
      findByQuery: findAllWith(logSearch),
      // A hold that names the person; one on everybody does not silence what everybody is told.
      mustStaySilent: (personId) => retention.holds.heldPeople(clock.now()).has(personId),
    })
    const stopTelling = keepTelling(readings, writeLine)
    const exports = await openExports({
      sinks: settings.audit.export,
      credentials: options.credentials.sinks,
      auditFolder: join(settings.dataFolder, 'audit'),
      log: audit,
      product: { version: readProductVersion() },
      hostName: hostname(),
      findPerson: identity.findPerson,
      writeLine,
      clock,
    })
    return {
      stores,
      identity,
      register,
      probes,
      toolLists,
      snapshots,
      publications,
      switches,
      triggers,
      simulations,
      documents,
      firstRun,
      retention,
      readings,
      logSearch,
      exports,
      handlers: {
        ...handlersOf(
          identity,
          register,
          snapshots.publications,
          probes,
          stores,
          readings,
          logSearch,
          clock.now,
        ),
        ...probeHandlers(register, probes, clock),
        ...toolHandlers(toolLists),
        ...identity.accessHandlers,
        ...publicationHandlers(publications),
        ...switchHandlers(switches),
        ...triggerHandlers(triggers),
        ...simulationHandlers(simulations),
        ...documentHandlers(documents),
        ...firstRunHandlers(firstRun),
        'rules.list': async () => ruleTable(current()),
        ...indexHandlers(logSearch, stores.index),
        ...retentionHandlers(retention),
        ...backupHandlers(stores),
        ...exportHandlers(exports, stores),
        ...accountHandlers(identity.accounts, identity.scim),
      },
      close: async () => {
        await stopTelling()
        await probes.close()
        await exports.close()
        await simulations.close()
        await triggers.settled()
        await switches.close()
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

/** Host names people reach this Sallyport by. */
const ownNames = ({ hosts }: Settings, publicUrl: string): ReadonlySet<string> =>
  new Set([new URL(publicUrl).hostname, ...hosts.map((name) => name.replace(/:\d+$/, ''))])

/** Loading what finds things takes a second: a command that only reads must not wait for it. */
async function inspectorsForTests({ inspectors, decides }: GovernanceOptions, register: Register) {
  const hasTests = register
    .list('policy')
    .some(({ versions }) => versions.some(({ body }) => (body.tests ?? []).length > 0))
  if (!decides && !hasTests)
    return () => {
      throw new Error('a rule test came, and nothing looks for anything')
    }
  // Apart from those of exchanges: what is only tried must not push out what serves.
  return inspectorsBySnapshot(await inspectors())
}

const readFiles = (paths: readonly string[]) =>
  Promise.all(
    paths.map(async (path) => ({ name: basename(path), text: textOfFile(await readFile(path), path) })),
  )

/** What the command line can ask of a Sallyport, whether it runs or not. */
const handlersOf = (
  identity: OpenIdentity,
  register: Register,
  publications: Publications,
  probes: Probes,
  { audit, evidence, keyKeeper }: Stores,
  readings: Readings,
  logSearch: LogSearch,
  now: () => number,
): ControlHandlers => ({
  'key.create': async (input: Parameters<OpenIdentity['createKey']>[0]) => {
    assertKnown({ ...input.bounds, useCase: input.useCase }, register)
    return identity.createKey(input)
  },
  'key.revoke': (input: Parameters<OpenIdentity['revokeKey']>[0]) => identity.revokeKey(input),
  ...identity.handlers,
  apply: (input: Parameters<Register['apply']>[0]) => register.apply(input),
  ...recordHandlers(register, now),
  ...offeringHandlers(register, probes, now),
  'audit.proof': (input: unknown) => proveReceipt(input, audit),
  'audit.rebuild-tiles': async () => ({ entries: await audit.tree.rebuildTiles() }),
  'keys.rotate': ({ by, ...how }: { readonly by: string } & HowRotated) => keyKeeper.rotate(by, how),
  'keys.status': async () => keyKeeper.status(),
  ...sessionHandlers(identity),
  ...readingHandlers(readings),
  'audit.bundle': (input: unknown) =>
    bundleFor(input, {
      evidence,
      audit,
      readings,
      groundsOf: groundsFrom(register, publications.publishedThen),
      findByQuery: findAllWith(logSearch),
      now,
    }),
})

/** Roles stand with the person; a snapshot holds what is given or denied of use cases and offerings. */
const toStandingAccess = ({ effect, what, target: id, person, group, untilMs }: Grant): StandingAccess[] =>
  what === 'role' ? [] : [{ effect, what, id, person, group, untilMs }]

const backupHandlers = ({ audit }: Stores): ControlHandlers => ({
  'backup.begin': (input: unknown) => beginBackup(audit, input),
  'backup.accept-loss': (input: unknown) => acceptLoss(audit, input),
})

const retentionHandlers = (retention: Retention): ControlHandlers => ({
  'audit.erase': (input: unknown) => retention.erase(input),
  'audit.retention.run': (input: unknown) => retention.run(input),
  'audit.hold.add': (input: unknown) => retention.addHolds(input),
  'audit.hold.end': (input: unknown) => retention.endHold(input),
  'audit.hold.list': () => retention.listHolds(),
  'audit.inventory': () => retention.inventory(),
})

const exportHandlers = (exports: Exports, { audit, folder }: Stores): ControlHandlers => ({
  'audit.export.status': async () => ({ size: audit.size(), sinks: exports.status() }),
  'audit.export.test': (input: unknown) => exports.test(input),
  'audit.export.write': (input: unknown) => beginWriting(input, { log: audit, dataFolder: folder.path }),
})

/** A key for a use case or an offering that is not there could never be used: a typing mistake is told at once. */
function assertKnown({ useCase, offerings = [] }: KeyBounds, register: Register): void {
  if (useCase !== undefined) assertRecord('use-case', useCase, 'useCase', register)
  for (const id of offerings) assertRecord('offering', id, 'offerings', register)
}

function assertRecord(kind: 'use-case' | 'offering', id: string, field: string, register: Register): void {
  if (register.find(kind, id) !== undefined) return
  const there = register.list(kind).map((record) => record.id)
  const problem = `there is no such ${kind.replace('-', ' ')}.${didYouMean(id, there) || ` There are: ${there.slice(0, 20).join(', ')}`}`
  throw new Refusal('request-invalid', { field, problem })
}
