/** The thread that keeps the index. It is given rows every two seconds and reads from the segments what is missing: nobody waits for it. */
import { setPriority } from 'node:os'
import { parentPort, workerData } from 'node:worker_threads'
import { IndexKeeper, type KeeperOptions, RowMismatch } from './keeper.ts'
import type { Asking, FromIndex, ToIndex } from './messages.ts'
import { isDamage } from './store.ts'

if (parentPort === null) throw new Error('this file is a thread of its own')
const port = parentPort
const keeper = new IndexKeeper(workerData as KeeperOptions)

type Waiting = Extract<ToIndex, { kind: 'ask' }>

let size = 0
let first = 0
let isPumping = false
let waiting: Waiting[] = []
const isRetried = new WeakSet<Waiting>()

// Of a thread, on Linux alone; elsewhere it would slow the whole server down.
if (process.platform === 'linux') setPriority(0, 10)

port.on('message', (message: ToIndex) => {
  if (message.kind === 'close') {
    keeper.close()
    port.close()
    return
  }
  size = Math.max(size, message.size)
  first = Math.max(first, message.first)
  if (message.kind === 'follow' && message.rows !== undefined) keeper.hand(message.rows)
  if (message.kind === 'ask') {
    if (message.asking.do === 'rebuild') rebuild(message)
    else waiting.push(message)
  }
  if (!isPumping) {
    isPumping = true
    pump()
  }
})

/** One batch, then whoever asked: between two batches a question is answered that waits for nothing newer. */
function pump(): void {
  let hasMore = false
  let problem: string | undefined
  try {
    hasMore = keeper.step(size, first)
  } catch (error) {
    problem = sentenceOf(error)
  }
  say({ kind: 'state', indexed: keeper.indexed, problem })
  answerWaiting(problem)
  isPumping = hasMore || waiting.length > 0
  if (isPumping) setImmediate(pump)
}

function answerWaiting(problem: string | undefined): void {
  const asked = waiting
  waiting = []
  for (const each of asked) {
    if (problem !== undefined) say({ kind: 'broken', id: each.id, problem })
    else if (keeper.indexed >= each.size) answer(each)
    else if (Date.now() >= each.untilMs) say({ kind: 'behind', id: each.id, indexed: keeper.indexed })
    else waiting.push(each)
  }
}

function answer(asked: Waiting): void {
  try {
    say({ kind: 'answer', id: asked.id, result: resultOf(asked.asking) })
  } catch (error) {
    if (isRetried.has(asked) || !(error instanceof RowMismatch || isDamage(error))) {
      say({ kind: 'broken', id: asked.id, problem: sentenceOf(error) })
      return
    }
    isRetried.add(asked)
    say({ kind: 'rebuilt', why: sentenceOf(error) })
    keeper.rebuild()
    waiting.push(asked)
  }
}

function resultOf(asking: Asking): unknown {
  switch (asking.do) {
    case 'find':
      return keeper.find(asking.question, asking.page)
    case 'count':
      return keeper.count(asking.question, asking.by)
    case 'words':
      return keeper.words(asking.place)
    case 'catch-up':
    case 'rebuild':
      return keeper.indexed
  }
}

function rebuild({ id }: Waiting): void {
  try {
    keeper.rebuild()
    say({ kind: 'state', indexed: 0, problem: undefined })
    say({ kind: 'answer', id, result: 0 })
  } catch (error) {
    say({ kind: 'broken', id, problem: sentenceOf(error) })
  }
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

const say = (message: FromIndex): void => port.postMessage(message)
