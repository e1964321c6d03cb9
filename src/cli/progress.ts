import type { World } from './command.ts'

/** What is done sooner needs no progress. */
const firstAfterMs = 1_000
const againAfterMs = 1_000
const mebibyte = 1_048_576

/** Tells on standard error how many bytes are done, once a second; nothing for what is done within one. */
export function byteProgress(
  world: Pick<World, 'now' | 'complain'>,
  done: string,
): { readonly add: (bytes: number) => void; readonly end: () => void } {
  let bytes = 0
  let nextMs = world.now() + firstAfterMs
  let hasTold = false
  const tell = () => world.complain(`${Math.floor(bytes / mebibyte)} MiB ${done}\n`)
  return {
    add: (more) => {
      bytes += more
      const nowMs = world.now()
      if (nowMs < nextMs) return
      nextMs = nowMs + againAfterMs
      if (bytes < mebibyte) return
      hasTold = true
      tell()
    },
    end: () => {
      if (hasTold) tell()
    },
  }
}
