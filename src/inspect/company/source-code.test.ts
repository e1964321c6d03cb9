import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { processorMs } from '#/core/test-processor-time.ts'
import { createCodeMatcher } from './source-code.ts'

const find = createCodeMatcher({ packages: ['@acme/', 'com.acme.'], class: 'confidential' })
const isFound = (text: string): boolean => find(text).length > 0

const python = `import os
from billing.ledger import Ledger

class Invoice(Base):
    """One invoice."""

    def __init__(self, number, lines):
        self.number = number
        self.lines = lines

    def total(self):
        result = 0
        for line in self.lines:
            if line.is_taxed:
                result += line.amount * (1 + line.rate)
            else:
                result += line.amount
        return result

    def post(self, ledger):
        try:
            ledger.add(self.number, self.total())
        except LedgerClosed:
            return None
        return ledger.last()
`

const java = `package org.example.orders;

import java.util.List;

public class OrderService {
    private final OrderStore store;

    public OrderService(OrderStore store) {
        this.store = store;
    }

    public List<Order> openOrders(String customer) {
        List<Order> found = store.find(customer);
        found.removeIf(order -> order.isClosed());
        return found;
    }

    public void close(Order order) {
        order.setClosed(true);
        store.save(order);
    }
}
`

test('a file of code is found, with its language, and the span begins and ends with it', () => {
  const text = `Can you look at this?\n\n${python}\nThank you very much for all of your help with this!`
  const [match] = find(text)
  assert.match(match?.why ?? '', /^\d+ lines of Python$/)
  assert.equal(text.slice(match?.start, match?.end), python.trimEnd())
  assert.match(find(java)[0]?.why ?? '', /lines of Java/)
})

test('our own sources are found as code, every one with enough lines', () => {
  for (const name of ['inspector.ts', 'terms.ts', 'overlaps.ts', 'pseudonyms.ts', 'restore.ts']) {
    const source = readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')
    assert.match(find(source)[0]?.why ?? '', /JavaScript or TypeScript/, name)
  }
})

test('our own prose is none', () => {
  for (const path of [
    'README.md',
    'CONTRIBUTING.md',
    'ARCHITECTURE.md',
    'docs/words.md',
    'docs/guide/employees.md',
  ]) {
    const text = readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8')
    assert.deepEqual(find(text), [], path)
  }
})

test('a small snippet in a question, a log, data and lists are none', () => {
  const snippet =
    'Why does this fail?\n\nfor row in rows:\n    total += row.amount\nprint(total)\n\nIt says KeyError.'
  const log = Array.from(
    { length: 40 },
    (_, index) => `2026-11-25 10:00:${index} INFO worker started (id=${index});`,
  ).join('\n')
  const data = `{\n${Array.from({ length: 40 }, (_, index) => `  "name${index}": "value ${index}",`).join('\n')}\n}`
  const list = Array.from({ length: 40 }, (_, index) => `- item ${index}: buy milk, bread (two);`).join('\n')
  for (const text of [snippet, log, data, list]) assert.equal(isFound(text), false, text.slice(0, 60))
})

test("a few lines are enough when they name one of the company's own packages", () => {
  const [match] = find("Why does this not work?\nimport { pay } from '@acme/ledger'\npay(3)\nIt says no.")
  assert.match(match?.why ?? '', /name 1 of the company's own packages/)
  assert.equal(isFound('We talked about @acme/ledger in the meeting today with everybody.'), false)
  assert.equal(isFound('import com.acme.orders.Order;\n'), true)
})

test('code under a public licence is none of the company, one of its own licence is said', () => {
  assert.equal(isFound(`// SPDX-License-Identifier: MIT\n${java}`), false)
  assert.match(
    find(`// Copyright Acme. All rights reserved.\n${java}`)[0]?.why ?? '',
    /under a licence of the company/,
  )
})

test('no text makes it slow', () => {
  const startedAt = processorMs()
  for (const piece of [
    'a '.repeat(200_000),
    'a('.repeat(200_000),
    ' \t'.repeat(200_000),
    'if x:\n'.repeat(60_000),
    '\n'.repeat(300_000),
  ])
    find(piece)
  assert.ok(processorMs() - startedAt < 3_000)
})
