/** News that speaks to its reader: instructions to a model, in several languages. */

/** Where a clause begins that orders: reports have a subject before the verb ("Investors ignore earlier warnings"). */
const ORDERS =
  /(?:(?:^|[.!?;:,()\u2013\u2014]\s*)(?:(?:now|just|simply|immediately)\s+)*|\b(?:please|kindly)\s+(?:now\s+|just\s+)?)/u
    .source;
/** Where a sentence begins: what stands after a colon or a comma may be a report's. */
const SENTENCE = "(?:(?:^|[.!;]\\s*)(?:(?:now|just|simply|immediately)\\s+)*|\\bplease\\s+)";
const LEAVE =
  "(?:ignore|disregard|forget|override|discard|pay no (?:attention|heed) to|(?:do not|don['\u2019]t|stop) follow(?:ing)?)";

/** English orders to leave what was said before, or to risk all. */
const ORDERED: readonly RegExp[] = [
  // an address: what you were told; "what you were told about inflation" is a headline
  new RegExp(
    `\\b${LEAVE}\\b.{0,40}\\byou(?:['\u2019]ve| (?:were|are|have|had))(?: been)? (?:told|given|instructed|asked|ordered|programmed|trained|shown|taught|prompted)\\b(?! (?:about|on)\\b)`,
    "iu",
  ),
  new RegExp(
    `${ORDERS}${LEAVE}\\b.{0,30}\\b(?:(?:everything|anything|all|whatever|text|messages?)\\b.{0,25}\\b(?:above|before (?:this|that|now|here)|so far|up to (?:now|here)|until now|(?:said|told|written|stated) (?:before|earlier|previously))|(?:previous|prior|above|earlier|your|original|initial)\\b.{0,15}\\b(?:tasks?|orders?|context|messages?|conversation|commands?|directives?|training|programming))\\b`,
    "iu",
  ),
  // "'Go all in on Bitcoin,' says ..." and "Go all in?" are reports
  new RegExp(
    `${SENTENCE}go all[- ]in\\b(?!.{0,40}(?:\\?|\\b(?:says?|said|urges?|tells?|argues?|advises?)\\b))`,
    "iu",
  ),
  new RegExp(
    `${SENTENCE}(?:(?:use|take|apply|choose)\\s+(?:the )?|(?:buy|sell|go long|go short|open)\\b.{0,40}\\b(?:at|with|on)\\s+(?:the )?)max(?:imum|imal)? leverage\\b`,
    "iu",
  ),
];

/** What no report says and an attempt to steer a reader does. A text that meets one moves no sentiment. */
const PATTERNS: readonly RegExp[] = [
  ...ORDERED,
  /\b(?:ignore|disregard|forget|override)\b.{0,40}\b(?:previous|prior|above|earlier|all|your|any)\b.{0,30}\b(?:instructions?|rules?|prompts?|limits?|guidelines|directions)\b/iu,
  /\b(?:system|developer|assistant|user)\s*(?:prompt|message|:|>)/iu,
  /<\/?\s*(?:system|assistant|user|instructions?|news|article|untrusted|im_start|im_end)[^>]*>|<\|[^|]*\|>|\[\/?INST\]/iu,
  /\byou (?:are|must|should|will|have to|need to)\b.{0,60}\b(?:now|buy|sell|short|long|output|respond|reply|answer|set|act|trade|use)\b/iu,
  /\b(?:set|use|raise|increase)\b.{0,30}\b(?:leverage|position size|stop[- ]loss|confidence)\b.{0,20}\b(?:to|at|=)\b/iu,
  /\b(?:respond|reply|answer|output|return|print)\b.{0,30}\b(?:only|with|json|exactly)\b/iu,
  /"(?:direction|leverage|sentiment|size|action|eventType)"\s*:/iu,
  /\b(?:jailbreak|DAN mode|do anything now|prompt injection|new instructions?|begin instructions?)\b/iu,
  /\b(?:api[_ ]?key|password|secret|environment variables?)\b.{0,40}\b(?:reveal|print|send|output|show|tell)\b|\b(?:reveal|print|send|show)\b.{0,40}\b(?:api[_ ]?key|system prompt|secret)\b/iu,
  /忽略.{0,12}(?:指令|指示|规则|提示)|(?:你|您)(?:现在)?(?:必须|应该|是一个)|系统(?:提示|指令|消息)|杠杆(?:设|调)/u,
  /(?:無視|無効).{0,12}(?:してください|指示|命令)|指示を(?:無視|忘れ)|システムプロンプト/u,
  /(?:이전|위의|모든).{0,12}(?:지시|명령|규칙).{0,12}(?:무시|잊)|시스템 프롬프트/u,
  /\b(?:ignora|olvida|descarta)\b.{0,40}\b(?:instrucciones|reglas|anteriores|previas)\b|\bdebes (?:comprar|vender|responder)\b/iu,
  /\b(?:ignore[zr]?|oubliez?)\b.{0,40}\b(?:instructions|consignes|règles|précédentes)\b|\bvous devez (?:acheter|vendre|répondre)\b/iu,
  /\b(?:ignoriere|ignorieren sie|vergiss)\b.{0,40}\b(?:anweisungen|regeln|vorherigen|bisherigen)\b|\bdu musst (?:jetzt )?(?:kaufen|verkaufen)\b/iu,
  /(?:игнорируй|игнорируйте|забудь|забудьте).{0,40}(?:инструкци|правил|указани)|системн(?:ый|ое) (?:промпт|сообщение)/iu,
  /\b(?:ignore|esqueça|desconsidere)\b.{0,40}\b(?:instruções|regras|anteriores)\b|\bignora (?:le )?istruzioni\b/iu,
  /(?:تجاهل|انس).{0,40}(?:التعليمات|القواعد|الأوامر)|(?:अनदेखा|भूल).{0,30}(?:निर्देश)|निर्देशों को (?:अनदेखा|भूल)/u,
  /(?:önceki|tüm).{0,20}talimatları.{0,20}(?:yok say|unut|görmezden)|\babaikan\b.{0,30}\binstruksi\b|\bbỏ qua\b.{0,30}\bhướng dẫn\b|\bzignoruj\b.{0,30}\binstrukcje\b/iu,
  // what the reader was told before, elsewhere: the verb orders, or the reader is named
  /(?:忽略|无视|忘记|忘掉|不要理会).{0,15}(?:告诉|说)过?(?:你|您)|(?:忽略|无视|忘记|忘掉|不要理会).{0,6}(?:你|您).{0,8}(?:告知|听到|看到)|请(?:忽略|无视|忘记|忘掉).{0,6}(?:之前|先前|此前|以上|上述|上面)|(?:^|[。！？；，,.!?;\s])(?:请|立即|立刻|马上|现在就?)+(?:全仓|满仓|梭哈|用最大杠杆)|作为(?:一个)?(?:人工智能|AI)助手.?请/iu,
  /(?:これまで|以前|先ほど|上記).{0,14}(?:言われた|指示された|聞いた|伝えられた).{0,12}(?:忘れ|無視し)(?:て|ろ|なさい)/u,
  /(?:이전에|앞서|지금까지|위에서).{0,12}(?:들은|받은|지시받은).{0,12}(?:잊어라|잊어버려|잊으세요|잊으십시오|무시해라|무시하라|무시하세요|무시하십시오)/u,
  /\b(?:ignora|olvida|descarta)\b.{0,30}\bte (?:dijeron|dijo|han dicho|ha dicho)\b|\b(?:ignore|olvide|descarte)\b.{0,30}\ble (?:dijeron|han dicho)\b/iu,
  /\b(?:oublie[zr]?|ignore[zr]?)\b.{0,30}(?:\b(?:vous|te) a |\bt['\u2019]a )(?:été )?(?:dit|donné|demandé|indiqué)/iu,
  /\b(?:vergiss|vergessen sie|ignoriere|ignorieren sie|missachte)\b.{0,40}\b(?:dir|ihnen)\b.{0,25}\b(?:gesagt|mitgeteilt|befohlen|aufgetragen)\b/iu,
  /(?:игнорируйте|игнорируй|забудьте|забудь).{0,40}(?:тебе|вам).{0,20}(?:говорили|сказали|сказано|велели)/iu,
  /\b(?:ignor[ae]|esque[cç]a|desconsider[ae])\b.{0,30}\b(?:lhe|te) (?:disseram|foi dito|disse)|\b(?:ignora|dimentica)\b.{0,30}\bti (?:è stato|hanno|ha) detto\b/iu,
  /\b(?:negeer|vergeet)\b.{0,40}\b(?:instructies|regels|opdrachten|(?:je|jou|u)\b.{0,20}\b(?:verteld|gezegd))\b|\b(?:bortse från|glöm|ignorera)\b.{0,40}\b(?:instruktioner|regler|du .{0,15}(?:fått höra|blivit tillsagd))/iu,
  /(?:αγνόησε|αγνοήστε|ξέχασε|ξεχάστε).{0,40}(?:οδηγίες|εντολές|[σς]ου είπαν|σας είπαν)/iu,
  /(?:تجاهل|انس).{0,30}(?:قيل لك|أخبروك)|(?:आपको|तुम्हें).{0,25}(?:बताया|कहा) गया.{0,25}(?:भूल|अनदेखा)|sana (?:daha önce )?söylenen.{0,20}(?:unut|yok say)|(?:zignoruj|zapomnij).{0,40}ci (?:wcześniej )?(?:powiedziano|mówiono)|(?:abaikan|lupakan).{0,40}(?:kepadamu|padamu|kepada anda)/iu,
];

/** True where a text tries to steer whoever reads it. It misses some: nothing that bounds an action rests on it alone. */
export function isSuspicious(text: string): boolean {
  const folded = text.normalize("NFKC");
  return PATTERNS.some((pattern) => pattern.test(folded));
}
