import { createRequire } from 'node:module'
import type { Pool } from 'undici'

/** Connections to one origin. */
export type { Pool }

type Options = ConstructorParameters<typeof Pool>[1]

const load = createRequire(import.meta.url)

/**
 * A pool that is dispatched to. Taken from its own file: what undici loads besides (fetch, caches, web sockets) is
 * twice as much again and keeps 14 MB that no start needs.
 */
export const openPool = (origin: string, options: Options): Pool =>
  new (load('undici/lib/dispatcher/pool.js') as typeof Pool)(origin, options)

/** A pool that can also be asked by `request`; loads all of undici. */
export const openAskingPool = (origin: string, options: Options): Pool =>
  new (load('undici') as { readonly Pool: typeof Pool }).Pool(origin, options)
