import { hash } from 'node:crypto'
import { readCatalogue } from '#/core/catalogue.ts'
import { createInjectionScorer, type InjectionScorer, readInjectionModel } from '#/inspect/index.ts'

/** Grammar, structure and the model that comes with Sallyport. Throws when its file is missing or damaged. */
export function openInjectionScorer(): InjectionScorer {
  const bytes = readCatalogue('injection/model.bin')
  return createInjectionScorer({ model: readInjectionModel(bytes, hash('sha256', bytes)) })
}
