import { writeReply } from '#/core/http/reply.ts'
import type { Asked, Route } from '#/core/http/route.ts'
import { Refusal } from '#/core/refusal.ts'
import { openaiChat } from '#/dialects/index.ts'
import { exchange, type WriteRefusal } from '../exchange.ts'
import { logRefusal } from '../log-refusal.ts'
import type { GatewayServices } from '../services.ts'
import type { Received } from '../stages/receive.ts'
import { listTasks } from './list-tasks.ts'
import { openTask } from './task-exchange.ts'

/** Use cases that are asked by their inputs. Each question is an exchange like any other. */
export const taskRoutes = (services: GatewayServices, writeInOwnEnvelope: WriteRefusal): readonly Route[] => [
  {
    on: 'main',
    method: 'GET',
    path: '/tasks',
    need: 'caller',
    reads: 'nothing',
    handle: (asked) => tellTasks(asked, services, writeInOwnEnvelope),
  },
  {
    on: 'main',
    method: 'POST',
    path: '/tasks/:useCase',
    need: 'caller',
    reads: 'itself',
    handle: (asked) => exchange(receiveTask(asked, services), services, inWordsOfInputs(writeInOwnEnvelope)),
  },
]

function receiveTask(
  { requestId, request, response, parameters }: Asked,
  services: GatewayServices,
): Received {
  const task = openTask(parameters['useCase'] ?? '', request, services)
  return {
    ...{ requestId, request, response, task },
    startedAt: services.clock.monotonic(),
    get dialect() {
      return task.dialect
    },
  }
}

const inWordsOfInputs =
  (write: WriteRefusal): WriteRefusal =>
  (refusal, received, receipt) =>
    write(received.task?.inWordsOfInputs(refusal) ?? refusal, received, receipt)

/** Who may not ask stands in the log, as with every exchange. */
async function tellTasks(
  { requestId, request, response }: Asked,
  services: GatewayServices,
  write: WriteRefusal,
): Promise<void> {
  try {
    const caller = await services.identity.identify(request)
    writeReply(response, { json: listTasks(caller, services) }, requestId)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const startedAt = services.clock.monotonic()
    const received = { requestId, request, response, startedAt, dialect: openaiChat }
    write(error, received, await logRefusal(error, received, services, {}))
  }
}
