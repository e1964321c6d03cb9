import type { AuditLog } from '#/audit/api.ts'
import type { Clock } from '#/core/clock.ts'
import type { Refusal } from '#/core/refusal.ts'

// Anybody may send these without an account, so they must not be a way to fill the disk with entries.
const writtenPerMinute = 60

/**
 * Writes what was refused before it was looked at, because of the host it asked for or the page it came from: so many a
 * minute, and the next one written after a flood says how many were left out. Throws `log-unavailable`.
 */
export function createForeignWriter(
  audit: Pick<AuditLog, 'append'>,
  settingsDigest: string,
  clock: Clock,
): (refusal: Refusal, requestId: string) => Promise<void> {
  let minute = -1
  let written = 0
  let leftOut = 0
  return async ({ code, facts }, requestId) => {
    const now = Math.floor(clock.now() / 60_000)
    if (now !== minute) {
      minute = now
      written = 0
    }
    if (written >= writtenPerMinute) {
      leftOut++
      return
    }
    written++
    const header = typeof facts['header'] === 'string' ? facts['header'] : 'X-Forwarded-Proto'
    const reason = leftOut === 0 ? header : `${header} (and ${leftOut} before it, not written one by one)`
    leftOut = 0
    await audit.append({
      kind: 'refusal',
      facts: { requestId, code, reason, decision: 'refuse', settings: settingsDigest },
    })
  }
}
