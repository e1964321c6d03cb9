import type { ChatRequest } from '#/chat/api.ts'
import { type DataClass, dataClasses, isDataClass } from '#/core/data-class.ts'
import { readBody } from '#/core/http/body.ts'
import { readJsonObject } from '#/core/read-json.ts'
import { Refusal } from '#/core/refusal.ts'
import type { GatewayServices } from '../services.ts'
import type { Admitted } from './admit.ts'

declare const read: unique symbol

/** Stage 3: the wire as chat. `bytes` is the body as it came, for the log. */
export interface Read {
  readonly [read]: true
  readonly admitted: Admitted
  readonly bytes: Buffer
  readonly chat: ChatRequest
  readonly asked: Asked
}

/** What the caller says in headers. */
export interface Asked {
  readonly useCase: string | undefined
  readonly declaredClass: DataClass | undefined
  readonly wantsMask: boolean
}

/** Throws the refusals of a bad body, a bad field or a bad header. */
export async function readRequest(admitted: Admitted, services: GatewayServices): Promise<Read> {
  const { request, dialect } = admitted.identified.received
  const asked = readAsked(request.headers)
  const bytes = await readBody(request, services.limits)
  const chat = dialect.read(readJsonObject(bytes, services.limits.jsonMaxDepth))
  return { admitted, bytes, chat, asked } as Read
}

type Headers = Readonly<Record<string, string | readonly string[] | undefined>>

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
  const remedy = headers['x-sallyport-remedy']
  if (remedy !== undefined && remedy !== 'mask') {
    throw new Refusal('header-invalid', { header: 'x-sallyport-remedy', problem: 'it takes "mask"' })
  }
  return { useCase, declaredClass, wantsMask: remedy === 'mask' }
}
