import assert from 'node:assert/strict'
import { test } from 'node:test'
import { classOfLabels, readLabels } from './labels.ts'

const id = '0a1b2c3d-0000-4000-8000-00000000beef'
const label = (name: string | undefined) => ({ path: '', id, name })

test('a label is read from its fields; one that is not enabled is none', () => {
  const fields: [string, string][] = [
    [`MSIP_Label_${id.toUpperCase()}_Enabled`, 'True'],
    [`MSIP_Label_${id}_Name`, ' Secret '],
    ['Author', 'Ida'],
  ]
  assert.deepEqual(readLabels('a.docx', fields), [{ path: 'a.docx', id, name: 'Secret' }])
  assert.deepEqual(readLabels('', [[`MSIP_Label_${id}_Enabled`, 'false']]), [])
})

test('common names give a class, the first part of a name counts, and an unknown label says confidential', () => {
  assert.equal(classOfLabels([]), 'public')
  assert.equal(classOfLabels([label('General')]), 'internal')
  assert.equal(classOfLabels([label('Highly Confidential \\ Finance'), label('Public')]), 'restricted')
  assert.equal(classOfLabels([label(undefined)]), 'confidential')
})

test("the company's own list goes before common names, by id or by name", () => {
  assert.equal(classOfLabels([label('General')], new Map([[id, 'restricted']])), 'restricted')
  assert.equal(classOfLabels([label('Vertraulich')], new Map([['vertraulich', 'restricted']])), 'restricted')
})
