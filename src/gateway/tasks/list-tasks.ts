import type { Caller } from '#/core/role.ts'
import type { UsableUseCase } from '#/policy/api.ts'
import { piecesOf } from '#/policy/tasks/template.ts'
import { openNow } from '../open-now.ts'
import type { GatewayServices } from '../services.ts'
import type { TaskList, TaskView } from './api.ts'

/** The tasks that are open to a caller now, with what each takes. */
export function listTasks(
  { person, useCase, bounds }: Caller,
  { snapshot, clock, switches }: Pick<GatewayServices, 'snapshot' | 'clock' | 'switches'>,
): TaskList {
  const key = { useCase, offerings: bounds?.offerings }
  const { useCases, offerings } = openNow(person, snapshot(), clock.now(), switches, key, 'task')
  const open = new Set(offerings.map(({ id }) => id))
  return { tasks: useCases.flatMap((each) => viewOf(each, open)) }
}

function viewOf(
  { id, title, purpose, highestClass, notice, needsReview, keepsContent, ...rest }: UsableUseCase,
  open: ReadonlySet<string>,
): readonly TaskView[] {
  const { task, offerings } = rest
  if (task === undefined) return []
  const { inputs, prompt } = task.template
  const names = new Set(piecesOf(prompt).flatMap((piece) => ('input' in piece ? [piece.input] : [])))
  return [
    {
      ...{ id, title, purpose, highestClass, needsReview, keepsContent },
      notice: notice ?? null,
      inputs: [...names].flatMap((name) => {
        const input = inputs[name]
        return input === undefined ? [] : [{ name, ...input }]
      }),
      answerSchema: task.answerSchema ?? null,
      models: offerings.filter((each) => open.has(each)),
    },
  ]
}
