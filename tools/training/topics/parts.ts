/** What fills the gaps of sentences; all classes share it, so that it tells nothing. */
export const parts: Readonly<Record<string, readonly string[]>> = {
  company:
    'Northfield|Brightwater|Kestrel Systems|Lumora|Adler Werke|Bluepeak|Tessarim|Quarrystone|Hollund|Verdant Labs|Morwen|Orbisol|Castellan|Ferrum Nord|Ridgeway Partners|Ostrava Pumpen|Linden & Cie|Talvera|Grupo Almenara|Duinwaard|Serra Alta|Maison Revel|Norrdal Pharma|Pellworm Optik|Haverkamp'.split(
      '|',
    ),
  person:
    'Anna|Jonas|Priya|Martin|Lena Vogel|Tom Ashby|Carla|Mr Osei|Frau Brandt|Elif|Dana Whitlock|Sven|Marie|Herr Kolb|Rafael|Ms Adeyemi|Joris|Inês|Madame Perrin|Luz Ibarra|Mevrouw de Wit|Tariq|Yuna|Dr. Stahl|O. Brandvold|Beatriz|Kofi|Senhor Matos'.split(
      '|',
    ),
  project: 'Heron|Saturn|Bluebird|Granite|Polaris|Ember|Juniper|Falke|Zephyr|Mosaik|Anchor|Delta'.split('|'),
  money:
    '4.2 million|1.8m EUR|$12m|350,000|EUR 95|$48|2,400 euros|60 million dollars|1,2 Mio. Euro|750k|$3.5M|18,500|14,90 Euro|220 million|1,4 M€|90 k€|3,5 millones|40.000 euros|2 mln|€ 6,80|75 mil euros|GBP 31|0.92 a piece|1.1bn|6 500 €|CHF 480'.split(
      '|',
    ),
  percent:
    '4%|7.5 %|12 percent|15%|18 Prozent|22%|30 percent|35 %|48%|60 Prozent|9%|3 pour cent|11 por ciento|2,5 procent|20 por cento|0,8 %|half a percent|a third|6.5%'.split(
      '|',
    ),
  month:
    'January|March|April|June|September|October|Q2|Q3|next quarter|Mai|Juni|November|Dezember|early summer|février|septiembre|januari|março|mid-May|Kalenderwoche 36|the third quarter|fin décembre|week 20'.split(
      '|',
    ),
  multiple: '1|2|3|4.5|6|8|11'.split('|'),
  unit: 'Logistics|Support|Cloud|Field Service|the northern region|Einkauf|Fertigung|Consumer|Analytics'.split(
    '|',
  ),
  feature:
    'offline mode|voice control|automatic translation|the new sync engine|solar charging|team folders|Sprachsteuerung|live captions|the route planner'.split(
      '|',
    ),
}
