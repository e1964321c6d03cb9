import { existsSync } from 'node:fs'
import type { KeptStore } from '#/audit/retention/kept-store.ts'
import { logStores } from '#/audit/retention/log-stores.ts'
import { knowledgePath } from '#/gateway/knowledge-file.ts'
import type { SealingKeys } from '#/sealing/api.ts'
import type { Settings } from '#/settings/api.ts'

/** Every store in the data folder. A new one is a line here; a file none of them claims is shown as unknown. */
export const keptStores = (
  { dataFolder, retention }: Settings,
  keys: Pick<SealingKeys, 'destroy'>,
): readonly KeptStore[] => [
  ...logStores(keys, retention),
  database,
  pseudonymKey,
  developmentPassword,
  knowledge(dataFolder),
  working,
]

const database: KeptStore = {
  name: 'database',
  holds:
    'accounts, roles, sessions and their tokens at the provider, hashes of keys and the addresses they came from, records and decisions, legal holds; who asked to read whose texts and why; who was given, denied and asked for which access and why, and the days it was used; what was stopped and released, by whom and why; what triggers fired on, and who looked at it; which notices of rules who has read, and until when that counts',
  key: 'not sealed, but for tokens of sessions at the provider, which are sealed as texts; for the owner of the folder only',
  ends: 'stays; sessions and keys end when they say',
  claims: (path) => /^store\.db(-wal|-shm|-journal)?$/.test(path),
  eraseOf: async () => ({
    outcome: 'nothing',
    why: 'the account stays: who may sign in is not what somebody entered; nor is who read it',
  }),
}

const pseudonymKey: KeptStore = {
  name: 'pseudonym key',
  holds: 'the secret that tokens for masked values are worked out from; no value and no token',
  key: 'not sealed; for the owner of the folder only',
  ends: 'stays',
  claims: (path) => path === 'keys/pseudonyms',
  eraseOf: async () => ({
    outcome: 'nothing',
    why: 'tokens are worked out each time and none is kept; those in the log went with its texts',
  }),
}

const developmentPassword: KeptStore = {
  name: 'development password',
  holds: 'the password the embedded identity provider takes on this machine',
  key: 'not sealed; for the owner of the folder only',
  ends: 'stays',
  claims: (path) => path === 'keys/development-password',
  eraseOf: async () => ({ outcome: 'nothing', why: 'it belongs to nobody' }),
}

const knowledge = (dataFolder: string): KeptStore => ({
  name: 'company knowledge',
  holds: 'salted hashes of tables and documents the company registered; no clear text',
  key: 'not sealed; values are salted hashes',
  ends: 'stays until it is removed: knowledge remove NAME',
  claims: (path) => /^knowledge\.json(\.new)?$/.test(path),
  eraseOf: async () =>
    existsSync(knowledgePath(dataFolder))
      ? {
          outcome: 'by-hand',
          todo: 'tables are hashes and cannot be searched for a person: if a row of one is about them, register the table again without it',
        }
      : { outcome: 'nothing', why: 'nothing is registered' },
})

const working: KeptStore = {
  name: 'lock and socket',
  holds: 'which process works here, and the way in for commands',
  key: 'nothing to seal',
  ends: 'with the process',
  claims: (path) => ['lock', 'lock.holder', 'lock-journal', 'control.sock'].includes(path),
  eraseOf: async () => ({ outcome: 'nothing', why: 'no text lies there' }),
}
