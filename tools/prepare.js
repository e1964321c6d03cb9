// Makes a checkout ready: installs what package-lock.json says when it is not installed yet, and with --page
// builds the page when it is older than what it is made of. Runs before `npm start`, `npm test` and every
// command, on any Node from 20 on and without node_modules; when there is nothing to do it says nothing.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

/**
 * Throws an `Error` whose message says what to do. `say` gets one line per step.
 * @param {{ root: string, wantsPage: boolean, say?: (line: string) => void }} asked
 */
export async function prepare({ root, wantsPage, say = sayOnStandardError }) {
  assertNode20()
  if (isReady(root, wantsPage)) return
  await alone(root, say, async () => {
    if (!isInstalled(root)) await install(root, say)
    if (!wantsPage) return
    const digest = digestOfPage(root)
    if (!isPageBuilt(root, digest)) await buildPage(root, digest, say)
  })
}

/** @param {string} root @param {boolean} wantsPage */
const isReady = (root, wantsPage) =>
  isInstalled(root) && (!wantsPage || isPageBuilt(root, digestOfPage(root)))

/** An installation that takes longer hangs. */
const longestWaitMs = 10 * 60_000

/**
 * Two that install into one folder break each other's work: `npm start` in one terminal, a command in another.
 * @param {string} root @param {(line: string) => void} say @param {() => Promise<void>} work
 */
async function alone(root, say, work) {
  const lock = join(root, '.preparing')
  const since = Date.now()
  let hasSaid = false
  while (!takeLock(lock)) {
    if (Date.now() - since > longestWaitMs)
      throw new Error(`another command has been installing for ten minutes. If none runs, remove ${lock}`)
    if (!hasSaid) say('Another command is installing what is missing; waiting for it ...')
    hasSaid = true
    await setTimeout(200)
  }
  try {
    await work()
  } finally {
    rmSync(lock, { force: true })
  }
}

/** Holds the process id of who has it; of one that is gone it is taken over. @param {string} lock */
function takeLock(lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error)
    if (code !== 'EEXIST') throw new Error(explainNpm(`${code}: ${lock}`))
    if (isGone(Number(readIfThere(lock)))) rmSync(lock, { force: true })
    return false
  }
}

/** @param {number} pid 0 and less are what stands there while it is written. */
function isGone(pid) {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH'
  }
}

/** @param {string} line */
const sayOnStandardError = (line) => process.stderr.write(`${line}\n`)

function assertNode20() {
  if (Number(process.versions.node.split('.')[0]) >= 20) return
  throw new Error(`this is Node ${process.versions.node}; Sallyport needs Node 20 or newer to install itself`)
}

/** @param {string} root */
const nodeOf = (root) => join(root, 'node_modules', '.bin', 'node')

// The stamp lies inside node_modules, so that removing the folder removes it too.
/** @param {string} root */
const stampOf = (root) => join(root, 'node_modules', '.sallyport-prepared')

/** Native packages differ by system: a folder copied to another machine is not installed there. @param {string} root */
function digestOfLock(root) {
  const lock = readFileSync(join(root, 'package-lock.json'))
  return createHash('sha256').update(lock).update(`\n${process.platform} ${process.arch}`).digest('hex')
}

/** @param {string} root */
function isInstalled(root) {
  return existsSync(nodeOf(root)) && readIfThere(stampOf(root)) === digestOfLock(root)
}

/** @param {string} path */
function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT') return undefined
    throw error
  }
}

/** @param {string} root @param {(line: string) => void} say */
async function install(root, say) {
  rmSync(stampOf(root), { force: true })
  say('Installing what is missing (npm ci); this happens once and takes about a minute ...')
  const since = Date.now()
  const { code, output } = await run(
    'npm',
    ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
    root,
  )
  if (code !== 0) throw new Error(explainNpm(output))
  assertNode24(root)
  writeFileSync(stampOf(root), digestOfLock(root))
  say(`Installed in ${secondsSince(since)} s.`)
}

/** @param {string} root */
function assertNode24(root) {
  const { stdout, error } = spawnSync(nodeOf(root), ['--version'], { encoding: 'utf8' })
  if (error === undefined && /^v24\./.test(stdout)) return
  throw new Error(
    [
      `the installed Node is ${error === undefined ? stdout.trim() || 'silent' : 'missing'}, and Sallyport needs Node 24.`,
      'Its package fetches it with an install script. If npm is told to skip those (npm config get ignore-scripts),',
      'allow them for this folder: npm config set ignore-scripts false --location=project',
    ].join('\n'),
  )
}

/** The sentence that says what to do, then npm's own first lines: the last ones are its usage. @param {string} output */
function explainNpm(output) {
  const said = output.trim().split('\n').slice(0, 12).join('\n')
  if (/EUSAGE/.test(output))
    return `package.json and package-lock.json do not fit together: run "npm install" and look at what it changes.\n${said}`
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(output)) {
    return `npm cannot reach the package registry. Check the network (or "npm config get registry" and "npm config get proxy") and run the same command again.\n${said}`
  }
  if (/EACCES|EPERM|EROFS/.test(output))
    return `npm may not write to this folder. Change its owner or its rights.\n${said}`
  if (/ENOSPC/.test(output)) return `the disk is full. Make room and run the same command again.\n${said}`
  return `npm ci failed. It said:\n${said}`
}

// What the page is made of: its own files, and the few of the server it imports.
const pageSources = ['web', 'src/core', 'src/inspect']

/** @param {string} root */
function digestOfPage(root) {
  const files = pageSources.flatMap((folder) => listFiles(root, folder))
  for (const room of readdirSync(join(root, 'src'))) {
    if (existsSync(join(root, 'src', room, 'api.ts'))) files.push(`src/${room}/api.ts`)
  }
  const digest = createHash('sha256')
  for (const file of [...new Set(files), 'package-lock.json'].sort()) {
    digest.update(`${file}\n`).update(
      createHash('sha256')
        .update(readFileSync(join(root, file)))
        .digest(),
    )
  }
  return digest.digest('hex')
}

/** Paths below a folder, tests, notes and the built page left out. @param {string} root @param {string} folder @returns {string[]} */
function listFiles(root, folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory())
      return path === 'web/dist' || entry.name === 'node_modules' ? [] : listFiles(root, path)
    return /\.(test\.tsx?|md)$/.test(entry.name) || !entry.isFile() ? [] : [path]
  })
}

/** @param {string} root */
const pageStampOf = (root) => join(root, 'web', 'dist', '.digest')

/** @param {string} root @param {string} digest */
function isPageBuilt(root, digest) {
  return existsSync(join(root, 'web', 'dist', 'index.html')) && readIfThere(pageStampOf(root)) === digest
}

/** @param {string} root @param {string} digest @param {(line: string) => void} say */
async function buildPage(root, digest, say) {
  rmSync(pageStampOf(root), { force: true })
  say('Building the page ...')
  const since = Date.now()
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const { code, output } = await run(nodeOf(root), [vite, 'build', 'web', '--logLevel', 'warn'], root)
  if (code !== 0) throw new Error(`the page cannot be built. Vite said:\n${output.trim().slice(-4_000)}`)
  writeFileSync(pageStampOf(root), digest)
  say(`Built in ${secondsSince(since)} s.`)
}

/** @param {number} since */
const secondsSince = (since) => ((Date.now() - since) / 1000).toFixed(1)

/** More of a program's output than this only says the same again. */
const keptOutput = 64 * 1024

/** Without the folders npm puts first: its own run must not use the Node it is about to replace. */
const pathWithoutPackages = () =>
  (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !/node_modules[\\/]\.bin$/.test(folder))
    .join(delimiter)

/**
 * Runs a program to its end and gives its exit code and the end of what it wrote.
 * @param {string} program @param {string[]} args @param {string} cwd
 * @returns {Promise<{ code: number, output: string }>}
 */
function run(program, args, cwd) {
  return new Promise((resolve, reject) => {
    const env = { ...process.env, PATH: pathWithoutPackages() }
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output = (output + text).slice(-keptOutput)
      })
    }
    child.once('error', (error) => {
      const isMissing = /** @type {NodeJS.ErrnoException} */ (error).code === 'ENOENT'
      reject(
        isMissing
          ? new Error(
              `${program} is missing. It comes with Node: install Node 20 or newer from https://nodejs.org, or npm with your system's packages.`,
            )
          : error,
      )
    })
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

const isProgram =
  process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)
if (isProgram) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)))
  prepare({ root, wantsPage: process.argv.includes('--page') }).catch((error) => {
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  })
}
