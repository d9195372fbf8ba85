/** News that speaks to its reader: instructions to a model, in several languages. */

/** What no report says and an attempt to steer a reader does. A text that meets one moves no sentiment. */
const PATTERNS: readonly RegExp[] = [
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
  /\b(?:önceki|tüm)\b.{0,20}\btalimatları\b.{0,20}(?:yok say|unut|görmezden)|\babaikan\b.{0,30}\binstruksi\b|\bbỏ qua\b.{0,30}\bhướng dẫn\b|\bzignoruj\b.{0,30}\binstrukcje\b/iu,
];

/** True where a text tries to steer whoever reads it. It misses some: nothing that bounds an action rests on it alone. */
export function isSuspicious(text: string): boolean {
  const folded = text.normalize("NFKC");
  return PATTERNS.some((pattern) => pattern.test(folded));
}
