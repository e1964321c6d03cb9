import { z } from 'zod'
import { actions, families } from '#/core/finding.ts'
import { channels } from '#/core/segment.ts'
import { email, recordId, title } from './kind.ts'

/** A rule as people write it. Which kinds of findings exist is the inspector's to say; an unknown one never fits. */
export const ruleSchema = z
  .strictObject({
    id: recordId,
    title,
    types: z.array(z.string().min(1).max(60)).max(200).default([]),
    families: z.array(z.enum(families)).default([]),
    channels: z.array(z.enum(channels)).default([]),
    action: z.enum(actions),
    mayMask: z.boolean().optional(),
    direction: z.enum(['request', 'answer']).default('request'),
    owner: email,
  })
  .refine(({ types, families: named }) => types.length + named.length > 0, {
    path: ['types'],
    message: 'it must name at least one type or family',
  })

export type RuleBody = z.infer<typeof ruleSchema>
