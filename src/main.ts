import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { appRoutes } from '#/app.ts'
import type { AuditLog } from '#/audit/api.ts'
import { runDaily } from '#/audit/retention/daily.ts'
import { type Clock, systemClock } from '#/core/clock.ts'
import { type ControlHandlers, controlSocketPath, serveControl } from '#/core/control-socket.ts'
import { createRouter, type Router } from '#/core/http/router.ts'
import { describeError, type WriteLine, writeLogLine } from '#/core/log-line.ts'
import { OpenExchanges } from '#/gateway/open-exchanges.ts'
import type { GatewayServices, Line } from '#/gateway/services.ts'
import { type Governance, openGovernance } from '#/governance.ts'
import { closeLines, type OpenInspection, openInspection, openLines, openPseudonymMac } from '#/services.ts'
import type { Settings } from '#/settings/api.ts'
import { type Environment, resolveCredentials } from '#/settings/credentials.ts'
import { readSettings } from '#/settings/read.ts'

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
}

/** A Sallyport that serves. */
export interface Sallyport {
  readonly url: string
  readonly settings: Settings
  readonly audit: AuditLog
  /** What the command line asks over the control socket. */
  readonly control: ControlHandlers
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
  const listener = await listen(settings)
  const publicUrl = (): string => settings.publicUrl ?? listener.url
  let governance: Governance | undefined
  let lines: ReadonlyMap<string, Line> = new Map()
  let inspection: OpenInspection | undefined
  try {
    governance = await openGovernance({ settings, credentials, publicUrl, clock, writeLine })
    lines = openLines(settings, credentials.connections)
    inspection = await openInspection(settings, writeLine)
    const gateway = await openGateway(settings, governance, lines, inspection, clock, writeLine)
    const control = await serveControl(controlSocketPath(settings.dataFolder), governance.handlers)
    listener.serve(openRouter(settings, clock, governance, gateway, publicUrl, writeLine))
    governance.exports.start()
    for (const line of governance.identity.signInHelp()) print(line)
    if (governance.stores.keyKeeper.status().guard === 'nobody') print(unguardedLine)
    print(`Sallyport is ready: ${publicUrl()}`)
    const { retention } = governance
    const endDaily = runDaily({ run: () => retention.run({ isDryRun: false }), clock, writeLine })
    return {
      url: listener.url,
      settings,
      audit: governance.stores.audit,
      control: governance.handlers,
      openExchanges: () => gateway.open.size,
      stop: onlyOnce(async (graceMs = 10_000) => {
        const closed = listener.close()
        await gateway.open.stop(graceMs)
        await closed()
        await endDaily()
        await control.close()
        await inspection?.close()
        await closeLines(lines)
        await governance?.close()
      }),
    }
  } catch (error) {
    await listener.close()()
    await inspection?.close()
    await closeLines(lines)
    await governance?.close()
    throw error
  }
}

const unguardedLine =
  'The key of keys lies unsealed in keys/kek: name a passphrase with keys.passphrase (docs/operate/keys.md)'

/** The same handlers for a command that finds no server running. */
export async function openLocal(settings: Settings) {
  const url = settings.publicUrl ?? `http://${settings.host}:${settings.port}`
  const credentials = resolveCredentials(settings, process.env)
  const options = { settings, credentials, publicUrl: () => url, clock: systemClock, writeLine: writeLogLine }
  const { handlers, close } = await openGovernance(options)
  return { handlers, close }
}

async function openGateway(
  settings: Settings,
  { stores, identity, snapshots }: Governance,
  lines: ReadonlyMap<string, Line>,
  inspection: OpenInspection,
  clock: Clock,
  writeLine: WriteLine,
): Promise<GatewayServices> {
  const open = new OpenExchanges(settings.limits)
  identity.onEnded((ended) => open.cut(ended))
  return {
    identity,
    audit: stores.audit,
    snapshot: () => snapshots.current(),
    ...inspection.services,
    lines,
    pseudonymMac: await openPseudonymMac(settings.dataFolder),
    open,
    limits: settings.limits,
    settingsDigest: settings.digest,
    clock,
    writeLine,
  }
}

function openRouter(
  settings: Settings,
  clock: Clock,
  { stores, identity, register, readings, logSearch, exports }: Governance,
  gateway: GatewayServices,
  publicUrl: () => string,
  writeLine: WriteLine,
): Router {
  const routes = appRoutes({
    gateway,
    identityRoutes: identity.routes,
    register: { register, clock },
    audit: { readings, search: logSearch, log: stores.audit, identify: identity.identify },
    health: () => ({
      isLogAlive: stores.audit.isAlive(),
      isLogFull: stores.audit.isFull(),
      ...stores.audit.tree.health(),
      areKeysOpen: stores.keyKeeper.isOpen(),
      exports: exports.status(),
    }),
  })
  const { personOf, assertFresh } = identity
  return createRouter(routes, {
    personOf,
    assertFresh,
    limits: settings.limits,
    isOwnHost: ownHosts(settings, publicUrl),
    writeLine,
  })
}

const loopbackNames = ['127.0.0.1', 'localhost', '[::1]']

const namesOf = ({ host, port }: URL): ReadonlySet<string> =>
  new Set([host, ...loopbackNames.flatMap((each) => [each, `${each}:${port}`])])

/** On loopback a page elsewhere could reach us under a name of its own; off loopback a proxy decides what names us. */
function ownHosts({ host, publicUrl }: Settings, url: () => string): (name: string) => boolean {
  const isLoopback = loopbackNames.includes(host) || host === '::1'
  let known: ReadonlySet<string> | undefined
  return (name) => {
    if (!isLoopback && publicUrl === undefined) return true
    // The address stands once somebody asks: the server listens.
    known ??= namesOf(new URL(url()))
    return known.has(name)
  }
}

interface Listener {
  readonly url: string
  readonly serve: (router: Router) => void
  /** Takes no new connections; the function it gives waits for answers that are being written, and ends the rest. */
  readonly close: () => () => Promise<void>
}

/** Slow heads must not hold sockets; a whole body is bounded where it is read. */
const headersLimitMs = 10_000

/** Listens at once, so that a port that is taken is known before anything is opened; serves when told to. */
async function listen({ host, port }: Settings): Promise<Listener> {
  let router: Router | undefined
  const server = createServer(
    { headersTimeout: headersLimitMs, requestTimeout: 0, keepAliveTimeout: 75_000 },
    (request, response) => {
      if (router !== undefined) router(request, response)
      else
        response.writeHead(503, { 'retry-after': '1', connection: 'close' }).end('Sallyport is starting.\n')
    },
  )
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(explainListenError(error, host, port)))
    server.listen(port, host, resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  const name = host.includes(':') ? `[${host}]` : host
  return {
    url: `http://${name}:${taken}`,
    serve: (given) => {
      router = given
    },
    close: () => closeServer(server),
  }
}

function explainListenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code !== 'EADDRINUSE') return error
  return new Error(`port ${port} of ${host} is taken; stop what listens there, or set PORT to another one`, {
    cause: error,
  })
}

/** What the page and the command line asked is answered within this, once no exchange is open any more. */
const lastAnswersMs = 2_000

/** A kept-alive connection becomes idle only after its answer, and would stay for minutes: idle ones are ended again. */
function closeServer(server: Server): () => Promise<void> {
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
  server.closeIdleConnections()
  return async () => {
    server.closeIdleConnections()
    const tooLate = setTimeout(() => server.closeAllConnections(), lastAnswersMs)
    const again = setInterval(() => server.closeIdleConnections(), 20)
    await closed
    clearTimeout(tooLate)
    clearInterval(again)
  }
}

function onlyOnce(work: (graceMs?: number) => Promise<void>): (graceMs?: number) => Promise<void> {
  let done: Promise<void> | undefined
  return (graceMs) => {
    done ??= work(graceMs)
    return done
  }
}

/** Serves until a signal. A defect nobody caught ends the process: what is unknown must not go on sending. */
async function run(): Promise<void> {
  const sallyport = await startSallyport()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sallyport.stop().then(() => process.exit(0), fail))
  }
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
