import { type DataClass, dataClasses, isAtMost } from '#/core/data-class.ts'
import { Icon } from '../ui/icon.tsx'
import { classNames } from './words.ts'

interface Properties {
  readonly declared: DataClass | undefined
  /** What was found, and what went along in this chat already: no choice goes below it. */
  readonly lowest: DataClass
  readonly onDeclare: (dataClass: DataClass | undefined) => void
}

/** Raises the class of what is sent. Lowering is not offered, because it has no effect. */
export const ClassPicker = ({ declared, lowest, onDeclare }: Properties) => (
  <span className="pick">
    <label className="sr" htmlFor="declared-class">
      Data class
    </label>
    <select
      id="declared-class"
      className="btn quiet"
      value={declared ?? ''}
      onChange={({ target }) => onDeclare(dataClasses.find((each) => each === target.value))}
    >
      <option value="">Class: as found</option>
      {dataClasses.slice(1).map((each) => (
        <option key={each} value={each} disabled={isAtMost(each, lowest)}>
          {isAtMost(each, lowest) ? `${classNames[each]} (found already)` : `Raise to ${classNames[each]}`}
        </option>
      ))}
    </select>
    <Icon name="down" />
  </span>
)
