import type { Person } from '#/core/role.ts'
import { conditionWords } from '#/register/trigger.ts'
import type { Trigger } from '../api.ts'
import type { FiringView, TriggerPage } from './api.ts'
import { isToLookAt, type StoredFiring } from './store.ts'

export interface PageParts {
  readonly triggers: readonly Trigger[]
  /** Oldest first. */
  readonly fired: readonly StoredFiring[]
  readonly findPerson: (id: string) => Promise<Person | undefined>
  readonly mayClose: boolean
}

export async function pageOf({ triggers, fired, findPerson, mayClose }: PageParts): Promise<TriggerPage> {
  const views = await Promise.all(fired.toReversed().map((each) => viewOf(each, findPerson)))
  return {
    triggers: triggers.map(({ id, policy, title, when, action, owner }) => ({
      ...{ id, policy, title, action, owner },
      condition: conditionWords(when),
    })),
    open: views.filter(({ state }) => state === 'open'),
    past: views.filter(({ state }) => state !== 'open'),
    mayClose,
  }
}

async function viewOf(
  { firing, logIndex, closing }: StoredFiring,
  findPerson: PageParts['findPerson'],
): Promise<FiringView> {
  const { id, trigger, policy, title, owner, action, condition, per, target, atMs, problem } = firing
  const person = per === 'person' ? await findPerson(target) : undefined
  return {
    ...{ id, trigger, policy, title, owner, action, condition, per },
    target: person?.email || target,
    at: timeOf(atMs),
    problem: problem ?? null,
    state: closing !== undefined ? 'closed' : isToLookAt(firing) ? 'open' : 'done',
    isWritten: logIndex !== undefined,
    closed:
      closing === undefined
        ? null
        : { by: closing.by.name, at: timeOf(closing.atMs), reason: closing.reason },
  }
}

const timeOf = (atMs: number): string => new Date(atMs).toISOString()
