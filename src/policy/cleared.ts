import type { Clearing, FoundFact, UsableUseCase } from './api.ts'

/**
 * A value as it is compared with what reviewers found not to be sensitive: small letters, without spaces and hyphens. A
 * value that is disguised or encoded is another one: nobody has looked at that.
 */
export const clearedForm = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s-]+/g, '')

/** What entries are looked up by. */
export const clearingKey = (type: string, text: string): string => `${type}\n${clearedForm(text)}`

/** The entry by which a finding is not sensitive in this use case. */
export const clearingOf = (
  { clearings }: FoundFact,
  { id }: Pick<UsableUseCase, 'id'>,
): Clearing | undefined => clearings?.find(({ useCases }) => useCases.length === 0 || useCases.includes(id))
