import assert from 'node:assert/strict'
import { test } from 'node:test'
import { signInPage } from './page.ts'

const people = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    email: `person-${index}@example.com`,
    name: `Person ${index}`,
  }))

test('a few accounts stand side by side, the first one chosen', () => {
  const { html = '' } = signInPage({
    status: 200,
    accounts: people(3),
    chosen: undefined,
    problem: undefined,
  })
  assert.equal(html.match(/type="radio"/g)?.length, 3)
  assert.match(html, /value="person-0@example.com" required checked/)
  assert.doesNotMatch(html, /role="alert"/)
})

test('many accounts are chosen from a list', () => {
  const { html = '' } = signInPage({
    status: 403,
    accounts: people(40),
    chosen: 'person-7@example.com',
    problem: 'This password is wrong.',
  })
  assert.equal(html.match(/<option/g)?.length, 40)
  assert.match(html, /value="person-7@example.com" selected/)
  assert.match(html, /role="alert" id="problem">This password is wrong\.</)
  assert.match(html, /aria-describedby="problem"/)
})

test('names from the settings are text, not HTML', () => {
  const accounts = [{ email: 'a"b@example.com', name: '<b>Bold</b> & Co' }]
  const { html = '' } = signInPage({ status: 200, accounts, chosen: undefined, problem: undefined })
  assert.doesNotMatch(html, /<b>|a"b/)
  assert.match(html, /&#60;b&#62;Bold&#60;\/b&#62; &#38; Co/)
})
