import type { Kind } from '../api.ts'

interface InjectionKind extends Kind {
  /** What makes a find sure. */
  readonly proof: string
  readonly source: string
}

/**
 * Attempts to take over a model, as kinds rules can name. They are of class public: they say nothing about how secret
 * a text is, and must not raise its class.
 */
export const injectionKind = {
  type: 'prompt-injection',
  family: 'other',
  class: 'public',
  label: 'attempt to take over the model',
  proof: 'a strong sign and another one within 1,200 characters',
  source: 'own grammar of phrases and marks',
} as const satisfies InjectionKind

export const suspectedInjectionKind = {
  type: 'suspected-prompt-injection',
  family: 'other',
  class: 'public',
  label: 'possible attempt to take over the model',
  proof: 'one strong sign, two weak ones, or the small model',
  source: 'own grammar of phrases and marks, catalogue/injection/SOURCES.md',
} as const satisfies InjectionKind

export const injectionKinds: readonly InjectionKind[] = [injectionKind, suspectedInjectionKind]
