import type { Detector } from '../detector.ts'
import { healthCondition, healthTerms } from '../detectors/health/health-condition.ts'
import { namedValue } from '../named-value.ts'

/** Illnesses in further languages, and those that only beside these verbs are health data. */
export const illnesses = [
  healthTerms,
  '(?:type [12]|type ii?) diabetes|typ-?[12]-diabetes',
  'hypertension|stroke|heart (?:attack|failure)|anxiety|panic attacks?|migraines?|copd|long covid|ms|endometriosis|eating disorder|alcoholism|fibromyalgia|lupus|burn-?out|(?:work-related )?stress|slipped disc|sickle cell(?: disease| anaemia)?',
  '(?:lungen|prostata|haut|darm|blut|magen|leber|knochen|hoden|nieren)krebs|angst(?:störung(?:en)?|zuständen)|panikattacken|burn-?out-?syndrom|migräne|rheuma|multipler sklerose|schlaganfall|herzinfarkt|bluthochdruck|essstörung|magersucht|alkohol(?:abhängigkeit|sucht|ismus)|bandscheibenvorf[aä]ll|posttraumatischer belastungsstörung|ptbs|adh?s|morbus (?:crohn|parkinson|bechterew|basedow)|depressiven? episoden?',
  "diabète|scl[ée]rose en plaques|[ée]pilepsie|asthme|h[ée]patite(?: [abc])?|schizophr[ée]nie|troubles? (?:bipolaires?|anxieux)|leuc[ée]mie|vih|sida|autisme|anxi[ée]t[ée]|(?:la )?maladie d(?:e |')(?:alzheimer|parkinson|crohn)|avc|infarctus|endom[ée]triose|alcoolisme|covid long",
  'ansiedad|epoc|hipertensi[óo]n|ictus|infarto|migrañas?|alcoholismo|trastorno bipolar|fibromialgia|esclerosis múltiple',
  'ansiedade|cancro|câncer|esclerose m[úu]ltipla|hipertens[ãa]o|enxaquecas?|depress[ãa]o',
  'depressione|diabete|epilessia|tumore|sclerosi multipla|ipertensione|ansia|emicrania',
  'depressie|astma|angststoornis|reuma|migraine|hartinfarct|hoge bloeddruk',
].join('|')

/** Who is ill of nobody in particular: `people who suffer from …`. */
const isOfAnybody =
  /$(?<=(?:(?<![\p{L}])(?:who|that|qu[ei]|quien(?:es)?|che|chi|wer|die|der|das|people|patients|persons?|someone|anyone|anybody|somebody|child(?:ren)?|women|men|adults?|those|you|dog|cat|jemand|menschen|man|on|personas?|pessoas?|persone|personnes?|mensen|iemand)(?: (?:is|are|was|were|has|have|had|been|be|being|may|can|est|sont|sind|ist|es|são|è)){0,2}|\d ?%[^.]{0,20}) )/iu
const longestSubject = 40

/** Verbs of which nobody but a person who is ill is the subject, so that none must stand there. */
export const furtherHealth: Detector = {
  ...healthCondition,
  ...namedValue({
    wakes: [
      ...[
        'suffers f',
        'suffering f',
        'diagnos',
        'off sick',
        'sick leave',
        'signed off',
        'with a history',
        'has a history',
      ],
      ...['hx:', 'pmh:'],
      ...[
        'leide',
        'leidet',
        'erkrankt',
        'krankgeschrieben',
        'krank gem',
        'souffr',
        'atteint',
        'maladie p',
        'antecedent',
      ],
      ...[
        'padec',
        'padez',
        'sufr',
        'baja por',
        'de baja',
        'sofr',
        'de baixa',
        'soffr',
        'malattia p',
        'lijd',
        'ziekgemeld',
      ],
    ],
    names:
      'suffer(?:s|ing) from|(?:was|been|is|were|am|just|recently|newly)? ?diagnos(?:ed with|ed as having|ticad[oa](?: de| con| com)?|ticat[oa]|tiqu[ée]e?|tiziert|ticeerd)|off sick|(?:on )?sick leave|signed off|(?:with|has) a history of|hx|pmh|leidet|leide|erkrankte?|krankgeschrieben|krank gemeldet|souffr(?:e|ant)|atteinte?|maladie pour|antecedent(?:e?s)?|padece|padezco|sufr[eo]|(?:de )?baja por|de baja|sofr[eo]|de baixa|soffr[eo]|malattia per|lijdt?|ziekgemeld',
    fillers:
      'd|des|du|di|da|do|dal|dalla|an|unter|wegen|seit|mit|einer|einem|schwerer|schweren|chronischer|aan|wegens|met|ernstige|with|from|work|due|to|because|severe|chronic|acute|mild|clinical|long-term|por|con|com|una|un|une|uma|um|a|grave|sévère|años|jahren',
    value: illnesses,
    isDismissed: (text, start) => isOfAnybody.test(text.slice(Math.max(0, start - longestSubject), start)),
    judge: () => ({ score: 0.75, why: 'an illness after a verb for being ill' }),
    isList: true,
  }),
}
