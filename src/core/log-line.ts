/**
 * The operator's lines on standard error: one JSON object each, from an allow-list of fields, so that no
 * prompt, key or header can slip into them. What people entered stands in the sealed log only.
 */
export interface LogLine {
  readonly level: 'info' | 'warning' | 'error'
  readonly what: string
  readonly requestId?: string
  readonly code?: string
  readonly problem?: string
}

export type WriteLine = (line: LogLine) => void

export const writeLogLine: WriteLine = (line) => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), ...line })}\n`)
}

/** The first line of an error and of its causes: what failed, without anybody's text. */
export function describeError(error: unknown): string {
  const said: string[] = []
  let current: unknown = error
  for (let depth = 0; depth < 5 && current instanceof Error; depth++) {
    said.push(`${current.name}: ${current.message.split('\n', 1)[0]}`)
    current = current.cause
  }
  return said.length > 0 ? said.join(' <- ') : String(error)
}
