import type { Detector } from '../../detector.ts'
import { namedValue } from '../../named-value.ts'

/**
 * Chapters by their first and last category; the third place may be a letter in the clinical modification.
 * Source: WHO, ICD-10 version 2019; ICD-10-CM 2026 where it goes further.
 */
const chapters: readonly (readonly [string, string])[] =
  `A00-B99 C00-D49 D50-D89 E00-E90 F01-F99 G00-G99 H00-H59
  H60-H95 I00-I99 J00-J99 K00-K95 L00-L99 M00-M99 N00-N99 O00-O9Z P00-P96 Q00-Q99 R00-R99 S00-T98 U00-U99 V00-Y99 Z00-Z99`
    .split(/\s+/)
    .map((range): readonly [string, string] => [range.slice(0, 3), range.slice(4)])

const isInChapter = (code: string): boolean => {
  const category = code.slice(0, 3)
  return chapters.some(([first, last]) => category >= first && category <= last)
}

/** A code alone is a vitamin or a motorway: `B12`, `A10`. So ICD is named, or a diagnosis and the code is whole. */
export const diagnosisCode: Detector = {
  type: 'diagnosis-code',
  family: 'health',
  class: 'confidential',
  label: 'code of a diagnosis (ICD-10)',
  ...namedValue({
    wakes: ['icd', 'diagn', 'cie-10', 'cim-10', 'dx'],
    names:
      'icd(?:[- ]?10)?(?:[- ]?(?:cm|gm|who))?|diagnos(?:is|es|e|en|ed|i)|diagnosticado?|diagnostic[oa]?s?|diagnósticos?|cie-10|cim-10|dx',
    fillers:
      'codes?|primary|secondary|main|with|as|icd(?:[- ]?10)?(?:[- ]?(?:cm|gm))?|principal|hauptdiagnose|gesicherte?',
    value: '[a-tv-z]\\d[\\da-z](?:\\.[\\da-z]{1,4})?|u[0-8]\\d(?:\\.[\\da-z]{1,4})?',
    isList: true,
    judge: (value, name) => {
      const isNamed = /^(?:icd|ci[em]-)/.test(name)
      if (value !== value.toUpperCase() || !isInChapter(value) || !(isNamed || value.includes('.')))
        return undefined
      return { score: isNamed ? 0.9 : 0.85, why: 'a code of a chapter of ICD-10 after a name for diagnoses' }
    },
  }),
  proof: 'chapter of the code, and ICD or a diagnosis before it',
  finds: [
    'ICD-10: «E11.9», «I10»',
    'diagnosis: «F32.1»',
    'ICD-10-GM «J45.0»',
    'Diagnose «C50.9» gesichert',
    '{"icd10":"«M54.5»"}',
    'Dx «S72.001A»',
    'CIE-10 «K35.8»',
    'diagnosed with «F41.1» and «F33.0»',
  ],
  ignores: [
    'E11.9',
    'diagnosis: B12 deficiency',
    'ICD-10 is a list of 70000 codes',
    'ICD e11.9',
    'diagnostics port A10',
    'section D3.2 of the diagnosis',
    'the dx of A1B2',
  ],
  source: 'WHO, ICD-10 version 2019; CMS, ICD-10-CM 2026',
}
