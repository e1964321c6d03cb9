import type { AuditLog, NewEntry } from '#/audit/api.ts'

/** The same log, for exchanges: tells of what became durable, beside the way of the exchange. */
export function telling<Log extends Pick<AuditLog, 'append'>>(
  log: Log,
  hear: (entry: NewEntry) => void,
): Log {
  const append: AuditLog['append'] = (entry) => {
    const appended = log.append(entry)
    // What the log does not take is told to whoever appends it; here there is nothing to hear of then.
    void appended.then(
      () => hear(entry),
      () => undefined,
    )
    return appended
  }
  return Object.assign(Object.create(log) as Log, { append })
}
