import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { settingsText } from './company.ts'
import { runCommand } from './process.ts'
import { defaultRecords } from './records.ts'

/** Settings and records in a folder, for a Sallyport that a test starts as a process, once or again and again. */
export interface Prepared {
  readonly folder: string
  readonly dataFolder: string
  readonly environment: NodeJS.ProcessEnv
  /** Creates a key by command. */
  readonly createKey: (expires?: string) => Promise<string>
  readonly remove: () => Promise<void>
}

export interface PrepareOptions {
  readonly providerPort: number
  readonly records?: string
  /** Lines added to the connections of the settings file. */
  readonly connections?: string
  readonly environment?: NodeJS.ProcessEnv
}

export async function prepare(options: PrepareOptions): Promise<Prepared> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-prepared-'))
  const settings = join(folder, 'sallyport.yaml')
  const dataFolder = join(folder, 'data')
  await writeFile(settings, settingsText(options.providerPort, '', options.connections))
  await writeFile(join(folder, 'records.yaml'), options.records ?? defaultRecords)
  const environment = {
    ...process.env,
    ...options.environment,
    PORT: '0',
    SALLYPORT_DATA: dataFolder,
    SALLYPORT_SETTINGS: settings,
  }
  return {
    folder,
    dataFolder,
    environment,
    createKey: async (expires) => {
      const words = ['key', 'create', '--person', 'ada@example.com', '--json']
      const more = expires === undefined ? [] : ['--expires', expires]
      const { code, stdout, stderr } = await runCommand([...words, ...more], environment)
      assert.equal(code, 0, stderr)
      return (JSON.parse(stdout) as { key: string }).key
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

/** A question to a Sallyport as the simplest of clients puts it; the answer has come whole. */
export async function askChat(
  url: string,
  key: string,
  text: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Response> {
  const response = await fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    ...options,
    body: JSON.stringify({ model: 'sim-echo', messages: [{ role: 'user', content: text }] }),
  })
  return new Response(await response.text(), response)
}
