import { appRoutes } from '#/app.ts'
import type { AuditLog } from '#/audit/api.ts'
import { runDaily } from '#/audit/retention/daily.ts'
import { goOnErasing } from '#/audit/retention/unfinished.ts'
import { type Clock, systemClock } from '#/core/clock.ts'
import { type ControlHandlers, controlSocketPath, serveControl } from '#/core/control-socket.ts'
import { giveMemoryBack } from '#/core/give-back.ts'
import type { Route } from '#/core/http/route.ts'
import { describeError, type WriteLine, writeLogLine } from '#/core/log-line.ts'
import { networksOf } from '#/core/network.ts'
import { openAcknowledgements } from '#/gateway/acknowledgements/acknowledgements.ts'
import { createAcknowledgementStore } from '#/gateway/acknowledgements/store.ts'
import { createForeignWriter } from '#/gateway/log-foreign.ts'
import { openModeration } from '#/gateway/moderation/open.ts'
import { OpenExchanges } from '#/gateway/open-exchanges.ts'
import type { GatewayServices, Line } from '#/gateway/services.ts'
import { chargeAfterCrash } from '#/gateway/spending/after-crash.ts'
import { openSpending, type Spending } from '#/gateway/spending/spending.ts'
import { createSpendingStore } from '#/gateway/spending/store.ts'
import { type Governance, openGovernance } from '#/governance.ts'
import type { OpenIdentity } from '#/identity/identity.ts'
import { countRoleUse } from '#/identity/roles/count-use.ts'
import { endingFacts, warnDays } from '#/register/catalogue/ending.ts'
import { probeRegularly } from '#/register/probes/schedule.ts'
import {
  type ConnectionSecrets,
  closeLines,
  makeInspectors,
  type OpenInspection,
  openConnectionSecrets,
  openInspection,
  openLines,
  openPseudonymMac,
} from '#/services.ts'
import { isLoopback } from '#/settings/address.ts'
import type { Settings } from '#/settings/api.ts'
import { type Environment, resolveCredentials } from '#/settings/credentials.ts'
import { readSettings } from '#/settings/read.ts'
import { isAbout } from '#/snapshot/switches/standing.ts'
import { telling } from '#/snapshot/triggers/telling.ts'
import { type Addresses, openAddresses } from './addresses.ts'
import { createSecretRenewal } from './renew-secrets.ts'

export interface StartOptions {
  /** `PORT`, `HOST`, `SALLYPORT_DATA`, `SALLYPORT_SETTINGS`, and what credentials refer to. */
  readonly environment?: Environment
  /** Instead of the environment's. 0 takes a free one. */
  readonly port?: number
  readonly dataFolder?: string
  readonly clock?: Clock
  /** Lines for whoever started it. */
  readonly print?: (line: string) => void
  readonly writeLine?: WriteLine
  /** Called once, when everything is open and nothing is served yet. */
  readonly beforeServing?: () => void
}

/** A Sallyport that serves. */
export interface Sallyport {
  readonly url: string
  /** Where administration is served when it has an address of its own. */
  readonly adminUrl: string | undefined
  /** Reads certificates and the secrets of sign-in, directories and connections again; undefined where no file holds any. */
  readonly readAgain: (() => void) | undefined
  readonly settings: Settings
  readonly audit: AuditLog
  /** What the command line asks over the control socket. */
  readonly control: ControlHandlers
  /** Every route that is served, with what it needs and reads. */
  readonly routes: readonly Route[]
  readonly identity: OpenIdentity
  readonly openExchanges: () => number
  /** Finishes what is open within `graceMs`, writes the last entry, closes everything. */
  readonly stop: (graceMs?: number) => Promise<void>
}

/** Starts everything; resolves once requests are served. Throws with the reason when it cannot, with nothing left open. */
export async function startSallyport(options: StartOptions = {}): Promise<Sallyport> {
  const { environment = process.env, clock = systemClock, writeLine = writeLogLine } = options
  const print = options.print ?? ((line: string) => void process.stdout.write(`${line}\n`))
  const settings = readSettings(environment, {
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.dataFolder === undefined ? {} : { dataFolder: options.dataFolder }),
  })
  const credentials = resolveCredentials(settings, environment)
  const addresses = await openAddresses(settings, clock, writeLine)
  const { publicUrl } = addresses
  const { signIn, connections } = credentials
  const secretRenewal = createSecretRenewal({ settings, environment, signIn, connections, writeLine })
  let governance: Governance | undefined
  let secrets: ConnectionSecrets | undefined
  let lines: ReadonlyMap<string, Line> = new Map()
  let inspection: OpenInspection | undefined
  let spending: Spending | undefined
  try {
    const credentialOf = async (connection: string): Promise<string | undefined> => {
      if (secrets === undefined) throw new Error('a connection was probed before its credentials were there')
      return secrets.of(connection)
    }
    const inspectors = makeInspectors(settings)
    governance = await openGovernance({
      ...{ settings, credentials, publicUrl, clock, writeLine },
      ...{ credentialOf, inspectors, decides: true, providerSecrets: secretRenewal.signIn },
    })
    secrets = await openConnectionSecrets(settings, credentials, secretRenewal.connections, clock, writeLine)
    lines = openLines(settings, secrets.of)
    inspection = await openInspection(settings, inspectors, writeLine)
    spending = await openSpending({
      store: createSpendingStore(governance.stores.database),
      clock,
      writeLine,
    })
    await chargeAfterCrash({
      audit: governance.stores.audit,
      snapshot: governance.snapshots.current(),
      spending,
      writeLine,
    })
    const gateway = await openGateway(settings, governance, lines, inspection, spending, clock, writeLine)
    const control = await serveControl(controlSocketPath(settings.dataFolder), governance.handlers)
    const routes = countRoleUse(
      routesOf(settings, clock, governance, gateway, addresses),
      governance.identity.use.noteRoles,
    )
    const onForeign = createForeignWriter(governance.stores.audit, settings.digest, clock)
    options.beforeServing?.()
    addresses.serve(routes, {
      personOf: governance.identity.personOf,
      assertFresh: governance.identity.assertFresh,
      limits: settings.limits,
      onForeign: (refusal, _, requestId) => onForeign(refusal, requestId),
      writeLine,
    })
    governance.exports.start()
    for (const line of governance.identity.signInHelp()) print(line)
    if (governance.stores.keyKeeper.status().guard === 'nobody') print(unguardedLine)
    if (isOpenNetwork(settings)) print(openNetworkLine)
    if (addresses.adminUrl !== undefined) print(`For administration: ${addresses.adminUrl}`)
    print(`Sallyport is ready: ${publicUrl()}`)
    const { retention, identity } = governance
    const { renewScimTokens } = identity
    const { register, probes } = governance
    const regularly = probeRegularly({
      probes,
      everyMinutes: settings.probes.everyMinutes,
      ending: () => endingFacts(register, clock.now(), warnDays, probes.of),
      clock,
      writeLine,
    })
    const endDaily = runDaily({ run: () => retention.run({ isDryRun: false }), clock, writeLine })
    const endErasing = goOnErasing({ goOn: retention.goOnErasing, writeLine })
    return {
      url: addresses.url,
      adminUrl: addresses.adminUrl,
      readAgain: hasFiles(settings)
        ? () => {
            addresses.renewCertificates?.()
            secretRenewal.now(renewScimTokens)
          }
        : undefined,
      settings,
      audit: governance.stores.audit,
      control: governance.handlers,
      routes,
      identity: governance.identity,
      openExchanges: () => gateway.open.size,
      stop: onlyOnce(async (graceMs = 10_000) => {
        const closed = addresses.close()
        await gateway.open.stop(graceMs)
        await closed()
        await gateway.acknowledgements.settled()
        await endDaily()
        await endErasing()
        await regularly.end()
        await control.close()
        await inspection?.close()
        await closeLines(lines)
        await secrets?.close()
        await spending?.close()
        await governance?.close()
      }),
    }
  } catch (error) {
    await addresses.close()()
    await inspection?.close()
    await closeLines(lines)
    await secrets?.close()
    await spending?.close()
    await governance?.close()
    throw error
  }
}

const hasFiles = ({ tls, identity, connections }: Settings): boolean =>
  tls !== undefined ||
  identity.providers.length > 0 ||
  identity.scim.length > 0 ||
  Object.values(connections).some(({ credential }) => credential?.startsWith('file:') === true)

const unguardedLine =
  'The key of keys lies unsealed in keys/kek: name a passphrase with keys.passphrase (docs/operate/keys.md)'

const openNetworkLine =
  'Other machines come in without TLS and without a proxy that is named: set tls, or trustedProxies (docs/operate/network.md)'

const isOpenNetwork = ({ host, tls, trustedProxies }: Settings): boolean =>
  !isLoopback(host) && tls?.for !== 'all' && trustedProxies.length === 0

/** The same handlers for a command that finds no server running. */
export async function openLocal(settings: Settings) {
  const url = settings.publicUrl ?? `http://${settings.host}:${settings.port}`
  const credentials = resolveCredentials(settings, process.env)
  const options = { settings, credentials, publicUrl: () => url, clock: systemClock, writeLine: writeLogLine }
  let secrets: ConnectionSecrets | undefined
  const credentialOf = async (connection: string): Promise<string | undefined> => {
    // A vault is asked only by a command that needs what lies in it.
    const standing = () => credentials.connections
    secrets ??= await openConnectionSecrets(settings, credentials, standing, systemClock, writeLogLine)
    return secrets.of(connection)
  }
  const inspectors = makeInspectors(settings)
  const wiring = { ...options, credentialOf, inspectors, decides: false }
  const { handlers, close } = await openGovernance(wiring)
  return {
    handlers,
    close: async () => {
      await close()
      await secrets?.close()
    },
  }
}

async function openGateway(
  settings: Settings,
  { stores, identity, snapshots, switches, triggers }: Governance,
  lines: ReadonlyMap<string, Line>,
  inspection: OpenInspection,
  spending: Spending,
  clock: Clock,
  writeLine: WriteLine,
): Promise<GatewayServices> {
  const open = new OpenExchanges(settings.limits)
  identity.onEnded((ended) => open.cut(ended))
  triggers.attach(spending.spentOf)
  switches.attach((pulled) => open.reach((subject) => isAbout(pulled, subject), pulled.isDrill))
  return {
    identity,
    audit: telling(stores.audit, triggers.hear),
    snapshot: () => snapshots.current(),
    ...inspection.services,
    lines,
    moderation: openModeration(settings.inspection.moderation, snapshots.current(), lines, writeLine),
    pseudonymMac: await openPseudonymMac(settings.dataFolder),
    noteUse: identity.use.noteExchange,
    acknowledgements: await openAcknowledgements(
      createAcknowledgementStore(stores.database),
      clock.now(),
      writeLine,
    ),
    open,
    switches,
    spending,
    limits: settings.limits,
    settingsDigest: settings.digest,
    claudeCode: settings.codingAgents.claudeCode,
    clock,
    writeLine,
  }
}

const routesOf = (
  settings: Settings,
  clock: Clock,
  {
    stores,
    identity,
    register,
    probes,
    toolLists,
    publications,
    switches,
    triggers,
    simulations,
    documents,
    firstRun,
    readings,
    logSearch,
    exports,
  }: Governance,
  gateway: GatewayServices,
  { publicUrl, adminUrl }: Addresses,
): readonly Route[] =>
  appRoutes({
    gateway,
    whereabouts: () => ({ main: publicUrl(), administration: adminUrl ?? null }),
    identityRoutes: identity.routes,
    register: {
      register,
      clock,
      probes,
      log: stores.audit,
      publishedThen: publications.publications.publishedThen,
      documents,
    },
    tools: {
      toolLists,
      feedNetworks: networksOf(settings.feeds.networks),
      identify: identity.identify,
    },
    publications,
    switches,
    triggers,
    simulations,
    firstRun,
    audit: { readings, search: logSearch, log: stores.audit, identify: identity.identify },
    health: () => ({
      isLogAlive: stores.audit.isAlive(),
      isLogFull: stores.audit.isFull(),
      ...stores.audit.tree.health(),
      areKeysOpen: stores.keyKeeper.isOpen(),
      exports: exports.status(),
      pausedDirectories: identity.scim.paused(),
      stoppedScopes: switches.stoppedScopes(),
    }),
  })

function onlyOnce(work: (graceMs?: number) => Promise<void>): (graceMs?: number) => Promise<void> {
  let done: Promise<void> | undefined
  return (graceMs) => {
    done ??= work(graceMs)
    return done
  }
}

/** Serves until a signal. A defect nobody caught ends the process: what is unknown must not go on sending. */
async function run(): Promise<void> {
  const starting = startSallyport({ beforeServing: giveMemoryBack })
  // Listened to from the beginning: a signal while it starts, or just when it says that it is ready, ends it cleanly once it
  // has started. The second one ends it at once.
  const stop = () => void starting.then((started) => started.stop()).then(() => process.exit(0), fail)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  // Where there is nothing to read, it ends with its terminal as every program does, its log closed.
  process.on('SIGHUP', () => void starting.then(({ readAgain }) => (readAgain ?? stop)(), fail))
  const sallyport = await starting
  process.on('uncaughtException', (error) => {
    writeLogLine({
      level: 'error',
      what: 'a defect nobody caught; Sallyport stops',
      problem: describeError(error),
    })
    process.exitCode = 1
    void sallyport.stop(0).finally(() => process.exit(1))
  })
}

function fail(error: unknown): void {
  process.stderr.write(`Sallyport cannot start: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

if (import.meta.main) run().catch(fail)
