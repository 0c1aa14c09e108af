/**
 * Which fingerprints are SQL injection.
 *
 * The text of an attack stands where an application puts a value, so it begins with what ends that value: a number, a
 * string that its own quote closes, a parenthesis. Then comes SQL that would go on with the statement. Five types are
 * all there is to see of it, so most rules describe how such SQL begins. They are grouped by that beginning.
 *
 * The rules are regular expressions in which `<` and `>` stand for parentheses, and
 *
 *     V   any value                                  W   a value that is no name, as prose is made of names
 *     G   what an argument begins with               P   a parenthesis with a value or a call in it, or a call
 *     D   a value and its alias: `1 as 'a'` without the `as`
 */
const RULES = [
  // Two or three types: only what has little other use.
  '[1v]U|[sv]c|[sv]>c|[1svn]?UE[1sv]|[1svn]UE|UEkV|VU[c;]|WBV|nB[sv]|WkV|sov|V>o[sv]|[sv]>o1|v>on',
  '[1v]&W|v&n|[sn]&v|s&s|1sv|E(1v|s1|sv|vs|V>)',
  // The condition goes on: `1 or 1=1`, `') and (select …`.
  'V&(V(c|>[&Uco]|;[ETct]?|[Bok]G|U[<;Ec]?|f<|E[nk]|Tn)|(s[1v]|vs)[c;]?|(sv|vs)o|<(E[Vf<ko]|V[>,o]|[1v]&|f<)|f<[>EVf])',
  'W&En|V&E(P|V[;cko]|W|<o|kG)|V&k(P|Wo|c|oG)|V>&(P|<E|V[>;BUcfo]?)',
  // An operator: `1=(select …`, `' like 'a' or …`.
  'VoV(&[EUkVf<]|<[EU]|>[&,;BEUcfko]|,[<f]|;[ETctn]?|A[Ttsvf<]|B[EVf<]|T[ETtVf<]|E[UkoVf<]|U[ETcfkot;<]?|UW|c|k[BU<>]|t[ET]|f<)|Vo[sv]k[Vf]|VoD[U<]',
  'V>o(V[&>;BUck]|P|<E)|Vo(<(E[kVf<oE]|V[&,o]|f<)|[ft]<[EVf>]|U(E[nk]|<E)|k(P|&[f<]))|WokVc',
  'Wo<W>|vo<n>|no<[1n]>|Wok&V',
  // A clause: `1 order by 2`, `1 where …`, `1 into outfile …`.
  'VBV(;c?|c|[&Bko]G|,[<f]|U[E<])|WkV(;[ETct]?|c|[&BE]G)|VkVU[E<]|WkW(o[sv<]|Ek)|VEV(;[Tt]|c|[To]G|UE)',
  'WTV(o[sv<]|<f|f<f)|WTn(EG|Vc|;[nETt]|<[1sv])|WTv<1|WEk(UE|V[U;tTc]|Wo|P)',
  'V>([BkE,]<[Vf]|BV[&;Ucko]?|kV[&;BEU]|kWo|kn[kc]|EV[co]|[BkE]f<|f<f|kBG|EkG)|VBE<[Vf]',
  'V[BkTE]<(W>|Vo|f<)|V[kTE]<n>|(V[BEUT]|Wk)f<[>Vf]|VEokn|WEUWc|WEnEn|VA[tT]UE',
  // Another query or statement: `1 union select …`, `'; drop table …`.
  'V>UE[Vkf<]|V>kUE|WkUE[Vkf<]|V>U<E|VU(<(E[Vfk<]|W>|Vo|f<)|W(c|,[<f]|oG)|Tn[Vf<]|o<E|;c)',
  'VUE(<[VEfo]|V[&<>,;BUcfko]?|D|vn|n[sn]|c|;c?|f[<,;c]?|k[<Vofc;]?|o[kn])|1nUEG|1nEV[co]|1nEP',
  'DUE[ck;]?|((1s|n1)[sv]|[1s]vs|s1s)(c|;c?)|s1(v;c?|nc)',
  'V>?;[ETt]k[Vf<o]|V>?;[ET](P|<E)|V>;[ETt][Vofk<]|V;[Tt]kk|V;[ET]V[,;Tckot]|V;TV[f<]|V;Tn[VE]|V;EnE|V;[Tt](;c?|o<|Tn)',
  // A list, or arguments: `1,(select …`, `1) or f(…`.
  'V,(f<[>Vf]|<(EG|Ek|W>|Vo|f<))|Vf<(>[UVfko]|EG|Ek|W>|Vo|n,|f<)|Wk>([&BE]G|;[ETt]|UE|Ek|f<|o[f<])',
  '(1[sv]|s[1v])f<[Vf>]|W<(Ef<|Enk|U<E)',
  // What ends the value before is not in the text: a call, `and …`, `select …`, `union …`.
  'f<>([&Bko][Vf<k]|,G|;[ETt]|[AT][TtVf<]|E[UkoVf<]|U[ETcfkot;<]?|c|t[ET]|V[Ufo<]|D|f<)',
  'f<(V(>[&,;ABETUVcfkot]|[&o]G|,[<f])|[sv]>|E(P|<E|V[&>ko]|k[Vf<o]|ok)|f<[>EVf]|[ktT],[<f])',
  'EV([&Bok](P|V>|Wo)|kn[cU;]?|>kn|[&ok]<E|oV[&,;BUk<f]|oD|kVk|U<E|UEG|UEk|>([&o]G|;[<ETct]?|UE|c)|,<[Vf]|f<[>Vf])|EW,f<|ED(c|;c?)',
  'E<(E(P|<E|V[&>o]|kG)|V([&o]G|>[&,;BUVcfko]|,f|f<)|f<[>EVf])|Ef<(>[&,;BUVfko]|E[Vfk<]|V[&>,o]|f<|o>)',
  'Ek(<(E[Vfk<]|V[&<>,fo]|D|f<)|V([&Bk,]G|>[&;Ucko]?|;<|U[E<]|f<|oG)|f<[>EVfo]|o<[Vf]|D[c;k]?)|Eok<E',
  'TV(of<|o<[Vf]|f<[Vf])|TnV(;c?|o[Vf<])|T<(V>[fo]|VoG|D>)|Tf<(>[fo]|V[>o]|f<)',
  '&(<(VoG|f<[>Vf])|VUEG|VUEk|Vo(P|V[Uf<]|D)|f<(>[Uo]|V[>o]|f<))|>&<E[nk]',
  '>?UE(<(V[>,o]|f<)|V[ko]G|f<[>Vf]|k(<[Vf]|V[,;cok]|f<))|UE(V,[<f]|V(;c?|c))|U<E(P|V[>o]|nk|k[Vfo<])|Uf<(Vo|f<)',
];

/** What the rules take in beside, and prose has: most of it begins with a name. */
const EXCEPTIONS = [
  '1&nov|n&(so.|no[s<]|[1n]of|[sn]Bn|<[sn]o|n[c;]|nk[1n]|nTn)|s&(so1|no<)|[sn]&n>&|s&s>&|[sn]&<n>|1&[1n]kn|1&nTn',
  '(so[1n]|nos)&[sn]|1ovc|novc|no[sv];n?|so(n(c|;n|>;)|1s<)|1of<1|nof<[1n]|1>o<[vn]|n>ov|no<[1n]o|nok<[1n]',
  '[1sn]kn&n|1kn&1|nk1&n|1kvc|nknc|nk[1n];|1k<1>|nk<[1n]>|s(Bs(ks)?|ksBs)|nBnkn|nEnc|En1c|1nEno|1;TnE|vsUE[kc;]?|nTn[1n]o|.&nEk',
  'n([EBTk&]n[ET&]n|kn&f|nnEn)|sonkn|son?k?n|E(nk(nk?|<n)|kn(kn|o[svf<]))|n;[tT]kn|n>on[c;]|so<no|no[s<]&<|no<n[&,]|nf<1>|nok[<&][fn]|nE<n>|nU<1>|n&n>o|n>&<n|n,f<1|sonEk|nk1of|Ef<n>',
  'f<(nos|n>o|>(1n|[Bk]k|A[1n]))|&no<n|UEkno',
];

const CLASSES: Readonly<Record<string, string>> = { V: '1nsv', W: '1sv', G: '1nsvf<' };

function expression(rules: readonly string[]): RegExp {
  const source = `^(${rules.join('|')})$`
    .replaceAll('P', '(<[Vf]|f<)')
    .replaceAll('D', '(1[nsv]|s[1v]|vs|n1)')
    .replaceAll(/\[[^\]]*\]|[VWG]/g, (set) =>
      set[0] === '[' ? set.replace(/[VW]/, (name) => CLASSES[name]!) : `[${CLASSES[set]}]`,
    );
  return new RegExp(source.replaceAll('<', '\\(').replaceAll('>', '\\)'));
}

const INJECTION = expression(RULES);
const EXCEPTION = expression(EXCEPTIONS);

/** Whether a fingerprint is one of SQL injection. */
export function isInjection(fingerprint: string): boolean {
  return fingerprint === 'X' || (INJECTION.test(fingerprint) && !EXCEPTION.test(fingerprint));
}
