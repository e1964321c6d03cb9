/** What a use case is that is asked by its inputs: a template in which they have their places, and the shape of its answer. */

/** What somebody enters: a text of so many characters at most, or one of a list. */
export type TaskInput =
  | { readonly kind: 'text'; readonly title?: string | undefined; readonly maxCharacters: number }
  | { readonly kind: 'choice'; readonly title?: string | undefined; readonly of: readonly string[] }

export interface Template {
  /** Instructions before the prompt; it has no places for inputs. */
  readonly system?: string | undefined
  /** The prompt, with `{{name}}` where an input stands. */
  readonly prompt: string
  readonly inputs: Readonly<Record<string, TaskInput>>
}

/** The part of JSON Schema that is checked here. Nothing else may stand in one. */
export type AnswerSchema =
  | {
      readonly type: 'object'
      readonly description?: string | undefined
      readonly properties: Readonly<Record<string, AnswerSchema>>
      readonly required?: readonly string[] | undefined
      /** As in JSON Schema: others may stand beside them unless this is false. */
      readonly additionalProperties?: boolean | undefined
    }
  | {
      readonly type: 'array'
      readonly description?: string | undefined
      readonly items: AnswerSchema
      readonly minItems?: number | undefined
      readonly maxItems?: number | undefined
    }
  | {
      readonly type: 'string'
      readonly description?: string | undefined
      readonly enum?: readonly string[] | undefined
      readonly maxLength?: number | undefined
    }
  | {
      readonly type: 'number' | 'integer'
      readonly description?: string | undefined
      readonly minimum?: number | undefined
      readonly maximum?: number | undefined
    }
  | { readonly type: 'boolean'; readonly description?: string | undefined }

/** As a snapshot holds it. */
export interface Task {
  readonly template: Template
  readonly answerSchema?: AnswerSchema | undefined
}
