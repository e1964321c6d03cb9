import type { ReactNode } from 'react'

interface Properties {
  /** Of all options that exclude each other. */
  readonly name: string
  readonly isChosen: boolean
  readonly onChoose: () => void
  /** Called when the choice is made and the list may close. */
  readonly onClick: () => void
  readonly children: ReactNode
}

/** One of what a list in the message box offers. */
export const PickerOption = ({ name, isChosen, onChoose, onClick, children }: Properties) => (
  <label>
    <input
      type="radio"
      name={name}
      checked={isChosen}
      onChange={onChoose}
      // Arrow keys choose too, without a pointer: then the list stays open to go on.
      onClick={(event) => event.detail > 0 && onClick()}
      onKeyDown={(event) => event.key === 'Enter' && onClick()}
    />
    <span>{children}</span>
  </label>
)
