// Runs the tests with the installed Node 24: `npm test`, and `npm run test:long` for those that kill, fill disks
// or load (test/long). File names and --test-... options are passed on: npm test -- src/core --test-name-pattern=key
// With --times the costliest files and tests are named at the end.
// With SALLYPORT_REQUIRE_ALL=1 a skipped or unfinished (todo) test counts as a failure.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, statSync } from 'node:fs'
import { availableParallelism, constants, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { groupTests } from './test-groups.js'
import { timesText } from './test-times.js'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

// A test or a file that hangs must end with its name, not the run of whoever waits for it.
const limitMs = { short: 240_000, long: 900_000 }

async function main() {
  const args = process.argv.slice(2).filter((word) => word !== '--long' && word !== '--times')
  const isLong = process.argv.includes('--long')
  const withTimes = process.argv.includes('--times')
  const { options, names } = split(args)
  const usual = (isLong ? ['test/long'] : ['src', 'test', 'web']).filter((name) =>
    existsSync(join(root, name)),
  )
  const files = findTests(names.length > 0 ? names : usual, isLong || names.length > 0)
  if (files.length === 0) throw new Error(`there is no test in ${names.join(', ') || 'the usual folders'}`)

  const folder = mkdtempSync(join(isLong ? tmpdir() : quickFolder(), 'sallyport-test-'))
  try {
    const record = join(folder, 'record.tap')
    const times = withTimes ? join(folder, 'times.jsonl') : undefined
    const limit = isLong ? limitMs.long : limitMs.short
    const code = await runNode({ limit, folder, times }, [
      `--import=${pathToFileURL(join(root, 'tools', 'test-end.js')).href}`,
      '--test',
      // Tests that measure or kill must have the machine to themselves. Of the others two more run than there are
      // processors: journeys wait for browsers and commands as long as they compute.
      `--test-concurrency=${isLong ? 1 : Math.min(4, availableParallelism() + 2)}`,
      `--test-timeout=${limit}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${record}`,
      ...options,
      ...(isLong ? files : groupTests(files, folder)),
    ])
    const tap = existsSync(record) ? readFileSync(record, 'utf8') : ''
    if (times !== undefined && existsSync(times))
      process.stdout.write(timesText(root, readFileSync(times, 'utf8'), tap))
    process.exitCode = code === 0 ? judge(tap) : code
  } finally {
    // What a killed test started may still be writing.
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/**
 * Where a short run keeps what its tests write. Half of what they wait for is the disk, thousands of syncs, and none of them
 * takes the power away: those of test/long have the disk. Containers often have 64 MB of this memory, which is too little.
 */
function quickFolder() {
  const memory = '/dev/shm'
  if (process.env.TMPDIR !== undefined || !existsSync(memory)) return tmpdir()
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize >= 4 * 2 ** 30 ? memory : tmpdir()
}

const takesValue = ['--test-name-pattern', '--test-skip-pattern', '--test-timeout', '--test-concurrency']

/** Options of Node go before the files. @param {string[]} args */
function split(args) {
  const options = []
  const names = []
  for (let index = 0; index < args.length; index++) {
    const word = args[index] ?? ''
    if (takesValue.includes(word)) options.push(`${word}=${args[++index] ?? ''}`)
    else if (word.startsWith('--')) options.push(word)
    else names.push(word)
  }
  return { options, names }
}

/** Test files below the folders, and files named themselves. @param {string[]} names @param {boolean} withLong @returns {string[]} */
function findTests(names, withLong) {
  return names.flatMap((name) => {
    const path = join(root, name)
    if (!existsSync(path)) throw new Error(`there is no ${name}`)
    if (statSync(path).isFile()) return [path]
    return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
      const below = join(name, entry.name)
      if (entry.isDirectory()) {
        if (entry.name === 'node_modules' || (below === join('test', 'long') && !withLong)) return []
        return findTests([below], withLong)
      }
      return /\.test\.tsx?$/.test(entry.name) ? [join(root, below)] : []
    })
  })
}

/**
 * Gives the exit code.
 * @param {{ limit: number, folder: string, times: string | undefined }} run @param {string[]} args @returns {Promise<number>}
 */
function runNode({ limit, folder, times }, args) {
  // Set when we run inside a test ourselves; a runner that sees it runs nothing.
  const { NODE_TEST_CONTEXT: _, ...rest } = process.env
  // Three hundred files share most of what they import: read as TypeScript once, not once for each.
  const env = {
    NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'sallyport-tests'),
    SALLYPORT_TEST_FILE_MS: String(limit),
    TMPDIR: folder,
    ...(times === undefined ? {} : { SALLYPORT_TEST_TIMES: times }),
    ...rest,
  }
  return new Promise((resolve, reject) => {
    const node = join(root, 'node_modules', '.bin', 'node')
    const child = spawn(node, args, { cwd: root, env, stdio: 'inherit' })
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
      process.on(signal, () => child.kill(signal))
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + (constants.signals[signal ?? 'SIGTERM'] ?? 0)))
  })
}

/** Exit code of a run that passed, by its TAP record: nothing may be left out when all is required. @param {string} tap */
function judge(tap) {
  // A hash in a name is escaped in TAP, so that only a directive looks like one. A suite left out counts no test,
  // which is why the counts at the end are not enough.
  const left = [...tap.matchAll(/^ *(?:not )?ok \d+ - (.*) # (SKIP|TODO)\b *(.*)$/gm)]
  const count = /^# tests (\d+)$/m.exec(tap)?.[1]
  // A file in which no test ran is counted as one test, under its path.
  const empty = tap.match(/^ok \d+ - \S+\.test\.tsx?(?: #.*)?$/gm)?.length ?? 0
  if (count === undefined || (Number(count) <= empty && left.length === 0)) {
    process.stderr.write('No test ran.\n')
    return 1
  }
  if (left.length === 0 || process.env.SALLYPORT_REQUIRE_ALL !== '1') return 0
  process.stderr.write('\nSALLYPORT_REQUIRE_ALL=1, and these did not run to their end:\n')
  for (const [, name, kind, why] of left)
    process.stderr.write(`  ${kind?.toLowerCase()}: ${name}${why === '' ? '' : ` (${why})`}\n`)
  return 1
}

main().catch((error) => {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
})
