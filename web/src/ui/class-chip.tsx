import type { DataClass } from '#/core/data-class.ts'
import { classNames } from '../conversations/words.ts'

const arch = 'M2 12.6V7a5 5 0 0 1 10 0v5.600Z'
const portcullis: Readonly<Record<DataClass, string | undefined>> = {
  public: undefined,
  internal: 'M2.6 5.2a5 5 0 0 1 8.800 0Z',
  confidential: 'M2 8.900V7a5 5 0 0 1 10 0v1.900Z',
  restricted: undefined,
}

/** A data class: its shape and its word, always both. `isBare` for sentences and tables. */
export const ClassChip = ({ of, isBare = false }: { readonly of: DataClass; readonly isBare?: boolean }) => (
  <span className={`cls cls-${of}${isBare ? ' bare' : ''}`}>
    <svg viewBox="0 0 14 14" aria-hidden="true">
      {of === 'restricted' ? (
        <path d="M1.2 13.400V7a5.800 5.800 0 0 1 11.600 0v6.400Z" fill="currentColor" />
      ) : (
        <>
          <path d={arch} fill="none" stroke="currentColor" strokeWidth="1.6" />
          {portcullis[of] === undefined ? null : <path d={portcullis[of]} fill="currentColor" />}
        </>
      )}
    </svg>
    {classNames[of]}
  </span>
)
