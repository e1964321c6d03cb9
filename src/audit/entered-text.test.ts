import assert from 'node:assert/strict'
import { test } from 'node:test'
import { enteredText } from './entered-text.ts'

const typed = (body: unknown): string | undefined => enteredText(Buffer.from(JSON.stringify({ typed: body })))

test('what was entered is the text of the last message, in every dialect', () => {
  const earlier = { role: 'user', content: 'earlier' }
  assert.equal(typed({ messages: [earlier, { role: 'user', content: 'last' }] }), 'last')
  assert.equal(
    typed({
      messages: [
        earlier,
        {
          role: 'user',
          content: [
            { type: 'text', text: 'one' },
            { type: 'text', text: 'two' },
          ],
        },
      ],
    }),
    'one\ntwo',
  )
  assert.equal(
    typed({
      messages: [
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 'id', content: [{ type: 'text', text: 'result' }] }],
        },
      ],
    }),
    'result',
  )
  assert.equal(
    typed({
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
            { type: 'text', text: 'see' },
          ],
        },
      ],
    }),
    'see',
  )
  assert.equal(typed({ input: 'plain' }), 'plain')
  assert.equal(typed('not even JSON'), 'not even JSON')
})

test('what is not by the convention shows nothing, and long text is cut between characters', () => {
  assert.equal(enteredText(Buffer.from('not JSON')), undefined)
  assert.equal(enteredText(Buffer.from('{"answer":"x"}')), undefined)
  assert.equal(typed({ messages: [] }), '')
  assert.equal(typed({ messages: [{ content: 'x'.repeat(501) }] }), `${'x'.repeat(500)}…`)
  assert.equal(typed({ messages: [{ content: `${'x'.repeat(499)}🙂🙂` }] }), `${'x'.repeat(499)}…`)
  let deep: unknown = 'bottom'
  for (let at = 0; at < 1_000; at++) deep = [deep]
  assert.equal(typed({ messages: [{ content: deep }] }), '')
})
