import type { ChatRequest } from '#/chat/api.ts'
import { type DataClass, dataClasses, highestClass, isDataClass } from '#/core/data-class.ts'
import { readBody, takeBody } from '#/core/http/body.ts'
import { isGzip, readGzipBody } from '#/core/http/gzip-body.ts'
import { parseJsonObject, textOf } from '#/core/read-json.ts'
import { Refusal } from '#/core/refusal.ts'
import { type Headers, readAcknowledges, readJustification } from '../answers-to-rules.ts'
import { withFileTexts } from '../file-text.ts'
import type { GatewayServices } from '../services.ts'
import type { Composed } from '../tasks/task-exchange.ts'
import type { Admitted } from './admit.ts'

declare const read: unique symbol

/** Stage 3: the wire as chat. `bytes` is the body as it came, or as it was unpacked, for the log, and `characters` how many those are as a text. */
export interface Read {
  readonly [read]: true
  readonly admitted: Admitted
  readonly bytes: Buffer
  readonly characters: number
  readonly chat: ChatRequest
  readonly asked: Asked
  /** The caller asked for another body than the one that came. */
  readonly isRewritten: boolean
  /** What labels say of files whose texts stand in the body instead of them. */
  readonly labelClass: DataClass
}

/** What the caller says in headers. */
export interface Asked {
  readonly useCase: string | undefined
  readonly declaredClass: DataClass | undefined
  readonly wantsMask: boolean
  /** Files are to be sent as their texts. */
  readonly wantsFileText: boolean
  /** Why it may go, in the caller's own words: kept sealed, never sent on. */
  readonly justification: string | undefined
  /** Rules whose notice the caller has read, by id. */
  readonly acknowledges: readonly string[]
}

/** At once for a body that is all there. Throws the refusals of a bad body, a bad field or a bad header. */
export function readRequest(admitted: Admitted, services: GatewayServices): Read | Promise<Read> {
  const { request } = admitted.identified.received
  const headers = readAsked(request.headers)
  const isPacked = isGzip(request)
  const bytes = isPacked ? undefined : takeBody(request, services.limits)
  if (bytes !== undefined) return readBytes(bytes, headers, admitted, services)
  const coming = isPacked ? readGzipBody(request, services.limits) : readBody(request, services.limits)
  return coming.then((read) => readBytes(read, headers, admitted, services))
}

function readBytes(
  bytes: Buffer,
  headers: Asked,
  admitted: Admitted,
  { limits, files }: GatewayServices,
): Read | Promise<Read> {
  const { received, caller } = admitted.identified
  const text = textOf(bytes)
  const parsed = parseJsonObject(text, limits.jsonMaxDepth)
  const composed = received.task?.compose(parsed, headers.useCase, caller)
  const asked = composed === undefined ? headers : withTask(headers, composed)
  // A task chooses its dialect while it is composed.
  const { dialect } = received
  const entered = dialect.read(composed?.body ?? parsed)
  const readAs = (chat: ChatRequest, labelClass: DataClass): Read => {
    const isRewritten = chat.body !== parsed
    const plain: Omit<Read, typeof read> = {
      admitted,
      bytes,
      characters: text.length,
      chat,
      asked,
      isRewritten,
      labelClass,
    }
    return plain as Read
  }
  if (!asked.wantsFileText) return readAs(entered, 'public')
  return withFileTexts(entered, dialect, files).then(({ body, labelClass }) =>
    readAs(body === entered.body ? entered : dialect.read(body), labelClass),
  )
}

/** The path names the use case; the class is the higher of what body and header say. */
function withTask(headers: Asked, { useCase, declaredClass }: Composed): Asked {
  const declared = [headers.declaredClass, declaredClass].flatMap((each) => each ?? [])
  return {
    ...headers,
    useCase,
    declaredClass: declared.length === 0 ? undefined : highestClass(declared),
  }
}

const knownRemedies: readonly string[] = ['mask', 'file-text']

function readRemedies(header: Headers[string]): readonly string[] {
  if (header === undefined) return []
  const remedies = typeof header === 'string' ? header.split(',').map((each) => each.trim()) : []
  if (remedies.length === 0 || !remedies.every((each) => knownRemedies.includes(each))) {
    const problem = 'it takes "mask", "file-text", or both with a comma between them'
    throw new Refusal('header-invalid', { header: 'x-sallyport-remedy', problem })
  }
  return remedies
}

function readAsked(headers: Headers): Asked {
  const useCase = headers['x-sallyport-use-case']
  if (useCase !== undefined && (typeof useCase !== 'string' || !/^[a-z0-9][a-z0-9-]{0,99}$/.test(useCase))) {
    throw new Refusal('header-invalid', {
      header: 'x-sallyport-use-case',
      problem: 'it takes an id of lower-case letters, digits and hyphens',
    })
  }
  const declaredClass = headers['x-sallyport-class']
  if (declaredClass !== undefined && !isDataClass(declaredClass)) {
    throw new Refusal('header-invalid', {
      header: 'x-sallyport-class',
      problem: `it takes one of ${dataClasses.join(', ')}`,
    })
  }
  const remedies = readRemedies(headers['x-sallyport-remedy'])
  return {
    useCase,
    declaredClass,
    wantsMask: remedies.includes('mask'),
    wantsFileText: remedies.includes('file-text'),
    justification: readJustification(headers['x-sallyport-justification']),
    acknowledges: readAcknowledges(headers['x-sallyport-acknowledge']),
  }
}
