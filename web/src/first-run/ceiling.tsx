import type { PlannedOffering } from '#/register/first-run/api.ts'
import { ClassChip } from '../ui/class-chip.tsx'

/** The highest class the facts carry, and the first thing that is missing for more. */
export const Ceiling = ({
  of: { ceiling, reasons },
}: {
  readonly of: Pick<PlannedOffering, 'ceiling' | 'reasons'>
}) => (
  <p>
    {ceiling === null ? (
      <b>Carries nothing.</b>
    ) : (
      <>
        Carries at most <ClassChip of={ceiling} />.
      </>
    )}{' '}
    <span className="small dim">{reasons[0] ?? ''}</span>
  </p>
)
