import type { Reply } from '#/core/http/route.ts'

/** RFC 7644, table 9. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'

/** A request of a directory that is refused. `detail` holds no value of the request: it is shown in consoles. */
export class ScimError extends Error {
  override readonly name = 'ScimError'
  readonly status: number
  readonly scimType: ScimType | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(
    status: number,
    detail: string,
    more: {
      readonly scimType?: ScimType
      readonly retryAfterSeconds?: number
      readonly cause?: unknown
    } = {},
  ) {
    super(detail, { cause: more.cause })
    this.status = status
    this.scimType = more.scimType
    this.retryAfterSeconds = more.retryAfterSeconds
  }
}

export const wrong = (scimType: ScimType, detail: string): ScimError =>
  new ScimError(scimType === 'uniqueness' ? 409 : 400, detail, { scimType })

export const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error'
export const contentType = 'application/scim+json; charset=utf-8'

/** RFC 7644, section 3.12: the status is a text. */
export const errorReply = ({ status, scimType, message, retryAfterSeconds }: ScimError): Reply => ({
  status,
  headers: {
    'content-type': contentType,
    ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    ...(status === 401 ? { 'www-authenticate': 'Bearer realm="scim"' } : {}),
  },
  json: {
    schemas: [errorUrn],
    status: String(status),
    ...(scimType === undefined ? {} : { scimType }),
    detail: message,
  },
})
