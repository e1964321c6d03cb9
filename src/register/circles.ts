import type { Bodies, RecordKind } from './api.ts'
import { kindOf } from './kinds/index.ts'

export interface Named {
  readonly kind: RecordKind
  readonly id: string
  readonly body: Bodies[RecordKind]
}

/**
 * A circle of references that goes through one of the records that come, as `dataset a → dataset b → dataset a`; undefined
 * when there is none. `find` gives the newest body of a record that is there. Each record is looked at once.
 */
export function findCircle(
  coming: readonly Named[],
  find: (kind: RecordKind, id: string) => Bodies[RecordKind] | undefined,
): string | undefined {
  const bodies = new Map(coming.map((each) => [nameOf(each), each.body]))
  const next = (name: string): readonly string[] => {
    const [kind, id] = name.split(' ') as [RecordKind, string]
    const body = bodies.get(name) ?? find(kind, id)
    return body === undefined ? [] : kindOf(kind).references(body).map(nameOf)
  }
  const done = new Set<string>()
  for (const start of bodies.keys()) {
    const circle = walk(start, next, done)
    if (circle !== undefined) return circle.join(' → ')
  }
  return undefined
}

/** Depth first without recursion: ten thousand records in a row must not be a stack of ten thousand calls. */
function walk(
  start: string,
  next: (name: string) => readonly string[],
  done: Set<string>,
): readonly string[] | undefined {
  if (done.has(start)) return undefined
  const path = [start]
  const onPath = new Set(path)
  const open = [next(start).values()]
  for (let step = open.at(-1); step !== undefined; step = open.at(-1)) {
    const { value, done: isLast } = step.next()
    if (isLast === true) {
      open.pop()
      const name = path.pop() as string
      onPath.delete(name)
      done.add(name)
    } else if (onPath.has(value)) {
      return [...path.slice(path.indexOf(value)), value]
    } else if (!done.has(value)) {
      path.push(value)
      onPath.add(value)
      open.push(next(value).values())
    }
  }
  return undefined
}

const nameOf = ({ kind, id }: { readonly kind: RecordKind; readonly id: string }): string => `${kind} ${id}`
