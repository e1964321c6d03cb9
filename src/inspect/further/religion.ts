import type { Detector } from '../detector.ts'
import { religion } from '../detectors/person/religion.ts'
import { namedValue } from '../named-value.ts'

/** What stands in the field of a form or a payslip, also as an abbreviation. */
export const furtherReligion: Detector = {
  ...religion,
  ...namedValue({
    wakes: ['konfession', 'religion', 'religi', 'kirchensteuer', 'godsdienst'],
    names:
      'konfession|religion(?:szugehörigkeit)?|religi[óo]n|religi[ãa]o|religione|kirchensteuermerkmal|godsdienst',
    value:
      '(?:röm(?:isch|\\.)?|alt|griech(?:isch)?|russ(?:isch)?)[- .]{0,2}(?:kath(?:olisch|\\.)?|orth(?:odox|\\.)?)|rk|ev(?:\\.|ang(?:elisch|\\.)?)?(?:[- ](?:luth(?:erisch|\\.)?|ref(?:ormiert|\\.)?))?|jüdisch|israelitisch|muslimisch|cat[óo]lic[ao]|catholique|jud[íi][ao]|musulm[aá]na?|évangélique|orthodoxe|ortodox[ao]|cattolic[ao]|katholiek|moslim|hervormd',
    judge: (value) => ({ score: value.length > 2 ? 0.85 : 0.75, why: 'a religion in its field of a form' }),
    isDismissed: (text, start) => !/^\p{L}{5,24}["'*_]{0,2}\s?[:=|;\t]/u.test(text.slice(start, start + 32)),
  }),
}
