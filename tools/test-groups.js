// Which test files share a process. Starting Node and reading what a room imports costs a file more than its tests do,
// and most files leave nothing behind: those run a few dozen to a process. Journeys start and stop a whole Sallyport, which
// reads every source: those run a few to a process. Every other one keeps a process to itself.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** What reaches beyond a test, or is disturbed by what runs beside it: time, memory, processes, sockets, mocks, globals. */
const reachesOut =
  /\bmock\b|\bprocess\.|\bglobalThis\b|[wW]orker\b|\bspawn|\bfork|\bexecFile|\bcreateServer|\blisten\(|\bstart(?:Company|Simulator|Sallyport|Process)\b|\bperformance\.now|\bDate\.now|\bset(?:Timeout|Interval)|\bpause\(|\bsetDefault|\bstackTraceLimit|\.prototype\b|\bgc\(|\/journeys\/|\/support\//

/** Of a journey: another server than the one it starts in its own process, or a look at the process itself. */
const reachesFurther = /\bstartProcess\b|\bmemoryUsage\b|\bmock\b/

/**
 * Who shares, and how many at most: so that what a failure leaves open is looked for in few files, and processors share the
 * work evenly. @type {readonly { most: number, shares: (file: string, text: string) => boolean }[]}
 */
const sharing = [
  { most: 24, shares: (_, text) => !reachesOut.test(text) },
  { most: 3, shares: (file, text) => dirname(file) === journeys && !reachesFurther.test(text) },
]
const journeys = join(root, 'test', 'journeys')

/**
 * What to hand to the runner: files that need a process, and files written into `folder` that load a group each.
 * @param {readonly string[]} files absolute @param {string} folder @returns {string[]}
 */
export function groupTests(files, folder) {
  const left = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]))
  /** @type {string[]} */
  const groups = []
  for (const { most, shares } of sharing) {
    const together = [...left].filter(([file, text]) => shares(file, text)).map(([file]) => file)
    if (together.length < 2) continue
    for (const file of together) left.delete(file)
    together.sort()
    for (let start = 0; start < together.length; start += most) {
      const path = join(folder, `group-${String(groups.length + 1).padStart(2, '0')}.test.ts`)
      writeFileSync(path, groupText(together.slice(start, start + most)))
      groups.push(path)
    }
  }
  return [...groups, ...left.keys()]
}

/**
 * Each is a suite, so that hooks of a whole file run around its own tests only. One that cannot be loaded fails under its own
 * name, and the others run. @param {readonly string[]} files
 */
const groupText = (files) => `import { suite, test } from 'node:test'
for (const [path, url, name] of ${JSON.stringify(files.map((file) => [file, pathToFileURL(file).href, nameOf(file)]))}) {
  await suite(name, async () => {
    try {
      await import(url)
    } catch (error) {
      test(path, () => { throw error })
    }
  })
}
`

/** A name that ends like a file would be taken for a file without tests. @param {string} file */
const nameOf = (file) => relative(root, file).replace(/\.test\.tsx?$/, '')
