import { describeError } from '#/core/log-line.ts'
import type { SettingsProblem } from './api.ts'

/** The settings are wrong: every problem at once, so that one start shows all that is to be corrected. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  readonly problems: readonly SettingsProblem[]

  constructor(problems: readonly SettingsProblem[]) {
    super(['The settings are wrong:', ...problems.map(formatProblem)].join('\n'))
    this.problems = problems
  }
}

const formatProblem = ({ place, key, problem }: SettingsProblem): string => `  ${place}: ${key} ${problem}`

/** On one line, for whoever reads the lines of a process that serves. */
export const describeProblems = (error: unknown): string =>
  error instanceof SettingsError
    ? error.problems.map(({ key, problem }) => `${key} ${problem}`).join('; ')
    : describeError(error)
