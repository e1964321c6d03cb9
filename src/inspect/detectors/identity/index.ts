/** National, tax and company ids, and the health numbers that are made like them. A country's own file, and a line here. */
import type { Detector } from '../../detector.ts'
import { patientIds } from '../health/patients.ts'
import { professionalIds } from '../health/professionals.ts'
import { alpineIds } from './alps.ts'
import { balticIds } from './baltic.ts'
import { beneluxIds } from './benelux.ts'
import { britishIds } from './british-isles.ts'
import { centralEuropeanIds } from './central-europe.ts'
import { documentIds } from './documents.ts'
import { eastAsianIds } from './east-asia.ts'
import { euVat } from './eu-vat.ts'
import { frenchIds } from './france.ts'
import { germanIds } from './germany.ts'
import { iberianIds } from './iberia.ts'
import { indianIds } from './india.ts'
import { italianIds } from './italy.ts'
import { latinAmericanIds } from './latin-america.ts'
import { middleEasternIds } from './middle-east.ts'
import { nearEastAndAfricanIds } from './near-east-africa.ts'
import { nordicIds } from './nordic.ts'
import { northAmericanIds } from './north-america.ts'
import { oceanianIds } from './oceania.ts'
import { russianAndUkrainianIds } from './russia-ukraine.ts'
import { southEastAsianIds } from './south-east-asia.ts'
import { southEastEuropeanIds } from './south-east-europe.ts'

export const identityIds: readonly Detector[] = [
  ...northAmericanIds,
  ...britishIds,
  ...germanIds,
  ...frenchIds,
  ...italianIds,
  ...iberianIds,
  ...beneluxIds,
  ...alpineIds,
  ...nordicIds,
  ...centralEuropeanIds,
  ...southEastEuropeanIds,
  ...balticIds,
  euVat,
  ...indianIds,
  ...eastAsianIds,
  ...southEastAsianIds,
  ...latinAmericanIds,
  ...oceanianIds,
  ...nearEastAndAfricanIds,
  ...middleEasternIds,
  ...russianAndUkrainianIds,
  ...documentIds,
  ...patientIds,
  ...professionalIds,
]
