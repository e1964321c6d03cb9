import { type DataClass, highestClass } from '#/core/data-class.ts'
import type { LabelClasses, SensitivityLabel } from './api.ts'

/** `MSIP_Label_<guid>_<field>`, as Office, Outlook and PDF files carry Purview's labels. Source: MIP SDK, metadata. */
const field = /^MSIP_Label_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})_(\w+)$/i

/** Labels among the properties of a file. Those that say they are not enabled are none. */
export function readLabels(
  path: string,
  properties: Iterable<readonly [name: string, value: string]>,
): readonly SensitivityLabel[] {
  const fields = new Map<string, Map<string, string>>()
  for (const [property, value] of properties) {
    const [, id = '', name = ''] = field.exec(property.trim()) ?? []
    if (id === '') continue
    const own = fields.get(id.toLowerCase()) ?? new Map<string, string>()
    fields.set(id.toLowerCase(), own.set(name.toLowerCase(), value.trim()))
  }
  return [...fields]
    .filter(([, own]) => own.get('enabled')?.toLowerCase() !== 'false')
    .map(([id, own]) => ({ path, id, name: own.get('name') }))
}

/** The labels of Microsoft's default policy and words that are common for the four classes. */
const commonNames: LabelClasses = new Map<string, DataClass>([
  ['public', 'public'],
  ['personal', 'public'],
  ['non-business', 'public'],
  ['general', 'internal'],
  ['internal', 'internal'],
  ['confidential', 'confidential'],
  ['highly confidential', 'restricted'],
  ['strictly confidential', 'restricted'],
  ['restricted', 'restricted'],
  ['secret', 'restricted'],
])

/**
 * The class labels give a file, at least: by the company's own list, else by common names. Names like
 * `Confidential \ Finance` go by their first part. A label nobody knows says confidential: somebody set it for a reason.
 */
export const classOfLabels = (
  labels: readonly SensitivityLabel[],
  own: LabelClasses = new Map(),
): DataClass => highestClass(labels.map((label) => classOfLabel(label, own)))

function classOfLabel({ id, name }: SensitivityLabel, own: LabelClasses): DataClass {
  const whole = name?.toLowerCase() ?? ''
  const first = whole.split(/[\\/_]/, 1)[0]?.trim() ?? ''
  return own.get(id) ?? own.get(whole) ?? commonNames.get(whole) ?? commonNames.get(first) ?? 'confidential'
}
