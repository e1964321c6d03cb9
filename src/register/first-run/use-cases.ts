import { type DataClass, isAtMost, lowerClass } from '#/core/data-class.ts'
import type { RecordHistory } from '../api.ts'
import type { UseCase } from '../kinds/use-case.ts'
import type { FirstRunAnswers } from './api.ts'
import type { DraftedOffering } from './offerings.ts'
import { useCaseOrder } from './preference.ts'

export interface DraftedUseCase {
  readonly id: string
  readonly body: Readonly<Record<string, unknown>>
}

/** What companies begin with beside the assistant: each is counted, stopped and looked at by itself. */
const tasks: readonly { readonly id: string; readonly title: string; readonly purpose: string }[] = [
  { id: 'summarise', title: 'Summarise', purpose: 'Shorten a text somebody has.' },
  { id: 'translate', title: 'Translate', purpose: 'Put a text into another language.' },
  { id: 'code', title: 'Write code', purpose: 'Write, explain and look through source code.' },
]

/**
 * Use cases that reach nothing but what runs in this process get the providers; the general assistant and the tasks come
 * where they are missing. What reaches anything else stays as it is.
 */
export function draftUseCases(
  answers: FirstRunAnswers,
  offerings: readonly DraftedOffering[],
  histories: readonly RecordHistory<'use-case'>[],
  isInProcess: (offering: string) => boolean,
): readonly DraftedUseCase[] {
  if (offerings.length === 0) return []
  const { owner, exit } = answers
  const exitId = exit && offerings[exit.provider]?.planned.id
  const common = {
    owner,
    offerings: useCaseOrder(answers, offerings, exitId),
    ...(exit === undefined ? {} : { exit: { offering: exitId, testedOn: exit.testedOn } }),
  }
  const highest = highestFor(answers, offerings)
  const kept = histories.flatMap(({ id, versions }): DraftedUseCase[] => {
    const body = versions.at(-1)?.body
    if (body === undefined || !body.offerings.every(isInProcess)) return []
    return [{ id, body: { ...body, ...common, highestClass: loweredTo(highest, body) } }]
  })
  const missing = [generalAssistant, ...tasks].filter(({ id }) => !histories.some((each) => each.id === id))
  return [
    ...kept,
    ...missing.map(({ id, ...words }) => ({
      id,
      body: { ...words, ...common, audience: { roles: ['employee'] }, highestClass: highest },
    })),
  ]
}

const generalAssistant = {
  id: 'general-assistant',
  title: 'General assistant',
  purpose: 'Everyday work for everyone who signed in.',
}

/** Only where something else than a vendor may be asked does more go than vendors may see. */
function highestFor({ direct }: FirstRunAnswers, offerings: readonly DraftedOffering[]): DataClass {
  if (offerings.some(({ planned }) => planned.tier !== 'commercial')) return 'restricted'
  return direct === 'none' ? 'public' : direct
}

/** Never higher than it was, and never below what its own exchanges have at least. */
const loweredTo = (highest: DataClass, { highestClass, contextClass }: UseCase): DataClass => {
  const lowered = lowerClass(highest, highestClass)
  return isAtMost(contextClass, lowered) ? lowered : highestClass
}
