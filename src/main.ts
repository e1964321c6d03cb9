import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { appRoutes } from '#/app.ts'
import type { AuditLog } from '#/audit/api.ts'
import { searchEntries } from '#/audit/search.ts'
import { type Clock, systemClock } from '#/core/clock.ts'
import { serveControl } from '#/core/control-socket.ts'
import { createRouter, type Router } from '#/core/http/router.ts'
import { describeError, type WriteLine, writeLogLine } from '#/core/log-line.ts'
import { createControl, type Control } from './control.ts'
import { OpenExchanges } from '#/gateway/open-exchanges.ts'
import type { GatewayServices } from '#/gateway/services.ts'
import { VerdictCache } from '#/gateway/verdict-cache.ts'
import { openIdentity } from '#/identity/identity.ts'
import { openRegister } from '#/register/register.ts'
import type { Settings } from '#/settings/api.ts'
import { readSettings } from '#/settings/read.ts'
import { openSnapshots } from '#/snapshot/snapshots.ts'
import { closeLines, createInspectors, openLines, openPseudonymMac } from './services.ts'
import { openStores, type Stores } from './stores.ts'

export interface StartOptions {
  /** `PORT`, `HOST`, `SALLYPORT_DATA`, `SALLYPORT_SETTINGS` and what credentials refer to. */
  readonly environment?: NodeJS.ProcessEnv
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
  readonly control: Control
  readonly openExchanges: () => number
  /** Finishes what is open within `graceMs`, writes the last entry, closes everything. */
  readonly stop: (graceMs?: number) => Promise<void>
}
