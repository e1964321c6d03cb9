import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createInspector } from '#/inspect/index.ts'
import {
  checkedByGate,
  checkHere,
  longestChecked,
  shownClass,
  whyNotTo,
  willBeChanged,
} from './draft-check.ts'

const inspector = createInspector({ terms: [] })

test('the browser finds what the gate finds, without knowing what the gate does about it', () => {
  const verdict = checkHere(inspector, 'pay to DE89 3704 0044 0532 0130 00, or write to ines@example.com')
  assert.equal(verdict.class, 'confidential')
  assert.match(verdict.found, /1 e-mail address/)
  assert.equal(verdict.actions, undefined)
})

test('an ordinary draft is public, and nothing is said of it', () => {
  const { class: dataClass, found } = checkHere(inspector, 'Summarise the meeting in three points.')
  assert.deepEqual([dataClass, found], ['public', ''])
})

test('a draft longer than what is checked while typing is checked up to there', () => {
  const text = `${'word '.repeat(longestChecked / 5)}ines@example.com`
  assert.equal(checkHere(inspector, text).found, '')
})

const explained = { score: 1, why: 'stands in the list of terms' }

test('the word of the gate brings what it would do', () => {
  const finding = {
    start: 0,
    end: 4,
    type: 'term',
    label: 'code name',
    action: 'mask',
    ...explained,
  } as const
  const verdict = checkedByGate('text', {
    class: 'internal',
    findings: [finding],
    models: [],
    useCase: null,
    offerings: [],
  })
  assert.deepEqual(verdict, {
    text: 'text',
    class: 'internal',
    found: '1 code name',
    actions: ['mask'],
    offerings: [],
  })
})

test('what values cut apart is counted once', () => {
  const piece = {
    start: 0,
    end: 4,
    type: 'prompt-injection',
    label: 'attempt',
    action: 'note',
    ...explained,
  } as const
  const verdict = checkedByGate('text', {
    class: 'public',
    findings: [piece, { ...piece, start: 5, end: 9, isContinued: true }],
    models: [],
    useCase: null,
    offerings: [],
  })
  assert.equal(verdict.found, '1 attempt')
})

test('a draft that may not go to the chosen model says why, and one that may go somewhere by itself does not', () => {
  const offerings = [
    { id: 'west', title: 'West', isAllowed: false, reason: 'West may carry at most internal.' },
    { id: 'own', title: 'Own', isAllowed: true, reason: 'It may go as it is.' },
  ]
  assert.equal(whyNotTo({ offerings }, 'west'), 'West may carry at most internal.')
  assert.equal(whyNotTo({ offerings }, 'own'), undefined)
  assert.equal(whyNotTo({ offerings }, 'auto'), undefined)
  assert.equal(whyNotTo({ offerings: offerings.slice(0, 1) }, 'auto'), 'West may carry at most internal.')
  assert.equal(whyNotTo({ offerings: [] }, 'west'), undefined)
})

test('the class shown is the highest of what was found, what the chat carries, and what was declared', () => {
  const verdict = { text: '', class: 'internal', found: '', actions: [], offerings: [] } as const
  assert.equal(shownClass(undefined, 'public', undefined), 'public')
  assert.equal(shownClass(verdict, 'public', undefined), 'internal')
  assert.equal(shownClass(verdict, 'confidential', 'public'), 'confidential')
  assert.equal(shownClass(verdict, 'public', 'restricted'), 'restricted')
})

test('Send promises masking only where the gate will mask, and never for what it will refuse', () => {
  assert.equal(willBeChanged({ actions: undefined }), false)
  assert.equal(willBeChanged({ actions: ['note'] }), false)
  assert.equal(willBeChanged({ actions: ['note', 'mask'] }), true)
  assert.equal(willBeChanged({ actions: ['pseudonymise'] }), true)
  assert.equal(willBeChanged({ actions: ['generalise', 'remove'] }), true)
  assert.equal(willBeChanged({ actions: ['mask', 'block'] }), false)
})
