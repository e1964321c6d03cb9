import { readlinkSync } from 'node:fs'
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import type { Finding } from '#/core/finding.ts'
import { describeError } from '#/core/log-line.ts'
import type { Channel } from '#/core/segment.ts'
import type { Inspector } from '#/inspect/api.ts'
import { type InspectorFacts, type OwnWords, openInspectors } from './inspectors.ts'

/** A text to be looked at, with where it stands. */
export interface TextInChannel {
  readonly text: string
  readonly channel: Channel
}

/** One job. `own` is left out while it is that of the job before. */
export interface InspectJob {
  readonly texts: readonly TextInChannel[]
  readonly own?: OwnWords
}

/** `findings` in the order of the texts, found by the inspector of this version; or why there are none. */
export type InspectResult =
  | { readonly version: string; readonly findings: readonly (readonly Finding[])[] }
  | { readonly problem: string }

/** A quarter of a core at least, also when everything else is busy. */
const lowerPriority = 5

yieldToExchanges()

const opened = openInspectors(workerData as InspectorFacts)
let inspector: Inspector | undefined

async function inspect({ texts, own }: InspectJob): Promise<InspectResult> {
  try {
    const make = await opened
    if (own !== undefined) inspector = make(own)
    if (inspector === undefined)
      throw new Error('the first job of a worker must bring the terms and patterns')
    const { version, inspect: look } = inspector
    return { version, findings: texts.map(({ text, channel }) => look(text, channel)) }
  } catch (error) {
    return { problem: describeError(error) }
  }
}

/** Where there are fewer cores than threads, exchanges come first. Linux gives each thread a priority of its own. */
function yieldToExchanges(): void {
  if (process.platform !== 'linux') return
  const thread = Number(readlinkSync('/proc/thread-self').split('/').at(-1))
  setPriority(thread, lowerPriority)
}

parentPort?.on('message', async (job: InspectJob) => parentPort?.postMessage(await inspect(job)))
