/**
 * Small words, and what customers write most, of the languages in Latin script: enough to tell short messages apart.
 * A word that several languages share says as much less for each.
 */
export const languageWords: Readonly<Record<string, readonly string[]>> = {
  en: split(`the a an and or of to in is are was were be been it its i i'm i've i'd my me we our us you your he she his her they
    them this that these those what where when who why how which there here can could will would should do does did don't
    have has had not no yes please thanks thank hello hi with for from on at by about but if so than then any some all
    want need get got give tell show set make find play add remove order cancel refund return delivery much many long`),
  de: split(`der die das den dem des ein eine einen einem einer und oder von zu zum zur im in ist sind war waren sein bin es
    ich mir mich mein meine meinen meiner wir uns unser du dein sie ihr ihre er dies diese dieser was wo wann wer warum wie
    welche kann könnte können werden wird würde soll möchte will habe hat haben hatte nicht kein keine nein ja bitte danke
    hallo mit für auf an bei über aber wenn so als noch schon auch nur alle gibt zeig stelle spiel bestellung lieferung
    zurück geld paket wurde nach aus morgen heute um uhr füge erinnere wie's ab bis man`),
  fr: split(`le la les l' un une des du de et ou à au aux en est sont était être ce c'est je j'ai j' me moi mon ma mes nous notre
    tu vous votre vos il elle ils on ça cette ces quel quelle quels où quand qui pourquoi comment combien peux peut pouvez
    voudrais veux dois faire fait avoir ai avez pas ne n'est non oui merci s'il bonjour avec pour sur dans par mais si plus
    commande livraison remboursement retour colis argent d' qu' que y sans tout très encore`),
  es: split(`el la los las un una unos y o de del al en es son era está están estar ser yo mi mis me nosotros nuestro tú tu te
    usted su sus él ella esto este esta estos ese qué que dónde cuándo quién por cómo cuánto cuánta puedo puede podría
    quiero quisiera necesito tengo tiene hay no sí gracias hola con para sobre pero si más muy ya pedido envío devolver
    devolución reembolso dinero paquete ha he lo le se cuál mañana hoy pon añade quita`),
  pt: split(`o a os as um uma uns e ou de do da dos das no na nos nas em é são era está estão estar ser eu meu minha meus minhas
    me nós nosso você seu sua ele ela isto este esta esse essa que qual quando quem onde por porque como quanto posso pode
    poderia quero queria gostaria preciso tenho tem não sim obrigado obrigada olá oi com para pra sobre mas se mais muito
    já pedido entrega devolver reembolso dinheiro encomenda foi ainda ao à pelo`),
  it: split(`il lo la i gli le l' un uno una e o di del della dei delle al alla in nel nella è sono era essere sta io mio mia miei
    mi noi nostro tu tuo lei suo lui questo questa questi quello che cosa dove quando chi perché come quanto quale posso
    può potrei vorrei voglio devo ho ha hai c'è non no sì grazie ciao con per su ma se più molto già ordine consegna reso
    rimborso soldi pacco ancora domani oggi alle da dal tutti tutte fare aggiungi imposta cerca metti mostrami domani vuoi sono`),
  nl: split(`de het een en of van te naar in is zijn was waren ben er ik mij me mijn wij we ons onze jij je jouw u uw hij zij ze
    hun dit dat deze die wat waar wanneer wie waarom hoe welke kan kun kunnen zou wil willen moet mag heb heeft hebben niet
    geen nee ja graag alsjeblieft bedankt dank hallo met voor op aan bij over maar als nog al ook alle bestelling levering
    retour terug geld pakket wordt uit morgen vandaag om uur tot stel zet speel om`),
  pl: split(`i a w we z ze na do od po o u jest są był była być to ten ta te tego tej się ja mi mnie mój moja moje moją my nam nasz ty
    ci twój pan pani on ona co gdzie kiedy kto dlaczego jak jaki jaka jakie ile który która czy mogę może można chcę
    chciałbym chciałabym muszę mam ma nie tak proszę dziękuję dzień dobry cześć z dla za przez ale jeśli już jeszcze
    zamówienie zamówienia paczka przesyłka zwrot zwrócić pieniądze dostawa dostawy`),
  tr: split(`bir bu şu o ve veya ile için de da mi mı mu mü ben beni bana benim sen size siz sizin biz bizim onun ne nerede nereye
    zaman kim neden niçin nasıl kaç hangi var yok değil evet hayır lütfen teşekkürler merhaba istiyorum istiyor olur olan
    daha çok en gibi kadar ama eğer her şey sipariş siparişim siparişimi iade para kargo teslimat ürün edebilir miyim
    misin misiniz yarın bugün saat alarm kur çal ekle hatırlat göster bul ayarla sonra önce et tüm iptal hava hafta gelecek`),
};

/** Letters and endings that one language has and the others seldom. */
export const languageShapes: Readonly<Record<string, RegExp>> = {
  en: /(?:ing|tion|ght|wh\w+|n't|'ve|'ll|'m)$|^(?:th\w+)$/u,
  de: /ß|(?:ung|keit|heit|lich|isch|ieren|chen)$|sch|^ge\w+t$|ä|tz/u,
  fr: /[èêœùûëï]|(?:eux|ment|ez|oir|eau|tion|aux)$|^[ldjcnsmt]'|^qu'/u,
  es: /ñ|(?:ción|dad|ar|ando|iendo|ito|ita)$/u,
  pt: /[ãõ]|(?:ção|ções|ões|inho|inha|mente|ndo)$|nh|lh/u,
  it: /[òì]|(?:zione|zioni|are|ere|ire|ato|etto|gli|mi)$|cch|zz/u,
  nl: /ij|(?:aar|oor|eren|heid|elijk|tje|aat)$|aa|oo|uu|ee[nmtrk]|sch/u,
  pl: /[łąęśżźćń]|(?:ować|anie|enie|ych|ego|emu)$|cz|sz|rz|dzi/u,
  tr: /[ğış]|(?:lar|ler|mak|mek|yor|dır|dir|ını|ini|unu|ünü|nda|nde|dan|den|ım|im)$/u,
};

function split(words: string): readonly string[] {
  return words.split(/\s+/u);
}
