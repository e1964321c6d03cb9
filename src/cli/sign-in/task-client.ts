import { ControlError } from '#/core/control-socket.ts'
import { isJsonObject } from '#/core/json.ts'
import { readProductVersion } from '#/core/product.ts'
import type { TaskAnswer, TaskList, TaskView } from '#/gateway/tasks/api.ts'
import type { SignedIn } from './sign-in-file.ts'

/** As long as the slowest model may think. */
const limitMs = 600_000
/** As the gate takes answers of providers. */
const answerMaxBytes = 32 * 1_024 * 1_024

type Session = Pick<SignedIn, 'url' | 'accessToken'>

/** Throws `ControlError` with the code of a refusal. */
export async function readTasks(session: Session): Promise<readonly TaskView[]> {
  const { tasks } = (await ask(session, '/tasks', {})) as TaskList
  return tasks
}

/** Throws `ControlError` with the code of a refusal, its sentence and what works now. */
export async function askTask(
  session: Session,
  name: string,
  question: object,
  isMasked: boolean,
): Promise<TaskAnswer> {
  return (await ask(session, `/tasks/${encodeURIComponent(name)}`, {
    method: 'POST',
    body: JSON.stringify(question),
    headers: {
      'content-type': 'application/json',
      ...(isMasked ? { 'x-sallyport-remedy': 'mask' } : {}),
    },
  })) as TaskAnswer
}

/** The client and the gate are one version: what it answers with status 200 has the shape it says. */
async function ask({ url, accessToken }: Session, path: string, init: RequestInit): Promise<unknown> {
  let status: number
  let text: string
  try {
    const response = await fetch(`${url}${path}`, {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(limitMs),
      headers: {
        ...(init.headers as Record<string, string> | undefined),
        'user-agent': `sallyport/${readProductVersion()}`,
        authorization: `Bearer ${accessToken}`,
      },
    })
    status = response.status
    text = await response.text()
    if (text.length > answerMaxBytes) throw new Error('its answer is too long')
  } catch (error) {
    const { cause, message } = error as Error
    const why = cause instanceof Error ? cause.message : message
    throw new ControlError('not-running', `Sallyport at ${url} does not answer: ${why}`, { cause: error })
  }
  const json: unknown = text.startsWith('{') ? JSON.parse(text) : undefined
  if (status === 200 && json !== undefined) return json
  throw refusalIn(json, status)
}

function refusalIn(json: unknown, status: number): ControlError {
  const error = isJsonObject(json) && isJsonObject(json['error']) ? json['error'] : {}
  const { code, message, remedies } = error
  const ways = (Array.isArray(remedies) ? remedies : []).flatMap((each) =>
    isJsonObject(each) && typeof each['text'] === 'string' ? [each['text']] : [],
  )
  return new ControlError(
    typeof code === 'string' ? code : 'answer-unreadable',
    [typeof message === 'string' ? message : `Sallyport answered with status ${status}`, ...ways].join(' '),
  )
}
