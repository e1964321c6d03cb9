import type { SealingKeys } from '#/sealing/api.ts'
import { endOfMonth, type RetentionSettings } from './due.ts'
import type { KeptStore } from './kept-store.ts'

/** What the log keeps in the data folder: texts, headers, and the keys of both. */
export const logStores = (
  keys: Pick<SealingKeys, 'destroy'>,
  { contentDays, headerDays, headers }: RetentionSettings,
): readonly KeptStore[] => [
  {
    name: 'log texts',
    holds: 'what was entered, what left, what came back; who asked for a reading or an erasure',
    key: 'AES-256-GCM, a key for each person and month, wrapped by the key of keys',
    ends: `whole months, once older than ${contentDays} days: keys destroyed, files deleted`,
    claims: (path) => /^audit\/[^/]+\/pay\//.test(path),
    ageOf: (path) => {
      const month = /\/pay\/(\d{4,6}-\d\d)\//.exec(path)?.[1]
      return month === undefined ? undefined : endOfMonth(month, -1)
    },
    eraseOf: async (person) => {
      const { commitments, aliases } = await keys.destroy({ person })
      return { outcome: 'erased', counts: { aliases: aliases.length }, keys: commitments }
    },
  },
  {
    name: 'log journal',
    holds: 'what came in the last second or two, texts and headers, until it is durable at its place',
    key: 'as texts and headers',
    ends: 'overwritten once a second, and before anything is erased; gone when the log is closed',
    claims: (path) => /^audit\/[^/]+\/commits\//.test(path),
    eraseOf: async () => ({ outcome: 'nothing', why: 'it was overwritten when the erasure was signed' }),
  },
  {
    name: 'log headers',
    holds:
      'when, how and under which rule something was decided: counts, kinds and versions, no name and no text',
    key: 'not sealed; whose they are stands as a random alias for each person and month',
    ends:
      `anonymous once older than ${headerDays} days, when the aliases are destroyed; ` +
      (headers === 'keep' ? 'the headers stay' : 'then whole segments go, and their hashes stay'),
    claims: (path) => /^audit\/[^/]+\/(seg\/|ended\/|tile\/|checkpoint(\.new)?$|log\.vkey$)/.test(path),
    eraseOf: async () => ({
      outcome: 'nothing',
      why: 'they name nobody; the aliases that stood for the person were destroyed with the keys',
    }),
  },
  {
    name: 'made from the log',
    holds:
      'the search index, the places sinks have come to, what a start takes over of finished segments: facts of headers and aliases, no text',
    key: 'not sealed; as the headers',
    ends: 'as the headers; can be deleted at any time and is made anew',
    claims: (path) => /^audit\/[^/]+\/(index\.db(-wal|-shm|-journal)?$|export\/|summary\/)/.test(path),
    eraseOf: async () => ({
      outcome: 'nothing',
      why: 'it holds aliases and names nobody; the aliases that stood for the person were destroyed',
    }),
  },
  {
    name: 'ballast',
    holds: 'nothing: room that is given up when the disk is full',
    key: 'nothing to seal',
    ends: 'when the disk is full; made anew when there is room',
    claims: (path) => path === 'audit/ballast',
    eraseOf: async () => ({ outcome: 'nothing', why: 'no text lies there' }),
  },
  {
    name: 'keys',
    holds:
      'the key of keys or what leads to it, wrapped data keys, aliases, the signing key, the last checkpoint',
    key: 'data keys are wrapped by the key of keys; the rest is for the owner of the folder only',
    ends: 'data keys with the texts, aliases with the names of headers; the others stay',
    claims: (path) => /^keys\/(kek|data-keys\.db|[^/]+\.signing\.pem|[^/]+\.checkpoint)/.test(path),
    eraseOf: async () => ({
      outcome: 'nothing',
      why: 'the keys of the person were destroyed with the texts',
    }),
  },
]
