import assert from 'node:assert/strict'
import { test } from 'node:test'
import { serviceKeys, serviceNames } from './services.ts'

const value = `q7RtB2mXz9${'LkW4vNc8HsYp3Jd6'}`

function found(text: string): readonly string[] {
  const [name] = serviceNames
    .filter((each) => text.toLowerCase().includes(each))
    .toSorted((one, other) => other.length - one.length)
  assert.ok(name !== undefined, text)
  const start = text.toLowerCase().indexOf(name)
  return serviceKeys
    .examine(text, start, start + name.length)
    .map((match) => text.slice(match.start, match.end))
}

test('a value named as the key of any of the services is found, however it is written', () => {
  for (const name of serviceNames) {
    // `fibery_` and `sonar.login` bring their own end.
    const key = `${name.replace(/[_.]$/, '')}_api_key`
    assert.deepEqual(found(`${key} = "${value}"`), [value], name)
  }
  for (const text of [
    `KLAVIYO_TOKEN=${value}`,
    `myZenrowsSecret: '${value}'`,
    `the blazemeter key is: ${value}`,
    `pixabay=${value}`,
    `cloudsmith ${value}k9`,
  ])
    assert.equal(found(text).length, 1, text)
})

test('a service that is spoken of, a host, words tied together and a placeholder are no keys', () => {
  for (const text of [
    'klaviyo keys and tokens are managed under settings',
    'the pipedrive token-based-authentication-of-2026 is described below',
    'klaviyo_api_key = your-klaviyo-key-1234',
    'klaviyo_token = xxxxxxxxxxxxxxxxxxxxxxxx1234',
    'storyblok_access = api.storyblok123.example.com',
    'storyblok secret 2026-11-26T12:00:00',
    `notklaviyo_api_key = "${value}"`,
  ])
    assert.deepEqual(found(text), [], text)
})

test('every name is lower case and printable, and none stands twice', () => {
  assert.equal(new Set(serviceNames).size, serviceNames.length)
  for (const name of serviceNames) assert.match(name, /^[a-z0-9_.-]{4,24}$/)
})
