import type { AuditLog, NewEntry } from '#/audit/api.ts'

/** Appends, and tells of what became durable beside the way of the exchange. */
export const telling =
  (append: AuditLog['append'], hear: (entry: NewEntry) => void): AuditLog['append'] =>
  (entry) => {
    const appended = append(entry)
    // What the log does not take is told to whoever appends it; here there is nothing to hear of then.
    void appended.then(
      () => hear(entry),
      () => undefined,
    )
    return appended
  }
