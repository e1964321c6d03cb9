/** Shapes of `/tasks`. */
import type { DataClass } from '#/core/data-class.ts'
import type { JsonValue } from '#/core/json.ts'
import type { AnswerSchema, TaskInput } from '#/policy/tasks/api.ts'

/** A task that is open to whoever asks, with what it takes. */
export interface TaskView {
  readonly id: string
  readonly title: string
  readonly purpose: string
  readonly highestClass: DataClass
  /** Shown before something is sent. */
  readonly notice: string | null
  /** Whether a person must check each answer before it is used. */
  readonly needsReview: boolean
  /** Whether the log keeps what is entered and answered. */
  readonly keepsContent: boolean
  /** In the order of the prompt. */
  readonly inputs: readonly (TaskInput & { readonly name: string })[]
  /** What the answer looks like; null for a text. */
  readonly answerSchema: AnswerSchema | null
  /** Offerings it may go to, by what `model` takes. */
  readonly models: readonly string[]
}

/** `GET /tasks`. */
export interface TaskList {
  readonly tasks: readonly TaskView[]
}

/** What `POST /tasks/:useCase` answers. */
export interface TaskAnswer {
  /** A text, or what the schema of the task says. */
  readonly answer: JsonValue
  /** False: the model stopped where it may write no longer. Never with a schema: half of such an answer is refused. */
  readonly isComplete: boolean
  readonly useCase: string
  readonly offering: string
  readonly class: DataClass
  /** Values that were masked or replaced before it left. */
  readonly changedValues: number
  readonly needsReview: boolean
  readonly notice: string | null
  readonly receipt: string
  readonly requestId: string
}

/** What is told of a task beside its answer. */
export type Summary = Omit<TaskAnswer, 'answer' | 'isComplete'>
