import assert from 'node:assert/strict'
import { test } from 'node:test'
import { samples } from '../test-samples.ts'
import { ocsf } from './ocsf.ts'

/**
 * What OCSF 1.8.0 requires, written down apart from the mapping: of every event, of each class, and of the objects
 * used. A list in a list means at least one of them. Source: as in ocsf.ts.
 */
type Required = readonly (string | readonly string[])[]

const ofEvery: Required = [
  ...['activity_id', 'category_uid', 'class_uid', 'metadata', 'severity_id', 'time', 'type_uid'],
]
const ofClass: Readonly<
  Record<number, { readonly activities: readonly number[]; readonly requires: Required }>
> = {
  2004: { activities: [1, 2, 3], requires: ['finding_info'] },
  2006: { activities: [1, 2, 3], requires: ['finding_info'] },
  3002: { activities: [1, 2, 3, 4, 5], requires: ['user', ['service', 'dst_endpoint']] },
  3004: { activities: [1, 2, 3, 4], requires: ['entity'] },
  3005: { activities: [1, 2, 3, 4], requires: ['user', 'privileges'] },
  6002: { activities: [1, 2, 3, 4, 5, 6, 7, 8], requires: ['app'] },
  6003: { activities: [1, 2, 3, 4], requires: ['actor', 'api', 'src_endpoint'] },
}
const ofObject: Readonly<Record<string, Required>> = {
  metadata: ['product', 'version'],
  product: [['name', 'uid']],
  app: [['name', 'uid']],
  actor: [['process', 'user', 'session', 'app_name', 'app_uid', 'invoked_by']],
  user: [['account', 'name', 'uid']],
  api: ['operation'],
  request: ['uid'],
  response: ['code'],
  service: [['name', 'uid']],
  application: [['name', 'uid']],
  entity: [['name', 'uid']],
  src_endpoint: [
    ['ip', 'uid', 'name', 'hostname', 'svc_name', 'instance_uid', 'interface_uid', 'interface_name'],
  ],
  dst_endpoint: [
    ['ip', 'uid', 'name', 'hostname', 'svc_name', 'instance_uid', 'interface_uid', 'interface_name'],
  ],
  ai_model: ['name', 'ai_provider'],
  message_context: [['application', 'service']],
  finding_info: ['uid', 'title'],
  data_security: [['category_id', 'confidentiality_id']],
  policy: [['name', 'uid']],
}
/** Attributes that may only stand in an event that names their profile. */
const ofProfile: Readonly<Record<string, readonly string[]>> = {
  ai_operation: ['ai_model', 'message_context'],
  security_control: ['action_id', 'disposition_id'],
}

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function problemsOf(name: string, value: Json, requires: Required): string[] {
  return requires.flatMap((each) => {
    const names = typeof each === 'string' ? [each] : each
    return names.some((key) => value[key] !== undefined) ? [] : [`${name} lacks ${names.join(' or ')}`]
  })
}

function problemsOfObjects(value: Json): string[] {
  return Object.entries(value).flatMap(([name, each]) => {
    if (!isObject(each) || name === 'unmapped') return []
    return [...problemsOf(name, each, ofObject[name] ?? []), ...problemsOfObjects(each)]
  })
}

function check(event: Json): string[] {
  const chosen = ofClass[event['class_uid'] as number]
  if (chosen === undefined) return [`class ${event['class_uid']} is not known`]
  const activity = event['activity_id'] as number
  const problems = [
    ...problemsOf('the event', event, [...ofEvery, ...chosen.requires]),
    ...problemsOfObjects(event),
  ]
  const say = (isRight: boolean, problem: string) => problems.push(...(isRight ? [] : [problem]))
  say([0, 99, ...chosen.activities].includes(activity), `activity ${activity} is not one of the class`)
  say(activity !== 99 || typeof event['activity_name'] === 'string', 'an activity Other has no name')
  say(event['type_uid'] === (event['class_uid'] as number) * 100 + activity, 'type_uid does not fit')
  say(
    event['category_uid'] === Math.floor((event['class_uid'] as number) / 1_000),
    'category_uid does not fit',
  )
  say(Number.isInteger(event['time']) && (event['time'] as number) > 1e12, 'time is not in milliseconds')
  say([0, 1, 2, 3, 4, 5, 6, 99].includes(event['severity_id'] as number), 'severity_id is not known')
  const metadata = event['metadata'] as Json
  say(metadata['version'] === '1.8.0', 'the version is another')
  const profiles = (metadata['profiles'] ?? []) as readonly string[]
  for (const [profile, attributes] of Object.entries(ofProfile)) {
    const isUsed = attributes.some((name) => event[name] !== undefined)
    say(!isUsed || profiles.includes(profile), `${profile} is used and not named`)
  }
  return problems
}

const events = samples.map((event) => JSON.parse(ocsf({ version: '0.0.0' }).format(event)) as Json)
const byCode = (code: string) => events.filter((event) => (event['metadata'] as Json)['event_code'] === code)

test('every event has what its class and its objects require', () => {
  for (const event of events) assert.deepEqual(check(event), [], JSON.stringify(event))
})

test('an event that lacks something would be noticed', () => {
  const [intent] = byCode('intent')
  assert.ok(intent !== undefined)
  const { api, ...withoutApi } = intent
  assert.deepEqual(check(withoutApi), ['the event lacks api'])
  assert.deepEqual(check({ ...intent, type_uid: 600_399 }), ['type_uid does not fit'])
  assert.deepEqual(check({ ...intent, metadata: { ...(intent['metadata'] as Json), profiles: [] } }), [
    'ai_operation is used and not named',
    'security_control is used and not named',
  ])
  assert.deepEqual(check({ ...intent, ai_model: { name: 'x' } }), ['ai_model lacks ai_provider'])
})

test('each kind of entry goes to the class that is meant for it', () => {
  const classes = samples.map((_, at) => {
    const { metadata, class_uid: classUid, activity_id: activityId } = events[at] as Json
    return `${(metadata as Json)['event_code']} ${classUid}/${activityId}`
  })
  assert.deepEqual(
    [...new Set(classes)],
    [
      'start 6002/3',
      'sign-in 3002/1',
      'sign-in-failed 3002/1',
      'key-created 3004/1',
      'decision 3005/3',
      'snapshot 3004/1',
      'intent 6003/1',
      'outcome 6003/1',
      'refusal 2006/1',
      'refusal 6003/1',
      'record 3004/3',
      'read 6003/2',
      'export 6003/2',
      'key-revoked 3004/4',
      'sign-out 3002/2',
      'stop 6002/4',
      'checkpoint 6003/1',
      'test 6003/99',
      'key-replaced 3004/1',
      'key-leaked 2004/1',
      'alert 2004/1',
      'workload-sign-in 3002/1',
    ],
  )
})

test('tokens count what was read from a cache, and a refusal is denied', () => {
  const context = byCode('outcome')[0]?.['message_context'] as Json
  assert.deepEqual(
    [context['prompt_tokens'], context['completion_tokens'], context['total_tokens']],
    [20, 10, 30],
  )
  for (const refusal of byCode('refusal')) {
    assert.deepEqual([refusal['action_id'], refusal['disposition_id']], [2, 2])
  }
})

test('a kind of entry nobody has thought of yet becomes API activity under its own name', () => {
  const [sample] = samples
  assert.ok(sample?.is === 'entry')
  const later = { ...sample, head: { ...sample.head, kind: 'hold' as never } }
  const event = JSON.parse(ocsf({ version: '0.0.0' }).format(later)) as Json
  assert.deepEqual(check(event), [])
  assert.deepEqual(
    [event['class_uid'], event['activity_name'], (event['api'] as Json)['operation']],
    [6003, 'hold', 'log.hold'],
  )
})
