import type { Asker, World } from './world.ts'

export interface Asked {
  readonly path: string
  readonly body?: unknown
}

/** What to send to a route; `object` is one of the names it has. */
export interface Recipe {
  readonly objects: readonly string[]
  readonly ask: (world: World, asker: Asker, object: string) => Promise<Asked> | Asked
}

/** One request, whoever asks. */
export function plain(path: string, body?: unknown): Recipe {
  return { objects: [''], ask: () => ({ path, ...(body === undefined ? {} : { body }) }) }
}

export function isOneOf<T extends Asker>(list: readonly T[], asker: Asker): asker is T {
  return (list as readonly Asker[]).includes(asker)
}

export const otherThan = <T extends Asker>(asker: Asker, list: readonly T[]): T =>
  list.find((each) => each !== asker) as T
