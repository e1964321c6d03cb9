import { hash } from 'node:crypto'
import type { UsableOffering } from '#/policy/api.ts'
import type { ModerationSettings } from '#/settings/api.ts'
import type { Flag } from './read-answer.ts'

/** The model that is asked, and what it said before. */
export interface Moderation {
  readonly settings: ModerationSettings
  readonly memory: ModerationMemory
}

const keptVerdicts = 20_000

/**
 * What a moderation model said of texts before: clients send the whole conversation again with every turn, and only what
 * is new is shown to it. Keys are SHA-256 over model and text; no text is kept.
 */
export class ModerationMemory {
  readonly #flags = new Map<string, readonly Flag[]>()

  keyOf(
    { id, recordVersion, model }: Pick<UsableOffering, 'id' | 'recordVersion' | 'model'>,
    text: string,
  ): string {
    return hash('sha256', `${id}\n${recordVersion}\n${model}\n${text}`, 'base64')
  }

  find(key: string): readonly Flag[] | undefined {
    return this.#flags.get(key)
  }

  keep(key: string, flags: readonly Flag[]): void {
    if (this.#flags.size >= keptVerdicts) this.#forgetOldest()
    this.#flags.set(key, flags)
  }

  /** A tenth at once. Maps keep the order of insertion. */
  #forgetOldest(): void {
    let left = keptVerdicts / 10
    for (const key of this.#flags.keys()) {
      if (left-- <= 0) return
      this.#flags.delete(key)
    }
  }
}
