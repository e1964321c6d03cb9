import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Action, actions, asksCaller, changesText, wholeActions } from '#/core/finding.ts'
import type { JsonObject } from '#/core/json.ts'
import { channels } from '#/core/segment.ts'
import { dialects } from '#/dialects/index.ts'
import { type Company, startCompany } from '../support/company.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'
import {
  email,
  files,
  fixed,
  halves,
  inHalves,
  keptByProvider,
  requests,
  text,
  unreadParts,
} from './requests.ts'

/**
 * Rule x action x dialect x {whole, stream} x channel: enforced or refused, never silent. Made from the lists of the
 * code, so that a new dialect, action or channel is in it, and fails until somebody says how it looks on the wire.
 */

/** Nobody puts a value back into an answer for somebody else, and its question has gone already. */
const answerActions = actions.filter((action) => action !== 'pseudonymise' && !asksCaller(action))
const requestChannels = channels.filter((channel) => channel !== 'answer')

const rule = (id: string, action: Action, direction: string, more = '') =>
  `      - { id: ${id}, title: ${id}, types: [email], action: ${action}, direction: ${direction}, owner: owner@example.com${noticeOf(action)}${more} }`
const noticeOf = (action: Action) => (action === 'acknowledge' ? ', notice: Read this first' : '')
/** About the whole exchange: whatever is more than public, and goes to the company's own machines. */
const wholeRule = (action: Action) =>
  `      - { id: r, title: r, classes: [internal, confidential, restricted], tiers: [self], action: ${action}, owner: owner@example.com${noticeOf(action)} }`
const only = (channel: string) => `, channels: [${channel}]`
const requestCase = (action: Action) => `request-${action}`
const wholeCase = (action: Action) => `whole-${action}`
const otherTierCase = 'other-tier'
const answerCase = (action: Action) => `answer-${action}`
const channelCase = (channel: string) => `only-${channel}`
const unreadCase = 'unread-allowed'
const models = {
  'openai-chat': ['sim-echo', 'sim-tool'],
  'anthropic-messages': ['claude-sim-echo', 'claude-sim-tool'],
} as const
const ids = Object.values(models).flat()

let company: Company
let key: string

before(async () => {
  company = await startCompany({
    settings: 'limits: { requestsPerMinute: 100000 }',
    records: recordsText([
      ...models['openai-chat'].map((id) => offeringText({ id, connection: 'simulator-openai' })),
      ...models['anthropic-messages'].map((id) => offeringText({ id, connection: 'simulator-anthropic' })),
      ...actions.map((action) =>
        useCaseText(requestCase(action), ids, `\n    rules:\n${rule('r', action, 'request')}`),
      ),
      ...wholeActions.map((action) =>
        useCaseText(
          wholeCase(action),
          ids,
          `\n    rules:\n${wholeRule(action)}\n${rule('n', 'note', 'request')}`,
        ),
      ),
      useCaseText(
        otherTierCase,
        ids,
        `\n    rules:\n${rule('r', 'block', 'request', ', tiers: [commercial, cloud]')}\n${rule('n', 'note', 'request')}`,
      ),
      ...answerActions.map((action) =>
        useCaseText(
          answerCase(action),
          ids,
          `\n    rules:\n${rule('r', 'note', 'request')}\n${rule('a', action, 'answer')}`,
        ),
      ),
      ...requestChannels.map((channel) =>
        useCaseText(
          channelCase(channel),
          ids,
          `\n    rules:\n${rule('r', 'block', 'request', only(channel))}\n${rule('n', 'note', 'request', only(requestChannels.filter((each) => each !== channel).join(', ')))}`,
        ),
      ),
      useCaseText(unreadCase, ids, '\n    unread: allow'),
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
  headers: Readonly<Record<string, string>> = {},
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
      ...headers,
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
    assert.ok(
      fixed[name] !== undefined && inHalves[name] !== undefined && (files[name] ?? []).length > 0,
      name,
    )
    assert.ok((unreadParts[name] ?? []).length > 0 && (keptByProvider[name] ?? []).length > 0, name)
  }
})

/** The same address as somebody, or a program, may write it inside plain text. */
const disguises: Readonly<Record<string, string>> = {
  escapes: [...email].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  Base64: Buffer.from(`write to ${email} today`).toString('base64'),
  percent: [...email].map((sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`).join(''),
}

for (const { name } of dialects) {
  for (const channel of ['user', 'tool-result'] as const) {
    for (const [how, written] of Object.entries(disguises)) {
      test(`${name}: an address in ${how} in ${channel} is masked or blocked like one in clear`, async () => {
        const clear = JSON.stringify(requests[name]?.[channel])
        const body = JSON.parse(clear.replaceAll(email, JSON.stringify(written).slice(1, -1))) as JsonObject
        const masked = await ask(name, requestCase('mask'), body, false)
        assert.equal(masked.status, 200, masked.text)
        const reached = await seen()
        assert.match(reached, /\[E-?MAIL/i)
        assert.ok(!reached.includes(JSON.stringify(written).slice(1, -1)), reached)
        assert.equal((await ask(name, requestCase('block'), body, false)).code, 'finding-blocked')
        assert.equal(await seen(), '[]')
      })
    }
  }
}

/** Where the action asks something of the caller, it is refused first, and then sent with the answer. */
async function askAndAnswer(
  action: Action,
  ...[dialect, useCase, body, isStream, kind = 0, headers = {}]: Parameters<typeof ask>
): Promise<Told> {
  if (!asksCaller(action)) return ask(dialect, useCase, body, isStream, kind, headers)
  // A notice that was read is not shown again: each request is another person's.
  const asker = (await company.createKey({ email: `${action}-${askers++}@example.com` })).key
  const from = { ...headers, authorization: `Bearer ${asker}` }
  const refused = await ask(dialect, useCase, body, isStream, kind, from)
  const code = action === 'justify' ? 'justification-needed' : 'acknowledgement-needed'
  assert.equal(refused.code, code, refused.text)
  assert.equal(await seen(), '[]')
  const answer: Record<string, string> =
    action === 'justify'
      ? { 'x-sallyport-justification': 'The customer asked us to' }
      : { 'x-sallyport-acknowledge': 'r' }
  return ask(dialect, useCase, body, isStream, kind, { ...from, ...answer })
}
let askers = 0

const goesAsItIs = (action: Action): boolean => action === 'note' || asksCaller(action)
const codes: Readonly<Partial<Record<Action, string>>> = { block: 'finding-blocked', hold: 'held' }

/** What a provider may have seen, and what the caller is told, for each action on a request. */
async function assertEnforced(action: Action, told: Told): Promise<void> {
  const reached = await seen()
  if (codes[action] !== undefined) {
    assert.equal(told.status, 400, told.text)
    assert.equal(told.code, codes[action], told.text)
    assert.equal(reached, '[]')
    return
  }
  assert.equal(told.status, 200, told.text)
  assert.notEqual(reached, '[]')
  assert.equal(reached.includes(email), goesAsItIs(action), reached)
  // An e-mail address has no coarser form: it is masked whole.
  if (action === 'mask' || action === 'generalise') assert.match(reached, /\[E-?MAIL/i)
  if (action === 'remove') assert.doesNotMatch(reached, /E-?MAIL[\]_]/)
  if (action === 'pseudonymise') assert.match(reached, /EMAIL_[0-9a-z]{10}/)
}

for (const { name } of dialects) {
  for (const isStream of [false, true]) {
    const how = isStream ? 'stream' : 'whole'
    for (const channel of requestChannels) {
      const body = requests[name]?.[channel]
      if (body === undefined) continue
      for (const action of actions) {
        test(`${name}, ${how}: ${action} in ${channel}`, async () => {
          const told = await askAndAnswer(action, name, requestCase(action), body, isStream)
          await assertEnforced(action, told)
          // What the model repeats of it comes back as it was entered.
          if (channel === 'user' && action === 'pseudonymise') assert.ok(told.text.includes(email), told.text)
          if (changesText(action) && action !== 'pseudonymise')
            assert.ok(!told.text.includes(email), told.text)
        })
      }
    }

    for (const [channel, body] of Object.entries(inHalves[name] ?? {})) {
      test(`${name}, ${how}: every action on an address in two parts of ${channel}`, async () => {
        for (const action of actions) {
          const told = await askAndAnswer(action, name, requestCase(action), body, isStream)
          const stopped = codes[action]
          assert.equal(told.code, stopped, told.text)
          const reached = await seen()
          if (stopped !== undefined) assert.equal(reached, '[]')
          else
            for (const half of ['halvard@exam', 'ple.com'])
              assert.equal(reached.includes(half), goesAsItIs(action), reached)
          if (action === 'pseudonymise' && channel === 'user' && name === 'openai-chat')
            assert.ok(joined(told.text).includes(halves[1]), told.text)
        }
      })
    }

    for (const channel of requestChannels) {
      test(`${name}, ${how}: a rule for ${channel} alone holds there, and nowhere else`, async () => {
        for (const place of requestChannels) {
          const told = await ask(name, channelCase(channel), requests[name]?.[place] ?? {}, isStream)
          assert.equal(told.code, place === channel ? 'finding-blocked' : undefined, `${place}: ${told.text}`)
          assert.equal((await seen()).includes(email), place !== channel, place)
        }
      })
    }

    for (const action of actions) {
      test(`${name}, ${how}: ${action} in a file`, async () => {
        for (const body of files[name] ?? []) {
          const told = await askAndAnswer(action, name, requestCase(action), body, isStream)
          if (goesAsItIs(action)) {
            assert.equal(told.status, 200, told.text)
            assert.equal((await seen()).length > 100, true)
            continue
          }
          assert.equal(told.status, 400, told.text)
          assert.equal(told.code, codes[action] ?? 'file-unchangeable', told.text)
          assert.equal(await seen(), '[]')
        }
      })

      test(`${name}, ${how}: ${action} in a file that is sent as its text`, async () => {
        for (const body of files[name] ?? []) {
          const told = await askAndAnswer(action, name, requestCase(action), body, isStream, 0, {
            'x-sallyport-remedy': 'file-text',
          })
          await assertEnforced(action, told)
        }
      })
    }

    test(`${name}, ${how}: a rule for attachments alone holds for files`, async () => {
      for (const body of files[name] ?? []) {
        for (const channel of requestChannels) {
          const told = await ask(name, channelCase(channel), body, isStream)
          assert.equal(told.code, channel === 'attachment' ? 'finding-blocked' : undefined, told.text)
        }
      }
    })

    test(`${name}, ${how}: what cannot be read is refused, or allowed by its use case`, async () => {
      for (const part of unreadParts[name] ?? []) {
        const body = { messages: [{ role: 'user', content: [part] }] }
        const refused = await ask(name, requestCase('note'), body, isStream)
        assert.equal(refused.code, 'attachment-unread', refused.text)
        assert.equal(await seen(), '[]')
        const allowed = await ask(name, unreadCase, body, isStream)
        assert.equal(allowed.status, 200, allowed.text)
        assert.ok((await seen()).includes(JSON.stringify(part)))
      }
    })

    test(`${name}, ${how}: what the provider would keep is refused`, async () => {
      for (const body of keptByProvider[name] ?? []) {
        const told = await ask(name, requestCase('note'), body, isStream)
        assert.equal(told.code, 'state-on-server', told.text)
        assert.equal(await seen(), '[]')
      }
    })

    for (const action of actions) {
      test(`${name}, ${how}: ${action} where the text must not change`, async () => {
        const told = await askAndAnswer(action, name, requestCase(action), fixed[name] ?? {}, isStream)
        if (goesAsItIs(action)) assert.equal(told.status, 200, told.text)
        else {
          assert.equal(told.status, 400, told.text)
          assert.match(told.code ?? '', /^(text-fixed|finding-blocked|held)$/)
          assert.equal(await seen(), '[]')
        }
      })
    }

    for (const action of wholeActions) {
      for (const channel of requestChannels) {
        test(`${name}, ${how}: ${action} of the whole exchange, for what is in ${channel}`, async () => {
          const body = requests[name]?.[channel] ?? {}
          const told = await askAndAnswer(action, name, wholeCase(action), body, isStream)
          if (!goesAsItIs(action)) {
            assert.equal(told.code, action === 'block' ? 'rule-blocked' : 'held', told.text)
            assert.equal(await seen(), '[]')
            return
          }
          assert.equal(told.status, 200, told.text)
          assert.ok((await seen()).includes(email))
        })
      }
    }

    test(`${name}, ${how}: a rule for other tiers does not hold here`, async () => {
      const told = await ask(name, otherTierCase, requests[name]?.user ?? {}, isStream)
      assert.equal(told.status, 200, told.text)
      assert.ok((await seen()).includes(email))
    })

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
          else if (action === 'hold') assert.match(told.text, /"(?:error_)?code":"held"/)
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
