import { printable } from '#/audit/printable.ts'
import type { Inventory, StoreInventory } from '#/audit/retention/inventory.ts'
import { callSallyport } from './call-sallyport.ts'
import { type Command, exitCodes } from './command.ts'

export const auditInventory: Command = {
  usage: '',
  about:
    'Lists every store in the data folder: what it holds, whether and under which key it is sealed, how large and how old it is, and when it ends. Files no store knows are listed too.',
  options: {},
  words: [0, 0],
  run: async (asked) => {
    const inventory = (await callSallyport(asked.world, 'audit.inventory', {})) as Inventory
    await asked.tell(inventory, format(inventory))
    return exitCodes.ok
  },
}

function format({ stores, unknown, keys }: Inventory): string {
  const months = keys.months.map(
    ({ month, people, keys: count }) => `${month} (${people} people, ${count} keys)`,
  )
  return [
    ...stores.flatMap(formatStore),
    `Key of keys: from ${keys.source}, version ${keys.version}, since ${day(keys.madeAtMs)}`,
    `Living keys: ${months.join(', ') || 'none'}`,
    unknown.length === 0 ? 'Unknown files: none' : `UNKNOWN FILES: ${unknown.length}`,
    ...unknown.map(({ path, bytes, atMs }) => `  ${printable(path)}  ${bytes} bytes  ${day(atMs)}`),
  ].join('\n')
}

const formatStore = (store: StoreInventory): readonly string[] => [
  `${store.name}: ${store.files} files, ${store.bytes} bytes` +
    (store.oldestMs === undefined || store.newestMs === undefined
      ? ''
      : `, ${day(store.oldestMs)} to ${day(store.newestMs)}`),
  `  holds: ${store.holds}`,
  `  key: ${store.key}`,
  `  ends: ${store.ends}`,
]

const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
