// Loaded into each process of tests: one that does not end, because something is still open after its tests or instead
// of them, is ended and says what it runs and what is open. Otherwise the run would wait for it and name nobody.
import { readFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

const file = process.argv[1] ?? ''
const limitMs = Number(process.env.SALLYPORT_TEST_FILE_MS)

if (isMainThread && process.env.NODE_TEST_CONTEXT !== undefined && /\.test\.tsx?$/.test(file) && limitMs > 0)
  // It keeps nothing alive itself, and fires only where something else does.
  setTimeout(() => {
    const members = readFileSync(file, 'utf8').match(/(?<=\[")[^"]+\.test\.tsx?(?=",")/g) ?? []
    process.stderr.write(
      `${[file, ...members].join('\n  ')}\ndid not end within ${limitMs / 1_000} s. Open: ${process.getActiveResourcesInfo().join(', ')}\n`,
    )
    process.exit(1)
  }, limitMs).unref()
