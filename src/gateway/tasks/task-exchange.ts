import type { IncomingMessage } from 'node:http'
import type { Dialect, DialectName } from '#/chat/api.ts'
import type { DataClass } from '#/core/data-class.ts'
import type { JsonObject } from '#/core/json.ts'
import { type Evidence, Refusal } from '#/core/refusal.ts'
import type { Caller } from '#/core/role.ts'
import { anthropicMessages, openaiChat } from '#/dialects/index.ts'
import type { UsableOffering, UsableUseCase } from '#/policy/api.ts'
import { findUseCase } from '#/policy/use-case.ts'
import { providerOf } from '#/providers/index.ts'
import type { Snapshot } from '#/snapshot/api.ts'
import type { GatewayServices } from '../services.ts'
import type { Summary, TaskAnswer } from './api.ts'
import { composePrompt } from './compose.ts'
import { isWhole, readChecked, textOf } from './read-answer.ts'
import { readEntered } from './read-inputs.ts'

/** What a task makes of what was entered. */
export interface Composed {
  readonly useCase: string
  readonly declaredClass: DataClass | undefined
  readonly body: JsonObject
}

/** The two ends of an exchange that is a task; everything between is that of any exchange. */
export interface TaskExchange {
  /** What its request is written in; known once it is composed. */
  readonly dialect: Dialect
  /**
   * Makes the request of the inputs. Whether the use case is open is looked at first: who may not use it learns nothing of
   * its inputs. Throws `use-case-unknown`, `use-case-conflict`, `not-a-task`, `not-supported`, `request-invalid`,
   * `header-invalid`.
   */
  readonly compose: (body: JsonObject, inHeader: string | undefined, caller: Caller) => Composed
  /** The body that is answered, of what may be shown. Throws `answer-schema`, a plain Error when there is no text. */
  readonly answer: (shown: JsonObject, finish: string | undefined, summary: Summary) => Buffer
  /** Names places by inputs instead of by parts of a request nobody wrote. */
  readonly inWordsOfInputs: (refusal: Refusal) => Refusal
}

type TaskServices = Pick<GatewayServices, 'snapshot' | 'lines' | 'clock' | 'limits'>

/** One exchange of the task `id`; stateful, because its dialect and its use case are known only as it goes. */
export function openTask(id: string, request: IncomingMessage, services: TaskServices): TaskExchange {
  let dialect: Dialect = openaiChat
  let useCase: UsableUseCase | undefined
  let inputAt: ReadonlyMap<string, string> = new Map()
  return {
    get dialect() {
      return dialect
    },
    compose: (body, inHeader, { person, useCase: keyUseCase }) => {
      if (inHeader !== undefined && inHeader !== id)
        throw new Refusal('header-invalid', {
          header: 'x-sallyport-use-case',
          problem: 'the path names another use case',
        })
      assertWhole(request)
      // What somebody typed is not repeated; no use case is called so.
      if (!idOfUseCase.test(id)) throw new Refusal('use-case-unknown', { useCase: '…', isTask: true })
      const snapshot = services.snapshot()
      const asker = { roles: person.roles, personId: person.id, groups: person.groups, isTask: true }
      const known = findUseCase({ ...asker, keyUseCase, askedUseCase: id }, snapshot, services.clock.now())
      if (known.task === undefined) throw new Refusal('not-a-task', { useCase: known.id })
      useCase = known
      const { inputs, model, declaredClass } = readEntered(body, known.task.template)
      dialect = dialects[dialectFor(model, known, snapshot, services)]
      const prompt = composePrompt(known.task, inputs, model, dialect.name)
      inputAt = prompt.inputAt
      return { useCase: id, declaredClass, body: prompt.body }
    },
    answer: (shown, finish, summary) => {
      if (useCase === undefined) throw new Error('a task was answered that was never asked')
      const text = textOf(shown, dialect.name)
      const answer = readChecked(text, finish, useCase, services.limits.jsonMaxDepth)
      const told: TaskAnswer = { answer, isComplete: isWhole(finish), ...summary }
      return Buffer.from(JSON.stringify(told))
    },
    inWordsOfInputs: (refusal) => renamed(refusal, inputAt),
  }
}

const idOfUseCase = /^[a-z0-9][a-z0-9-]{0,99}$/

const dialects: Readonly<Record<DialectName, Dialect>> = {
  'openai-chat': openaiChat,
  'anthropic-messages': anthropicMessages,
}

/** An answer that is checked as a whole is given as a whole. */
function assertWhole({ headers: { accept = '' } }: IncomingMessage): void {
  if (accept.includes('text/event-stream'))
    throw new Refusal('not-supported', {
      what: 'stream the answer of a task',
      instead: 'Ask with "accept: application/json": the answer comes whole, once it was checked.',
    })
}

/** What the named offering speaks, else the first of the use case that is there. */
function dialectFor(
  model: string,
  { offerings }: UsableUseCase,
  snapshot: Snapshot,
  { lines }: Pick<TaskServices, 'lines'>,
): DialectName {
  const all = offerings.flatMap((id) => snapshot.offerings.get(id) ?? [])
  const isNamed = ({ id, aliases }: UsableOffering) => id === model || aliases.includes(model)
  for (const { connection } of [...all.filter(isNamed), ...all]) {
    const line = lines.get(connection)
    if (line === undefined) continue
    const { speaks } = providerOf(line.connection.kind)
    return speaks === 'chat' ? 'openai-chat' : speaks
  }
  return 'openai-chat'
}

function renamed(refusal: Refusal, inputAt: ReadonlyMap<string, string>): Refusal {
  const { field, findings } = refusal.facts as { field?: unknown; findings?: readonly Evidence[] }
  const nameOf = (place: string): string => inputAt.get(place.replace(/\.text$/, '')) ?? place
  if (inputAt.size === 0 || (typeof field !== 'string' && findings === undefined)) return refusal
  return new Refusal(
    refusal.code,
    {
      ...refusal.facts,
      ...(typeof field === 'string' ? { field: nameOf(field) } : {}),
      ...(findings === undefined
        ? {}
        : { findings: findings.map((each) => ({ ...each, field: nameOf(each.field) })) }),
    },
    { cause: refusal },
  )
}
