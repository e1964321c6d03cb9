import { type DataClass, isAtMost } from '#/core/data-class.ts'
import type { ModelChoice } from '#/gateway/api.ts'

/**
 * Where a message of this class would go: the chosen offering; for `auto` the first that may carry the class, in
 * the gate's order. Undefined when none may carry it as it is. A guess: the gate decides, and says so with the answer.
 */
export function likelyDestination(
  models: readonly ModelChoice[],
  model: string,
  dataClass: DataClass,
): ModelChoice | undefined {
  if (model !== 'auto') return models.find(({ id }) => id === model)
  return models.find(({ ceiling }) => isAtMost(dataClass, ceiling))
}
