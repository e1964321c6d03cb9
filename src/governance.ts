import type { AuditLog, EntryFacts, EntryKind } from '#/audit/api.ts'
import { searchEntries } from '#/audit/search.ts'
import type { Clock } from '#/core/clock.ts'
import type { ControlHandlers } from '#/core/control-socket.ts'
import type { WriteLine } from '#/core/log-line.ts'
import { type OpenIdentity, openIdentity } from '#/identity/identity.ts'
import { openRegister, type Register } from '#/register/register.ts'
import type { Settings } from '#/settings/api.ts'
import { resolveCredentials, type ResolvedCredentials } from '#/settings/credentials.ts'
import type { Environment } from '#/settings/credentials.ts'
import { openSnapshots, type Snapshots } from '#/snapshot/snapshots.ts'
import { openStores, type Stores } from './stores.ts'

/** Everything but the way out: what a command needs when no server runs, and what a server is built on. */
export interface Governance {
  readonly settings: Settings
  readonly credentials: ResolvedCredentials
  readonly stores: Stores
  readonly audit: AuditLog
  readonly identity: OpenIdentity
  readonly register: Register
  readonly snapshots: Snapshots
  readonly handlers: ControlHandlers
  readonly close: () => Promise<void>
}
