/**
 * Drugs that are prescribed often, by their international nonproprietary names. The languages of the detectors write them
 * alike but for a few letters, so each is kept without these: `metformin`, `metformine` and `metformina` are one.
 * Source: WHO, lists of recommended international nonproprietary names; WHO model list of essential medicines, 2023.
 */
const names =
  // Pain, inflammation, fever.
  (
    'paracetamol acetaminophen ibuprofen diclofenac naproxen celecoxib etoricoxib ketoprofen meloxicam metamizole tramadol ' +
    'codeine morphine oxycodone hydrocodone fentanyl buprenorphine methadone tapentadol tilidine hydromorphone naloxone ' +
    'naltrexone sumatriptan rizatriptan erenumab colchicine allopurinol febuxostat ' +
    // Heart, vessels, blood.
    'amlodipine lercanidipine nifedipine verapamil diltiazem bisoprolol metoprolol propranolol atenolol carvedilol nebivolol ' +
    'ramipril enalapril lisinopril perindopril captopril losartan valsartan candesartan olmesartan telmisartan irbesartan ' +
    'sacubitril hydrochlorothiazide indapamide chlortalidone furosemide torasemide spironolactone eplerenone atorvastatin ' +
    'simvastatin rosuvastatin pravastatin ezetimibe evolocumab warfarin phenprocoumon apixaban rivaroxaban dabigatran edoxaban ' +
    'clopidogrel ticagrelor prasugrel heparin enoxaparin digoxin amiodarone flecainide doxazosin clonidine ' +
    // Sugar, hormones, weight.
    'metformin glimepiride gliclazide glipizide sitagliptin linagliptin empagliflozin dapagliflozin canagliflozin semaglutide ' +
    'liraglutide dulaglutide tirzepatide insulin levothyroxine liothyronine carbimazole thiamazole prednisone prednisolone ' +
    'dexamethasone hydrocortisone estradiol progesterone testosterone tamoxifen letrozole anastrozole finasteride ' +
    'levonorgestrel desogestrel mifepristone misoprostol alendronate denosumab ' +
    // Mind and nerves.
    'sertraline fluoxetine citalopram escitalopram paroxetine venlafaxine duloxetine mirtazapine bupropion trazodone ' +
    'amitriptyline quetiapine olanzapine risperidone aripiprazole haloperidol clozapine lithium lamotrigine valproate ' +
    'carbamazepine levetiracetam topiramate gabapentin pregabalin phenytoin diazepam lorazepam alprazolam clonazepam zolpidem ' +
    'zopiclone methylphenidate lisdexamfetamine atomoxetine levodopa pramipexole ropinirole rasagiline donepezil rivastigmine ' +
    'memantine disulfiram acamprosate varenicline ' +
    // Stomach, lungs, skin.
    'omeprazole pantoprazole esomeprazole lansoprazole mesalazine loperamide ondansetron salbutamol albuterol formoterol ' +
    'salmeterol budesonide fluticasone tiotropium montelukast isotretinoin ' +
    // Infections, immunity, cancer.
    'amoxicillin doxycycline azithromycin clarithromycin ciprofloxacin levofloxacin metronidazole nitrofurantoin cefuroxime ' +
    'isoniazid rifampicin tenofovir emtricitabine dolutegravir bictegravir lamivudine aciclovir valaciclovir sofosbuvir ' +
    'methotrexate azathioprine ciclosporin tacrolimus mycophenolate adalimumab infliximab etanercept rituximab ocrelizumab ' +
    'natalizumab ustekinumab imatinib pembrolizumab nivolumab trastuzumab capecitabine cisplatin paclitaxel docetaxel sildenafil ' +
    'tadalafil tamsulosin solifenacin'
  ).split(' ')

const marks = /\p{M}/gu
const beyondAscii = /[^\0-\x7f]/

/** Without accents, doubled letters and endings, and with the letters of all languages for one sound. */
const stemOf = (word: string): string =>
  (beyondAscii.test(word) ? word.normalize('NFD').replace(marks, '') : word)
    .toLowerCase()
    .replace(/th/g, 't')
    .replace(/ph/g, 'f')
    .replace(/y/g, 'i')
    .replace(/k/g, 'c')
    .replace(/(.)\1/g, '$1')
    .replace(/(?:um|[aeo])$/, '')

const stems = new Set(names.map(stemOf))

/** True for the name of a drug in one of the languages, in any case. */
export const isDrug = (word: string): boolean => stems.has(stemOf(word))
