import { exitCodes, UsageError } from './command.ts'

export interface ExplainedError {
  readonly code: string
  readonly message: string
  readonly exitCode: number
}

/** Codes that say "not now" and not "no": the same call may work later. */
const failures: readonly string[] = [
  'not-running',
  'no-answer',
  'defect',
  'data-folder-busy',
  'log-unavailable',
  'index-behind',
  'index-broken',
  'stopping',
  'command-unknown',
]

/** What the system says of a file that was named, for people. */
const problemsOfFiles: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder; check the path',
  ENOTDIR: 'this is a file, and a folder is asked for',
  EISDIR: 'this is a folder, and a file is asked for',
  EACCES: 'you may not read it; ask whoever owns it, or run this as somebody who may',
  EEXIST: 'it is there already, and nothing is written over it; name another one, or take it away',
  EPERM: 'you may not read it; ask whoever owns it, or run this as somebody who may',
}

/** What an error means to whoever typed the command. */
export function explainError(error: unknown): ExplainedError {
  if (error instanceof UsageError) return { code: 'usage', message: error.message, exitCode: exitCodes.usage }
  if (!(error instanceof Error)) return { code: 'defect', message: String(error), exitCode: exitCodes.failed }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  // By name, because loading the settings to compare classes would slow every command down.
  if (error.name === 'SettingsError')
    return { code: 'settings-wrong', message: error.message, exitCode: exitCodes.refused }
  if (error.name === 'ControlError' && code !== undefined) {
    const exitCode = failures.includes(code) ? exitCodes.failed : exitCodes.refused
    // Our own sentences are plain errors: the name of the class says nothing more. Options travel as fields of `asked`.
    const message = error.message.replace(/^Error: /, '').replace(/^The field "asked\./, 'The field "')
    return { code, message, exitCode }
  }
  const { path } = error as NodeJS.ErrnoException
  const problem = code === undefined ? undefined : problemsOfFiles[code]
  // Reading a folder does not say which.
  const told = path === undefined ? `${problem} (${error.message})` : `${path}: ${problem}`
  const message = problem === undefined ? error.message : told
  return { code: code ?? 'defect', message, exitCode: exitCodes.failed }
}
