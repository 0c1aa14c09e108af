/**
 * Which fingerprints are SQL injection.
 *
 * The text of an attack stands where an application puts a value, so it begins with what ends that value: a number, a
 * string that its own quote closes, a parenthesis. Then comes SQL that would go on with the statement. Five types are
 * all there is to see of it, so most rules describe how such SQL begins. They are grouped by that beginning; `V` is any
 * value, `W` one that is no name, `D` two values side by side, of which one is the other's alias, and `G` what an
 * argument begins with: a value, a function or a parenthesis. Names are told apart as prose is made of them.
 */
const RULES = [
  // Two or three types: only what has little other use.
  '1U|[sv]c|[sv]\\)c',
  '[1sv]UE|nUE|UEW|UEkV|VU[c;]|WBV|nB[sv]|VkV|V\\)o[sv]|[sv]\\)o1|v\\)on|sov',
  '[1v]&W|v&n|[sn]&v|s&s|1sv|1vs|s1v|E(?:1v|s1|sv|vs|V\\))',

  // The condition goes on: `1 or 1=1`, `') and (select …`.
  'V&V(?:c|\\)[&Uco]|;[ETct]?|[Bok]G|U[(;Ec]?|f\\(|E[nk]|Tn)',
  'V&(?:s[1v]|vs)[c;o]?',
  'V\\)?&(?:\\((?:E[Vf(ko]|V[),o]|[1v]&)|f\\([)EVf])|V&\\(f\\(',
  'W&En|V&E(?:\\([Vfo]|V[;cko]|W|f\\(|kG)',
  'V&k(?:\\([Vf]|Wo|c|f\\(|o[kVf(])',
  'V\\)&(?:\\([EVf]|V[);BUcfo]?|f\\()',

  // An operator: `1=(select …`, `' like 'a' or …`.
  'VoV(?:&[EUkVf(]|\\([EU]|\\)[&,;BEUcfko]|,[(f]|;[ETctn]?|A[Ttsvf(]|B[EVf(]|T[ETtVf(]|E[UkoVf(]|U[ETcfkot;(]?|UW|c|k[BUVf()]|t[ET]|f\\()',
  'VoD[Uf(o]',
  'V\\)oV[&);BUck]',
  'V\\)?o(?:\\((?:E[kVf(oE]|V[&,o])|[ft]\\([EVf)])',
  'Wo\\(W\\)|vo\\(n\\)|no\\([1n]\\)|Vo\\(f\\(|V\\)o(?:f\\(|\\([EVf])',
  'VoU(?:E[nk]|\\(E)',
  'Vok(?:\\([Vf]|Vc|Wo|f\\(|&[f(])|Wok&V',

  // A clause: `1 order by 2`, `1 where …`, `1 into outfile …`.
  'VBV(?:;c?|c|[&Bko]G|,[(f]|U[E(])',
  'VkV(?:;[ETct]?|c|[&BE]G|U[E(])|VkW(?:oG|Ek)',
  'VEV(?:;[Tt]|c|[To]G|UE)|VB?Ef\\([)Vf]|VBE(?:\\([Vf]|k\\(|f\\()',
  'VTV(?:o[Vf(]|f\\(f)|VTn(?:[TE]G|V[co]|;[nETt]|\\([1sv])|VTV\\(f|VTv\\(1|V[tT]Tn[ETkt]',
  'V\\)(?:[BkE,]\\([Vf]|BV[&;Ucko]?|B1n|kV[&;BEU]|kWo|kn[kc]|EV[co]|[BkE]f\\(|f\\(f|kB[Vf(]|Ek[Vf(]|kUE)',
  'V[BkTE]\\((?:W\\)|Vo|f\\()|VA\\((?:[nsv][)o]|f\\()|V[kTE]\\(n\\)|V[BkTAEU]f\\([)Vf]',
  'VA(?:[tT](?:UE|oG)|[sv](?:UE|oG))',
  'WEk(?:UE|UW|V[U;tTc]|Wo|\\([Vf])|nEkUE|VEokn|VEU(?:W[,oc]|\\([Vf]|E[fk]|f\\()|V[tT]E(?:Vo|Vn|f\\(|k[Vf(]|\\([Vf])',

  // Another query or statement: `1 union select …`, `'; drop table …`.
  'V\\)UE[Vkf(]|VkUE[Vkf(]|V\\)U\\(E|VU\\(E[Vfk(]|VU(?:\\((?:[1sv]\\)|Vo|f\\()|W(?:c|,[f(]|o[Vf(])|Tn[Vf(]|o\\(E|on[1sf(]|k\\(E)|VU;c',
  'VUE(?:\\([VEfo]|V[&(),;BUcfko]?|D|vn|n[sn]|c|;c?|f[(,;c]?|k[(Vofc;]?|o[kn])',
  '1nUE[Vfk(]|1nE(?:V[co]|\\(V|f\\()',
  'DUE[ck;]?|(?:1[sv]|s[1v]|n1)[sv](?:c|;c?)|[1s]vo\\(V',
  'V\\)?;[ETt]k[Vf(o]|V\\)?;[Tt]kk|V\\)?;[ET](?:\\([EVf]|f\\()|V\\);[ETt][Vofk(]',
  'V;EV[,;Tckot]|V;TV[,;Tckotf(]|V;Tn[VE]|V;EnE|V;[Tt](?:;c?|o\\(|Tn)',

  // A list, or arguments: `1,(select …`, `1) or f(…`.
  'V,(?:f\\([)Vf]|\\((?:E[Vfk(]|W\\)|Vo|f\\())',
  'Vf\\((?:\\)[UVfko]|E[Vfk(]|W\\)|Vo|n,|f\\()',
  'Vk\\)(?:[&BE]G|;[ETt]|UE|Ek|f\\(|o[f(])',
  '(?:1[sv]|s[1v])f\\([Vf)]|W\\(E(?:f\\(|k[Vf]|Vk)',

  // What ends the value before is not in the text: a call, `and …`, `select …`, `union …`.
  'f\\(\\)(?:[&Bko][Vf(]|[Bko&][Ek]|,G|;[ETt]|[AT][TtVf(]|E[UkoVf(]|U[ETcfkot;(]?|c|t[ET]|V[Ufo(]|D|f\\()',
  'f\\((?:V(?:\\)[&,;ABETUVcfkot]|[&o]G|,[(f])|[sv]\\)|E(?:\\([EVf]|V[&)ko]|f\\(|k[Vf(o])|f\\([)EVf]|[ktT],[f(])',
  'EV(?:[&Bok](?:\\([Vf]|V\\)|Wo|f\\()|[&B]no|kn[cU;]?|\\)kn|[&ok]\\(E|oV[&,;BUk(f]|oD|kVk|U(?:\\(E|E[Vfk(])|\\)(?:[&o]G|;[(ETct]?|UE|c)|,\\([Vf]|;\\(E|f\\([)Vf])|EW,f\\(|ED(?:c|;c?)|E(?:[1s]v|vs|n1|vn)o[Vf(]',
  'E\\((?:E(?:\\([EVf]|V[&)o]|f\\(|k[Vf(])|V(?:[&o]G|\\)[&,;BUVcfko]|,f|f\\()|D\\)|f\\([)EVf])',
  'EE?f\\((?:\\)[&,;BUVfko]|E[Vfk(]|V[&),o]|f\\(|o\\))',
  'Ek(?:\\((?:E[Vfk(]|V[&(),fo]|D|f\\()|V(?:[&Bk,][Vf(]|\\)[&;Ucko]?|;\\(|U[E(]|f\\(|o[f(]|oW)|f\\([)EVfo]|o\\([Vf]|ok\\(|D[c;kf]?)',
  'EkE\\(f|Eok\\(E|EEk\\(f',
  'T(?:\\((?:V(?:\\)[fo]|oG|f\\()|D\\)|f\\([)Vf])|V(?:of\\(|o\\([Vf]|oVf|f\\([Vf])|nV(?:;c?|o[f(])|f\\((?:\\)[fo]|V[)o]|f\\())',
  'k(?:V[,Ak](?:\\([Vf]|f\\()|VA[sv]o|VkVU|VkWo|Wo(?:V[(,Afk]|D|\\([Vf]|f\\()|\\((?:V(?:\\)[,Ako]|oG)|f\\([)Vf])|f\\((?:\\)[,Ako]|V[)o]|f\\())',
  '&(?:\\((?:VoG|f\\([)Vf])|VUE[Vfk(]|Vo(?:\\([Vf]|V[Uf(]|D|f\\()|\\(V\\)[Uo]|f\\((?:\\)[Uo]|V[)o]|f\\())|\\)&\\(E[nk]',
  '\\)?UE(?:\\((?:V[),o]|f\\()|V(?:[ko]G)|f\\([)Vf]|k(?:\\([Vf]|V[,;cok]|f\\())|\\)UE(?:[k(][Vf(]|V[ko]|f\\()|UE(?:V,[(f]|Vc|V;c?)',
  'Uf\\((?:Vo|f\\()|U\\(E(?:\\([Vfk]|V[)o]|nk|f\\(|k[Vfo(]|ok)',
];

/** What the rules take in beside, and prose has: most of it begins with a name. */
const EXCEPTIONS = [
  '1&nov|n&(?:so.|no[s(]|[1n]of|[sn]Bn|\\([sn]o|n[c;]|nk[1n]|nTn)|s&(?:so1|no\\()|[sn]&n\\)&|s&s\\)&|[sn]&\\(n\\)|1&[1n]kn|1&nTn',
  '(?:so[1n]|nos)&[sn]|1ovc|sonc|novc|no[sv];n?|son;n|1of\\(1|nof\\([1n]|1\\)o\\([vn]|n\\)ov|no\\([1n]o|nok\\([1n]',
  '[1sn]kn&n|1kn&1|nk1&n|1kvc|nknc|nk[1n];|1k\\(1\\)|nk\\([1n]\\)|sBs|sBsks|nBnkn|nEnc|En1c|1nEno|1;TnE|vsUE[kc;]?|nTn[1n]o|.&nEk|n(?:[EBTk&]n[ET&]n|kn&f|nnEn)|n[tT]Enn|Ef\\(n\\)|sonkn|Enkn|Enknk|n;[tT]kn|n\\)on[c;]|so\\(no|no[s(]&\\(|no\\(n[&,]|nf\\(1\\)|nok[(&][fn]|nE\\(n\\)|nU\\(1\\)|n&n\\)o|n\\)&\\(n|n,f\\(1|son[E)].|nk1of',
];

const CLASSES: Readonly<Record<string, string>> = { V: '1nsv', W: '1sv', G: '1nsvf(' };

/** A class stands for its types within brackets, and for any one of them elsewhere. */
const INJECTION = new RegExp(
  `^(?!(?:${EXCEPTIONS.join('|')})$)(?:X|${RULES.join('|')})$`
    .replaceAll('D', '(?:1[nsv]|s[1v]|vs|n1)')
    .replaceAll(/\[[^\]]*\]|[VWG]/g, (set) =>
      set[0] === '[' ? set.replace(/[VW]/, (name) => CLASSES[name]!) : `[${CLASSES[set]}]`,
    ),
);

/** Whether a fingerprint is one of SQL injection. */
export function isInjection(fingerprint: string): boolean {
  return INJECTION.test(fingerprint);
}
