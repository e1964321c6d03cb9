// Which test files share a process. Starting Node and reading what a room imports costs a file more than its tests do,
// and most files leave nothing behind: those run a few dozen to a process. Every other one keeps a process to itself.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Hooks of a whole file would run around the tests of its neighbours. */
const wholeFileHook = /^(?:before|after|beforeEach|afterEach)\(/m

/** What reaches beyond a test, or is disturbed by what runs beside it: time, memory, processes, sockets, mocks, globals. */
const reachesOut =
  /\bmock\b|\bprocess\.|\bglobalThis\b|[wW]orker\b|\bspawn|\bfork|\bexecFile|\bcreateServer|\blisten\(|\bstart[A-Z]|\bperformance\.now|\bDate\.now|\bset(?:Timeout|Interval)|\bpause\(|\bsetDefault|\bstackTraceLimit|\.prototype\b|\bgc\(|\/journeys\/|\/support\//

/** So that what a failure leaves open is looked for in few files, and processors share the work evenly. */
const filesInAProcess = 24

/** @param {string} text of a test file */
export const sharesAProcess = (text) => !wholeFileHook.test(text) && !reachesOut.test(text)

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

/** One that cannot be loaded fails under its own name, and the others run. @param {readonly string[]} files */
const groupText = (files) => `import { test } from 'node:test'
for (const [path, url] of ${JSON.stringify(files.map((file) => [file, pathToFileURL(file).href]))}) {
  try {
    await import(url)
  } catch (error) {
    test(path, () => { throw error })
  }
}
`
