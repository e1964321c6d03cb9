/** A map that forgets: its oldest entries when it is full, every entry after a while. For what anybody may cause. */
export interface Recent<T> {
  readonly set: (key: string, value: T) => void
  readonly get: (key: string) => T | undefined
  /** Gives the value once; a second time there is none. */
  readonly take: (key: string) => T | undefined
  readonly delete: (key: string) => void
  readonly size: () => number
}

export function createRecent<T>(limits: {
  readonly entries: number
  readonly keptMs: number
  readonly now: () => number
}): Recent<T> {
  const entries = new Map<string, { readonly value: T; readonly until: number }>()

  const get = (key: string): T | undefined => {
    const entry = entries.get(key)
    if (entry === undefined) return undefined
    if (entry.until > limits.now()) return entry.value
    entries.delete(key)
    return undefined
  }

  return {
    get,
    set: (key, value) => {
      entries.delete(key)
      if (entries.size >= limits.entries) entries.delete(entries.keys().next().value as string)
      entries.set(key, { value, until: limits.now() + limits.keptMs })
    },
    take: (key) => {
      const value = get(key)
      entries.delete(key)
      return value
    },
    delete: (key) => {
      entries.delete(key)
    },
    size: () => entries.size,
  }
}
