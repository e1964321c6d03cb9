import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkBody } from '../read-body.ts'
import { readRecordFile } from '../read-file.ts'
import type { ToolList } from './api.ts'
import { readCatalogueTools } from './catalogue.ts'
import { draftOf } from './draft.ts'
import { feedText } from './feed.ts'

const list: ToolList = {
  version: '0123456789abcdef',
  changedAt: '2026-11-23T12:00:00.000Z',
  tools: [],
  unexplained: [],
  blocked: ['a.west.example.com', 'east.example.com', 'west.example.com'].map((domain) => ({
    domain,
    because: 'the tool x is unsanctioned',
  })),
  leftOpen: [{ domain: 'example.org', because: 'the tool y is sanctioned' }],
}

test('a plain list holds one domain a line below what it is, which version and since when', () =>
  assert.equal(
    feedText(list, 'txt'),
    `# Sallyport blocklist: one domain a line, each with everything below it
# version 0123456789abcdef
# changed 2026-11-23T12:00:00.000Z
# domains 3
# left open: example.org, because the tool y is sanctioned
a.west.example.com
east.example.com
west.example.com
`,
  ))

const rest = (text: string): readonly string[] => text.split('\n').filter((each) => !/^[#;]/.test(each))

test('squid and response policy zones get no name below another, a hosts file gets all', () => {
  assert.deepEqual(rest(feedText(list, 'squid')), ['.east.example.com', '.west.example.com', ''])
  assert.deepEqual(rest(feedText(list, 'hosts')), [
    '0.0.0.0 a.west.example.com',
    '0.0.0.0 east.example.com',
    '0.0.0.0 west.example.com',
    '',
  ])
  assert.deepEqual(rest(feedText(list, 'rpz')), [
    '$TTL 300',
    '@ SOA localhost. root.localhost. 1795435200 300 60 86400 300',
    '@ NS localhost.',
    'east.example.com CNAME .',
    '*.east.example.com CNAME .',
    'west.example.com CNAME .',
    '*.west.example.com CNAME .',
    '',
  ])
})

test('a list that nothing was ever written for says so, and has the lowest serial', () => {
  const empty: ToolList = { ...list, changedAt: null, blocked: [], leftOpen: [] }
  assert.match(feedText(empty, 'txt'), /^# changed never$/m)
  assert.match(feedText(empty, 'rpz'), /localhost\. 0 300 60 /)
})

test('json holds the whole list', () => assert.deepEqual(JSON.parse(feedText(list, 'json')), list))

test('the catalogue holds tools of every form, each once, with a source and domains no other has', () => {
  const tools = readCatalogueTools()
  assert.ok(tools.length >= 40)
  assert.equal(new Set(tools.map(({ id }) => id)).size, tools.length)
  const domains = tools.flatMap((each) => each.domains)
  assert.equal(new Set(domains).size, domains.length)
  assert.equal(new Set(tools.map(({ form }) => form)).size, 6)
})

test('each tool of the catalogue makes a file of one record, and what it says is the company’s', () => {
  const said = {
    owner: 'it@example.com',
    standing: 'unsanctioned',
    why: 'No contract.',
    instead: 'the chat here',
  } as const
  for (const tool of readCatalogueTools()) {
    const { records } = readRecordFile(draftOf(tool, { ...said, toleratedUntil: undefined }), 'draft.yaml')
    const { id, title, form, domains } = tool
    const read = checkBody('tool', { ...said, title, form, domains })
    assert.deepEqual(
      records.map((each) => [each.kind, each.id, each.body]),
      [['tool', id, 'body' in read ? read.body : undefined]],
    )
  }
})
