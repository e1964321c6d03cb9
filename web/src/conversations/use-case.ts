import type { UseCaseChoice } from '#/gateway/api.ts'
import type { Chat } from './state.ts'

/** What the gate takes for a request that names none. */
const usual = 'general-assistant'

/** What a chat is under: what was chosen for it, while that is open, else the usual one, else the first there is. */
export function useCaseOf(
  { useCase }: Pick<Chat, 'useCase'>,
  open: readonly UseCaseChoice[],
): UseCaseChoice | undefined {
  return open.find(({ id }) => id === useCase) ?? open.find(({ id }) => id === usual) ?? open[0]
}

/** Undefined where the gate takes the same one by itself. */
export const namedInRequest = (useCase: Pick<UseCaseChoice, 'id'> | undefined): string | undefined =>
  useCase?.id === usual ? undefined : useCase?.id
