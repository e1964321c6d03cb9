import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createContext, runInContext } from 'node:vm'
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { build } from 'vite'
import { VerdictCache } from '#/gateway/verdict-cache.ts'
import { detectors } from '#/inspect/detectors/index.ts'
import { furtherDetectors } from '#/inspect/further/index.ts'
import { createInspector } from '#/inspect/index.ts'
import { createTriggerScan } from '#/inspect/trigger-scan.ts'
import { atLeast, atMost, type Figure, median, told } from '../figure.ts'
import { hostileFigures, timedHostile } from './hostile.ts'
import { msOf, quickestOf, type Timed } from './quickest.ts'

/** A long prompt; a draft; what a coding agent sends again with every turn. In UTF-16 units. */
const promptUnits = 8_192
const draftUnits = 4_096
const bodyUnits = 200_000
const newUnits = 2_048

/** All texts of one kind together: enough that no cache of the processor holds them. */
const corpusUnits = 4_000_000
/** V8 compiles for seconds, and a gateway runs for days. */
const firstMs = 6_000
const ms = 4_000
/** Some five milliseconds. */
const textsOfStep = 32

/** One core, this machine, all kinds that need no weights. */
export async function speedFigures(corporaFolder: string): Promise<readonly Figure[]> {
  const prose = promptsOf(await textsOf(corporaFolder, (kind) => !kind.includes('code')))
  const code = promptsOf(await textsOf(corporaFolder, (kind) => kind.includes('code')))
  const inspector = createInspector({ terms: [], further: furtherDetectors })
  const scan = createTriggerScan([...detectors, ...furtherDetectors])
  const inspect = (text: string): unknown => inspector.inspect(text, 'user')
  const passes = [
    passOver(prose, inspect),
    passOver(code, inspect),
    passOver(prose, (text) => scan(text, () => undefined)),
  ]
  // By themselves: V8 compiles for what it sees, and between hostile texts prose is a twelfth slower for seconds.
  const [ofProse = 0, ofCode = 0, ofTriggers = 0] = await quickestOf(passes)
  const hostile = await quickestOf(timedHostile)
  return [
    atLeast('speed: rules on prose', rateOf(prose, ofProse), 'MB/s', 60),
    atLeast('speed: rules on code', rateOf(code, ofCode), 'MB/s', 25),
    atLeast('speed: trigger pass on prose', rateOf(prose, ofTriggers), 'MB/s', 150),
    ...firstSight(prose),
    agentBody(code),
    ...hostileFigures(hostile),
    ...(await pageFigures(prose)),
  ]
}

async function textsOf(folder: string, takes: (kind: string) => boolean): Promise<string[]> {
  const lines = gunzipSync(await readFile(join(folder, 'injection', 'dev.jsonl.gz')))
    .toString()
    .split('\n')
  const texts: string[] = []
  let units = 0
  for (const line of lines) {
    if (line === '' || units > corpusUnits) continue
    const row = JSON.parse(line) as { label: number; src: string; text: string }
    if (row.label !== 0 || !takes(row.src)) continue
    texts.push(row.text)
    units += row.text.length
  }
  return texts
}

/** Texts joined until they have the length of a prompt. */
function promptsOf(texts: readonly string[]): readonly string[] {
  const joined = texts.join('\n\n')
  const prompts: string[] = []
  for (let at = 0; at + promptUnits <= joined.length; at += promptUnits)
    prompts.push(Buffer.from(joined.slice(at, at + promptUnits)).toString())
  return prompts
}

/** All texts, one after the other. */
const passOver = (texts: readonly string[], look: (text: string) => unknown): Timed => ({
  steps: Array.from({ length: Math.ceil(texts.length / textsOfStep) }, (_, step) => {
    const own = texts.slice(step * textsOfStep, (step + 1) * textsOfStep)
    return () => {
      for (const text of own) look(text)
    }
  }),
  firstMs,
  ms,
})

/** Millions of UTF-16 units in a second. */
const rateOf = (texts: readonly string[], milliseconds: number): number =>
  texts.reduce((sum, { length }) => sum + length, 0) / milliseconds / 1_000

function firstSight(prose: readonly string[]): Figure[] {
  const inspector = createInspector({ terms: [], further: furtherDetectors })
  const cache = new VerdictCache()
  const first = prose.map((text) => msOf(() => cache.inspect(inspector, text, 'user')))
  const again = prose.map((text) => msOf(() => cache.inspect(inspector, text, 'user')))
  return [
    atMost('speed: 8 kB at first sight, rules, median', median(first), 'ms', 6),
    atMost('speed: 8 kB seen before, median', median(again), 'ms', 0.05),
  ]
}

/** A session of a coding agent: all of it was seen before but the last two kilobytes. */
function agentBody(code: readonly string[]): Figure {
  const inspector = createInspector({ terms: [], further: furtherDetectors })
  const cache = new VerdictCache()
  const segments = code.slice(0, bodyUnits / promptUnits)
  for (const segment of segments) cache.inspect(inspector, segment, 'tool-result')
  const samples = code.slice(segments.length, segments.length + 100).map((text) =>
    msOf(() => {
      for (const segment of segments) cache.inspect(inspector, segment, 'tool-result')
      cache.inspect(inspector, text.slice(0, newUnits), 'tool-result')
    }),
  )
  return atMost('speed: 200 kB of an agent, 2 kB new, rules, median', median(samples), 'ms', 3)
}

/** What a browser loads to look at a draft: the worker of the page, built as the page is, and compressed. */
async function pageFigures(prose: readonly string[]): Promise<Figure[]> {
  const root = join(import.meta.dirname, '..', '..', 'web')
  const built = await build({
    root,
    configFile: join(root, 'vite.config.ts'),
    logLevel: 'silent',
    build: { write: false },
  })
  const output = 'output' in built ? built.output : []
  const worker = output.find(({ fileName }) => fileName.includes('draft-worker'))
  if (worker?.type !== 'asset') throw new Error('the page was built without its worker')
  const look = lookerOf(String(worker.source))
  const samples = prose.map((text) => text.slice(0, draftUnits)).map((draft) => msOf(() => look(draft)))
  return [
    atMost('page: inspection, compressed', gzipSync(worker.source, { level: 9 }).length / 1_024, 'kB', 60),
    told('page: inspection, compressed by brotli', brotliCompressSync(worker.source).length / 1_024, 'kB'),
    atMost('page: a draft of 4 kB, median', median(samples), 'ms', 20),
  ]
}

/** The worker itself, as a browser would run it: it answers what it is sent. */
function lookerOf(source: string): (text: string) => unknown {
  let ask: (event: { readonly data: { readonly id: number; readonly text: string } }) => void = () => {
    throw new Error('the worker listens to nothing')
  }
  let answer: unknown
  runInContext(
    source,
    createContext({
      addEventListener: (_: string, listener: typeof ask) => {
        ask = listener
      },
      postMessage: (answered: unknown) => {
        answer = answered
      },
    }),
  )
  return (text) => {
    ask({ data: { id: 0, text } })
    return answer
  }
}
