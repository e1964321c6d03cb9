import type { SensitivityLabel } from '../api.ts'
import { readLabels } from '../labels.ts'
import { walkXml } from './xml-events.ts'

/** Labels among the custom properties (`docProps/custom.xml`), as Office wrote them until 2023 and others still do. */
export function readProperties(name: string, path: string, xml: string): readonly SensitivityLabel[] {
  if (name !== 'docProps/custom.xml') return []
  const properties: [string, string][] = []
  walkXml(xml, {
    open: (element, attributes) => {
      if (element === 'property') properties.push([attributes['name'] ?? '', ''])
    },
    text: (text) => {
      const last = properties.at(-1)
      if (last !== undefined) last[1] += text
    },
  })
  return readLabels(path, properties)
}

/** `docMetadata/LabelInfo.xml`, the newer place. Source: [MS-OFFCRYPTO] 2.6.3. */
export function readLabelInfo(name: string, path: string, xml: string): readonly SensitivityLabel[] {
  if (name !== 'docMetadata/LabelInfo.xml') return []
  const labels: SensitivityLabel[] = []
  walkXml(xml, {
    open: (element, { id, enabled, removed, name: title }) => {
      if (element !== 'label' || id === undefined || enabled === '0' || removed === '1') return
      labels.push({ path, id: id.replace(/[{}]/g, '').toLowerCase(), name: title })
    },
  })
  return labels
}
