// `npm run check`: format and lint, types, and the map of the rooms. One line for each; the first that fails is
// shown whole and ends the run. Two run at a time.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = join(root, 'node_modules', '.bin')
const atOnce = 2

/** @param {string} name @param {string} project @returns {Check} */
const types = (name, project) => ({ name, program: join(bin, 'tsc'), args: ['-p', project], needs: project })

/** @typedef {{ name: string, program: string, args: string[], needs?: string }} Check */
/** @typedef {{ code: number, output: string, seconds: string }} Outcome */

// A program that writes to us thinks nobody sees colours, unless it is told to force them.
const plain = process.stdout.isTTY ? ['--colors=force'] : ['--colors=off']

/** @type {Check[]} */
const checks = [
  {
    name: 'format and lint',
    program: join(bin, 'biome'),
    args: ['ci', ...plain, '--diagnostic-level=warn', '.'],
  },
  types('types', 'tsconfig.json'),
  types('types of inspect, without Node', 'src/inspect/tsconfig.json'),
  types('types of chat, without Node', 'src/chat/tsconfig.json'),
  types('types of policy, without Node', 'src/policy/tsconfig.json'),
  types('types of the page', 'web/tsconfig.json'),
  types('types of the tests of the page', 'web/tsconfig.test.json'),
  { name: 'architecture', program: join(bin, 'node'), args: ['--test', 'test/architecture.test.ts'] },
]

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/** @param {Check} check @returns {Promise<Outcome>} */
function run({ program, args }) {
  const since = Date.now()
  const { NODE_TEST_CONTEXT: _, ...env } = process.env
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] })
    running.add(child)
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (output += text))
    /** @param {number} code */
    const finish = (code) => {
      running.delete(child)
      resolve({ code, output, seconds: ((Date.now() - since) / 1000).toFixed(1) })
    }
    child.once('error', (error) => {
      output += error.message
      finish(1)
    })
    child.once('close', (code) => finish(code ?? 1))
  })
}

async function main() {
  const wanted = checks.filter(({ needs }) => needs === undefined || existsSync(join(root, needs)))
  /** @type {Promise<Outcome>[]} */
  const started = []
  for (const [index, check] of wanted.entries()) {
    while (started.length < wanted.length && started.length < index + atOnce) {
      started.push(run(/** @type {Check} */ (wanted[started.length])))
    }
    const { code, output, seconds } = await /** @type {Promise<Outcome>} */ (started[index])
    process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name} (${seconds} s)\n`)
    if (code === 0) continue
    process.stdout.write(`\n${output.trimEnd()}\n`)
    for (const child of running) child.kill()
    process.exitCode = 1
    return
  }
}

await main()
