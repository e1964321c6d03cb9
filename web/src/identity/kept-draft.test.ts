import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keepDraft, takeDraft } from './kept-draft.ts'
import { signInAddress } from './session.ts'

/** As much of a browser's store as a draft needs. */
function createStore() {
  const kept = new Map<string, string>()
  return {
    size: () => kept.size,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  }
}

test('a draft comes back once, and nothing of it stays in the browser', () => {
  const store = createStore()
  keepDraft('a long thought', store)
  assert.equal(takeDraft(store), 'a long thought')
  assert.equal(takeDraft(store), '')
  assert.equal(store.size(), 0)
})

test('an empty draft is not kept', () => {
  const store = createStore()
  keepDraft('', store)
  assert.equal(store.size(), 0)
})

test('the way to sign in names the page to come back to, whatever stands in it', () => {
  assert.equal(
    signInAddress('/?a=1&next=//evil.example.com'),
    '/sign-in?next=%2F%3Fa%3D1%26next%3D%2F%2Fevil.example.com',
  )
})
