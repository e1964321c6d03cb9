import { type Dirent, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative, resolve } from 'node:path'
import { textOfFile } from '#/core/text-of-file.ts'
import type { World } from './command.ts'

/** Together they go over the control socket, which takes 8 MiB with what JSON adds. */
const maxBytes = 6 * 1024 * 1024
/** As many as the register takes at once. */
const maxFiles = 20_000
const maxDepth = 16
/** What everybody calls them, also where this command has others. */
const settingsName = 'sallyport.yaml'

export interface RecordText {
  /** As messages name it: the path below the folder. */
  readonly name: string
  readonly text: string
}

/**
 * A file, or every .yaml, .yml and .json file in a folder and below, in the order of their names. Names that begin with a dot
 * are left out, and links are not followed; so are settings, which people keep beside their records, and it is said. Throws
 * when there is none, too much, or one that is not UTF-8.
 */
export function readRecordTexts(
  path: string,
  { environment, complain }: Pick<World, 'environment' | 'complain'>,
): readonly RecordText[] {
  const isFolder = statSync(path).isDirectory()
  const found = isFolder ? filesBelow(path, 0) : [path]
  const inUse = resolve(environment['SALLYPORT_SETTINGS'] ?? settingsName)
  const isSettings = (each: string): boolean =>
    isFolder && (basename(each) === settingsName || resolve(each) === inUse)
  for (const each of found.filter(isSettings)) complain(`${relative(path, each)}: settings, left out\n`)
  const paths = found.filter((each) => !isSettings(each))
  if (paths.length === 0) throw new Error(`${path} holds no .yaml, .yml or .json file`)
  if (paths.length > maxFiles)
    throw new Error(`${path} holds more than ${maxFiles} files; take them in parts`)
  const sizes = paths.map((each) => statSync(each).size)
  if (sizes.reduce((sum, size) => sum + size, 0) > maxBytes) {
    const way = isFolder ? 'take its folders one by one' : 'split it'
    throw new Error(`${path} holds more than ${maxBytes} bytes; ${way}`)
  }
  return paths.map((each) => {
    const name = isFolder ? relative(path, each) : basename(each)
    return { name, text: textOfFile(readFileSync(each), name) }
  })
}

function filesBelow(folder: string, depth: number): readonly string[] {
  if (depth > maxDepth) throw new Error(`${folder} is more than ${maxDepth} folders deep`)
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.'))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((each) => {
      if (each.isDirectory()) return filesBelow(join(folder, each.name), depth + 1)
      return isRecordFile(each) ? [join(folder, each.name)] : []
    })
}

const isRecordFile = (entry: Dirent): boolean => entry.isFile() && /\.(?:ya?ml|json)$/i.test(entry.name)
