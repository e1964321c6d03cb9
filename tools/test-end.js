// Loaded into each process of tests: one that does not end, because something is still open after its tests or instead
// of them, is ended and says what it runs and what is open. Otherwise the run would wait for it and name nobody.
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { dirname, join } from 'node:path'
import { isMainThread } from 'node:worker_threads'

// A thread is given no environment, so NODE_COMPILE_CACHE does not reach it: it would read the TypeScript of a room anew.
if (!isMainThread)
  enableCompileCache(join(dirname(import.meta.dirname), 'node_modules', '.cache', 'sallyport-tests'))

const file = process.argv[1] ?? ''
const limitMs = Number(process.env.SALLYPORT_TEST_FILE_MS)
const times = process.env.SALLYPORT_TEST_TIMES
const isOfTests = isMainThread && process.env.NODE_TEST_CONTEXT !== undefined && /\.test\.tsx?$/.test(file)

if (isOfTests && limitMs > 0)
  // It keeps nothing alive itself, and fires only where something else does.
  setTimeout(() => {
    const members = readFileSync(file, 'utf8').match(/(?<=\[")[^"]+\.test\.tsx?(?=",")/g) ?? []
    process.stderr.write(
      `${[file, ...members].join('\n  ')}\ndid not end within ${limitMs / 1_000} s. Open: ${process.getActiveResourcesInfo().join(', ')}\n`,
    )
    process.exit(1)
  }, limitMs).unref()

if (isOfTests && times !== undefined)
  process.once('exit', () => {
    const line = { file, wallMs: process.uptime() * 1_000, processorMs: processorMs() }
    appendFileSync(times, `${JSON.stringify(line)}\n`)
  })

/** Of this process and, where Linux counts it, of those it started and waited for. */
function processorMs() {
  const { user, system } = process.cpuUsage()
  const own = (user + system) / 1_000
  if (!existsSync('/proc/self/stat')) return own
  // The name, field 2, may hold spaces and ends with the last bracket; children's ticks of 10 ms are fields 16 and 17 (proc(5)).
  const fields = readFileSync('/proc/self/stat', 'latin1')
    .replace(/^.*\) /s, '')
    .split(' ')
  return own + (Number(fields[13]) + Number(fields[14])) * 10
}
