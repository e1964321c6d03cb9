import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { EntryFacts } from '#/audit/api.ts'
import { type Sallyport, startSallyport } from '#/main.ts'
import { type Simulator, startSimulator } from '../simulator/start.ts'
import { defaultRecords } from './records.ts'

/** A whole company for a test: a provider in a process of its own, and a Sallyport with records and a key. */
export interface Company {
  readonly sallyport: Sallyport
  readonly simulator: Simulator
  readonly folder: string
  readonly dataFolder: string
  /** Creates a key for a person; the person need not have signed in. */
  readonly createKey: (asked?: {
    email?: string
    useCase?: string
    expiresInDays?: number
  }) => Promise<{ id: string; key: string }>
  readonly revokeKey: (id: string) => Promise<void>
  readonly end: () => Promise<void>
}

export interface CompanyOptions {
  readonly records?: string
  /** Records that come with them and that nobody has approved. */
  readonly proposed?: string
  /** Lines added to the connections of the settings file. */
  readonly connections?: string
  /** Lines added to the settings file. */
  readonly settings?: string
  readonly clock?: { readonly now: () => number; readonly monotonic: () => number }
}

export async function startCompany(options: CompanyOptions = {}): Promise<Company> {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-company-'))
  const simulator = await startSimulator()
  await writeFile(
    join(folder, 'sallyport.yaml'),
    settingsText(
      simulator.port,
      options.settings ?? '',
      options.connections,
      options.proposed === undefined ? ['records.yaml'] : ['records.yaml', 'proposed.yaml'],
    ),
  )
  if (options.proposed !== undefined) await writeFile(join(folder, 'proposed.yaml'), options.proposed)
  await writeFile(join(folder, 'records.yaml'), options.records ?? defaultRecords)
  const dataFolder = join(folder, 'data')
  const sallyport = await startSallyport({
    environment: {
      PORT: '0',
      SALLYPORT_DATA: dataFolder,
      SALLYPORT_SETTINGS: join(folder, 'sallyport.yaml'),
    },
    ...(options.clock === undefined ? {} : { clock: options.clock }),
    print: () => undefined,
    writeLine: () => undefined,
  }).catch(async (error) => {
    // A simulator left running would keep the file of the test from ending.
    await simulator.stop()
    throw error
  })
  const ask = (name: string, input: unknown) => sallyport.control[name]!(input as never)
  return {
    sallyport,
    simulator,
    folder,
    dataFolder,
    createKey: (asked = {}) =>
      ask('key.create', {
        email: asked.email ?? 'ada@example.com',
        useCase: asked.useCase,
        expiresInDays: asked.expiresInDays ?? 30,
        by: 'test',
      }) as Promise<{ id: string; key: string }>,
    revokeKey: async (id) => {
      await ask('key.revoke', { id, by: 'test', reason: 'test' })
    },
    end: async () => {
      await sallyport.stop()
      await simulator.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** How an exchange ended, once its outcome is in the log: a client that left does not see that. */
export async function outcomeOf({ sallyport }: Company, intent: number): Promise<EntryFacts> {
  for (let tries = 0; tries < 200; tries++) {
    const outcome = await sallyport.audit.outcomeOf(intent)
    if (outcome !== undefined) return outcome.facts
    await pause(10)
  }
  return assert.fail(`the intent ${intent} has no outcome`)
}

export const settingsText = (
  port: number,
  more: string,
  connections = '',
  bootstrap: readonly string[] = ['records.yaml'],
): string => `
connections:
  demo: { kind: demo }
  simulator-openai: { kind: compatible, url: "http://127.0.0.1:${port}/v1", silenceLimitMs: 1500 }
  simulator-anthropic: { kind: anthropic, url: "http://127.0.0.1:${port}", silenceLimitMs: 1500 }
  nowhere: { kind: compatible, url: "http://127.0.0.1:9/v1", silenceLimitMs: 1500 }
${connections}
bootstrap: [${bootstrap.join(', ')}]
${more}
`
