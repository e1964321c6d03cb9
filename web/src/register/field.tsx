import { type ReactNode, useId } from 'react'
import type { Problem } from '../core/problem.ts'

/** Fields of the form, as the gate names them. */
const fieldNames = ['reason', 'until', 'conditions.highestClass'] as const

type FieldName = (typeof fieldNames)[number]

/** Whether a problem is shown at a field; every other one stands above the button. */
export const isAtField = ({ field }: Problem): boolean => fieldNames.some((name) => name === field)

interface Properties {
  readonly name: FieldName
  readonly label: string
  readonly problem: Problem | undefined
  readonly children: (described: {
    readonly id: string
    readonly 'aria-invalid': boolean
    readonly 'aria-describedby': string | undefined
  }) => ReactNode
}

/** A label, a control, and below it what the gate found wrong with it. */
export function Field({ name, label, problem, children }: Properties) {
  const id = useId()
  const wrong = problem?.field === name ? problem : undefined
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        id,
        'aria-invalid': wrong !== undefined,
        'aria-describedby': wrong === undefined ? undefined : `${id}-problem`,
      })}
      {wrong === undefined ? null : (
        <p id={`${id}-problem`} role="alert" className="wrong">
          {wrong.message}
        </p>
      )}
    </div>
  )
}
