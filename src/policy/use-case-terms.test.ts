import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fitsPattern } from './one-star.ts'
import { offering, useCase } from './test-values.ts'
import { assertTools, toolOutside, whyOutside } from './use-case-terms.ts'

test('a star stands for anything, also for nothing, and what stands around it does not overlap', () => {
  assert.equal(fitsPattern('mail_*', 'mail_send'), true)
  assert.equal(fitsPattern('mail_*', 'mail_'), true)
  assert.equal(fitsPattern('*_read', 'files_read'), true)
  assert.equal(fitsPattern('a*a', 'a'), false)
  assert.equal(fitsPattern('*', ''), true)
  assert.equal(fitsPattern('mail', 'mail_send'), false)
  assert.equal(fitsPattern('mail.*', 'mailXsend'), false)
})

test('a use case that names no tools allows all, one with an empty list none', () => {
  assert.equal(toolOutside(useCase('u'), ['anything']), undefined)
  assert.equal(toolOutside(useCase('u', { tools: [] }), ['anything']), 'anything')
  assert.equal(toolOutside(useCase('u', { tools: [] }), []), undefined)
  assert.equal(
    toolOutside(useCase('u', { tools: ['find', 'mail_*'] }), ['find', 'mail_send', 'shell']),
    'shell',
  )
})

test('the refusal names the tool where it is a name, and never a text somebody typed', () => {
  const limited = useCase('u', { tools: ['find'] })
  const toldOf = (tool: string) => {
    try {
      assertTools(limited, () => [tool])
    } catch (error) {
      return (error as { facts: { tool: string } }).facts.tool
    }
    return assert.fail('it was allowed')
  }
  assert.equal(toldOf('run_shell'), 'run_shell')
  assert.equal(toldOf('my IBAN is DE89'), '…')
})

test('contracts of customers hold together, and what is unknown is outside', () => {
  const customers = [
    { name: 'Tarn', processors: ['kestrel cloud'] },
    { name: 'Wick', regions: ['EU-*'] },
  ]
  const terms = { customers, hasBudget: false }
  assert.equal(whyOutside(offering('a', 'internal', { region: 'eu-central' }), terms), undefined)
  assert.match(
    whyOutside(offering('a', 'internal', { region: 'us-east' }), terms) ?? '',
    /Wick allows the regions EU-\*; that of Offering a is us-east/,
  )
  assert.match(
    whyOutside(offering('a', 'internal', { processor: 'unknown', region: 'eu' }), terms) ?? '',
    /Tarn allows kestrel cloud/,
  )
})

test('with a budget an offering without a price is outside: unknown is never counted as nothing', () => {
  const terms = { customers: [], hasBudget: true }
  assert.match(whyOutside(offering('a', 'internal'), terms) ?? '', /no price/)
  const price = { priceMicroUsdPerMillionTokens: { input: 0, output: 0 } }
  assert.equal(whyOutside(offering('a', 'internal', price), terms), undefined)
})
