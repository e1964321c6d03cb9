import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withArticles } from './article.ts'

test('a name takes the article it is spoken with', () => {
  for (const name of [
    'an AWS access key id',
    'an OpenAI API key',
    'an API key of a model vendor',
    'an e-mail address',
    'an npm token',
    'an age secret key',
    'an Amazon Bedrock API key',
    'an IP address',
    'an IMEI',
    'an NHS number',
    'an EU VAT number',
    'an unknown key',
    'a US social security number',
    'a UK driving licence',
    'a Ukrainian tax number',
    'a union membership',
    'a health insurance number',
    'a URL with a password',
    'a user name and password in an address',
    'a payment card number',
    'a bank account number (IBAN)',
    'a JSON Web Token',
    'a SIM card number',
    'a Hugging Face token',
    'a European health card',
    'a one-time code',
    'a codename',
  ]) {
    assert.equal(withArticles([name.replace(/^an? /, '')]), name)
  }
})

test('more than one of a thing, and what is not counted, take none', () => {
  for (const name of ['credentials', 'coordinates of a place', 'health of a person'])
    assert.equal(withArticles([name]), name)
  assert.equal(withArticles(['postal address']), 'a postal address')
})

test('several names make a list', () => {
  assert.equal(withArticles(['password', 'e-mail address']), 'a password and an e-mail address')
  assert.equal(withArticles(['password', 'IBAN', 'JWT']), 'a password, an IBAN and a JWT')
  assert.equal(withArticles([]), '')
})
