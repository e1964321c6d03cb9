import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { createContext, runInContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { detectors } from '#/inspect/detectors/index.ts'
import { createInspector, kinds } from '#/inspect/index.ts'
import { checkHere } from '../web/src/conversations/draft-check.ts'

const web = join(import.meta.dirname, '..', 'web')

/** The page as it is served, but not written: its files, and the parts of the sources each holds. */
async function bundle(input?: string) {
  const built = await build({
    root: web,
    configFile: join(web, 'vite.config.ts'),
    logLevel: 'silent',
    build: {
      write: false,
      ...(input === undefined ? {} : { rolldownOptions: { input, preserveEntrySignatures: 'strict' } }),
    },
  })
  if (Array.isArray(built) || !('output' in built)) throw new Error('the page was not built as one bundle')
  return built.output
}

/** As `web/compress.ts` packs what is served. */
const asServed = { level: 9 }

const inspector = createInspector({ terms: [] })
const examples = detectors.flatMap(({ finds, ignores }) => [
  ...finds.map((marked) => marked.replace(/[«»]/g, '')),
  ...ignores,
])

test('the worker of the built page says of every example of every detector what the source says', async () => {
  const worker = (await bundle()).find(({ fileName }) => fileName.includes('draft-worker'))
  assert.ok(worker?.type === 'asset')
  // What makes it larger than it may be is noticed here.
  const { length } = gzipSync(worker.source, asServed)
  assert.ok(length <= 60 * 1_024, `${length} bytes`)
  const answers: unknown[] = []
  let ask: (event: { readonly data: { readonly id: number; readonly text: string } }) => void = () =>
    assert.fail('the worker listens to nothing')
  runInContext(
    String(worker.source),
    createContext({
      addEventListener: (_: string, listener: typeof ask) => {
        ask = listener
      },
      postMessage: (answer: unknown) => void answers.push(answer),
    }),
  )
  for (const [id, text] of examples.entries()) ask({ data: { id, text } })
  assert.ok(examples.length > 2_000)
  for (const [id, text] of examples.entries()) {
    assert.deepEqual(structuredClone(answers[id]), { id, verdict: checkHere(inspector, text) }, text)
  }
})

test('what is bundled for the page finds every example in its place, with every kind and its label', async () => {
  const [chunk] = await bundle(join(web, '..', 'src', 'inspect', 'index.ts'))
  const bundled = (await import(
    `data:text/javascript;base64,${Buffer.from(chunk.code).toString('base64')}`
  )) as { readonly createInspector: typeof createInspector; readonly kinds: typeof kinds }
  assert.deepEqual(bundled.kinds, kinds)
  const other = bundled.createInspector({ terms: [] })
  // Reasons are left out: no draft shows them.
  const placesOf = (look: typeof inspector, text: string) =>
    look.inspect(text, 'user').map(({ why: _, ...place }) => place)
  for (const text of examples) assert.deepEqual(placesOf(other, text), placesOf(inspector, text), text)
})

test('the worker holds nothing of what a company has registered, no injection, no names and no weights', async () => {
  const [chunk] = await bundle(join(web, 'src', 'conversations', 'draft-worker.ts'))
  const held = Object.entries(chunk.modules)
    .filter(([, { renderedLength }]) => renderedLength > 0)
    .flatMap(([path]) => path.split('/src/inspect/')[1] ?? [])
  assert.ok(held.includes('inspector.ts'))
  // What a kind is called is known everywhere.
  const apart = held.filter((path) => /^(?:company|harm|injection|names)\/|^secrets\/model/.test(path))
  assert.deepEqual(
    apart.filter((path) => !path.endsWith('/kinds.ts')),
    [],
  )
})
