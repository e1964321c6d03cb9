import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyTheme, keepTheme, readTheme, themes } from './theme.ts'

test('the choice is kept, and anything else in its place is the system', () => {
  const kept = new Map<string, string>()
  const store = { getItem: (name: string) => kept.get(name) ?? null, setItem: kept.set.bind(kept) }
  assert.equal(readTheme(store), 'system')
  for (const theme of themes) {
    keepTheme(theme, store)
    assert.equal(readTheme(store), theme)
  }
  store.setItem([...kept.keys()][0] ?? '', 'neon')
  assert.equal(readTheme(store), 'system')
})

test('light and dark are said to the style; the system is not', () => {
  const root = { dataset: {} as DOMStringMap }
  applyTheme('dark', root)
  assert.deepEqual(root.dataset, { theme: 'dark' })
  applyTheme('system', root)
  assert.deepEqual(root.dataset, {})
})
