import type { IncomingMessage } from 'node:http'
import type { Reply, Route } from '#/core/http/route.ts'
import type { JsonObject } from '#/core/json.ts'
import type { Directory } from './directory.ts'
import { contentType, ScimError } from './scim-error.ts'

export const scimBase = '/scim/v2'

/** One request of a directory that has shown its token. */
export interface ScimAsked {
  readonly directory: Directory
  /** Address of `/scim/v2`. */
  readonly base: string
  readonly url: URL
  readonly request: IncomingMessage
  readonly parameters: Readonly<Record<string, string>>
  readonly body: () => Promise<JsonObject>
}

export type ScimHandle = (asked: ScimAsked) => Promise<Reply> | Reply
export type ScimRoute = readonly [method: Route['method'], path: string, handle: ScimHandle]

export const json = (body: JsonObject, more: Partial<Reply> = {}): Reply => ({
  ...more,
  headers: { ...more.headers, 'content-type': contentType },
  json: body,
})

export const idOf = (parameters: Readonly<Record<string, string>>): string => parameters['id'] ?? ''

/** What a write expects to be there: `If-Match` with the version it read. Throws `ScimError` 412. */
export function assertVersion(request: IncomingMessage, etag: string): void {
  const wanted = request.headers['if-match']
  if (wanted === undefined || wanted.trim() === '*') return
  if (!wanted.split(',').some((each) => each.trim() === etag))
    throw new ScimError(412, 'It has changed since it was read; read it again.')
}

export const isUnchanged = (request: IncomingMessage, etag: string): boolean =>
  request.headers['if-none-match']?.split(',').some((each) => each.trim() === etag) === true
