/**
 * The rooms from left to right: a room may import rooms of earlier lines only. Rooms on one line do not import
 * each other. This is the map; ARCHITECTURE.md says why.
 */
export const rooms: readonly (readonly string[])[] = [
  ['core'],
  ['settings'],
  ['inspect', 'attachments', 'policy', 'chat'],
  ['dialects', 'providers'],
  ['sealing'],
  ['audit', 'identity'],
  ['register'],
  ['snapshot'],
  ['gateway'],
  ['conversations', 'decisions', 'evidence', 'discovery', 'coding'],
  ['app', 'cli'],
  ['main'],
  ['command-line'],
]

/** Files directly in src/ have no folder: the table of contents, the command line, and for the rest the wiring. */
const rootFiles: Readonly<Record<string, string>> = {
  'app.ts': 'app',
  'health.ts': 'app',
  'administration.ts': 'app',
  'command-line.ts': 'command-line',
}

/** Rooms that take values and return values: the browser and the tests run them as they are. */
export const pureRooms: readonly string[] = ['inspect', 'policy', 'chat']

/** Line of a room on the map; undefined for a room that is not on it. */
export function rankOf(room: string): number | undefined {
  const rank = rooms.findIndex((line) => line.includes(room))
  return rank === -1 ? undefined : rank
}

/** The room of a file below src/; undefined elsewhere. */
export function roomOf(path: string): string | undefined {
  const [top, first, ...rest] = path.split('/')
  if (top !== 'src' || first === undefined) return undefined
  if (rest.length > 0) return first
  const name = first.replace(/\.test\.ts$/, '.ts')
  return Object.hasOwn(rootFiles, name) ? rootFiles[name] : 'main'
}
