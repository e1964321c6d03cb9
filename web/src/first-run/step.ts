import type { Draft } from './draft.ts'

export interface StepProperties {
  readonly draft: Draft
  readonly change: (part: Partial<Draft>) => void
}
