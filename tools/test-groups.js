// Which test files share a process. Starting Node and reading what a room imports costs a file more than its tests do,
// and most files leave nothing behind: those run a few dozen to a process. Every other one keeps a process to itself.
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** What reaches beyond a test, or is disturbed by what runs beside it: time, memory, processes, sockets, mocks, globals. */
const reachesOut =
  /\bmock\b|\bprocess\.|\bglobalThis\b|[wW]orker\b|\bspawn|\bfork|\bexecFile|\bcreateServer|\blisten\(|\bstart(?:Company|Simulator|Sallyport|Process)\b|\bperformance\.now|\bDate\.now|\bset(?:Timeout|Interval)|\bpause\(|\bsetDefault|\bstackTraceLimit|\.prototype\b|\bgc\(|\/journeys\/|\/support\//

/** So that what a failure leaves open is looked for in few files, and processors share the work evenly. */
const filesInAProcess = 24

/** @param {string} text of a test file */
export const sharesAProcess = (text) => !reachesOut.test(text)

/**
 * What to hand to the runner: files that need a process, and files written into `folder` that load a group each.
 * @param {readonly string[]} files absolute @param {string} folder @returns {string[]}
 */
export function groupTests(files, folder) {
  const sharing = files.filter((file) => sharesAProcess(readFileSync(file, 'utf8')))
  const together = new Set(sharing.length > 1 ? sharing : [])
  const groups = []
  const inOrder = [...together].sort()
  for (let start = 0; start < inOrder.length; start += filesInAProcess) {
    const path = join(folder, `group-${String(groups.length + 1).padStart(2, '0')}.test.ts`)
    writeFileSync(path, groupText(inOrder.slice(start, start + filesInAProcess)))
    groups.push(path)
  }
  return [...groups, ...files.filter((file) => !together.has(file))]
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
