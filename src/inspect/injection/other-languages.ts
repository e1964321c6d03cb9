/**
 * The same phrases in other languages, in what `readWords` makes of them: Latin letters without their marks, no
 * commas or quotes. Verbs stand in the forms an order takes.
 */
import { type Phrase, phrase, type Row } from './phrase.ts'

const rows: readonly Row[] = [
  // --- German ----------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'ignoriere|ignoriert|ignorieren|ignorier|vergiss|vergesst|vergessen|missachte|missachten|verwirf|ubergehe|umgehe|umgehen|uberschreibe',
    '(?:(?:sie|bitte|all|alle|allen|aller|jede|jegliche|samtliche|die|der|das|deine|deinen|deiner|dein|ihre|ihren|ihrer|meine|vorherigen?|vorigen?|bisherigen?|fruheren?|vorangegangenen?|vorhergehenden?|vorangehenden?|obigen?|obenstehenden?|ursprunglichen?|alten|internen?|zuvor|gegebenen|und|von) ){1,7}(?:anweisung|instruktion|befehl|regel|richtlinie|vorgabe|anleitung|prompt|einschrankung|beschrankung|systemprompt|sicherheits)\\w{0,12}\\b',
  ],
  [
    'override',
    'strong',
    'vergiss|vergessen|ignoriere|ignorieren',
    '(?:(?:sie|bitte|einfach) ){0,2}(?:alles|was)(?: was)? (?:(?:du|sie|ich|dir|ihnen|wir|bisher|zuvor|vorher|oben|davor) ){1,4}(?:\\w{1,14} ){0,2}(?:gesagt|gelernt|weißt|wissen|geschrieben|steht|wurde|hast|habe|gelesen)\\b',
  ],
  [
    'reveal',
    'strong',
    'zeige|zeig|zeigen|nenne|nennen|verrate|verraten|gib|geben|wiederhole|drucke|enthulle|offenbare|schreibe|liste|teile',
    '(?:(?:sie|mir|uns|bitte|deinen|deine|deiner|den|die|das|dein|ihren|ihre|vollstandigen?|kompletten?|gesamten?|exakten?|genauen?|ganzen?|wortlich|alle|aus|inhalt|des|deines) ){1,6}(?:system ?-?prompts?|systemanweisung\\w{0,3}|systemnachricht|systemaufforderung|(?:(?:internen|ursprunglichen|geheimen|versteckten|anfanglichen) )(?:anweisungen|instruktionen|regeln|vorgaben))\\b',
  ],
  ['identity', 'weak', 'du|sie', '(?:bist|sind) (?:jetzt|nun|ab jetzt|ab sofort|von nun an|fortan) \\w'],
  [
    'from-now-on',
    'weak',
    'ab|von',
    '(?:jetzt|sofort|nun|heute)(?: an)? (?:bist|antwortest|wirst|ignorierst|verhaltst|antworte|sollst|musst|handelst|spielst) ',
  ],
  [
    'unrestricted',
    'strong',
    'du|die|der|sie',
    '(?:hast|kennst|unterliegst|haben|hat|kennen|kennt|befolgst) (?:\\w{1,14} ){0,2}keine(?:n|r|rlei)? (?:\\w{1,14} ){0,2}(?:einschrankung|beschrankung|filter|regeln|grenzen|richtlinien|moral|ethik|zensur)\\w{0,4}\\b',
  ],
  [
    'unrestricted',
    'weak',
    'ohne',
    '(?:(?:jede|jegliche|alle|ethische|moralische|irgendwelche|ethischen|moralischen) ){0,3}(?:einschrankungen|beschrankungen|filter|zensur|richtlinien|ethik|moral|ethischen|moralischen)\\b',
  ],
  [
    'mode',
    'strong',
    'aktiviere|aktivieren|wechsle|wechseln|schalte|aktivier|starte|starten|betritt|gehe',
    '(?:(?:sie|in|den|zum|jetzt|dich|bitte|deinen) ){0,4}(?:entwickler|developer|debug|god|dan|admin|jailbreak|wartungs)[ -]?(?:modus|mode)\\b',
  ],
  [
    'secrecy',
    'weak',
    'sag|sage|sagen|erwahne|erwahnen|informiere|verrate|teile|erzahle|zeige',
    '(?:(?:sie|dem|den|der|das|es|davon|dies|hiervon|dies) ){1,4}(?:be)?(?:nutzer|anwender)\\w{0,2} (?:\\w{1,14} ){0,3}nichts?\\b',
  ],
  [
    'sending',
    'weak',
    'sende|senden|schicke|schick|leite|ubermittle|ubermitteln|sendet|maile',
    '(?:\\w{1,20} ){1,6}(?:daten|passwort\\w{0,3}|passworter|zugangsdaten|verlauf|chatverlauf|nachrichten|schlussel|dateien|e-?mails|gesprach\\w{0,3}) (?:\\w{1,20} ){0,3}(?:an|nach|zu) \\S{1,80}[@.]',
  ],
  [
    'announcement',
    'weak',
    'neue|wichtige|aktualisierte',
    '(?:neue |system)?(?:anweisung|anweisungen|instruktionen|befehle) ?:',
  ],
  [
    'obedience',
    'weak',
    'lehne|verweigere|sage|antworte',
    '(?:\\w{1,14} ){0,3}(?:niemals|nie|nicht)(?: \\w{1,14}){0,2} (?:ab|nein|anfragen?|leider)\\b',
  ],

  // --- French ----------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'ignore|ignorez|ignorer|oublie|oubliez|oublier|neglige|negligez|contourne|contournez|desobeis|annule|annulez',
    '(?:(?:toutes|tous|tout|les|tes|vos|ces|des|de|mes|ta|votre|la|le|et|precedentes?|anterieures?|consignes?|regles?|instructions?) ){1,6}(?:(?:instructions?|consignes?|directives?|regles?|ordres|commandes?|restrictions?|invites?|prompts?)\\b|(?:precedent|anterieur|initial|ci-dessus)\\w{0,3})',
  ],
  [
    'override',
    'strong',
    'oublie|oubliez|ignore|ignorez',
    "tout ce (?:que|qui|qu'on) (?:[\\w']{1,14} ){0,4}(?:dit|precede|avant|appris|demande|ecrit|ci-dessus)\\b",
  ],
  [
    'reveal',
    'strong',
    'revele|revelez|montre|montrez|affiche|affichez|donne|donnez|repete|repetez|imprime|ecris|divulgue|dis|partage',
    "(?:(?:moi|-moi|le|la|les|ton|tes|votre|vos|tout|toute|integralite|de|contenu|exactement|complet|du) |l'integralite ){0,6}(?:prompts? (?:systeme|initial\\w{0,2}|cache\\w{0,2}|secret)|invite systeme|message systeme|instructions (?:systeme|initiales|internes|secretes|cachees|d'origine|confidentielles))",
  ],
  [
    'identity',
    'weak',
    'tu|vous',
    '(?:es|etes|seras|serez) (?:maintenant|desormais|dorenavant|a present) \\w',
  ],
  [
    'from-now-on',
    'weak',
    'desormais|dorenavant|maintenant',
    '(?:tu|vous) (?:es|etes|vas|allez|dois|devez|agis|reponds|repondez|repondras|ignores)\\b',
  ],
  [
    'unrestricted',
    'weak',
    'sans|aucune|aucun|pas',
    "(?:(?:aucune|aucun|la|moindre|de|d') ?){0,3}(?:restrictions?|limites? (?:ethique|morale)s?|limitations?|censure|filtres?|regles? (?:ethique|morale)s?|ethique|morale)\\b",
  ],
  [
    'unrestricted',
    'strong',
    "tu|vous|n'as|n'a",
    "(?:(?:n'as|n'avez|n'a|as|n'es|es|ne|suis|plus|pas|soumis|a) ){0,4}(?:aucune?|pas de|plus de|sans) (?:\\w{1,14} ){0,1}(?:restrictions?|limites?|limitations?|filtres?|regles?|censure|directives?)\\b",
  ],
  [
    'mode',
    'strong',
    'active|activez|entre|entrez|passe|passez|bascule',
    '(?:(?:en|dans|le|au|toi) ){0,3}mode (?:developpeur|dev|debug|dieu|admin\\w{0,12}|dan|jailbreak|sans restrictions?)\\b',
  ],
  [
    'secrecy',
    'weak',
    'ne|sans',
    "(?:le |la |les |en )?(?:dis|dites|mentionne|mentionnez|informe|informez|revele|revelez|previens|dire|informer|prevenir)(?: (?:pas|rien|jamais|cela|ceci|a|au|aux|de)){1,4} (?:l')?utilisat\\w{1,6}",
  ],
  [
    'sending',
    'weak',
    'envoie|envoyez|transmets|transmettez|transfere|transferez|envoyer|publie',
    "(?:\\w{1,20} |[ld]'\\w{1,20} ){1,6}(?:[ld]')?(?:donnees|mots? de passe|historique|conversations?|messages?|identifiants?|cles?|fichiers?|courriels?|emails?|informations) (?:\\w{1,20} ){0,3}(?:a|vers|sur) \\S{1,80}[@.]",
  ],
  [
    'announcement',
    'weak',
    'nouvelles|nouvelle|importantes|importante',
    '(?:instructions?|consignes?|directives?)(?: importantes?| du systeme)? ?[:!]',
  ],

  // --- Spanish and Portuguese share many words ---------------------------------------------------------------
  [
    'override',
    'strong',
    'ignora|ignore|ignorar|ignoren|olvida|olvide|olvidar|olvidate|omite|omita|descarta|descarte|desatiende|anula|esquece|esqueca|esquecer|desconsidere|desconsidera|desconsiderar|desobedeca|desobedece|ignorem',
    '(?:(?:todas|todos|todo|toda|as|os|las|los|la|el|o|a|tus|sus|teus|suas|seus|tuas|mis|estas|esas|essas|de|del|da|das|dos|cualquier|qualquer|quaisquer|y|e|anteriores|previas|previos|anterior|suas|por favor|reglas|regras|que) ){1,7}(?:(?:instruc|directri[zc]|diretri[zc]|regla|regra|orden|ordem|comando|prompt|restric|indicac|norma|pauta|politica)\\w{0,6}\\b|anterior(?:es|mente)?\\b)',
  ],
  [
    'override',
    'strong',
    'olvida|olvide|olvidate|ignora|ignore|esquece|esqueca',
    '(?:de )?(?:todo lo que|tudo o que|tudo que|lo que|o que|todo lo|tudo) (?:\\w{1,14} ){0,4}(?:dicho|dijo|dije|dijeron|anterior|antes|disse|dito|falei|aprendido|aprendeu|arriba|acima|escrito|sabes|sabe)\\b',
  ],
  [
    'reveal',
    'strong',
    'revela|revele|muestra|muestrame|muestre|mostre|mostra|imprime|imprima|dime|diga|diz|repite|repita|escribe|escreva|dame|exiba|exibe|comparte|compartilhe',
    '(?:(?:me|tu|tus|su|sus|el|la|los|las|o|os|as|seu|seus|sua|suas|teu|teus|todo|todas|toda|el|contenido|completo|de|del|do|exactamente|exatamente|integralmente) ){0,6}(?:prompts? (?:del? |do |de )?(?:sistema|inicial|original|oculto|secreto)|mensaje del? sistema|mensagem do sistema|(?:instrucciones|instrucoes) (?:del? |do |de )?(?:sistema|iniciales|iniciais|originales|originais|internas|ocultas|secretas))\\b',
  ],
  [
    'identity',
    'weak',
    'ahora|agora',
    '(?:eres|tu eres|es|seras|voce e|actuas|actua|actuaras|sera|tu es|voce sera|voce vai|vas a) \\w',
  ],
  [
    'from-now-on',
    'weak',
    'partir',
    '(?:de ahora|de agora|deste momento|de este momento) (?:eres|tu|seras|respond\\w{1,5}|voce|usted|actua\\w{0,4}|debes|deve|ignora\\w{0,3}|solo|vas)\\b',
  ],
  [
    'identity',
    'weak',
    'eres|voce|usted|tu',
    '(?:e |es |eres )?(?:ahora|agora) (?:e |es |eres )?(?:un|una|um|uma|el|o|a|la|[a-z]{2,20})\\b',
  ],
  [
    'unrestricted',
    'weak',
    'sin|sem',
    '(?:(?:ninguna?|nenhuma?|ningun|cualquier|qualquer|quaisquer) ){0,2}(?:restric|limitac|limites eticos|filtro|censura|etica|moral|limites morais)\\w{0,6}\\b',
  ],
  [
    'unrestricted',
    'strong',
    'no|nao',
    '(?:tienes|tiene|tem|tens|existen|ha|hay|possui|sigues|segue|tenes) (?:mas )?(?:ninguna? |nenhuma? )?(?:restric|limitac|filtro|regla|regra|censura|etica|limites)\\w{0,6}\\b',
  ],
  [
    'mode',
    'strong',
    'activa|active|entra|entre|ativa|ative|habilita|habilite|cambia|cambie|mude',
    '(?:(?:en|el|al|o|no|em|para|modo|a) ){0,3}modo (?:de )?(?:desarrollador|desenvolvedor|programador|dios|deus|dan|depuracion|depuracao|admin\\w{0,12}|jailbreak|sin restricciones|sem restricoes|debug)\\b',
  ],
  [
    'secrecy',
    'weak',
    'no|nao|nunca|sin|sem',
    '(?:se |lo |le |o |a )?(?:digas|diga|menciones|mencione|informes|informe|reveles|revele|cuentes|conte|avises|avise|decir|informar|dizer|avisar)(?: (?:lo|le|nada|esto|eso|isso|isto|a|al|ao|el|o|de|sobre)){1,5} usuari[oa]s?\\b',
  ],
  [
    'sending',
    'weak',
    'envia|envie|enviar|manda|mande|reenvia|reenvie|encaminhe|encaminha|transmite|transmita|publica',
    '(?:\\w{1,20} ){1,6}(?:datos|dados|contrasenas?|senhas?|historial|historico|conversacion\\w{0,2}|conversas?|mensajes?|mensagens|credenciales|credenciais|claves?|chaves?|archivos|arquivos|correos?|informacion|informacoes) (?:\\w{1,20} ){0,3}(?:a|al|para|ao) \\S{1,80}[@.]',
  ],
  [
    'announcement',
    'weak',
    'nuevas|nueva|nuevos|novas|nova|importantes|importante',
    '(?:instruc\\w{2,6}|ordenes|directrices|diretrizes)(?: importantes?| del sistema| do sistema)? ?[:!]',
  ],

  // --- Italian ---------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'ignora|ignorate|ignorare|ignori|dimentica|dimenticate|dimenticare|dimentichi|tralascia|trascura|scarta|annulla|disattendi|aggira',
    '(?:(?:tutte|tutti|tutto|le|gli|i|il|la|lo|tue|tuoi|sue|vostre|queste|ogni|qualsiasi|delle|dei|e|precedenti|precedente|per favore) ){1,6}(?:(?:istruzion|direttiv|regol|ordin|comand|linee guida|restrizion|indicazion|prompt|consegn)\\w{0,3}\\b|precedenti\\b)',
  ],
  [
    'override',
    'strong',
    'dimentica|ignora|dimenticate|ignorate',
    '(?:tutto )?(?:cio|quello) che (?:\\w{1,14} ){0,4}(?:detto|prima|imparato|sopra|scritto|sai)\\b',
  ],
  [
    'reveal',
    'strong',
    'rivela|rivelami|mostra|mostrami|stampa|dimmi|ripeti|scrivi|dammi|visualizza|elenca|condividi',
    '(?:(?:mi|il|la|le|tuo|tue|tuoi|tutto|tutte|esattamente|completo|contenuto|del|di|intero) ){0,6}(?:prompt (?:di |del )?(?:sistema|iniziale|originale|nascosto|segreto)|messaggio di sistema|istruzioni (?:di sistema|del sistema|iniziali|originali|interne|nascoste|segrete))\\b',
  ],
  [
    'identity',
    'weak',
    'ora|adesso|tu',
    '(?:sei|sarai|tu sei|agirai)(?: ora| adesso)? (?:un|una|il|la|lo|[a-z]{2,20})\\b',
  ],
  [
    'from-now-on',
    'weak',
    "d'ora|da",
    '(?:ora |questo momento |adesso )?in (?:poi|avanti) (?:sei|sarai|rispond\\w{1,4}|devi|agisci|tu|ignora\\w{0,3})\\b',
  ],
  [
    'unrestricted',
    'weak',
    'senza',
    '(?:(?:alcuna|alcun|nessuna|nessun|qualsiasi) ){0,2}(?:restrizion|limitazion|censur|filtr|limiti etic|etica|moral)\\w{0,3}\\b',
  ],
  [
    'unrestricted',
    'strong',
    'non',
    '(?:hai|ha|esistono|ci sono|segui|avete) (?:piu )?(?:alcuna |alcun |nessuna |nessun )?(?:restrizion|limitazion|filtr|regol|censur|limiti)\\w{0,2}\\b',
  ],
  [
    'mode',
    'strong',
    'attiva|entra|abilita|passa|attivare',
    '(?:(?:in|la|alla|nella) ){0,2}modalita (?:di )?(?:sviluppatore|sviluppo|dio|dan|debug|admin\\w{0,12}|jailbreak|senza restrizioni)\\b',
  ],
  [
    'secrecy',
    'weak',
    'non|senza',
    "(?:lo |gli |le )?(?:dire|dirlo|menzionare|informare|rivelare|riveli|avvisare|dici|dirglielo)(?: (?:nulla|niente|questo|cio|a|al|di)){0,4} (?:all'|l')?utent[ei]\\b",
  ],
  [
    'sending',
    'weak',
    'invia|inviare|manda|inoltra|spedisci|trasmetti|pubblica',
    "(?:[\\w']{1,20} ){1,6}(?:dati|password|cronologia|conversazion[ei]|messaggi|credenziali|chiavi|file|email|informazioni) (?:\\w{1,20} ){0,3}(?:a|ad|al|su) \\S{1,80}[@.]",
  ],

  // --- Dutch -----------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'negeer|negeren|vergeet|vergeten|omzeil|omzeilen|overschrijf|verwerp',
    '(?:(?:alle|al|alles|de|het|je|jouw|uw|deze|elke|enige|mijn|vorige|eerdere|voorgaande|bovenstaande|voorafgaande|oorspronkelijke|eerder|gegeven|en|van) ){1,6}(?:instructies?|opdracht(?:en)?|regels?|richtlijn(?:en)?|aanwijzing(?:en)?|bevel(?:en)?|prompts?|beperking(?:en)?|systeemprompt)\\b',
  ],
  [
    'override',
    'strong',
    'vergeet|negeer',
    'alles wat (?:\\w{1,14} ){1,4}(?:gezegd|verteld|geleerd|weet|staat|geschreven|hiervoor)\\b',
  ],
  [
    'reveal',
    'strong',
    'toon|onthul|geef|herhaal|print|vertel|laat|schrijf|deel',
    '(?:(?:me|mij|ons|je|jouw|uw|de|het|volledige|hele|exacte|alle|eens|van|inhoud) ){0,6}(?:systeem ?-?prompt|systeeminstructies|systeembericht|(?:interne|oorspronkelijke|geheime|verborgen|initiele) (?:instructies|regels|prompt))\\b',
  ],
  ['identity', 'weak', 'je|jij|u', '(?:bent|zult|gaat) (?:nu|vanaf nu|voortaan) \\w'],
  [
    'from-now-on',
    'weak',
    'vanaf|voortaan',
    '(?:nu )?(?:ben|bent|antwoord|zul|moet|ga|gedraag|negeer) (?:je|jij|u|jezelf|alleen)\\b',
  ],
  [
    'unrestricted',
    'weak',
    'zonder',
    '(?:(?:enige|alle|morele|ethische) ){0,2}(?:beperking(?:en)?|censuur|filters?|ethische|morele|restricties)\\b',
  ],
  [
    'unrestricted',
    'strong',
    'je|jij|u|die|dat',
    '(?:hebt|heb|heeft|kent) (?:\\w{1,14} ){0,1}geen (?:enkele )?(?:beperking|restricties|filters?|regels|grenzen|richtlijnen|censuur)\\w{0,3}\\b',
  ],
  [
    'mode',
    'strong',
    'activeer|schakel|ga|start|zet',
    '(?:(?:de|naar|in|over|nu|het) ){0,4}(?:ontwikkelaars?|developer|debug|god|dan|admin|jailbreak)[ -]?(?:modus|mode)\\b',
  ],
  [
    'secrecy',
    'weak',
    'vertel|zeg|meld|informeer|noem',
    '(?:(?:dit|het|de|niet|niets|aan|hierover|er|niks) ){0,4}gebruikers?(?: (?:\\w{1,14} ){0,2}(?:niet|niets|niks))\\b',
  ],
  [
    'secrecy',
    'weak',
    'vertel|zeg|meld|noem',
    '(?:dit |het |er )?(?:niet|niets|niks|nooit) (?:\\w{1,10} ){0,3}gebruikers?\\b',
  ],
  [
    'sending',
    'weak',
    'stuur|verstuur|verzend|mail|zend',
    '(?:\\w{1,20} ){1,6}(?:gegevens|data|wachtwoord(?:en)?|geschiedenis|gesprek(?:ken)?|berichten|sleutels?|bestanden|e-?mails?|informatie) (?:\\w{1,20} ){0,3}(?:naar|aan) \\S{1,80}[@.]',
  ],

  // --- Polish ----------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'zignoruj|ignoruj|zignorujcie|zapomnij|pomin|odrzuc|zlekcewaz|obejdz|nadpisz|ignorowac',
    '(?:(?:o|wszystkie|wszystkich|wszelkie|swoje|swoich|twoje|te|tych|poprzednie|poprzednich|wczesniejsze|wczesniejszych|powyzsze|powyzszych|dotychczasowe|dotychczasowych|i|dowolne|moje|pierwotne) ){1,6}(?:instrukcj|polece|polecen|zasad|regul|wytyczn|rozkaz|komend|ogranicze|prompt|dyrektyw)\\w{0,5}',
  ],
  [
    'override',
    'strong',
    'zapomnij|zignoruj',
    '(?:o )?(?:wszystk(?:o|im|iego)) (?:co|czego) (?:\\w{1,14} ){0,3}(?:powiedzia|wczesniej|dotychczas|powyzej|napisa|wiesz|nauczy)\\w{0,5}',
  ],
  [
    'reveal',
    'strong',
    'pokaz|ujawnij|wyswietl|podaj|powtorz|wypisz|wydrukuj|zdradz|napisz',
    '(?:(?:mi|nam|swoj|swoje|twoj|twoje|caly|cala|pelny|pelna|dokladny|dokladna|tresc|swojego|tekst) ){0,6}(?:prompt\\w{0,2} systemow\\w{1,3}|systemow\\w{1,3} (?:prompt|instrukcj|wiadomos)\\w{0,3}|(?:instrukcj\\w{1,3}|wytyczn\\w{1,3}) (?:systemow|poczatkow|wewnetrzn|ukryt|tajn)\\w{1,3}|(?:poczatkowe|wewnetrzne|ukryte|tajne|pierwotne) (?:instrukcje|polecenia|zasady|wytyczne))',
  ],
  ['identity', 'weak', 'jestes|bedziesz', '(?:teraz|od teraz|od tej pory|odtad) \\w'],
  [
    'from-now-on',
    'weak',
    'od|teraz|odtad',
    '(?:teraz |tej pory |tej chwili )?(?:jestes|bedziesz|odpowiadaj|odpowiadasz|dzialasz|ignorujesz|masz|udawaj)\\b',
  ],
  [
    'unrestricted',
    'weak',
    'bez',
    '(?:(?:zadnych|jakichkolwiek|wszelkich) ){0,2}(?:ogranicze|cenzury|filtrow|zasad moralnych|zasad etycznych|etyki|moralnosci)\\w{0,2}',
  ],
  [
    'unrestricted',
    'strong',
    'nie',
    '(?:masz|obowiazuja cie|ma|obowiazuja|posiadasz|dotycza cie) (?:juz )?(?:zadn\\w{1,3} )?(?:ogranicze|filtr|zasad|regul|cenzur|granic|wytyczn)\\w{0,4}',
  ],
  [
    'mode',
    'strong',
    'wlacz|aktywuj|przejdz|uruchom|wejdz',
    '(?:(?:w|do|na|teraz) ){0,2}tryb\\w{0,2} (?:dewelopersk|programist|debug|boga|dan|admin|jailbreak|bez ograniczen|deweloper)\\w{0,6}',
  ],
  [
    'secrecy',
    'weak',
    'nie',
    '(?:mow|wspominaj|informuj|ujawniaj|zdradzaj|powiadamiaj)(?: (?:o|tym|tego|nic|o tym)){0,3} uzytkownik\\w{0,4}',
  ],
  [
    'sending',
    'weak',
    'wyslij|przeslij|przekaz|wysylaj|opublikuj',
    '(?:\\w{1,20} ){1,6}(?:dane|danych|hasla|historie|rozmowe|rozmowy|wiadomosci|klucze|pliki|maile|informacje) (?:\\w{1,20} ){0,3}(?:na|do|pod) \\S{1,80}[@.]',
  ],

  // --- Russian ---------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'игнорируй|игнорируйте|игнорировать|проигнорируй|проигнорируйте|забудь|забудьте|отмени|отмените|отбрось|пренебреги|обойди',
    '(?:(?:о|про|все|всех|свои|твои|ваши|эти|те|мои|любые|предыдущие|предыдущих|прошлые|предшествующие|прежние|прежних|вышеуказанные|вышеприведенные|данные|данных|тебе|вам|ранее|выше|системные|исходные|первоначальные|и) ){1,7}(?:инструкци|указани|команд|правил|приказ|промпт|ограничени|директив|установк|предписани)',
  ],
  [
    'override',
    'strong',
    'забудь|забудьте|игнорируй|игнорируйте',
    '(?:обо? )?(?:все|всем|всё) что (?:[а-я]{1,14} ){0,4}(?:сказа|говори|раньше|ранее|выше|написа|знаешь|узнал|до этого)',
  ],
  [
    'reveal',
    'strong',
    'покажи|покажите|раскрой|раскройте|выведи|выведите|повтори|повторите|напечатай|напиши|сообщи|назови|перечисли',
    '(?:(?:мне|нам|свой|свои|твой|твои|ваш|ваши|весь|все|полный|полностью|точный|текст|содержание|дословно|свою|твоего|своего) ){0,6}(?:системн[а-я]{1,3} (?:промпт|подсказк|инструкци|сообщени|запрос)|(?:начальные|исходные|внутренние|скрытые|секретные|первоначальные) (?:инструкци|указани|правила))',
  ],
  ['identity', 'weak', 'ты|вы', '(?:теперь|отныне|сейчас|с этого момента) [а-яa-z]'],
  [
    'from-now-on',
    'weak',
    'теперь|отныне|с',
    '(?:этого момента |этой минуты )?(?:ты|вы|отвечай|будешь|веди|действуй)(?: |$)',
  ],
  [
    'unrestricted',
    'weak',
    'без',
    '(?:(?:каких-либо|любых|всяких|всех|каких либо|моральных|этических) ){0,3}(?:ограничени|цензур|фильтр|этическ|моральн|запрет)',
  ],
  [
    'unrestricted',
    'strong',
    'у|тебя',
    '(?:тебя |вас )?(?:больше )?нет (?:никаких |больше )?(?:ограничени|фильтр|правил|цензур|запрет)',
  ],
  [
    'mode',
    'strong',
    'включи|включите|активируй|активируйте|перейди|перейдите|войди',
    '(?:(?:в|свой) ){0,2}режим[а-я]{0,2} (?:разработчик|отладк|бога|админ|dan|без ограничений|джейлбрейк)',
  ],
  [
    'secrecy',
    'weak',
    'не',
    '(?:говори|говорите|сообщай|сообщайте|упоминай|упоминайте|рассказывай|информируй|раскрывай|показывай)(?: (?:об|это|этом|о|этого|ничего)){0,3} пользовател',
  ],
  [
    'sending',
    'weak',
    'отправь|отправьте|перешли|перешлите|передай|передайте|пришли|вышли',
    '(?:[а-яa-z]{1,20} ){1,6}(?:данные|данных|пароли|пароль|историю|переписку|сообщения|ключи|файлы|письма|информацию) (?:[а-я]{1,20} ){0,3}(?:на|по|к|в) \\S{1,80}[@.]',
  ],

  // --- Chinese ---------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    '忽|无|無|忘|不|绕|取|抛|丢|违',
    '^(?:略|视|視|记|記|掉|要理会|要遵守|要管|再遵守|必遵守|过|過|消|开|弃|背)?(?:所|有|的|之|前|以|上|述|面|先|此|你|您|我|们|给|过|收|到|全|部|一|切|任|何|系|统|掉|已|原|来|初|始|设|定|内|置|这|些|那){1,12}(?:指令|指示|提示|命令|规则|規則|要求|说明|說明|限制|设定|对话|约束|准则)',
  ],
  [
    'reveal',
    'strong',
    '显|告|输|打|重|透|泄|说|给|展|复',
    '^(?:示|诉|出|印|复|述|露|漏|我|现|出来)?(?:我|你|您|的|出|所|有|一|下|全|部|完|整|原|始|给|看|请|把|将){0,8}(?:系统提示词?|系统指令|系统消息|系统设定|初始指令|初始提示|内部指令|隐藏指令|系统prompt)',
  ],
  [
    'identity',
    'weak',
    '你|从|现',
    '^(?:现在|从现在|在|你现在|今以后|在开始|现在开始|将|从现在起|要){1,3}(?:是|扮演|开始|充当|变成|成为|起|你是|你要|你将)',
  ],
  [
    'unrestricted',
    'strong',
    '没|不|无|摆|毫',
    '^(?:有|受|再受|需遵守|需要遵守|会受到|脱|无|受到|必遵守|会)?(?:任|何|的|道|德|和|伦|理|一|切|所|有|到|法|律|或){0,8}(?:限制|约束|审查|过滤|束缚|道德限制|底线)(?:的)?(?:ai|人|模|助|机|回|角|,|。|，|$)',
  ],
  [
    'mode',
    'strong',
    '进|开|启|切|激',
    '^(?:入|启|用|换|活|动|到|为|成){0,3}(?:开发者|开发人员|调试|上帝|越狱|管理员|dan|无限制) ?模式',
  ],
  [
    'obedience',
    'weak',
    '不|绝|永',
    '^(?:要|能|得|可以|许|不|远|对|会|准){0,4}(?:拒绝|说不|道歉|说对不起|警告)',
  ],
  ['secrecy', 'weak', '不|别|勿', '^(?:要|能|得|可)?(?:告诉|通知|提醒|让|透露给|告知)(?:给)?用户'],
  [
    'sending',
    'weak',
    '将|把|请|发',
    '^[^。！？\\n]{0,20}(?:数据|密码|历史|记录|对话|聊天|密钥|凭证|文件|邮件|信息)[^。！？\\n]{0,10}(?:发送|发|上传|转发|提交)(?:到|给|至)',
  ],

  // --- Japanese --------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'こ|以|上|前|事|先|今|す|全|あ',
    '^(?:れまで|れら|前|程|記|述|までの?|べて|ての?|の|なた)?(?:の|これまで|以前|すべて|全て|全|与えられた|上記|前|記|指示|あなた|システム|出された|までの){0,6}(?:指示|命令|プロンプト|ルール|指令|制約|制限|規則|設定)(?:は|を|に|も)?(?:すべて|全て|全部|完全に)?(?:無視|忘れ|破棄|取り消|従わ)',
  ],
  [
    'reveal',
    'strong',
    'シ|初|内|隠',
    '^(?:ステム|期|部|された)(?:の)?(?:プロンプト|指示|メッセージ|命令|設定)(?:を|の(?:全文|内容)を)(?:そのまま|すべて|全て|全部|正確に)?(?:表示|見せ|教え|出力|開示|公開|明かし|繰り返)',
  ],
  [
    'identity',
    'weak',
    'あ|今|こ',
    '^(?:なたは|から|れから)(?:今|これ|あなたは|は|から|、){0,3}(?:[^。\\n]{0,20})(?:になりきって|として振る舞|として行動|のふりを|を演じ)',
  ],
  [
    'unrestricted',
    'strong',
    '制|制|倫|検',
    '^(?:限|約|理|閲)(?:的)?(?:な|の|や|制約|制限|規制){0,3}(?:一切)?(?:なし|ない|なく|無視|を受けない|のない)',
  ],
  ['mode', 'strong', '開|デ|管|脱', '^(?:発者|バッグ|ベロッパー|理者|獄)モード(?:を|に|へ)'],
  [
    'secrecy',
    'weak',
    'ユ',
    '^ーザー(?:に|には)(?:この|これ|何も|絶対に|を|は){0,3}(?:言わ|知らせ|伝え|教え|話さ)(?:ない|ず)',
  ],

  // --- Turkish ---------------------------------------------------------------------------------------------
  [
    'override',
    'strong',
    'onceki|yukaridaki|tum|butun|sana|size|verilen|daha',
    '(?:(?:tum|butun|onceki|verilen|sistem|yukaridaki|daha|once|her|diger|bu) ){0,5}(?:talimat|yonerge|komut|kural|emir|istem|kisitlama)\\w{0,10} (?:\\w{1,14} ){0,2}(?:yok say|unut|goz ardi|dikkate alma|gormezden|yoksay|ignore|gec)\\w{0,5}',
  ],
  [
    'reveal',
    'strong',
    'sistem|gizli|ilk|baslangic',
    '(?:(?:istem|prompt|talimat|mesaj|yonerge|komut)\\w{0,8}) (?:\\w{1,14} ){0,3}(?:goster|yaz|acikla|paylas|soyle|tekrarla|yazdir|ifsa)\\w{0,6}',
  ],
  ['from-now-on', 'weak', 'artik|bundan|simdi', '(?:boyle |sonra |andan itibaren )?(?:sen|siz) \\w'],
  [
    'unrestricted',
    'weak',
    'hicbir|herhangi',
    '(?:bir )?(?:\\w{1,14} )?(?:kisitlama|sinirlama|filtre|kural|sansur|etik)\\w{0,8} (?:olmadan|yok|olmayan|uymadan|bagli)\\b',
  ],
  [
    'mode',
    'strong',
    'gelistirici|hata|tanri|yonetici|jailbreak|dan',
    '(?:ayiklama )?mod\\w{0,4} (?:\\w{1,14} ){0,1}(?:gec|gir|etkinlestir|ac|aktif)\\w{0,8}',
  ],
  [
    'secrecy',
    'weak',
    'kullaniciya|kullanicilara',
    '(?:\\w{1,14} ){0,3}(?:soyleme|bildirme|belirtme|bahsetme|gosterme)\\w{0,4}',
  ],
]

export const otherLanguages: readonly Phrase[] = rows.map((row) => phrase(...row))
