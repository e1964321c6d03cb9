import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Action, actions } from '#/core/finding.ts'
import type { JsonObject } from '#/core/json.ts'
import { type Channel, channels } from '#/core/segment.ts'
import { dialects } from '#/dialects/index.ts'
import { type Company, startCompany } from '../support/company.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'

/**
 * Rule x action x dialect x {whole, stream} x channel: enforced or refused, never silent. Made from the lists of the
 * code, so that a new dialect, action or channel is in it, and fails until somebody says how it looks on the wire.
 */

const email = 'ines.halvard@example.com'
const text = `Tell ${email} about it.`

/** How a text of each channel stands in a request of each dialect; `none` where the dialect has no such place. */
const requests: Readonly<Record<string, Readonly<Partial<Record<Channel, JsonObject | 'none'>>>>> = {
  'openai-chat': {
    user: { messages: [{ role: 'user', content: text }] },
    system: {
      messages: [
        { role: 'system', content: text },
        { role: 'user', content: 'Go on.' },
      ],
    },
    assistant: {
      messages: [
        { role: 'user', content: 'Go.' },
        { role: 'assistant', content: text },
        { role: 'user', content: 'On.' },
      ],
    },
    'tool-arguments': {
      messages: [
        { role: 'user', content: 'Go.' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [
            {
              id: 'call_1',
              type: 'function',
              function: { name: 'find', arguments: JSON.stringify({ who: text }) },
            },
          ],
        },
        { role: 'tool', tool_call_id: 'call_1', content: 'done' },
      ],
    },
    'tool-result': {
      messages: [
        { role: 'user', content: 'Go.' },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'find', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: text },
      ],
    },
    'tool-definition': {
      messages: [{ role: 'user', content: 'Go.' }],
      tools: [
        {
          type: 'function',
          function: { name: 'find', description: text, parameters: { type: 'object', properties: {} } },
        },
      ],
    },
    attachment: 'none',
    field: { messages: [{ role: 'user', content: 'Go.' }], metadata: { note: text } },
  },
  'anthropic-messages': {
    user: { messages: [{ role: 'user', content: text }] },
    system: { system: text, messages: [{ role: 'user', content: 'Go on.' }] },
    assistant: {
      messages: [
        { role: 'user', content: 'Go.' },
        { role: 'assistant', content: text },
        { role: 'user', content: 'On.' },
      ],
    },
    'tool-arguments': {
      messages: [
        { role: 'user', content: 'Go.' },
        {
          role: 'assistant',
          content: [{ type: 'tool_use', id: 'toolu_1', name: 'find', input: { who: text } }],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'done' }] },
      ],
    },
    'tool-result': {
      messages: [
        { role: 'user', content: 'Go.' },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'find', input: {} }] },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text }] }],
        },
      ],
    },
    'tool-definition': {
      messages: [{ role: 'user', content: 'Go.' }],
      tools: [{ name: 'find', description: text, input_schema: { type: 'object', properties: {} } }],
    },
    attachment: {
      messages: [
        {
          role: 'user',
          content: [{ type: 'document', source: { type: 'text', media_type: 'text/plain', data: text } }],
        },
      ],
    },
    field: { messages: [{ role: 'user', content: 'Go.' }], metadata: { user_id: text } },
  },
}

/** Texts that must not be changed: a rule that would have to is refused. */
const fixed: Readonly<Record<string, JsonObject>> = {
  'openai-chat': {
    messages: [
      { role: 'user', content: 'Go.' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: email, type: 'function', function: { name: 'find', arguments: '{}' } }],
      },
      { role: 'tool', tool_call_id: email, content: 'done' },
    ],
  },
  'anthropic-messages': {
    messages: [
      { role: 'user', content: 'Go.' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: text, signature: `${'A'.repeat(64)}==` },
          { type: 'text', text: 'ok' },
        ],
      },
      { role: 'user', content: 'On.' },
    ],
  },
}

const answerActions = actions.filter((action) => action !== 'pseudonymise')
const requestChannels = channels.filter((channel) => channel !== 'answer')

const rule = (id: string, action: Action, direction: string) =>
  `      - { id: ${id}, title: ${id}, types: [email], action: ${action}, direction: ${direction}, owner: owner@example.com }`
const requestCase = (action: Action) => `request-${action}`
const answerCase = (action: Action) => `answer-${action}`
const models = {
  'openai-chat': ['sim-echo', 'sim-tool'],
  'anthropic-messages': ['claude-sim-echo', 'claude-sim-tool'],
} as const
const ids = Object.values(models).flat()

let company: Company
let key: string

before(async () => {
  company = await startCompany({
    records: recordsText([
      ...models['openai-chat'].map((id) => offeringText({ id, connection: 'simulator-openai' })),
      ...models['anthropic-messages'].map((id) => offeringText({ id, connection: 'simulator-anthropic' })),
      ...actions.map((action) =>
        useCaseText(requestCase(action), ids, `\n    rules:\n${rule('r', action, 'request')}`),
      ),
      ...answerActions.map((action) =>
        useCaseText(
          answerCase(action),
          ids,
          `\n    rules:\n${rule('r', 'note', 'request')}\n${rule('a', action, 'answer')}`,
        ),
      ),
      policyText(),
    ]),
  })
  key = (await company.createKey()).key
})
after(() => company.end())

interface Told {
  readonly status: number
  readonly text: string
  readonly code: string | undefined
}

async function ask(
  dialect: string,
  useCase: string,
  body: JsonObject,
  isStream: boolean,
  kind: 0 | 1 = 0,
): Promise<Told> {
  await company.simulator.clear()
  const [path, model] =
    dialect === 'openai-chat'
      ? ['/v1/chat/completions', models['openai-chat'][kind]]
      : ['/v1/messages', models['anthropic-messages'][kind]]
  const response = await fetch(company.sallyport.url + path, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'x-sallyport-use-case': useCase,
      'anthropic-version': '2023-06-01',
    },
    body: JSON.stringify({ model, max_tokens: 200, stream: isStream, ...body }),
  })
  const received = await response.text()
  return {
    status: response.status,
    text: received,
    code: /"(?:error_)?code":"([a-z-]+)"/.exec(received)?.[1],
  }
}

const seen = async (): Promise<string> =>
  JSON.stringify((await company.simulator.seen()).map(({ body }) => body))

test('every dialect says how each channel looks on its wire', () => {
  for (const { name } of dialects) {
    for (const channel of requestChannels)
      assert.ok(requests[name]?.[channel] !== undefined, `${name} ${channel}`)
    assert.ok(fixed[name] !== undefined, name)
  }
})

/** What a provider may have seen, and what the caller is told, for each action on a request. */
async function assertEnforced(action: Action, told: Told): Promise<void> {
  const reached = await seen()
  if (action === 'block') {
    assert.equal(told.status, 400, told.text)
    assert.equal(told.code, 'finding-blocked', told.text)
    assert.equal(reached, '[]')
    return
  }
  assert.equal(told.status, 200, told.text)
  assert.notEqual(reached, '[]')
  assert.equal(reached.includes(email), action === 'note', reached)
  if (action === 'mask') assert.match(reached, /\[E-?MAIL/i)
  if (action === 'pseudonymise') assert.match(reached, /EMAIL_[0-9a-z]{10}/)
}

for (const { name } of dialects) {
  for (const isStream of [false, true]) {
    const how = isStream ? 'stream' : 'whole'
    for (const channel of requestChannels) {
      const body = requests[name]?.[channel]
      if (body === undefined || body === 'none') continue
      for (const action of actions) {
        test(`${name}, ${how}: ${action} in ${channel}`, async () => {
          const told = await ask(name, requestCase(action), body, isStream)
          await assertEnforced(action, told)
          // What the model repeats of it comes back as it was entered.
          if (channel === 'user' && action === 'pseudonymise') assert.ok(told.text.includes(email), told.text)
          if (action === 'mask') assert.ok(!told.text.includes(email), told.text)
        })
      }
    }

    for (const action of actions) {
      test(`${name}, ${how}: ${action} where the text must not change`, async () => {
        const told = await ask(name, requestCase(action), fixed[name] ?? {}, isStream)
        if (action === 'note') assert.equal(told.status, 200, told.text)
        else {
          assert.equal(told.status, 400, told.text)
          assert.match(told.code ?? '', /^(text-fixed|finding-blocked)$/)
          assert.equal(await seen(), '[]')
        }
      })
    }

    for (const action of answerActions) {
      for (const channel of ['answer', 'tool-arguments'] as const) {
        test(`${name}, ${how}: ${action} in what comes back, ${channel}`, async () => {
          const tools =
            name === 'openai-chat'
              ? [
                  {
                    type: 'function',
                    function: { name: 'find', parameters: { type: 'object', properties: {} } },
                  },
                ]
              : [{ name: 'find', input_schema: { type: 'object', properties: {} } }]
          const isTool = channel === 'tool-arguments'
          const body = { messages: [{ role: 'user', content: text }], ...(isTool ? { tools } : {}) }
          const told = await ask(name, answerCase(action), body, isStream, isTool ? 1 : 0)
          assert.ok((await seen()).includes(email), 'the provider knows it, so that it can say it')
          assert.equal(
            told.text.replaceAll('"}}', '').includes(email) || joined(told.text).includes(email),
            action === 'note',
            told.text,
          )
          if (action === 'block') assert.match(told.text, /answer-blocked/)
          else assert.equal(told.status, 200, told.text)
          if (action === 'mask') assert.match(joined(told.text) + told.text, /\[E-?MAIL/i)
        })
      }
    }
  }
}

/** Texts of a stream joined: a value may be split over events. */
function joined(stream: string): string {
  const pieces = [...stream.matchAll(/"(?:content|text|partial_json|arguments)":("(?:[^"\\]|\\.)*")/g)]
  return pieces.map(([, source]) => JSON.parse(source as string) as string).join('')
}
