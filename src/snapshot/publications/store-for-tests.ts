import type { Publication, PublicationAsk } from './api.ts'
import type { PublicationStore } from './store.ts'

/** A store in memory, with what it holds to look at and to begin with. */
export function memoryStore(): PublicationStore & {
  readonly publications: Publication[]
  readonly state: { ask: PublicationAsk | undefined; fails: boolean; lastLogIndex: number }
} {
  const publications: Publication[] = []
  const state = { ask: undefined as PublicationAsk | undefined, fails: false, lastLogIndex: -1 }
  return {
    publications,
    state,
    read: async () => [...publications],
    add: async (publication, logIndex) => {
      if (state.fails) throw new Error('the store is full')
      // As it comes back from a database: nothing is shared with whoever wrote it.
      publications.push(structuredClone(publication))
      state.lastLogIndex = logIndex
    },
    lastLogIndex: async () => state.lastLogIndex,
    readAsk: async () => state.ask,
    setAsk: async (ask) => {
      state.ask = ask
    },
  }
}
