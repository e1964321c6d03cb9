import type { TaskAnswer, TaskView } from '#/gateway/tasks/api.ts'

export const tasksHash = 'tasks'

/** What a form begins with: the first of each list, and no text. */
export const emptyInputs = ({ inputs }: TaskView): Readonly<Record<string, string>> =>
  Object.fromEntries(inputs.map((input) => [input.name, input.kind === 'choice' ? (input.of[0] ?? '') : '']))

/** An answer as people read and copy it: a text as it is, everything else as JSON. */
export const shownAnswer = ({ answer }: TaskAnswer): string =>
  typeof answer === 'string' ? answer : JSON.stringify(answer, null, 2)

/** What is to be known of an answer before it is used, in sentences. */
export function aboutAnswer({ isComplete, needsReview, notice, changedValues }: TaskAnswer): string[] {
  return [
    ...(isComplete ? [] : ['The answer is not whole: the model stopped where it may write no longer.']),
    ...(needsReview ? ['A person must check it before it is used.'] : []),
    ...(notice === null ? [] : [notice]),
    ...(changedValues === 0
      ? []
      : [
          `${changedValues} ${changedValues === 1 ? 'value was' : 'values were'} masked or replaced before it left.`,
        ]),
  ]
}
