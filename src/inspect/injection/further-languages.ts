/**
 * The phrases that set instructions aside or ask for them, in languages beside those of `other-languages.ts`, as `readWords` gives them:
 * of Devanagari, Bengali, Arabic and Thai the signs over and under letters are gone, and a vowel behind a letter ends a word. `further-languages.test.ts` has them as people write
 * them.
 */
import { type Phrase, phrase, type Row } from './phrase.ts'

const rows: readonly Row[] = [
  // --- Ukrainian -------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'ігноруй|ігноруйте|ігнорувати|проігноруй|проігноруйте|забудь|забудьте|скасуй|скасуйте',
    '(?:(?:про|всі|усі|все|свої|твої|ваші|ці|мої|будь-які|попередні|минулі|колишні|вищенаведені|дані|надані|тобі|вам|раніше|системні|початкові|і|та) ){1,7}(?:інструкц|вказівк|команд|правил|наказ|промпт|обмежен|директив|настанов)',
  ],
  [
    'reveal',
    'strong',
    'покажи|покажіть|розкрий|розкрийте|виведи|виведіть|повтори|повторіть|надрукуй|напиши|повідом',
    '(?:(?:мені|нам|свій|свої|твій|твої|ваш|ваші|весь|всі|повний|повністю|точний|текст|дослівно|свою) ){0,6}(?:системн[а-яіїє]{1,3} (?:промпт|підказк|інструкц|повідомлен|запит)|(?:початкові|внутрішні|приховані|секретні) (?:інструкції|вказівки|правила))',
  ],

  // --- Czech -----------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'ignoruj|ignorujte|ignorovat|zapomen|zapomente|zrus|zruste|preskoc',
    '(?:(?:na|vsechny|vsechna|vse|vsech|svoje|sve|tvoje|vase|tyto|ty|moje|predchozi|predesle|drivejsi|puvodni|vyse|uvedene|zadane|systemove|a) ){1,7}(?:pokyn|instrukc|prikaz|pravidl|prompt|omezen|zadan)',
  ],
  [
    'reveal',
    'strong',
    'ukaz|ukazte|zobraz|zobrazte|vypis|vypiste|prozrad|prozradte|zopakuj|zopakujte|napis|sdilej',
    '(?:(?:mi|nam|svuj|sve|tvuj|tvoje|vas|vase|cely|cele|vsechny|uplny|presny|text|doslova) ){0,6}(?:systemov\\w{1,3} (?:prompt|pokyn|zprav|instrukc|vyzv)|(?:puvodni|interni|skryte|tajne) (?:pokyny|instrukce|pravidla))',
  ],

  // --- Romanian --------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'ignora|ignorati|uita|uitati|omite|nesocoteste',
    '(?:(?:de|toate|orice|aceste|acele|tale|mele|cele|si) ){0,5}(?:instructiun|indicati|comenz|reguli|ordin|prompt|restricti|directiv)\\w{0,10} (?:\\w{1,14} ){0,2}(?:anterioare|precedente|de mai sus|initiale|primite|date|de dinainte|tale)',
  ],
  [
    'reveal',
    'strong',
    'arata|aratati|afiseaza|dezvaluie|repeta|scrie|spune|tipareste',
    '^(?:-(?:mi|ne))? (?:(?:tot|toate|textul|complet|exact) ){0,5}(?:promptul|prompt-ul|mesajul|instructiunile) (?:de|tau de|tale de|sistemului|interne|initiale|ascunse|secrete)',
  ],

  // --- Swedish, Danish and Norwegian -----------------------------------------------------------------------
  [
    'override',
    'strong',
    'ignorera|ignorer|glom|glem|bortse|strunta|asidosatt',
    '(?:(?:bort|fran|bort fra|i|alla|alle|allt|alt|dina|dine|de|dom|mina|mine|tidigare|foregaende|foregaende|tidligere|forrige|ovanstaende|ovenstaende|ursprungliga|oprindelige|opprinnelige|givna|och|og) ){1,7}(?:instruktion|instruks|anvisning|regler|regel|kommando|ordre|prompt|begransning|begrænsning|begrensning|riktlinj|retningslinj)',
  ],
  [
    'reveal',
    'strong',
    'visa|vis|avsloja|afslor|avslor|upprepa|gentag|gjenta|skriv|beratta|fortæl|fortell|dela',
    '(?:(?:mig|meg|oss|os|ut|din|dine|dina|hela|hele|alla|alle|den|det|fullstandiga|fulde|fullstendige|exakta|nojagtige|ordagrant) ){0,6}(?:systemprompt|systeminstruktion|systeminstruks|systemmeddelande|systembesked|systemmelding|(?:dolda|skjulte|interna|interne|ursprungliga|oprindelige|opprinnelige|hemliga|hemmelige) (?:instruktion|instruks|regler))',
  ],

  // --- Greek -----------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'αγνόησε|αγνοήστε|αγνόησέ|ξέχασε|ξεχάστε|παράβλεψε|παραβλέψτε|παράκαμψε|παρακάμψτε',
    '(?:(?:όλεσ|όλα|τισ|τουσ|τα|προηγούμενεσ|προηγούμενουσ|παραπάνω|αρχικέσ|δοθείσεσ|σου|σασ|μου|κάθε|και) ){1,7}(?:οδηγί|εντολέ|εντολή|κανόνε|κανονισμ|περιορισμ|υποδείξ)',
  ],
  [
    'reveal',
    'strong',
    'δείξε|δείξτε|αποκάλυψε|αποκαλύψτε|εμφάνισε|εμφανίστε|επανάλαβε|επαναλάβετε|γράψε|πεσ',
    '(?:(?:μου|μασ|το|τισ|την|ολόκληρο|πλήρεσ|ακριβέσ|κείμενο|όλεσ) ){0,6}(?:system prompt|προτροπή συστήματοσ|μήνυμα συστήματοσ|οδηγίεσ συστήματοσ|(?:αρχικέσ|εσωτερικέσ|κρυφέσ|μυστικέσ) οδηγίεσ)',
  ],

  // --- Arabic ----------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'تجاهل|تجاهلي|تجاهلوا|انس|انسى|انسي|تغاض|تغاضى|أهمل|تخط|تجاوز',
    '(?:(?:عن|كل|جميع|كافة|هذه|تلك|ما|كل ما|سبق|من) ){0,5}(?:ال)?(?:تعليمات|تعليماتك|توجيهات|أوامر|قواعد|إرشادات|قيود|موجه)(?:ك|كم)? (?:[ء-ي]{1,14} ){0,2}(?:ال)?(?:سابق|أعلاه|أصلي|أولي|مذكور|معطا|السابق)',
  ],
  [
    'override',
    'strong',
    'تجاهل|انس|انسى|تغاضى|تغاض',
    '(?:(?:عن|كل|جميع) ){0,2}(?:شيء )?(?:ما|ما تم|كل ما) (?:[ء-ي]{1,14} ){0,4}(?:قيل|قلته|قبل|سابقا|أعلاه)',
  ],
  [
    'reveal',
    'strong',
    'اعرض|أظهر|اظهر|اكشف|كرر|اطبع|اكتب|أخبرني|اخبرني|شارك',
    '(?:(?:لي|لنا|عن|كل|جميع|نص|كامل|محتوى|ب) ){0,5}(?:موجه النظام|موجهات النظام|رسالة النظام|تعليمات النظام|تعليماتك (?:الأصلية|السرية|الداخلية|المخفية|الأولية)|التعليمات (?:السرية|الداخلية|المخفية|الأصلية))',
  ],

  // --- Hindi -----------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'प|परव|पहल|उपर|ऊपर|सभ|अपन|स',
    '^[^ .।]{0,6} (?:(?:सभी|सार|दिए|गए|क|की|म|पिछल|परव|मौजदा|मल|अपन|सिसटम|और|वाल) ){0,6}(?:निरदश|निरदशो|आदश|आदशो|नियम|नियमो|दिशानिरदश|दिशानिरदशो|हिदायत|हिदायतो|परतिबध|परतिबधो) (?:(?:को|की|का|क|परी|तरह|सब|बार|म) ){0,4}(?:अनदख|अवहलन|नजरअदाज|भल|उपकष|धयान न|दरकिनार|इगनोर)',
  ],
  [
    'override',
    'strong',
    'ज',
    '^[^ .।]{0,6} (?:(?:भी|कछ|आपको|तमह|पहल|अब|तक|बताया|कहा|गया|ह|उस|उन|सब|सबको|था) ){2,9}(?:अनदख|अवहलन|नजरअदाज|भल|उपकष)',
  ],
  [
    'reveal',
    'strong',
    'अपन|मझ|हम|स',
    '^[^ .।]{0,6} (?:(?:अपना|अपन|अपनी|परा|पर|सभी|सार|मल|का|क|की) ){0,4}(?:सिसटम )?(?:परॉमपट|परोमपट|सदश|निरदश|छिप निरदश|गपत निरदश) (?:(?:को|का|की|परा|दोबारा|हबह) ){0,3}(?:दिखा|बता|परकट|लिख|दोहरा|साझा)',
  ],

  // --- Bengali ---------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'আগ|পরব|পরববরত|আপন|উপর|সমসত|সব|সকল',
    '^[^ .।]{0,6} (?:(?:আগের|পরবের|পরববরতী|সমসত|সব|সকল|দেওযা|সিসটেম) ){0,4}(?:নিরদেশনা|নিরদেশাবলী|নিরদেশ|নিরদেশগলি|নিরদেশগলো|নিরদেশাবলি|নিযম|আদেশ)[^ ]{0,6} (?:(?:গলি|গলো|সমপরণ) ){0,2}(?:উপেকষ|ভল|অগরাহয|এডিয)',
  ],
  [
    'override',
    'strong',
    'আপন|ত',
    '^[^ .।]{0,6} (?:(?:যা|আগে|এখন|পরযনত|কিছ|বলা|হযেছে|হযেছিল|তা|সব|সবকিছ) ){2,8}(?:উপেকষ|ভল|অগরাহয)',
  ],

  // --- Vietnamese ------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'bo|quen|phot|huy',
    '(?:(?:qua|lo|di|bo|tat|ca|moi|nhung|cac|het|ve) ){0,6}(?:huong dan|chi dan|chi thi|lenh|quy tac|yeu cau|han che|gioi han) (?:\\w{1,12} ){0,3}(?:truoc|o tren|phia tren|tren day|ban dau|he thong|cua ban|da cho)',
  ],
  [
    'override',
    'strong',
    'bo|quen|phot',
    '(?:(?:qua|lo|di|het|tat|ca|moi|nhung) ){1,5}(?:gi|dieu|thu)(?: gi)? (?:\\w{1,12} ){0,5}(?:duoc bao|da noi|noi truoc|duoc noi|truoc do|duoc day)',
  ],
  [
    'reveal',
    'strong',
    'hien|tiet|cho|lap|viet|noi',
    '(?:(?:thi|lo|toi|chung|biet|xem|ra|lai|toan|bo|tat|ca|noi|dung|nguyen|van|ve) ){0,7}(?:loi nhac he thong|prompt he thong|system prompt|cau lenh he thong|thong bao he thong|chi dan he thong|huong dan (?:ban dau|noi bo|an|bi mat))',
  ],

  // --- Indonesian and Malay --------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'abaikan|lupakan|hiraukan|kesampingkan|batalkan',
    '(?:(?:semua|seluruh|segala|setiap|saja) ){0,3}(?:instruksi|perintah|aturan|arahan|petunjuk|batasan|pembatasan|larangan|pedoman|peraturan|panduan)(?:mu|nya|-instruksi)? (?:\\w{1,14} ){0,3}(?:sebelum|di atas|terdahulu|awal|sistem|tadi|anda|kamu|diberikan|terdahulu)',
  ],
  [
    'override',
    'strong',
    'abaikan|lupakan',
    '(?:(?:semua|segala|saja|semuanya) ){1,3}(?:yang|apa|hal|sesuatu) (?:\\w{1,14} ){0,5}(?:diberitahu|dikatakan|sebelum|diperintahkan|dipelajari|diberitahukan)',
  ],
  [
    'reveal',
    'strong',
    'tampilkan|tunjukkan|ungkapkan|bocorkan|ulangi|cetak|tulis|beritahu|paparkan|dedahkan',
    '(?:(?:saya|aku|kami|seluruh|semua|isi|lengkap|tentang|teks|persis|kepada) ){0,6}(?:prompt sistem|system prompt|pesan sistem|instruksi (?:sistem|awal|internal|rahasia|tersembunyi)|arahan sistem)',
  ],

  // --- Filipino --------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'kalimutan|huwag|balewalain|ipagwalang|isantabi',
    '(?:(?:pansinin|mo|na|ninyo|bahala|lahat|ang|ng|mga|sa|iyong|inyong|naunang|nakaraang|dating|orihinal|panuto|itaas) ){1,8}(?:tagubilin|panuto|utos|alituntunin|patakaran|panuntunan|direktiba|instruksyon|instruction)',
  ],

  // --- Korean ----------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    '이전|이전의|앞의|앞선|위|위의|지금까지|지금까지의|모든|기존|기존의|당신의|너의|네|그동안의|원래|원래의|시스템',
    '(?:(?:모든|받은|내린|주어진|제공된|너의|당신의|시스템|이전|이전의|위의|기존|기존의|원래의) ){0,4}(?:지시|지침|명령|규칙|프롬프트|설정|제한|안내|설명)(?:사항)?들?[을를은는에]? (?:(?:전부|모두|다|완전히|절대|즉시) ){0,2}(?:무시|잊|따르지|버려|취소)',
  ],
  [
    'reveal',
    'strong',
    '시스템|초기|내부|숨겨진|비밀',
    '(?:프롬프트|지시|지침|메시지|명령|설정)(?:사항)?[을를의]? (?:(?:내용을|전문을|전체를|전부|모두|그대로|정확히) ){0,2}(?:알려|보여|출력|공개|말해|반복|표시|드러내)',
  ],

  // --- Thai ------------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'เ|ล|อ|ไ|ข|ย',
    '^(?:พกเฉย|มนเฉย|ม|ยาสนใจ|ยาไปสนใจ|มตองสนใจ|าม|กเลก)(?:ตอ|กบ|ไป)?(?:ทงหมด|ทก)?(?:เรอง)?(?:คำสง|คาสง|คำแนะนำ|คาแนะนา|ขอกำหนด|กฎ|ขอจำกด|คำชแจง)(?:ทงหมด|ทกขอ|ตาง ?ๆ)?(?:ทผานมา|กอนหนา|ขางตน|เดม|ทไดรบ|ดานบน|ของคณ)',
  ],
]

export const furtherLanguages: readonly Phrase[] = rows.map((row) => phrase(...row))
