import type { TopicName } from './kinds.ts'

/**
 * What a text of a topic is about, for the reason: themes and the words that show them, in plain letters, in English,
 * German, French, Spanish, Dutch and Portuguese.
 */
export const themes: Readonly<Record<TopicName, Readonly<Record<string, string>>>> = {
  legal: {
    'legal advice': `
      counsel lawyers lawyer attorney attorneys solicitor solicitors barristers privileged privilege anwalte anwalt
      anwaltin anwalten kanzlei rechtsabteilung anwaltskorrespondenz anwaltsgeheimnis patentanwalte prozessanwaltin
      rechtsanwaltin avocat avocate avocats cabinet abogado abogada abogados despacho bufete asesoria advocaat
      advocaten verschoningsrecht advogado advogada advogados sigilo juridique juriste juridisch juridische raadsman
      raadslieden strafadvocaten jurist`,
    'a dispute': `
      lawsuit litigation claim claims complaint claimant plaintiff court judge sue tribunal arbitration deposition
      discovery subpoena sued dispute witness appeal trial limitation klage klagerin klager gegenseite klageerwiderung
      gericht landgericht streit rechtsstreit verfahren prozessrisiko prozessstrategie gutetermin verjahrung
      schriftsatz gutachter schiedsklage litige contentieux assignation audience referes refere conclusions adverse
      prescription demanda pleito litigio juzgado perito arbitraje recurso geschil dagvaarding rechtbank wederpartij
      verweer deskundige acao processo contestacao arbitragem juge jugement procedure proces sommation appel arbitrale
      temoin huissier rechter rechtszaak vonnis processtrategie tegenpartij arbitraal arbitrage getuige deurwaarder
      gerechtshof verhoor`,
    'a settlement': `
      settle settlement mediation vergleich vergleichen unterlassungserklarung unterlassung tolling transiger transaction
      transactionnel transactionnelle transaccion extrajudicial schikking vaststellingsovereenkomst acordo transacao mediacion
      mediacao`,
    liability: `
      liability liable exposure damages indemnity infringement infringes breach haften haftung haftungsausschluss
      schadensersatz ruckstellung patentverletzung vertragsstrafe responsabilite dommages responsabilidad perjuicios
      danos aansprakelijkheid schadevergoeding inbreuk responsabilidade indemnizacao provision provisao voorziening
      indemnisation nullite contrefacon penalite schade boete boetebeding nietigheid octrooi`,
    'an authority': `
      regulator authority inquiry investigation prosecutor leniency aufsichtsbehorde behorde staatsanwaltschaft
      bussgeldbescheid bundeskartellamt datenschutzbehorde untersuchung selbstanzeige autorite enquete clemence
      autoridad fiscalia clemencia sancion toezichthouder clementieverzoek autoridade ministerio parquet regulateur
      sanction justitie boete onderzoek`,
    'a demand': `
      cease desist notice demand abgemahnt abmahnung demeure requerimiento burofax sommatie interpelacao sommation
      ingebreke`,
  },
  mergers: {
    'a purchase or sale of a company': `
      acquire acquires acquiring acquisition merger merge merging takeover buyer buyers seller sellers vendor bidder
      bidders divestiture divest target targets carve buyout ubernahme ubernehmen erwerb fusion fusionieren
      zusammenschluss verkaufer kaufer bieter verkaufsgesprache transaktion zielunternehmen zielgesellschaft sparte
      verschmelzung rachat racheter cession ceder cedant acquereur acquereurs cible repreneur vendeur compra comprar
      comprador compradores adquisicion venta vendedor fusionarse overname koop verkoop koper kopers verkoper fusie
      doelvennootschap aquisicao fusao vendedores stake kaufen verkaufen verkauf anteile zukauf cedons cedez rachetons
      rachete reprise opa filiale compramos vender vendemos adquirir kopen verkopen overgenomen doelwit splitsing
      afsplitsing venda alvo oferta`,
    'due diligence': `
      diligence datenraum disclosure dataroom boekenonderzoek audit auditoria revision prufung memorandum
      informationsmemorandum informatiememorandum auditorias onderzoek`,
    'an offer or price for a company': `
      offer offers bid bids valuation earn escrow ebitda multiple kaufpreis kaufpreises angebot gebot offre prix
      oferta precio bod koopprijs preco premium koopsom kaufangebot gebote parite canje ruilverhouding deposito
      escrowrekening nabetaling`,
    'signing and closing': `
      signing closing exclusivity spa insider intent unterzeichnung vollzug beurkundet notartermin absichtserklarung
      exklusivitat insiderliste eingeweihten signature exclusivite inities intention firma exclusividad iniciados
      intenciones ondertekening exclusiviteit intentieverklaring insiderlijst assinatura exclusividade intencoes
      cierre fecho iniciado overdracht ondertekenen suspensive suspensiva opschortende`,
    integration: `
      synergies synergy integration antitrust synergien kartellamt kartellbehorde integrationsplan integracion
      integratie integratieplan integracao sinergias sinergia synergie mededingingsautoriteit fusionner`,
  },
  fundraising: {
    'a financing round': `
      round raising raise seed series fundraising financing bridge tranche ipo prospectus listing runde finanzierungsrunde
      kapitalerhohung borsengang zwischenfinanzierung levee levons lever tour amorcage bourse ronda ampliacion bolsa puente
      semilla ronde seedronde beursgang overbruggingslening rodada aumento ponte`,
    'a valuation': `
      valuation money bewertung 409a valorisation valoracion waardering avaliacao`,
    'terms of investors': `
      liquidation preference ratchet dilution anti warrants drag pro convertible notes note safe prorata preferred
      liquidationspraferenz vorzugsanteile vesting wandeldarlehen verwasserungsschutz verwassert preference convertibles
      dilution pacte preferencia dilucion convertible arrastre pacto liquidatiepreferentie verwatering converteerbare
      aandeelhoudersovereenkomst diluicao convertivel parassocial preferenciais`,
    'the cap table': `
      cap pool diluted shareholders verwassert anteile anteilsliste gesellschaftervereinbarung altgesellschafter gesellschafter
      capitalisation actionnaires associes capitalizacion socios kapitalisatietabel aandeelhouders aandelen socios capital`,
    investors: `
      investor investors vcs angels fund funds ventures partner investoren investor fonds geldgeber wagniskapitalgeber
      investisseurs investisseur business inversores inversor fondo fondos investeerders hoofdinvesteerder investidores
      investidor fundo fundos`,
    'cash and runway': `
      runway burn cash verbrennen liquiditat mittelabfluss tresorerie caja kas tesouraria caixa`,
  },
  personnel: {
    'the end of an employment': `
      severance terminate terminated termination layoffs redundant redundancy redundancies dismiss dismissal dismissed
      fire fired separation notice probation kundigen gekundigt kundigung abfindung aufhebungsvertrag stellenabbau
      probezeit sozialauswahl freistellung freigestellt entlassungen trennen licencier licenciement rupture indemnite
      separer depart despedir despido despidos indemnizacion prescindir amortizan ontslag ontslaan ontslagbrief
      transitievergoeding functie vaststellingsovereenkomst proeftijd despedimento indemnizacao dispensar extinto
      rescisao resigned resignation kundigungsschreiben trennungsgesprach austrittsgesprach entlassen licenciements
      licenciee viree preavis demission demissionne sanction finiquito preaviso dimision baja ontslagen opzegtermijn
      opzegging boventallig boventallige ontslagvergoeding schorsing geschorst exitgesprek despedimentos despedida
      despedido demissao demitir rescisoes cessacao suspensao`,
    pay: `
      salary salaries raise bonus compensation pay paid wages gehalt gehalts gehaltsbander gehaltsrunde
      monatsgehaltern verdient vergutung fixum entgeltgruppe salaire salaires prime augmentation salario salarios
      sueldo bono cobra salarissen salarisverhoging opslag premio ganha payroll earns lohn lohne lohnliste
      gehaltserhohung gehaltsabrechnung remuneration remunerations paie primes augmentations nomina nominas
      retribucion retribuciones retributiva salarial salariales mensualidades subida loon loonronde loonverschil
      beloning beloningen maandsalarissen verdienen vencimento vencimentos remuneracao remuneracoes recebe aumento
      aumentos premios`,
    performance: `
      performance review rating appraisal calibration underperformers promotion promoted probation
      leistungsbeurteilung beurteilung personalgesprach jahresgesprach evaluation entretien evaluacion desempeno
      beoordeling functioneringsgesprek avaliacao desempenho calibracion ratings underperformer potenzialrunde
      beforderung objectifs rendimiento ascenso objetivos verbeterplan beoordelingen promotie personeelsschouw
      promocao rende melhoria`,
    'a complaint or warning': `
      harassment complaint complaints grievance disciplinary warning bullying discrimination misconduct abmahnung
      belastigung beschwerde mobbing harcelement avertissement plainte disciplinaire acoso denuncia amonestacion
      disciplinario intimidatie klacht waarschuwing pesten assedio queixa repreensao disciplinar inquerito complainant
      mediation abmahnungen ubergriffe anhorung beschwerdefuhrerin enquete plaignante blame faute discriminacion
      amonestar expediente sancion denunciante testigos berisping melder vertrouwenspersoon discriminatie queixosa
      sancao discriminacao testemunhas`,
    'health or leave': `
      sick sickness burnout pregnancy leave depression absence absences krankgeschrieben krank arbeitsunfahig
      fehlzeiten schwangerschaft arret maladie grossesse baja ansiedad embarazo ziek verzuim zwangerschap baixa
      gravidez esgotamento faltas cancer fehlzeit krankschreibung betriebsarzt elternzeit maternite inapte inaptitude
      medecin arrets bajas medico ausencias maternidad incapacidad permiso bedrijfsarts ziekmeldingen ziekmelding
      zwangerschapsverlof arbeidsongeschikt doenca maternidade licenca inapta medicina`,
    'staff planning': `
      headcount hr reorganisation restructuring succession role roles jobs team personalabteilung betriebsrat
      sozialplan personalakte stelle stellen umstrukturierung nachfolge postes ressources syndicat puestos plantilla
      sindicato recursos sucesion reorganisatie personeelszaken ondernemingsraad vakbond postos trabalhadores sucessao
      council union personnel plantillas effectifs embauches cse salaries comite comision contrataciones personeel
      functies vacaturestop medewerker medewerkers reestruturacao colaborador colaboradora contratacoes comissao`,
  },
  pricing: {
    discounts: `
      discount discounts rebate rebates rabatt nachlass skonto ruckvergutung rabattstaffel bonusvereinbarung abschlag remise
      remises ristourne rabais descuento descuentos rapel rebaja korting kortingen jaarbonus desconto descontos`,
    prices: `
      price prices priced pricing quote quoted rate tariff uplift fee listenpreise listenpreis preisliste preisuntergrenze
      preis preise preiserhohung preismodell preisgesprach sonderpreis konditionen stundensatze tarif angebot prix tarifs
      tarif tarifaire devis precio precios tarifa tarifas prijs prijzen bodemprijs tarieven prijslijst uurtarief offerte
      preco precos tabela orcamento`,
    'margin and cost': `
      margin margins cost costs contribution marge kosten selbstkosten herstellkosten einstandspreis deckungsbeitrag
      stuckkosten kalkulation spanne cout couts revient margen coste costes kostprijs calculatie margem custo custos`,
    'a tender': `
      tender bid undercut ausschreibung offres concurso licitacion aanbesteding`,
  },
  product: {
    'a launch': `
      launch launched launches reveal revealed announcement announce unannounced announced embargo embargoed unveiling keynote
      markteinfuhrung marktstart einfuhrung angekundigt ankundigung vorstellung enthullung sperrfrist lancement annonce
      annonces devoile sortie lanzamiento anuncio anunciado presentacion lancering aankondiging aangekondigd onthulling
      onthuld lancamento anunciado anuncio apresentacao`,
    'a roadmap': `
      roadmap discontinued discontinue sunset successor baureihe auslauft nachfolger fahrplan route successeur gamme hoja
      sucesor gama routekaart opvolger roteiro sucessor`,
    'a prototype': `
      prototype prototypes samples preproduction prototyp vorserie nullserie funktionsmuster muster batch preserie maquette
      prototipo prototipos voorserie prototipo pre`,
    'an unreleased version': `
      unreleased beta build release released unveroffentlichte betatester betatest version pilot testeurs probadores versie
      testers versao testa`,
    'a secret design': `
      secret watermarked specification design patent nda code codename geheim enthullt geheimhaltung spezifikation entwurf
      lastenheft patentanmeldung decknamen codenamen geheime cahier brevet confidentialite especificacion patente clave
      confidencialidad octrooi geheimhouding codenaam specificatie especificacao patente segredo confidencialidade`,
  },
}
