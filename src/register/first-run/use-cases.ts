import { readFileSync } from 'node:fs'
import { type DataClass, higherClass, isAtMost, lowerClass } from '#/core/data-class.ts'
import type { RecordHistory } from '../api.ts'
import type { UseCase } from '../kinds/use-case.ts'
import { readRecordFile } from '../read-file.ts'
import type { FirstRunAnswers } from './api.ts'
import type { DraftedOffering } from './offerings.ts'
import { useCaseOrder } from './preference.ts'

export interface DraftedUseCase {
  readonly id: string
  readonly body: Readonly<Record<string, unknown>>
}

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
  const highest = highestFor(answers, offerings)
  const isThere = (id: string): boolean => histories.some((each) => each.id === id)
  const known = histories.flatMap(({ id, versions }) => {
    const body = versions.at(-1)?.body
    return body === undefined || !body.offerings.every(isInProcess) ? [] : [{ id, body }]
  })
  return [...known, ...readBeginnings().filter(({ id }) => !isThere(id))].map(({ id, body }) => ({
    id,
    body: {
      ...body,
      owner,
      offerings: useCaseOrder(answers, offerings, exitId),
      highestClass: loweredTo(highest, body),
      ...(exit === undefined ? {} : { exit: { offering: exitId, testedOn: exit.testedOn } }),
    },
  }))
}

/** What companies begin with: the assistant, and tasks that are counted, stopped and looked at each by itself. */
const readBeginnings = (): readonly { readonly id: string; readonly body: UseCase }[] =>
  [
    ...recordsIn('../first-records.yaml').filter(({ id }) => id === 'general-assistant'),
    ...recordsIn('../../../examples/tasks/records.yaml'),
  ].map(({ id, body }) => ({ id, body: body as UseCase }))

/** Of a file of ours; throws when it is not as it must be. */
const recordsIn = (path: string) =>
  readRecordFile(readFileSync(new URL(path, import.meta.url), 'utf8'), path).records.filter(
    ({ kind }) => kind === 'use-case',
  )

/** Only where something else than a vendor may be asked does more go than vendors may see. */
function highestFor({ direct }: FirstRunAnswers, offerings: readonly DraftedOffering[]): DataClass {
  if (offerings.some(({ planned }) => planned.tier !== 'commercial')) return 'restricted'
  return direct === 'none' ? 'public' : direct
}

/** Never higher than it was, and never below what its own exchanges have at least. */
const loweredTo = (
  highest: DataClass,
  { highestClass, contextClass, unreadClass = 'public' }: UseCase,
): DataClass => {
  const lowered = lowerClass(highest, highestClass)
  return isAtMost(higherClass(contextClass, unreadClass), lowered) ? lowered : highestClass
}
