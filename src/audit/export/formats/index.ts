import type { EventFormat, Product } from '../api.ts'
import { cef } from './cef/cef.ts'
import { csv } from './csv/csv.ts'
import { ecs } from './ecs/ecs.ts'
import { ocsf } from './ocsf/ocsf.ts'
import { sallyport } from './sallyport/sallyport.ts'

/** Every format. A new one is a folder beside these and a line here, and in `exportFormats` of the settings for sinks. */
export const formats: Readonly<Record<string, (product: Product) => EventFormat>> = {
  ocsf,
  ecs,
  cef,
  sallyport,
  csv,
}

/** Undefined when there is none of this name. */
export const formatNamed = (name: string, product: Product): EventFormat | undefined =>
  Object.hasOwn(formats, name) ? formats[name]?.(product) : undefined
