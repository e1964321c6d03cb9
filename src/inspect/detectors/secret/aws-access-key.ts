import { isAfterAlphanumeric } from '../../boundary.ts'
import { isIdentifier } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'

/** Keys of the first years also hold 0, 1, 8 and 9. */
const shape = /A(?:KIA|SIA|BIA|CCA)[A-Z0-9]{16}/y

function findKeyId(text: string, start: number): readonly Match[] {
  if (isAfterAlphanumeric(text, start)) return nothing
  shape.lastIndex = start
  const end = start + 20
  if (!shape.test(text) || isIdentifier(text.charCodeAt(end))) return nothing
  if (!/[A-Z]/.test(text.slice(start + 4, end)) || /(.)\1{7}/.test(text.slice(start, end))) return nothing
  return [{ start, end, score: 1, isProved: true, why: 'prefix and alphabet of an access key id' }]
}

const id = `AKIA${'IOSFODNN7EXAMPLE'}`

/** Access key ids of Amazon Web Services, long-lived and temporary. */
export const awsAccessKey: Detector = {
  type: 'aws-access-key',
  family: 'secret',
  class: 'restricted',
  label: 'AWS access key id',
  trigger: { literals: ['AKIA', 'ASIA', 'ABIA', 'ACCA'] },
  examine: findKeyId,
  proof: 'prefix, length and alphabet',
  finds: [
    `aws_access_key_id = «${id}»`,
    `«ASIA${'Y34FZKBOKMUTVV7A'}»,`,
    `KEY_«${id}»`,
    `«AKIA${'I44QH8DHBEXAMPLE'}»`,
    `first line\\n«${id}»\\n`,
    `key%3D«${id}»&x=1`,
  ],
  ignores: [
    `X${id}`,
    `${id}X`,
    `${id.toLowerCase()}`,
    'ASIA PACIFIC',
    `AKIA${'X'.repeat(16)}`,
    `AKIA${'1'.repeat(16)}`,
  ],
  source: 'AWS IAM user guide, "IAM identifiers: unique identifiers"',
}
