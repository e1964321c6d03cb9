/**
 * The real Claude Code and opencode, signed in through a Sallyport of this tree: `npm run journeys:agents`. They are
 * installed once into node_modules/.cache (720 MB, from npm), run with a home of their own that is thrown away, and are
 * pointed at this machine alone. Needs `script` of util-linux, because signing in takes a terminal.
 * `--claude VERSION` and `--opencode VERSION` take others than those this was written with.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { parseArgs } from 'node:util'
import { approveCode, openCode } from '../src/identity/devices/test-approve.ts'
import { type Company, startCompany } from '../test/support/company.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../test/support/records.ts'

const { values } = parseArgs({
  options: {
    claude: { type: 'string', default: '2.1.330' },
    opencode: { type: 'string', default: '1.18.33' },
  },
})
const root = join(import.meta.dirname, '..')
const home = await mkdtemp(join(tmpdir(), 'sallyport-agents-'))
const work = join(home, 'work')
const email = 'ines.halvard@example.com'
/** Of the simulated provider: it tells a story, and cuts its letters apart on the way. */
const model = 'claude-sim-split-utf8'
const story = /^Once upon a time/m

/** Sixty-five cents an answer: what the simulated provider says it used is always the same. */
const dear = offeringText({
  id: 'dear',
  connection: 'simulator-anthropic',
  model: 'claude-sim-echo',
}).replace('output: 8 }', 'output: 65000 }')
const limitUsd = 8
const records = recordsText([
  offeringText({ id: model, connection: 'simulator-anthropic' }),
  offeringText({ id: 'sim-split-utf8', connection: 'simulator-openai' }),
  dear,
  useCaseText('general-assistant', [model, 'sim-split-utf8']),
  useCaseText('capped', [model, 'dear'], `\n    budgetUsdPerPersonPerDay: ${limitUsd}`),
  policyText(),
])

interface Said {
  readonly code: number
  readonly text: string
}

async function main(): Promise<void> {
  const platform = `${process.platform}-${process.arch}`
  const bins = [
    await install(
      'claude',
      `@anthropic-ai/claude-code@${values.claude}`,
      `@anthropic-ai/claude-code-${platform}/claude`,
    ),
    await install('opencode', `opencode-ai@${values.opencode}`, `opencode-${platform}/bin/opencode`),
  ]
  const company = await startCompany({ records })
  try {
    const environment = surroundings(bins)
    await mkdir(join(home, '.claude'))
    await mkdir(work)
    await step('Claude Code signs in with a work account, in a terminal', () => signIn(company, environment))
    await step('Claude Code asks a model, and the provider sees no address', () =>
      askModel(company, environment),
    )
    await step('Claude Code obeys the policy of the gateway', () => readPolicy(company))
    await step('Claude Code tells how much of a day is spent, and shows the dollars', () =>
      readLimits(company, environment),
    )
    await step('Claude Code shows why it is refused when the day is spent', () =>
      spendAll(company, environment),
    )
    await step('Claude Code refreshes by itself', () => refresh(environment))
    await step('Claude Code is out once it is signed out on the page', () =>
      signOutOnPage(company, environment),
    )
    await step('Claude Code works under "sallyport run", with a helper for its key', () =>
      runUnder(company, environment),
    )
    await step('opencode works under "sallyport run"', () => runOpencode(company, environment))
    await step('Codex is not started: its dialect is not served', () => refuseCodex(company, environment))
  } finally {
    await company.end()
    await rm(home, { recursive: true, force: true })
  }
}

async function step(name: string, work: () => Promise<string>): Promise<void> {
  const startedAt = performance.now()
  const note = await work()
  process.stdout.write(`ok  ${name} (${Math.round(performance.now() - startedAt)} ms) ${note}\n`)
}

/** Gives the folder with the program. No script of a package runs: the platform's package is the program itself. */
async function install(name: string, spec: string, path: string): Promise<string> {
  const folder = join(root, 'node_modules', '.cache', 'agents', spec.replaceAll('/', '-'))
  const program = join(folder, 'node_modules', path)
  if (!existsSync(program)) {
    process.stdout.write(`Installing ${spec} ...\n`)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'package.json'), '{"private":true}\n')
    const words = ['install', '--ignore-scripts', '--no-audit', '--no-fund', spec]
    const { code, text } = await run('npm', words, { ...process.env }, folder)
    assert.equal(code, 0, text)
  }
  const bin = join(folder, 'bin')
  await mkdir(bin, { recursive: true })
  await writeFile(join(bin, name), `#!/bin/sh\nexec '${program}' "$@"\n`, { mode: 0o755 })
  return bin
}

/** Nothing of whoever runs this: no home, no key. */
const surroundings = (bins: readonly string[]): NodeJS.ProcessEnv => ({
  HOME: home,
  PATH: [...bins, join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter),
  TERM: 'xterm-256color',
  BROWSER: '/bin/true',
  DISABLE_AUTOUPDATER: '1',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
})

const up = '\u001b[A'
const down = '\u001b[B'

/** What the client shows, in any order, and what a person does then. */
const screens: readonly (readonly [RegExp, readonly string[]])[] = [
  [/Choosethetextstyle/, ['\r']],
  [/PressEntertocontinue/, ['\r']],
  [/No,exit.*Itrustthisfolder/, [down, '\r']],
  [/Entertoconnect/, ['\r']],
  [/Trustgateway.*No,cancellogin/, [up, '\r']],
  [/SignedintoCloudgatewayas.*No,cancellogin/, [up, '\r']],
]

async function signIn(company: Company, environment: NodeJS.ProcessEnv): Promise<string> {
  const { url } = company.sallyport
  const settings = { forceLoginMethod: 'gateway', forceLoginGatewayUrl: url }
  await writeFile(join(home, '.claude', 'settings.json'), JSON.stringify(settings))
  let isApproved = false
  await inTerminal('claude', environment, async (text) => {
    if (/onnectedtoCloudgateway/.test(text)) return 'done'
    const code = /Code:([B-Z]{4}-[B-Z]{4})/.exec(text)?.[1]
    if (code !== undefined && !isApproved) {
      isApproved = true
      await approveCode(company.sallyport, company.dataFolder, code)
    }
    return screens.find(([pattern]) => pattern.test(text))?.[1]
  })
  const { enterpriseGateway } = await readCredentials()
  assert.equal(enterpriseGateway.url, url)
  assert.equal(enterpriseGateway.email, 'employee@example.com')
  assert.match(enterpriseGateway.jwt, /^spd_/)
  return 'as employee@example.com'
}

/**
 * Runs a command line in a terminal until `answer` says that it is done. What it gets is what was shown since it last
 * gave keys, without spaces; the keys it gives are pressed.
 */
async function inTerminal(
  line: string,
  environment: NodeJS.ProcessEnv,
  answer: (text: string) => Promise<readonly string[] | 'done' | undefined>,
): Promise<void> {
  const terminal = spawn('script', ['-qefc', `stty cols 120 rows 45; exec ${line}`, '/dev/null'], {
    cwd: work,
    env: environment,
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  let seen = ''
  let all = ''
  terminal.stdout.on('data', (data: Buffer) => {
    seen += data
    all += data
  })
  const ended = new Promise<void>((resolve, reject) => {
    terminal.once('exit', () => resolve())
    terminal.once('error', reject)
  })
  const until = Date.now() + 90_000
  try {
    for (;;) {
      assert.ok(
        Date.now() < until && terminal.exitCode === null,
        `it did not come to its end:\n${plain(all).slice(-3_000)}`,
      )
      await pause(300)
      const keys = await answer(plain(seen))
      if (keys === 'done') return
      if (keys === undefined) continue
      seen = ''
      // A key that comes while the screen is still being drawn is lost.
      await pause(300)
      for (const key of keys) {
        terminal.stdin.write(key)
        await pause(200)
      }
    }
  } finally {
    terminal.kill()
    await ended
  }
}

/** The letters a terminal would show, without the spaces: the client moves to a column instead of writing them. */
const plain = (text: string): string =>
  text
    .replaceAll(
      /\u001b(?:\[[0-9;?<>=]*[A-Za-z]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[()][A-Z0-9]|[=>78])/g,
      '',
    )
    .replaceAll(/\s/g, '')

interface Credentials {
  readonly enterpriseGateway: {
    readonly url: string
    readonly jwt: string
    readonly email: string
    readonly idpRefreshToken: string
    readonly expiresAt: number
  }
}

const credentialsPath = join(home, '.claude', '.credentials.json')
const readCredentials = async (): Promise<Credentials> =>
  JSON.parse(await readFile(credentialsPath, 'utf8')) as Credentials

async function askModel(company: Company, environment: NodeJS.ProcessEnv): Promise<string> {
  await company.simulator.clear()
  const said = await claude(environment, '-p', '--model', model, `Write to ${email}.`)
  assert.equal(said.code, 0, said.text)
  assert.match(said.text, story)
  const seen = JSON.stringify(await company.simulator.seen())
  assert.ok(seen.length > 10_000, 'the provider saw the whole request')
  assert.ok(!seen.includes(email))
  assert.match(seen, /Write to EMAIL_\w{8}/)
  const { intent, keyId } = await lastExchange(company)
  assert.match(keyId ?? '', /^device_/)
  return `entry ${intent} names ${keyId}`
}

async function lastExchange({ sallyport }: Company): Promise<{ intent: number; keyId: string | undefined }> {
  const [last] = await sallyport.audit.search({ kinds: ['intent'], limit: 1 })
  assert.ok(last, 'no exchange is in the log')
  return { intent: last.index, keyId: last.facts.keyId }
}

async function readPolicy(company: Company): Promise<string> {
  const kept = JSON.parse(await readFile(join(home, '.claude', 'remote-settings.json'), 'utf8')) as object
  assert.deepEqual(kept, company.sallyport.settings.codingAgents.claudeCode)
  return ''
}

/** Spends as the tool that is signed in until more than this share is gone; gives the headers of the last answer. */
async function spend({ sallyport }: Company, share: number): Promise<Headers> {
  const { enterpriseGateway } = await readCredentials()
  for (let tries = 0; tries < 20; tries++) {
    const response = await fetch(`${sallyport.url}/v1/messages`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${enterpriseGateway.jwt}`,
        'anthropic-version': '2023-06-01',
        'x-sallyport-use-case': 'capped',
      },
      body: JSON.stringify({
        ...{ model: 'dear', max_tokens: 10 },
        messages: [{ role: 'user', content: 'Go on.' }],
      }),
    })
    await response.text()
    const used = Number(response.headers.get('anthropic-ratelimit-unified-overage-utilization'))
    if (response.status !== 200 || used > share) return response.headers
  }
  return assert.fail(`less than ${share} was spent`)
}

const capped = { ANTHROPIC_CUSTOM_HEADERS: 'x-sallyport-use-case: capped' }

async function readLimits(company: Company, environment: NodeJS.ProcessEnv): Promise<string> {
  await spend(company, 0.8)
  let isTold = false
  let shown = ''
  const asTheyAre = { ...environment, ...capped }
  await inTerminal(`claude --model ${model} 'Go on.'`, asTheyAre, async (text) => {
    if (isTold && /spenttoday/.test(text)) {
      shown = text
      return 'done'
    }
    if (!isTold && /used81%/.test(text)) {
      isTold = true
      return ['/usage', '\r']
    }
    return screens.find(([pattern]) => pattern.test(text))?.[1]
  })
  assert.match(shown, /81%used/)
  assert.match(shown, /\$6\.50\/\$8\.00spenttoday/)
  return ''
}

async function spendAll(company: Company, environment: NodeJS.ProcessEnv): Promise<string> {
  await spend(company, 1)
  const said = await claude({ ...environment, ...capped }, '-p', '--model', model, 'Go on.')
  assert.notEqual(said.code, 0)
  assert.match(said.text, /^You may spend 8\.00 USD a day in the use case capped; 0\.20 USD are left/m)
  assert.match(said.text, /Ask owner@example\.com/)
  return ''
}

async function refresh(environment: NodeJS.ProcessEnv): Promise<string> {
  const before = await readCredentials()
  const over = {
    ...before,
    enterpriseGateway: { ...before.enterpriseGateway, expiresAt: Date.now() - 1_000 },
  }
  await writeFile(credentialsPath, JSON.stringify(over))
  const said = await claude(environment, '-p', '--model', model, 'Go on.')
  assert.equal(said.code, 0, said.text)
  const { enterpriseGateway } = await readCredentials()
  assert.notEqual(enterpriseGateway.jwt, before.enterpriseGateway.jwt)
  assert.notEqual(enterpriseGateway.idpRefreshToken, before.enterpriseGateway.idpRefreshToken)
  return ''
}

async function signOutOnPage(company: Company, environment: NodeJS.ProcessEnv): Promise<string> {
  const { url } = company.sallyport
  const { keyId } = await lastExchange(company)
  const { browser, csrf } = await openCode(company.sallyport, company.dataFolder, '')
  const form = new URLSearchParams({ csrf, decision: 'sign-out', device: keyId ?? '' })
  assert.equal((await browser.post(`${url}/device`, form, { origin: url })).status, 303)
  const said = await claude(environment, '-p', '--model', model, 'Go on.')
  assert.notEqual(said.code, 0)
  return `it says: ${said.text.trim().split('\n').at(-1)?.slice(0, 160)}`
}

async function runUnder(company: Company, environment: NodeJS.ProcessEnv): Promise<string> {
  await rm(join(home, '.claude'), { recursive: true })
  const sallyport = join(root, 'bin', 'sallyport')
  let isApproved = false
  const login = await run(sallyport, ['login', '--url', company.sallyport.url], environment, work, (text) => {
    const code = /code ([B-Z]{4}-[B-Z]{4})/.exec(text)?.[1]
    if (code === undefined || isApproved) return
    isApproved = true
    approveCode(company.sallyport, company.dataFolder, code).catch(fail)
  })
  assert.equal(login.code, 0, login.text)
  const words = ['run', '--', 'claude', '-p', '--model', model, `Write to ${email}.`]
  const said = await run(sallyport, words, { ...environment, ANTHROPIC_API_KEY: 'a key of my own' }, work)
  assert.equal(said.code, 0, said.text)
  assert.match(said.text, story)
  return ''
}

async function runOpencode(company: Company, environment: NodeJS.ProcessEnv): Promise<string> {
  const words = ['run', '--', 'opencode', 'run', `Write to ${email}.`]
  const said = await run(join(root, 'bin', 'sallyport'), words, environment, work)
  assert.equal(said.code, 0, said.text)
  const named = ['run', '--', 'opencode', 'run', '--model', 'sallyport/sim-split-utf8', 'Go on.']
  const other = await run(join(root, 'bin', 'sallyport'), named, environment, work)
  assert.equal(other.code, 0, other.text)
  const { keyId } = await lastExchange(company)
  assert.match(keyId ?? '', /^device_/)
  const seen = JSON.stringify(await company.simulator.seen())
  assert.ok(!seen.includes(email))
  return `as ${keyId}`
}

/** Until `/v1/responses` is served: then this step has to become one that runs it. */
async function refuseCodex(company: Company, environment: NodeJS.ProcessEnv): Promise<string> {
  const said = await run(
    join(root, 'bin', 'sallyport'),
    ['run', '--tool', 'codex', '--', 'true'],
    environment,
    work,
  )
  assert.equal(said.code, 1, said.text)
  assert.match(said.text, /speaks only to \/v1\/responses/)
  assert.ok(!company.sallyport.routes.some(({ path }) => path === '/v1/responses'))
  return ''
}

const claude = (environment: NodeJS.ProcessEnv, ...words: string[]): Promise<Said> =>
  run('claude', words, environment, work)

/** Runs a program to its end; both of its outputs together. */
function run(
  program: string,
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  folder: string,
  onText: (text: string) => void = () => undefined,
): Promise<Said> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, words, { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
    const tooLong = setTimeout(() => child.kill(), 300_000)
    let text = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (data: Buffer) => {
        text += data
        onText(text)
      })
    child.once('error', reject)
    child.once('close', (code) => {
      clearTimeout(tooLong)
      resolve({ code: code ?? -1, text })
    })
  })
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

function fail(error: unknown): never {
  process.stderr.write(`FAILED ${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

main().catch(fail)
