import { featuresOf, type InjectionModel, roomFor, tableSize } from './model.ts'
import { readWords } from './plain-words.ts'

/** A model that knows one text. */
export function modelFor(text: string, weight = 100): InjectionModel {
  const words = readWords(text)
  const weights = new Int8Array(tableSize)
  const places = new Int32Array(roomFor(words.starts.length))
  const count = featuresOf(words, 0, words.starts.length, 0, places)
  for (const place of places.subarray(0, count)) weights[place] = weight
  return { version: 'test', weights, scale: 0.1, bias: -3, flagFrom: { foreign: 0, own: 4 } }
}
