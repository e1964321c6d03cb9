import type { Pool } from 'undici'
import type { AuditLog } from '#/audit/api.ts'
import type { Clock } from '#/core/clock.ts'
import type { WriteLine } from '#/core/log-line.ts'
import type { Person } from '#/core/role.ts'
import type { Identity } from '#/identity/api.ts'
import type { Inspector } from '#/inspect/api.ts'
import type { UsableUseCase } from '#/policy/api.ts'
import type { Connection } from '#/providers/api.ts'
import type { Settings } from '#/settings/api.ts'
import type { Snapshot } from '#/snapshot/api.ts'
import type { ExchangeSwitches } from '#/snapshot/switches/switches.ts'
import type { Acknowledgements } from './acknowledgements/acknowledgements.ts'
import type { FileInspection } from './file-inspection.ts'
import type { Moderation } from './moderation/memory.ts'
import type { OpenExchanges } from './open-exchanges.ts'
import type { Spending } from './spending/spending.ts'
import type { TextInspection } from './text-inspection.ts'

/** A connection with the pool of sockets that serves it; no pool where the provider runs in process. */
export interface Line {
  readonly connection: Connection
  readonly pool: Pool | undefined
  /** Path part of the base URL, without a last slash. */
  readonly basePath: string
}

/** What the stages of an exchange may use. Built once, in `main.ts`. */
export interface GatewayServices {
  readonly identity: Pick<
    Identity,
    'identify' | 'lookAgain' | 'onEnded' | 'findPerson' | 'admitKey' | 'spendKey' | 'reportLeaked'
  >
  readonly audit: AuditLog
  /** The value an exchange reads once, at its start, and then keeps. */
  readonly snapshot: () => Snapshot
  readonly inspectorFor: (snapshot: Snapshot) => Inspector
  readonly texts: TextInspection
  readonly files: FileInspection
  readonly lines: ReadonlyMap<string, Line>
  /** Undefined where no moderation model is asked. */
  readonly moderation: Moderation | undefined
  /** A keyed MAC for pseudonyms of one person in one use case, in lower-case hexadecimal. */
  readonly pseudonymMac: (personId: string, useCase: string) => (text: string) => string
  /** An exchange of this person went under this use case. Counted in memory. */
  readonly noteUse: (person: Person, useCase: UsableUseCase) => void
  /** Which notices of rules people have read. */
  readonly acknowledgements: Acknowledgements
  readonly open: OpenExchanges
  /** What is stopped now. */
  readonly switches: ExchangeSwitches
  /** What use cases with a budget spend. */
  readonly spending: Pick<Spending, 'reserve' | 'standingOf'>
  readonly limits: Settings['limits']
  readonly settingsDigest: string
  /** What Claude Code is told to obey; false for nothing. */
  readonly claudeCode: Settings['codingAgents']['claudeCode']
  readonly clock: Clock
  readonly writeLine: WriteLine
}
