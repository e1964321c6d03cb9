import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readScimClients } from './settings.ts'

const client = (more = {}) => ({
  id: 'directory',
  provider: undefined,
  token: 'env:X',
  formerToken: undefined,
  subjectFrom: 'none' as const,
  ...more,
})
const tokens = new Map([['directory', { token: 'secret', formerToken: undefined }]])
const one = [{ id: 'west', people: new Set(['https://west.example.com/']), domains: [] }]
const two = [...one, { id: 'east', people: new Set(['https://east.example.com/']), domains: [] }]

test('the people of a directory sign in at the only provider, or at the one that is named', () => {
  assert.equal(readScimClients([client()], tokens, one)[0]?.issuer, 'https://west.example.com/')
  assert.equal(
    readScimClients([client({ provider: 'east' })], tokens, two)[0]?.issuer,
    'https://east.example.com/',
  )
})

test('a directory whose people could be of more than one issuer, or of none, does not start', () => {
  const problem = (more: object, providers = one): string => {
    try {
      readScimClients([client(more)], tokens, providers)
      return 'none'
    } catch (error) {
      return (error as Error).message
    }
  }
  assert.match(problem({}, two), /provider is missing: name the one .* west, east/)
  assert.match(problem({ provider: 'north' }), /"north", which is not there/)
  assert.match(problem({}, [{ id: 'west', people: new Set(['a', 'b']), domains: [] }]), /several tenants/)
  assert.match(
    problem({}, [{ id: 'directory', people: new Set(['a']), domains: [] }]),
    /is that of a sign-in provider/,
  )
  assert.throws(() => readScimClients([client()], undefined, one), /was not resolved/)
})
