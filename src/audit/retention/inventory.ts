import { lstat, readdir } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import type { KeyInventory } from '#/sealing/api.ts'
import type { KeptStore } from './kept-store.ts'

export interface StoreInventory {
  readonly name: string
  readonly holds: string
  readonly key: string
  readonly ends: string
  readonly files: number
  readonly bytes: number
  /** Milliseconds since 1970; undefined when there is no file. */
  readonly oldestMs: number | undefined
  readonly newestMs: number | undefined
}

export interface Inventory {
  readonly stores: readonly StoreInventory[]
  /** Files no store says are its own. */
  readonly unknown: readonly { readonly path: string; readonly bytes: number; readonly atMs: number }[]
  readonly keys: KeyInventory
}

interface FoundFile {
  readonly path: string
  readonly bytes: number
  readonly atMs: number
}

/** Everything in the data folder: which store it belongs to, how much and from when. Nothing is left out. */
export async function takeInventory(
  dataFolder: string,
  stores: readonly KeptStore[],
  keys: KeyInventory,
): Promise<Inventory> {
  const byStore = new Map<KeptStore, FoundFile[]>(stores.map((store) => [store, []]))
  const unknown: FoundFile[] = []
  for (const file of await listFiles(dataFolder)) {
    const store = stores.find(({ claims }) => claims(file.path))
    if (store === undefined) unknown.push(file)
    else byStore.get(store)?.push({ ...file, atMs: store.ageOf?.(file.path) ?? file.atMs })
  }
  const listed = stores.map((store) => summarise(store, byStore.get(store) ?? []))
  return { stores: listed, unknown, keys }
}

async function listFiles(folder: string): Promise<readonly FoundFile[]> {
  const files: FoundFile[] = []
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue
    const path = join(entry.parentPath, entry.name)
    // A file that went while we looked, as temporary ones do, is none.
    const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    if (found === undefined) continue
    files.push({
      path: relative(folder, path).split(sep).join('/'),
      bytes: found.size,
      atMs: Math.floor(found.mtimeMs),
    })
  }
  return files.sort((one, other) => (one.path < other.path ? -1 : 1))
}

function summarise({ name, holds, key, ends }: KeptStore, files: readonly FoundFile[]): StoreInventory {
  // Reduced and not spread: a folder may hold more files than a call takes arguments.
  const least = (most: number | undefined, { atMs }: FoundFile) => Math.min(most ?? atMs, atMs)
  const greatest = (most: number | undefined, { atMs }: FoundFile) => Math.max(most ?? atMs, atMs)
  return {
    name,
    holds,
    key,
    ends,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    oldestMs: files.reduce<number | undefined>(least, undefined),
    newestMs: files.reduce<number | undefined>(greatest, undefined),
  }
}
