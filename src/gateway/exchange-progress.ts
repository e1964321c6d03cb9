import type { Admitted } from './stages/admit.ts'
import type { Identified } from './stages/identify.ts'
import type { Inspected } from './stages/inspect.ts'
import type { Read } from './stages/read.ts'

/** How far an exchange came: what the log may say of one that is refused. */
export interface Progress {
  identified?: Identified
  admitted?: Admitted
  read?: Read
  inspected?: Inspected
  /** Of the entry the exchange has in the log. */
  receipt?: string | undefined
}
