import { z } from 'zod'
import { type Call, callService } from '#/core/http/call-service.ts'
import { signAws } from '#/sealing/guards/aws-signature.ts'
import type { RetentionSettings } from '#/settings/api.ts'
import type { RetentionSecrets } from '#/settings/credentials.ts'
import type { OfferingFacts } from '../kinds/offering.ts'
import type { RetentionMeasured } from './api.ts'

export interface RetentionAsked {
  /** Of the connection. */
  readonly url: string
  readonly settings: RetentionSettings
  readonly secrets: RetentionSecrets
  readonly limitMs: number
  readonly atMs: number
  readonly ca?: string | undefined
}

const word = z.string().regex(/^[a-z_]{1,60}$/)
const openaiAnswer = z.object({ type: word })
const bedrockAnswer = z.object({ mode: word })

/** Asks the provider how long it keeps what is sent, as the account is set. Rejects, naming host and what is wrong. */
export async function measureRetention(asked: RetentionAsked): Promise<RetentionMeasured> {
  const { settings, secrets } = asked
  if (settings.kind === 'openai' && secrets.kind === 'openai') {
    const bearer = { authorization: `Bearer ${secrets.credential}` }
    const base = asked.url.replace(/\/+$/, '')
    // A key of the API belongs to a project; only one that says `organization_default` is as the organisation is.
    const ofProject = await ask(
      asked,
      new URL(`${base}/organization/projects/${settings.project}/data_retention`),
      bearer,
      openaiAnswer,
    )
    if (ofProject.type !== 'organization_default') return { kind: 'openai', mode: ofProject.type }
    const { type } = await ask(asked, new URL(`${base}/organization/data_retention`), bearer, openaiAnswer)
    return { kind: 'openai', mode: type }
  }
  if (settings.kind === 'bedrock' && secrets.kind === 'bedrock') {
    const { region } = settings
    const url = new URL('/data-retention', settings.url ?? `https://bedrock.${region}.amazonaws.com`)
    const unsigned = {
      method: 'GET',
      url,
      headers: {},
      body: '',
      region,
      service: 'bedrock',
      atMs: asked.atMs,
    }
    const { mode } = await ask(asked, url, signAws(unsigned, secrets), bedrockAnswer)
    return { kind: 'bedrock', mode }
  }
  throw new Error(`the settings of retention are of ${settings.kind} and its credentials of ${secrets.kind}`)
}

async function ask<T>(
  { limitMs, ca }: RetentionAsked,
  url: URL,
  headers: Call['headers'],
  schema: z.ZodType<T>,
): Promise<T> {
  const trusted = ca === undefined ? {} : { ca }
  const { status, json } = await callService({ url, method: 'GET', headers, limitMs, ...trusted })
  if (status !== 200) throw new Error(`${url.host} answered the question about retention with ${status}`)
  const read = schema.safeParse(json)
  if (!read.success) throw new Error(`${url.host} answered the question about retention with something else`)
  return read.data
}

/** What OpenAI keeps when nothing else is agreed. Source: developers.openai.com/api/docs/guides/your-data (2026-11). */
const openaiDefaultDays = 30

type Measured = { readonly [K in keyof OfferingFacts]?: NonNullable<OfferingFacts[K]>['is'] }

/**
 * What a mode proves. A mode whose meaning is not documented proves nothing, and neither does a Bedrock account that keeps
 * nothing: a project of it may be set otherwise. One that shares says all that is needed.
 * Sources: developers.openai.com/api/docs/guides/your-data; docs.aws.amazon.com/bedrock/latest/userguide/data-retention.
 */
export function factsOfRetention({ kind, mode }: RetentionMeasured): Measured {
  if (kind === 'bedrock') return mode === 'provider_data_share' ? { makerReceives: true } : {}
  if (mode === 'zero_data_retention') return { retentionDays: 0, zeroRetention: 'active' }
  if (mode === 'none' || mode === 'modified_abuse_monitoring')
    return { retentionDays: openaiDefaultDays, zeroRetention: 'none' }
  return {}
}
